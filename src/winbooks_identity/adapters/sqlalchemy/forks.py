"""
How does an engine live through a fork of its process?

A PostgreSQL connection is left to the parent, and the child opens its own.  For
SQLite that is not enough: it counts the locks of its process in memory, the
child inherits the count but not the locks, and would write as if it held them
(SQLite, "How To Corrupt An SQLite Database File", 2.6).  So no connection to a
file may be open while the process forks.  Before a fork, units of work end and
idle connections are closed; where that fails, the child is refused.
"""

import ctypes
import os
import sqlite3
import threading
import weakref
from contextlib import suppress
from pathlib import Path
from typing import Final, final

from sqlalchemy import Engine, event
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.pool import Pool

from ...errors import StorageNotReady
from .sqlite_connection import FORKED, SqliteConnection


__all__ = [
    "FORK_TIMEOUT",
    "close_before_fork",
    "connect_sqlite",
    "renew_in_child",
]

#: Seconds that a fork waits for the units of work of other threads; our choice:
#: many times what one takes, and short enough for a server that restarts workers.
FORK_TIMEOUT: Final = 5.0

#: What the operating system lists the open files of this process in.
_DESCRIPTORS: Final = Path("/dev/fd")


@final
class _Process:
    """
    What this process has open, and what it inherited.

    Its lock is held from before a fork until after it: meanwhile no thread opens a
    connection, and none takes an idle one.
    """

    def __init__(self) -> None:
        self._id = os.getpid()
        self._changed = threading.Condition()
        self._forking: set[int] = set()
        self._connections: weakref.WeakSet[SqliteConnection] = weakref.WeakSet()
        self._engines: weakref.WeakSet[Engine] = weakref.WeakSet()
        self._inherited: set[tuple[int, int]] = set()
        self._inherited_pools: list[Pool] = []
        self._refuses_all = False

    def add(self, engine: Engine) -> None:
        """
        Let *engine* have new connections in a child.
        """
        self._engines.add(engine)

    def open(self, path: str, timeout: float) -> SqliteConnection:
        """
        Return a new connection: see `connect_sqlite`.
        """
        self._notice_fork()
        with self._changed:
            self._await_forks()
            self._refuse_if_inherited(path)
            connection = sqlite3.connect(
                path,
                timeout=timeout,
                # The module would begin deferred transactions of its own.
                isolation_level=None,
                check_same_thread=False,
                factory=SqliteConnection,
            )
            self._connections.add(connection)
            return connection

    def take(self, connection: SqliteConnection) -> None:
        """
        Note that this thread works with *connection*.

        Raises:
            DisconnectionError: it was closed for a fork, or inherited; the pool
                opens another.
        """
        self._notice_fork()
        thread = threading.get_ident()
        with self._changed:
            if connection.holder != thread:
                self._await_forks()
            if connection.is_inherited or not connection.is_open:
                raise DisconnectionError
            connection.holder = thread

    def give_back(self, connection: SqliteConnection | None) -> None:
        """
        Note that no one works with *connection*; None stands for a closed one.
        """
        self._notice_fork()
        with self._changed:
            if connection is not None:
                connection.holder = None
            self._changed.notify_all()

    def before_fork(self) -> None:
        """
        Close what is idle, after waiting for the other threads to end their work.

        Python would only print an exception from here, so what stays open is
        found out by the child.
        """
        thread = threading.get_ident()
        self._changed.acquire()
        self._forking.add(thread)
        self._changed.wait_for(lambda: not self._used_by_others(), FORK_TIMEOUT)
        for connection in list(self._connections):
            if connection.holder is None:
                connection.close()

    def after_fork_in_parent(self) -> None:
        """
        Go on; connections are opened when they are needed.
        """
        self._forking.discard(threading.get_ident())
        self._changed.notify_all()
        self._changed.release()

    def after_fork_in_child(self) -> None:
        """
        Begin anew, and remember which files the parent left open.
        """
        self._id = os.getpid()
        self._changed = threading.Condition()
        self._forking = set()
        # A thread of the parent may have been inside SQLite, whose locks stay shut.
        self._refuses_all |= self._used_by_others()
        try:
            self._inherited |= _open_files()
        except OSError:
            self._refuses_all = True
        for connection in list(self._connections):
            if connection.is_open:
                _keep_for_ever(connection)
        self._connections = weakref.WeakSet()
        for engine in list(self._engines):
            self._inherited_pools.append(engine.pool)
            engine.dispose(close=False)

    def _notice_fork(self) -> None:
        # uWSGI forks in C, without Python's hooks.
        if self._id != os.getpid():
            self.after_fork_in_child()

    def _await_forks(self) -> None:
        self._changed.wait_for(lambda: not self._forking)

    def _used_by_others(self) -> bool:
        mine_or_idle = (threading.get_ident(), None)
        return any(
            connection.is_open and connection.holder not in mine_or_idle
            for connection in list(self._connections)
        )

    def _refuse_if_inherited(self, path: str) -> None:
        if self._refuses_all or _identity_of(path) in self._inherited:
            raise StorageNotReady(FORKED)


def _identity_of(path: str) -> tuple[int, int] | None:
    try:
        found = Path(path).stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


def _open_files() -> set[tuple[int, int]]:
    """
    Return the device and inode of every file that this process has open.
    """
    found = set[tuple[int, int]]()
    for descriptor in _DESCRIPTORS.iterdir():
        # The listing has a descriptor of its own, which is closed by now.
        with suppress(OSError):
            status = os.fstat(int(descriptor.name))
            found.add((status.st_dev, status.st_ino))
    return found


def _keep_for_ever(connection: SqliteConnection) -> None:
    # At its end, Python would close what the parent works with.
    ctypes.pythonapi.Py_IncRef(ctypes.py_object(connection))


_PROCESS: Final = _Process()

os.register_at_fork(
    before=_PROCESS.before_fork,
    after_in_parent=_PROCESS.after_fork_in_parent,
    after_in_child=_PROCESS.after_fork_in_child,
)


def renew_in_child(engine: Engine) -> None:
    """
    Let a forked child open connections of its own with *engine*.
    """
    _PROCESS.add(engine)


def close_before_fork(engine: Engine) -> None:
    """
    Let no connection of *engine*, which `connect_sqlite` opened, live through a fork.
    """
    event.listen(engine, "checkout", _take)
    event.listen(engine, "checkin", _give_back)
    renew_in_child(engine)


def connect_sqlite(path: str, *, timeout: float) -> SqliteConnection:
    """
    Open the SQLite file at *path*; it waits *timeout* seconds for a lock.

    Raises:
        StorageNotReady: a connection to the file was open when this process was
            forked.
        sqlite3.OperationalError: the file cannot be opened.
    """
    return _PROCESS.open(path, timeout)


def _take(connection: SqliteConnection, *_: object) -> None:
    _PROCESS.take(connection)


def _give_back(connection: SqliteConnection | None, _: object) -> None:
    _PROCESS.give_back(connection)
