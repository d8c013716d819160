"""
How is everything kept in a database of a Django project, with all or nothing?
"""

from collections.abc import Callable
from typing import TypeVar, final

from django.db import DEFAULT_DB_ALIAS

from ...ports import UnitOfWork, reads_only
from .housekeeping import Housekeeping
from .left_ids import LeftIds
from .licences import Licences
from .records import (
    Credentials,
    FailedAttempts,
    History,
    LinkRequests,
    Outbox,
    ProductLinks,
    Requests,
)
from .transactions import Transaction, in_transaction
from .users import Users


__all__ = ["DjangoStorage"]

T = TypeVar("T")


@final
class DjangoStorage:
    """
    A `Storage` in a database of the project.

    In an atomic block of the host the work becomes a part of that: commit and
    repetition are the host's.

    Args:
        using: the alias of the database in ``DATABASES``.
    """

    def __init__(self, *, using: str = DEFAULT_DB_ALIAS) -> None:
        self._using = using

    def run(self, work: Callable[[UnitOfWork], T]) -> T:
        """
        Call *work* in a transaction and return its result: all or nothing.

        Raises:
            StorageBusy: nothing was written, after some more runs; call again.
            Unavailable: nothing was written, and to call again does not help.
            OutcomeUnknown: the connection was lost at the commit.
        """
        return in_transaction(lambda unit: work(_UnitOfWork(unit)), using=self._using)

    def read(self, work: Callable[[UnitOfWork], T]) -> T:
        """
        Call *work*, which only reads, and return its result.

        In an atomic block of the host it sees what that wrote.

        Raises:
            RuntimeError: *work* writes.
            StorageBusy, Unavailable: as `run`.
        """
        return in_transaction(
            lambda unit: work(reads_only(_UnitOfWork(unit))),
            using=self._using,
            reads_only=True,
        )


class _UnitOfWork:
    def __init__(self, unit: Transaction) -> None:
        self.licences = Licences(unit)
        self.users = Users(unit)
        self.credentials = Credentials(unit)
        self.requests = Requests(unit)
        self.outbox = Outbox(unit)
        self.history = History(unit)
        self.product_links = ProductLinks(unit)
        self.link_requests = LinkRequests(unit)
        self.failed_attempts = FailedAttempts(unit)
        self.housekeeping = Housekeeping(unit)
        self.left_ids = LeftIds(unit, self.users, self.product_links)
