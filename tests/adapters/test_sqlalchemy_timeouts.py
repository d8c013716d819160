"""
Nothing waits for ever, and a web request not even for long.
"""

import socket
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from threading import Event, Thread
from time import monotonic
from typing import Any, Final

import pytest
from sqlalchemy import URL, Engine, make_url, text
from sqlalchemy.exc import OperationalError

from winbooks_identity.adapters.sqlalchemy import (
    SqlAlchemyStorage,
    Timeouts,
    deadline,
    open_postgresql,
)
from winbooks_identity.adapters.sqlalchemy.statements import Statements
from winbooks_identity.adapters.sqlalchemy.timeouts import without_reply_timeout
from winbooks_identity.adapters.sqlalchemy.transactions import Transactions
from winbooks_identity.errors import StorageBusy
from winbooks_identity.ports import UnitOfWork
from winbooks_identity.testing import samples
from winbooks_identity.testing.contracts.suite import outcome


SHORT: Final = timedelta(seconds=0.2)

#: Seconds; what none of our limits ended would take longer.
LONG: Final = 10

_SLEEP: Final = text("SELECT pg_sleep(60)")


@pytest.fixture
def limited(emptied_postgresql: URL) -> Iterator[Callable[..., Engine]]:
    """
    Return a function that opens the database with the given timeouts.
    """
    engines: list[Engine] = []

    def opened(**limits: timedelta) -> Engine:
        engine = open_postgresql(emptied_postgresql, timeouts=Timeouts(**limits))
        engines.append(engine)
        return engine

    yield opened
    for engine in engines:
        engine.dispose()


def lock(unit: UnitOfWork) -> None:
    """
    Lock the licence; on SQLite, everything is locked anyway.
    """
    unit.users.has_other_administrator(samples.user())


@contextmanager
def licence_locked(storage: SqlAlchemyStorage) -> Iterator[None]:
    """
    Let another thread have the licence locked inside the block.
    """
    storage.run(lambda unit: unit.licences.register(samples.licence(), []))
    holds, may_end = Event(), Event()

    def work(unit: UnitOfWork) -> None:
        lock(unit)
        holds.set()
        may_end.wait(LONG)

    # Where the server ends the transaction, that thread fails, too.
    thread = Thread(target=outcome, args=(partial(storage.run, work),))
    thread.start()
    holds.wait(LONG)
    began = monotonic()
    yield
    took = monotonic() - began
    may_end.set()
    thread.join()
    assert took < LONG


def shown(connection: Any, setting: str) -> object:  # noqa: ANN401  Of either kind.
    """
    Return what the server says of *setting*.
    """
    return connection.execute(text(f"SHOW {setting}")).scalar()


class TestTimeouts:
    """
    Every wait for a PostgreSQL server has a limit that can be set.
    """

    def test_a_lock(self, limited: Callable[..., Engine]) -> None:
        """
        The transaction that waits for a row gives up first.
        """
        storage = SqlAlchemyStorage(limited(lock=SHORT))

        with licence_locked(storage):
            assert StorageBusy is outcome(lambda: storage.run(lock))

    def test_a_statement(self, limited: Callable[..., Engine]) -> None:
        """
        The server cancels it.
        """
        transactions = Transactions(limited(statement=SHORT))

        with pytest.raises(StorageBusy, match="cancelled"):
            transactions.run(lambda statements: statements.rows(_SLEEP))

    def test_a_client_that_stops(self, limited: Callable[..., Engine]) -> None:
        """
        The server ends its transaction, and others get what it had locked.
        """
        storage = SqlAlchemyStorage(limited(idle_transaction=SHORT))

        with licence_locked(storage):
            assert None is outcome(lambda: storage.run(lock))

    def test_a_thread_that_waits_for_a_connection(
        self, limited: Callable[..., Engine]
    ) -> None:
        """
        The pool has its limit, too.
        """
        engine = limited(pool=SHORT)
        taken = [engine.connect() for _ in range(15)]

        busy = outcome(lambda: SqlAlchemyStorage(engine).run(lock))
        for connection in taken:
            connection.close()

        assert StorageBusy is busy

    def test_a_server_that_does_not_take_a_connection(self) -> None:
        """
        It is busy after the two seconds that libpq needs at least.
        """
        with closing(socket.create_server(("127.0.0.1", 0))) as server:
            _, port = server.getsockname()
            url = make_url(f"postgresql://portal@127.0.0.1:{port}/identities")
            engine = open_postgresql(url, timeouts=Timeouts(connect=SHORT))

            assert StorageBusy is outcome(lambda: SqlAlchemyStorage(engine).run(lock))

    def test_they_are_of_one_transaction(
        self, limited: Callable[..., Engine], postgresql: Engine
    ) -> None:
        """
        A pgbouncer hands no connection with our limits to another client.
        """
        settings = (
            "statement_timeout",
            "lock_timeout",
            "idle_in_transaction_session_timeout",
        )
        engine = limited(
            statement=timedelta(seconds=3),
            lock=timedelta(seconds=2),
            idle_transaction=timedelta(milliseconds=1500),
        )

        def work(statements: Statements) -> list[object]:
            return [
                statements.rows(text(f"SHOW {setting}"))[0][0] for setting in settings
            ]

        assert ["3s", "2s", "1500ms"] == Transactions(engine).run(work)
        with engine.connect() as connection:
            assert ["0", "0", "0"] == [shown(connection, each) for each in settings]
        assert ["1min", "30s", "1min"] == Transactions(postgresql).run(work)

    def test_a_dead_network(self) -> None:
        """
        The system probes it, and gives up when we do.
        """
        assert {
            "connect_timeout": 10,
            "keepalives": 1,
            "keepalives_idle": 38,
            "keepalives_interval": 13,
            "keepalives_count": 3,
            "tcp_user_timeout": 75_000,
        } == Timeouts().of_libpq()

    def test_the_address_comes_first(self, emptied_postgresql: URL) -> None:
        """
        What it says, it says on purpose.
        """
        url = emptied_postgresql.update_query_dict({"connect_timeout": "7"})
        engine = open_postgresql(url)
        with engine.connect() as connection:
            driver: Any = connection.connection.driver_connection
            parameters = driver.info.get_parameters()
        engine.dispose()

        assert "7" == parameters["connect_timeout"]
        assert "75000" == parameters["tcp_user_timeout"]

    def test_without_any(self, emptied_postgresql: URL) -> None:
        """
        A product that sets them elsewhere turns ours off.
        """
        engine = open_postgresql(emptied_postgresql, timeouts=None)

        def work(statements: Statements) -> object:
            return statements.rows(text("SHOW statement_timeout"))[0][0]

        assert "0" == Transactions(engine).run(work)
        with engine.connect() as connection:
            driver: Any = connection.connection.driver_connection
            parameters = driver.info.get_parameters()
            assert None is driver.reply_timeout
        engine.dispose()
        assert "tcp_user_timeout" not in parameters

    @pytest.mark.parametrize("name", ["connect", "pool", "lock", "statement", "reply"])
    def test_nothing_is_no_limit(self, name: str) -> None:
        """
        PostgreSQL takes zero for ever, and no one means that.
        """
        with pytest.raises(ValueError, match=f"{name} must be longer"):
            Timeouts(**{name: timedelta(0)})

    def test_a_migration_takes_its_time(self, limited: Callable[..., Engine]) -> None:
        """
        Large tables are changed without a reply for a while.
        """
        nap = text("SELECT pg_sleep(0.5)")
        engine = limited(reply=SHORT)

        with engine.connect() as connection:
            with without_reply_timeout(connection):
                connection.execute(nap)
            with pytest.raises(OperationalError, match="does not reply"):
                connection.execute(nap)


class TestDeadline:
    """
    All units of work of a request end with it.
    """

    @pytest.mark.parametrize("database", ["sqlite", "postgresql"])
    def test_a_lock(self, request: pytest.FixtureRequest, database: str) -> None:
        """
        No one waits for a thread beyond it.
        """
        storage = SqlAlchemyStorage(request.getfixturevalue(database))

        with licence_locked(storage), deadline(SHORT):
            assert StorageBusy is outcome(lambda: storage.run(lock))
        assert None is outcome(lambda: storage.run(lock))

    def test_another_process(self, sqlite: Engine, sqlite_path: Path) -> None:
        """
        Nor for the lock of another process; without a deadline one waits again.
        """
        storage = SqlAlchemyStorage(sqlite)
        storage.run(lock)
        with closing(sqlite3.connect(sqlite_path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            began = monotonic()

            with deadline(SHORT):
                assert StorageBusy is outcome(lambda: storage.run(lock))

        assert monotonic() - began < LONG
        storage.run(lock)
        with sqlite.connect() as connection:
            assert 30_000 == connection.execute(text("PRAGMA busy_timeout")).scalar()

    def test_a_slow_statement(self, postgresql: Engine) -> None:
        """
        The server cancels it.
        """
        began = monotonic()

        with deadline(SHORT), pytest.raises(StorageBusy):
            Transactions(postgresql).run(lambda statements: statements.rows(_SLEEP))

        assert monotonic() - began < LONG

    @pytest.mark.parametrize("inner, outer", [(0, 60), (60, 0)])
    def test_the_earlier_holds(self, sqlite: Engine, inner: int, outer: int) -> None:
        """
        Work that is late is not even begun.
        """
        calls: list[object] = []
        storage = SqlAlchemyStorage(sqlite)

        with (
            deadline(timedelta(seconds=outer)),
            deadline(timedelta(seconds=inner)),
            pytest.raises(StorageBusy, match="deadline"),
        ):
            storage.run(calls.append)

        assert [] == calls
        storage.run(calls.append)
        assert 1 == len(calls)

    @pytest.mark.parametrize(
        "late",
        [
            lambda statements: statements.rows(text("SELECT 1")),
            lambda statements: statements.run(text("DELETE FROM winbooks_user")),
            lambda statements: statements,
        ],
    )
    def test_slow_work(
        self, sqlite: Engine, late: Callable[[Statements], object]
    ) -> None:
        """
        It gets to no other statement, nor to its commit.
        """
        storage = SqlAlchemyStorage(sqlite)

        def work(statements: Statements) -> object:
            statements.run(
                text("INSERT INTO winbooks_licence VALUES ('1', 'connect', 'x', 'nl')")
            )
            Event().wait(SHORT.total_seconds() * 1.1)
            return late(statements)

        with deadline(SHORT), pytest.raises(StorageBusy, match="deadline"):
            Transactions(sqlite).run(work)

        assert None is storage.run(lambda unit: unit.licences.find("1"))
