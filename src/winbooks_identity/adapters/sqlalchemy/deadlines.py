"""
How much time has a caller for everything that it asks of a storage?
"""

import time
from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta
from typing import Final

from sqlalchemy.pool import ConnectionPoolEntry, QueuePool
from sqlalchemy.util.queue import Queue

from ...errors import StorageBusy


__all__ = ["TurnsPool", "deadline", "refuse_late", "within_deadline"]

#: When the deadline of this context is, by `time.monotonic`.
_ENDS: Final[ContextVar[float | None]] = ContextVar("ends", default=None)


@contextmanager
def deadline(timeout: timedelta) -> Generator[None]:
    """
    Give the units of work inside the block *timeout* together.

    A unit of work that is late raises `StorageBusy`, and nothing was written.
    Where a commit was sent and its reply is late, `OutcomeUnknown` is raised.
    Only a server that does not even accept connections takes longer, up to two
    seconds for each host.  Inside another block, the earlier deadline holds.
    """
    ends = time.monotonic() + timeout.total_seconds()
    outer = _ENDS.get()
    token = _ENDS.set(ends if outer is None else min(ends, outer))
    try:
        yield
    finally:
        _ENDS.reset(token)


def within_deadline(seconds: float) -> float:
    """
    Return *seconds*, or how many are left until the deadline if those are fewer.
    """
    ends = _ENDS.get()
    return seconds if ends is None else max(0.0, min(seconds, ends - time.monotonic()))


def refuse_late() -> None:
    """
    Raise if the deadline has passed.

    Raises:
        StorageBusy: it has.
    """
    if within_deadline(1) == 0:
        raise StorageBusy("the deadline has passed")


class _Turns(Queue[ConnectionPoolEntry]):
    def get(
        self,
        block: bool = True,  # noqa: FBT001, FBT002  SQLAlchemy's signature.
        timeout: float | None = None,
    ) -> ConnectionPoolEntry:
        limit = None if timeout is None else within_deadline(timeout)
        return super().get(block, limit)


class TurnsPool(QueuePool):
    """
    A pool in which no one waits beyond a deadline.
    """

    _queue_class = _Turns
