"""
How is a row written by its key, whether or not one is there?
"""

from collections.abc import Collection, Iterable

from sqlalchemy import Table, TextClause, bindparam, text


__all__ = ["insert_if_absent", "insert_or_replace", "insert_silently", "update_row"]


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
    return _typed(
        table,
        f"INSERT INTO {table.fullname} ({', '.join(names)})"  # noqa: S608  Our names.
        f" VALUES ({', '.join(f':{name}' for name in names)})"
        f" ON CONFLICT ({key}) {on_conflict}",
        names,
    )


def update_row(table: Table, names: Collection[str]) -> TextClause:
    """
    Return an update of the columns called *names* in the row with the key given.
    """
    changes = ", ".join(f"{name} = :{name}" for name in names)
    keys = [column.name for column in table.primary_key]
    key = " AND ".join(f"{name} = :{name}" for name in keys)
    return _typed(
        table,
        f"UPDATE {table.fullname} SET {changes} WHERE {key}",  # noqa: S608  Our names.
        [*names, *keys],
    )


def _typed(table: Table, statement: str, names: Iterable[str]) -> TextClause:
    return text(statement).bindparams(
        *(bindparam(name, type_=table.columns[name].type) for name in names)
    )
