"""
How is work run in a transaction, and again when others were in its way?
"""

import random
import time
from collections.abc import Callable, Generator
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime
from typing import Final, TypeVar

from django.core.exceptions import ImproperlyConfigured
from django.db import (
    Error,
    IntegrityError,
    InterfaceError,
    OperationalError,
    connections,
    transaction,
)
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model, QuerySet
from django.utils import timezone

from ...errors import OutcomeUnknown, StorageBusy, StorageNotReady, Unavailable


__all__ = ["Transaction", "in_transaction"]


M = TypeVar("M", bound=Model)
T = TypeVar("T")

#: The longest pauses in seconds between the runs of work that met others.
PAUSES: Final = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5)

#: PostgreSQL: serialisation failure and deadlock.
CONFLICTS: Final = frozenset({"40001", "40P01"})

_IN_A_BLOCK: Final = (
    "attempts are counted outside of atomic blocks, as what a block undoes would not"
    " count: sign people in from a view with transaction.non_atomic_requests"
)

#: PostgreSQL: one state, in which nothing can be changed.
_READING: Final = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"

#: PostgreSQL: no such table, and no such column.
MISSING: Final = frozenset({"42P01", "42703"})


class Transaction:
    """
    What a unit of work reaches the tables through, until it ends.
    """

    def __init__(self, using: str) -> None:
        self._using = using
        self._has_ended = False

    def rows(self, model: type[M]) -> QuerySet[M]:
        """
        Return the rows of *model*.
        """
        if self._has_ended:
            raise RuntimeError("the unit of work has ended")
        return QuerySet(model, using=self._using)

    def now(self) -> datetime:
        """
        Return the present by the clock of the database.
        """
        connection = connections[self._using]
        if connection.vendor == "sqlite":
            return timezone.now()  # SQLite runs here, and has our clock.
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            present: datetime = cursor.fetchone()[0]
        return present

    def savepoint(self) -> transaction.Atomic:
        """
        Return a block that is undone by itself when it raises.
        """
        return transaction.atomic(using=self._using)

    def end(self) -> None:
        """
        Refuse everything from now on, also to code that kept the unit of work.
        """
        self._has_ended = True


def in_transaction(
    work: Callable[[Transaction], T],
    *,
    using: str,
    durable: bool = False,
    reads_only: bool = False,
) -> T:
    """
    Run *work* in a transaction and return its result: all or nothing.

    Inside an atomic block of the host it becomes a part of that: commit and
    repetition are the host's.  *durable* work, which must stay whatever the host
    undoes, is refused there, but for the blocks of Django's test cases.  Elsewhere,
    work that *reads_only* sees one state and waits for no one who writes; SQLite
    needs a write-ahead log for that.

    Raises:
        ImproperlyConfigured: *work* is durable, and the host has a block.
        StorageBusy: nothing was written.
        StorageNotReady: the tables are missing, or old.
        OutcomeUnknown: the connection was lost at the commit.
    """
    if not connections[using].in_atomic_block:
        for pause in PAUSES:
            with suppress(StorageBusy):
                return _run_once(work, using, durable, reads_only)
            # Those that met each other must not meet again.
            time.sleep(random.uniform(0, pause))  # noqa: S311  No secret.
    return _run_once(work, using, durable, reads_only)


def _run_once(
    work: Callable[[Transaction], T],
    using: str,
    durable: bool,  # noqa: FBT001  As `in_transaction` was called.
    reads_only: bool,  # noqa: FBT001  As `in_transaction` was called.
) -> T:
    connection = connections[using]
    is_told = connection.in_atomic_block or reads_only
    is_begun, is_done = False, False
    unit = Transaction(using)
    try:
        with _begun(using, durable=durable, reads_only=reads_only):
            is_begun = True
            result = work(unit)
            if connection.needs_rollback:
                # Work that swallows a failure must not look as if it were kept.
                raise StorageBusy
            is_done = True
    except RuntimeError as error:
        if is_begun:
            raise
        raise ImproperlyConfigured(_IN_A_BLOCK) from error
    except Error as error:
        raise _meaning(error, at_commit=is_done and not is_told) from error
    finally:
        unit.end()
    return result


@contextmanager
def _begun(using: str, *, durable: bool, reads_only: bool) -> Generator[None]:
    """
    Begin a transaction, or a part of the one that the host has begun.
    """
    connection = connections[using]
    if connection.in_atomic_block or not reads_only:
        with transaction.atomic(using=using, durable=durable):
            yield
        return
    with ExitStack() as block:
        with _without_a_lock(connection):
            block.enter_context(transaction.atomic(using=using))
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(_READING)
        yield


@contextmanager
def _without_a_lock(connection: BaseDatabaseWrapper) -> Generator[None]:
    """
    Let SQLite begin a transaction as a reader, whatever the settings ask for.
    """
    connection.ensure_connection()
    mode = getattr(connection, "transaction_mode", None)
    if mode is None:
        yield
        return
    vars(connection)["transaction_mode"] = None
    try:
        yield
    finally:
        vars(connection)["transaction_mode"] = mode


def _meaning(error: Error, *, at_commit: bool) -> Unavailable:
    """
    Return what *error* is to the caller.
    """
    if isinstance(error, IntegrityError):
        return StorageBusy()  # Another transaction was first.
    if _is_missing(error):
        return StorageNotReady("run: manage.py migrate winbooks_identity")
    if not isinstance(error, OperationalError | InterfaceError):
        return Unavailable()
    # At the commit only the database itself can say that it took everything back.
    is_conflict = getattr(error.__cause__, "sqlstate", None) in CONFLICTS
    return OutcomeUnknown() if at_commit and not is_conflict else StorageBusy()


def _is_missing(error: Error) -> bool:
    if getattr(error.__cause__, "sqlstate", None) in MISSING:
        return True
    # SQLite says it in words alone.
    return str(error).startswith(("no such table", "no such column"))
