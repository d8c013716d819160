"""
How are WinBooks IDs that were left held back by Django?
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import final
from uuid import UUID

import attrs
from django.db.models import QuerySet

from ...left_ids import has_ended, is_held
from ...winbooks_id import WinBooksId
from . import models
from .records import ProductLinks
from .transactions import Transaction
from .users import Users


__all__ = ["LeftIds"]


@final
@attrs.frozen
class LeftIds:
    """
    The WinBooks IDs that were left and are held back.
    """

    _unit: Transaction
    _users: Users
    _links: ProductLinks

    def put(self, winbooks_id: WinBooksId, *, of: UUID, at: datetime) -> None:
        self._unit.rows(models.Login).create(
            key=winbooks_id.key, user_id=of, left_at=at
        )

    def held(
        self, winbooks_ids: AbstractSet[WinBooksId], *, left_before: datetime
    ) -> Mapping[WinBooksId, UUID]:
        return {
            WinBooksId(row.key): row.user_id
            for row in self._rows(winbooks_ids).exclude(left_at=None)
            if self._is_held(row, left_before)
        }

    def left_at(
        self, winbooks_ids: AbstractSet[WinBooksId]
    ) -> Mapping[WinBooksId, datetime]:
        rows = self._rows(winbooks_ids).exclude(left_at=None)
        return {
            WinBooksId(row.key): row.left_at for row in rows if row.left_at is not None
        }

    def release(
        self,
        winbooks_ids: AbstractSet[WinBooksId],
        *,
        left_before: datetime,
        now: datetime,
    ) -> None:
        for row in self._rows(winbooks_ids):
            if row.left_at is None:
                self._end(row, now)
            elif not self._is_held(row, left_before):
                self._delete(row)

    def forget(self, left_before: datetime) -> None:
        past = self._unit.rows(models.Login).filter(left_at__lte=left_before)
        for row in past:
            if not self._is_held(row, left_before):
                self._delete(row)

    def _rows(self, winbooks_ids: AbstractSet[WinBooksId]) -> QuerySet[models.Login]:
        keys = [winbooks_id.key for winbooks_id in winbooks_ids]
        return self._unit.rows(models.Login).filter(key__in=keys)

    def _end(self, row: models.Login, now: datetime) -> None:
        # They may prolong it at this moment, so they wait and are read again.
        if self._has_ended(row, now):
            self._users.lock({row.user_id})
            if self._has_ended(row, now):
                self._delete(row)

    def _delete(self, row: models.Login) -> None:
        """
        Delete *row*, and not the one that another transaction put in its place.
        """
        same = self._unit.rows(models.Login).filter(
            key=row.key, user_id=row.user_id, left_at=row.left_at
        )
        for each in same.select_for_update():
            each.delete()

    def _has_ended(self, row: models.Login, now: datetime) -> bool:
        owner = self._users.find(row.user_id)
        return owner is not None and has_ended(WinBooksId(row.key), owner, now)

    def _is_held(self, row: models.Login, left_before: datetime) -> bool:
        links = self._links.of_user(row.user_id)
        return row.left_at is not None and is_held(
            WinBooksId(row.key), row.left_at, left_before=left_before, links=links
        )
