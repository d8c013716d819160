"""
How are WinBooks IDs that were left held back, in the table of their owners?

An ID that is held back keeps its row in `winbooks_login`, so its primary key refuses
everyone who asks for it, also at the moment when it is left.
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import Any, final
from uuid import UUID

import attrs
from sqlalchemy import Row

from ... import left_ids
from ...winbooks_id import WinBooksId
from .logins import Login, Logins
from .product_links import ProductLinks
from .statements import Statements
from .users import Users


__all__ = ["LeftIds"]


@final
@attrs.frozen
class LeftIds:
    """
    The WinBooks IDs that were left, inside a transaction.
    """

    _logins: Logins
    _users: Users
    _links: ProductLinks

    @classmethod
    def of(cls, statements: Statements, users: Users, links: ProductLinks) -> "LeftIds":
        """
        Return those of the transaction of *statements*.
        """
        return cls(Logins(statements), users, links)

    def put(self, winbooks_id: WinBooksId, *, of: UUID, at: datetime) -> None:
        """
        Hold back an ID without an owner: only the user *of* can take it.
        """
        self._logins.leave(Login(winbooks_id, of), at)

    def held(
        self, winbooks_ids: AbstractSet[WinBooksId], *, left_before: datetime
    ) -> Mapping[WinBooksId, UUID]:
        """
        Return which of *winbooks_ids* are held back, and who left each.
        """
        return {
            WinBooksId(row.login_key): row.user_id
            for row in self._logins.stored(winbooks_ids)
            if row.left_at is not None and self._is_held(row, left_before)
        }

    def left_at(
        self, winbooks_ids: AbstractSet[WinBooksId]
    ) -> Mapping[WinBooksId, datetime]:
        """
        Return when those of *winbooks_ids* were left that have no owner now.
        """
        return {
            WinBooksId(row.login_key): row.left_at
            for row in self._logins.stored(winbooks_ids)
            if row.left_at is not None
        }

    def release(
        self,
        winbooks_ids: AbstractSet[WinBooksId],
        *,
        left_before: datetime,
        now: datetime,
    ) -> None:
        """
        Let any user take those of *winbooks_ids* that are not held back any more.
        """
        for row in self._logins.stored(winbooks_ids):
            login = Login(WinBooksId(row.login_key), row.user_id)
            if row.left_at is None:
                self._end(login, now)
            elif not self._is_held(row, left_before):
                self._logins.take_back([login])

    def forget(self, left_before: datetime) -> None:
        """
        Let go of every ID that was left then or earlier and that no link names.
        """
        self._logins.take_back(
            Login(WinBooksId(row.login_key), row.user_id)
            for row in self._logins.left(left_before)
            if not self._is_held(row, left_before)
        )

    def _end(self, login: Login, now: datetime) -> None:
        if self._has_ended(login, now):
            # They may prolong it at this moment, so they wait and are read again.
            self._users.lock({login.user_id})
            still = [login] if self._has_ended(login, now) else []
            self._logins.give_back(still)

    def _has_ended(self, login: Login, now: datetime) -> bool:
        owner = self._users.find(login.user_id)
        return owner is not None and left_ids.has_ended(login.winbooks_id, owner, now)

    def _is_held(self, row: Row[Any], left_before: datetime) -> bool:
        return left_ids.is_held(
            WinBooksId(row.login_key),
            row.left_at,
            left_before=left_before,
            links=self._links.of_user(row.user_id),
        )
