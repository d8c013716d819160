"""
How does an event loop use a portal, without being blocked?

The services wait: for the database, and for a hash that takes its time on purpose.
So they run in threads, and what hashes has threads of its own, or a hundred people
who sign in would take every thread from those who are in.
"""

from collections.abc import Callable
from functools import partial
from typing import Final, TypeVar, final

from anyio import CapacityLimiter, to_thread
from anyio.lowlevel import RunVar

from ..errors import HasherBusy
from ..portal import Portal


__all__ = ["AsyncPortal"]

T = TypeVar("T")

#: Threads; a hasher with as many processors as a small server keeps them busy.
HASHING_THREADS: Final = 16
OTHER_THREADS: Final = 16

#: How many may wait for a thread that hashes.
MAX_WAITING: Final = 256


@final
class AsyncPortal:
    """
    Runs what uses a portal in threads, for code that is asynchronous.

    ``await portal.run(lambda services: services.provisioning.create(new, by=user))``; what
    checks or hashes a password goes to `run_hashing`.

    Args:
        portal: the services.
        hashing_threads: how many run what hashes.
        other_threads: how many run everything else.
        max_waiting: how many may wait for a thread that hashes.
    """

    def __init__(
        self,
        portal: Portal,
        *,
        hashing_threads: int = HASHING_THREADS,
        other_threads: int = OTHER_THREADS,
        max_waiting: int = MAX_WAITING,
    ) -> None:
        self.services: Final = portal
        self._hashing = _Threads(hashing_threads)
        self._others = _Threads(other_threads)
        self._max_waiting = max_waiting

    @property
    def waiting(self) -> int:
        """
        Return how many wait for a thread that hashes.
        """
        return self._hashing.waiting

    async def run(self, work: Callable[[Portal], T]) -> T:
        """
        Return what *work* does with the portal, in a thread.

        A caller that is cancelled waits for it: it may have stored something.

        Raises:
            IdentityError: what *work* raises.
        """
        return await self._others.run(partial(work, self.services))

    async def run_hashing(self, work: Callable[[Portal], T]) -> T:
        """
        Return what *work* does with passwords, as `run` does.

        Raises:
            HasherBusy: too many wait already; nothing was done.
            IdentityError: what *work* raises.
        """
        if self.waiting >= self._max_waiting:
            raise HasherBusy
        return await self._hashing.run(partial(work, self.services))


@final
class _Threads:
    """
    At most so many threads, in whatever event loop asks.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        # A limiter belongs to one event loop, and a portal to none.
        self._limiters = RunVar[CapacityLimiter](f"winbooks_identity {id(self)}")

    @property
    def waiting(self) -> int:
        """
        Return how many wait for a thread.
        """
        return self._limiter.statistics().tasks_waiting

    async def run(self, work: Callable[[], T]) -> T:
        """
        Return what *work* returns.
        """
        return await to_thread.run_sync(work, limiter=self._limiter)

    @property
    def _limiter(self) -> CapacityLimiter:
        found = self._limiters.get(None)
        if found is None:
            found = CapacityLimiter(self._limit)
            self._limiters.set(found)
        return found
