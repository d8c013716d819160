"""
Which rules make the difference between two policies, and how much does each make?

A policy accepts what every one of its rules accepts, each for itself. So a password
that is refused from now on breaks at least one changed rule of the new policy, and
those rules, no more and no fewer, have to be undone to get all of them back.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import chain, combinations
from typing import Any, Final, NamedTuple, final

import attrs

from .alphabet import PRINTABLE_ASCII, ensure_usable
from .automaton import Machine
from .checking import broken_rules
from .comparison import PolicyComparison, Relation
from .counting import ways_by_length
from .rules import OFF, UNASKED, Rules, meaning
from .undecided import undecided_changes
from .work import Work


__all__ = ["LENGTHS", "Attribution", "RuleChange", "Shares", "changed_rules"]

#: The lengths for which shares are given: what people choose, and what is generated.
LENGTHS: Final = range(8, 25)


class RuleChange(NamedTuple):
    """
    A rule that says something else in the new policy.

    `direction` is what the rule is by itself, seen from the old one.
    """

    rule: str
    old: object
    new: object
    direction: Relation


@final
@attrs.frozen
class Shares:
    """
    How many passwords one policy accepts, and how many of them the other refuses.

    A password that breaks several rules counts for each of them, and once in
    `refused`.
    """

    accepted: int
    refused: int
    by_rule: Mapping[str, int]

    def __add__(self, other: "Shares") -> "Shares":
        """
        Return the numbers of both; they are about the same rules.
        """
        return Shares(
            self.accepted + other.accepted,
            self.refused + other.refused,
            {rule: n + other.by_rule[rule] for rule, n in self.by_rule.items()},
        )


@final
@attrs.frozen
class Attribution:
    """
    The rules that make the difference when *new* takes the place of *old*.

    Its answers are exact. They raise `Invalid` with the problem
    ``password_policy.too_large`` where the policies are too large for that.
    """

    old: Rules
    new: Rules

    @property
    def changes(self) -> tuple[RuleChange, ...]:
        """
        Return every rule that says something else, in the order of `Rules`.
        """
        undecided = undecided_changes(self.old, self.new)
        return tuple(
            RuleChange(
                rule,
                getattr(self.old, rule),
                getattr(self.new, rule),
                undecided.get(rule) or _direction(rule, self.old, self.new),
            )
            for rule in changed_rules(self.old, self.new)
        )

    @cached_property
    def refusing(self) -> tuple[str, ...]:
        """
        Return the changed rules because of which passwords are newly refused.

        With these rules as in *old*, the new policy refuses nothing that the old
        one accepts; with fewer of them undone, it does. No other choice is as small.

        Raises:
            Invalid: the policies are too large.
        """
        return _broken_by(self.old, self.new)

    @cached_property
    def admitting(self) -> tuple[str, ...]:
        """
        Return the changed rules because of which passwords are newly accepted.

        With these rules as in *old*, the new policy accepts nothing that the old
        one refuses; no smaller choice of rules does that. Of choices of the same
        size, the first in the order of `Rules`.

        Raises:
            Invalid: the policies are too large.
        """
        return _smallest_undoing(self.old, self.new)

    @property
    def undecided(self) -> Mapping[str, Relation]:
        """
        Return the changed rules that no automaton decides, with their direction.
        """
        return undecided_changes(self.old, self.new)

    def shares_refused(
        self, lengths: Iterable[int] = LENGTHS, alphabet: str = PRINTABLE_ASCII
    ) -> Mapping[int, Shares]:
        """
        Return what the new policy refuses of the old one's passwords, by length.

        Args:
            lengths: how many characters the passwords have, each from 1.
            alphabet: what they are made of.

        Raises:
            Invalid: strings over *alphabet* cannot be counted, or the policies
                are too large.
        """
        return _shares(self.old, self.new, self.refusing, lengths, alphabet)

    def shares_accepted(
        self, lengths: Iterable[int] = LENGTHS, alphabet: str = PRINTABLE_ASCII
    ) -> Mapping[int, Shares]:
        """
        Return what the old policy refused of the new one's passwords, by length.

        The rules are all those of the old policy that refused some; `admitting`
        may be fewer.

        Args:
            lengths: how many characters the passwords have, each from 1.
            alphabet: what they are made of.

        Raises:
            Invalid: strings over *alphabet* cannot be counted, or the policies
                are too large.
        """
        rules = _broken_by(self.new, self.old)
        return _shares(self.new, self.old, rules, lengths, alphabet)

    def shares_refused_up_to(
        self, length: int, alphabet: str = PRINTABLE_ASCII
    ) -> Shares:
        """
        Return `shares_refused` of all passwords of 1 to *length* characters together.

        Raises:
            Invalid: see `shares_refused`.
        """
        return _together(self.shares_refused(range(1, length + 1), alphabet))

    def shares_accepted_up_to(
        self, length: int, alphabet: str = PRINTABLE_ASCII
    ) -> Shares:
        """
        Return `shares_accepted` of all passwords of 1 to *length* characters together.

        Raises:
            Invalid: see `shares_accepted`.
        """
        return _together(self.shares_accepted(range(1, length + 1), alphabet))


def changed_rules(old: Rules, new: Rules) -> tuple[str, ...]:
    """
    Return the rules that say something else in *new* than in *old*, by name.
    """
    return tuple(
        field.name
        for field in attrs.fields(Rules)
        if meaning(getattr(old, field.name)) != meaning(getattr(new, field.name))
    )


def _decidable(old: Rules, new: Rules) -> tuple[str, ...]:
    return tuple(rule for rule in changed_rules(old, new) if rule in OFF)


def _direction(rule: str, old: Rules, new: Rules) -> Relation:
    """
    Return what a decidable *rule* is by itself in *new*, seen from *old*.
    """
    field = attrs.fields_dict(Rules)[rule]
    before, after = getattr(old, rule), getattr(new, rule)
    both = meaning(field.metadata["merge"](before, after))
    if both == meaning(after):
        return "stricter"
    return "looser" if both == meaning(before) else "incomparable"


def _only(policy: Rules, rule: str) -> Rules:
    """
    Return *policy* without any rule but one.
    """
    return Rules(**OFF | {rule: getattr(policy, rule)})


def _with(policy: Rules, other: Rules, rules: Iterable[str]) -> Rules:
    """
    Return *policy*, these *rules* as in *other*, without those no automaton decides.
    """
    said: dict[str, Any] = {rule: getattr(policy, rule) for rule in OFF}
    said |= {rule: getattr(other, rule) for rule in rules}
    return Rules(**said | UNASKED)


def _broken_by(accepting: Rules, refusing: Rules) -> tuple[str, ...]:
    """
    Return the rules of *refusing* that some password of *accepting* breaks.
    """
    changed = _decidable(accepting, refusing)
    work, found = Work(), set[str]()
    while True:
        rest = _with(refusing, accepting, found)
        witness = PolicyComparison(accepting, rest, work).newly_refused
        if witness is None:
            return tuple(rule for rule in changed if rule in found)
        found |= _breaks(refusing, changed, witness)


def _breaks(policy: Rules, rules: Iterable[str], text: str) -> set[str]:
    """
    Return which of these *rules* of *policy* refuse *text*.
    """
    return {rule for rule in rules if any(broken_rules(_only(policy, rule), text))}


def _smallest_undoing(old: Rules, new: Rules) -> tuple[str, ...]:
    """
    Return the smallest choice of rules with which *new* accepts nothing new.

    Every choice that failed leaves a password behind, and what cannot refuse that
    password is not tried: few choices are ever compared.
    """
    changed = _decidable(old, new)
    work = Work()
    left: list[tuple[set[str], set[str]]] = []
    choices = chain.from_iterable(
        combinations(changed, number) for number in range(len(changed) + 1)
    )
    while True:
        # The last choice is every rule: then the policies are equal.
        undone = next(choices)
        if any(_lets_pass(undone, *passwords) for passwords in left):
            continue
        rest = _with(new, old, undone)
        witness = PolicyComparison(rest, old, work).newly_refused
        if witness is None:
            return undone
        left.append((_breaks(old, changed, witness), _breaks(new, changed, witness)))


def _lets_pass(
    undone: Sequence[str], refused_by_old: set[str], refused_by_new: set[str]
) -> bool:
    """
    Tell whether a password that these rules refuse passes with some rules *undone*.
    """
    return refused_by_new <= set(undone) and refused_by_old.isdisjoint(undone)


def _shares(
    accepting: Rules,
    refusing: Rules,
    rules: Sequence[str],
    lengths: Iterable[int],
    alphabet: str,
) -> Mapping[int, Shares]:
    """
    Return how many passwords of *accepting* break each of these *rules*, by length.
    """
    ensure_usable(alphabet)
    # What is shorter than any accepted password makes no difference.
    least = accepting.min_length
    each = [
        attrs.evolve(only, min_length=max(least, only.min_length))
        for only in (_only(refusing, rule) for rule in rules)
    ]
    machine = Machine(accepting, *each, alphabet=alphabet)
    asked = sorted(set(lengths))
    found = {length: Shares(0, 0, dict.fromkeys(rules, 0)) for length in asked}
    for length, states in enumerate(ways_by_length(machine, max(asked, default=0))):
        in_range = accepting.min_length <= length <= accepting.max_length
        if length not in found or not in_range:
            continue
        accepted = refused = 0
        by_rule = dict.fromkeys(rules, 0)
        for state, ways in states.items():
            is_accepted, *verdicts = machine.verdicts(state)
            if not is_accepted:
                continue
            accepted += ways
            broken = [
                rule
                for rule, policy, met in zip(rules, each, verdicts, strict=True)
                if not (met and policy.min_length <= length <= policy.max_length)
            ]
            refused += ways if broken else 0
            for rule in broken:
                by_rule[rule] += ways
        found[length] = Shares(accepted, refused, by_rule)
    return found


def _together(shares: Mapping[int, Shares]) -> Shares:
    first, *others = shares.values()
    return sum(others, first)
