"""
How is one statement run, and what does its failure mean?
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, islice
from typing import Any, Final, final

from sqlalchemy import (
    Connection,
    Executable,
    Row,
    SelectBase,
    Table,
    TextClause,
    bindparam,
    insert,
    text,
)
from sqlalchemy.dialects.postgresql.base import PGDialect
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from ...errors import Unavailable
from .deadlines import refuse_late
from .engines import Capabilities
from .failures import of_statement


__all__ = ["Statements", "insert_if_absent", "insert_or_replace", "insert_silently"]

#: Below this many rows the two round trips of COPY take longer; our choice.
_MANY: Final = 20


def insert_if_absent(table: Table) -> TextClause:
    """
    Return an insertion that gives a row only if it was the first with its key.

    The count of rows would not tell: drivers disagree on it here.
    """
    (*_, last) = table.primary_key
    return _insert(table, f"DO NOTHING RETURNING {last.name}")


def insert_silently(table: Table) -> TextClause:
    """
    Return an insertion that does nothing for a key that is there; for many rows.
    """
    return _insert(table, "DO NOTHING")


def insert_or_replace(table: Table) -> TextClause:
    """
    Return an insertion that takes the place of the row with its key.
    """
    changes = ", ".join(
        f"{column.name} = excluded.{column.name}"
        for column in table.columns
        if not column.primary_key
    )
    return _insert(table, f"DO UPDATE SET {changes}")


def _insert(table: Table, on_conflict: str) -> TextClause:
    # Text, because SQLAlchemy 2.0 compiles its own form at each execution.
    names = [column.name for column in table.columns]
    key = ", ".join(column.name for column in table.primary_key)
    statement = text(
        f"INSERT INTO {table.fullname} ({', '.join(names)})"  # noqa: S608  Our names.
        f" VALUES ({', '.join(f':{name}' for name in names)})"
        f" ON CONFLICT ({key}) {on_conflict}"
    )
    return statement.bindparams(
        *(bindparam(column.name, type_=column.type) for column in table.columns)
    )


@final
class Statements:
    """
    Runs statements in one transaction and speaks the library's exceptions.

    After a failure the database would silently turn a commit into a rollback, so
    `failure` is kept for the commit.
    """

    def __init__(self, connection: Connection, capabilities: Capabilities) -> None:
        self._connection = connection
        self.capabilities = capabilities
        self.failure: Unavailable | None = None
        #: Whether a statement may have changed something.
        self.has_written: bool = False

    @property
    def takes_records(self) -> bool:
        """
        Tell whether one parameter can stand for many rows: see `records`.
        """
        return self.capabilities.writes_in_bulk and isinstance(
            self._connection.dialect, PGDialect
        )

    def rows(
        self,
        statement: Executable,
        parameters: Mapping[str, object] | None = None,
    ) -> Sequence[Row[Any]]:
        """
        Return every row that *statement* gives.
        """
        self.has_written |= not isinstance(statement, SelectBase)
        refuse_late()
        try:
            return self._connection.execute(statement, parameters).all()
        except SQLAlchemyError as error:
            raise self._failed(error) from error

    def row(
        self,
        statement: Executable,
        parameters: Mapping[str, object] | None = None,
    ) -> Row[Any] | None:
        """
        Return the first row that *statement* gives.
        """
        return next(iter(self.rows(statement, parameters)), None)

    def run(
        self,
        statement: Executable,
        parameters: Mapping[str, object] | Sequence[Mapping[str, object]] | None = None,
    ) -> None:
        """
        Run *statement*, once for each of several *parameters*.
        """
        if parameters is not None and not parameters:
            return
        self.has_written = True
        refuse_late()
        try:
            self._connection.execute(statement, parameters)
        except SQLAlchemyError as error:
            raise self._failed(error) from error

    def insert(self, table: Table, rows: Iterable[Mapping[str, object]]) -> None:
        """
        Insert *rows*, which have the same columns and whose keys are not there.

        They are read once: a server stores the first while the last are made.
        """
        has_copy = self.takes_records and self._connection.dialect.driver == "psycopg"
        coming = iter(rows)
        first = list(islice(coming, _MANY))
        if has_copy and len(first) == _MANY:
            self._copy(table, first, coming)
        else:
            self.run(insert(table), [*first, *coming])

    def _copy(
        self,
        table: Table,
        first: Sequence[Mapping[str, object]],
        coming: Iterable[Mapping[str, object]],
    ) -> None:
        self.has_written = True
        refuse_late()
        statement = f"COPY {table.fullname} ({', '.join(first[0])}) FROM STDIN"
        # SQLAlchemy knows no COPY, so its exception is made here.
        driver: Any = self._connection.connection.driver_connection
        failure = self._connection.dialect.loaded_dbapi.Error
        try:
            with driver.cursor() as cursor, cursor.copy(statement) as copy:
                for row in chain(first, coming):
                    copy.write_row(tuple(row.values()))
        except failure as error:
            wrapped = DBAPIError.instance(statement, None, error, failure)
            raise self._failed(wrapped) from error

    def _failed(self, error: SQLAlchemyError) -> Unavailable:
        failure = of_statement(error)
        # What follows the first failure is only its echo.
        self.failure = self.failure or failure
        return failure
