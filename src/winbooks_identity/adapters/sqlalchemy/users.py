"""
How are users kept in tables?

What takes many users asks the database a few things for all of them, not for each.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import Any, Final, final
from uuid import UUID

from sqlalchemy import Row, bindparam, delete, select, update

from ... import left_ids
from ...dossier import LicenceNumber
from ...level import Level
from ...portal_user import PortalUser, Status
from ...ports import Listing, Outline
from ...refusals import DuplicateWinBooksId
from ...winbooks_id import WinBooksId
from . import rows
from .grants import SELECT_USERS, Grants
from .keyed import Keyed
from .listings import Listings
from .logins import BATCH, Login, Logins
from .pages import Pages
from .saves import Saves
from .schema import (
    CREDENTIAL,
    FAILED_ATTEMPT,
    LICENCE,
    OUTBOX,
    PRODUCT_LINK,
    REQUEST,
    USER,
    USER_DOSSIER,
    USER_ROLE,
)
from .statements import Statements


__all__ = ["Users"]

_SELECT: Final = SELECT_USERS.where(USER.c.user_id == bindparam("user_id"))
_SELECT_ALL: Final = Keyed.of(SELECT_USERS, USER.c.user_id)

#: In one order, so that two who lock the same users do not wait for each other.
_LOCK: Final = Keyed.of(
    select(USER.c.user_id).order_by(USER.c.user_id).with_for_update(key_share=True),
    USER.c.user_id,
)

#: A transaction that asks for the Administrators of a licence waits for others.
#: To lock the row would not do where a transaction sees one state: changing it does.
_TAKE_TURN: Final = (
    update(LICENCE)
    .where(LICENCE.c.number == bindparam("of_licence"))
    .values(holder=LICENCE.c.holder)
)
_SELECT_ADMINISTRATOR: Final = (
    select(USER.c.user_id)
    .where(USER.c.licence == bindparam("licence"))
    .where(USER.c.level == Level.ADMINISTRATOR.value)
    .where(USER.c.status == Status.ACTIVE.value)
    .where(USER.c.user_id != bindparam("other_than"))
    .limit(1)
)

#: What leaves with a user; what refers to a user goes first.
_FORGET: Final = (
    update(REQUEST).where(REQUEST.c.user_id == bindparam("old_id")).values(digest=b""),
    *(
        delete(table).where(table.c.user_id == bindparam("old_id"))
        for table in (
            CREDENTIAL,
            PRODUCT_LINK,
            FAILED_ATTEMPT,
            OUTBOX,
            USER_ROLE,
            USER_DOSSIER,
            USER,
        )
    ),
)


@final
class Users:
    """
    The users, inside a transaction.
    """

    def __init__(self, statements: Statements) -> None:
        self._statements = statements
        self._logins = Logins(statements)
        self._grants = Grants(statements)
        self._listings = Listings(statements)
        self._pages = Pages(statements)
        self._saves = Saves(statements, self._logins, self._grants)

    def add(self, user: PortalUser) -> None:
        """
        Add a user whose version is 1.

        Raises:
            DuplicateWinBooksId: the key of the ID has an owner.
        """
        if self.add_all([user]):
            raise DuplicateWinBooksId(user.winbooks_id)

    def add_all(self, users: Sequence[PortalUser]) -> Sequence[PortalUser]:
        """
        Add those users, all of version 1, whose IDs have no owner.

        Returns the others, in their order.
        """
        wanted = [Login(user.winbooks_id, user.id) for user in users]
        refused = {login.user_id for login in self._logins.take(wanted)}
        new = [user for user in users if user.id not in refused]
        self._statements.insert(USER, map(rows.user_row, new))
        self._grants.add(new)
        return [user for user in users if user.id in refused]

    def taken(
        self, winbooks_ids: AbstractSet[WinBooksId], *, now: datetime
    ) -> AbstractSet[WinBooksId]:
        """
        Return which of *winbooks_ids* have an owner, in whatever licence.
        """
        owners = self._logins.owners(winbooks_ids)
        users = {user.id: user for user in self.find_all(set(owners.values()))}
        return {
            each
            for each in winbooks_ids
            if each.key in owners
            and not (
                (owner := users.get(owners[each.key]))
                and left_ids.has_ended(each, owner, now)
            )
        }

    def save(self, user: PortalUser) -> PortalUser:
        """
        Replace a user if their version is still the stored one.

        Raises:
            OutOfDate: another transaction saved first, or the user is not there.
            DuplicateWinBooksId: the key of the new ID has another owner.
        """
        return self._saves.save(user)

    def save_all(self, users: Sequence[PortalUser]) -> Sequence[PortalUser]:
        """
        Save those of *users* whom `save` would save, and return them as stored.
        """
        return self._saves.save_all(users)

    def remove(self, user: PortalUser) -> None:
        """
        Remove a user, and all that is kept of them but their history.

        Raises:
            OutOfDate: another transaction saved first, or the user is not there.
        """
        owned = self._saves.lock(user).owned
        self._logins.give_back([Login(each, user.id) for each in owned])
        for statement in _FORGET:
            self._statements.run(statement, {"old_id": user.id})

    def lock(self, user_ids: AbstractSet[UUID]) -> None:
        """
        Let others who lock, save or remove those users wait for this transaction.
        """
        _LOCK.rows(self._statements, sorted(user_ids))

    def has_other_administrator(self, user: PortalUser) -> bool:
        """
        Tell whether another user of the licence is an active Administrator.
        """
        self._statements.run(_TAKE_TURN, {"of_licence": user.licence})
        other = {"licence": user.licence, "other_than": user.id}
        return self._statements.row(_SELECT_ADMINISTRATOR, other) is not None

    def find(self, user_id: UUID) -> PortalUser | None:
        """
        Return the user with that internal key.
        """
        row = self._statements.row(_SELECT, {"user_id": user_id})
        return None if row is None else rows.read_user(row)

    def find_all(self, user_ids: AbstractSet[UUID]) -> Sequence[PortalUser]:
        """
        Return the users with those internal keys, as many as are there.
        """
        asked = list(user_ids)
        found: list[Row[Any]] = []
        for start in range(0, len(asked), BATCH):
            batch = asked[start : start + BATCH]
            found += (
                self._statements.rows(_SELECT, {"user_id": batch[0]})
                if len(batch) == 1  # A list of values is worded each time.
                else _SELECT_ALL.rows(self._statements, batch)
            )
        self._saves.see(found)
        return list(map(rows.read_user, found))

    def find_by_winbooks_id(self, winbooks_id: WinBooksId) -> PortalUser | None:
        """
        Return the user with that ID, in whatever spelling.

        An ID that waits for its confirmation finds no one.
        """
        owner = self._logins.owner(winbooks_id)
        user = None if owner is None else self.find(owner)
        return user if user and user.winbooks_id == winbooks_id else None

    def of_licence(
        self, number: LicenceNumber, *, after: UUID | None = None, limit: int
    ) -> Sequence[PortalUser]:
        """
        Return up to *limit* users of a licence in the order of their internal keys.
        """
        return self._pages.users(number, after, limit)

    def outlines(
        self, number: LicenceNumber, *, after: UUID | None = None, limit: int
    ) -> Sequence[Outline]:
        """
        Return outlines of the users whom `of_licence` returns, in the same order.
        """
        return self._pages.outlines(number, after, limit)

    def listed(
        self, listing: Listing, *, start: int = 0, limit: int
    ) -> Sequence[PortalUser]:
        """
        Return up to *limit* users of *listing* in the order of their internal keys.
        """
        page = self._listings.page(listing, start=start, limit=limit)
        return list(map(rows.read_user, page))

    def count_listed(self, listing: Listing) -> int:
        """
        Return how many users *listing* has.
        """
        return self._listings.count(listing)
