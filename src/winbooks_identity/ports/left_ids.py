"""
Where are the WinBooks IDs that users left?
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import Protocol
from uuid import UUID

from ..winbooks_id import WinBooksId


__all__ = ["LeftIds"]


class LeftIds(Protocol):
    """
    The WinBooks IDs that were left, inside a unit of work.  [S34]

    What holds an ID back, and when a reservation ends, is said by
    `winbooks_identity.left_ids`.
    """

    def put(self, winbooks_id: WinBooksId, *, of: UUID, at: datetime) -> None:
        """
        Hold back an ID without an owner: from now on only the user *of* can take it.

        Together with the save or the removal that leaves it, no other unit of work
        gets it in between.  A user who takes their own ID again ends that.
        """
        ...

    def held(
        self, winbooks_ids: AbstractSet[WinBooksId], *, left_before: datetime
    ) -> Mapping[WinBooksId, UUID]:
        """
        Return which of *winbooks_ids* are held back, and who left each.

        Args:
            winbooks_ids: the IDs that are asked for.
            left_before: one that was left then or earlier is free, unless a product
                link of the user who left it names it.
        """
        ...

    def left_at(
        self, winbooks_ids: AbstractSet[WinBooksId]
    ) -> Mapping[WinBooksId, datetime]:
        """
        Return when those of *winbooks_ids* were left that have no owner now, in UTC.
        """
        ...

    def release(
        self,
        winbooks_ids: AbstractSet[WinBooksId],
        *,
        left_before: datetime,
        now: datetime,
    ) -> None:
        """
        Let any user take those of *winbooks_ids* that are not held back any more.

        Those are the IDs that `held` does not return, and those that a user waits
        for by a link that has ended.
        """
        ...

    def forget(self, left_before: datetime) -> None:
        """
        Let go of every ID that was left then or earlier and that no link names.
        """
        ...
