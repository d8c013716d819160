"""
Where is everything kept, with all or nothing?
"""

from collections.abc import Callable
from typing import Final, Protocol, TypeVar

from .housekeeping import Housekeeping
from .left_ids import LeftIds
from .licences import Licences, ProductLinks
from .logins import Credentials, FailedAttempts, LinkRequests
from .records import History, Outbox, Requests
from .users import Users


__all__ = ["PAGE_SIZE", "Storage", "UnitOfWork"]

T = TypeVar("T")
#: How many rows are read in one transaction: our choice, so that none takes long.
PAGE_SIZE: Final = 500


class UnitOfWork(Protocol):
    """
    Everything that one transaction can read and change.
    """

    @property
    def licences(self) -> Licences:
        """
        The licences and their dossiers.
        """
        ...

    @property
    def users(self) -> Users:
        """
        The users.
        """
        ...

    @property
    def left_ids(self) -> LeftIds:
        """
        The WinBooks IDs that were left.
        """
        ...

    @property
    def credentials(self) -> Credentials:
        """
        What sign-ins are checked against.
        """
        ...

    @property
    def requests(self) -> Requests:
        """
        The creations that were carried out.
        """
        ...

    @property
    def outbox(self) -> Outbox:
        """
        The mails that wait.
        """
        ...

    @property
    def history(self) -> History:
        """
        What happened to the users.
        """
        ...

    @property
    def product_links(self) -> ProductLinks:
        """
        The WinBooks IDs that were entered in products.
        """
        ...

    @property
    def link_requests(self) -> LinkRequests:
        """
        The links that were asked for.
        """
        ...

    @property
    def failed_attempts(self) -> FailedAttempts:
        """
        The attempts that were not their owners'.
        """
        ...

    @property
    def housekeeping(self) -> Housekeeping:
        """
        What has been kept for long enough.
        """
        ...


class Storage(Protocol):
    """
    Where everything is kept.
    """

    def run(self, work: Callable[[UnitOfWork], T]) -> T:
        """
        Call *work* in a transaction and return its result: all or nothing.

        *work* may be called several times, each time on a state without its
        earlier calls, so it has no effect but through the unit of work.  What
        it raises is raised, and nothing was written.

        Raises:
            StorageBusy: the storage could not do it now; nothing was written.
            StorageNotReady: the storage is not set up, or not for this version;
                nothing was written.
            OutcomeUnknown: the storage was lost at the commit of a unit of work
                that wrote.
            Unavailable: the storage refuses this work, and would again; nothing
                was written.
        """
        ...

    def read(self, work: Callable[[UnitOfWork], T]) -> T:
        """
        Call *work*, which only reads, and return its result.

        All that it reads stood there at one moment, after every `run` that was
        answered before.  It waits for no one who writes.  For the rest it is as for
        `run`; `reads_only` makes of any unit of work one that reads.

        Raises:
            RuntimeError: *work* writes, which is a mistake; nothing was written.
            StorageBusy, StorageNotReady, Unavailable: as `run`.
        """
        ...
