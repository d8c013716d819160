"""
How does a person get in again, of whom too many attempts failed?

The limits end by themselves, after a quarter of an hour to a day.  Where a person
waits at the telephone, those who manage them end them at once.
"""

from typing import final

from .. import authorization
from ..attempts import Attempt, Door
from ..authorization import Actor, ensure_actor
from ..portal_user import PortalUser
from ..ports import Attempts, Storage, UnitOfWork
from ..refusals import NotAuthorised
from . import step
from .admission import authorise


__all__ = ["LockOutService"]


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
            self._attempts.forgive(
                Attempt(door=door, subject=subject, source=source)
                for door, subject in (
                    (Door.PASSWORD, stored.winbooks_id.key),
                    (Door.FORGOTTEN_PASSWORD, stored.winbooks_id.key),
                    (Door.LINK, str(stored.id)),
                )
                for source in sources
            )
        return number
