"""
Can a policy be met at all, and if not, which of its rules clash?
"""

from functools import partial
from typing import ClassVar

import attrs

from ..errors import Invalid
from ..problems import Problem
from .automaton import MAX_WORK, Machine, State
from .rules import OFF, Rules
from .search import first_wanted, shortest


__all__ = ["RulesClash", "witness"]


@attrs.frozen
class RulesClash(Problem):
    """
    No password follows all of these rules; without any one of them, some do.
    """

    code: ClassVar[str] = "password_policy.rules_clash"

    rules: str


def witness(policy: Rules) -> str:
    """
    Return the shortest password that *policy* accepts, the first in code point order.

    Raises:
        Invalid: no password follows the rules, and these of them are to blame;
            or the policy is too large to search.
    """
    found = _shortest(policy, Machine(policy))
    if found is None:
        raise Invalid((RulesClash(", ".join(_to_blame(policy))),))
    return found


def _shortest(policy: Rules, machine: Machine) -> str | None:
    wanted = partial(_is_accepted, policy, machine)
    boundaries = frozenset({policy.min_length, policy.max_length + 1})
    # Nearly every policy accepts something of its least length, found at once.
    found = first_wanted(machine, wanted, policy.min_length)
    return shortest(machine, wanted, boundaries) if found is None else found


def _is_accepted(policy: Rules, machine: Machine, state: State, length: int) -> bool:
    in_range = policy.min_length <= length <= policy.max_length
    return in_range and machine.verdicts(state)[0]


def _to_blame(policy: Rules) -> list[str]:
    """
    Return rules of *policy* that clash, and would not without any one of them.

    Where that is too much to find out, some may be harmless.

    Raises:
        Invalid: without one of them, the policy is too large to search.
    """
    blamed = [name for name, off in OFF.items() if getattr(policy, name) != off]
    work = 0
    for name in tuple(blamed):
        others = [each for each in blamed if each != name]
        fewer = Rules(**OFF | {each: getattr(policy, each) for each in others})
        machine = Machine(fewer)
        if _shortest(fewer, machine) is None:
            blamed = others
        work += machine.work
        if work > MAX_WORK:
            break
    return blamed
