"""
What does a command tell the shell?
"""

from enum import IntEnum
from typing import final


__all__ = ["Difference", "ExitCode"]


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


@final
class Difference(IntEnum):
    """
    How ``policy diff`` ended: what the new policy is, seen from the old one.

    1 and 2 are answers here, so whatever is no answer has a number of its own:
    64 and 65 are those of ``sysexits.h`` for wrong usage and wrong data. A gate
    never takes a misspelled option for a stricter policy.
    """

    EQUAL = 0
    STRICTER = 1
    LOOSER = 2
    INCOMPARABLE = 3
    USAGE = 64
    REFUSED = 65
    UNAVAILABLE = 69
    INTERRUPTED = 130
