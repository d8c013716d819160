"""
Does a session of a product go on, after all that happened to its user?
"""

from collections.abc import Iterable
from typing import Final, final
from uuid import UUID

import attrs

from ..events import Event
from ..life_cycle import Step
from ..portal_user import PortalUser
from ..ports import Storage, UnitOfWork


__all__ = ["Session", "SessionService", "credential_stamp"]

#: The steps that give a user another password.
_PASSWORD_STEPS: Final = frozenset(
    {
        Step.CHANGE_PASSWORD,
        Step.MOVE_TO_ON_WEB,
        Step.RESET_PASSWORD,
        Step.SET_PASSWORD,
    }
)

#: The steps that change none of what ends sessions.
_HARMLESS: Final = frozenset(
    {
        Step.GRANT_DOSSIERS,
        Step.REVOKE_DOSSIERS,
        Step.GRANT_ROLES,
        Step.REVOKE_ROLES,
        Step.NOTIFY,
        Step.WITHDRAW_ID,
        Step.LINK_PRODUCT,
        Step.UNLINK_PRODUCT,
    }
)
_CAN_END: Final = frozenset(Step) - _HARMLESS

#: What ends sessions when it changes, by anyone's step.
_ENDING_FIELDS: Final = frozenset({"level", "status", "winbooks_id"})


def credential_stamp(user: PortalUser, events: Iterable[Event]) -> str:
    """
    Return what a product keeps in a session of *user*.  [S70]

    It changes when the password, the WinBooks ID, the level or the status of the
    user changes, and at nothing else: not when the same password is hashed anew.  It
    never comes back, so that who was deactivated and activated again signs in anew.
    It is no secret, but those who can write it into a session are that user: keep it
    where only the product writes, in a signed cookie or on the server.

    Args:
        user: as they were when they signed in.
        events: their history; what came after *user* is left out.
    """
    known = [event for event in events if event.version <= user.version]
    ending = [event.version for event in known if _ends_sessions(event)]
    # Old events go, from the first on; a stamp that went with them must not come back.
    versions = ending or [min((event.version for event in known), default=0)]
    return f"{user.id}:{max(versions)}"


def _stamp(unit: UnitOfWork, user: PortalUser) -> str:
    """
    Return the stamp of *user*, of the few events that can matter.
    """
    until = user.version
    while event := unit.history.latest(user.id, _CAN_END, until=until):
        if _ends_sessions(event):
            return credential_stamp(user, [event])
        until = event.version - 1
    # Housekeeping took them: what is left is short.
    return credential_stamp(user, unit.history.of_user(user.id))


def _ends_sessions(event: Event) -> bool:
    changed = {change.field for change in event.changes}
    return event.step in _PASSWORD_STEPS or not changed.isdisjoint(_ENDING_FIELDS)


@final
@attrs.frozen
class Session:
    """
    A user who may have a session now, and what it is recognised by.
    """

    user: PortalUser
    stamp: str


@final
class SessionService:
    """
    Begins sessions of products and tells whether they go on.

    Every call reads one user and the step that ended their sessions last, however long
    their history is, and writes nothing; it raises what `Storage.read` raises.
    """

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def begin(self, user: PortalUser) -> str:
        """
        Return the stamp for a session of *user*, who just signed in.  [S70]

        What happened to them since then ends the session already.
        """
        return self._storage.read(lambda unit: _stamp(unit, user))

    def find(self, user_id: UUID) -> Session | None:
        """
        Return the session that the user with *user_id* may have now.

        `None` where there is no such user, or they are not active.
        """

        def look(unit: UnitOfWork) -> Session | None:
            user = unit.users.find(user_id)
            if user is None or not user.is_active:
                return None
            return Session(user, _stamp(unit, user))

        return self._storage.read(look)

    def resume(self, stamp: str) -> PortalUser | None:
        """
        Return whose session has *stamp*, as they are now; `None` if it ended.  [S70]
        """
        try:
            user_id = UUID(stamp.partition(":")[0])
        except ValueError:
            return None
        session = self.find(user_id)
        return session.user if session and session.stamp == stamp else None
