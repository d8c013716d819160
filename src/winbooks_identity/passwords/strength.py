"""
How hard is a password to guess, who says so, and what would make it better?
"""

from collections.abc import Sequence
from typing import Protocol, final

import attrs

from ..problems import Notice


__all__ = ["Strength", "StrengthEstimator"]


@final
@attrs.frozen
class Strength:
    """
    What an estimator says about a password, without the password.

    Scores of different estimators are not interchangeable; neither are those of
    different versions.
    """

    #: From 0, guessed at once, to 4, not worth guessing.
    score: int
    #: The decimal logarithm of the number of guesses.
    guesses_log10: float
    #: What would make it better.
    advice: tuple[Notice, ...]
    #: Who says so, in which version.
    estimator: str


class StrengthEstimator(Protocol):
    """
    Tells how hard a password is to guess.
    """

    def estimate(self, text: str, words: Sequence[str]) -> Strength:
        """
        Return the strength of *text* for a guesser who tries *words* first.

        It answers for any text, in bounded time, without an exception; calls
        from several threads do not see each other's *words*.
        """
        ...
