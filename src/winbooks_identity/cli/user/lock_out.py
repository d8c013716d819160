"""
How does a person get in again who tried too often?
"""

from ...authorization import Actor
from ...portal import Portal
from ...portal_user import PortalUser
from ...services.lock_outs import LockOutService
from ..answer import Answer
from ..options import OnScreen
from .carrying_out import Taken
from .options import Run, Users, Whom
from .running import for_all
from .whom import Target, targets


__all__ = ["unlock"]


def unlock(
    whom: Whom = None, /, *, users: Users, run: Run | None = None, screen: OnScreen
) -> Answer:
    """
    Let users try again at once, after too many attempts.
    """
    dry_run = (run or Run()).dry_run

    def take(portal: Portal, user: PortalUser, *, by: Actor, target: Target) -> Taken:
        del target
        # What is forgotten is not brought back by the end of a rehearsal.
        attempts = None if dry_run else portal.attempts
        LockOutService(portal.storage, attempts=attempts).lift(user, by=by)
        return Taken(user=user, is_new=True)

    found = targets(whom, users.source)
    return for_all(found, take, users=users, run=run, screen=screen)
