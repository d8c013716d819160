"""
How is one step taken for several users, one after the other?

Every step goes this way, so all of them know dry runs, interruptions, users who are
as wanted already, and failures that do not stop the others.
"""

from collections.abc import Callable, Sequence
from enum import Enum
from typing import Protocol, TypeAlias, final

import attrs

from ...authorization import Actor
from ...errors import Invalid, InvalidFields, OutcomeUnknown, Refused, Unavailable
from ...passwords import Password
from ...portal import Portal
from ...portal_user import PortalUser
from ...problems import Notice, Problem
from ...refusals import UnknownUser
from ..acting import actor_in, distributor_in, owner_of
from ..answer import reasons
from ..interruption import Interruption
from ..screen import Screen
from .options import Users
from .whom import Target


__all__ = [
    "Actors",
    "Fate",
    "Report",
    "Row",
    "Take",
    "Taken",
    "Told",
    "carry_out",
    "look_up",
]


@final
class Fate(Enum):
    """
    What became of a user; the value stands in JSON.
    """

    DONE = "done"
    WOULD_BE_DONE = "would_be_done"
    UNCHANGED = "unchanged"
    REFUSED = "refused"
    NOT_REACHED = "not_reached"
    UNKNOWN = "unknown"


@final
@attrs.frozen(kw_only=True)
class Taken:
    """
    What a step made of a user.

    `user` is None once erased.  `password` has to be handed over.  `is_new` tells
    whether anything happened; by default, whether the user was saved.
    """

    user: PortalUser | None
    notices: tuple[Notice, ...] = ()
    password: Password | None = None
    mailed: bool = False
    is_new: bool | None = None


class Take(Protocol):
    """
    A step, with its details.
    """

    def __call__(
        self, portal: Portal, user: PortalUser, /, *, by: Actor, target: Target
    ) -> Taken:
        """
        Take the step.

        Raises:
            Invalid, InvalidFields, Refused: it is not taken.
            Unavailable: perhaps it is not.
        """
        ...


@final
@attrs.frozen(kw_only=True)
class Row:
    """
    A user who was meant, and what became of them.
    """

    target: Target
    fate: Fate
    before: PortalUser | None = None
    taken: Taken | None = None
    problems: tuple[tuple[str | None, Problem], ...] = ()

    @property
    def password(self) -> Password | None:
        """
        Return the password that is stored now, and has to be handed over.
        """
        if self.taken is None or self.fate is not Fate.DONE:
            return None
        return self.taken.password


@final
@attrs.frozen(kw_only=True)
class Report:
    """
    What became of all users who were meant.
    """

    rows: tuple[Row, ...]
    failure: Unavailable | None
    is_interrupted: bool


@final
class Actors:
    """
    Who acts on whom: one user on all, or the distributor in the licence of each.
    """

    def __init__(self, portal: Portal, users: Users) -> None:
        """
        Look up who acts.

        Raises:
            Invalid, UnknownUser: as `actor_in`.
        """
        self._operator = users.operator
        acting_as = users.acting_as
        self._user = None if acting_as is None else actor_in(portal, acting_as)

    def on(self, user: PortalUser) -> Actor:
        """
        Return who acts on *user*.

        Raises:
            Invalid: the operator's name is none.
        """
        return self._user or distributor_in(user.licence, self._operator)


Told: TypeAlias = Callable[[Row], None]
"""
What is called as soon as a user was reached.
"""


def carry_out(
    portal: Portal,
    found: Sequence[Target],
    take: Take,
    *,
    actors: Actors,
    dry_run: bool,
    screen: Screen,
    tell: Told | None = None,
) -> Report:
    """
    Take the step for each user; an interruption counts between two of them.

    Args:
        portal: where the users are.
        found: who is meant.
        take: takes the step.
        actors: in whose name.
        dry_run: find out what would happen, and keep nothing.
        screen: shows how far it is.
        tell: is called with each row.
    """
    rows: list[Row] = []
    failure: Unavailable | None = None
    with Interruption() as interruption:
        for target in screen.track(found, "cli.user.working"):
            if failure or interruption.is_set():
                rows.append(Row(target=target, fate=Fate.NOT_REACHED))
                continue
            row, failure = _reach(portal, target, take, actors, dry_run=dry_run)
            rows.append(row)
            if tell is not None:
                tell(row)
    return Report(
        rows=tuple(rows), failure=failure, is_interrupted=interruption.is_set()
    )


def _reach(
    portal: Portal, target: Target, take: Take, actors: Actors, *, dry_run: bool
) -> tuple[Row, Unavailable | None]:
    before: PortalUser | None = None
    try:
        user, by = look_up(portal, target, actors)
        before = user
        if dry_run:
            taken = portal.rehearse(
                lambda rehearsal: take(rehearsal, user, by=by, target=target)
            )
        else:
            taken = take(portal, user, by=by, target=target)
    except (Invalid, InvalidFields, Refused) as no:
        problems = tuple(reasons(no))
        row = Row(target=target, fate=Fate.REFUSED, before=before, problems=problems)
        return row, None
    except Unavailable as failure:
        is_open = isinstance(failure, OutcomeUnknown)
        fate = Fate.UNKNOWN if is_open else Fate.NOT_REACHED
        return Row(target=target, fate=fate, before=before), failure
    fate = _fate(user, taken, dry_run=dry_run)
    return Row(target=target, fate=fate, before=user, taken=taken), None


def look_up(portal: Portal, target: Target, actors: Actors) -> tuple[PortalUser, Actor]:
    """
    Return who is meant, as who acts may see them, and who acts.

    Raises:
        Invalid: no WinBooks ID was typed.
        UnknownUser: there is no such user, or not for who acts.
    """
    owner = owner_of(portal, target.id)
    if owner is None:
        raise UnknownUser
    by = actors.on(owner)
    return portal.provisioning.find(owner.winbooks_id, by=by), by


def _fate(before: PortalUser, taken: Taken, *, dry_run: bool) -> Fate:
    is_new = taken.is_new
    if is_new is None:
        is_new = taken.user is None or taken.user.version != before.version
    if not is_new:
        return Fate.UNCHANGED
    return Fate.WOULD_BE_DONE if dry_run else Fate.DONE
