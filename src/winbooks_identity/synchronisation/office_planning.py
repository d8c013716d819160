"""
What would have to change, so that a licence is as its office file says?

Who is meant is said by the WinBooks ID.  What the planner of a feed decides for all
of a licence, limits and the last Administrator among it, is decided there.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from types import MappingProxyType
from typing import Final, final
from uuid import UUID

import attrs

from .. import authorization, life_cycle
from ..authorization import Actor
from ..dossier import Dossier
from ..errors import InvalidFields
from ..forms.provisioning_file import Office, Person
from ..licence import Licence
from ..portal_user import PortalUser
from ..problems import Problem, Remark
from ..refusals import HeldBack, HeldBackUntil, Taken
from ..services.registration import revision
from ..winbooks_id import WinBooksId
from .changes import Change, CreateFromForm, Update
from .guards import exceeded, last_administrator
from .office_fields import OfficeFields
from .office_plan import OfficePlan
from .plan import Finding, Plan
from .planning import Options, deactivation
from .reason import Reason
from .remarks import ActivationNotSaid, EmptySnapshot, LastAdministrator


__all__ = ["plan_office"]

#: An identifier that no user has (RFC 9562, 5.9): who may create depends on the rest.
_NOBODY: Final = UUID(int=0)


def plan_office(
    office: Office,
    *,
    by: Actor,
    licence: Licence | None = None,
    dossiers: Sequence[Dossier] = (),
    users: Sequence[PortalUser] = (),
    elsewhere: AbstractSet[WinBooksId] = frozenset(),
    held: Mapping[WinBooksId, UUID] = MappingProxyType({}),
    free_from: Mapping[WinBooksId, datetime] = MappingProxyType({}),
    options: Options | None = None,
) -> OfficePlan:
    """
    Return what would make a licence as *office* says.  [S50]

    It is decided on what it is given and changes nothing.  Passwords and mails are
    for new users only.  Without *licence* everything is new.

    Args:
        office: what the file asks for.
        by: who would do it.
        licence: the licence as it is stored.
        dossiers: its dossiers as they are stored.
        users: everybody in that licence.
        elsewhere: the WinBooks IDs of *office* that have another owner.
        held: who left those WinBooks IDs of *office* that are held back.
        free_from: from when on, in UTC, time holds them back no longer.
        options: what is asked; no deactivations of those whom the file does not
            name, and no return of users of whom it does not say so.

    Raises:
        LicenceDiffers: the licence is stored as one of another product.
    """
    options = options or Options()
    deciding = _Deciding(
        by=by,
        licence=office.licence,
        elsewhere=elsewhere,
        held=held,
        free_from=free_from,
        options=options,
        known={user.winbooks_id: user for user in users},
    )
    asked = [deciding.row(person) for person in office.people]
    named = {person.new.winbooks_id for person in office.people}
    absent = [
        user
        for user in users
        if user.winbooks_id not in named
        and authorization.sees(by, user)
        # Licence management says who they are.  [S56]
        and not user.is_on_web
    ]
    leaving = [
        deactivation(user, OfficeFields.of(user))
        for user in absent
        if options.deactivate and user.is_active
    ]
    rows, gone, kept = _with_an_administrator(users, asked, leaving)
    changes = [*(row.change for row in rows if row.change is not None), *gone]
    managed = sum(user.is_active for user in users)
    problems: list[Problem] = list(
        exceeded(changes, managed=managed, limits=options.limits)
    )
    if gone and not office.people:
        problems.append(EmptySnapshot())
    return OfficePlan(
        licence=revision(
            office.licence,
            office.dossiers,
            stored=licence,
            stored_dossiers={dossier.number: dossier for dossier in dossiers},
        ),
        people=Plan(
            licence=office.licence.number,
            changes=tuple(sorted(changes, key=lambda change: _place(change, by))),
            conflicts=tuple(row.conflict for row in rows if row.conflict is not None),
            kept=kept,
            held=tuple(row.held for row in rows if row.held is not None),
            unchanged=sum(row.is_unchanged for row in rows),
            quarantine=tuple(map(Reason.of, problems)),
        ),
        absent=tuple(absent),
        stored=frozenset(user.winbooks_id for user in users),
    )


@final
@attrs.frozen(kw_only=True)
class _Row:
    """
    What becomes of one person of the file.
    """

    person: Person
    change: CreateFromForm | Update | None = None
    conflict: Finding | None = None
    held: Finding | None = None

    @property
    def is_unchanged(self) -> bool:
        return self.change is None and self.conflict is None

    def refused(self, problems: Iterable[Remark]) -> "_Row":
        conflict = _finding(self.person, problems)
        return attrs.evolve(self, change=None, conflict=conflict, held=None)


@final
@attrs.frozen(kw_only=True)
class _Deciding:
    """
    What is known when it is decided what becomes of the people of a file.
    """

    by: Actor
    licence: Licence
    known: Mapping[WinBooksId, PortalUser]
    elsewhere: AbstractSet[WinBooksId]
    held: Mapping[WinBooksId, UUID]
    free_from: Mapping[WinBooksId, datetime]
    options: Options

    def row(self, person: Person) -> _Row:
        """
        Return what becomes of *person*.
        """
        row, new = _Row(person=person), person.new
        user = self.known.get(new.winbooks_id)
        if user is not None:
            return self._following(row, user)
        if new.winbooks_id in self.elsewhere:
            return row.refused([Taken()])
        if new.winbooks_id in self.held:
            return row.refused([_held_back(self.free_from.get(new.winbooks_id))])
        created = PortalUser.create(new, licence=self.licence, user_id=_NOBODY)
        if problems := authorization.check(self.by, before=None, after=created):
            return row.refused(problems)
        return attrs.evolve(row, change=CreateFromForm(new=new, line=person.line))

    def _following(self, row: _Row, user: PortalUser) -> _Row:
        before = OfficeFields.of(user)
        after = before.following(row.person.new)
        is_asked = "activate" in row.person.given or self.options.reactivate
        if after.is_active and not (user.is_active or is_asked):
            after = after.standing(is_active=False)
            held = _finding(row.person, [ActivationNotSaid()])
            row = attrs.evolve(row, held=held)
        update = Update(
            user_id=user.id, version=user.version, before=before, after=after
        )
        if not update.changes_anything:
            return row
        if problems := tuple(_problems(user, after, self.by)):
            return row.refused(problems)
        return attrs.evolve(row, change=update)


def _problems(user: PortalUser, after: OfficeFields, by: Actor) -> Iterator[Problem]:
    yield from authorization.check(by, before=user, after=after.onto(user))
    state = user
    try:
        for step in after.steps(user):
            state = step.decide(state)
    except InvalidFields as invalid:
        for problems in invalid.by_field.values():
            yield from problems


def _with_an_administrator(
    users: Sequence[PortalUser], rows: Sequence[_Row], gone: Sequence[Update]
) -> tuple[Sequence[_Row], Sequence[Update], tuple[Finding, ...]]:
    """
    Return what is done to whom, so that an Administrator is left.  [R27]

    One whom the file names is refused what it asks; one whom it does not name stays
    active, and is told of in the findings.
    """
    changes: list[Change] = [row.change for row in rows if row.change is not None]
    keeper = last_administrator(users, [*changes, *gone])
    if keeper is None:
        return rows, gone, ()
    named = [
        row.refused([life_cycle.LastAdministrator()])
        if isinstance(row.change, Update) and row.change.user_id == keeper.id
        else row
        for row in rows
    ]
    left = [each for each in gone if each.user_id != keeper.id]
    kept = Finding(
        external_id=keeper.external_id,
        winbooks_id=keeper.winbooks_id,
        reasons=(Reason.of(LastAdministrator()),),
    )
    return named, left, (kept,) if len(left) < len(gone) else ()


def _held_back(free_from: datetime | None) -> Problem:
    """
    Return that an ID is held back, and until when where time alone does it.
    """
    return HeldBack() if free_from is None else HeldBackUntil(f"{free_from:%Y-%m-%d}")


def _finding(person: Person, remarks: Iterable[Remark]) -> Finding:
    return Finding(
        external_id=None,
        winbooks_id=person.new.winbooks_id,
        reasons=tuple(map(Reason.of, remarks)),
        place=person.line,
    )


def _place(change: Change, by: Actor) -> tuple[bool, bool, bool]:
    """
    Order changes: no one loses rights before all others are there, the actor last.
    """
    is_actor = isinstance(by, PortalUser) and change.key == by.id
    is_leaving = isinstance(change, Update) and change.takes_rights
    return is_actor, is_leaving, isinstance(change, CreateFromForm)
