"""
How is a small file with secrets made and replaced, for its owner's eyes only?

A file is replaced in one step, so a reader sees the old one or the new one.  Two who
change it at one time wait for each other: neither change is lost.
"""

import os
import secrets
import stat
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, TextIO


__all__ = ["ENCODING", "KEPT", "create", "rewrite"]

ENCODING: Final = "ascii"

#: Bytes in any other encoding are written as they were read.
KEPT: Final = "surrogateescape"


def create(path: Path, text: str) -> None:
    """
    Write *text* to the new file *path*.

    Raises:
        FileExistsError: *path* is there already; it is never overwritten.
        OSError: it cannot be written.
    """
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}.new")
    try:
        _write_new(draft, text)
        # A link never replaces a file, and appears with all of its content.
        os.link(draft, path)
    finally:
        draft.unlink(missing_ok=True)
    _settle(path.parent)


def rewrite(path: Path, change: Callable[[TextIO], str]) -> None:
    """
    Replace the content of *path* by what *change* makes of it, all or nothing.

    The file keeps its owner and its mode; a link to it stays one.  Others who rewrite
    it wait.

    Args:
        path: the file, which has to be there.
        change: reads the open file and returns the new content; what it raises
            leaves the file as it is.

    Raises:
        PermissionError: we may not give the new file to the owner of the old one.
        OSError: it cannot be read or written.
    """
    target = path.resolve()  # A link keeps pointing to the file.
    with _locked(target) as file:
        text = change(file)
        successor = target.with_name(f"{target.name}.new")
        # Only a change that was killed can have left one, as we hold the lock.
        successor.unlink(missing_ok=True)
        try:
            _write_new(successor, text)
            _keep_owner(successor, os.fstat(file.fileno()))
            successor.replace(target)
        except BaseException:
            successor.unlink(missing_ok=True)
            raise
        _settle(target.parent)


@contextmanager
def _locked(path: Path) -> Generator[TextIO, None, None]:
    """
    Open *path*, which no one else changes meanwhile.
    """
    while True:
        with path.open(encoding=ENCODING, errors=KEPT) as file:
            _wait_for_lock(file)
            # Who waited may hold a file that has been replaced.
            if path.stat().st_ino == os.fstat(file.fileno()).st_ino:
                yield file
                return


def _wait_for_lock(file: TextIO) -> None:
    # Windows has no such lock; there, two changes must not run at one time.
    with suppress(ImportError):
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX)


def _keep_owner(path: Path, owner: os.stat_result) -> None:
    with suppress(AttributeError):  # Windows knows no such owners.
        os.chown(path, owner.st_uid, owner.st_gid)
    path.chmod(stat.S_IMODE(owner.st_mode))


def _settle(folder: Path) -> None:
    # A folder is opened to write its entries to the disk, where systems allow it.
    with suppress(OSError):
        place = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(place)
        finally:
            os.close(place)


def _write_new(path: Path, text: str) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    descriptor = os.open(path, flags, 0o600)
    with os.fdopen(descriptor, "w", encoding=ENCODING, errors=KEPT) as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
