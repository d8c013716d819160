"""
Tables come into being once, by whoever asks first, and never unasked.
"""

import multiprocessing
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, Engine, inspect, text

import winbooks_identity
from filled import FOLDER, fill, found
from winbooks_identity.adapters.memory import InMemoryOutboxQueue, InMemoryStorage
from winbooks_identity.adapters.sqlalchemy import (
    SqlAlchemyOutboxQueue,
    SqlAlchemyStorage,
    migrations,
    open_postgresql,
    open_sqlite,
)
from winbooks_identity.adapters.sqlalchemy.schema import metadata
from winbooks_identity.errors import StorageBusy, StorageNotReady
from winbooks_identity.testing import samples


REVISIONS = sorted(
    script.revision
    for script in ScriptDirectory.from_config(migrations._config()).walk_revisions()
)


@pytest.fixture
def new_sqlite(tmp_path: Path) -> Iterator[Engine]:
    """
    Return an engine on a file without tables.
    """
    engine = open_sqlite(tmp_path / "new.db")
    yield engine
    engine.dispose()


@pytest.fixture(params=["new_sqlite", "new_postgresql"])
def new(request: pytest.FixtureRequest) -> Engine:
    """
    Return an engine on a database without tables, of each kind.
    """
    engine: Engine = request.getfixturevalue(request.param)
    return engine


@pytest.fixture
def new_postgresql(new_postgresql_url: URL) -> Iterator[Engine]:
    """
    Return an engine on a server's database without tables.
    """
    engine = open_postgresql(new_postgresql_url)
    yield engine
    engine.dispose()


class TestUpgrade:
    """
    Whoever asks gets the tables of this version.
    """

    def test_makes_the_tables(self, new: Engine) -> None:
        """
        Afterwards the storage works.
        """
        migrations.upgrade(new)

        assert SqlAlchemyStorage(new).run(
            lambda unit: unit.licences.register(samples.licence(), [])
        )

    def test_does_nothing_the_second_time(self, new: Engine) -> None:
        """
        What is stored stays.
        """
        migrations.upgrade(new)
        storage = SqlAlchemyStorage(new)
        storage.run(lambda unit: unit.licences.register(samples.licence(), []))

        migrations.upgrade(new)

        assert storage.run(lambda unit: unit.licences.find("4711"))

    def test_makes_what_the_schema_says(self, new: Engine) -> None:
        """
        The steps of the migrations and the tables in use do not drift apart.
        """
        migrations.upgrade(new)

        assert [] == _differences(new)

    def test_makes_the_very_text_of_the_schema(
        self, new_sqlite: Engine, tmp_path: Path
    ) -> None:
        """
        Checks, keys and strictness are the same, to the letter.
        """
        migrations.upgrade(new_sqlite)
        direct = open_sqlite(tmp_path / "direct.db")
        metadata.create_all(direct)

        migrated, created = (_definitions(each) for each in (new_sqlite, direct))

        direct.dispose()
        assert created == migrated

    def test_refuses_a_newer_schema(self, new: Engine) -> None:
        """
        An old version of the library does not touch the tables of a new one.
        """
        migrations.upgrade(new)
        _pretend_revision(new, "9999")

        with pytest.raises(StorageNotReady, match="9999"):
            migrations.upgrade(new)

    def test_a_database_that_is_away(self) -> None:
        """
        The driver's exception is translated.
        """
        with pytest.raises(StorageBusy):
            migrations.upgrade(open_postgresql("postgresql:///none?host=/nowhere"))

    def test_eight_at_one_time_in_sqlite(self, tmp_path: Path) -> None:
        """
        Of eight processes one makes the tables, and none fails.
        """
        assert [0] * 8 == _eight_upgrades(lambda: open_sqlite(tmp_path / "new.db"))

    def test_eight_at_one_time_in_postgresql(self, new_postgresql_url: URL) -> None:
        """
        So it is on a server.
        """
        assert [0] * 8 == _eight_upgrades(lambda: open_postgresql(new_postgresql_url))


class TestFilled:
    """
    What is stored at any revision is there, whole, after the upgrade.
    """

    def test_each_revision_has_its_rows(self) -> None:
        """
        A new revision comes with a filled database: see tests/filled.py.
        """
        assert [path.name for path in sorted(FOLDER.iterdir())] == [
            f"{revision}-{kind}.sql"
            for revision in REVISIONS
            for kind in ("postgresql", "sqlite")
        ]

    @pytest.mark.parametrize("revision", REVISIONS)
    def test_the_rows_are_in_every_table(self, new: Engine, revision: str) -> None:
        """
        No table of a revision is left untested.
        """
        _fill_at(new, revision)

        with new.connect() as connection:
            assert [] == [
                table
                for table in inspect(connection).get_table_names()
                if not _count(connection, table)
            ]

    @pytest.mark.parametrize("revision", REVISIONS)
    def test_everything_is_found_again(self, new: Engine, revision: str) -> None:
        """
        Users and their versions, mails, letters that died, history, and all else.
        """
        storage = InMemoryStorage()
        queue = InMemoryOutboxQueue(storage)
        fill(storage, queue)
        _fill_at(new, revision)

        migrations.upgrade(new)

        assert found(storage, queue) == found(
            SqlAlchemyStorage(new), SqlAlchemyOutboxQueue(new)
        )

    @pytest.mark.parametrize("revision", REVISIONS)
    def test_the_tables_are_those_of_a_new_database(
        self, new: Engine, revision: str
    ) -> None:
        """
        Rows in the way make no difference.
        """
        _fill_at(new, revision)

        migrations.upgrade(new)

        migrations.check(new)
        assert [] == _differences(new)


class TestCheck:
    """
    A program can ask at its start whether the tables are right.
    """

    def test_the_right_ones(self, new: Engine) -> None:
        """
        Nothing happens.
        """
        migrations.upgrade(new)

        migrations.check(new)

    def test_missing_ones(self, new: Engine) -> None:
        """
        The command that makes them is named; nothing is made.
        """
        with pytest.raises(StorageNotReady, match="missing; run: winbooks-identity"):
            migrations.check(new)
        with pytest.raises(StorageNotReady, match="run: winbooks-identity"):
            SqlAlchemyStorage(new).run(lambda unit: unit.licences.find("4711"))

    def test_newer_ones(self, new: Engine) -> None:
        """
        The library is what has to be brought up to date.
        """
        migrations.upgrade(new)
        _pretend_revision(new, "9999")

        with pytest.raises(StorageNotReady, match="9999; update winbooks-identity"):
            migrations.check(new)

    def test_a_database_that_is_away(self) -> None:
        """
        The driver's exception is translated.
        """
        with pytest.raises(StorageBusy):
            migrations.check(open_postgresql("postgresql:///none?host=/nowhere"))


class TestSql:
    """
    A database administrator can read every statement, and run it themselves.
    """

    def test_sqlite(self, tmp_path: Path) -> None:
        """
        The text makes the tables that `upgrade` makes.
        """
        path = tmp_path / "by-hand.db"
        connection = sqlite3.connect(path)

        connection.executescript(migrations.sql("sqlite://"))

        connection.close()
        engine = open_sqlite(path)
        migrations.check(engine)
        engine.dispose()

    def test_a_folder_with_a_percent_sign(self, tmp_path: Path) -> None:
        """
        Alembic, which reads such a sign as its own, finds the steps all the same.
        """
        package = Path(winbooks_identity.__file__).parent
        (tmp_path / "100%").mkdir()
        (tmp_path / "100%" / package.name).symlink_to(package)
        program = (
            "from winbooks_identity.adapters.sqlalchemy import migrations\n"
            "print(migrations.__file__, migrations.sql('sqlite://'))"
        )

        said = subprocess.run(  # noqa: S603  Our own words.
            [sys.executable, "-c", program],
            env={"PYTHONPATH": str(tmp_path / "100%")},
            check=True,
            capture_output=True,
            text=True,
        ).stdout

        assert "100%" in said.splitlines()[0]
        assert "CREATE TABLE winbooks_user" in said

    def test_postgresql(self, new_postgresql: Engine) -> None:
        """
        So it does on a server.
        """
        with new_postgresql.begin() as connection:
            driver = connection.connection.driver_connection
            assert driver is not None
            driver.execute(migrations.sql("postgresql+psycopg://"))
            driver.commit()

        migrations.check(new_postgresql)


def _differences(engine: Engine) -> list[object]:
    """
    Return where the tables differ from what the schema says.
    """
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "include_name": lambda name, kind, _: (
                    kind != "table" or name in metadata.tables
                )
            },
        )
        return list(compare_metadata(context, metadata))


def _fill_at(engine: Engine, revision: str) -> None:
    """
    Make the tables of *revision* and put its rows into them.
    """
    config = migrations._config()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        driver = connection.connection.driver_connection
        assert driver is not None
        path = FOLDER / f"{revision}-{engine.dialect.name}.sql"
        for row in path.read_text("utf-8").splitlines():
            driver.execute(row)


def _count(connection: Connection, table: str) -> int:
    count = connection.execute(text(f"SELECT count(*) FROM {table}"))  # noqa: S608  Our names.
    return int(count.scalar_one())


def _definitions(engine: Engine) -> dict[str, str]:
    """
    Return the statement that made each table and index.
    """
    with engine.connect() as connection:
        rows = connection.execute(
            text("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        )
        return {
            row.name: " ".join(row.sql.split())
            for row in rows
            if row.name != migrations.VERSION_TABLE
        }


def _pretend_revision(engine: Engine, revision: str) -> None:
    with engine.begin() as connection:
        connection.execute(
            text("UPDATE winbooks_identity_version SET version_num = :revision"),
            {"revision": revision},
        )


def _eight_upgrades(open_engine: Callable[[], Engine]) -> list[int | None]:
    """
    Return how each of eight processes that upgrade at one time ended.
    """
    fork = multiprocessing.get_context("fork")
    barrier = fork.Barrier(8, timeout=60)

    def take_part() -> None:
        engine = open_engine()
        barrier.wait()
        migrations.upgrade(engine)

    processes = [fork.Process(target=take_part) for _ in range(8)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return [process.exitcode for process in processes]
