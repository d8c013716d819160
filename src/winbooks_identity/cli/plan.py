"""
What would a provisioning file change, row by row?
"""

from collections.abc import Iterator, Sequence
from enum import Enum
from typing import Final, Self, TypeVar, final

import attrs

from .. import authorization
from ..authorization import Actor
from ..forms.new_user import GeneratedPassword
from ..forms.provisioning_file import Office, Person
from ..portal_user import PortalUser
from ..problems import Problem
from ..services.creation import Created
from ..synchronisation import (
    ChangeOutcome,
    CreateFromForm,
    FieldChange,
    OfficePlan,
    Reason,
    Result,
    Update,
)
from ..winbooks_id import WinBooksId


__all__ = [
    "Absent",
    "Fate",
    "Planned",
    "Row",
    "is_to_be_done",
    "left_over",
    "reached",
]


@final
class Fate(Enum):
    """
    What becomes of a row; the value stands in JSON.
    """

    NEW = "new"
    CREATED = "created"
    UNCHANGED = "unchanged"
    DIFFERENT = "different"
    TO_CHANGE = "to_change"
    CHANGED = "changed"
    REFUSED = "refused"
    NOT_REACHED = "not_reached"


#: What a change becomes once it was carried out.
_AFTERWARDS: Final = {Fate.NEW: Fate.CREATED, Fate.TO_CHANGE: Fate.CHANGED}


@final
@attrs.frozen(kw_only=True)
class Row:
    """
    A person of the file and what becomes of them.

    `changes` are the fields that the file asks otherwise than they are stored;
    `remarks` say why something that it seems to ask is not done.
    """

    person: Person
    fate: Fate
    changes: Sequence[FieldChange] = ()
    problems: tuple[Problem | Reason, ...] = ()
    remarks: tuple[Reason, ...] = ()
    created: Created | None = None

    @property
    def hands_over(self) -> bool:
        """
        Tell whether a generated password has to be handed over: no mail takes it.
        """
        new = self.person.new
        is_generated = isinstance(new.password, GeneratedPassword)
        is_made = self.fate in {Fate.NEW, Fate.CREATED}
        return is_made and is_generated and not new.send_credentials

    @property
    def winbooks_id(self) -> WinBooksId:
        """
        Return whom the row is about.
        """
        return self.person.new.winbooks_id


@final
@attrs.frozen(kw_only=True)
class Absent:
    """
    A stored user whom the file does not name, and what becomes of them.
    """

    user: PortalUser
    fate: Fate = Fate.UNCHANGED
    problems: tuple[Problem | Reason, ...] = ()
    remarks: tuple[Reason, ...] = ()

    @property
    def winbooks_id(self) -> WinBooksId:
        """
        Return whom the row is about.
        """
        return self.user.winbooks_id


#: A row of either kind.
R = TypeVar("R", Row, Absent)


def is_to_be_done(row: Row | Absent) -> bool:
    """
    Tell whether something waits to be done.
    """
    return row.fate in _AFTERWARDS


def reached(row: R, outcome: ChangeOutcome) -> R:
    """
    Return *row* once *outcome* came of its change.
    """
    if outcome.result is Result.REFUSED:
        return attrs.evolve(row, fate=Fate.REFUSED, problems=outcome.problems)
    return attrs.evolve(row, fate=_AFTERWARDS[row.fate])


def left_over(row: R) -> R:
    """
    Return *row* once nothing more is done.
    """
    return attrs.evolve(row, fate=Fate.NOT_REACHED) if is_to_be_done(row) else row


@final
@attrs.frozen(kw_only=True)
class Planned:
    """
    A plan row by row: what is to be done, or what was.

    `applies` tells whether those who are stored are changed, and `licence_problems`
    why the licence may not be.
    """

    office: Office
    plan: OfficePlan
    applies: bool
    rows: tuple[Row, ...]
    absent: tuple[Absent, ...]
    licence_problems: tuple[Problem, ...] = ()
    is_done: bool = False

    @classmethod
    def of(cls, office: Office, plan: OfficePlan, *, by: Actor, applies: bool) -> Self:
        """
        Return what would become of *office*, if *by* carried *plan* out.
        """
        problems: tuple[Problem, ...] = ()
        if applies and plan.licence.contradicts:
            problems = authorization.check_licence_change(by, office.licence.number)
        return cls(
            office=office,
            plan=plan,
            applies=applies,
            rows=tuple(_rows(office, plan, applies=applies)),
            absent=tuple(_absent(plan, applies=applies)),
            licence_problems=problems,
        )

    @property
    def everyone(self) -> Iterator[Row | Absent]:
        """
        Yield the rows of the file, and then who is stored and not in it.
        """
        yield from self.rows
        yield from self.absent

    @property
    def problems(self) -> Iterator[Problem | Reason]:
        """
        Yield what keeps the whole file from being carried out.
        """
        yield from self.quarantine
        yield from self.licence_problems

    @property
    def quarantine(self) -> Sequence[Reason]:
        """
        Return why changes are not carried out.
        """
        return self.plan.people.quarantine if self.applies else ()

    @property
    def is_refused(self) -> bool:
        """
        Tell whether nothing is done, because something cannot be.
        """
        is_row_refused = any(row.fate is Fate.REFUSED for row in self.rows)
        return is_row_refused or any(True for _ in self.problems)

    @property
    def changes_licence(self) -> bool:
        """
        Tell whether the licence or its dossiers change, or did.
        """
        revision = self.plan.licence
        return bool(revision.added or (revision.contradicts and self.applies))

    @property
    def differs(self) -> bool:
        """
        Tell whether something is stored otherwise and left alone.
        """
        is_licence_left = self.plan.licence.contradicts and not self.applies
        return is_licence_left or any(row.fate is Fate.DIFFERENT for row in self.rows)


def _rows(office: Office, plan: OfficePlan, *, applies: bool) -> Iterator[Row]:
    people = plan.people
    changes = {change.winbooks_id: change for change in people.changes}
    conflicts = {each.winbooks_id: each.reasons for each in people.conflicts}
    held = {each.winbooks_id: each.reasons for each in people.held}
    for person in office.people:
        winbooks_id = person.new.winbooks_id
        row = Row(person=person, fate=Fate.UNCHANGED, remarks=held.get(winbooks_id, ()))
        match changes.get(winbooks_id):
            case CreateFromForm():
                row = attrs.evolve(row, fate=Fate.NEW)
            case Update() as change:
                fate = Fate.TO_CHANGE if applies else Fate.DIFFERENT
                row = attrs.evolve(row, fate=fate, changes=change.fields)
            case _:
                pass
        if problems := conflicts.get(winbooks_id, ()):
            is_left_alone = winbooks_id in plan.stored and not applies
            fate = Fate.DIFFERENT if is_left_alone else Fate.REFUSED
            row = attrs.evolve(row, fate=fate, problems=problems)
        yield row


def _absent(plan: OfficePlan, *, applies: bool) -> Iterator[Absent]:
    leaving = {change.winbooks_id for change in plan.people.changes if applies}
    kept = {each.winbooks_id: each.reasons for each in plan.people.kept}
    for user in plan.absent:
        is_leaving = user.winbooks_id in leaving
        yield Absent(
            user=user,
            fate=Fate.TO_CHANGE if is_leaving else Fate.UNCHANGED,
            remarks=kept.get(user.winbooks_id, ()),
        )
