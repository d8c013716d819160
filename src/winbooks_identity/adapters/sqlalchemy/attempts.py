"""
How are attempts counted in the database that everything is kept in?

One transaction counts an attempt everywhere or nowhere.  The counters of an attempt
are locked in one order, the narrowest first, so no two transactions wait for each
other.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final, final

import attrs
from sqlalchemy import Engine, bindparam, delete, select, text, update

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
from .mails import now_of
from .schema import ATTEMPT_COUNT
from .statements import Statements
from .transactions import Transactions
from .writes import insert_or_replace


__all__ = ["SqlAlchemyAttempts"]

#: How many counters that ended are thrown away with each attempt; more than one
#: attempt can make, so that they do not pile up.
_SWEPT: Final = 10

_OLD: Final = ATTEMPT_COUNT.name
_ADD: Final = (
    text(
        f"INSERT INTO {_OLD} (counter, attempts, ends_at)"  # noqa: S608  Our names.
        " VALUES (:counter, 1, :ends_at)"
        " ON CONFLICT (counter) DO UPDATE SET"
        f" attempts = CASE WHEN {_OLD}.ends_at <= :now THEN 1 ELSE {_OLD}.attempts + 1 END,"
        f" ends_at = CASE WHEN {_OLD}.ends_at <= :now THEN excluded.ends_at"
        f" ELSE {_OLD}.ends_at END"
        f" WHERE {_OLD}.ends_at <= :now OR {_OLD}.attempts < :limit"
        " RETURNING attempts, ends_at"
    )
    .bindparams(
        bindparam("counter", type_=ATTEMPT_COUNT.c.counter.type),
        bindparam("ends_at", type_=ATTEMPT_COUNT.c.ends_at.type),
        bindparam("now", type_=ATTEMPT_COUNT.c.ends_at.type),
    )
    .columns(ATTEMPT_COUNT.c.attempts, ATTEMPT_COUNT.c.ends_at)
)
_OF_COUNTER: Final = ATTEMPT_COUNT.c.counter == bindparam("of_counter")
_SELECT: Final = select(ATTEMPT_COUNT).where(_OF_COUNTER)
_TAKE_BACK: Final = (
    update(ATTEMPT_COUNT)
    .where(_OF_COUNTER, ATTEMPT_COUNT.c.attempts > 0)
    .values(attempts=ATTEMPT_COUNT.c.attempts - 1)
)
_CLEAR: Final = delete(ATTEMPT_COUNT).where(_OF_COUNTER)
_MARK: Final = insert_or_replace(ATTEMPT_COUNT)
_ENDED: Final = (
    select(ATTEMPT_COUNT.c.counter)
    .where(ATTEMPT_COUNT.c.ends_at <= bindparam("now"))
    .order_by(ATTEMPT_COUNT.c.ends_at)
    .limit(_SWEPT)
)
_SWEEP: Final = delete(ATTEMPT_COUNT).where(ATTEMPT_COUNT.c.counter.in_(_ENDED))
# A transaction that holds counters must not wait for others.
_SWEEP_UNLOCKED: Final = delete(ATTEMPT_COUNT).where(
    ATTEMPT_COUNT.c.counter.in_(_ENDED.with_for_update(skip_locked=True))
)


@final
class SqlAlchemyAttempts:
    """
    Counts attempts in the database behind *engine*, for any number of processes.

    Every method raises what `SqlAlchemyStorage.run` raises.

    Args:
        engine: the one of the storage.
        key: a secret from outside the database, `mail.one_time_link.KEY_LENGTH`
            bytes or more: the counters are keyed digests, so the table names no one.
        limits: how many attempts may fail.
        clock: tells the present, in UTC, in the place of the database: for tests.
    """

    def __init__(
        self,
        engine: Engine,
        *,
        key: bytes,
        limits: AttemptLimits = LIMITS,
        clock: Callable[[], datetime] | None = None,
    ) -> None:
        self._transactions = Transactions(engine)
        self._select_now = now_of(engine.dialect)
        self._key = key
        self._limits = limits
        self._clock = clock
        skips_locked = self._transactions.capabilities.skips_locked
        self._sweep = _SWEEP_UNLOCKED if skips_locked else _SWEEP

    def begin(self, attempt: Attempt) -> Admitted:
        """
        Count *attempt* as one that failed, until `end` says otherwise.

        Raises:
            TooManyAttempts: a limit is reached; nothing was counted.
        """

        def count(statements: Statements) -> Admitted:
            now = self._now(statements)
            counters = _Counters(statements, now)
            admitted = begin(counters, attempt, limits=self._limits, key=self._key)
            statements.run(self._sweep, {"now": now})
            return admitted

        return self._transactions.run(count)

    def end(self, admitted: Admitted, outcome: Outcome) -> None:
        """
        Say how an attempt ended.
        """
        if outcome is Outcome.WRONG:
            return  # It is counted already.

        def note(statements: Statements) -> None:
            counters = _Counters(statements, self._now(statements))
            end(counters, admitted, outcome, limits=self._limits, key=self._key)

        self._transactions.run(note)

    def forgive(self, attempts: Iterable[Attempt]) -> None:
        """
        Forget what was counted of the subjects of *attempts*.  [S54]
        """

        def note(statements: Statements) -> None:
            counters = _Counters(statements, self._now(statements))
            forgive(counters, forgiven, limits=self._limits, key=self._key)

        forgiven = list(attempts)
        self._transactions.run(note)

    def look(self, attempts: Iterable[Attempt]) -> Sequence[timedelta | None]:
        """
        Return for each of *attempts* in what time it would be admitted; None: now.
        """

        def read(statements: Statements) -> list[timedelta | None]:
            counters = _Counters(statements, self._now(statements))
            return look(counters, asked, limits=self._limits, key=self._key)

        asked = list(attempts)
        return self._transactions.read(read)

    def _now(self, statements: Statements) -> datetime:
        if self._clock is not None:
            return self._clock()
        (found,) = statements.rows(self._select_now)
        now: datetime = found.now
        return now


@attrs.frozen
class _Counters:
    """
    The counters in the table, inside a transaction.
    """

    _statements: Statements
    _now: datetime

    def add(self, counter: bytes, limit: int, within: timedelta) -> Count:
        row = self._statements.row(
            _ADD,
            {
                "counter": counter,
                "limit": limit,
                "ends_at": self._now + within,
                "now": self._now,
            },
        )
        if row is not None:
            return Count(row.attempts, row.ends_at - self._now)
        # A transaction that sees an older state than it locks is run again.
        (full,) = self._statements.rows(_SELECT, {"of_counter": counter})
        return Count(limit + 1, full.ends_at - self._now)

    def count(self, counter: bytes) -> Count | None:
        row = self._statements.row(_SELECT, {"of_counter": counter})
        if row is None or row.ends_at <= self._now:
            return None
        return Count(row.attempts, row.ends_at - self._now)

    def take_back(self, counter: bytes) -> None:
        self._statements.run(_TAKE_BACK, {"of_counter": counter})

    def clear(self, counter: bytes) -> None:
        self._statements.run(_CLEAR, {"of_counter": counter})

    def mark(self, counter: bytes, within: timedelta) -> None:
        row = {"counter": counter, "attempts": 1, "ends_at": self._now + within}
        self._statements.run(_MARK, row)

    def is_marked(self, counter: bytes) -> bool:
        return self.count(counter) is not None
