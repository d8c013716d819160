"""
Everything that counts attempts keeps one contract.
"""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import URL, Engine, func, select

from winbooks_identity.adapters.attempts_by_limits import LimitsAttempts
from winbooks_identity.adapters.memory import InMemoryAttempts
from winbooks_identity.adapters.sqlalchemy import (
    Capabilities,
    SqlAlchemyAttempts,
    open_postgresql,
)
from winbooks_identity.adapters.sqlalchemy.engines import IsolationLevel
from winbooks_identity.adapters.sqlalchemy.schema import ATTEMPT_COUNT
from winbooks_identity.attempts import Attempt, Door, Outcome
from winbooks_identity.testing.contracts import (
    AttemptsContract,
    Elapse,
    MakeAttempts,
)
from winbooks_identity.testing.doubles import FrozenClock


KEY = b"a" * 32
NOW = datetime(2026, 5, 1, 9, 30, tzinfo=UTC)


@pytest.fixture
def clock() -> FrozenClock:
    """
    Return a clock that stands still until it is moved.
    """
    return FrozenClock(NOW)


class OnAClock(AttemptsContract):
    """
    An adapter that is given a clock.
    """

    @pytest.fixture
    def elapse(self, clock: FrozenClock) -> Elapse:
        """
        Return what moves the clock.
        """

        def move(passed: timedelta) -> None:
            clock.now += passed

        return move


class TestInMemory(OnAClock):
    """
    `InMemoryAttempts` is an `Attempts`.
    """

    @pytest.fixture
    def make(self, clock: FrozenClock) -> MakeAttempts:
        """
        Return what makes it.
        """
        return lambda limits: InMemoryAttempts(limits, clock=clock)


class TestSqlite(OnAClock):
    """
    `SqlAlchemyAttempts` is one in a SQLite file.
    """

    @pytest.fixture
    def make(self, sqlite: Engine, clock: FrozenClock) -> MakeAttempts:
        """
        Return what makes it.
        """
        return lambda limits: SqlAlchemyAttempts(
            sqlite, key=KEY, limits=limits, clock=clock
        )


@pytest.mark.parametrize(
    "isolation_level", ["READ COMMITTED", "REPEATABLE READ", "SERIALIZABLE"]
)
class TestPostgresql(OnAClock):
    """
    `SqlAlchemyAttempts` is one in PostgreSQL, at every isolation level.
    """

    @pytest.fixture
    def make(
        self,
        emptied_postgresql: URL,
        clock: FrozenClock,
        isolation_level: IsolationLevel,
    ) -> Iterator[MakeAttempts]:
        """
        Return what makes it.
        """
        engine = open_postgresql(emptied_postgresql, isolation_level=isolation_level)
        yield lambda limits: SqlAlchemyAttempts(
            engine, key=KEY, limits=limits, clock=clock
        )
        engine.dispose()


class TestPostgresqlWithoutSkipping(OnAClock):
    """
    It is one too where locked rows cannot be skipped.
    """

    @pytest.fixture
    def make(
        self, emptied_postgresql: URL, clock: FrozenClock
    ) -> Iterator[MakeAttempts]:
        """
        Return what makes it.
        """
        engine = open_postgresql(
            emptied_postgresql,
            capabilities=Capabilities(skips_locked=False, has_advisory_locks=True),
        )
        yield lambda limits: SqlAlchemyAttempts(
            engine, key=KEY, limits=limits, clock=clock
        )
        engine.dispose()


class TestLimitsInMemory(AttemptsContract):
    """
    `LimitsAttempts` is one in memory, by the clock of the library.
    """

    @pytest.fixture
    def make(self) -> MakeAttempts:
        """
        Return what makes it.
        """
        return lambda limits: LimitsAttempts("memory://", key=KEY, limits=limits)

    @pytest.fixture
    def elapse(self, monkeypatch: pytest.MonkeyPatch) -> Elapse:
        """
        Return what moves the clock that the storage of the library reads.
        """
        now = time.time()

        def move(passed: timedelta) -> None:
            nonlocal now
            now += passed.total_seconds()
            moved = SimpleNamespace(time=lambda: now)
            monkeypatch.setattr("limits.storage.memory.time", moved)

        return move


class TestTheTable:
    """
    What stands in the table names no one, and does not pile up.
    """

    def test_it_names_nobody(self, engine: Engine) -> None:
        """
        A counter is a digest that only the key makes.
        """
        for key in (KEY, b"b" * 32):
            attempt = Attempt(door=Door.LINK, subject=None, source="192.0.2.7")
            SqlAlchemyAttempts(engine, key=key).begin(attempt)

        with engine.connect() as connection:
            rows = connection.execute(select(ATTEMPT_COUNT)).all()

        assert [32, 32] == [len(row.counter) for row in rows]
        assert 2 == len({bytes(row.counter) for row in rows})

    def test_counters_that_ended_are_swept(
        self, engine: Engine, clock: FrozenClock
    ) -> None:
        """
        A month later, new attempts have thrown them away.
        """
        attempts = SqlAlchemyAttempts(engine, key=KEY, clock=clock)
        for number in range(9):
            _sign_in(attempts, f"user{number}@elders.be", f"192.0.2.{number}")
        clock.now += timedelta(days=31)
        for number in range(9):
            _sign_in(attempts, f"new{number}@elders.be", f"198.51.100.{number}")

        with engine.connect() as connection:
            oldest = connection.scalar(select(func.min(ATTEMPT_COUNT.c.ends_at)))

        assert oldest is not None
        assert oldest > clock.now

    def test_the_clock_is_the_databases(self, engine: Engine) -> None:
        """
        So processes on machines whose clocks differ count together.
        """
        attempts = SqlAlchemyAttempts(engine, key=KEY)
        _sign_in(attempts, "ada@elders.be", "192.0.2.7")

        with engine.connect() as connection:
            latest = connection.scalar(select(func.max(ATTEMPT_COUNT.c.ends_at)))

        assert latest is not None
        away = abs(latest - datetime.now(UTC) - timedelta(days=30))
        assert timedelta(hours=1) > away


def _sign_in(attempts: SqlAlchemyAttempts, subject: str, source: str) -> None:
    attempt = Attempt(door=Door.PASSWORD, subject=subject, source=source)
    attempts.end(attempts.begin(attempt), Outcome.RIGHT)
