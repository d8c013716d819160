"""
How does one parameter stand for many rows, where a database can read it?

PostgreSQL and its kin make rows of a JSON array.  An array for each column would
do as well, but drivers take three times as long to write those.
"""

import json
from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import Table, TextClause, text


__all__ = ["insert_records", "records", "update_records"]


def records(rows: Iterable[Mapping[str, object]]) -> Mapping[str, str]:
    """
    Return the parameter of the statements in this module.
    """
    return {"records": json.dumps(list(rows), default=str)}


def insert_records(table: Table) -> TextClause:
    """
    Return an insertion that gives the rows whose keys were not there.
    """
    names = ", ".join(column.name for column in table.columns)
    return text(
        f"INSERT INTO {table.fullname} ({names})"  # noqa: S608  Our names.
        f" SELECT {names} FROM {_recordset(table)}"
        f" ON CONFLICT DO NOTHING RETURNING {names}"
    )


def update_records(table: Table, names: Collection[str]) -> TextClause:
    """
    Return an update of the columns called *names* in the rows that are there.
    """
    (key,) = table.primary_key
    changes = ", ".join(f"{name} = new.{name}" for name in names)
    return text(
        f"UPDATE {table.fullname} AS old SET {changes}"  # noqa: S608  Our names.
        f" FROM {_recordset(table)} AS new WHERE old.{key.name} = new.{key.name}"
    )


def _recordset(table: Table) -> str:
    return (
        f"json_populate_recordset(CAST(NULL AS {table.fullname}),"
        " CAST(:records AS json))"
    )
