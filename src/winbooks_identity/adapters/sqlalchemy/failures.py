"""
What does an exception of a database driver mean to the caller?

One table judges the states of servers (PostgreSQL, appendix A), one the result
codes of SQLite, at statements and commits alike.
"""

import sqlite3
from collections.abc import Mapping
from typing import Any, Final, cast, final

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from ...errors import OutcomeUnknown, StorageBusy, StorageNotReady, Unavailable


__all__ = [
    "UPGRADE_COMMAND",
    "Conflict",
    "as_sqlalchemy_says",
    "of_commit",
    "of_statement",
]

#: What brings the tables up to date; messages name it.
UPGRADE_COMMAND: Final = "winbooks-identity database upgrade"


@final
class Conflict(StorageBusy):
    """
    Two transactions were in each other's way; this one may run again.
    """


_Meaning = tuple[type[Unavailable], str]

_UPGRADE: Final = (StorageNotReady, f"run: {UPGRADE_COMMAND}")

#: What a SQLSTATE, or all that begin so, mean; the longest beginning counts.
#: Whatever a server comes back from without us is busy; other states are
#: mistakes, which would only be repeated.
_STATES: Final[Mapping[str, _Meaning]] = {
    "08": (StorageBusy, "the connection failed"),
    "22P05": (StorageNotReady, "the database needs the encoding UTF8"),
    "23503": (Conflict, "the transaction met another one that removed a dossier"),
    "25006": (StorageBusy, "the server is read-only"),
    "25P03": (StorageBusy, "the transaction was idle for too long"),
    "25P04": (StorageBusy, "the transaction took too long"),
    "28": (StorageBusy, "the server does not let the role in"),
    "3F000": _UPGRADE,
    "40": (StorageBusy, "the server rolled back"),
    "40001": (Conflict, "the transaction met another one"),
    "40P01": (Conflict, "the transaction met another one"),
    "42501": (StorageBusy, "the role lacks a right"),
    "42703": _UPGRADE,
    "42P01": _UPGRADE,
    "53": (StorageBusy, "the server is short of memory, space or connections"),
    "55": (StorageBusy, "something else holds a lock"),
    "57": (StorageBusy, "the server starts, stops or cancelled the statement"),
    "58": (StorageBusy, "the server's operating system failed"),
}

#: A server that answers one of these to a COMMIT has rolled back.  After any
#: other, and after none, the work may be stored.
_ROLLED_BACK: Final = (
    "0A",
    "22",
    "23",
    "25",
    "40000",
    "40001",
    "40002",
    "40P01",
    "42",
    "44",
    "53",
    "54",
    "55",
    "57014",
    "P0",
)

#: What the primary result codes of SQLite mean; others are mistakes.
_CODES: Final[Mapping[int, _Meaning]] = {
    sqlite3.SQLITE_BUSY: (StorageBusy, "something else holds a lock"),
    sqlite3.SQLITE_LOCKED: (StorageBusy, "something else holds a lock"),
    sqlite3.SQLITE_PROTOCOL: (StorageBusy, "something else holds a lock"),
    sqlite3.SQLITE_INTERRUPT: (StorageBusy, "the statement was cancelled"),
    sqlite3.SQLITE_FULL: (StorageBusy, "the drive is full"),
    sqlite3.SQLITE_NOMEM: (StorageBusy, "the machine is short of memory"),
    sqlite3.SQLITE_IOERR: (StorageBusy, "the drive failed"),
    sqlite3.SQLITE_CANTOPEN: (StorageBusy, "the file cannot be opened"),
    sqlite3.SQLITE_READONLY: (StorageBusy, "the file is read-only"),
    sqlite3.SQLITE_PERM: (StorageBusy, "the file is read-only"),
    sqlite3.SQLITE_CORRUPT: (StorageNotReady, "the file is damaged"),
    sqlite3.SQLITE_NOTADB: (StorageNotReady, "the file is no SQLite database"),
}

#: Primary result codes of SQLite after which a commit may stand on the disk.
_UNSURE: Final = frozenset({sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CORRUPT})


def as_sqlalchemy_says(
    error: Exception, connection: Connection, statement: str
) -> DBAPIError:
    """
    Return what SQLAlchemy would raise for *error*, of the driver of *connection*.

    Where the connection is lost it is not used again.
    """
    dialect = connection.dialect
    is_lost = dialect.is_disconnect(
        cast("Any", error), connection.connection.driver_connection, None
    )
    if is_lost:
        connection.invalidate()
    said: Any = DBAPIError.instance(
        statement,
        None,
        error,
        dialect.loaded_dbapi.Error,
        hide_parameters=True,
        connection_invalidated=is_lost,
        dialect=dialect,
    )
    said.__cause__ = error
    return cast("DBAPIError", said)


def of_statement(error: SQLAlchemyError) -> Unavailable:
    """
    Return what *error*, raised before the commit, is to the caller.

    Nothing was written.
    """
    raised: object = getattr(error, "orig", None)
    # SQLAlchemy wraps what our own connections raise.
    if isinstance(raised, Unavailable):
        return raised
    kind, text = _meaning(error)
    return kind(text)


def of_commit(error: SQLAlchemyError, *, has_written: bool = True) -> Unavailable:
    """
    Return what *error*, raised by the commit, is to the caller.

    Args:
        error: what SQLAlchemy raised.
        has_written: the unit of work changed something; if it only read, its
            outcome is known.
    """
    if not has_written or _is_rolled_back(error):
        return of_statement(error)
    return OutcomeUnknown("the connection or the drive failed at the commit")


def _meaning(error: SQLAlchemyError) -> _Meaning:
    state, code = _state(error), _code(error)
    if state is not None:
        for length in (5, 2):
            if (found := _STATES.get(state[:length])) is not None:
                return found
        return Unavailable, f"SQLSTATE {state}"
    if code is not None and code in _CODES:
        return _CODES[code]
    if _lacks_tables(error):
        return _UPGRADE
    if code is None and isinstance(
        error, OperationalError | InterfaceError | PoolTimeout
    ):
        return StorageBusy, "the storage cannot be reached"
    return Unavailable, "the statement failed"


def _is_rolled_back(error: SQLAlchemyError) -> bool:
    state, code = _state(error), _code(error)
    if state is not None:
        return state.startswith(_ROLLED_BACK)
    return code is not None and code not in _UNSURE


def _state(error: SQLAlchemyError) -> str | None:
    """
    Return the SQLSTATE that a server gave.
    """
    state: object = getattr(getattr(error, "orig", None), "sqlstate", None)
    return state if isinstance(state, str) else None


def _code(error: SQLAlchemyError) -> int | None:
    """
    Return the primary result code that SQLite gave.
    """
    code: object = getattr(getattr(error, "orig", None), "sqlite_errorcode", None)
    # The lowest byte is the primary code; the rest says more about it.
    return code & 0xFF if isinstance(code, int) else None


def _lacks_tables(error: SQLAlchemyError) -> bool:
    # SQLite has one code for every mistake in a statement.
    return isinstance(error, DBAPIError) and str(error.orig).startswith(
        ("no such table", "no such column", "table winbooks_")
    )
