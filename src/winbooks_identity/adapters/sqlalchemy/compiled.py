"""
How does a statement reach the driver without being worded again?

SQLAlchemy words a statement for a dialect once.  After that only values are bound,
and read by the processors of its types: its own way to run a statement takes several
times as long as SQLite takes to answer it.
"""

from collections import namedtuple
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, Final, TypeAlias, cast, final
from weakref import WeakKeyDictionary

import attrs
from sqlalchemy import Dialect, Executable, SelectBase
from sqlalchemy.sql.dml import UpdateBase
from sqlalchemy.types import TypeEngine


__all__ = ["Compiled", "Compiler"]

_class_of: Final[Any] = namedtuple  # noqa: PYI024  The fields are those of a query.

Bound: TypeAlias = tuple[object, ...] | Mapping[str, object]


@final
@attrs.frozen
class _Wording:
    """
    The text of a statement, and the parameters in it with what prepares each.
    """

    sql: str
    names: Sequence[str]
    processors: Sequence[tuple[int, Callable[[Any], Any]]]
    is_positional: bool
    constants: Mapping[str, object]

    def bind(self, given: Mapping[str, object]) -> Bound:
        """
        Return what the driver takes in the place of *given*.
        """
        values = {**self.constants, **given} if self.constants else given
        bound = [values[name] for name in self.names]
        # Few need to be prepared.
        for place, process in self.processors:
            bound[place] = process(bound[place])
        if self.is_positional:
            return tuple(bound)
        return dict(zip(self.names, bound, strict=True))


@final
class Compiled:
    """
    A statement in the language of one driver.

    Args:
        statement: what is to be run.
        dialect: the language.
        names: of the parameters that it will get; columns of an insertion or an
            update follow from them.
    """

    def __init__(
        self, statement: Executable, dialect: Dialect, names: Collection[str]
    ) -> None:
        # SQLAlchemy says of few of its statements that they can be compiled.
        self._compiled: Any = cast("Any", statement).compile(
            dialect=dialect, column_keys=sorted(names)
        )
        self._dialect = dialect
        self._processors = {
            name: process
            for bind, name in self._compiled.bind_names.items()
            if (process := self._impl(bind.type).bind_processor(dialect)) is not None
        }
        binds = self._compiled.binds.values()
        self._wording: _Wording | None = None
        if not any(bind.expanding and bind.required for bind in binds):
            self._wording = self._worded(
                {bind.key: None for bind in binds if bind.required}
            )
        self._make, self._readers = self._row(statement)

    def bind(self, given: Mapping[str, object]) -> tuple[str, Bound]:
        """
        Return the text, and what the driver takes in the place of *given*.
        """
        # A list of values has as many places as it has values.
        wording = self._wording or self._worded(given)
        return wording.sql, wording.bind(given)

    def bind_all(
        self, rows: Iterable[Mapping[str, object]]
    ) -> tuple[str, Iterable[Bound]]:
        """
        Return the text, and what the driver takes for each of *rows*.
        """
        wording = self._wording
        if wording is None:
            raise TypeError("a statement with a list of values is run once at a time")
        return wording.sql, map(wording.bind, rows)

    def read(self, cursor: Any) -> Sequence[Any]:  # noqa: ANN401  Of any driver.
        """
        Return the rows that *cursor* has, with their columns as attributes.
        """
        found = cursor.fetchall()
        if not found:
            return []
        make = self._make
        if make is None:
            # It is text, whose columns the database names.
            make = self._make = _row_of([column[0] for column in cursor.description])
        if not self._readers:
            return [make(row) for row in found]
        rows: list[Any] = []
        for row in found:
            values = list(row)
            for place, process in self._readers:
                values[place] = process(values[place])
            rows.append(make(values))
        return rows

    def _worded(self, given: Mapping[str, object]) -> _Wording:
        state = self._compiled.construct_expanded_state(given)
        names = state.positiontup or list(state.parameters)
        processors = {**self._processors, **state.processors}
        wanted = {bind.key for bind in self._compiled.binds.values() if bind.required}
        return _Wording(
            sql=state.statement,
            names=names,
            processors=[
                (place, cast("Callable[[Any], Any]", processors[name]))
                for place, name in enumerate(names)
                if processors.get(name) is not None
            ],
            is_positional=state.positiontup is not None,
            constants={
                name: value
                for name, value in state.parameters.items()
                if name not in wanted
            },
        )

    def _row(
        self, statement: Executable
    ) -> tuple[
        Callable[[Iterable[Any]], Any] | None,
        Sequence[tuple[int, Callable[[Any], Any]]],
    ]:
        """
        Return what makes a row, and what reads which of its columns.
        """
        columns: list[tuple[str, TypeEngine[Any]]] = []
        if isinstance(statement, SelectBase):
            columns = [
                (column.name, column.type) for column in statement.selected_columns
            ]
        elif isinstance(statement, UpdateBase):
            columns = [
                (each["name"], each["type"])
                for each in statement.returning_column_descriptions
            ]
        if not columns:
            return None, ()
        readers = [
            (place, process)
            for place, (_, type_) in enumerate(columns)
            if (process := self._impl(type_).result_processor(self._dialect, None))
            is not None
        ]
        names = [name for name, _ in columns]
        return _row_of(names), readers

    def _impl(self, type_: TypeEngine[Any]) -> TypeEngine[Any]:
        return type_.dialect_impl(self._dialect)


def _row_of(names: Sequence[str]) -> Callable[[Iterable[Any]], Any]:
    make: Callable[[Iterable[Any]], Any] = _class_of("Row", names)._make
    return make


@final
class Compiler:
    """
    Words each statement once for *dialect*.
    """

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._known: WeakKeyDictionary[Executable, dict[tuple[str, ...], Compiled]] = (
            WeakKeyDictionary()
        )

    def __call__(self, statement: Executable, given: Mapping[str, object]) -> Compiled:
        """
        Return *statement*, for parameters such as *given*.
        """
        known = self._known.setdefault(statement, {})
        names = tuple(given)
        found = known.get(names)
        if found is None:
            found = known[names] = Compiled(statement, self._dialect, names)
        return found
