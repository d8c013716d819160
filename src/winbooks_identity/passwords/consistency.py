"""
Can a policy be met at all, and if not, which of its rules clash?
"""

from functools import partial
from typing import ClassVar

import attrs

from ..errors import Invalid
from ..problems import Problem
from .automaton import Machine, State
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
    machine = Machine(policy)
    wanted = partial(_is_accepted, policy, machine)
    boundaries = frozenset({policy.min_length, policy.max_length + 1})
    # Nearly every policy accepts something of its least length, found at once.
    found = first_wanted(machine, wanted, policy.min_length)
    if found is None:
        found = shortest(machine, wanted, boundaries)
    if found is None:
        raise Invalid(_clash(policy))
    return found


def _is_accepted(policy: Rules, machine: Machine, state: State, length: int) -> bool:
    in_range = policy.min_length <= length <= policy.max_length
    return in_range and machine.verdicts(state)[0]


def _clash(policy: Rules) -> tuple[Problem, ...]:
    in_force = [name for name, off in OFF.items() if getattr(policy, name) != off]
    for name in in_force:
        try:
            attrs.evolve(policy, **{name: OFF[name]})
        except Invalid as narrower:
            # They clash without this rule too, so it is not to blame.
            return narrower.problems
    return (RulesClash(", ".join(in_force)),)
