"""
How does a relay learn that the project's database was restored from a dump, or copied?
"""

import attrs
from django.db import connections

from ...mail.home import Home
from ..postgresql_numbers import SYSTEM, numbers_of
from . import models
from .transactions import Transaction


__all__ = ["moves_in"]


def moves_in(unit: Transaction, *, using: str) -> bool:
    """
    Note where the mails are, and tell whether that is another place than before.

    Of several transactions at the same time, only one gets `True`.  Other databases
    than PostgreSQL always get `False`.
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
        cursor.execute(numbers_of(table))
        database, outbox, tells_system = cursor.fetchone()
        system = None
        if tells_system:
            cursor.execute(SYSTEM)
            (system,) = cursor.fetchone()
    return Home(system_identifier=system, database_oid=database, table_oid=outbox)
