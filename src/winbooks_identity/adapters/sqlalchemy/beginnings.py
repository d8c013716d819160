"""
How does a unit of work begin, and how one that only reads?

On a SQLite file the one connection that writes is locked for the time of a
transaction; readers have connections of their own, and each of them sees the state
at its first statement (SQLite, "Write-Ahead Logging", 2.2).  A server does that on
any connection.
"""

import os
from collections.abc import Callable
from typing import Any, Final, TypeAlias, final

import attrs
from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DBAPIError

from .failures import as_sqlalchemy_says


__all__ = ["READERS", "Begin", "Beginnings", "begin_with", "beginnings_of"]

#: How many units of work read a SQLite file at one time in a process; our choice:
#: more than processors can use, and few open files.
READERS: Final = 8

#: The execution option under which an engine has what begins its units of work.
_OPTION: Final = "winbooks_identity_beginnings"

#: Begins a transaction on a connection of a driver, unless one has begun.
Begin: TypeAlias = Callable[[Any], None]


@final
@attrs.frozen
class _Beginning:
    """
    Begins units of work by the driver alone, on the connections of *engine*.
    """

    engine: Engine
    begin: Begin

    def __call__(self) -> Connection:
        """
        Return a connection that a unit of work has for itself.

        A server may have closed one that was idle: that costs nothing but another
        try, on a new one.

        Raises:
            SQLAlchemyError: the database cannot be reached, or does not begin.
        """
        try:
            return self._begun()
        except DBAPIError as error:
            if not error.connection_invalidated:
                raise
        # The others are as old.
        self.engine.dispose()
        return self._begun()

    def _begun(self) -> Connection:
        connection = self.engine.connect()
        try:
            _begin(connection, self.begin)
        except BaseException:
            connection.close()
            raise
        return connection


def _begin(connection: Connection, begin: Begin) -> None:
    try:
        begin(connection.connection.driver_connection)
    except connection.dialect.loaded_dbapi.Error as error:
        raise as_sqlalchemy_says(error, connection, "BEGIN") from error


@final
@attrs.frozen
class Beginnings:
    """
    What returns a connection for a unit of work, and for one that only reads.
    """

    writing: Callable[[], Connection]
    reading: Callable[[], Connection]


def begin_with(
    engine: Engine,
    writing: Begin,
    *,
    reading: Begin,
    otherwise: Begin,
    readers: Engine | None = None,
) -> None:
    """
    Let units of work on *engine* begin with *writing* or *reading*.

    Args:
        engine: where they are.
        writing: begins those that may write.
        reading: begins those that only read.
        otherwise: begins what is no unit of work, such as a migration.
        readers: what has the connections of those that only read; it is closed with
            *engine*, which has them by default.
    """
    beginnings = Beginnings(
        _Beginning(engine, writing), _Beginning(readers or engine, reading)
    )
    engine.update_execution_options(**{_OPTION: beginnings})
    event.listen(engine, "begin", _Otherwise(otherwise))
    if readers is not None:
        event.listen(engine, "engine_disposed", _Closing(readers))


def beginnings_of(engine: Engine) -> Beginnings:
    """
    Return how units of work on *engine* begin.
    """
    known = engine.get_execution_options().get(_OPTION)
    if isinstance(known, Beginnings):
        return known

    def writing() -> Connection:
        connection = engine.connect()
        connection.begin()
        return connection

    def reading() -> Connection:
        connection = engine.connect().execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        )
        connection.begin()
        return connection

    return Beginnings(writing, reading)


@final
@attrs.frozen(eq=False)
class _Otherwise:
    begin: Begin

    def __call__(self, connection: Connection) -> None:
        """
        Begin what SQLAlchemy begins on *connection*.
        """
        _begin(connection, self.begin)


@final
class _Closing:
    def __init__(self, readers: Engine) -> None:
        self._readers = readers
        self._process = os.getpid()

    def __call__(self, _engine: Engine) -> None:
        """
        Close the connections, unless they are those of a parent.
        """
        process, self._process = self._process, os.getpid()
        self._readers.dispose(close=process == self._process)
