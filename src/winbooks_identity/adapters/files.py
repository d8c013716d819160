"""
What is said when a file or folder cannot be used?
"""

import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar

from ..errors import Unavailable


__all__ = [
    "FileDenied",
    "FileExists",
    "FileMissing",
    "FileUnavailable",
    "NotADatabase",
    "NotAKeyFile",
    "NotAKeyRing",
    "NotALeakList",
    "because",
    "because_of_keys",
]


class FileUnavailable(Unavailable):
    """
    A file or folder cannot be used, for whatever reason.
    """

    code: ClassVar[str] = "unavailable.file"

    def __init__(self, path: Path = Path()) -> None:
        """
        Take the *path* of the file.
        """
        super().__init__(str(path))
        self.path = path


class FileMissing(FileUnavailable):
    """
    A file, or the folder that it should go to, is not there.
    """

    code: ClassVar[str] = "unavailable.file_missing"


class FileDenied(FileUnavailable):
    """
    The operating system does not let us read or write there.
    """

    code: ClassVar[str] = "unavailable.file_denied"


class FileExists(FileUnavailable):
    """
    A file that is about to be made is there already; nothing was overwritten.
    """

    code: ClassVar[str] = "unavailable.file_exists"


class NotADatabase(FileUnavailable):
    """
    A file is no SQLite database.
    """

    code: ClassVar[str] = "unavailable.not_a_database"


class NotAKeyFile(FileUnavailable):
    """
    A file is no whole file of leaked passwords.
    """

    code: ClassVar[str] = "unavailable.not_a_key_file"


class NotAKeyRing(FileUnavailable):
    """
    A file holds no keys, or others than its owner may read it.
    """

    code: ClassVar[str] = "unavailable.not_a_key_ring"


class NotALeakList(FileUnavailable):
    """
    A file is no list of hashes of leaked passwords.
    """

    code: ClassVar[str] = "unavailable.not_a_leak_list"


def because(error: OSError, path: Path) -> FileUnavailable:
    """
    Return what *error* at *path* is to the caller.
    """
    match error:
        case FileNotFoundError() | NotADirectoryError():
            return FileMissing(path)
        case PermissionError():
            return FileDenied(path)
        case FileExistsError():
            return FileExists(path)
        case _:
            # A read-only drive, a folder in place of a file, a full disk.
            return FileUnavailable(path)


@contextmanager
def because_of_keys(path: Path) -> Generator[None, None, None]:
    """
    Raise what an error with the key ring at *path* is to the caller.

    Raises:
        NotAKeyRing: it holds no keys, or others than its owner may read it.
        FileUnavailable: it is missing, is there already, or may not be used.
    """
    try:
        yield
    except PermissionError as error:
        # Either we may not read it, or others may.
        is_readable = os.access(path, os.R_OK) and not error.errno
        raise (NotAKeyRing(path) if is_readable else FileDenied(path)) from error
    except OSError as error:
        raise because(error, path) from error
    except ValueError as error:
        raise NotAKeyRing(path) from error
