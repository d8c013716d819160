"""
How are users kept in tables?

Whoever saves a user compares his version with the stored one, which waits for
others that save him.  Each method that takes many users asks the database a few
things for all of them, not for each.
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import suppress
from typing import Any, Final, final
from uuid import UUID

import attrs
from sqlalchemy import Row, bindparam, delete, select, update

from ...level import Level
from ...portal_user import PortalUser, Status
from ...refusals import DuplicateWinBooksId, OutOfDate
from ...winbooks_id import WinBooksId
from . import grants, rows
from .grants import GRANTED, Grants
from .logins import BATCH, Login, Logins
from .records import records, update_records
from .schema import (
    CREDENTIAL,
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

_SELECT_ALL: Final = select(USER, *GRANTED).where(
    USER.c.user_id.in_(bindparam("user_ids", expanding=True))
)
_SELECT: Final = select(USER, *GRANTED).where(USER.c.user_id == bindparam("user_id"))

#: Whoever saves a user waits for the others who do.
_LOCK: Final = _SELECT.with_for_update()

#: In one order, so that two who save many do not wait for each other.
_LOCK_ALL: Final = _SELECT_ALL.order_by(USER.c.user_id).with_for_update()

#: The key that spreads users over machines is never set again.
_UPDATE: Final = update(USER).where(USER.c.user_id == bindparam("old_id"))
_UPDATE_RECORDS: Final = update_records(USER)

_SELECT_FIRST_PAGE: Final = (
    select(USER, *GRANTED)
    .where(USER.c.licence == bindparam("licence"))
    .order_by(USER.c.user_id)
    .limit(bindparam("limit"))
)
_SELECT_PAGE: Final = _SELECT_FIRST_PAGE.where(USER.c.user_id > bindparam("after"))

#: Whoever asks for the Administrators of a licence waits for the others who do.
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
    .where(USER.c.user_id != bindparam("not_him"))
    .limit(1)
)

#: What leaves with a user; whatever refers to him goes before he does.
_FORGET: Final = (
    update(REQUEST).where(REQUEST.c.user_id == bindparam("old_id")).values(digest=b""),
    *(
        delete(table).where(table.c.user_id == bindparam("old_id"))
        for table in (
            CREDENTIAL,
            PRODUCT_LINK,
            OUTBOX,
            USER_ROLE,
            USER_DOSSIER,
            USER,
        )
    ),
)


@final
@attrs.frozen
class _Saving:
    """
    A user who is to be saved, and his row, which waits for it.
    """

    user: PortalUser
    stored: Row[Any]

    @property
    def gained(self) -> AbstractSet[WinBooksId]:
        """
        Return the IDs that he wants and does not own.
        """
        return _logins(self.user) - _stored_logins(self.stored)

    @property
    def lost(self) -> AbstractSet[WinBooksId]:
        """
        Return the IDs that he owns and leaves.
        """
        return _stored_logins(self.stored) - _logins(self.user)

    @property
    def changes_grants(self) -> bool:
        """
        Tell whether he gets or loses a role or a dossier.
        """
        roles = frozenset(role.value for role in self.user.roles)
        return (roles, self.user.dossiers) != (
            grants.read(self.stored.roles),
            grants.read(self.stored.dossiers),
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

    def add(self, user: PortalUser) -> None:
        """
        Add a user whose version is 1.

        Raises:
            DuplicateWinBooksId: the key of his ID has an owner.
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
        self._statements.insert(USER, new, rows.user_row)
        self._grants.add(new)
        return [user for user in users if user.id in refused]

    def taken(self, winbooks_ids: AbstractSet[WinBooksId]) -> AbstractSet[WinBooksId]:
        """
        Return which of *winbooks_ids* have an owner, in whatever licence.
        """
        owners = self._logins.owners(winbooks_ids)
        return {each for each in winbooks_ids if each.key in owners}

    def save(self, user: PortalUser) -> PortalUser:
        """
        Replace a user if his version is still the stored one.

        Raises:
            OutOfDate: somebody saved first, or the user is not there.
            DuplicateWinBooksId: the key of his new ID has another owner.
        """
        saving = self._lock(user)
        for refused in self._move([saving]):
            raise DuplicateWinBooksId(refused.winbooks_id)
        (saved,) = self._replace([saving])
        return saved

    def save_all(self, users: Sequence[PortalUser]) -> Sequence[PortalUser]:
        """
        Save those of *users* whom `save` would save, and return them as stored.
        """
        saved: list[PortalUser] = []
        if not self._statements.capabilities.writes_in_bulk:
            for user in users:
                with suppress(OutOfDate, DuplicateWinBooksId):
                    saved.append(self.save(user))
            return saved
        for start in range(0, len(users), BATCH):
            savings = self._lock_all(users[start : start + BATCH])
            refused = {login.user_id for login in self._move(savings)}
            saved += self._replace(
                [saving for saving in savings if saving.user.id not in refused]
            )
        return saved

    def remove(self, user: PortalUser) -> None:
        """
        Remove a user, and all that is kept of him but his history.

        Raises:
            OutOfDate: somebody saved first, or the user is not there.
        """
        self._logins.give_back(_stored_logins(self._lock(user).stored))
        for statement in _FORGET:
            self._statements.run(statement, {"old_id": user.id})

    def has_other_administrator(self, user: PortalUser) -> bool:
        """
        Tell whether another user of his licence is an active Administrator.
        """
        self._statements.run(_TAKE_TURN, {"of_licence": user.licence})
        other = {"licence": user.licence, "not_him": user.id}
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
        return [
            rows.read_user(row)
            for start in range(0, len(asked), BATCH)
            for row in self._statements.rows(
                _SELECT_ALL, {"user_ids": asked[start : start + BATCH]}
            )
        ]

    def find_by_winbooks_id(self, winbooks_id: WinBooksId) -> PortalUser | None:
        """
        Return the user with that ID, in whatever spelling.

        An ID that waits for its confirmation finds nobody.
        """
        owner = self._logins.owner(winbooks_id)
        user = None if owner is None else self.find(owner)
        return user if user and user.winbooks_id == winbooks_id else None

    def of_licence(
        self, number: str, *, after: UUID | None = None, limit: int
    ) -> Sequence[PortalUser]:
        """
        Return up to *limit* users of a licence in the order of their internal keys.
        """
        page = {"licence": number, "limit": limit}
        found = (
            self._statements.rows(_SELECT_FIRST_PAGE, page)
            if after is None
            else self._statements.rows(_SELECT_PAGE, {**page, "after": after})
        )
        return [rows.read_user(row) for row in found]

    def _lock(self, user: PortalUser) -> _Saving:
        """
        Let others who save *user* wait.

        Raises:
            OutOfDate: somebody saved first, or the user is not there.
        """
        stored = self._statements.row(_LOCK, {"user_id": user.id})
        if stored is None or stored.version != user.version:
            raise OutOfDate(user.version)
        return _Saving(user, stored)

    def _lock_all(self, users: Sequence[PortalUser]) -> Sequence[_Saving]:
        """
        Let others who save *users* wait; leave out those of another version.
        """
        user_ids = [user.id for user in users]
        found = self._statements.rows(_LOCK_ALL, {"user_ids": user_ids})
        stored = {(row.user_id, row.version): row for row in found}
        return [
            _Saving(user, stored[user.id, user.version])
            for user in users
            if (user.id, user.version) in stored
        ]

    def _move(self, savings: Sequence[_Saving]) -> Sequence[Login]:
        """
        Let everybody own the IDs that he is to have; return whose were refused.

        Whoever is refused one keeps what he had.
        """
        gained = [
            Login(each, saving.user.id) for saving in savings for each in saving.gained
        ]
        refused = self._logins.take(gained)
        losers = {login.user_id for login in refused}
        given_back = [
            login.winbooks_id
            for login in gained
            if login.user_id in losers and login not in refused
        ]
        for saving in savings:
            if saving.user.id not in losers:
                given_back += saving.lost
        self._logins.give_back(given_back)
        return refused

    def _replace(self, savings: Sequence[_Saving]) -> Sequence[PortalUser]:
        saved = [
            attrs.evolve(saving.user, version=saving.user.version + 1)
            for saving in savings
        ]
        changed = [rows.user_row(user) for user in saved]
        if self._statements.takes_records:
            self._statements.run(_UPDATE_RECORDS, records(changed))
        else:
            self._statements.run(_UPDATE, list(map(_renamed, changed)))
        self._grants.replace(
            [saving.user for saving in savings if saving.changes_grants]
        )
        return saved


def _logins(user: PortalUser) -> AbstractSet[WinBooksId]:
    """
    Return the IDs that *user* owns: his own, and the one that waits.
    """
    if user.id_change is None:
        return {user.winbooks_id}
    return {user.winbooks_id, user.id_change.winbooks_id}


def _stored_logins(row: Row[Any]) -> AbstractSet[WinBooksId]:
    owned = (row.winbooks_id, row.pending_id)
    return {WinBooksId(address) for address in owned if address is not None}


def _renamed(row: Mapping[str, object]) -> Mapping[str, object]:
    changed = {**row, "old_id": row["user_id"]}
    del changed["user_id"]
    return changed
