"""
A process that stopped inside its transaction keeps no reader waiting.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, func, insert, select, text

from winbooks_identity.adapters.sqlalchemy import (
    SqlAlchemyOutboxQueue,
    SqlAlchemyStorage,
    open_sqlite,
)
from winbooks_identity.adapters.sqlalchemy.beginnings import READERS
from winbooks_identity.adapters.sqlalchemy.migrations import check
from winbooks_identity.adapters.sqlalchemy.rows import licence_row
from winbooks_identity.adapters.sqlalchemy.schema import LICENCE
from winbooks_identity.adapters.sqlalchemy.statements import Statements
from winbooks_identity.adapters.sqlalchemy.transactions import Transactions
from winbooks_identity.errors import StorageBusy
from winbooks_identity.mail.outbox import MailState
from winbooks_identity.testing import samples
from winbooks_identity.testing.contracts import units
from winbooks_identity.testing.contracts.suite import in_threads, outcome


@pytest.fixture
def impatient(sqlite_path: Path) -> Iterator[Engine]:
    """
    Return an engine on a SQLite file that does not wait at all.
    """
    engine = open_sqlite(sqlite_path, timeout=timedelta(0))
    SqlAlchemyStorage(engine).run(units.fill)
    yield engine
    engine.dispose()


class TestAStoppedWriter:
    """
    What it holds is the right to write, and nothing else.
    """

    def test_a_sqlite_file(self, impatient: Engine, sqlite_path: Path) -> None:
        """
        Users, mails and counts are read while another process is in a transaction.
        """
        storage, queue = SqlAlchemyStorage(impatient), SqlAlchemyOutboxQueue(impatient)
        with closing(sqlite3.connect(sqlite_path, isolation_level=None)) as stopped:
            stopped.execute("BEGIN IMMEDIATE")
            stopped.execute("UPDATE winbooks_user SET first_name = 'Augusta'")

            user = storage.read(lambda unit: unit.users.find(samples.identifier("ada")))
            mails = queue.entries({MailState.WAITING}, before=None, limit=9)
            waiting, _ = queue.statistics().waiting, queue.now()
            refused = outcome(lambda: units.add(storage, samples.user("grace")))

        assert (samples.user(), 1, 1) == (user, len(mails), waiting)
        assert StorageBusy is refused

    def test_postgresql(self, postgresql: Engine) -> None:
        """
        Locks on every row are in the way of no one who reads.
        """
        storage, queue = (
            SqlAlchemyStorage(postgresql),
            SqlAlchemyOutboxQueue(postgresql),
        )
        storage.run(units.fill)
        with postgresql.connect() as stopped:
            stopped.execute(text("UPDATE winbooks_user SET first_name = 'Augusta'"))

            user = storage.read(lambda unit: unit.users.find(samples.identifier("ada")))
            waiting = queue.statistics().waiting

        assert (samples.user(), 1) == (user, waiting)


class TestReaders:
    """
    The database itself refuses what a reader must not do.
    """

    def test_a_statement_that_writes(self, engine: Engine) -> None:
        """
        Whatever slips through the unit of work does not get further.
        """
        row = licence_row(samples.licence())

        refused = outcome(
            lambda: Transactions(engine).read(
                lambda statements: statements.run(insert(LICENCE), row)
            )
        )

        assert StorageBusy is refused
        assert [] == Transactions(engine).run(
            lambda statements: statements.rows(select(LICENCE))
        )

    def test_a_connection_writes_again(self, engine: Engine) -> None:
        """
        A connection that read is no worse for it.
        """
        storage = SqlAlchemyStorage(engine)

        for number in ("1", "2", "3"):
            storage.read(lambda unit: unit.licences.numbers())
            units.register(storage, number)

        assert ["1", "2", "3"] == storage.read(lambda unit: unit.licences.numbers())

    def test_many_read_at_one_time(self, impatient: Engine) -> None:
        """
        Each of several threads has a connection of its own.
        """
        storage = SqlAlchemyStorage(impatient)

        found = in_threads(
            lambda _: storage.read(lambda unit: unit.licences.find("4711")),
            count=READERS,
        )

        assert [samples.licence()] * READERS == found

    def test_disposing_closes_every_connection(self, sqlite_path: Path) -> None:
        """
        Those of readers too, and the engine can be used again.
        """
        engine = open_sqlite(sqlite_path)
        storage = SqlAlchemyStorage(engine)
        storage.read(lambda unit: unit.licences.numbers())
        storage.run(lambda unit: unit.licences.numbers())

        engine.dispose()
        left = sorted(each.name for each in sqlite_path.parent.iterdir())
        again = storage.read(lambda unit: unit.licences.numbers())
        engine.dispose()

        assert ([sqlite_path.name], []) == (left, again)

    def test_a_server_is_asked_for_a_transaction_that_reads(
        self, postgresql: Engine
    ) -> None:
        """
        One state, in which nothing can be changed.
        """
        asked = select(
            func.current_setting("transaction_isolation").label("isolation"),
            func.current_setting("transaction_read_only").label("reads_only"),
        )

        def levels(statements: Statements) -> list[tuple[str, str]]:
            return [(row.isolation, row.reads_only) for row in statements.rows(asked)]

        transactions = Transactions(postgresql)

        assert [("repeatable read", "on")] == transactions.read(levels)
        assert [("read committed", "off")] == transactions.run(levels)

    @pytest.mark.parametrize("use", ["read", "run", "check"])
    def test_a_connection_that_the_server_closed(
        self, postgresql: Engine, use: str
    ) -> None:
        """
        What was idle meanwhile is opened again, and no one hears of it.
        """
        storage = SqlAlchemyStorage(postgresql)
        units.register(storage)
        administration = create_engine(postgresql.url, isolation_level="AUTOCOMMIT")
        with administration.connect() as connection:
            connection.execute(
                text(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE pid <> pg_backend_pid() AND datname = current_database()"
                )
            )
        administration.dispose()

        if use == "check":
            check(postgresql)
        else:
            found = getattr(storage, use)(lambda unit: unit.licences.numbers())
            assert ["4711"] == found

    def test_an_engine_of_the_host(self, postgresql: Engine) -> None:
        """
        An engine that the host made begins as SQLAlchemy lets it.
        """
        theirs = create_engine(postgresql.url)
        storage = SqlAlchemyStorage(theirs)
        units.register(storage)
        level = select(func.current_setting("transaction_isolation").label("level"))

        found = storage.read(lambda unit: unit.licences.numbers())
        (row,) = Transactions(theirs).read(lambda statements: statements.rows(level))
        refused = outcome(
            lambda: Transactions(theirs).read(
                lambda statements: statements.run(text("DELETE FROM winbooks_licence"))
            )
        )
        theirs.dispose()

        assert (["4711"], "repeatable read", StorageBusy) == (found, row.level, refused)
