"""
Every exception of a driver has a meaning for the caller.
"""

import sqlite3

import psycopg
import pytest
from psycopg import errors
from sqlalchemy import exc

from winbooks_identity.adapters.sqlalchemy.failures import (
    Conflict,
    of_commit,
    of_statement,
)
from winbooks_identity.errors import (
    OutcomeUnknown,
    StorageBusy,
    StorageNotReady,
    Unavailable,
)


#: Every exception class of psycopg that stands for a code of a server.
POSTGRESQL_CODES = sorted(errors._sqlcodes)

SQLITE_CODES = {
    name: code
    for name, code in vars(sqlite3).items()
    if name.startswith(("SQLITE_IOERR", "SQLITE_FULL", "SQLITE_BUSY", "SQLITE_CORRUPT"))
}


def wrapped(error: Exception) -> exc.SQLAlchemyError:
    """
    Return *error* as SQLAlchemy hands it on.
    """
    wrapped = exc.DBAPIError.instance(
        "SELECT",
        {},
        error,
        psycopg.Error if isinstance(error, psycopg.Error) else sqlite3.Error,
    )
    assert isinstance(wrapped, exc.SQLAlchemyError)
    return wrapped


def postgresql(code: str) -> exc.SQLAlchemyError:
    """
    Return the exception for the SQLSTATE *code*.
    """
    return wrapped(errors.lookup(code)("no"))


def sqlite(kind: type[sqlite3.Error], text: str, code: int) -> exc.SQLAlchemyError:
    """
    Return an exception of the sqlite3 module.
    """
    error = kind(text)
    error.sqlite_errorcode = code
    return wrapped(error)


class TestStatement:
    """
    What fails before the commit wrote nothing.
    """

    @pytest.mark.parametrize("code", ["40001", "40P01"])
    def test_a_conflict_is_run_again(self, code: str) -> None:
        """
        A serialisation failure and a deadlock are conflicts.
        """
        assert Conflict is type(of_statement(postgresql(code)))

    @pytest.mark.parametrize(
        "code",
        [
            "08006",
            "25006",
            "25P03",
            "28000",
            "40003",
            "42501",
            "53100",
            "53300",
            "55P03",
            "57014",
            "57P01",
            "57P03",
            "58030",
        ],
    )
    def test_a_server_that_cannot_now_is_busy(self, code: str) -> None:
        """
        It comes back: from a failover, a start, a full disk, a right that was taken.
        """
        assert StorageBusy is type(of_statement(postgresql(code)))

    @pytest.mark.parametrize("kind", [psycopg.OperationalError, psycopg.InterfaceError])
    def test_a_line_that_breaks_is_busy(self, kind: type[psycopg.Error]) -> None:
        """
        A lost connection has no code; the next use of it says that it is closed.
        """
        lost = wrapped(kind("the connection is closed"))

        assert StorageBusy is type(of_statement(lost))

    def test_a_pool_without_a_connection_is_busy(self) -> None:
        """
        Waiting for a connection can end, too.
        """
        assert StorageBusy is type(of_statement(exc.TimeoutError()))

    @pytest.mark.parametrize("code", ["42P01", "42703", "3F000"])
    def test_missing_tables_are_named(self, code: str) -> None:
        """
        The text says what to run where there are no tables.
        """
        failure = of_statement(postgresql(code))

        assert StorageNotReady is type(failure)
        assert "upgrade" in str(failure)

    @pytest.mark.parametrize(
        "text",
        [
            "no such table: winbooks_user",
            "no such column: phone",
            "table winbooks_user has no column named phone",
        ],
    )
    def test_missing_tables_are_named_in_sqlite(self, text: str) -> None:
        """
        So they are where one code stands for every mistake.
        """
        missing = sqlite(sqlite3.OperationalError, text, sqlite3.SQLITE_ERROR)

        assert StorageNotReady is type(of_statement(missing))

    @pytest.mark.parametrize("code", ["23505", "23514", "42601", "22001", "XX000"])
    def test_a_mistake_is_not_busy(self, code: str) -> None:
        """
        What would fail again is not called busy.
        """
        failure = of_statement(postgresql(code))

        assert Unavailable is type(failure)
        assert code in str(failure)

    def test_an_encoding_that_is_too_small(self) -> None:
        """
        The database has to be another one; the text says which.
        """
        failure = of_statement(postgresql("22P05"))

        assert StorageNotReady is type(failure)
        assert "UTF8" in str(failure)

    @pytest.mark.parametrize(
        "name, kind",
        [
            ("SQLITE_BUSY_SNAPSHOT", StorageBusy),
            ("SQLITE_LOCKED", StorageBusy),
            ("SQLITE_PROTOCOL", StorageBusy),
            ("SQLITE_INTERRUPT", StorageBusy),
            ("SQLITE_FULL", StorageBusy),
            ("SQLITE_NOMEM", StorageBusy),
            ("SQLITE_IOERR_READ", StorageBusy),
            ("SQLITE_CANTOPEN", StorageBusy),
            ("SQLITE_READONLY", StorageBusy),
            ("SQLITE_PERM", StorageBusy),
            ("SQLITE_CORRUPT", StorageNotReady),
            ("SQLITE_NOTADB", StorageNotReady),
            ("SQLITE_CONSTRAINT_UNIQUE", Unavailable),
            ("SQLITE_ERROR", Unavailable),
        ],
    )
    def test_every_code_of_sqlite(self, name: str, kind: type[Unavailable]) -> None:
        """
        What can pass is busy, what a person has to mend is not ready.
        """
        code = getattr(sqlite3, name)
        failure = of_statement(sqlite(sqlite3.OperationalError, "no", code))

        assert kind is type(failure)
        assert str(failure)

    @pytest.mark.parametrize("code", POSTGRESQL_CODES)
    def test_every_code_has_a_meaning(self, code: str) -> None:
        """
        No code of a server leaves the adapter as an exception of the driver.
        """
        assert isinstance(of_statement(postgresql(code)), Unavailable)
        assert isinstance(of_commit(postgresql(code)), Unavailable)

    def test_what_our_connections_raise_stays(self) -> None:
        """
        SQLAlchemy wraps that too, where it runs a statement itself.
        """
        refused = StorageNotReady("the process was forked")

        assert refused is of_statement(wrapped(refused))


class TestCommit:
    """
    After a commit that failed, only an answer tells what was written.
    """

    @pytest.mark.parametrize("code", ["40001", "40P01"])
    def test_a_conflict_is_run_again(self, code: str) -> None:
        """
        The server said that it undid the work.
        """
        assert Conflict is type(of_commit(postgresql(code)))

    @pytest.mark.parametrize(
        "code",
        [
            "0A000",
            "22008",
            "23503",
            "23505",
            "25006",
            "40000",
            "40002",
            "42501",
            "44000",
            "53100",
            "54001",
            "55P03",
            "57014",
            "P0001",
        ],
    )
    def test_a_refusal_wrote_nothing(self, code: str) -> None:
        """
        Whatever else the server refused means what it means for a statement.
        """
        assert type(of_statement(postgresql(code))) is type(of_commit(postgresql(code)))

    @pytest.mark.parametrize("code", ["57P01", "57P02", "08006", "08007", "40003"])
    def test_a_server_that_went_away_leaves_it_open(self, code: str) -> None:
        """
        A server can stop between its commit and its answer.
        """
        assert OutcomeUnknown is type(of_commit(postgresql(code)))

    def test_a_line_that_breaks_leaves_it_open(self) -> None:
        """
        The answer to the commit was lost.
        """
        lost = wrapped(psycopg.OperationalError("server closed the connection"))

        assert OutcomeUnknown is type(of_commit(lost))

    @pytest.mark.parametrize("code", ["57P01", "08006"])
    def test_a_unit_that_only_read_is_known(self, code: str) -> None:
        """
        Nothing can have been stored, so the storage is busy.
        """
        failure = of_commit(postgresql(code), has_written=False)

        assert StorageBusy is type(failure)

    @pytest.mark.parametrize("name", ["SQLITE_BUSY", "SQLITE_FULL"])
    def test_sqlite_undid_it(self, name: str) -> None:
        """
        A file that is locked or full has nothing of it.
        """
        failure = sqlite(sqlite3.OperationalError, "no", SQLITE_CODES[name])

        assert StorageBusy is type(of_commit(failure))

    @pytest.mark.parametrize("name", ["SQLITE_IOERR", "SQLITE_IOERR_FSYNC"])
    def test_a_broken_disk_leaves_it_open(self, name: str) -> None:
        """
        What a disk did before it failed is not known.
        """
        failure = sqlite(sqlite3.OperationalError, "no", SQLITE_CODES[name])

        assert OutcomeUnknown is type(of_commit(failure))
