"""
How is one batch of a plan carried out, inside a unit of work?
"""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta
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
from ..refusals import NotAllowed, OutOfDate
from ..refusals import Taken as IdTaken
from ..services.admission import authorise, ensure_dossiers_known
from ..services.creation import Created
from ..services.handover import HANDED_OVER_LIFETIME
from ..services.step import (
    Taken,
    ensure_administrator_left,
    record,
    record_all,
    start_password,
)
from ..winbooks_id import WinBooksId
from .changes import Action, Change, Create, Update
from .office_fields import OfficeFields
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

    `created` is what the creator of a user from a form has to know.
    """

    change: Change
    result: Result
    problems: tuple[Problem, ...] = ()
    created: Created | None = None


def create(
    unit: UnitOfWork,
    new: Sequence[tuple[Create, PortalUser]],
    *,
    by: Actor,
    at: datetime,
    left_before: datetime,
) -> Sequence[ChangeOutcome]:
    """
    Add the users in *new*; no passwords, no mails.  [R66]

    An ID that was taken in the meantime is refused and stops no other.  One that was
    left before *left_before* is let go of first.  [S34]

    Raises:
        NotAuthorised: *by* may not make one of them; nothing is kept.
    """
    for _, user in new:
        authorise(unit, by, before=None, after=user)
    taken = unit.users.add_all([user for _, user in new])
    if taken:
        # Few ask for an ID that someone had, so only those are looked at.
        asked = {user.winbooks_id for user in taken}
        unit.left_ids.release(asked, left_before=left_before, now=at)
        taken = unit.users.add_all(taken)
    refused = {user.id for user in taken}
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
    handed_over_lifetime: timedelta = HANDED_OVER_LIFETIME,
) -> Sequence[ChangeOutcome]:
    """
    Change users, and put their *notices* into the outbox.

    Those who cannot be changed are refused, and stop no others.  The time of an
    initial password that was handed over begins with the activation.  [S5]
    """
    update = _Updates(unit, notices, by, at, at + handed_over_lifetime)
    done = update.together(changes)
    return [
        ChangeOutcome(change, Result.DONE)
        if change.user_id in done
        else update.alone(change)
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
        taken
        for change in changes
        for taken in _decide(unit, change, unit.users.find(change.user_id), notices, by)
    ]
    for _, before, _ in decided:
        nobodys = WinBooksId(f"{before.id.hex}@example.org")
        unit.users.save(attrs.evolve(before, winbooks_id=nobodys, id_change=None))
    passed_on = {taken.after.winbooks_id for taken in decided}
    for step, before, after in decided:
        moved = attrs.evolve(after, version=after.version + 1)
        record(unit, step, before, moved, by=by, at=at, passed_on=passed_on)
        _put(unit, before, notices)
    return [ChangeOutcome(change, Result.DONE) for change in changes]


@attrs.frozen
class _Updates:
    """
    Changes users in one unit of work; an initial password ends at `ends`.
    """

    unit: UnitOfWork
    notices: Mapping[UUID, OutboxMail]
    by: Actor
    at: datetime
    ends: datetime

    def together(self, changes: Sequence[Update]) -> AbstractSet[UUID]:
        """
        Change in one go those who can be changed in one step; return who they are.

        Administrators who leave are left out: the second of two must see that the
        first is gone.
        """
        unit, by, at = self.unit, self.by, self.at
        user_ids = {change.user_id for change in changes}
        stored = {user.id: user for user in unit.users.find_all(user_ids)}
        decided: dict[UUID, Taken] = {}
        for change in changes:
            known = stored.get(change.user_id)
            if _is_leaving_administrator(known, change):
                continue
            try:
                taken = _decide(unit, change, known, self.notices, by)
            except Refused:
                continue
            if len(taken) == 1:
                decided[change.user_id] = taken[0]
        saved = record_all(unit, [*decided.values()], by=by, at=at)
        for user in saved:
            self._begin(decided[user.id].step, user)
            _put(unit, user, self.notices)
        return {user.id for user in saved}

    def alone(self, change: Update) -> ChangeOutcome:
        """
        Change one user, step by step, once every step is decided.
        """
        unit, by = self.unit, self.by
        try:
            known = unit.users.find(change.user_id)
            version = change.version
            for step, before, after in _decide(unit, change, known, self.notices, by):
                next_one = attrs.evolve(after, version=version)
                saved = record(unit, step, before, next_one, by=by, at=self.at)
                version = saved.version
                self._begin(step, saved)
                _put(unit, before, self.notices)
        except Refused as refused:
            return ChangeOutcome(change, Result.REFUSED, refused.problems)
        return ChangeOutcome(change, Result.DONE)

    def _begin(self, step: Step, user: PortalUser) -> None:
        if step is Step.ACTIVATE and not user.is_on_web:
            start_password(self.unit, user.id, self.ends)


def _unless_done(unit: UnitOfWork, change: Create) -> ChangeOutcome:
    owner = unit.users.find_by_winbooks_id(change.winbooks_id)
    if owner is not None and SyncedFields.of(owner) == change.after:
        return ChangeOutcome(change, Result.DONE_BEFORE)
    return ChangeOutcome(change, Result.REFUSED, (IdTaken(),))


def _decide(
    unit: UnitOfWork,
    change: Update,
    known: PortalUser | None,
    notices: Mapping[UUID, OutboxMail],
    by: Actor,
) -> Sequence[Taken]:
    """
    Return the steps of *change*, if its user is as the plan saw them.
    """
    if known is None or known.version != change.version:
        raise OutOfDate(change.version)
    is_told = known.level is not Level.ADMINISTRATOR or known.id in notices
    if change.changes_address and not is_told:
        raise NotAllowed((Untold(),))
    steps = list(_steps(change, known))
    for _, before, after in steps:
        authorise(unit, by, before=before, after=after)
        ensure_administrator_left(unit, before, after)
        ensure_dossiers_known(unit, after.licence, after.dossiers - before.dossiers)
    return steps


def _steps(change: Update, known: PortalUser) -> Iterator[Taken]:
    """
    Yield what is done to *known*: by a feed at once, by an office file step by step.
    """
    if not isinstance(change.after, OfficeFields):
        yield Taken(_step(change), known, change.after.onto(known))
        return
    before = known
    for taken in change.after.steps(known):
        after = taken.decide(before)
        yield Taken(taken.step, before, after)
        before = after


def _put(
    unit: UnitOfWork, user: PortalUser, notices: Mapping[UUID, OutboxMail]
) -> None:
    if user.id in notices:
        unit.outbox.put(notices[user.id])


def _is_leaving_administrator(user: PortalUser | None, change: Update) -> bool:
    if user is None or user.level is not Level.ADMINISTRATOR:
        return False
    after = change.after.onto(user)
    return not after.is_active or after.level is not Level.ADMINISTRATOR


def _step(change: Update) -> Step:
    # A search for an old address in a history looks for this.
    return Step.CHANGE_ID if change.changes_address else _STEPS[change.action]
