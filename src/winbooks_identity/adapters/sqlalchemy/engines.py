"""
How is a database opened, and what can it do?
"""

import os
import stat
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import timedelta
from functools import partial
from pathlib import Path
from sqlite3 import Connection as SQLiteConnection
from sqlite3 import OperationalError
from typing import Any, Final, Literal, final

import attrs
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.dialects.postgresql.base import PGDialect

from ...errors import StorageNotReady
from ..files import because
from .deadlines import TurnsPool, within_deadline
from .forks import close_before_fork, connect_sqlite, renew_in_child
from .sqlite_connection import SqliteConnection
from .timeouts import OPTION as TIMEOUTS
from .timeouts import Timeouts


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

#: What SQLite keeps beside a file, by the end of its name.
_JOURNALS: Final = ("-wal", "-shm", "-journal")

#: What a mode allows to others than the owner.
_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO

_TIMEOUTS: Final = Timeouts()

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

    The file and SQLite's files beside it are made readable by their owner only,
    if they are not yet.  One connection serves the process,
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

    Raises:
        FileUnavailable: its folder is missing, or the operating system does not
            let us make it or take it away from others.
    """
    file = Path(path).absolute()
    try:
        _make_private(file)
    except OSError as error:
        raise because(error, file) from error
    seconds = timeout.total_seconds()
    engine = create_engine(
        URL.create("sqlite", database=str(file)),
        creator=partial(_connect_sqlite, str(file), timeout=seconds),
        poolclass=TurnsPool,
        pool_size=1,
        max_overflow=0,
        pool_timeout=seconds,
        hide_parameters=True,
        execution_options={_OPTION: _SQLITE},
    )
    event.listen(engine, "begin", partial(_begin_immediate, timeout=seconds))
    close_before_fork(engine)
    return engine


def open_postgresql(
    url: str | URL,
    *,
    isolation_level: IsolationLevel = "READ COMMITTED",
    capabilities: Capabilities = _POSTGRESQL,
    prepares_statements: bool = True,
    timeouts: Timeouts | None = _TIMEOUTS,
) -> Engine:
    """
    Open the PostgreSQL database at *url*, or one that speaks its language.

    Its connections speak UTF-8, ISO dates and UTC, whatever the server, the role
    or the environment says.  A database whose encoding is not UTF8 cannot hold
    every name: each use of it raises `StorageNotReady`.

    For more settings, or another driver than psycopg 3, make an engine with
    SQLAlchemy.

    Args:
        url: as SQLAlchemy reads it; ``postgresql://`` means psycopg 3.
        isolation_level: any works; above READ COMMITTED more is tried again.
        capabilities: what the database can do; PostgreSQL's by default.
        prepares_statements: turn it off behind a pgbouncer before 1.21 that
            pools transactions.
        timeouts: how long is waited for what.  Parameters of the address, such
            as ``connect_timeout``, come first.  None waits as long as the server,
            libpq and SQLAlchemy do.

    Raises:
        ValueError: the address names another driver.
    """
    address = make_url(url)
    if address.drivername == "postgresql":
        address = address.set(drivername="postgresql+psycopg")
    if address.get_driver_name() != "psycopg":
        raise ValueError("open_postgresql needs the driver psycopg")
    arguments: dict[str, object] = {}
    if not prepares_statements:
        arguments["prepare_threshold"] = None
    pool = _TIMEOUTS.pool if timeouts is None else timeouts.pool
    engine = create_engine(
        address,
        isolation_level=isolation_level,
        poolclass=TurnsPool,
        pool_timeout=pool.total_seconds(),
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args=arguments,
        execution_options={_OPTION: capabilities, TIMEOUTS: timeouts},
    )
    event.listen(engine, "do_connect", partial(_connect_psycopg, timeouts))
    renew_in_child(engine)
    return engine


def _make_private(file: Path) -> None:
    file.touch(mode=0o600, exist_ok=True)
    # SQLite makes its journals like the file, but these may be older.
    for each in (file, *(Path(f"{file}{end}") for end in _JOURNALS)):
        with suppress(FileNotFoundError):
            if (mode := stat.S_IMODE(each.stat().st_mode)) & _OTHERS:
                each.chmod(mode & ~_OTHERS)


def _connect_sqlite(path: str, *, timeout: float) -> SqliteConnection:
    try:
        connection = connect_sqlite(path, timeout=timeout)
    except OperationalError as error:
        if Path(path).is_file():
            raise
        raise StorageNotReady(f"the file cannot be opened: {path}") from error
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


def _connect_psycopg(
    timeouts: Timeouts | None,
    _dialect: object,
    _record: object,
    arguments: Sequence[Any],
    options: Mapping[str, Any],
) -> object:
    from .postgresql_connection import connect  # An extra of its own.

    limits = {} if timeouts is None else timeouts.of_libpq()
    reply = None if timeouts is None else timeouts.reply.total_seconds()
    return connect(*arguments, reply_timeout=reply, **{**limits, **options})


def _begin_immediate(connection: Connection, *, timeout: float) -> None:
    driver: Any = connection.connection.driver_connection
    driver.wait_for_locks(within_deadline(timeout))
    # A transaction that reads before it writes could not wait for another.
    connection.exec_driver_sql("BEGIN IMMEDIATE")
