"""
How are the users found whom a directory outside is shown?
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final, final

import attrs
from sqlalchemy import ColumnElement, Row, Select, bindparam, func, or_, select

from ...level import Level
from ...portal_user import Status
from ...ports import Listing
from .grants import SELECT_USERS
from .schema import USER, USER_DOSSIER, USER_ROLE
from .statements import Statements


__all__ = ["Listings"]

_STAFF: Final = [level.value for level in Level if level.is_staff]

#: What `PortalUser.is_listed` says.
_LISTED: Final[tuple[ColumnElement[bool], ...]] = (
    USER.c.licence == bindparam("licence"),
    USER.c.level.in_(_STAFF),
    or_(USER.c.status == Status.ACTIVE.value, USER.c.external_id.is_not(None)),
)
_HOLDS: Final = USER.c.user_id.in_(
    select(USER_ROLE.c.user_id).where(USER_ROLE.c.role == bindparam("role"))
)
_OPENS: Final = USER.c.user_id.in_(
    select(USER_DOSSIER.c.user_id)
    .where(USER_DOSSIER.c.licence == bindparam("licence"))
    .where(USER_DOSSIER.c.dossier == bindparam("dossier"))
)
_IS_CALLED: Final = USER.c.external_id == bindparam("external_id")


@final
@attrs.frozen
class Listings:
    """
    The users whom a directory outside is shown, inside a transaction.
    """

    _statements: Statements

    def page(self, listing: Listing, *, start: int, limit: int) -> Sequence[Row[Any]]:
        """
        Return the rows of up to *limit* users, by their internal keys.
        """
        chosen = _chosen(SELECT_USERS, listing).order_by(USER.c.user_id)
        statement = chosen.limit(bindparam("limit")).offset(bindparam("start"))
        asked = {**_asked(listing), "start": start, "limit": limit}
        return self._statements.rows(statement, asked)

    def count(self, listing: Listing) -> int:
        """
        Return how many there are.
        """
        statement = _chosen(select(func.count().label("number")), listing)
        row = self._statements.row(statement.select_from(USER), _asked(listing))
        return 0 if row is None else int(row.number)


def _chosen(statement: Select[Any], listing: Listing) -> Select[Any]:
    chosen = statement.where(*_LISTED)
    if listing.role is not None:
        chosen = chosen.where(_HOLDS)
    if listing.dossier is not None:
        chosen = chosen.where(_OPENS)
    if listing.external_id is not None:
        chosen = chosen.where(_IS_CALLED)
    return chosen


def _asked(listing: Listing) -> Mapping[str, object]:
    asked = {
        "licence": listing.licence,
        "role": None if listing.role is None else listing.role.value,
        "dossier": listing.dossier,
        "external_id": listing.external_id,
    }
    return {name: value for name, value in asked.items() if value is not None}
