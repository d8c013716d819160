"""
How are lists and exports read from a standby, and how late may they be?

The standby tells when the last transaction that it repeated was committed, by the
clock of the primary (PostgreSQL, "Recovery Information Functions"), which the primary
is asked for.  If that commit is long ago, the primary also says how far its log is:
perhaps nothing was written since.  The standby's own clock does not matter.
"""

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final, TypeVar, final

from sqlalchemy import URL, Engine, bindparam, text

from ...errors import IdentityError, Unavailable
from ...mail.home import Home
from ...ports import UnitOfWork
from .engines import open_postgresql
from .homes import here
from .statements import Statements
from .storage import SqlAlchemyStorage, reading
from .timeouts import Timeouts
from .transactions import Transactions


__all__ = ["MAX_LAG", "SqlAlchemyStandby", "open_standby"]

T = TypeVar("T")

#: How late a standby may be; our choice: less than people wait before they look
#: again.
MAX_LAG: Final = timedelta(seconds=5)

#: Seconds before a standby that is down or too late is tried again, and before the
#: primary is asked for the time again.  Our choice: few requests wait for a server that
#: does not answer, and a new primary's clock is used soon.
REST: Final = 10.0

#: There is another server to ask.
_TIMEOUTS: Final = Timeouts(connect=timedelta(seconds=2))

_HOW_LATE: Final = text(
    "SELECT pg_is_in_recovery() AS follows,"
    " CAST(pg_last_wal_replay_lsn() AS text) AS place,"
    " CAST(EXTRACT(EPOCH FROM pg_last_xact_replay_timestamp())"
    " AS double precision) AS committed_at"
)
_IS_BEHIND: Final = text(
    "SELECT pg_current_wal_lsn() > CAST(:place AS pg_lsn) AS is_behind,"
    " pg_current_wal_lsn() < CAST(:place AS pg_lsn) AS is_ahead,"
    " CAST(EXTRACT(EPOCH FROM clock_timestamp()) AS double precision) AS now"
).bindparams(bindparam("place"))


def open_standby(url: str | URL) -> Engine:
    """
    Open the standby at *url*, for `SqlAlchemyStandby`.

    It is `open_postgresql` with less patience: a host that does not take the
    connection is given up after two seconds.

    Raises:
        ValueError: the address names another driver.
    """
    return open_postgresql(url, timeouts=_TIMEOUTS)


@final
class _TooLate(Unavailable):
    """
    The standby does not follow this primary, or is too far behind.
    """


@final
class SqlAlchemyStandby:
    """
    Reads from a standby what may be a little late; the primary does all else.

    It is a `Storage` for `Portal.standby`, and not for a portal itself: what it reads
    does not contain every `run` that was answered.

    The primary answers where the standby is away, follows another server or none, or is
    behind by more than *max_lag*, and where a rule refuses something: no one is told that a user is
    unknown because the standby has not heard of them yet.

    Args:
        standby: made by `open_standby`.
        primary: the engine of the portal's own storage.
        max_lag: how late an answer may be, by the clock of the primary.
        clock: tells seconds that never go back: for tests.
    """

    def __init__(
        self,
        standby: Engine,
        *,
        primary: Engine,
        max_lag: timedelta = MAX_LAG,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._standby = Transactions(standby)
        self._transactions = Transactions(primary)
        self._primary = SqlAlchemyStorage(primary)
        self._max_lag = max_lag.total_seconds()
        self._clock = clock
        self._rests_until = 0.0
        # What the primary's clock said, and ours when it was asked.
        self._present: tuple[float, float] | None = None

    def run(self, work: Callable[[UnitOfWork], T]) -> T:
        """
        Call *work* in a transaction of the primary: see `SqlAlchemyStorage.run`.
        """
        return self._primary.run(work)

    def read(self, work: Callable[[UnitOfWork], T]) -> T:
        """
        Call *work*, which only reads, and return its result, which may be late.

        Raises:
            RuntimeError: *work* writes.
            StorageBusy, StorageNotReady, Unavailable: the primary, which was asked
                instead, raised it: see `SqlAlchemyStorage.run`.
        """
        if self._clock() >= self._rests_until:
            try:
                return self._standby.read(
                    lambda statements: self._read(statements, work)
                )
            except Unavailable:
                self._rests_until = self._clock() + REST
            except IdentityError:
                # The primary may know better.
                pass
        return self._primary.read(work)

    def _read(self, statements: Statements, work: Callable[[UnitOfWork], T]) -> T:
        (found,) = statements.rows(_HOW_LATE)
        if not found.follows or not self._is_fresh(found, statements):
            raise _TooLate
        return work(reading(statements))

    def _is_fresh(self, found: Any, statements: Statements) -> bool:  # noqa: ANN401  A row.
        """
        Tell whether the standby follows the primary closely.

        One that is ahead of it follows another, or a primary that was restored since.
        """
        if self._is_recent(found.committed_at):
            return True
        place, asked_at = {"place": found.place}, self._clock()

        def ask(of_primary: Statements) -> tuple[Any, Home]:
            (row,) = of_primary.rows(_IS_BEHIND, place)
            return row, here(of_primary)

        primary, home = self._transactions.read(ask)
        if primary.is_ahead or home.is_another(here(statements)):
            self._present = None
            return False
        self._present = primary.now, asked_at
        return not primary.is_behind or self._is_recent(found.committed_at)

    def _is_recent(self, committed_at: float | None) -> bool:
        """
        Tell whether that is not long ago, by the clock of the primary.

        A commit of the future was made by a clock that was set back since.
        """
        if self._present is None or committed_at is None:
            return False
        now, asked_at = self._present
        passed = self._clock() - asked_at
        return passed < REST and 0 <= now + passed - committed_at <= self._max_lag
