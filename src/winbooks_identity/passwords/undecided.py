"""
Which way do the rules change that no automaton decides?

Strength, familiar words and leaks cannot be compared password by password; but
each of these rules asks for more or for less, and that can be said.
"""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

from .breached import BreachCheck
from .rules import UNASKED, Rules


if TYPE_CHECKING:
    from .comparison import Relation


__all__ = ["combined", "heuristic_relation", "undecided_changes"]

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
    return combined(undecided_changes(old, new).values())


def undecided_changes(old: Rules, new: Rules) -> Mapping[str, "Relation"]:
    """
    Return which of these rules change, and what each is, seen from the old one.
    """
    directions: dict[str, Relation] = {
        rule: _direction(rule, old, new) for rule in UNASKED
    }
    return {rule: each for rule, each in directions.items() if each != "equal"}


def combined(relations: Iterable["Relation"]) -> "Relation":
    """
    Return what two policies are to each other whose rules have these *relations*.
    """
    found = set(relations) - {"equal"}
    if not found:
        return "equal"
    return found.pop() if len(found) == 1 else "incomparable"


def _direction(rule: str, old: Rules, new: Rules) -> "Relation":
    more, less = _asks_more(rule, old, new), _asks_more(rule, new, old)
    if more:
        return "incomparable" if less else "stricter"
    return "looser" if less else "equal"


def _asks_more(rule: str, old: Rules, new: Rules) -> bool:
    """
    Tell whether *rule* asks for something in *new* that it does not ask in *old*.
    """
    before, after = getattr(old, rule), getattr(new, rule)
    match rule:
        case "word_lists":
            return not set(after) <= set(before)
        case "breach_check":
            return _BREACH_CHECKS.index(after) > _BREACH_CHECKS.index(before)
        case _:
            return bool(after > before)
