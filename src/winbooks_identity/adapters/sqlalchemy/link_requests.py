"""
How do the links that were asked for wait in a table?
"""

from collections.abc import Sequence
from typing import Final, final

import attrs
from sqlalchemy import bindparam, delete, insert, select, tuple_

from ...mail.link_request import LinkRequest
from .schema import LINK_REQUEST
from .statements import Statements


__all__ = ["LinkRequests"]

_INSERT: Final = insert(LINK_REQUEST)
_SELECT_FIRST: Final = (
    select(LINK_REQUEST)
    .order_by(LINK_REQUEST.c.asked_at, LINK_REQUEST.c.request_id)
    .limit(bindparam("limit"))
)
_SELECT_NEXT: Final = _SELECT_FIRST.where(
    tuple_(LINK_REQUEST.c.asked_at, LINK_REQUEST.c.request_id)
    > tuple_(
        bindparam("last_at", type_=LINK_REQUEST.c.asked_at.type),
        bindparam("last_id", type_=LINK_REQUEST.c.request_id.type),
    )
)
_TAKE: Final = (
    delete(LINK_REQUEST)
    .where(LINK_REQUEST.c.request_id == bindparam("of_request"))
    .returning(LINK_REQUEST.c.request_id)
)


@final
@attrs.frozen
class LinkRequests:
    """
    The links that were asked for, inside a transaction.
    """

    _statements: Statements

    def put(self, request: LinkRequest) -> None:
        """
        Let *request* wait from now on.
        """
        self._statements.run(
            _INSERT,
            {
                "request_id": request.id,
                "asked_at": request.asked_at,
                "sealed": request.sealed,
            },
        )

    def waiting(
        self, *, after: LinkRequest | None, limit: int
    ) -> Sequence[LinkRequest]:
        """
        Return up to *limit* requests that wait, the oldest first.
        """
        wanted: dict[str, object] = {"limit": limit}
        statement = _SELECT_FIRST
        if after is not None:
            statement = _SELECT_NEXT
            wanted |= {"last_at": after.asked_at, "last_id": after.id}
        return [
            LinkRequest(
                id=row.request_id, asked_at=row.asked_at, sealed=bytes(row.sealed)
            )
            for row in self._statements.rows(statement, wanted)
        ]

    def take(self, request: LinkRequest) -> bool:
        """
        Remove *request*; tell whether it was there.
        """
        return self._statements.row(_TAKE, {"of_request": request.id}) is not None
