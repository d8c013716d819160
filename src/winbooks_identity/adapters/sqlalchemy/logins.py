"""
Who owns which WinBooks ID?

The primary key of `winbooks_login` keeps them apart: nothing here looks before
it inserts, and the transaction stays usable when the key refuses.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final, NamedTuple, final
from uuid import UUID

import attrs
from sqlalchemy import bindparam, delete, select

from ...winbooks_id import WinBooksId
from .records import insert_records, records
from .schema import LOGIN
from .statements import Statements, insert_silently


__all__ = ["BATCH", "Login", "Logins"]

_INSERT_RECORDS: Final = insert_records(LOGIN)
_INSERT: Final = insert_silently(LOGIN)
_SELECT: Final = select(LOGIN).where(LOGIN.c.login_key == bindparam("login_key"))
_SELECT_ALL: Final = select(LOGIN).where(
    LOGIN.c.login_key.in_(bindparam("login_keys", expanding=True))
)
_DELETE: Final = delete(LOGIN).where(LOGIN.c.login_key == bindparam("old_key"))

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

    def give_back(self, winbooks_ids: Iterable[WinBooksId]) -> None:
        """
        Let *winbooks_ids* have no owner.
        """
        self._statements.run(
            _DELETE, [{"old_key": winbooks_id.key} for winbooks_id in winbooks_ids]
        )

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
        asked, owners = list(winbooks_ids), dict[str, UUID]()
        for start in range(0, len(asked), BATCH):
            keys = [each.key for each in asked[start : start + BATCH]]
            found = self._statements.rows(_SELECT_ALL, {"login_keys": keys})
            owners.update((row.login_key, row.user_id) for row in found)
        return owners

    def _insert(self, wanted: Sequence[Login]) -> Mapping[str, UUID]:
        """
        Insert what has no owner; return at least the owners of that.
        """
        rows = [
            {"login_key": login.winbooks_id.key, "user_id": login.user_id}
            for login in wanted
        ]
        if self._statements.takes_records:
            inserted = self._statements.rows(_INSERT_RECORDS, records(rows))
            return {row.login_key: row.user_id for row in inserted}
        self._statements.run(_INSERT, rows)
        return self.owners([login.winbooks_id for login in wanted])
