"""
How does what is old enough go, in memory?
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from itertools import islice
from typing import TypeAlias, final

import attrs

from ...events import Event
from ...retention import Kept
from .state import State


__all__ = ["Housekeeping"]

#: What removes one row.
Removal: TypeAlias = Callable[[], object]


@final
@attrs.frozen
class Housekeeping:
    """
    What has been kept for long enough, in dictionaries.
    """

    _state: State

    def count(self, kept: Kept, before: datetime) -> int:
        return sum(1 for _ in self._removals(kept, before))

    def forget(self, kept: Kept, before: datetime, *, limit: int) -> int:
        removals = list(islice(self._removals(kept, before), limit))
        for remove in removals:
            remove()
        return len(removals)

    def _removals(self, kept: Kept, before: datetime) -> Iterator[Removal]:
        match kept:
            case Kept.FAILED_ATTEMPTS:
                return self._attempts(before)
            case Kept.MAILS:
                return self._mails(before)
            case Kept.REQUESTS:
                return self._requests(before)
            case _:  # The history.
                return self._events(before)

    def _attempts(self, before: datetime) -> Iterator[Removal]:
        stored = self._state.failed_attempts
        for failed in stored.values():
            if failed.at < before:
                yield partial(stored.pop, failed.id)

    def _mails(self, before: datetime) -> Iterator[Removal]:
        stored = self._state.outbox
        for mail_id, mail in stored.items():
            done_at = mail.entry.done_at
            if done_at is not None and done_at < before:
                yield partial(stored.pop, mail_id)

    def _requests(self, before: datetime) -> Iterator[Removal]:
        stored = self._state.requests
        for request in stored.values():
            events = self._state.history.get(request.user_id, ())
            if any(each.version == 1 and each.at < before for each in events):
                yield partial(stored.pop, request.id)

    def _events(self, before: datetime) -> Iterator[Removal]:
        for user_id, events in self._state.history.items():
            last = max(event.version for event in events)
            stays = last if user_id in self._state.users else 0
            for event in events:
                if event.at < before and event.version != stays:
                    yield partial(self._remove_event, event)

    def _remove_event(self, gone: Event) -> None:
        history = self._state.history
        kept = [each for each in history[gone.user_id] if each.version != gone.version]
        if kept:
            history[gone.user_id] = tuple(kept)
        else:
            del history[gone.user_id]
