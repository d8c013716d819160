"""
How does a relay learn that the project's database was restored from a dump, or copied?
"""

import attrs
from django.db import connections

from ...mail.home import Home
from . import models
from .transactions import Transaction


__all__ = ["moves_in"]

_HERE = (
    "SELECT CAST(oid AS text), CAST(CAST(CAST(%s AS regclass) AS oid) AS text),"
    # NULL where a relative of PostgreSQL has no such function.
    " has_function_privilege(to_regprocedure('pg_control_system()'), 'EXECUTE')"
    " FROM pg_database WHERE datname = current_database()"
)
#: Apart from the other: a server refuses a statement that may not call this, even
#: where it would not come to it.
_SYSTEM = "SELECT CAST(system_identifier AS text) FROM pg_control_system()"


def moves_in(unit: Transaction, *, using: str) -> bool:
    """
    Note where the mails are, and tell whether that is another place than before.

    Of several transactions that ask at one time, one is told.  Only PostgreSQL tells.
    """
    if connections[using].vendor != "postgresql":
        return False
    here, homes = _here(using), unit.rows(models.Home)
    known = homes.values(*attrs.asdict(here)).first()
    if known is None:
        homes.bulk_create(
            [models.Home(id=1, **attrs.asdict(here))], ignore_conflicts=True
        )
        return False
    before = Home(**known)
    after = before.updated(here)
    if after == before:
        return False
    # Of several relays that see a copy at one time, one finds the row as it was.
    has_noted = homes.filter(**known).update(**attrs.asdict(after)) == 1
    return has_noted and before.is_another(here)


def _here(using: str) -> Home:
    connection = connections[using]
    table = connection.ops.quote_name(models.OutboxMail._meta.db_table)  # noqa: SLF001  Public, says Django.
    with connection.cursor() as cursor:
        cursor.execute(_HERE, [table])
        database, outbox, tells_system = cursor.fetchone()
        system = None
        if tells_system:
            cursor.execute(_SYSTEM)
            (system,) = cursor.fetchone()
    return Home(system_identifier=system, database_oid=database, table_oid=outbox)
