"""
How is a file read as it stands in a revision of a Git repository?
"""

import shutil
import subprocess
from pathlib import Path
from typing import Final

from ..adapters.files import FileMissing, FileUnavailable
from .usage import WrongUsage


__all__ = ["IN_GIT", "is_in_revision", "read_revision"]

#: What ``git:REVISION:PATH`` begins with.
IN_GIT: Final = "git:"

#: How many seconds Git may take.
_PATIENCE: Final = 30


def read_revision(asked: str, most: int) -> bytes:
    """
    Return what is in the file that *asked* names: ``REVISION:PATH``, as Git takes it.

    The path starts at the top of the repository; ``./`` starts it at the folder that
    the command runs in. Of a file with more than *most* octets, one more is returned.

    Raises:
        WrongUsage: there is no revision.
        FileUnavailable: Git is not there, or there is no such file or revision.
    """
    revision, _, name = asked.partition(":")
    _ensure_a_revision(revision)
    path = Path(name)
    blob = f"{revision}:{name}"
    size = _asked(path, "cat-file", "-s", blob)
    if size is not None and int(size) > most:
        return bytes(most + 1)
    found = None if size is None else _asked(path, "cat-file", "blob", blob)
    if found is None:
        raise FileMissing(path)
    return found


def is_in_revision(revision: str, name: str) -> bool:
    """
    Tell whether the file *name*, from the folder of the command, is in *revision*.

    Before the first commit, nothing is in ``HEAD``.

    Raises:
        WrongUsage: there is no such revision.
        FileUnavailable: there is no Git, no repository, or one that is damaged.
    """
    _ensure_a_revision(revision)
    path = Path(name)
    if _asked(path, "rev-parse", "--git-dir") is None:
        raise FileUnavailable(path)
    commit = f"{revision}^{{commit}}"
    if _asked(path, "rev-parse", "--verify", "--quiet", commit) is None:
        if revision == "HEAD":
            return False
        raise WrongUsage("cli.usage.no_such_revision")
    found = _asked(path, "ls-tree", "--name-only", revision, "--", name)
    if found is None:
        raise FileUnavailable(path)
    return bool(found)


def _ensure_a_revision(revision: str) -> None:
    if not revision or revision.startswith("-"):
        raise WrongUsage("cli.usage.no_such_revision")


def _asked(path: Path, *arguments: str) -> bytes | None:
    """
    Return what Git answers about *path*, or `None` where it finds nothing.
    """
    git = shutil.which("git")
    if git is None:
        raise FileUnavailable(path)
    try:
        done = subprocess.run(  # noqa: S603  No shell; a revision is no option.
            [git, *arguments], capture_output=True, check=False, timeout=_PATIENCE
        )
    except subprocess.TimeoutExpired as late:
        raise FileUnavailable(path) from late
    return None if done.returncode else done.stdout
