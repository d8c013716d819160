"""
How are users kept in tables, and who keeps their IDs apart?

The primary key of `winbooks_login` does: nothing here looks before it inserts,
and the transaction stays usable when the key refuses.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, Final, final
from uuid import UUID

import attrs
from sqlalchemy import Executable, Row, bindparam, delete, insert, select, update

from ...level import Level
from ...portal_user import PortalUser, Status
from ...refusals import DuplicateWinBooksId, OutOfDate
from ...winbooks_id import WinBooksId
from . import rows
from .schema import (
    CREDENTIAL,
    LICENCE,
    LOGIN,
    OUTBOX,
    PRODUCT_LINK,
    REQUEST,
    USER,
    USER_DOSSIER,
    USER_ROLE,
)
from .statements import Statements, insert_if_absent, insert_silently


__all__ = ["Users"]

_INSERT_LOGIN: Final = insert_if_absent(LOGIN)
_INSERT_LOGINS: Final = insert_silently(LOGIN)
_SELECT_LOGINS: Final = select(LOGIN).where(
    LOGIN.c.login_key.in_(bindparam("login_keys", expanding=True))
)
_SELECT_LOGIN: Final = select(LOGIN).where(LOGIN.c.login_key == bindparam("login_key"))
_DELETE_LOGIN: Final = delete(LOGIN).where(LOGIN.c.login_key == bindparam("old_key"))

_INSERT: Final = insert(USER)
_SELECT: Final = select(USER).where(USER.c.user_id == bindparam("user_id"))

#: Whoever saves a user waits for the others who do.
_LOCK: Final = _SELECT.with_for_update()
_UPDATE: Final = update(USER).where(USER.c.user_id == bindparam("old_id"))

_SELECT_FIRST_PAGE: Final = (
    select(USER)
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

_INSERT_ROLES: Final = insert(USER_ROLE)
_DELETE_ROLES: Final = delete(USER_ROLE).where(
    USER_ROLE.c.user_id == bindparam("old_id")
)
_SELECT_ROLES: Final = select(
    USER_ROLE.c.user_id, USER_ROLE.c.role.label("granted")
).where(USER_ROLE.c.user_id.in_(bindparam("user_ids", expanding=True)))

_INSERT_DOSSIERS: Final = insert(USER_DOSSIER)
_DELETE_DOSSIERS: Final = delete(USER_DOSSIER).where(
    USER_DOSSIER.c.user_id == bindparam("old_id")
)
_SELECT_DOSSIERS: Final = select(
    USER_DOSSIER.c.user_id, USER_DOSSIER.c.dossier.label("granted")
).where(USER_DOSSIER.c.user_id.in_(bindparam("user_ids", expanding=True)))

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


#: Users in one statement; far below the parameters that any driver takes.
_BATCH: Final = 500


@final
@attrs.frozen
class Users:
    """
    The users, inside a transaction.
    """

    _statements: Statements

    def add(self, user: PortalUser) -> None:
        """
        Add a user whose version is 1.

        Raises:
            DuplicateWinBooksId: the key of his ID has an owner.
        """
        self._take_login(user.winbooks_id, user.id)
        self._insert([user])

    def add_all(self, users: Sequence[PortalUser]) -> Sequence[PortalUser]:
        """
        Add those users, all of version 1, whose IDs have no owner.

        Returns the others, in their order.
        """
        refused: list[PortalUser] = []
        for start in range(0, len(users), _BATCH):
            batch = users[start : start + _BATCH]
            self._statements.run(
                _INSERT_LOGINS,
                [_login_row(user.winbooks_id, user.id) for user in batch],
            )
            owners = self._owners({user.winbooks_id for user in batch})
            mine = {
                each.id for each in batch if owners.get(each.winbooks_id.key) == each.id
            }
            self._insert([user for user in batch if user.id in mine])
            refused += (user for user in batch if user.id not in mine)
        return refused

    def taken(self, winbooks_ids: AbstractSet[WinBooksId]) -> AbstractSet[WinBooksId]:
        """
        Return which of *winbooks_ids* have an owner, in whatever licence.
        """
        asked, taken = list(winbooks_ids), set[WinBooksId]()
        for start in range(0, len(asked), _BATCH):
            batch = asked[start : start + _BATCH]
            owners = self._owners(batch)
            taken.update(each for each in batch if each.key in owners)
        return taken

    def save(self, user: PortalUser) -> PortalUser:
        """
        Replace a user if his version is still the stored one.

        Raises:
            OutOfDate: somebody saved first, or the user is not there.
            DuplicateWinBooksId: the key of his new ID has another owner.
        """
        stored = self._lock(user)
        old, new = _logins(stored), _logins(user)
        for login in new - old:
            self._take_login(login, user.id)
        for login in old - new:
            self._statements.run(_DELETE_LOGIN, {"old_key": login.key})
        saved = attrs.evolve(user, version=user.version + 1)
        # The key that spreads users over machines is never set again.
        changed = {**rows.user_row(saved), "old_id": saved.id}
        del changed["user_id"]
        self._statements.run(_UPDATE, changed)
        self._statements.run(_DELETE_ROLES, {"old_id": saved.id})
        self._statements.run(_DELETE_DOSSIERS, {"old_id": saved.id})
        self._grant([saved])
        return saved

    def remove(self, user: PortalUser) -> None:
        """
        Remove a user, and all that is kept of him but his history.

        Raises:
            OutOfDate: somebody saved first, or the user is not there.
        """
        stored = self._lock(user)
        for login in _logins(stored):
            self._statements.run(_DELETE_LOGIN, {"old_key": login.key})
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
        found = self._read(self._statements.rows(_SELECT, {"user_id": user_id}))
        return next(iter(found), None)

    def find_by_winbooks_id(self, winbooks_id: WinBooksId) -> PortalUser | None:
        """
        Return the user with that ID, in whatever spelling.

        An ID that waits for its confirmation finds nobody.
        """
        login = self._statements.row(_SELECT_LOGIN, {"login_key": winbooks_id.key})
        user = None if login is None else self.find(login.user_id)
        return user if user and user.winbooks_id == winbooks_id else None

    def of_licence(
        self, number: str, *, after: UUID | None = None, limit: int
    ) -> Sequence[PortalUser]:
        """
        Return up to *limit* users of a licence in the order of their internal keys.
        """
        page = {"licence": number, "limit": limit}
        if after is None:
            return self._read(self._statements.rows(_SELECT_FIRST_PAGE, page))
        return self._read(self._statements.rows(_SELECT_PAGE, {**page, "after": after}))

    def _lock(self, user: PortalUser) -> PortalUser:
        """
        Return *user* as stored, and let others who save him wait.
        """
        locked = self._read(self._statements.rows(_LOCK, {"user_id": user.id}))
        if [user.version] != [stored.version for stored in locked]:
            raise OutOfDate(user.version)
        return locked[0]

    def _take_login(self, login: WinBooksId, user_id: UUID) -> None:
        row = _login_row(login, user_id)
        if self._statements.row(_INSERT_LOGIN, row) is None:
            raise DuplicateWinBooksId(login)

    def _owners(self, winbooks_ids: Collection[WinBooksId]) -> Mapping[str, UUID]:
        keys = [winbooks_id.key for winbooks_id in winbooks_ids]
        found = self._statements.rows(_SELECT_LOGINS, {"login_keys": keys})
        return {row.login_key: row.user_id for row in found}

    def _insert(self, users: Sequence[PortalUser]) -> None:
        self._statements.run(_INSERT, [rows.user_row(user) for user in users])
        self._grant(users)

    def _grant(self, users: Sequence[PortalUser]) -> None:
        self._statements.run(
            _INSERT_ROLES,
            [
                {"user_id": user.id, "role": role.value}
                for user in users
                for role in user.roles
            ],
        )
        self._statements.run(
            _INSERT_DOSSIERS,
            [
                {"user_id": user.id, "licence": user.licence, "dossier": dossier}
                for user in users
                for dossier in user.dossiers
            ],
        )

    def _read(self, found: Sequence[Row[Any]]) -> Sequence[PortalUser]:
        if not found:
            return []
        user_ids = [row.user_id for row in found]
        roles = self._grants(_SELECT_ROLES, user_ids)
        dossiers = self._grants(_SELECT_DOSSIERS, user_ids)
        return [
            rows.read_user(
                row,
                roles=frozenset(roles[row.user_id]),
                dossiers=frozenset(dossiers[row.user_id]),
            )
            for row in found
        ]

    def _grants(
        self, statement: Executable, user_ids: Sequence[UUID]
    ) -> Mapping[UUID, set[str]]:
        grants = defaultdict[UUID, set[str]](set)
        for row in self._statements.rows(statement, {"user_ids": user_ids}):
            grants[row.user_id].add(row.granted)
        return grants


def _logins(user: PortalUser) -> set[WinBooksId]:
    """
    Return the IDs that *user* owns: his own, and the one that waits.
    """
    if user.id_change is None:
        return {user.winbooks_id}
    return {user.winbooks_id, user.id_change.winbooks_id}


def _login_row(login: WinBooksId, user_id: UUID) -> Mapping[str, object]:
    return {"login_key": login.key, "user_id": user_id}
