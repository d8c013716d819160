"""
Databases are opened so that they keep what they are given.
"""

import os
import resource
import sqlite3
import stat
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread
from traceback import format_exception

import pytest
from sqlalchemy import URL, Engine, create_engine, make_url, text
from sqlalchemy.exc import TimeoutError as PoolTimeout

from winbooks_identity.adapters.files import FileMissing
from winbooks_identity.adapters.sqlalchemy import (
    Capabilities,
    SqlAlchemyOutboxQueue,
    SqlAlchemyStorage,
    open_postgresql,
    open_sqlite,
    sqlite_engine,
)
from winbooks_identity.adapters.sqlalchemy.engines import capabilities_of
from winbooks_identity.adapters.sqlalchemy.migrations import check, upgrade
from winbooks_identity.errors import StorageBusy, StorageNotReady, Unavailable
from winbooks_identity.testing import samples
from winbooks_identity.testing.contracts.suite import outcome
from winbooks_identity.testing.contracts.units import add


class TestSqlite:
    """
    A SQLite file survives the loss of power, and of other processes.
    """

    @pytest.mark.parametrize(
        "pragma, value",
        [
            ("journal_mode", "wal"),
            ("synchronous", 2),
            ("secure_delete", 1),
            ("foreign_keys", 1),
            ("trusted_schema", 0),
            ("busy_timeout", 30_000),
        ],
    )
    def test_settings(self, sqlite: Engine, pragma: str, value: object) -> None:
        """
        Every connection has the settings that keep and erase for certain.
        """
        with sqlite.connect() as connection:
            assert value == connection.execute(text(f"PRAGMA {pragma}")).scalar()

    def test_tables_are_strict(self, sqlite: Engine) -> None:
        """
        A table takes values of its types only.
        """
        with sqlite.connect() as connection:
            loose = connection.execute(
                text(
                    "SELECT name FROM pragma_table_list"
                    " WHERE name LIKE 'winbooks%' AND NOT strict"
                )
            )
            assert ["winbooks_identity_version"] == [row.name for row in loose]

    def test_a_unit_of_work_writes_from_its_beginning(
        self, sqlite: Engine, sqlite_path: Path
    ) -> None:
        """
        Others wait for a transaction that has only read, or it could not write.
        """
        other = sqlite3.connect(sqlite_path, timeout=0, isolation_level=None)

        def work(_: object) -> None:
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                other.execute("BEGIN IMMEDIATE")

        SqlAlchemyStorage(sqlite).run(work)
        other.close()

    def test_a_file_is_for_its_owner(self, tmp_path: Path) -> None:
        """
        No one else on the machine reads it.
        """
        path = tmp_path / "new.db"

        open_sqlite(path)

        assert 0o600 == stat.S_IMODE(path.stat().st_mode)

    def test_existing_files_are_for_their_owner(self, sqlite_path: Path) -> None:
        """
        No one keeps what a loose mode once gave them, nor in a journal.
        """
        engine = open_sqlite(sqlite_path)
        with engine.connect():
            journals = [Path(f"{sqlite_path}{end}") for end in ("-wal", "-shm")]
            for file in (sqlite_path, *journals):
                file.chmod(0o664)

            open_sqlite(sqlite_path)

            assert [0o600] * 3 == [
                stat.S_IMODE(file.stat().st_mode) for file in (sqlite_path, *journals)
            ]
        engine.dispose()

    def test_a_mode_that_allows_less(self, sqlite_path: Path) -> None:
        """
        It stays as it is.
        """
        sqlite_path.chmod(0o400)

        open_sqlite(sqlite_path)

        assert 0o400 == stat.S_IMODE(sqlite_path.stat().st_mode)

    def test_a_folder_that_is_missing(self, tmp_path: Path) -> None:
        """
        It is named, and not made.
        """
        with pytest.raises(FileMissing, match=r"no.new\.db"):
            open_sqlite(tmp_path / "no" / "new.db")

    def test_a_file_that_is_no_database(self, tmp_path: Path) -> None:
        """
        To try again would not help.
        """
        file = tmp_path / "letter.txt"
        file.write_text("Dear Ada, " * 100)

        with pytest.raises(StorageNotReady, match="no SQLite database"):
            upgrade(open_sqlite(file))

    def test_a_process_with_too_many_files_open(self, sqlite_path: Path) -> None:
        """
        Later it has fewer, so the storage is busy.
        """
        engine = open_sqlite(sqlite_path)
        limits = resource.getrlimit(resource.RLIMIT_NOFILE)
        with sqlite_path.parent.joinpath("last").open("wb") as last:
            resource.setrlimit(resource.RLIMIT_NOFILE, (last.fileno(), limits[1]))
            try:
                ended = outcome(lambda: check(engine))
            finally:
                resource.setrlimit(resource.RLIMIT_NOFILE, limits)

        assert StorageBusy is ended
        assert None is outcome(lambda: check(engine))
        engine.dispose()

    def test_a_file_that_was_removed(self, tmp_path: Path) -> None:
        """
        A new one is as empty as any: it has no tables.
        """
        path = tmp_path / "new.db"
        engine = open_sqlite(path)
        path.unlink()

        with pytest.raises(StorageNotReady, match="upgrade"):
            SqlAlchemyStorage(engine).run(lambda unit: unit.licences.find("4711"))

        engine.dispose()

    def test_a_locked_file_is_busy(self, sqlite_path: Path) -> None:
        """
        The wait ends, and nothing was written.
        """
        engine = open_sqlite(sqlite_path, timeout=timedelta(milliseconds=1))
        other = sqlite3.connect(sqlite_path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")

        with pytest.raises(StorageBusy):
            SqlAlchemyStorage(engine).run(lambda unit: unit.licences.find("4711"))

        other.close()
        engine.dispose()

    def test_whoever_could_not_begin_keeps_nothing(self, sqlite_path: Path) -> None:
        """
        The one connection is free again, though the failure is still looked at.
        """
        engine = open_sqlite(sqlite_path, timeout=timedelta(milliseconds=50))
        storage = SqlAlchemyStorage(engine)
        other = sqlite3.connect(sqlite_path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")

        with pytest.raises(StorageBusy) as caught:
            storage.run(lambda unit: unit.licences.find("4711"))
        other.close()

        assert None is storage.run(lambda unit: unit.licences.find("4711"))
        assert caught.value.__traceback__ is not None
        engine.dispose()

    def test_a_new_file_that_somebody_prepares(self, tmp_path: Path) -> None:
        """
        The second process waits for the first, though SQLite would refuse it.
        """
        first = sqlite3.connect(tmp_path / "new.db", isolation_level=None)
        first.execute("BEGIN IMMEDIATE")
        engine = open_sqlite(tmp_path / "new.db")
        outcomes: list[type[Exception] | None] = []
        second = Thread(
            target=lambda: outcomes.append(outcome(lambda: upgrade(engine)))
        )

        second.start()
        second.join(timeout=0.25)
        first.execute("COMMIT")
        second.join()
        first.close()
        engine.dispose()

        assert [None] == outcomes

    def test_a_new_file_that_somebody_keeps(self, tmp_path: Path) -> None:
        """
        This wait ends with the timeout too.
        """
        first = sqlite3.connect(tmp_path / "new.db", isolation_level=None)
        first.execute("BEGIN IMMEDIATE")
        engine = open_sqlite(tmp_path / "new.db", timeout=timedelta(milliseconds=50))

        with pytest.raises(StorageBusy):
            upgrade(engine)

        first.close()
        engine.dispose()

    def test_a_thread_waits_for_its_turn(self, sqlite_path: Path) -> None:
        """
        The timeout is for the other threads of the process, too.
        """
        engine = open_sqlite(sqlite_path, timeout=timedelta(milliseconds=1))
        storage = SqlAlchemyStorage(engine)
        holds, may_end = Event(), Event()

        def work(_: object) -> None:
            holds.set()
            may_end.wait(30)

        thread = Thread(target=storage.run, args=(work,))
        thread.start()
        holds.wait(30)
        with pytest.raises(StorageBusy):
            storage.run(lambda unit: unit.licences.find("4711"))
        may_end.set()
        thread.join()
        engine.dispose()

    def test_one_connection_serves_the_process(self, sqlite_path: Path) -> None:
        """
        Its threads queue for it in their order; SQLite would let luck decide.
        """
        engine = open_sqlite(sqlite_path, timeout=timedelta(milliseconds=1))

        with engine.connect(), pytest.raises(PoolTimeout):
            engine.connect()

        engine.dispose()

    def test_a_database_without_a_log_is_refused(self) -> None:
        """
        Where there can be no write-ahead log, there is no storage.
        """
        connection = sqlite3.connect(":memory:")

        with pytest.raises(StorageNotReady):
            sqlite_engine._prepare_sqlite(connection)

        connection.close()

    def test_an_engine_of_somebody_else_is_refused(self) -> None:
        """
        SQLite without these settings would lose what it confirmed.
        """
        with pytest.raises(TypeError, match="open_sqlite"):
            SqlAlchemyStorage(create_engine("sqlite://"))


class TestParameters:
    """
    What a statement carried stays out of what is said of its failure.
    """

    @pytest.mark.parametrize("database", ["sqlite", "postgresql"])
    def test_are_not_told(self, request: pytest.FixtureRequest, database: str) -> None:
        """
        Neither address nor name is in the driver's exception.
        """
        storage = SqlAlchemyStorage(request.getfixturevalue(database))

        with pytest.raises(Unavailable) as caught:
            add(storage, samples.user("ada", licence="unknown"))

        said = "".join(format_exception(caught.value))
        assert "winbooks_user" in said
        assert "ada@" not in said.lower()
        assert "lovelace" not in said.lower()


class TestFork:
    """
    A forked process opens connections of its own.
    """

    @pytest.mark.parametrize("database", ["sqlite", "postgresql"])
    def test_both_go_on(self, request: pytest.FixtureRequest, database: str) -> None:
        """
        Parent and child use one engine, each with its own connection.
        """
        engine: Engine = request.getfixturevalue(database)
        storage = SqlAlchemyStorage(engine)
        storage.run(lambda unit: unit.licences.register(samples.licence(), []))

        child = os.fork()
        if not child:
            refusal = outcome(lambda: add(storage, samples.user("ada")))
            os._exit(0 if refusal is None else 1)
        _, status = os.waitpid(child, 0)
        add(storage, samples.user("grace"))

        found = storage.run(lambda unit: unit.users.of_licence("4711", limit=9))
        assert 0 == status
        assert 2 == len(found)


class TestPostgresql:
    """
    A PostgreSQL is opened for psycopg 3, whatever stands between.
    """

    def test_the_address_means_psycopg(self, postgresql_url: URL) -> None:
        """
        An address without a driver gets the one that we use.
        """
        engine = open_postgresql(postgresql_url.set(drivername="postgresql"))

        assert "postgresql+psycopg" == engine.url.drivername

    def test_another_driver_is_refused(self) -> None:
        """
        It would wait for ever, and read dates as its server pleases.
        """
        with pytest.raises(ValueError, match="psycopg"):
            open_postgresql("postgresql+psycopg2://portal@localhost/identities")

    def test_isolation(self, postgresql: Engine) -> None:
        """
        Constraints keep what is unique, so READ COMMITTED is enough.
        """
        with postgresql.connect() as connection:
            level = connection.execute(text("SHOW transaction_isolation")).scalar()

        assert "read committed" == level

    @pytest.mark.parametrize("prepares, threshold", [(True, 5), (False, None)])
    def test_prepared_statements(
        self, postgresql_url: URL, *, prepares: bool, threshold: int | None
    ) -> None:
        """
        Behind an old pgbouncer nothing is prepared on the server.
        """
        engine = open_postgresql(postgresql_url, prepares_statements=prepares)
        with engine.connect() as connection:
            driver = connection.connection.driver_connection

        assert driver is not None
        assert threshold == driver.prepare_threshold
        engine.dispose()

    def test_a_connection_that_the_server_ended(
        self, postgresql: Engine, postgresql_url: URL
    ) -> None:
        """
        It is replaced before anyone works on it.
        """
        storage = SqlAlchemyStorage(postgresql)
        storage.run(lambda unit: unit.licences.find("?"))
        other = create_engine(postgresql_url)
        with other.connect() as connection:
            connection.execute(
                text(
                    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            )
        other.dispose()

        assert None is storage.run(lambda unit: unit.licences.find("?"))

    def test_an_address_with_several_hosts(self, postgresql_url: URL) -> None:
        """
        The host that answers and writes is found.
        """
        socket = str(postgresql_url.query["host"])
        engine = open_postgresql(
            postgresql_url.update_query_dict(
                {
                    "host": ["/nowhere:5432", f"{socket}:5432"],
                    "target_session_attrs": "read-write",
                }
            )
        )

        found = SqlAlchemyStorage(engine).run(lambda unit: unit.licences.find("?"))

        assert None is found
        engine.dispose()

    def test_a_server_that_is_away_is_busy(self) -> None:
        """
        Nothing was written where no one answered.
        """
        engine = open_postgresql(make_url("postgresql:///none?host=/nowhere"))

        with pytest.raises(StorageBusy):
            SqlAlchemyOutboxQueue(engine).statistics()


class TestCapabilities:
    """
    What a database can do is recorded, not read off its name.
    """

    def test_postgresql_skips_locked_rows(self) -> None:
        """
        Any engine that speaks PostgreSQL is taken for it.
        """
        engine = create_engine("postgresql+psycopg://")

        assert Capabilities(
            skips_locked=True,
            has_advisory_locks=True,
            writes_in_bulk=True,
            tells_copies=True,
        ) == capabilities_of(engine)

    def test_another_engine_says_what_it_can(self) -> None:
        """
        The code that opens it knows better.
        """
        less = Capabilities(skips_locked=False, has_advisory_locks=False)
        engine = open_postgresql("postgresql://", capabilities=less)

        assert less == capabilities_of(engine)
