"""
How does a relay learn that its database was restored from a dump, or copied?

The numbers that PostgreSQL gave to the server, the database and the table of the mails
stand in a row of ours: a dump takes the row with it, and not the numbers.
"""

from collections.abc import Sequence
from typing import Any, Final

import attrs
from sqlalchemy import (
    Boolean,
    Column,
    Row,
    Text,
    bindparam,
    delete,
    select,
    text,
    update,
)

from ...mail.home import Home
from ..postgresql_numbers import SYSTEM, numbers_of
from .schema import HOME, LINK_REQUEST, OUTBOX
from .statements import Statements
from .writes import insert_if_absent


__all__ = ["DROP_LINK_REQUESTS", "here", "moves_in"]

_NUMBERS: Final[Sequence[Column[Any]]] = (
    HOME.c.system_identifier,
    HOME.c.database_oid,
    HOME.c.table_oid,
)

_KNOWN: Final = select(*_NUMBERS)
_HERE: Final = text(numbers_of(OUTBOX.fullname)).columns(
    database_oid=Text, table_oid=Text, tells_system=Boolean
)
_SYSTEM: Final = text(SYSTEM).columns(number=Text)
_NOTE_FIRST: Final = insert_if_absent(HOME)
#: Of several relays that see a copy at one time, one finds the row as it was.
_NOTE: Final = (
    update(HOME)
    .where(
        *(
            number.is_not_distinct_from(bindparam(f"seen_{number.name}"))
            for number in _NUMBERS
        )
    )
    .returning(HOME.c.home)
)

#: Those who asked have had their answer since, or can ask again.
DROP_LINK_REQUESTS: Final = delete(LINK_REQUEST)


def moves_in(statements: Statements) -> bool:
    """
    Note where the mails are, and tell whether that is another place than before.

    Of several transactions at the same time, only one gets `True`.
    """
    found = here(statements)
    known = statements.row(_KNOWN)
    if known is None:
        statements.row(_NOTE_FIRST, {"home": 1, **attrs.asdict(found)})
        return False
    before = _home(known)
    after = before.updated(found)
    if after == before:
        return False
    seen = {f"seen_{name}": value for name, value in attrs.asdict(before).items()}
    has_noted = statements.row(_NOTE, seen | attrs.asdict(after)) is not None
    return has_noted and before.is_another(found)


def here(statements: Statements) -> Home:
    """
    Return where the mails are now, as far as the server tells.
    """
    (found,) = statements.rows(_HERE)
    system = None
    if found.tells_system:
        (told,) = statements.rows(_SYSTEM)
        system = told.number
    return Home(
        system_identifier=system,
        database_oid=found.database_oid,
        table_oid=found.table_oid,
    )


def _home(row: Row[Any]) -> Home:
    return Home(
        system_identifier=row.system_identifier,
        database_oid=row.database_oid,
        table_oid=row.table_oid,
    )
