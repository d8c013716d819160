"""
How does a person get in again, of whom too many attempts failed?

The limits end by themselves, after a quarter of an hour to a day.  Where a person
waits at the telephone, those who manage them end them at once.
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import timedelta
from typing import Final, final

import attrs

from .. import authorization
from ..attempts import Attempt, Door, FailedAttempt
from ..authorization import Actor, ensure_actor
from ..portal_user import PortalUser
from ..ports import Attempts, Storage, UnitOfWork
from ..refusals import NotAuthorised
from . import step
from .admission import authorise


__all__ = ["LockOut", "LockOutService"]

#: How many of the places that attempts came from are looked at, the latest first.
_PLACES: Final = 10


@final
@attrs.frozen(kw_only=True)
class LockOut:
    """
    A door that is closed to a user for now, and in what time it opens.  [S20]

    `source` is the place that it is closed to; `None` stands for a place that no one
    named.
    """

    door: Door
    source: str | None
    ends_in: timedelta


@final
class LockOutService:
    """
    Ends the limits that keep people out.  [S20, S54]

    Args:
        storage: where the users and their failed attempts are kept.
        attempts: what limits attempts; without it, no one is kept out.
    """

    def __init__(self, storage: Storage, *, attempts: Attempts | None) -> None:
        self._storage = storage
        self._attempts = attempts

    def current(self, user: PortalUser, *, by: Actor) -> Sequence[LockOut]:
        """
        Return which doors are closed to *user* now, from where.

        A look counts nothing and locks nothing.  The places are those that
        `AdministrationService.failed_attempts` shows, and one without a name.  The
        person and those who manage them may ask.  [S2]

        Raises:
            TypeError: *by* is no `Actor`.
            UnknownUser: there is no such user, or not for *by*.
            StorageBusy: call again.
        """
        ensure_actor(by)

        def look(unit: UnitOfWork) -> tuple[PortalUser, Sequence[FailedAttempt]]:
            stored = step.personal(unit, user.id, by)
            return stored, unit.failed_attempts.of_user(stored.id)

        stored, failed = self._storage.read(look)
        places = [*dict.fromkeys([None, *(each.source for each in failed)])]
        if self._attempts is None:
            return []
        tried = [*_of(stored, places[: _PLACES + 1])]
        return [
            LockOut(door=each.door, source=each.source, ends_in=ends_in)
            for each, ends_in in zip(tried, self._attempts.look(tried), strict=True)
            if ends_in is not None
        ]

    def lift(self, user: PortalUser, *, by: Actor) -> int:
        """
        Forget the attempts on the login of *user*; return how many are known.

        Those are the ones that `AdministrationService.failed_attempts` shows, which
        stay.  The limits of the places that they came from stay too.

        Raises:
            TypeError: *by* is no `Actor`.
            UnknownUser: there is no such user, or not for *by*.
            NotAuthorised: *by* does not manage them, or is the user: a session that
                was taken over must not open the way to more guesses.
            StorageBusy: call again.
        """
        ensure_actor(by)

        def look(unit: UnitOfWork) -> tuple[PortalUser, frozenset[str | None], int]:
            stored = step.personal(unit, user.id, by)
            authorise(unit, by, before=stored, after=stored)
            if problems := authorization.check_password_reset(by, stored):
                raise NotAuthorised(problems)
            failed = unit.failed_attempts.of_user(stored.id)
            sources = frozenset({None, *(each.source for each in failed)})
            return stored, sources, len(failed)

        stored, sources, number = self._storage.read(look)
        if self._attempts is not None:
            self._attempts.forgive(_of(stored, sources))
        return number


def _of(user: PortalUser, sources: Collection[str | None]) -> Iterator[Attempt]:
    """
    Yield what *user* may try, from each of *sources*.
    """
    for door, subject in (
        (Door.PASSWORD, user.winbooks_id.key),
        (Door.FORGOTTEN_PASSWORD, user.winbooks_id.key),
        (Door.LINK, str(user.id)),
    ):
        for source in sources:
            yield Attempt(door=door, subject=subject, source=source)
