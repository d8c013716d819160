"""
Who owns which WinBooks ID?

The primary key of `winbooks_login` keeps them apart: nothing here looks before
it inserts, and the transaction stays usable when the key refuses.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple, final
from uuid import UUID

import attrs
from sqlalchemy import Row, bindparam, delete, select

from ...winbooks_id import WinBooksId
from .records import insert_records, records
from .schema import LOGIN
from .statements import Statements
from .writes import insert_if_absent, insert_silently


__all__ = ["BATCH", "Login", "Logins"]

_INSERT_RECORDS: Final = insert_records(LOGIN)
_INSERT: Final = insert_silently(LOGIN)
_INSERT_ONE: Final = insert_if_absent(LOGIN)
_SELECT: Final = select(LOGIN).where(LOGIN.c.login_key == bindparam("login_key"))
_SELECT_ALL: Final = select(LOGIN).where(
    LOGIN.c.login_key.in_(bindparam("login_keys", expanding=True))
)
_DELETE: Final = (
    delete(LOGIN)
    .where(LOGIN.c.login_key == bindparam("old_key"))
    .where(LOGIN.c.user_id == bindparam("old_owner"))
)
_DELETE_OWNED: Final = _DELETE.where(LOGIN.c.left_at.is_(None))
_DELETE_LEFT: Final = _DELETE.where(LOGIN.c.left_at.is_not(None))
_SELECT_LEFT: Final = select(LOGIN).where(LOGIN.c.left_at <= bindparam("left_before"))

#: Rows in one statement; far below the parameters that any driver takes.
BATCH: Final = 500


class Login(NamedTuple):
    """
    A WinBooks ID and the user who owns it or wants it.
    """

    winbooks_id: WinBooksId
    user_id: UUID


@final
@attrs.frozen
class Logins:
    """
    The owners of WinBooks IDs, inside a transaction.
    """

    _statements: Statements

    def take(self, wanted: Sequence[Login]) -> Sequence[Login]:
        """
        Give each of *wanted* to its user; return those that have another owner.

        Of two users who want one ID, the first gets it.
        """
        refused: list[Login] = []
        for start in range(0, len(wanted), BATCH):
            batch = wanted[start : start + BATCH]
            taken = self._insert(batch)
            refused += (
                login
                for login in batch
                if taken.get(login.winbooks_id.key) != login.user_id
            )
        return refused

    def give_back(self, owned: Iterable[Login]) -> None:
        """
        Let each ID in *owned* have no owner, if its user is the owner.
        """
        self._statements.run(_DELETE_OWNED, list(map(_old, owned)))

    def take_back(self, wanted: Iterable[Login]) -> None:
        """
        End what holds an ID in *wanted* back, where it was its user who left it.
        """
        self._statements.run(_DELETE_LEFT, list(map(_old, wanted)))

    def leave(self, login: Login, at: datetime) -> None:
        """
        Hold the ID of *login*, which has no owner, back for its user.
        """
        self._statements.run(_INSERT, _row(login, left_at=at))

    def stored(self, winbooks_ids: Collection[WinBooksId]) -> Sequence[Row[Any]]:
        """
        Return the rows of *winbooks_ids*, owned or held back.
        """
        asked = list(winbooks_ids)
        if len(asked) == 1:
            return self._statements.rows(_SELECT, {"login_key": asked[0].key})
        return [
            row
            for start in range(0, len(asked), BATCH)
            for row in self._statements.rows(
                _SELECT_ALL,
                {"login_keys": [each.key for each in asked[start : start + BATCH]]},
            )
        ]

    def left(self, before: datetime) -> Sequence[Row[Any]]:
        """
        Return the rows of the IDs that were left then or earlier.
        """
        return self._statements.rows(_SELECT_LEFT, {"left_before": before})

    def owner(self, winbooks_id: WinBooksId) -> UUID | None:
        """
        Return who owns *winbooks_id*.
        """
        row = self._statements.row(_SELECT, {"login_key": winbooks_id.key})
        return None if row is None else row.user_id

    def owners(self, winbooks_ids: Collection[WinBooksId]) -> Mapping[str, UUID]:
        """
        Return who owns which of *winbooks_ids*, by their keys.
        """
        found = self.stored(winbooks_ids)
        return {row.login_key: row.user_id for row in found if row.left_at is None}

    def _insert(self, wanted: Sequence[Login]) -> Mapping[str, UUID]:
        """
        Insert what has no owner; return at least the owners of that.
        """
        rows = [_row(login, left_at=None) for login in wanted]
        if len(rows) == 1:
            new = self._statements.row(_INSERT_ONE, rows[0])
            return {} if new is None else {new.login_key: wanted[0].user_id}
        if self._statements.takes_records:
            inserted = self._statements.rows(_INSERT_RECORDS, records(rows))
            return {row.login_key: row.user_id for row in inserted}
        self._statements.run(_INSERT, rows)
        return self.owners([login.winbooks_id for login in wanted])


def _row(login: Login, *, left_at: datetime | None) -> Mapping[str, object]:
    winbooks_id, user_id = login
    return {"login_key": winbooks_id.key, "user_id": user_id, "left_at": left_at}


def _old(login: Login) -> Mapping[str, object]:
    return {"old_key": login.winbooks_id.key, "old_owner": login.user_id}
