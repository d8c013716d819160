"""
How do two runs of one task on a machine exclude each other?
"""

from collections.abc import Generator
from contextlib import contextmanager, suppress
from io import BufferedWriter
from pathlib import Path
from typing import ClassVar, final

from ..errors import Unavailable
from .files import because


__all__ = ["AnotherRun", "alone"]


@final
class AnotherRun(Unavailable):
    """
    Another run of the same task is under way.
    """

    code: ClassVar[str] = "unavailable.another_run"


@contextmanager
def alone(file: Path) -> Generator[None, None, None]:
    """
    Keep every other run with *file* out of the block; the operating system does.

    The file is made and stays.  A run that is killed keeps no one out.

    Raises:
        AnotherRun: one is in the block.
        FileUnavailable: the file cannot be made.
    """
    try:
        opened = file.open("ab")
    except OSError as error:
        raise because(error, file) from error
    with opened:
        _lock(opened)
        yield


def _lock(file: BufferedWriter) -> None:
    # Windows has no such lock; there, two runs must not begin at one time.
    with suppress(ImportError):
        import fcntl

        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise AnotherRun from error
