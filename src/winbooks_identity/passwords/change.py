"""
What do people have to know before they decide on a change of policy?

Facts only, for programs and for `change_report`, which says them.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Final, NamedTuple, TypeVar, final

import attrs

from ..errors import Invalid
from .attribution import LENGTHS, Attribution, Shares
from .breached import BreachedPasswords
from .checking import broken_rules
from .comparison import PolicyComparison, Relation
from .people import Choice, Hit, habitual_choices, hit
from .policy import PasswordPolicy
from .strength import StrengthEstimator
from .undecided import combined, heuristic_relation


__all__ = ["Flip", "PolicyChange", "policy_change"]

T = TypeVar("T")

#: For how many characters shares are told, beside those of an example.
_TOLD: Final = (12, 16, 20)

#: How much longer than the shortest example a second one is looked for.
_LONGER: Final = 8

_LONGEST: Final = 128


@final
class Flip(NamedTuple):
    """
    What is no longer accepted, or what is accepted from now on.

    Args:
        examples: up to two passwords: the shortest that people can read, and one
            as people choose them, or a longer one.
        rules: the smallest choice of changed rules that it is because of; empty
            where the policies are too large to find out.
        shares: of the passwords of each length from 8 to 24, and of those that are
            told; empty where the policies are too large to count.
        told: the lengths that people are told, such as that of the first example.
    """

    examples: tuple[str, ...]
    rules: tuple[str, ...]
    shares: Mapping[int, Shares]
    told: tuple[int, ...]


@final
@attrs.frozen
class PolicyChange:
    """
    A change of policy: what, why and whom.

    Its answers raise `Invalid` with the problem ``password_policy.too_large`` when
    the policies are too large to compare.

    Args:
        old: the policy that is in force.
        new: the policy that takes its place.
        people: what the change does on lists of passwords, by the name of the list.
        length: a length for which shares are told, among others.
    """

    old: PasswordPolicy
    new: PasswordPolicy
    people: Mapping[str, Hit]
    length: int = 16

    @cached_property
    def comparison(self) -> PolicyComparison:
        """
        Return the exact comparison of what can be decided.
        """
        return self.old.compare(self.new)

    @cached_property
    def attribution(self) -> Attribution:
        """
        Return which rules make the difference.
        """
        return self.old.attribute(self.new)

    @cached_property
    def verdict(self) -> Relation:
        """
        Return what the new policy is, seen from the old one, all rules together.

        What no automaton decides counts by its direction.

        Raises:
            Invalid: the policies are too large.
        """
        heuristic = heuristic_relation(self.old, self.new)
        return combined((self.comparison.relation, heuristic))

    @cached_property
    def refused(self) -> Flip | None:
        """
        Return what is refused from now on, if an automaton finds anything.

        Raises:
            Invalid: the policies are too large.
        """
        why, example = self.attribution, self.comparison.refused_example
        if example is None:
            return None
        told = self._told(example, self.old)
        return Flip(
            self._examples(example, self.old, self.new),
            _unless_too_large(lambda: why.refusing, ()),
            _unless_too_large(lambda: why.shares_refused({*LENGTHS, *told}), {}),
            told,
        )

    @cached_property
    def accepted(self) -> Flip | None:
        """
        Return what is accepted from now on, if an automaton finds anything.

        Raises:
            Invalid: the policies are too large.
        """
        why, example = self.attribution, self.comparison.accepted_example
        if example is None:
            return None
        told = self._told(example, self.new)
        return Flip(
            self._examples(example, self.new, self.old),
            _unless_too_large(lambda: why.admitting, ()),
            _unless_too_large(lambda: why.shares_accepted({*LENGTHS, *told}), {}),
            told,
        )

    def _examples(
        self, shortest: str, accepting: PasswordPolicy, refusing: PasswordPolicy
    ) -> tuple[str, ...]:
        for text, _, _ in habitual_choices():
            if text is None or any(broken_rules(accepting, text)):
                continue
            if any(broken_rules(refusing, text)):
                return (shortest, text)
        flips = accepting.compare(refusing)
        for length in range(len(shortest) + 1, len(shortest) + _LONGER):
            if other := flips.refused_example_of(length):
                return (shortest, other)
        return (shortest,)

    def _told(self, example: str, accepting: PasswordPolicy) -> tuple[int, ...]:
        told = {*_TOLD, self.length, len(example)}
        most = min(accepting.max_length, _LONGEST)
        return tuple(sorted(n for n in told if accepting.min_length <= n <= most))


def _unless_too_large(answer: Callable[[], T], otherwise: T) -> T:
    try:
        return answer()
    except Invalid:
        return otherwise


def policy_change(
    old: PasswordPolicy,
    new: PasswordPolicy,
    *,
    lists: Mapping[str, Iterable[Choice]] | None = None,
    length: int = 16,
    estimator: StrengthEstimator | None = None,
    breached: BreachedPasswords | None = None,
) -> PolicyChange:
    """
    Return what there is to know when *new* takes the place of *old*.

    Args:
        old: the policy that is in force.
        new: the policy that takes its place.
        lists: what people choose, by a name: ``"habits"`` and ``"public"`` have names
            in every language. Passwords after people's habits by default.
        length: a length for which shares are told, among others.
        estimator: who scores the strength; zxcvbn without it.
        breached: where leaked passwords are looked up.

    Raises:
        Invalid: the policies are too large to compare.
    """
    # What is too large to compare is said before anything else is looked at.
    _ = old.compare(new).relation
    asked = {"habits": habitual_choices()} if lists is None else lists
    hits = {
        name: hit(old, new, choices, estimator=estimator, breached=breached)
        for name, choices in asked.items()
    }
    return PolicyChange(old, new, hits, length)
