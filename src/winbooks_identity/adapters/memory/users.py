"""
How are users, and the IDs that they left, kept in memory?
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import suppress
from datetime import datetime
from typing import final
from uuid import UUID

import attrs

from ... import left_ids
from ...dossier import LicenceNumber
from ...level import Level
from ...portal_user import IdChange, PortalUser
from ...ports import Listing, Outline
from ...refusals import (
    DuplicateWinBooksId,
    OutOfDate,
)
from ...winbooks_id import WinBooksId
from .licences import ProductLinks
from .state import Left, State, drop


__all__ = ["LeftIds", "Users"]


@final
@attrs.frozen
class Users:
    """
    Users, by internal key and by every ID that they own.
    """

    _state: State

    def add(self, user: PortalUser) -> None:
        if not self._is_free_for(user.id, user.winbooks_id):
            raise DuplicateWinBooksId(user.winbooks_id)
        self._state.logins[user.winbooks_id] = user.id
        self._state.users[user.id] = user

    def add_all(self, users: Sequence[PortalUser]) -> Sequence[PortalUser]:
        refused: list[PortalUser] = []
        for user in users:
            try:
                self.add(user)
            except DuplicateWinBooksId:
                refused.append(user)
        return refused

    def taken(
        self, winbooks_ids: AbstractSet[WinBooksId], *, now: datetime
    ) -> AbstractSet[WinBooksId]:
        users, logins = self._state.users, self._state.logins
        return {
            each
            for each in winbooks_ids & logins.keys()
            if not left_ids.has_ended(each, users[logins[each]], now)
        }

    def save(self, user: PortalUser) -> PortalUser:
        stored = self._state.users.get(user.id)
        if stored is None or stored.version != user.version:
            raise OutOfDate(user.version)
        if _claims(stored) != _claims(user):
            self._move(stored, user)
        saved = attrs.evolve(user, version=user.version + 1)
        self._state.users[saved.id] = saved
        return saved

    def _move(self, stored: PortalUser, user: PortalUser) -> None:
        for login in _logins(user):
            if not self._is_free_for(user.id, login):
                raise DuplicateWinBooksId(login)
        self._let_go(stored)
        for login in _logins(user):
            self._state.logins[login] = user.id
            self._state.left_ids.pop(login, None)

    def _is_free_for(self, user_id: UUID, login: WinBooksId) -> bool:
        left = self._state.left_ids.get(login)
        is_held = left is not None and left.user_id != user_id
        return self._state.logins.get(login, user_id) == user_id and not is_held

    def _let_go(self, user: PortalUser) -> None:
        # What a reservation lost may be another user's by now.
        for login in _logins(user):
            if self._state.logins.get(login) == user.id:
                del self._state.logins[login]

    def save_all(self, users: Sequence[PortalUser]) -> Sequence[PortalUser]:
        saved: list[PortalUser] = []
        for user in users:
            with suppress(OutOfDate, DuplicateWinBooksId):
                saved.append(self.save(user))
        return saved

    def remove(self, user: PortalUser) -> None:
        state, stored = self._state, self._state.users.get(user.id)
        if stored is None or stored.version != user.version:
            raise OutOfDate(user.version)
        self._let_go(stored)
        del state.users[user.id]
        state.credentials.pop(user.id, None)
        for request in state.requests.values():
            if request.user_id == user.id:
                state.requests[request.id] = attrs.evolve(request, digest=b"")
        drop(state.outbox, lambda stored: stored.entry.user_id == user.id)
        drop(state.product_links, lambda link: link.user_id == user.id)
        drop(state.failed_attempts, lambda failed: failed.user_id == user.id)

    def lock(self, user_ids: AbstractSet[UUID]) -> None:
        # One unit of work runs at a time.
        del user_ids

    def has_other_administrator(self, user: PortalUser) -> bool:
        return any(
            other.licence == user.licence
            and other.level is Level.ADMINISTRATOR
            and other.is_active
            and other.id != user.id
            for other in self._state.users.values()
        )

    def find(self, user_id: UUID) -> PortalUser | None:
        return self._state.users.get(user_id)

    def find_all(self, user_ids: AbstractSet[UUID]) -> Sequence[PortalUser]:
        return [user for each in user_ids if (user := self.find(each)) is not None]

    def find_by_winbooks_id(self, winbooks_id: WinBooksId) -> PortalUser | None:
        user_id = self._state.logins.get(winbooks_id)
        user = None if user_id is None else self._state.users[user_id]
        return user if user and user.winbooks_id == winbooks_id else None

    def of_licence(
        self, number: LicenceNumber, *, after: UUID | None = None, limit: int
    ) -> Sequence[PortalUser]:
        members = [
            user
            for user in self._state.users.values()
            if user.licence == number and (after is None or user.id > after)
        ]
        return sorted(members, key=lambda user: user.id)[:limit]

    def outlines(
        self, number: LicenceNumber, *, after: UUID | None = None, limit: int
    ) -> Sequence[Outline]:
        return [
            Outline(user.id, user.winbooks_id, user.external_id, user.version)
            for user in self.of_licence(number, after=after, limit=limit)
        ]

    def listed(
        self, listing: Listing, *, start: int = 0, limit: int
    ) -> Sequence[PortalUser]:
        shown = filter(listing.shows, self._state.users.values())
        return sorted(shown, key=lambda user: user.id)[start : start + limit]

    def count_listed(self, listing: Listing) -> int:
        return sum(map(listing.shows, self._state.users.values()))


@final
@attrs.frozen
class LeftIds:
    """
    The IDs that users left, in a dictionary.
    """

    _state: State

    def put(self, winbooks_id: WinBooksId, *, of: UUID, at: datetime) -> None:
        self._state.left_ids[winbooks_id] = Left(user_id=of, at=at)

    def held(
        self, winbooks_ids: AbstractSet[WinBooksId], *, left_before: datetime
    ) -> Mapping[WinBooksId, UUID]:
        return {
            each: left.user_id
            for each, left in self._state.left_ids.items()
            if each in winbooks_ids and self._is_held(each, left, left_before)
        }

    def left_at(
        self, winbooks_ids: AbstractSet[WinBooksId]
    ) -> Mapping[WinBooksId, datetime]:
        left = self._state.left_ids
        return {each: left[each].at for each in winbooks_ids & left.keys()}

    def release(
        self,
        winbooks_ids: AbstractSet[WinBooksId],
        *,
        left_before: datetime,
        now: datetime,
    ) -> None:
        state = self._state
        for each in winbooks_ids:
            left = state.left_ids.get(each)
            if left is not None and not self._is_held(each, left, left_before):
                del state.left_ids[each]
            owner = state.logins.get(each)
            if owner and left_ids.has_ended(each, state.users[owner], now):
                del state.logins[each]

    def forget(self, left_before: datetime) -> None:
        for each, left in list(self._state.left_ids.items()):
            if not self._is_held(each, left, left_before):
                del self._state.left_ids[each]

    def _is_held(
        self, winbooks_id: WinBooksId, left: Left, left_before: datetime
    ) -> bool:
        links = ProductLinks(self._state).of_user(left.user_id)
        return left_ids.is_held(
            winbooks_id, left.at, left_before=left_before, links=links
        )


def _logins(user: PortalUser) -> set[WinBooksId]:
    """
    Return the IDs that *user* owns: their own, and the one that waits.
    """
    if user.id_change is None:
        return {user.winbooks_id}
    return {user.winbooks_id, user.id_change.winbooks_id}


def _claims(user: PortalUser) -> tuple[WinBooksId, IdChange | None]:
    return user.winbooks_id, user.id_change
