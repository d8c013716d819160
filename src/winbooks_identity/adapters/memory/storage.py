"""
What does a storage do, with nothing but dictionaries?
"""

from collections.abc import Callable
from threading import Lock
from typing import TypeVar, final

from ...ports import UnitOfWork, reads_only
from .housekeeping import Housekeeping
from .licences import Licences, ProductLinks
from .logins import Credentials, FailedAttempts, LinkRequests
from .records import History, Outbox, Requests
from .state import State
from .users import LeftIds, Users


__all__ = ["InMemoryStorage"]

T = TypeVar("T")


@final
class InMemoryStorage:
    """
    Keeps everything in this process; for several threads.

    A unit of work changes a copy, which takes the place of the state at the
    end, so the time that it takes grows with what is stored.
    """

    def __init__(self) -> None:
        self._state = State()
        self._lock = Lock()

    def run(self, work: Callable[[UnitOfWork], T]) -> T:
        """
        Call *work* in a transaction and return its result: all or nothing.
        """
        return self.change(lambda state: work(_UnitOfWork(state)))

    def read(self, work: Callable[[UnitOfWork], T]) -> T:
        """
        Call *work*, which only reads, and return its result.

        Raises:
            RuntimeError: *work* writes.
        """
        return self.look(lambda state: work(reads_only(_UnitOfWork(state))))

    def look(self, work: Callable[[State], T]) -> T:
        """
        Call *work*, which changes nothing, on the state.
        """
        # It is replaced as a whole, so what *work* sees stays as it is.
        return work(self._state)

    def change(self, work: Callable[[State], T]) -> T:
        """
        Call *work* on a copy of the state, and keep the copy unless it raises.
        """
        with self._lock:
            draft = self._state.copy()
            result = work(draft)
            # A unit of work that was kept must not reach what is stored.
            self._state = draft.copy()
        return result


@final
class _UnitOfWork:
    def __init__(self, state: State) -> None:
        self.licences = Licences(state)
        self.users = Users(state)
        self.left_ids = LeftIds(state)
        self.credentials = Credentials(state)
        self.requests = Requests(state)
        self.outbox = Outbox(state)
        self.history = History(state)
        self.product_links = ProductLinks(state)
        self.link_requests = LinkRequests(state)
        self.failed_attempts = FailedAttempts(state)
        self.housekeeping = Housekeeping(state)
