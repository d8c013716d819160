"""
Which passwords does a change of policy refuse, and which does it admit?

Decided exactly, not by sampling: the two policies are read as one machine, and
the shortest password that one accepts and the other refuses is searched for.
"""

from fractions import Fraction
from functools import cached_property
from typing import Literal, final

import attrs

from .alphabet import PRINTABLE_ASCII, READABLE, ensure_usable
from .automaton import Machine, State
from .counting import ways_to_states
from .rules import Rules
from .search import Wanted, first_wanted, shortest


__all__ = ["PolicyComparison", "Relation"]

#: What the new policy is, seen from the old one.
Relation = Literal["equal", "stricter", "looser", "incomparable"]


@final
@attrs.frozen
class PolicyComparison:
    """
    What changes when the policy *new* takes the place of *old*.

    Its answers raise `Invalid` with the problem ``password_policy.too_large``
    when the two policies together are too large for an exact answer.
    """

    old: Rules
    new: Rules

    @cached_property
    def relation(self) -> Relation:
        """
        Return what the new policy is, seen from the old one.

        The rules in `undecided` are left out.

        Raises:
            Invalid: the policies are too large to compare.
        """
        match self.newly_refused, self.newly_accepted:
            case None, None:
                return "equal"
            case _, None:
                return "stricter"
            case None, _:
                return "looser"
            case _:
                return "incomparable"

    @cached_property
    def newly_refused(self) -> str | None:
        """
        Return the shortest password that only the old policy accepts, if any.

        Of several, the first in the order of code points.

        Raises:
            Invalid: the policies are too large to compare.
        """
        return self._shortest((True, False))

    @cached_property
    def newly_accepted(self) -> str | None:
        """
        Return the shortest password that only the new policy accepts, if any.

        Raises:
            Invalid: the policies are too large to compare.
        """
        return self._shortest((False, True))

    @cached_property
    def refused_example(self) -> str | None:
        """
        Return `newly_refused` for people to read, if there is one.

        It is as short; of several, the first by letters, digits and common signs,
        without look-alikes where there are others, and with blanks last.

        Raises:
            Invalid: the policies are too large to compare.
        """
        return self._readable(self.newly_refused, (True, False))

    @cached_property
    def accepted_example(self) -> str | None:
        """
        Return `newly_accepted` for people to read, if there is one.

        Raises:
            Invalid: the policies are too large to compare.
        """
        return self._readable(self.newly_accepted, (False, True))

    def refused_example_of(self, length: int) -> str | None:
        """
        Return the `refused_example` among passwords of *length*, if there is one.

        Raises:
            Invalid: the policies are too large to compare.
        """
        machine = Machine(self.old, self.new, order=READABLE)
        return first_wanted(machine, self._wanted(machine, (True, False)), length)

    @property
    def undecided(self) -> tuple[str, ...]:
        """
        Return the rules of either policy that no comparison can decide, by name.
        """
        return tuple(
            dict.fromkeys(self.old.undecidable_rules + self.new.undecidable_rules)
        )

    def share_refused(self, length: int, alphabet: str = PRINTABLE_ASCII) -> Fraction:
        """
        Return which share of the old policy's passwords the new one refuses.

        It is exact, among all accepted strings of *length* over *alphabet*, not
        among those that people choose. Where the old policy accepts none, it
        is zero.

        Raises:
            Invalid: strings over *alphabet* cannot be counted, or the policies
                are too large.
        """
        ensure_usable(alphabet)
        machine = Machine(self.old, self.new, alphabet=alphabet)
        accepted = refused = 0
        for state, ways in ways_to_states(machine, length).items():
            by_old, by_new = self._verdicts(machine, state, length)
            accepted += ways * by_old
            refused += ways * (by_old and not by_new)
        return Fraction(refused, accepted or 1)

    @property
    def work(self) -> int:
        """
        Return how much work the search was so far, in the measure of the machine.
        """
        return self._machine.work

    @cached_property
    def _machine(self) -> Machine:
        return Machine(self.old, self.new)

    def _readable(self, witness: str | None, verdicts: tuple[bool, bool]) -> str | None:
        if witness is None:
            return None
        machine = Machine(self.old, self.new, order=READABLE)
        return first_wanted(machine, self._wanted(machine, verdicts), len(witness))

    def _wanted(self, machine: Machine, verdicts: tuple[bool, bool]) -> Wanted:
        def wanted(state: State, length: int) -> bool:
            return self._verdicts(machine, state, length) == verdicts

        return wanted

    def _shortest(self, verdicts: tuple[bool, bool]) -> str | None:
        machine = self._machine
        boundaries = frozenset(
            boundary
            for policy in (self.old, self.new)
            for boundary in (policy.min_length, policy.max_length + 1)
        )
        return shortest(machine, self._wanted(machine, verdicts), boundaries)

    def _verdicts(
        self, machine: Machine, state: State, length: int
    ) -> tuple[bool, bool]:
        by_old, by_new = machine.verdicts(state)
        return (
            by_old and self.old.min_length <= length <= self.old.max_length,
            by_new and self.new.min_length <= length <= self.new.max_length,
        )
