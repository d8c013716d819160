"""
How is one batch of a plan carried out, inside a unit of work?
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import suppress
from datetime import datetime
from enum import Enum
from typing import Final, final
from uuid import UUID

import attrs

from ..authorization import Actor
from ..errors import Refused
from ..events import Event
from ..level import Level
from ..life_cycle import Step
from ..mail.outbox import OutboxMail
from ..portal_user import PortalUser
from ..ports import UnitOfWork
from ..problems import Problem
from ..refusals import NotAllowed, OutOfDate, Taken
from ..services.admission import authorise
from ..services.overtaken import withdraw_overtaken
from ..services.step import ensure_administrator_left, record
from ..winbooks_id import WinBooksId
from .changes import Action, Change, Create, Update
from .remarks import Untold
from .synced_fields import SyncedFields


__all__ = ["ChangeOutcome", "Result", "create", "exchange", "update_all"]

#: What the history calls each action.
_STEPS: Final = {
    Action.ADOPT: Step.RECTIFY,
    Action.DEACTIVATE: Step.DEACTIVATE,
    Action.REACTIVATE: Step.ACTIVATE,
    Action.UPDATE: Step.RECTIFY,
}


@final
class Result(Enum):
    """
    What came of one change.
    """

    DONE = "done"
    DONE_BEFORE = "done_before"
    REFUSED = "refused"


@final
@attrs.frozen
class ChangeOutcome:
    """
    One change of a plan, what came of it, and why it was refused if it was.
    """

    change: Change
    result: Result
    problems: tuple[Problem, ...] = ()


def create(
    unit: UnitOfWork,
    new: Sequence[tuple[Create, PortalUser]],
    *,
    by: Actor,
    at: datetime,
) -> Sequence[ChangeOutcome]:
    """
    Add the users in *new*; no passwords, no mails.  [R66]

    An ID that was taken in the meantime is refused and stops no other.

    Raises:
        NotAuthorised: *by* may not make one of them; nothing is kept.
    """
    for _, user in new:
        authorise(unit, by, before=None, after=user)
    refused = {user.id for user in unit.users.add_all([user for _, user in new])}
    unit.history.add_all(
        Event.of(Step.CREATE, None, user, by=by, at=at)
        for _, user in new
        if user.id not in refused
    )
    return [
        _unless_done(unit, change)
        if user.id in refused
        else ChangeOutcome(change, Result.DONE)
        for change, user in new
    ]


def update_all(
    unit: UnitOfWork,
    changes: Sequence[Update],
    notices: Mapping[UUID, OutboxMail],
    *,
    by: Actor,
    at: datetime,
) -> Sequence[ChangeOutcome]:
    """
    Change users, and put their *notices* into the outbox.

    Those who cannot be changed are refused, and stop no others.
    """
    done = _update_together(unit, changes, notices, by=by, at=at)
    return [
        ChangeOutcome(change, Result.DONE)
        if change.user_id in done
        else _update_alone(unit, change, notices, by=by, at=at)
        for change in changes
    ]


def exchange(
    unit: UnitOfWork,
    changes: Sequence[Update],
    notices: Mapping[UUID, OutboxMail],
    *,
    by: Actor,
    at: datetime,
) -> Sequence[ChangeOutcome]:
    """
    Change users who pass their addresses to each other.

    Each leaves their address for one that no user has, inside the transaction
    only, before any of them takes their new one.

    Raises:
        OutOfDate: one is not as the plan saw them.
        NotAuthorised: *by* may not do that.
        NotAllowed: the licence would lose its last active Administrator.
        DuplicateWinBooksId: a new address was taken.
            In each case the unit of work is not to be kept.
    """
    decided = [
        (
            change,
            *_decide(unit, change, unit.users.find(change.user_id), notices, by=by),
        )
        for change in changes
    ]
    for _, before, _ in decided:
        nobodys = WinBooksId(f"{before.id.hex}@example.org")
        unit.users.save(attrs.evolve(before, winbooks_id=nobodys, id_change=None))
    passed_on = {after.winbooks_id for _, _, after in decided}
    for change, before, after in decided:
        moved = attrs.evolve(after, version=after.version + 1)
        record(unit, _step(change), before, moved, by=by, at=at, passed_on=passed_on)
        _put(unit, before, notices)
    return [ChangeOutcome(change, Result.DONE) for change in changes]


def _update_together(
    unit: UnitOfWork,
    changes: Sequence[Update],
    notices: Mapping[UUID, OutboxMail],
    *,
    by: Actor,
    at: datetime,
) -> AbstractSet[UUID]:
    """
    Change in one go those who can be changed, and return who they are.

    Administrators who leave are left out: the second of two must see that the
    first is gone.
    """
    user_ids = {change.user_id for change in changes}
    stored = {user.id: user for user in unit.users.find_all(user_ids)}
    decided: dict[UUID, tuple[Step, PortalUser, PortalUser]] = {}
    for change in changes:
        known = stored.get(change.user_id)
        if not _is_leaving_administrator(known, change):
            with suppress(Refused):
                before, after = _decide(unit, change, known, notices, by=by)
                decided[before.id] = _step(change), before, after
    saved = unit.users.save_all([after for _, _, after in decided.values()])
    unit.history.add_all(
        Event.of(step, before, user, by=by, at=at)
        for user in saved
        for step, before, _ in [decided[user.id]]
    )
    for user in saved:
        _, before, _ = decided[user.id]
        if before.winbooks_id != user.winbooks_id:
            unit.left_ids.put(before.winbooks_id, of=user.id, at=at)
    withdraw_overtaken(unit, [decided[user.id] for user in saved], at)
    for user in saved:
        _put(unit, user, notices)
    return {user.id for user in saved}


def _update_alone(
    unit: UnitOfWork,
    change: Update,
    notices: Mapping[UUID, OutboxMail],
    *,
    by: Actor,
    at: datetime,
) -> ChangeOutcome:
    try:
        known = unit.users.find(change.user_id)
        before, after = _decide(unit, change, known, notices, by=by)
        record(unit, _step(change), before, after, by=by, at=at)
        _put(unit, before, notices)
    except Refused as refused:
        return ChangeOutcome(change, Result.REFUSED, refused.problems)
    return ChangeOutcome(change, Result.DONE)


def _unless_done(unit: UnitOfWork, change: Create) -> ChangeOutcome:
    owner = unit.users.find_by_winbooks_id(change.winbooks_id)
    if owner is not None and SyncedFields.of(owner) == change.after:
        return ChangeOutcome(change, Result.DONE_BEFORE)
    return ChangeOutcome(change, Result.REFUSED, (Taken(),))


def _decide(
    unit: UnitOfWork,
    change: Update,
    known: PortalUser | None,
    notices: Mapping[UUID, OutboxMail],
    *,
    by: Actor,
) -> tuple[PortalUser, PortalUser]:
    """
    Return the user of *change* before and after it, if they are as the plan saw them.
    """
    if known is None or known.version != change.version:
        raise OutOfDate(change.version)
    is_told = known.level is not Level.ADMINISTRATOR or known.id in notices
    if change.changes_address and not is_told:
        raise NotAllowed((Untold(),))
    after = change.after.onto(known)
    authorise(unit, by, before=known, after=after)
    ensure_administrator_left(unit, known, after)
    return known, after


def _put(
    unit: UnitOfWork, user: PortalUser, notices: Mapping[UUID, OutboxMail]
) -> None:
    if user.id in notices:
        unit.outbox.put(notices[user.id])


def _is_leaving_administrator(user: PortalUser | None, change: Update) -> bool:
    is_administrator = user is not None and user.level is Level.ADMINISTRATOR
    return is_administrator and not change.after.is_active


def _step(change: Update) -> Step:
    # A search for an old address in a history looks for this.
    return Step.CHANGE_ID if change.changes_address else _STEPS[change.action]
