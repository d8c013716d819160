"""
How does a forgotten password wait until it is known whose it is?

A request is one sealed row of one size, for every ID: to store it takes the same
work, and tells nothing.  A relay finds out, and writes the mail.
"""

from datetime import datetime
from typing import Final, Self, final
from uuid import UUID

import attrs

from ..winbooks_id import WinBooksId
from .outbox import Sealer


__all__ = ["LinkRequest"]

#: As long as the longest WinBooks ID.  [R1]
_LENGTH: Final = 254


@final
@attrs.frozen(kw_only=True)
class LinkRequest:
    """
    A link to choose a password was asked for.  [S23]

    `asked_at` is in UTC; `sealed` holds the WinBooks ID that was typed.
    """

    id: UUID
    asked_at: datetime
    sealed: bytes = attrs.field(repr=False)

    @classmethod
    def close(
        cls,
        winbooks_id: WinBooksId,
        sealer: Sealer,
        *,
        request_id: UUID,
        asked_at: datetime,
    ) -> Self:
        """
        Return the request for *winbooks_id*, sealed for just this row.
        """
        clear = winbooks_id.key.encode().ljust(_LENGTH)
        sealed = sealer.seal(clear, _context(request_id))
        return cls(id=request_id, asked_at=asked_at, sealed=sealed)

    def open(self, sealer: Sealer) -> WinBooksId:
        """
        Return the WinBooks ID that was typed.

        Raises:
            SealBroken: the row was altered, or its key is gone.
        """
        clear = sealer.unseal(self.sealed, _context(self.id))
        return WinBooksId(clear.decode().rstrip())


def _context(request_id: UUID) -> bytes:
    return f"link request {request_id}".encode()
