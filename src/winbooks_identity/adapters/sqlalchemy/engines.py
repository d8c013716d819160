"""
How is a database opened, and what can it do?
"""

import os
import time
from datetime import timedelta
from functools import partial
from pathlib import Path
from sqlite3 import Connection as SQLiteConnection
from sqlite3 import OperationalError
from typing import Final, Literal, final

import attrs
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.dialects.postgresql.base import PGDialect
from sqlalchemy.pool import QueuePool

from ...errors import StorageNotReady
from .forks import close_before_fork, connect_sqlite, renew_in_child
from .sqlite_connection import SqliteConnection


__all__ = [
    "LOCK_TIMEOUT",
    "Capabilities",
    "IsolationLevel",
    "capabilities_of",
    "open_postgresql",
    "open_sqlite",
]

IsolationLevel = Literal["READ COMMITTED", "REPEATABLE READ", "SERIALIZABLE"]

#: How long a unit of work waits for those before it; our choice, far above
#: what a slow disk needs.
LOCK_TIMEOUT: Final = timedelta(seconds=30)

#: Seconds between two tries of what SQLite does not queue for.
RETRY_INTERVAL: Final = 0.01

_OPTION: Final = "winbooks_identity_capabilities"


@final
@attrs.frozen(kw_only=True)
class Capabilities:
    """
    What a database can do beyond the SQL that all of ours share.

    Args:
        skips_locked: ``FOR UPDATE SKIP LOCKED`` works; without it relays
            compare and set, which every database can do.
        has_advisory_locks: ``pg_advisory_xact_lock`` works; without it,
            migrations must not run beside each other.
        writes_in_bulk: one statement can lock and change the rows of many users,
            wherever they stand, and what speaks PostgreSQL has ``COPY`` and
            ``json_populate_recordset``; without it they are changed one by one.
    """

    skips_locked: bool
    has_advisory_locks: bool
    writes_in_bulk: bool = False


_SQLITE: Final = Capabilities(
    skips_locked=False, has_advisory_locks=False, writes_in_bulk=True
)
_POSTGRESQL: Final = Capabilities(
    skips_locked=True, has_advisory_locks=True, writes_in_bulk=True
)


def capabilities_of(engine: Engine) -> Capabilities:
    """
    Return what the database behind *engine* can do.

    Raises:
        TypeError: *engine* is neither opened by this module nor one that
            speaks PostgreSQL.
    """
    recorded = engine.get_execution_options().get(_OPTION)
    if isinstance(recorded, Capabilities):
        return recorded
    if isinstance(engine.dialect, PGDialect):
        return _POSTGRESQL
    raise TypeError("open a SQLite file with open_sqlite")


def open_sqlite(
    path: str | os.PathLike[str], *, timeout: timedelta = LOCK_TIMEOUT
) -> Engine:
    """
    Open the SQLite file at *path*; it is made if it is not there.

    The file is readable by its owner only.  One connection serves the process,
    so its threads queue for it in their order; SQLite itself would let them
    try again and again.  A file on a network drive does not work.

    A fork waits up to five seconds for the units of work of other threads.  If
    one still runs then, or the forking thread is inside one, or something else
    in the process has the file open, units of work in the child raise
    `StorageNotReady`; the parent goes on.

    Args:
        path: where the file is.
        timeout: how long a unit of work waits for its turn before the storage
            counts as busy.
    """
    file = Path(path).absolute()
    file.touch(mode=0o600, exist_ok=True)
    seconds = timeout.total_seconds()
    engine = create_engine(
        URL.create("sqlite", database=str(file)),
        creator=partial(_connect_sqlite, str(file), timeout=seconds),
        poolclass=QueuePool,
        pool_size=1,
        max_overflow=0,
        pool_timeout=seconds,
        hide_parameters=True,
        execution_options={_OPTION: _SQLITE},
    )
    event.listen(engine, "begin", _begin_immediate)
    close_before_fork(engine)
    return engine


def open_postgresql(
    url: str | URL,
    *,
    isolation_level: IsolationLevel = "READ COMMITTED",
    capabilities: Capabilities = _POSTGRESQL,
    prepares_statements: bool = True,
) -> Engine:
    """
    Open the PostgreSQL database at *url*, or one that speaks its language.

    Whoever needs more settings makes an engine with SQLAlchemy himself.

    Args:
        url: as SQLAlchemy reads it; ``postgresql://`` means psycopg 3.
        isolation_level: any works; above READ COMMITTED more is tried again.
        capabilities: what the database can do; PostgreSQL's by default.
        prepares_statements: turn it off behind a pgbouncer before 1.21 that
            pools transactions.
    """
    address = make_url(url)
    if address.drivername == "postgresql":
        address = address.set(drivername="postgresql+psycopg")
    arguments: dict[str, object] = {}
    if not prepares_statements:
        arguments["prepare_threshold"] = None
    engine = create_engine(
        address,
        isolation_level=isolation_level,
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args=arguments,
        execution_options={_OPTION: capabilities},
    )
    renew_in_child(engine)
    return engine


def _connect_sqlite(path: str, *, timeout: float) -> SqliteConnection:
    connection = connect_sqlite(path, timeout=timeout)
    try:
        _prepare_sqlite(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _prepare_sqlite(connection: SQLiteConnection) -> None:
    if _write_ahead(connection) != "wal":
        raise StorageNotReady("the drive cannot hold SQLite's write-ahead log")
    for setting in (
        # A commit survives the loss of power: no mail goes out for a user
        # who is not there any more.
        "synchronous = FULL",
        # What is erased is overwritten.
        "secure_delete = ON",
        "foreign_keys = ON",
        "trusted_schema = OFF",
    ):
        connection.execute(f"PRAGMA {setting}")


def _write_ahead(connection: SQLiteConnection) -> str:
    """
    Return the journal that the file has, after asking for a write-ahead log.

    Where several processes ask for it at one time in a new file, SQLite refuses
    some of them at once, whatever their timeout.
    """
    (timeout,) = connection.execute("PRAGMA busy_timeout").fetchone()
    ends = time.monotonic() + timeout / 1000
    while True:
        try:
            (journal,) = connection.execute("PRAGMA journal_mode = WAL").fetchone()
        except OperationalError:
            if time.monotonic() >= ends:
                raise
            time.sleep(RETRY_INTERVAL)
        else:
            return str(journal)


def _begin_immediate(connection: Connection) -> None:
    # A transaction that reads before it writes could not wait for another.
    connection.exec_driver_sql("BEGIN IMMEDIATE")
