"""
How much work may an exact answer be?

It is counted and not timed, so that the answer is the same everywhere: whatever a
policy says, what would take long is given up early, as "too large".
"""

from typing import ClassVar, Final, final

import attrs

from ..errors import Invalid
from ..problems import Problem


__all__ = [
    "A_CHARACTER",
    "A_GROUP",
    "A_STATE",
    "A_TURN",
    "A_WORD",
    "MAX_WORK",
    "TooLarge",
    "Work",
]

#: How many steps one answer may take; the smallest is a walk from one state to
#: another. So many are about a tenth of a second.
MAX_WORK: Final = 800_000

#: How many steps it is to see where one group of characters leads from a state.
A_GROUP: Final = 2

#: How many steps a state is by itself, to build it and to keep it.
A_STATE: Final = 32

#: How many steps a turn is of a search for one password.
A_TURN: Final = 4

#: How many steps it is to ask one rule about a character.
A_CHARACTER: Final = 10

#: How many steps it is to put a word of a list in its place.
A_WORD: Final = 3


@attrs.frozen
class TooLarge(Problem):
    """
    Policies are compared and counted only while that takes a moment.
    """

    code: ClassVar[str] = "password_policy.too_large"

    most: int


@final
class Work:
    """
    Counts the steps of one answer.  [S43]

    Args:
        most: how many there may be.
    """

    def __init__(self, most: int = MAX_WORK) -> None:
        self._most = most
        #: How many steps were taken so far.
        self.done: int = 0

    def take(self, steps: int) -> None:
        """
        Count so many *steps* before they are taken.

        Raises:
            Invalid: that would be more than one answer may take.
        """
        if self.done + steps > self._most:
            raise Invalid((TooLarge(self._most),))
        self.done += steps
