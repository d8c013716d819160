"""
How is what happened to the users kept, also after they are gone?
"""

from collections.abc import Sequence
from typing import Final, final
from uuid import UUID

import attrs
from sqlalchemy import bindparam, delete, insert, select

from ...events import Event
from . import rows
from .schema import EVENT
from .statements import Statements


__all__ = ["History"]

_INSERT: Final = insert(EVENT)
_DELETE: Final = delete(EVENT).where(EVENT.c.user_id == bindparam("old_id"))
_SELECT: Final = (
    select(EVENT)
    .where(EVENT.c.user_id == bindparam("user_id"))
    .order_by(EVENT.c.version)
)


@final
@attrs.frozen
class History:
    """
    What happened to the users, inside a transaction.
    """

    _statements: Statements

    def add(self, event: Event) -> None:
        """
        Store *event*; its user has no other of that version.
        """
        self._statements.run(_INSERT, rows.event_row(event))

    def of_user(self, user_id: UUID) -> Sequence[Event]:
        """
        Return the events of that user by their versions, erased or not.
        """
        found = self._statements.rows(_SELECT, {"user_id": user_id})
        return [rows.read_event(row) for row in found]

    def anonymise(self, user_id: UUID) -> None:
        """
        Replace the events of that user by what `Event.anonymised` keeps of them.
        """
        kept = [event.anonymised() for event in self.of_user(user_id)]
        self._statements.run(_DELETE, {"old_id": user_id})
        self._statements.run(_INSERT, [rows.event_row(event) for event in kept])
