"""
How is one step of a user's life taken inside a unit of work?

Load, decide, authorise, save, tell: every step that a manager takes goes this
way, so none can forget one of them.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import attrs

from .. import authorization, life_cycle
from ..authorization import Actor
from ..events import Change, Event
from ..life_cycle import Step, StepToTake
from ..portal_user import PortalUser
from ..ports import UnitOfWork
from ..refusals import OutOfDate, UnknownUser
from ..winbooks_id import WinBooksId
from .admission import as_stored, authorise, ensure_dossiers_known
from .overtaken import withdraw_overtaken


__all__ = [
    "Taken",
    "current",
    "ensure_administrator_left",
    "personal",
    "record",
    "record_all",
    "start_password",
    "take",
    "visible",
]


def visible(unit: UnitOfWork, user_id: UUID, by: Actor) -> PortalUser:
    """
    Return the user with that internal key as they are stored.

    Raises:
        UnknownUser: there is none that *by* may see.
    """
    stored = unit.users.find(user_id)
    if stored is None or not authorization.sees(as_stored(unit, by), stored):
        raise UnknownUser
    return stored


def personal(unit: UnitOfWork, user_id: UUID, by: Actor) -> PortalUser:
    """
    Return the user with that internal key, whose personal data *by* may read.  [S2]

    Raises:
        UnknownUser: there is none.
    """
    stored = unit.users.find(user_id)
    actor = as_stored(unit, by)
    if stored is None or not authorization.reads_personal_data(actor, stored):
        raise UnknownUser
    return stored


def current(unit: UnitOfWork, user: PortalUser, by: Actor) -> PortalUser:
    """
    Return *user* as they are stored, if that is how *by* knows them.

    Raises:
        UnknownUser: there is none that *by* may see.
        OutOfDate: another save came since then.
    """
    stored = visible(unit, user.id, by)
    if stored.version != user.version:
        raise OutOfDate(user.version)
    return stored


def take(
    unit: UnitOfWork,
    user: PortalUser,
    taken: StepToTake,
    *,
    by: Actor,
    at: datetime,
) -> PortalUser:
    """
    Return what the step *taken* makes of *user*, stored together with its event.

    Where nothing changes, nothing is stored.

    Raises:
        UnknownUser, OutOfDate: as `current`.
        NotAllowed: the step is not for the user, or no one else is an Administrator.
        InvalidFields: the details are not for the user.
        UnknownDossiers: some dossiers are not in the licence.
        NotAuthorised: *by* may not do it.
        DuplicateWinBooksId: the new ID has another owner.
    """
    before = current(unit, user, by)
    after = taken.decide(before)
    authorise(unit, by, before=before, after=after)
    if after == before:
        return before
    ensure_administrator_left(unit, before, after)
    ensure_dossiers_known(unit, after.licence, after.dossiers - before.dossiers)
    return record(unit, taken.step, before, after, by=by, at=at)


def ensure_administrator_left(
    unit: UnitOfWork, before: PortalUser, after: PortalUser | None
) -> None:
    """
    Raise unless the licence keeps an active Administrator.  [Q12]

    Raises:
        NotAllowed: *before* is the last one and *after* is none.
    """
    life_cycle.ensure_administrator_left(
        before, after, others=lambda: unit.users.has_other_administrator(before)
    )


def record(
    unit: UnitOfWork,
    step: Step,
    before: PortalUser,
    after: PortalUser,
    *,
    by: Actor,
    at: datetime,
    changes: tuple[Change, ...] = (),
    passed_on: AbstractSet[WinBooksId] = frozenset(),
) -> PortalUser:
    """
    Save *after* and tell the history; return them as stored.

    An ID that is left is held back, unless it is one of those that are *passed_on*
    in the same unit of work.  [S34]

    A step that leaves the user as they are, such as a new password, counts too;
    *changes* are recorded besides those of the user.  Mails that the step makes void
    are withdrawn, so a mail about the step is put into the outbox afterwards.

    Raises:
        OutOfDate: another save came since *before* was read.
        DuplicateWinBooksId: the new ID has another owner.
    """
    saved = unit.users.save(after)
    if before.winbooks_id not in {after.winbooks_id, *passed_on}:
        unit.left_ids.put(before.winbooks_id, of=before.id, at=at)
    withdraw_overtaken(unit, [(step, before, saved)], at)
    event = Event.of(step, before, saved, by=by, at=at)
    unit.history.add(attrs.evolve(event, changes=event.changes + changes))
    return saved


class Taken(NamedTuple):
    """
    A step, with the user before and after it.
    """

    step: Step
    before: PortalUser
    after: PortalUser


def record_all(
    unit: UnitOfWork, taken: Sequence[Taken], *, by: Actor, at: datetime
) -> Sequence[PortalUser]:
    """
    Save many users, each after one step, and tell the history, in few statements.

    Returns those who could be saved, as stored; of the others nothing is kept.  As
    with `record`, an ID that is left is held back, and void mails are withdrawn.
    """
    by_user = {each.before.id: each for each in taken}
    saved = unit.users.save_all([each.after for each in taken])
    unit.history.add_all(
        Event.of(by_user[user.id].step, by_user[user.id].before, user, by=by, at=at)
        for user in saved
    )
    for user in saved:
        left = by_user[user.id].before.winbooks_id
        if left != user.winbooks_id:
            unit.left_ids.put(left, of=user.id, at=at)
    withdraw_overtaken(unit, [by_user[user.id] for user in saved], at)
    return saved


def start_password(unit: UnitOfWork, user_id: UUID, ends: datetime) -> None:
    """
    Let the time of an initial password that was handed over begin.  [S5]
    """
    credential = unit.credentials.find(user_id)
    if credential is not None:
        unit.credentials.put(credential.started(ends))
