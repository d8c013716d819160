"""
How is what happened, was asked before and has to be mailed kept in memory?
"""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import final
from uuid import UUID

import attrs

from ...events import Event
from ...life_cycle import Step
from ...mail.outbox import OVERTAKEN, MailKind, MailState, OutboxEntry, OutboxMail
from ...ports import Request, Span
from .state import State, StoredMail


__all__ = ["History", "Outbox", "Requests"]


@final
@attrs.frozen
class Requests:
    """
    What was asked before, in a dictionary.
    """

    _state: State

    def remember(self, request: Request) -> Request | None:
        known = self._state.requests.get(request.id)
        if known is None:
            self._state.requests[request.id] = request
        return known


@final
@attrs.frozen
class Outbox:
    """
    Mails that wait, in a dictionary.
    """

    _state: State

    def put(self, mail: OutboxMail) -> None:
        self._state.outbox[mail.id] = StoredMail.new(mail)

    def withdraw(
        self, user_ids: AbstractSet[UUID], kinds: AbstractSet[MailKind], now: datetime
    ) -> None:
        outbox = self._state.outbox
        for mail_id, stored in outbox.items():
            entry = stored.entry
            if stored.is_open and entry.user_id in user_ids and entry.kind in kinds:
                outbox[mail_id] = stored.ended(MailState.WITHDRAWN, now, OVERTAKEN)

    def of_user(self, user_id: UUID) -> Sequence[OutboxEntry]:
        entries = (stored.entry for stored in self._state.outbox.values())
        found = [entry for entry in entries if entry.user_id == user_id]
        return sorted(found, key=lambda entry: entry.position, reverse=True)


@final
@attrs.frozen
class History:
    """
    What happened to each user, in a dictionary.
    """

    _state: State

    def add(self, event: Event) -> None:
        self._state.history[event.user_id] = (*self.of_user(event.user_id), event)

    def add_all(self, events: Iterable[Event]) -> None:
        for event in events:
            self.add(event)

    def of_user(self, user_id: UUID) -> Sequence[Event]:
        return self._state.history.get(user_id, ())

    def latest(
        self, user_id: UUID, steps: AbstractSet[Step], *, until: int
    ) -> Event | None:
        found = (
            event
            for event in reversed(self.of_user(user_id))
            if event.step in steps and event.version <= until
        )
        return next(found, None)

    def spans(self, user_ids: AbstractSet[UUID]) -> Mapping[UUID, Span]:
        return {
            user_id: Span(min(at), max(at))
            for user_id in user_ids
            if (at := [event.at for event in self.of_user(user_id)])
        }

    def anonymise(self, user_id: UUID) -> None:
        kept = tuple(event.anonymised() for event in self.of_user(user_id))
        self._state.history[user_id] = kept
