"""
Who keeps their status, and how much may one plan change?

Sources: tools of this kind are known to deactivate everybody after a time-out
or an empty answer; those that hold back use a share with a floor, as Okta (20 %)
and Google Cloud Directory Sync do.  The figures here are our choice.
"""

from collections.abc import Collection, Iterator
from typing import Final, final

import attrs

from ..level import Level
from ..portal_user import PortalUser
from ..problems import Problem
from .changes import Action, Change, Update
from .remarks import (
    EmptySnapshot,
    TooManyAddressChanges,
    TooManyDeactivations,
    TooManyReactivations,
)
from .snapshot import Complete, Snapshot


__all__ = ["Limits", "exceeded", "last_administrator", "quarantine"]

#: Per cent.
_EVERYBODY: Final = 100


@final
@attrs.frozen(kw_only=True)
class Limits:
    """
    How many deactivations, reactivations and changes of address a plan may hold.

    Each may reach *percentage* of the active users that were synchronised
    before, or *floor* if that is more, and never exceeds *count*.  [Q17, S30]

    Raises:
        ValueError: a limit is negative, or a percentage above 100.
    """

    floor: int = 3
    percentage: int = 10
    count: int = 100

    def __attrs_post_init__(self) -> None:
        least = min(self.floor, self.percentage, self.count)
        if least < 0 or self.percentage > _EVERYBODY:
            raise ValueError("limits are not negative, and 100 % is everybody")

    def allowed(self, users: int) -> int:
        """
        Return how many of *users* one plan may touch.
        """
        return min(self.count, max(self.floor, users * self.percentage // _EVERYBODY))


def quarantine(
    snapshot: Snapshot,
    changes: Collection[Change],
    *,
    managed: int,
    limits: Limits,
) -> Iterator[Problem]:
    """
    Yield why a plan of *changes* is to be looked at, not carried out.  [Q17]

    Args:
        snapshot: what the plan follows.
        changes: what the plan does.
        managed: how many active users were synchronised before.
        limits: what one plan may do.
    """
    if managed and isinstance(snapshot, Complete) and not snapshot.count:
        yield EmptySnapshot()
    yield from exceeded(changes, managed=managed, limits=limits)


def exceeded(
    changes: Collection[Change], *, managed: int, limits: Limits
) -> Iterator[Problem]:
    """
    Yield which of *limits* a plan of *changes* goes beyond.  [Q17, S30, S50]

    Args:
        changes: what the plan does.
        managed: how many active users the source is about.
        limits: what one plan may do.
    """
    allowed = limits.allowed(managed)
    deactivations = sum(each.action is Action.DEACTIVATE for each in changes)
    reactivations = sum(each.action is Action.REACTIVATE for each in changes)
    moves = sum(each.changes_address for each in changes)
    if deactivations > allowed:
        yield TooManyDeactivations(planned=deactivations, allowed=allowed)
    if reactivations > allowed:
        yield TooManyReactivations(planned=reactivations, allowed=allowed)
    if moves > allowed:
        yield TooManyAddressChanges(planned=moves, allowed=allowed)


def last_administrator(
    users: Collection[PortalUser], changes: Collection[Change]
) -> PortalUser | None:
    """
    Return who must stay active, so that the licence keeps an Administrator.

    The state after all of *changes* counts, not each by itself: otherwise the
    next plan would deactivate whom this one kept.  [R27]

    Args:
        users: everybody in the licence.
        changes: everything that the plan does.
    """
    updates = {each.user_id: each for each in changes if isinstance(each, Update)}

    def stays(user: PortalUser) -> bool:
        update = updates.get(user.id)
        return _administers(user if update is None else update.after.onto(user))

    before = [user for user in users if _administers(user)]
    if not before or any(map(stays, users)):
        return None
    if any(
        not isinstance(each, Update) and each.makes_administrator for each in changes
    ):
        return None
    return min(before, key=lambda user: user.id)


def _administers(user: PortalUser) -> bool:
    return user.is_active and user.level is Level.ADMINISTRATOR
