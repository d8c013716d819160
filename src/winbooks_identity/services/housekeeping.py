"""
How does a database stay as small as what it has to keep?
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import final

import attrs

from .. import system
from ..left_ids import HELD_BACK
from ..ports import PAGE_SIZE, Storage
from ..retention import Kept, Retention


__all__ = ["HousekeepingService", "Removed"]


@final
@attrs.frozen
class Removed:
    """
    What one small transaction removed.
    """

    kept: Kept
    number: int


@final
class HousekeepingService:
    """
    Removes what was kept for long enough, beside a running system.  [S80]

    It is for people who have the database, as a relay is, so it asks no one for
    rights.  Any number may run at one time.  Every method raises what `Storage.run`
    raises; called again, it goes on.

    Args:
        storage: where everything is kept.
        retention: how long what is kept.
        held_back: how long an ID that was left is given to no other user.
        clock: tells the present, in UTC.
    """

    def __init__(
        self,
        storage: Storage,
        *,
        retention: Retention | None = None,
        held_back: timedelta = HELD_BACK,
        clock: Callable[[], datetime] = system.now,
    ) -> None:
        self._storage = storage
        self._retention = retention or Retention()
        self._held_back = held_back
        self._clock = clock

    def due(self) -> Mapping[Kept, int]:
        """
        Return how much of what would go now; nothing does.
        """
        now = self._clock()
        return {kept: self._count(kept, now) for kept in Kept}

    def run(self, *, batch: int = PAGE_SIZE) -> Iterator[Removed]:
        """
        Remove what is due, personal data first, and yield what each step removed.

        What is not asked of the iterator is not done.  Besides, the IDs that were left
        and are held back no more are let go of; they are not counted.

        Args:
            batch: how many rows one transaction removes at most; others write in
                between.
        """
        now = self._clock()
        left_before = now - self._held_back
        self._storage.run(lambda unit: unit.left_ids.forget(left_before))
        for kept in Kept:
            number = batch
            while number >= batch:
                number = self._forget(kept, now, batch)
                if number:
                    yield Removed(kept, number)

    def _count(self, kept: Kept, now: datetime) -> int:
        before = self._retention.before(kept, now)
        return self._storage.read(lambda unit: unit.housekeeping.count(kept, before))

    def _forget(self, kept: Kept, now: datetime, limit: int) -> int:
        before = self._retention.before(kept, now)
        return self._storage.run(
            lambda unit: unit.housekeeping.forget(kept, before, limit=limit)
        )
