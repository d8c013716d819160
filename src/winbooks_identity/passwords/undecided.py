"""
Which way do the rules change that no automaton decides?

Strength, familiar words and leaks cannot be compared password by password; but
each of these rules asks for more or for less, and that can be said.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from .breached import BreachCheck
from .rules import Rules


if TYPE_CHECKING:
    from .comparison import Relation


__all__ = ["combined", "heuristic_relation"]

#: What is made of leaked passwords, the mildest first.
_BREACH_CHECKS: Final = (
    BreachCheck.OFF,
    BreachCheck.IF_REACHABLE,
    BreachCheck.ALWAYS,
)


def heuristic_relation(old: Rules, new: Rules) -> "Relation":
    """
    Return what these rules of *new* are, seen from those of *old*.
    """
    more, less = _asks_more(old, new), _asks_more(new, old)
    if more:
        return "incomparable" if less else "stricter"
    return "looser" if less else "equal"


def combined(relations: Iterable["Relation"]) -> "Relation":
    """
    Return what two policies are to each other whose rules have these *relations*.
    """
    found = set(relations) - {"equal"}
    if not found:
        return "equal"
    return found.pop() if len(found) == 1 else "incomparable"


def _asks_more(old: Rules, new: Rules) -> bool:
    """
    Tell whether at least one of these rules asks for more in *new*.
    """
    return (
        new.min_strength > old.min_strength
        or new.min_unfamiliar > old.min_unfamiliar
        or not set(new.word_lists) <= set(old.word_lists)
        or new.personal_words > old.personal_words
        or new.refuse_familiar > old.refuse_familiar
        or _BREACH_CHECKS.index(new.breach_check)
        > _BREACH_CHECKS.index(old.breach_check)
    )
