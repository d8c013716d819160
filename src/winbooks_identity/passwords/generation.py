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
    plain_start: bool = False,
) -> str:
    """
    Return a text drawn uniformly from those that *policy* accepts.

    Args:
        policy: whose rules an automaton decides.
        length: how many characters the text has.
        alphabet: what they are drawn from.
        randomness: returns so many random bytes.
        suits: tells whether the other rules of the policy accept it too.
        plain_start: draw only from those that begin with a letter or digit.

    Raises:
        Invalid: there is none of *length* over *alphabet*, or the policy is too
            large to count them.
        ValueError: *randomness* never varies.
    """
    ranking = _ranking(policy, length, alphabet, plain_start=plain_start)
    for _ in range(TRIES if ranking.total else 0):
        text = ranking.password(number_below(ranking.total, randomness))
        if suits(text):
            return text
    raise Invalid((NothingToGenerate(),))


@lru_cache(maxsize=8)
def _ranking(
    policy: Rules, length: int, alphabet: str, *, plain_start: bool
) -> Ranking:
    machine = Machine(policy, alphabet=alphabet, plain_start=plain_start)
    return Ranking(machine, length)
