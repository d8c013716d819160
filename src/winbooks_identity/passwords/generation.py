"""
How is a password drawn from the few that a policy accepts?

Where most strings are refused, they are not drawn and thrown away: the number of
an accepted one is drawn, and the password with that number is built.  [R16, R17]
"""

from collections.abc import Callable
from functools import lru_cache

from ..errors import Invalid
from .automaton import Machine
from .counting import Ranking
from .rules import Rules
from .sampling import TRIES, NothingToGenerate, Randomness, number_below


__all__ = ["draw_by_number"]


def draw_by_number(
    policy: Rules,
    length: int,
    alphabet: str,
    randomness: Randomness,
    suits: Callable[[str], bool],
    *,
    tries: int = TRIES,
) -> str:
    """
    Return a text drawn uniformly from those that *policy* accepts.

    Args:
        policy: whose rules an automaton decides.
        length: how many characters the text has.
        alphabet: what they are drawn from.
        randomness: returns so many random bytes.
        suits: tells whether the other rules of the policy accept it too.
        tries: how many texts are shown to *suits*.

    Raises:
        Invalid: there is none of *length* over *alphabet*, or the policy is too
            large to count them.
        ValueError: *randomness* never varies.
    """
    ranking = _ranking(policy, length, alphabet)
    for _ in range(tries if ranking.total else 0):
        text = ranking.password(number_below(ranking.total, randomness))
        if suits(text):
            return text
    raise Invalid((NothingToGenerate(),))


@lru_cache(maxsize=8)
def _ranking(policy: Rules, length: int, alphabet: str) -> Ranking:
    return Ranking(Machine(policy, alphabet=alphabet), length)
