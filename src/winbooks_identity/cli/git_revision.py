"""
How is a file read as it stands in a revision of a Git repository?
"""

import shutil
import subprocess
from pathlib import Path
from typing import Final

from ..adapters.files import FileMissing, FileUnavailable
from .usage import WrongUsage


__all__ = ["IN_GIT", "read_revision"]

#: What ``git:REVISION:PATH`` begins with.
IN_GIT: Final = "git:"

#: How many seconds Git may take.
_PATIENCE: Final = 30


def read_revision(asked: str) -> str:
    """
    Return the text of the file that *asked* names: ``REVISION:PATH``, as Git takes it.

    The path starts at the top of the repository; ``./`` starts it at the folder that
    the command runs in.

    Raises:
        WrongUsage: there is no revision.
        FileUnavailable: Git is not there, or there is no such file or revision.
        UnicodeDecodeError: the file is no text in UTF-8.
    """
    revision, _, name = asked.partition(":")
    if not revision or revision.startswith("-"):
        raise WrongUsage("cli.usage.no_such_revision")
    path = Path(name)
    git = shutil.which("git")
    if git is None:
        raise FileUnavailable(path)
    # What a repository's own settings convert or run is left out.
    command = [git, "cat-file", "blob", f"{revision}:{name}"]
    try:
        done = subprocess.run(  # noqa: S603  No shell; the revision is no option.
            command, capture_output=True, check=False, timeout=_PATIENCE
        )
    except subprocess.TimeoutExpired as late:
        raise FileUnavailable(path) from late
    if done.returncode:
        raise FileMissing(path)
    return done.stdout.decode("utf-8")
