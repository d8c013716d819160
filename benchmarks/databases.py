"""
Which databases are the benchmarks run on, and what does a driver alone do there?

A SQLite file and a PostgreSQL server on this machine, as safe as the library wants
them.  What a driver writes are rows that the library wrote before, into the same
tables with the same indexes.
"""

import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, Final, TypeAlias, final
from uuid import UUID

import psycopg
from sqlalchemy import Engine, Table, make_url

from winbooks_identity.adapters.sqlalchemy import (
    SqlAlchemyStorage,
    migrations,
    open_postgresql,
    open_sqlite,
)
from winbooks_identity.adapters.sqlalchemy.schema import EVENT, USER, metadata


__all__ = ["Database", "PostgreSQL", "Row", "Rows", "SQLite"]

Row: TypeAlias = tuple[object, ...]
Rows: TypeAlias = Mapping[Table, Sequence[Row]]

#: What belongs to users, in an order in which it can be inserted.
TABLES: Final = [each for each in metadata.sorted_tables if "user_id" in each.columns]


def names(table: Table) -> list[str]:
    """
    Return the names of the columns of *table*.
    """
    return [column.name for column in table.columns]


class Database(ABC):
    """
    A database that is open twice: for the library, and for its driver alone.
    """

    name: str
    version: str

    #: How the driver marks a value in a statement.
    mark: str

    def __init__(self, engine: Engine, driver: Any) -> None:  # noqa: ANN401  Any driver.
        migrations.upgrade(engine)
        self.engine = engine
        self.storage = SqlAlchemyStorage(engine)
        self.driver = driver

    @abstractmethod
    def transaction(self) -> AbstractContextManager[object]:
        """
        Return a context that is one transaction of the driver.
        """

    @abstractmethod
    def load(self, table: Table, rows: Iterable[Row]) -> None:
        """
        Insert *rows* in the fastest way that the driver has.
        """

    @abstractmethod
    def update(self, rows: Sequence[Row]) -> None:
        """
        Let *rows* take the place of the users with their keys, as fast as it goes.
        """

    def key(self, user_id: UUID) -> object:
        """
        Return what the driver takes for an internal key.
        """
        return user_id

    def read(self) -> Rows:
        """
        Return what belongs to users.
        """
        rows: dict[Table, Sequence[Row]] = {}
        for table in TABLES:
            columns = ", ".join(names(table))
            rows[table] = self.driver.execute(
                f"SELECT {columns} FROM {table.name}"  # noqa: S608  Our names.
            ).fetchall()
        return rows

    def empty(self) -> None:
        """
        Remove what belongs to users.
        """
        with self.transaction():
            for table in reversed(TABLES):
                self.driver.execute(f"DELETE FROM {table.name}")  # noqa: S608  Our names.

    def insert(self, rows: Rows) -> None:
        """
        Insert the rows of one user as one does by hand, in one transaction.
        """
        with self.transaction():
            for table, each in rows.items():
                statement = self.insertion(table)
                for row in each:
                    self.driver.execute(statement, row)

    def insertion(self, table: Table) -> str:
        """
        Return the statement that inserts a row.
        """
        columns = ", ".join(names(table))
        marks = ", ".join(self.mark for _ in table.columns)
        into = f"INSERT INTO {table.name} ({columns})"
        return f"{into} VALUES ({marks})"

    def load_all(self, rows: Rows) -> None:
        """
        Insert *rows* in one transaction, in the fastest way that the driver has.
        """
        with self.transaction():
            for table, each in rows.items():
                if each:
                    self.load(table, each)

    def update_all(self, rows: Rows) -> None:
        """
        Update users and insert their events in one transaction.
        """
        with self.transaction():
            self.update(rows[USER])
            self.load(EVENT, rows[EVENT])

    def close(self) -> None:
        """
        Let go of both.
        """
        self.driver.close()
        self.engine.dispose()


@final
class SQLite(Database):
    """
    A SQLite file at *path*, with the settings of `open_sqlite`.
    """

    name = "SQLite"
    version = sqlite3.sqlite_version
    mark = "?"

    def __init__(self, path: Path) -> None:
        driver = sqlite3.connect(path, isolation_level=None)
        super().__init__(open_sqlite(path), driver)
        for setting in (
            "synchronous = FULL",
            "secure_delete = ON",
            "foreign_keys = ON",
        ):
            driver.execute(f"PRAGMA {setting}")

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """
        Begin as the library does, ready to write.
        """
        self.driver.execute("BEGIN IMMEDIATE")
        yield
        self.driver.execute("COMMIT")

    def key(self, user_id: UUID) -> object:
        """
        Return the bytes of *user_id*.
        """
        return user_id.bytes

    def load(self, table: Table, rows: Iterable[Row]) -> None:
        """
        Insert by ``executemany``.
        """
        self.driver.executemany(self.insertion(table), rows)

    def update(self, rows: Sequence[Row]) -> None:
        """
        Update by ``executemany``.
        """
        key, *others = names(USER)
        changes = ", ".join(f"{name} = ?" for name in others)
        self.driver.executemany(
            f"UPDATE {USER.name} SET {changes} WHERE {key} = ?",  # noqa: S608  Ours.
            ((*row[1:], row[0]) for row in rows),
        )


@final
class PostgreSQL(Database):
    """
    A database at *url*, with the server's settings for safety by default.
    """

    name = "PostgreSQL"
    mark = "%s"

    def __init__(self, url: str) -> None:
        driver = psycopg.connect(url, autocommit=True)
        self.version = driver.info.parameter_status("server_version") or ""
        address = make_url(url).set(drivername="postgresql+psycopg")
        super().__init__(open_postgresql(address), driver)

    def transaction(self) -> AbstractContextManager[object]:
        """
        Begin as psycopg does.
        """
        transaction: AbstractContextManager[object] = self.driver.transaction()
        return transaction

    def empty(self) -> None:
        """
        Leave no dead rows behind.
        """
        tables = ", ".join(table.name for table in TABLES)
        self.driver.execute(f"TRUNCATE {tables}")

    def load(self, table: Table, rows: Iterable[Row]) -> None:
        """
        Insert by ``COPY``.
        """
        self._copy(f"{table.name} ({', '.join(names(table))})", rows)

    def update(self, rows: Sequence[Row]) -> None:
        """
        Update from a temporary table that ``COPY`` fills.
        """
        key, *others = names(USER)
        changes = ", ".join(f"{name} = new.{name}" for name in others)
        self.driver.execute(
            f"CREATE TEMPORARY TABLE new (LIKE {USER.name}) ON COMMIT DROP"
        )
        self._copy(f"new ({', '.join(names(USER))})", rows)
        self.driver.execute(
            f"UPDATE {USER.name} AS old SET {changes} FROM new"  # noqa: S608  Ours.
            f" WHERE old.{key} = new.{key}"
        )

    def _copy(self, target: str, rows: Iterable[Row]) -> None:
        with (
            self.driver.cursor() as cursor,
            cursor.copy(f"COPY {target} FROM STDIN") as copy,
        ):
            for row in rows:
                copy.write_row(row)
