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
from .rules import Rules, is_no_stricter
from .search import Wanted, first_wanted, shortest
from .work import Work


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
    _work: Work | None = attrs.field(default=None, eq=False, repr=False)

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
        return self._shortest((True, False), self.new, self.old)

    @cached_property
    def newly_accepted(self) -> str | None:
        """
        Return the shortest password that only the new policy accepts, if any.

        Raises:
            Invalid: the policies are too large to compare.
        """
        return self._shortest((False, True), self.old, self.new)

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
        wanted = self._wanted(machine, (True, False))
        return first_wanted(machine, wanted, length, accepted_by=0)

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

    @cached_property
    def _machine(self) -> Machine:
        return Machine(self.old, self.new, work=self._work)

    def _readable(self, witness: str | None, verdicts: tuple[bool, bool]) -> str | None:
        if witness is None:
            return None
        machine = Machine(self.old, self.new, order=READABLE, work=self._work)
        wanted = self._wanted(machine, verdicts)
        accepting = verdicts.index(True)
        return first_wanted(machine, wanted, len(witness), accepted_by=accepting)

    def _wanted(self, machine: Machine, verdicts: tuple[bool, bool]) -> Wanted:
        def wanted(state: State, length: int) -> bool:
            return self._verdicts(machine, state, length) == verdicts

        return wanted

    def _shortest(
        self, verdicts: tuple[bool, bool], refusing: Rules, accepting: Rules
    ) -> str | None:
        if is_no_stricter(refusing, accepting):
            return None
        machine = self._machine
        boundaries = frozenset(
            boundary
            for policy in (self.old, self.new)
            for boundary in (policy.min_length, policy.max_length + 1)
        )
        wanted, number = self._wanted(machine, verdicts), verdicts.index(True)
        return shortest(machine, wanted, boundaries, accepted_by=number)

    def _verdicts(
        self, machine: Machine, state: State, length: int
    ) -> tuple[bool, bool]:
        by_old, by_new = machine.verdicts(state)
        return (
            by_old and self.old.min_length <= length <= self.old.max_length,
            by_new and self.new.min_length <= length <= self.new.max_length,
        )
