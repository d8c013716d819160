"""
How is a SQLite file opened, so that it keeps what it confirms?
"""

import os
import stat
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from functools import partial
from pathlib import Path
from sqlite3 import Connection as SQLiteConnection
from sqlite3 import OperationalError
from typing import Final

from sqlalchemy import URL, Engine, create_engine

from ...errors import StorageNotReady
from ..files import because
from .beginnings import READERS, begin_with
from .deadlines import TurnsPool, within_deadline
from .engines import OPTION, Capabilities
from .forks import close_before_fork, connect_sqlite
from .sqlite_connection import SqliteConnection


__all__ = ["LOCK_TIMEOUT", "open_sqlite"]

#: How long a unit of work waits for those before it; our choice, far above
#: what a slow disk needs.
LOCK_TIMEOUT: Final = timedelta(seconds=30)

#: Seconds between two tries of what SQLite does not queue for.
RETRY_INTERVAL: Final = 0.01

#: What SQLite keeps beside a file, by the end of its name.
_JOURNALS: Final = ("-wal", "-shm", "-journal")

#: What a mode allows to others than the owner.
_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO

_SQLITE: Final = Capabilities(
    skips_locked=False,
    has_advisory_locks=False,
    writes_in_bulk=True,
    writes_alone=True,
)


def open_sqlite(
    path: str | os.PathLike[str], *, timeout: timedelta = LOCK_TIMEOUT
) -> Engine:
    """
    Open the SQLite file at *path*; it is made if it is not there.

    The file and SQLite's files beside it are made readable by their owner only,
    if they are not yet.  One connection serves all that writes in the process, so
    its threads queue for it in their order; SQLite itself would let them try again
    and again.  What only reads has others and waits for no one who writes.  A file
    on a network drive does not work.

    A fork waits up to five seconds for the units of work of other threads.  If
    one still runs then, or the forking thread is inside one, or something else
    in the process has the file open, units of work in the child raise
    `StorageNotReady`; the parent goes on.

    Args:
        path: where the file is.
        timeout: how long a unit of work waits for its turn before the storage
            counts as busy.  Disposing of the engine closes all connections.

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
    engine = _engine(file, _connect_sqlite, seconds, connections=1)
    # A transaction that reads before it writes could not wait for another.
    writing = partial(_begin, "BEGIN IMMEDIATE", seconds)
    begin_with(
        engine,
        writing,
        reading=partial(_begin, "BEGIN", seconds),
        otherwise=writing,
        readers=_engine(file, _connect_reader, seconds, connections=READERS),
    )
    return engine


def _engine(
    file: Path,
    connect: Callable[[str, float], SqliteConnection],
    timeout: float,
    *,
    connections: int,
) -> Engine:
    engine = create_engine(
        URL.create("sqlite", database=str(file)),
        creator=partial(connect, str(file), timeout),
        poolclass=TurnsPool,
        pool_size=connections,
        max_overflow=0,
        pool_timeout=timeout,
        hide_parameters=True,
        execution_options={OPTION: _SQLITE},
    )
    close_before_fork(engine)
    return engine


def _make_private(file: Path) -> None:
    file.touch(mode=0o600, exist_ok=True)
    # SQLite makes its journals like the file, but these may be older.
    for each in (file, *(Path(f"{file}{end}") for end in _JOURNALS)):
        with suppress(FileNotFoundError):
            if (mode := stat.S_IMODE(each.stat().st_mode)) & _OTHERS:
                each.chmod(mode & ~_OTHERS)


def _connect_sqlite(path: str, timeout: float) -> SqliteConnection:
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


def _connect_reader(path: str, timeout: float) -> SqliteConnection:
    connection = _connect_sqlite(path, timeout)
    connection.execute("PRAGMA query_only = ON")
    return connection


def _prepare_sqlite(connection: SQLiteConnection) -> None:
    if _write_ahead(connection) != "wal":
        raise StorageNotReady("the drive cannot hold SQLite's write-ahead log")
    for setting in (
        # A commit survives the loss of power: no mail goes out for a user
        # who is no longer there.
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


def _begin(statement: str, timeout: float, connection: SqliteConnection) -> None:
    if not connection.in_transaction:
        connection.wait_for_locks(within_deadline(timeout))
        connection.execute(statement)
