"""
Which numbers does PostgreSQL give to a server, a database and a table?

A dump does not restore them: see `winbooks_identity.mail.home.Home`.
"""

from typing import Final


__all__ = ["SYSTEM", "numbers_of"]

#: A statement of its own: a server refuses one that names a function which the role
#: must not call, even in a branch that is not taken.
SYSTEM: Final = (
    "SELECT CAST(system_identifier AS text) AS number FROM pg_control_system()"
)


def numbers_of(table: str) -> str:
    """
    Return the query for the current database and *table*, a name of ours.

    Its third column says whether the role may run `SYSTEM`; it is NULL where a
    relative of PostgreSQL has no such function.
    """
    return (
        "SELECT CAST(oid AS text) AS database_oid,"  # noqa: S608  Our name.
        f" CAST(CAST(CAST('{table}' AS regclass) AS oid) AS text) AS table_oid,"
        " has_function_privilege(to_regprocedure('pg_control_system()'), 'EXECUTE')"
        " AS tells_system"
        " FROM pg_database WHERE datname = current_database()"
    )
