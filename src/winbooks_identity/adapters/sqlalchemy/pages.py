"""
How are the users of a licence read, page by page?
"""

from collections.abc import Sequence
from typing import Any, Final, final
from uuid import UUID

import attrs
from sqlalchemy import Row, Select, bindparam, select

from ...dossier import LicenceNumber
from ...portal_user import PortalUser
from ...ports import Outline
from ...winbooks_id import WinBooksId
from . import rows
from .grants import SELECT_USERS
from .schema import USER
from .statements import Statements


__all__ = ["Pages"]


def _of_licence(users: Select[Any]) -> tuple[Select[Any], Select[Any]]:
    """
    Return what reads the first page of *users*, and what reads one behind a key.
    """
    first = (
        users.where(USER.c.licence == bindparam("licence"))
        .order_by(USER.c.user_id)
        .limit(bindparam("limit"))
    )
    return first, first.where(USER.c.user_id > bindparam("after"))


_USERS: Final = _of_licence(SELECT_USERS)

#: Columns of the users alone: what they were granted takes statements of its own.
_OUTLINE: Final = ("user_id", "winbooks_id", "external_id", "version")
_OUTLINES: Final = _of_licence(select(*(USER.c[name] for name in _OUTLINE)))


@final
@attrs.frozen
class Pages:
    """
    The users of a licence in the order of their internal keys, inside a transaction.
    """

    _statements: Statements

    def users(
        self, number: LicenceNumber, after: UUID | None, limit: int
    ) -> Sequence[PortalUser]:
        """
        Return up to *limit* users of a licence, behind the key *after*.
        """
        return list(map(rows.read_user, self._page(_USERS, number, after, limit)))

    def outlines(
        self, number: LicenceNumber, after: UUID | None, limit: int
    ) -> Sequence[Outline]:
        """
        Return outlines of the same users.
        """
        return [
            Outline(
                row.user_id, WinBooksId(row.winbooks_id), row.external_id, row.version
            )
            for row in self._page(_OUTLINES, number, after, limit)
        ]

    def _page(
        self,
        statements: tuple[Select[Any], Select[Any]],
        number: LicenceNumber,
        after: UUID | None,
        limit: int,
    ) -> Sequence[Row[Any]]:
        first, behind = statements
        page = {"licence": number, "limit": limit}
        if after is None:
            return self._statements.rows(first, page)
        return self._statements.rows(behind, {**page, "after": after})
