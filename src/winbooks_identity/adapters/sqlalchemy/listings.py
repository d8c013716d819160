"""
How are the users found whom a directory outside is shown?
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cache
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
#: By what is asked, which users are meant.
_CHOICES: Final[Mapping[str, ColumnElement[bool]]] = {
    "role": _HOLDS,
    "dossier": _OPENS,
    "external_id": USER.c.external_id == bindparam("external_id"),
}


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
        asked = _asked(listing)
        page = {**asked, "start": start, "limit": limit}
        return self._statements.rows(_page_of(frozenset(asked)), page)

    def count(self, listing: Listing) -> int:
        """
        Return how many there are.
        """
        asked = _asked(listing)
        row = self._statements.row(_number_of(frozenset(asked)), asked)
        return 0 if row is None else int(row.number)


@cache  # A statement is worded once as long as it is the same object.
def _page_of(asked: AbstractSet[str]) -> Select[Any]:
    ordered = _chosen(SELECT_USERS, asked).order_by(USER.c.user_id)
    return ordered.limit(bindparam("limit")).offset(bindparam("start"))


@cache
def _number_of(asked: AbstractSet[str]) -> Select[Any]:
    number = select(func.count().label("number")).select_from(USER)
    return _chosen(number, asked)


def _chosen(statement: Select[Any], asked: AbstractSet[str]) -> Select[Any]:
    return statement.where(
        *_LISTED, *(each for name, each in _CHOICES.items() if name in asked)
    )


def _asked(listing: Listing) -> Mapping[str, object]:
    asked = {
        "licence": listing.licence,
        "role": None if listing.role is None else listing.role.value,
        "dossier": listing.dossier,
        "external_id": listing.external_id,
    }
    return {name: value for name, value in asked.items() if value is not None}
