"""
Which columns of users are written when they are saved?

Those that differ from the row that is stored, and locked: an index whose columns stay
as they are is left alone, and few values go to a server.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import compress
from operator import ne
from typing import Any, Final

from sqlalchemy import Row, TextClause

from .records import update_records
from .schema import USER
from .writes import update_row


__all__ = ["alike", "of_records", "of_rows", "only"]

#: Statements for one batch: beyond that, one with all columns costs less.  Our choice.
_MOST: Final = 8

#: The key that spreads users over machines is never set again.
_COLUMNS: Final = tuple(column.name for column in USER.columns)
_KEY, *_OTHERS = _COLUMNS

Changed = Mapping[str, object]


def alike(
    stored: Iterable[Row[Any]], rows: Iterable[Changed]
) -> Iterator[tuple[tuple[str, ...], Sequence[Changed]]]:
    """
    Yield *rows* of users in which the same columns changed together, and which did.

    Args:
        stored: the row of each as it is stored.
        rows: the row of each as it is to be, in the same order.
    """
    groups: dict[tuple[str, ...], list[Changed]] = {}
    for before, row in zip(stored, rows, strict=True):
        # Both begin with the columns of the table, in its order.
        names = tuple(compress(_COLUMNS, map(ne, before, row.values())))
        groups.setdefault(names, []).append(row)
    if len(groups) <= _MOST:
        yield from groups.items()
    else:
        yield tuple(_OTHERS), [row for each in groups.values() for row in each]


def only(names: Collection[str], rows: Iterable[Changed]) -> Iterator[Changed]:
    """
    Yield the key and the columns called *names* of each of *rows*.
    """
    for row in rows:
        yield {name: row[name] for name in (_KEY, *names)}


@lru_cache(maxsize=256)  # A statement is worded once as long as it is the same object.
def of_rows(names: tuple[str, ...]) -> TextClause:
    """
    Return the update of the columns called *names* in one row.
    """
    return update_row(USER, names)


@lru_cache(maxsize=256)
def of_records(names: tuple[str, ...]) -> TextClause:
    """
    Return the update of those columns in the rows of a parameter.
    """
    return update_records(USER, names)
