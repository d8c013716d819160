"""
How does the library `limits` count attempts, in memory or in Redis?

For products that have a Redis, or count on each machine apart.  Needs the extra
``[limits]``.
"""

import time
from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager
from datetime import timedelta
from threading import Lock
from typing import final

from limits.errors import StorageError
from limits.storage import MemoryStorage, Storage, storage_from_string

from winbooks_identity.attempts import (
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
from winbooks_identity.errors import StorageBusy


__all__ = ["LimitsAttempts"]


@final
class LimitsAttempts:
    """
    Counts attempts in a storage of `limits`, in windows that the first one begins.

    Args:
        address: where, as `limits` writes it: ``memory://``, which each process has
            for itself, or ``redis://host:6379``.
        key: a secret, of 32 bytes or more: the counters are keyed digests, so what
            is stored names no one.
        limits: how many attempts may fail.

    Raises:
        limits.errors.ConfigurationError: *address* names no storage.
    """

    def __init__(
        self, address: str, *, key: bytes, limits: AttemptLimits = LIMITS
    ) -> None:
        storage = storage_from_string(address, wrap_exceptions=True)
        if not isinstance(storage, Storage):
            raise TypeError("an asynchronous storage cannot be used")
        self._counters = _Counters(storage)
        self._key = key
        self._limits = limits

    def begin(self, attempt: Attempt) -> Admitted:
        """
        Count *attempt* as one that failed, until `end` says otherwise.

        Raises:
            TooManyAttempts: a limit is reached; nothing was counted.
            StorageBusy: the storage does not answer.
        """
        with self._counters.open():
            return begin(self._counters, attempt, limits=self._limits, key=self._key)

    def end(self, admitted: Admitted, outcome: Outcome) -> None:
        """
        Say how an attempt ended.

        Raises:
            StorageBusy: the storage does not answer.
        """
        with self._counters.open():
            end(
                self._counters,
                admitted,
                outcome,
                limits=self._limits,
                key=self._key,
            )

    def forgive(self, attempts: Iterable[Attempt]) -> None:
        """
        Forget what was counted of the subjects of *attempts*.  [S54]

        Raises:
            StorageBusy: the storage does not answer.
        """
        with self._counters.open():
            forgive(self._counters, attempts, limits=self._limits, key=self._key)

    def look(self, attempts: Iterable[Attempt]) -> Sequence[timedelta | None]:
        """
        Return for each of *attempts* in what time it would be admitted; None: now.

        Raises:
            StorageBusy: the storage does not answer.
        """
        with self._counters.open():
            return look(self._counters, attempts, limits=self._limits, key=self._key)


@final
class _Counters:
    """
    The counters of a storage, whose every change is atomic.
    """

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        # In memory, a counter that two threads begin at one time loses one of them.
        self._lock = Lock() if isinstance(storage, MemoryStorage) else None

    @contextmanager
    def open(self) -> Generator[None]:
        """
        Let one thread count at a time where the storage does not see to that.
        """
        if self._lock is not None:
            self._lock.acquire()
        try:
            yield
        except StorageError as error:
            raise StorageBusy("the storage of the attempts does not answer") from error
        finally:
            if self._lock is not None:
                self._lock.release()

    def add(self, counter: bytes, limit: int, within: timedelta) -> Count:
        name = _name(counter)
        seconds = int(within.total_seconds())
        attempts = self._storage.incr(name, seconds)
        if attempts > limit:
            self._storage.incr(name, seconds, amount=-1)
        return Count(attempts, self._ends_in(name))

    def count(self, counter: bytes) -> Count | None:
        name = _name(counter)
        attempts = self._storage.get(name)
        return Count(attempts, self._ends_in(name)) if attempts else None

    def take_back(self, counter: bytes) -> None:
        name = _name(counter)
        if self._storage.get(name) > 0:
            # The time is for a counter that ends just now.
            self._storage.incr(name, 1, amount=-1)

    def clear(self, counter: bytes) -> None:
        self._storage.clear(_name(counter))

    def mark(self, counter: bytes, within: timedelta) -> None:
        self._storage.clear(_name(counter))
        self._storage.incr(_name(counter), int(within.total_seconds()))

    def is_marked(self, counter: bytes) -> bool:
        return self.count(counter) is not None

    def _ends_in(self, name: str) -> timedelta:
        ends_in = self._storage.get_expiry(name) - time.time()
        return timedelta(seconds=max(0.0, ends_in))


def _name(counter: bytes) -> str:
    return f"winbooks-identity/{counter.hex()}"
