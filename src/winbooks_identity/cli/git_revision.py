"""
How is a file read as it stands in a revision of a Git repository?
"""

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar, Final, final

from ..adapters.files import FileMissing, FileUnavailable
from .usage import WrongUsage


__all__ = [
    "IN_GIT",
    "NoGit",
    "NoRepository",
    "NoRevision",
    "NotInRevision",
    "is_in_revision",
    "names_before",
    "read_revision",
]

#: What ``git:REVISION:PATH`` begins with.
IN_GIT: Final = "git:"

#: How many seconds Git may take.
_PATIENCE: Final = 30


@final
class NoGit(FileUnavailable):
    """
    Git is not there, or does not answer.
    """

    code: ClassVar[str] = "unavailable.no_git"


@final
class NoRepository(FileUnavailable):
    """
    The folder of the command is in no repository that can be read.
    """

    code: ClassVar[str] = "unavailable.no_repository"


@final
class NoRevision(FileUnavailable):
    """
    The repository has no revision of that name.
    """

    code: ClassVar[str] = "unavailable.no_revision"


@final
class NotInRevision(FileMissing):
    """
    The revision has no file of that name.
    """

    code: ClassVar[str] = "unavailable.not_in_revision"


def read_revision(asked: str, most: int) -> bytes:
    """
    Return what is in the file that *asked* names: ``REVISION:PATH``, as Git takes it.

    The path starts at the top of the repository; ``./`` starts it at the folder that
    the command runs in. Of a file with more than *most* octets, one more is returned.

    Raises:
        WrongUsage: there is no revision in *asked*.
        NoGit, NoRepository, NoRevision, NotInRevision: as they say.
    """
    revision, _, name = asked.partition(":")
    _ensure_a_revision(revision)
    blob = f"{revision}:{name}"
    size = _asked("cat-file", "-s", blob)
    if size is not None and int(size) > most:
        return bytes(most + 1)
    found = None if size is None else _asked("cat-file", "blob", blob)
    if found is not None:
        return found
    _ensure_a_repository()
    if _asked("rev-parse", "--verify", "--quiet", f"{revision}^{{tree}}") is None:
        raise NoRevision(Path(revision))
    raise NotInRevision(Path(IN_GIT + asked))


def is_in_revision(revision: str, name: str) -> bool:
    """
    Tell whether the file *name*, from the folder of the command, is in *revision*.

    Before the first commit, nothing is in ``HEAD``.

    Raises:
        WrongUsage: there is no such revision.
        NoGit, NoRepository: as they say.
        FileUnavailable: the repository is damaged.
    """
    _ensure_a_revision(revision)
    _ensure_a_repository()
    commit = f"{revision}^{{commit}}"
    if _asked("rev-parse", "--verify", "--quiet", commit) is None:
        if revision == "HEAD":
            return False
        raise WrongUsage("cli.usage.unknown_revision")
    found = _asked("ls-tree", "--name-only", revision, "--", name)
    if found is None:
        raise FileUnavailable(Path(name))
    return bool(found)


def names_before(revision: str, name: str) -> Sequence[str]:
    """
    Return what the new file *name* may have been called in *revision*, from the top.

    That is the file that Git takes for the same one, and else those that are gone, as
    two policies may have no line in common. Git has to know of *name* by ``git add``.
    """
    full = _asked("ls-files", "--full-name", "-z", "--", name)
    changes = _asked("diff", "--no-ext-diff", "--name-status", "-M", "-z", revision)
    gone: list[bytes] = []
    fields = iter((changes or b"").split(b"\0"))
    for kind in fields:
        before = next(fields, b"")
        if kind == b"D":
            gone.append(before)
        elif kind.startswith(b"R") and next(fields) + b"\0" == full:
            gone = [before]
            break
    return [each.decode("utf-8", "surrogateescape") for each in gone]


def _ensure_a_revision(revision: str) -> None:
    if not revision or revision.startswith("-"):
        raise WrongUsage("cli.usage.no_such_revision")


def _ensure_a_repository() -> None:
    if _asked("rev-parse", "--git-dir") is None:
        raise NoRepository(Path())


def _asked(*arguments: str) -> bytes | None:
    """
    Return what Git answers, or `None` where it finds nothing.
    """
    git = shutil.which("git")
    if git is None:
        raise NoGit(Path("git"))
    try:
        done = subprocess.run(  # noqa: S603  No shell; a revision is no option.
            [git, *arguments], capture_output=True, check=False, timeout=_PATIENCE
        )
    except subprocess.TimeoutExpired as late:
        raise NoGit(Path("git")) from late
    return None if done.returncode else done.stdout
