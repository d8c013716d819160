"""
How are users kept by Django, with one owner for each WinBooks ID?
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from contextlib import suppress
from datetime import datetime
from typing import final
from uuid import UUID

import attrs
from django.db import IntegrityError
from django.db.models import F, Q, QuerySet

from ...left_ids import has_ended
from ...level import Level
from ...portal_user import PortalUser, Status
from ...ports import Listing, Outline
from ...refusals import DuplicateWinBooksId, OutOfDate
from ...winbooks_id import WinBooksId
from . import models
from .rows import user_of, user_row
from .transactions import Transaction


__all__ = ["Users"]


@final
@attrs.frozen
class Users:
    """
    The users, and who owns which WinBooks ID.
    """

    _unit: Transaction

    def add(self, user: PortalUser) -> None:
        with self._unit.savepoint():
            self._unit.rows(models.User).create(**user_row(user))
            self._own(user)

    def add_all(self, users: Sequence[PortalUser]) -> Sequence[PortalUser]:
        logins = self._unit.rows(models.Login)
        # This does not tell which of them were there, so owners are compared.
        logins.bulk_create(
            [models.Login(key=user.winbooks_id.key, user_id=user.id) for user in users],
            ignore_conflicts=True,
        )
        stored = logins.in_bulk([user.winbooks_id.key for user in users])
        owners = {login.user_id for login in stored.values() if not login.left_at}
        self._unit.rows(models.User).bulk_create(
            [models.User(**user_row(user)) for user in users if user.id in owners]
        )
        return [user for user in users if user.id not in owners]

    def taken(
        self, winbooks_ids: AbstractSet[WinBooksId], *, now: datetime
    ) -> AbstractSet[WinBooksId]:
        rows = self._unit.rows(models.Login).filter(left_at=None)
        stored = rows.in_bulk([winbooks_id.key for winbooks_id in winbooks_ids])
        owned = [each for each in winbooks_ids if each.key in stored]
        users = {
            user.id: user
            for user in self.find_all({row.user_id for row in stored.values()})
        }
        return {
            each
            for each in owned
            if not has_ended(each, users[stored[each.key].user_id], now)
        }

    def save(self, user: PortalUser) -> PortalUser:
        saved = attrs.evolve(user, version=user.version + 1)
        with self._unit.savepoint():
            stored = self._in_version(user).select_for_update().first()
            if stored is None:
                raise OutOfDate(user.version)
            self._in_version(user).update(**user_row(saved))
            before = user_of(stored)
            # What a reservation lost is theirs again only if they ask for it anew.
            if (before.winbooks_id, before.id_change) != (
                user.winbooks_id,
                user.id_change,
            ):
                self._own(saved)
        return saved

    def save_all(self, users: Sequence[PortalUser]) -> Sequence[PortalUser]:
        saved: dict[UUID, PortalUser] = {}
        # All who save many go in one order, so that none waits for the other.
        for user in sorted(users, key=lambda user: user.id):
            with suppress(OutOfDate, DuplicateWinBooksId):
                saved[user.id] = self.save(user)
        return [saved[user.id] for user in users if user.id in saved]

    def remove(self, user: PortalUser) -> None:
        stored = self._in_version(user).select_for_update().first()
        if stored is None:
            raise OutOfDate(user.version)
        self._unit.rows(models.Request).filter(user_id=user.id).update(digest=b"")
        self._unit.rows(models.ProductLink).filter(user_id=user.id).delete()
        self._unit.rows(models.FailedAttempt).filter(user_id=user.id).delete()
        self._unit.rows(models.Login).filter(user_id=user.id, left_at=None).delete()
        # Credential and mails have foreign keys that cascade.
        stored.delete()

    def lock(self, user_ids: AbstractSet[UUID]) -> None:
        # In one order, so that two who lock the same users do not deadlock.
        locked = self._unit.rows(models.User).filter(id__in=user_ids).order_by("id")
        list(locked.select_for_update(no_key=True).values_list("id"))

    def has_other_administrator(self, user: PortalUser) -> bool:
        # Those who ask for one licence wait for each other.
        self._unit.rows(models.Licence).filter(number=user.licence).update(
            holder=F("holder")
        )
        administrators = self._unit.rows(models.User).filter(
            licence=user.licence, level=Level.ADMINISTRATOR, status=Status.ACTIVE
        )
        return administrators.exclude(id=user.id).exists()

    def find(self, user_id: UUID) -> PortalUser | None:
        row = self._unit.rows(models.User).filter(id=user_id).first()
        return None if row is None else user_of(row)

    def find_all(self, user_ids: AbstractSet[UUID]) -> Sequence[PortalUser]:
        rows = self._unit.rows(models.User).in_bulk(list(user_ids))
        return [user_of(row) for row in rows.values()]

    def find_by_winbooks_id(self, winbooks_id: WinBooksId) -> PortalUser | None:
        login = self._unit.rows(models.Login).filter(key=winbooks_id.key).first()
        user = None if login is None else self.find(login.user_id)
        # An ID that waits for its confirmation finds no one, nor one that was left.
        return user if user and user.winbooks_id == winbooks_id else None

    def of_licence(
        self, number: str, *, after: UUID | None = None, limit: int
    ) -> Sequence[PortalUser]:
        return [user_of(row) for row in self._behind(number, after)[:limit]]

    def outlines(
        self, number: str, *, after: UUID | None = None, limit: int
    ) -> Sequence[Outline]:
        page = self._behind(number, after).values_list(*Outline._fields)[:limit]
        return [Outline(*row) for row in page]

    def listed(
        self, listing: Listing, *, start: int = 0, limit: int
    ) -> Sequence[PortalUser]:
        end = start + limit
        if listing.role is None and listing.dossier is None:
            return [user_of(row) for row in self._listed(listing)[start:end]]
        page = self._granted(listing)[start:end]
        return sorted(self.find_all(set(page)), key=lambda user: user.id)

    def count_listed(self, listing: Listing) -> int:
        if listing.role is None and listing.dossier is None:
            return self._listed(listing).count()
        return len(self._granted(listing))

    def _behind(self, number: str, after: UUID | None) -> QuerySet[models.User]:
        rows = self._unit.rows(models.User).filter(licence=number).order_by("id")
        return rows if after is None else rows.filter(id__gt=after)

    def _listed(self, listing: Listing) -> QuerySet[models.User]:
        is_known = Q(status=Status.ACTIVE) | Q(external_id__isnull=False)
        staff = [level for level in Level if level.is_staff]
        rows = self._unit.rows(models.User).filter(
            is_known, licence=listing.licence, level__in=staff
        )
        if listing.external_id is not None:
            rows = rows.filter(external_id=listing.external_id)
        return rows.order_by("id")

    def _granted(self, listing: Listing) -> Sequence[UUID]:
        # Not every database looks into a list in a column.
        rows = self._listed(listing).values_list("id", "roles", "dossiers")
        return [
            user_id
            for user_id, roles, dossiers in rows
            if (listing.role is None or listing.role.value in roles)
            and (listing.dossier is None or listing.dossier in dossiers)
        ]

    def _in_version(self, user: PortalUser) -> QuerySet[models.User]:
        return self._unit.rows(models.User).filter(id=user.id, version=user.version)

    def _own(self, user: PortalUser) -> None:
        """
        Make the keys of their ID, and of the one that waits, theirs and no others.

        Called in a savepoint, which keeps the transaction usable after a refusal.
        """
        ids = {user.winbooks_id}
        if user.id_change is not None:
            ids.add(user.id_change.winbooks_id)
        keys = [each.key for each in ids]
        logins = self._unit.rows(models.Login)
        mine = logins.filter(user_id=user.id)
        mine.filter(left_at=None).exclude(key__in=keys).delete()
        # What they left themselves they may take again.
        mine.filter(key__in=keys).update(left_at=None)
        owned = set(mine.values_list("key", flat=True))
        for new in ids:
            if new.key in owned:
                continue
            try:
                logins.create(key=new.key, user_id=user.id)
            except IntegrityError:
                # From None: the database's sentence repeats the ID.
                raise DuplicateWinBooksId(new) from None
