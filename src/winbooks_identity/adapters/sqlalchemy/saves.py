"""
How is a user saved, unless another transaction was first?

The row is locked, so that other transactions wait, and its version compared.
"""

from collections.abc import Mapping, Sequence
from operator import attrgetter
from typing import Any, Final, final
from uuid import UUID

import attrs
from sqlalchemy import Row, bindparam, select

from ...evolution import evolving
from ...portal_user import PortalUser
from ...refusals import DuplicateWinBooksId, OutOfDate
from . import changes, rows
from .grants import SELECT_USERS, Grants
from .keyed import Keyed
from .logins import BATCH, Login, Logins
from .records import records
from .saving import Saving
from .schema import USER
from .statements import Statements


__all__ = ["Saves"]

#: A transaction that saves a user waits for others that do.
_LOCK: Final = SELECT_USERS.where(
    USER.c.user_id == bindparam("user_id")
).with_for_update()

_LOCK_ALL: Final = Keyed.of(
    SELECT_USERS.order_by(USER.c.user_id).with_for_update(), USER.c.user_id
)

#: Those who were read in this transaction are not read again: where their version is
#: the same, so are they.
_LOCK_VERSIONS: Final = Keyed.of(
    select(*(USER.c[name] for name in ("user_id", "version")))
    .order_by(USER.c.user_id)
    .with_for_update(),
    USER.c.user_id,
)

_evolve: Final = evolving(PortalUser)


@final
@attrs.frozen
class Saves:
    """
    Saves users, inside a transaction.
    """

    _statements: Statements
    _logins: Logins
    _grants: Grants
    _seen: dict[UUID, Row[Any]] = attrs.field(factory=dict[UUID, Row[Any]], init=False)

    def see(self, found: Sequence[Row[Any]]) -> None:
        """
        Remember rows of `SELECT_USERS` that this transaction read.
        """
        self._seen.update((row.user_id, row) for row in found)

    def save(self, user: PortalUser) -> PortalUser:
        """
        Replace a user if their version is still the stored one.

        Raises:
            OutOfDate: another transaction saved first, or the user is not there.
            DuplicateWinBooksId: the key of the new ID has another owner.
        """
        saving = self.lock(user)
        for refused in self._move([saving]):
            raise DuplicateWinBooksId(refused.winbooks_id)
        (saved,) = self._replace([saving])
        return saved

    def save_all(self, users: Sequence[PortalUser]) -> Sequence[PortalUser]:
        """
        Save those of *users* whom `save` would save, and return them as stored.
        """
        saved: list[PortalUser] = []
        for start in range(0, len(users), BATCH):
            savings = self._lock_all(users[start : start + BATCH])
            refused = {login.user_id for login in self._move(savings)}
            saved += self._replace(
                [saving for saving in savings if saving.user.id not in refused]
            )
        return saved

    def lock(self, user: PortalUser) -> Saving:
        """
        Let others who save *user* wait.

        Raises:
            OutOfDate: another transaction saved first, or the user is not there.
        """
        self._seen.pop(user.id, None)
        for stored in self._rows(user.id):
            if stored.version == user.version:
                return Saving(user, stored)
        raise OutOfDate(user.version)

    def _rows(self, user_id: UUID) -> Sequence[Row[Any]]:
        return self._statements.rows(_LOCK, {"user_id": user_id})

    def _lock_all(self, users: Sequence[PortalUser]) -> Sequence[Saving]:
        """
        Let others who save *users* wait; leave out those of another version.
        """
        seen = list(filter(None, map(self._as_seen, users)))
        has_seen_all = len(seen) == len(users)
        capabilities = self._statements.capabilities
        if has_seen_all and capabilities.writes_alone:
            return seen
        # In one order, so that two who save many do not wait for each other.
        # By their numbers: identifiers compare themselves in Python.
        user_ids = sorted((user.id for user in users), key=attrgetter("int"))
        if has_seen_all and capabilities.writes_in_bulk:
            locked = _LOCK_VERSIONS.rows(self._statements, user_ids)
            versions = {row.user_id: row.version for row in locked}
            return [
                each for each in seen if versions.get(each.user.id) == each.user.version
            ]
        found: Sequence[Row[Any]]
        if capabilities.writes_in_bulk:
            found = _LOCK_ALL.rows(self._statements, user_ids)
        else:
            found = [row for each in user_ids for row in self._rows(each)]
        stored = {row.user_id: row for row in found}
        return [
            Saving(user, row)
            for user in users
            if (row := stored.get(user.id)) and row.version == user.version
        ]

    def _as_seen(self, user: PortalUser) -> Saving | None:
        """
        Return how *user* is saved if their version was read in this transaction.
        """
        row = self._seen.get(user.id)
        if row is None or row.version != user.version:
            return None
        return Saving(user, row)

    def _move(self, savings: Sequence[Saving]) -> Sequence[Login]:
        """
        Give users the IDs that they are to own; return whose were refused.

        Users who are refused one keep what they had.
        """
        moving = [saving for saving in savings if saving.changes_logins]
        # A reservation that has ended may be another user's by now.
        wanted = [
            Login(each, saving.user.id) for saving in moving for each in saving.wanted
        ]
        stored = self._logins.stored({login.winbooks_id for login in wanted})
        left = {(row.login_key, row.user_id): row.left_at for row in stored}
        gained = [login for login in wanted if left.get(_place(login), True)]
        self._logins.take_back(gained)
        refused = self._logins.take(gained)
        losers = {login.user_id for login in refused}
        given_back = [
            login
            for login in set(gained).difference(refused)
            if login.user_id in losers
        ]
        returned = [login for login in given_back if left.get(_place(login))]
        given_back += (
            Login(each, saving.user.id)
            for saving in moving
            if saving.user.id not in losers
            for each in saving.owned - saving.wanted
        )
        self._logins.give_back(given_back)
        for login in returned:
            self._logins.leave(login, left[_place(login)])
        return refused

    def _replace(self, savings: Sequence[Saving]) -> Sequence[PortalUser]:
        saved = [
            _evolve(saving.user, version=saving.user.version + 1) for saving in savings
        ]
        for user in saved:
            self._seen.pop(user.id, None)
        stored = [saving.stored for saving in savings]
        for names, changed in changes.alike(stored, map(rows.user_row, saved)):
            self._update(names, changed)
        self._grants.replace(
            [saving.user for saving in savings if saving.changes_grants]
        )
        return saved

    def _update(
        self, names: tuple[str, ...], changed: Sequence[Mapping[str, object]]
    ) -> None:
        if len(changed) > 1 and self._statements.takes_records:
            self._statements.run(
                changes.of_records(names), records(changes.only(names, changed))
            )
        else:
            self._statements.run(changes.of_rows(names), changed)


def _place(login: Login) -> tuple[str, UUID]:
    return login.winbooks_id.key, login.user_id
