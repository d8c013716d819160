"""
How are the roles and dossiers of a user kept in tables of their own?

They are read in one statement with the user: a second one could see what
was stored in between.
"""

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final, final
from uuid import UUID

import attrs
from sqlalchemy import Column, ScalarSelect, Text, bindparam, delete, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from ...portal_user import PortalUser
from ...role import Role
from .schema import USER, USER_DOSSIER, USER_ROLE
from .statements import Statements


__all__ = ["SELECT_USERS", "Grants", "read", "read_roles"]


class _JsonArray(FunctionElement[str]):
    """
    A column of many rows as one text: a JSON array, or NULL for no rows.
    """

    inherit_cache = True
    type = Text()


@compiles(_JsonArray)
def _in_postgresql(array: _JsonArray, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401  SQLAlchemy's own.
    return f"CAST(json_agg({compiler.process(array.clauses, **options)}) AS TEXT)"


@compiles(_JsonArray, "sqlite")
def _in_sqlite(array: _JsonArray, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401  SQLAlchemy's own.
    return f"json_group_array({compiler.process(array.clauses, **options)})"


def _granted(granted: Column[str], user_id: Column[UUID]) -> ScalarSelect[str]:
    return (
        select(_JsonArray(granted))
        .where(user_id == USER.c.user_id)
        .correlate(USER)
        .scalar_subquery()
    )


#: Users with what they were granted, which `read` reads.
SELECT_USERS: Final = select(
    USER,
    _granted(USER_ROLE.c.role, USER_ROLE.c.user_id).label("roles"),
    _granted(USER_DOSSIER.c.dossier, USER_DOSSIER.c.user_id).label("dossiers"),
)

_DELETE_ROLES: Final = delete(USER_ROLE).where(
    USER_ROLE.c.user_id == bindparam("old_id")
)

_DELETE_DOSSIERS: Final = delete(USER_DOSSIER).where(
    USER_DOSSIER.c.user_id == bindparam("old_id")
)


@lru_cache(maxsize=256)  # Many users have the same; none of it is personal.
def read(array: str | None) -> frozenset[str]:
    """
    Return the roles or dossiers that a row of `SELECT_USERS` holds.
    """
    return frozenset(json.loads(array)) if array else frozenset()


@lru_cache(maxsize=256)
def read_roles(array: str | None) -> frozenset[Role]:
    """
    Return the roles that a row of `SELECT_USERS` holds.
    """
    return frozenset(map(Role, read(array)))


@final
@attrs.frozen
class Grants:
    """
    The roles and dossiers of the users, inside a transaction.
    """

    _statements: Statements

    def add(self, users: Sequence[PortalUser]) -> None:
        """
        Store what *users* have, who had nothing.
        """
        self._statements.insert(
            USER_ROLE,
            (
                {"user_id": user.id, "role": role.value}
                for user in users
                for role in user.roles
            ),
        )
        self._statements.insert(
            USER_DOSSIER,
            (
                {"user_id": user.id, "licence": user.licence, "dossier": dossier}
                for user in users
                for dossier in user.dossiers
            ),
        )

    def replace(self, users: Sequence[PortalUser]) -> None:
        """
        Store what *users* have, in place of what they had.
        """
        had = [{"old_id": user.id} for user in users]
        self._statements.run(_DELETE_ROLES, had)
        self._statements.run(_DELETE_DOSSIERS, had)
        self.add(users)
