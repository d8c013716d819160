"""
What does an exception of a database driver mean to the caller?
"""

import sqlite3
from typing import Final, final

from sqlalchemy.exc import (
    DBAPIError,
    InterfaceError,
    OperationalError,
    SQLAlchemyError,
)
from sqlalchemy.exc import (
    TimeoutError as PoolTimeout,
)

from ...errors import OutcomeUnknown, StorageBusy, StorageNotReady, Unavailable


__all__ = ["UPGRADE_COMMAND", "Conflict", "of_commit", "of_statement"]

#: What brings the tables up to date; messages name it.
UPGRADE_COMMAND: Final = "winbooks-identity database upgrade"

#: Serialisation failure and deadlock (PostgreSQL, appendix A): run it again.
_CONFLICTS: Final = frozenset({"40001", "40P01"})

#: Undefined table, column and schema (PostgreSQL, appendix A).
_UNDEFINED: Final = frozenset({"42P01", "42703", "3F000"})

#: A server that answers one of these classes or codes to a COMMIT has not
#: lost its connection: conflicts, integrity, resources, limits.
_ROLLED_BACK: Final = (
    "22",
    "23",
    "25",
    "40000",
    "40002",
    "44",
    "53",
    "54",
    "55",
    "57014",
)

#: Primary result codes of SQLite after which a commit may stand on the disk.
_UNSURE: Final = frozenset({sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CORRUPT})


@final
class Conflict(StorageBusy):
    """
    Two transactions were in each other's way; this one may run again.
    """


def of_statement(error: SQLAlchemyError) -> Unavailable:
    """
    Return what *error*, raised before the commit, is to the caller.

    Nothing was written.
    """
    # SQLAlchemy wraps what our own connections raise.
    raised: object = getattr(error, "orig", None)
    if isinstance(raised, Unavailable):
        return raised
    if _state(error) in _CONFLICTS:
        return Conflict()
    if _is_undefined(error):
        return StorageNotReady(f"run: {UPGRADE_COMMAND}")
    if isinstance(error, OperationalError | InterfaceError | PoolTimeout):
        return StorageBusy()
    return Unavailable()


def of_commit(error: SQLAlchemyError) -> Unavailable:
    """
    Return what *error*, raised by the commit, is to the caller.
    """
    state = _state(error)
    if state in _CONFLICTS:
        return Conflict()
    if state is not None:
        return StorageBusy() if state.startswith(_ROLLED_BACK) else OutcomeUnknown()
    code = getattr(getattr(error, "orig", None), "sqlite_errorcode", None)
    # The lowest octet is the primary code; the rest says more about it.
    if code is not None and code & 0xFF not in _UNSURE:
        return StorageBusy()
    return OutcomeUnknown()


def _state(error: SQLAlchemyError) -> str | None:
    """
    Return the SQLSTATE that a server gave.
    """
    state: object = getattr(getattr(error, "orig", None), "sqlstate", None)
    return state if isinstance(state, str) else None


def _is_undefined(error: SQLAlchemyError) -> bool:
    if _state(error) in _UNDEFINED:
        return True
    # SQLite has one code for every mistake in a statement.
    return isinstance(error, DBAPIError) and str(error.orig).startswith(
        ("no such table", "no such column", "table winbooks_")
    )
