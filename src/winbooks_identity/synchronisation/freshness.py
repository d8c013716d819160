"""
Is a plan still true, and what of it is done already?
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from uuid import UUID

from ..portal_user import PortalUser
from ..ports import Outline
from ..refusals import PlanOutOfDate
from ..winbooks_id import WinBooksId
from .changes import Change, Update
from .plan import Plan


__all__ = ["done_before"]


def done_before(
    plan: Plan,
    outlines: Iterable[Outline],
    find: Callable[[Sequence[UUID]], Iterable[PortalUser]],
) -> AbstractSet[UUID | str | WinBooksId]:
    """
    Return the keys of the changes in *plan* that are done already.

    Args:
        plan: what is to be carried out.
        outlines: those of everybody in the licence, as stored now.
        find: returns users by their internal keys, as many as are there; asked for
            those of another version than the plan saw.

    Raises:
        PlanOutOfDate: a user is neither as the plan saw them nor as it wants them,
            or is not there.
    """
    updates = {
        change.user_id: change for change in plan.changes if isinstance(change, Update)
    }
    others: Mapping[UUID | str | WinBooksId, Change] = {
        change.key: change for change in plan.changes if not isinstance(change, Update)
    }
    differing: dict[UUID, Change] = {}
    for outline in outlines:
        update = updates.pop(outline.id, None)
        if update is None:
            if others and (change := _about(outline, others)):
                differing[outline.id] = change
        elif update.version != outline.version:
            differing[outline.id] = update
    done: set[UUID | str | WinBooksId] = set()
    stale = [update.winbooks_id for update in updates.values()]
    for user in find(list(differing)):
        change = differing.pop(user.id)
        if type(change.after).of(user) == change.after:
            done.add(change.key)
        else:
            stale.append(change.winbooks_id)
    stale += [change.winbooks_id for change in differing.values()]
    if stale:
        raise PlanOutOfDate(tuple(sorted(stale)))
    return done


def _about(
    outline: Outline, changes: Mapping[UUID | str | WinBooksId, Change]
) -> Change | None:
    keys = (outline.external_id or "", outline.winbooks_id)
    return next((changes[key] for key in keys if key in changes), None)
