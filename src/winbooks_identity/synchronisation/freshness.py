"""
Is a plan still true, and what of it is done already?
"""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from uuid import UUID

from ..portal_user import PortalUser
from ..refusals import PlanOutOfDate
from ..winbooks_id import WinBooksId
from .changes import Change, Update
from .plan import Plan


__all__ = ["done_before"]


def done_before(
    plan: Plan, users: Iterable[PortalUser]
) -> AbstractSet[UUID | str | WinBooksId]:
    """
    Return the keys of the changes in *plan* that are done already.

    Args:
        plan: what is to be carried out.
        users: everybody in the licence, as stored now.

    Raises:
        PlanOutOfDate: a user is neither as the plan saw them nor as it wants them,
            or is not there.
    """
    changes = {change.key: change for change in plan.changes}
    missing = {change.key for change in plan.changes if isinstance(change, Update)}
    done: set[UUID | str | WinBooksId] = set()
    stale: list[WinBooksId] = []
    for user in users:
        change = _about(user, changes)
        if change is None:
            continue
        missing.discard(change.key)
        if isinstance(change, Update) and change.version == user.version:
            continue
        if type(change.after).of(user) == change.after:
            done.add(change.key)
        else:
            stale.append(change.winbooks_id)
    stale += [changes[key].winbooks_id for key in missing]
    if stale:
        raise PlanOutOfDate(tuple(sorted(stale)))
    return done


def _about(
    user: PortalUser, changes: Mapping[UUID | str | WinBooksId, Change]
) -> Change | None:
    keys = (user.id, user.external_id or "", user.winbooks_id)
    return next((changes[key] for key in keys if key in changes), None)
