"""
How are attempts counted in one process?
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from threading import Lock
from typing import final

import attrs

from ... import system
from ...attempts import (
    LIMITS,
    Admitted,
    Attempt,
    AttemptLimits,
    Count,
    Outcome,
    begin,
    end,
    forgive,
    look,
)


__all__ = ["InMemoryAttempts"]


@final
class InMemoryAttempts:
    """
    Counts attempts in this process, for several threads: for tests.

    Args:
        limits: how many may fail.
        clock: tells the present, in UTC.
    """

    def __init__(
        self,
        limits: AttemptLimits = LIMITS,
        *,
        clock: Callable[[], datetime] = system.now,
    ) -> None:
        self._limits = limits
        self._counters = _Counters(clock)
        self._lock = Lock()

    def begin(self, attempt: Attempt) -> Admitted:
        """
        Count *attempt* as one that failed, until `end` says otherwise.

        Raises:
            TooManyAttempts: a limit is reached; nothing was counted.
        """
        with self._lock:
            return begin(self._counters, attempt, limits=self._limits, key=b"")

    def end(self, admitted: Admitted, outcome: Outcome) -> None:
        """
        Say how an attempt ended.
        """
        with self._lock:
            end(self._counters, admitted, outcome, limits=self._limits, key=b"")

    def forgive(self, attempts: Iterable[Attempt]) -> None:
        """
        Forget what was counted of the subjects of *attempts*.  [S54]
        """
        with self._lock:
            forgive(self._counters, attempts, limits=self._limits, key=b"")

    def look(self, attempts: Iterable[Attempt]) -> Sequence[timedelta | None]:
        """
        Return for each of *attempts* in what time it would be admitted; None: now.
        """
        with self._lock:
            return look(self._counters, attempts, limits=self._limits, key=b"")


@attrs.frozen
class _Counter:
    attempts: int
    ends_at: datetime


class _Counters:
    """
    The counters in a dictionary; those that ended are thrown away.
    """

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._counters: dict[bytes, _Counter] = {}

    def add(self, counter: bytes, limit: int, within: timedelta) -> Count:
        now = self._clock()
        self._forget(now)
        stored = self._counters.get(counter) or _Counter(0, now + within)
        count = Count(stored.attempts + 1, stored.ends_at - now)
        if count.attempts <= limit:
            self._counters[counter] = attrs.evolve(stored, attempts=count.attempts)
        return count

    def count(self, counter: bytes) -> Count | None:
        stored, now = self._counters.get(counter), self._clock()
        if stored is None or stored.ends_at <= now:
            return None
        return Count(stored.attempts, stored.ends_at - now)

    def take_back(self, counter: bytes) -> None:
        stored = self._counters.get(counter)
        if stored is not None and stored.attempts > 0:
            self._counters[counter] = attrs.evolve(stored, attempts=stored.attempts - 1)

    def clear(self, counter: bytes) -> None:
        self._counters.pop(counter, None)

    def mark(self, counter: bytes, within: timedelta) -> None:
        self._counters[counter] = _Counter(1, self._clock() + within)

    def is_marked(self, counter: bytes) -> bool:
        return self.count(counter) is not None

    def _forget(self, now: datetime) -> None:
        ended = [key for key, stored in self._counters.items() if stored.ends_at <= now]
        for key in ended:
            del self._counters[key]
