"""
Can a policy be met at all, and if not, which of its rules clash?
"""

from contextlib import suppress
from functools import partial
from itertools import chain, cycle, islice, zip_longest
from typing import ClassVar, Final

import attrs

from ..errors import Invalid
from ..problems import Problem
from .alphabet import READABLE
from .automaton import Machine, State
from .canonical import Kind, kind_of
from .checking import broken_rules
from .rules import OFF, Rules
from .search import first_wanted, shortest
from .work import Work


__all__ = ["RulesClash", "ensure_possible", "witness"]

#: How many texts are tried before a password is searched for.
_TRIES: Final = 8

#: How much work it may be to look among passwords of the least length: nearly every
#: policy accepts one, which is found at once.
_QUICK: Final = 50_000

#: How many of the allowed characters those texts are made of.
_TRIED: Final = 500


@attrs.frozen
class RulesClash(Problem):
    """
    No password follows all of these rules; without any one of them, some do.
    """

    code: ClassVar[str] = "password_policy.rules_clash"

    rules: str


def ensure_possible(policy: Rules) -> None:
    """
    Make sure that some password is accepted by *policy*.

    Nearly every policy accepts one of a few texts that mix all that it allows; only
    where it does not, one is searched for.

    Raises:
        Invalid: no password follows the rules, and these of them are to blame;
            or the policy is too large to search.
    """
    if all(any(broken_rules(policy, _mixed(policy, n))) for n in range(_TRIES)):
        witness(policy)


def _mixed(policy: Rules, number: int) -> str:
    """
    Return a text with as many of each kind as *policy* asks for, each in its turn.

    Every *number* makes another one.
    """
    allowed = policy.allowed_characters
    tried = READABLE if allowed is None else allowed[:_TRIED]
    usable = [c for c in tried if c not in policy.forbidden_characters]
    length = _least_length(policy)
    by_kind: list[list[str]] = []
    for kind in Kind:
        those = [c for c in usable if kind_of(c) is kind]
        most = policy.maximum_of(kind)
        least = policy.minimum_of(kind)
        share = max(least, length // 3) if most is None else min(most, length)
        start = number * len(those) // _TRIES
        by_kind.append([*islice(cycle(those), start, start + share)])
    in_turn = chain.from_iterable(zip_longest(*by_kind, fillvalue=""))
    return "".join(in_turn)[: policy.max_length]


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
    least = _least_length(policy)
    if least > policy.max_length:
        return None
    with suppress(Invalid):
        quick = Machine(policy, work=Work(_QUICK))
        wanted = partial(_is_accepted, policy, quick)
        found = first_wanted(quick, wanted, least, accepted_by=0)
        if found is not None:
            return found
    wanted = partial(_is_accepted, policy, machine)
    boundaries = frozenset({policy.min_length, policy.max_length + 1})
    return shortest(machine, wanted, boundaries, accepted_by=0)


def _least_length(policy: Rules) -> int:
    return max(policy.min_length, sum(map(policy.minimum_of, Kind)))


def _is_accepted(policy: Rules, machine: Machine, state: State, length: int) -> bool:
    in_range = policy.min_length <= length <= policy.max_length
    return in_range and machine.verdicts(state)[0]


def _to_blame(policy: Rules) -> list[str]:
    """
    Return rules of *policy* that clash, and would not without any one of them.

    Where that is too much to find out, some may be harmless.
    """
    blamed = [name for name, off in OFF.items() if getattr(policy, name) != off]
    work = Work()
    with suppress(Invalid):
        for name in tuple(blamed):
            others = [each for each in blamed if each != name]
            fewer = Rules(**OFF | {each: getattr(policy, each) for each in others})
            if _shortest(fewer, Machine(fewer, work=work)) is None:
                blamed = others
    return blamed
