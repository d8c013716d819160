"""
What does a command tell the shell?
"""

from enum import IntEnum
from typing import final


__all__ = ["ExitCode"]


@final
class ExitCode(IntEnum):
    """
    How a command ended; 69 and 75 are those of ``sysexits.h``.
    """

    DONE = 0
    REFUSED = 1
    USAGE = 2
    UNAVAILABLE = 69
    TRY_AGAIN = 75
    INTERRUPTED = 130
