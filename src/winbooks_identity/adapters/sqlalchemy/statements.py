"""
How is one statement run, and what does its failure mean?
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from itertools import chain, islice
from typing import Any, Final, Never, final

from sqlalchemy import (
    Connection,
    Executable,
    Insert,
    Row,
    SelectBase,
    Table,
    insert,
)
from sqlalchemy.dialects.postgresql.base import PGDialect
from sqlalchemy.exc import SQLAlchemyError

from ...errors import Unavailable
from .compiled import Compiler
from .deadlines import refuse_late
from .engines import Capabilities
from .failures import as_sqlalchemy_says, of_statement


__all__ = ["Statements", "commit", "is_observed"]

#: Below this many rows the two round trips of COPY take longer; our choice.
_MANY: Final = 20


@cache
def _insertion(table: Table) -> Insert:
    return insert(table)


def is_observed(connection: Connection) -> bool:
    """
    Tell whether someone wants to hear of each statement, as tracers do.

    SQLAlchemy runs the statements itself then, and tells them.
    """
    engine = connection.engine
    listeners = engine.dispatch
    return bool(
        listeners.before_cursor_execute
        or listeners.after_cursor_execute
        or listeners.before_execute
        or listeners.after_execute
        or engine.echo
    )


def commit(connection: Connection) -> None:
    """
    Commit what `Statements` did on *connection*.

    Raises:
        SQLAlchemyError: the database did not, or did not say so.
    """
    if connection.in_transaction():
        connection.commit()
        return
    try:
        connection.dialect.do_commit(connection.connection)
    except connection.dialect.loaded_dbapi.Error as error:
        raise as_sqlalchemy_says(error, connection, "COMMIT") from error


class _Ended:
    """
    Stands in the place of a connection that others may have by now.
    """

    def cursor(self) -> Never:
        """
        Refuse.
        """
        raise RuntimeError("the unit of work has ended")


@final
class Statements:
    """
    Runs statements in one transaction and speaks the library's exceptions.

    After a failure the database would silently turn a commit into a rollback, so
    `failure` is kept for the commit.
    """

    def __init__(
        self, connection: Connection, capabilities: Capabilities, compiler: Compiler
    ) -> None:
        self._connection = connection
        self._driver: Any = connection.connection.driver_connection
        self._compiler = compiler
        self._is_observed = is_observed(connection)
        self.capabilities = capabilities
        self.failure: Unavailable | None = None
        #: Whether a statement may have changed something.
        self.has_written: bool = False

    def end(self) -> None:
        """
        Refuse everything from now on, also to code that kept the unit of work.
        """
        self._driver = _Ended()

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
        if self._is_observed:
            try:
                return self._connection.execute(statement, parameters).all()
            except SQLAlchemyError as error:
                raise self._failed(error) from error
        given = parameters or {}
        compiled = self._compiler(statement, given)
        return self._perform(compiled.read, *compiled.bind(given))

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
        if parameters is not None and not isinstance(parameters, Mapping):
            self.run_each(statement, parameters)
            return
        self.has_written = True
        refuse_late()
        if self._is_observed:
            self._observed(statement, parameters)
        else:
            given = parameters or {}
            self._perform(None, *self._compiler(statement, given).bind(given))

    def run_each(
        self, statement: Executable, rows: Iterable[Mapping[str, object]]
    ) -> None:
        """
        Run *statement* once for each of *rows*, which have the same columns.

        They are read once, while the driver runs the statement.
        """
        coming = iter(rows)
        first = list(islice(coming, 2))
        if not first:
            return
        self.has_written = True
        refuse_late()
        if self._is_observed:
            self._observed(statement, [*first, *coming])
            return
        compiled = self._compiler(statement, first[0])
        if len(first) == 1:
            self._perform(None, *compiled.bind(first[0]))
        else:
            bound = compiled.bind_all(chain(first, coming))
            self._perform(None, *bound, many=True)

    def _observed(self, statement: Executable, parameters: Any) -> None:  # noqa: ANN401  As SQLAlchemy takes them.
        try:
            self._connection.execute(statement, parameters)
        except SQLAlchemyError as error:
            raise self._failed(error) from error

    def _perform(
        self,
        read: Callable[[Any], Sequence[Any]] | None,
        sql: str,
        bound: Any,  # noqa: ANN401  As a driver takes it.
        *,
        many: bool = False,
    ) -> Sequence[Any]:
        """
        Let the driver run a statement, and return what it gives to *read*.
        """
        try:
            cursor = self._driver.cursor()
            (cursor.executemany if many else cursor.execute)(sql, bound)
            found = () if read is None else read(cursor)
            cursor.close()
        except self._connection.dialect.loaded_dbapi.Error as error:
            said = as_sqlalchemy_says(error, self._connection, sql)
            raise self._failed(said) from said
        except Unavailable as failure:
            self.failure = self.failure or failure
            raise
        except BaseException:
            # It may have been in the middle of an exchange with a server.
            self._connection.invalidate()
            raise
        return found

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
            self.run_each(_insertion(table), chain(first, coming))

    def _copy(
        self,
        table: Table,
        first: Sequence[Mapping[str, object]],
        coming: Iterable[Mapping[str, object]],
    ) -> None:
        self.has_written = True
        refuse_late()
        statement = f"COPY {table.fullname} ({', '.join(first[0])}) FROM STDIN"
        try:
            with self._driver.cursor() as cursor, cursor.copy(statement) as copy:
                for row in chain(first, coming):
                    copy.write_row(tuple(row.values()))
        except self._connection.dialect.loaded_dbapi.Error as error:
            said = as_sqlalchemy_says(error, self._connection, statement)
            raise self._failed(said) from said

    def _failed(self, error: SQLAlchemyError) -> Unavailable:
        failure = of_statement(error)
        # What follows the first failure is only its echo.
        self.failure = self.failure or failure
        return failure
