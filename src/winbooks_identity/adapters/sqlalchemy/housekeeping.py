"""
How does what is old enough go, in a few rows at a time?
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final, final

import attrs
from sqlalchemy import (
    ColumnElement,
    Executable,
    FromClause,
    Select,
    Table,
    bindparam,
    delete,
    exists,
    func,
    select,
    tuple_,
)

from ...retention import Kept
from .schema import EVENT, FAILED_ATTEMPT, OUTBOX, REQUEST, USER
from .statements import Statements


__all__ = ["Housekeeping"]

_BEFORE: Final = bindparam("before", type_=EVENT.c.at.type)


def _attempt(table: FromClause) -> ColumnElement[bool]:
    return table.c.at < _BEFORE


def _mail(table: FromClause) -> ColumnElement[bool]:
    return (table.c.state != "waiting") & (table.c.done_at < _BEFORE)


def _request(table: FromClause) -> ColumnElement[bool]:
    first = EVENT.alias("first_event")
    return exists().where(
        first.c.user_id == table.c.user_id, first.c.version == 1, first.c.at < _BEFORE
    )


def _event(table: FromClause) -> ColumnElement[bool]:
    later, owner = EVENT.alias("later_event"), USER.alias("owner")
    is_followed = exists().where(
        later.c.user_id == table.c.user_id, later.c.version > table.c.version
    )
    is_there = exists().where(owner.c.user_id == table.c.user_id)
    return (table.c.at < _BEFORE) & (is_followed | ~is_there)


def _counting(
    table: Table, condition: Callable[[FromClause], ColumnElement[bool]]
) -> Select[Any]:
    old = table.alias("old")
    return select(func.count().label("rows")).select_from(old).where(condition(old))


def _forgetting(
    table: Table, condition: Callable[[FromClause], ColumnElement[bool]]
) -> Executable:
    old = table.alias("old")
    keys = [column.name for column in table.primary_key]
    some = select(*(old.c[key] for key in keys)).where(condition(old))
    key = tuple_(*(table.c[each] for each in keys))
    return (
        delete(table)
        # The condition once more: a row may have changed since it was chosen.
        .where(key.in_(some.limit(bindparam("limit"))), condition(table))
        .returning(table.c[keys[-1]])
    )


_OLD: Final[
    Mapping[Kept, tuple[Table, Callable[[FromClause], ColumnElement[bool]]]]
] = {
    Kept.FAILED_ATTEMPTS: (FAILED_ATTEMPT, _attempt),
    Kept.MAILS: (OUTBOX, _mail),
    Kept.REQUESTS: (REQUEST, _request),
    Kept.HISTORY: (EVENT, _event),
}
_COUNT: Final = {kept: _counting(*old) for kept, old in _OLD.items()}
_FORGET: Final = {kept: _forgetting(*old) for kept, old in _OLD.items()}


@final
@attrs.frozen
class Housekeeping:
    """
    What has been kept for long enough, inside a transaction.
    """

    _statements: Statements

    def count(self, kept: Kept, before: datetime) -> int:
        """
        Return how many are older than *before*.
        """
        (found,) = self._statements.rows(_COUNT[kept], {"before": before})
        number: int = found.rows
        return number

    def forget(self, kept: Kept, before: datetime, *, limit: int) -> int:
        """
        Remove up to *limit* that are older than *before*; return how many.
        """
        asked = {"before": before, "limit": limit}
        return len(self._statements.rows(_FORGET[kept], asked))
