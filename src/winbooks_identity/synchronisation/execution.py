"""
How is one batch of a plan carried out, inside a unit of work?
"""

from collections.abc import Sequence
from enum import Enum
from typing import Final, final
from uuid import UUID

import attrs

from .. import authorization, life_cycle
from ..authorization import Actor
from ..level import Level
from ..portal_user import PortalUser
from ..ports import UnitOfWork
from ..problems import Problem
from ..refusals import NotAuthorised, OutOfDate, Taken
from ..winbooks_id import WinBooksId
from .changes import Change, Create, Update
from .mastered import Mastered


__all__ = ["Outcome", "Result", "create", "exchange", "update_all"]

#: How many users are read from the storage at a time.
_PAGE: Final = 500


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
class Outcome:
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
) -> Sequence[Outcome]:
    """
    Add the users in *new*; no passwords, no mails.  [R66]

    An ID that somebody took in the meantime is refused and stops nobody else.

    Raises:
        NotAuthorised: *by* may not make one of them; nothing is kept.
    """
    for _, user in new:
        _authorise(by, before=None, after=user)
    refused = {user.id for user in unit.users.add_all([user for _, user in new])}
    return [
        _unless_done(unit, change)
        if user.id in refused
        else Outcome(change, Result.DONE)
        for change, user in new
    ]


def update_all(unit: UnitOfWork, changes: Sequence[Update], *, by: Actor) -> None:
    """
    Change users.

    Raises:
        OutOfDate: one is not as the plan saw him.
        NotAuthorised: *by* may not do that.
        NotAllowed: the licence would lose its last active Administrator.
        DuplicateWinBooksId: somebody took a new address.
    """
    for change in changes:
        unit.users.save(_decide(unit, change, by=by))


def exchange(unit: UnitOfWork, changes: Sequence[Update], *, by: Actor) -> None:
    """
    Change users who pass their addresses to each other.

    Each leaves his address for one that is nobody's, inside the transaction
    only, before any of them takes his new one.

    Raises:
        OutOfDate, NotAuthorised, NotAllowed, DuplicateWinBooksId: as `update_all`;
            the unit of work is not to be kept then.
    """
    after = [_decide(unit, change, by=by) for change in changes]
    parked = [
        unit.users.save(
            attrs.evolve(user, winbooks_id=WinBooksId(f"{user.id.hex}@example.org"))
        )
        for user in after
    ]
    for saved, user in zip(parked, after, strict=True):
        unit.users.save(attrs.evolve(user, version=saved.version))


def _unless_done(unit: UnitOfWork, change: Create) -> Outcome:
    owner = unit.users.find_by_winbooks_id(change.winbooks_id)
    if owner is not None and Mastered.of(owner) == change.after:
        return Outcome(change, Result.DONE_BEFORE)
    return Outcome(change, Result.REFUSED, (Taken(),))


def _decide(unit: UnitOfWork, change: Update, *, by: Actor) -> PortalUser:
    before = unit.users.find(change.user_id)
    if before is None or before.version != change.version:
        raise OutOfDate(change.version)
    after = change.after.onto(before)
    _authorise(by, before=before, after=after)
    life_cycle.ensure_administrator_left(
        before, after, others=lambda: _has_other_administrator(unit, before)
    )
    return after


def _authorise(by: Actor, *, before: PortalUser | None, after: PortalUser) -> None:
    if problems := authorization.check(by, before=before, after=after):
        raise NotAuthorised(problems)


def _has_other_administrator(unit: UnitOfWork, user: PortalUser) -> bool:
    # Read page by page: a licence can be large.
    after: UUID | None = None
    while page := unit.users.of_licence(user.licence, after=after, limit=_PAGE):
        if any(_is_administrator(other) and other.id != user.id for other in page):
            return True
        after = page[-1].id
    return False


def _is_administrator(user: PortalUser) -> bool:
    return user.is_active and user.level is Level.ADMINISTRATOR
