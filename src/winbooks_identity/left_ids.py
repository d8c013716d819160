"""
When may another person get a WinBooks ID that was left?

Mail providers give addresses to new people, and products keep an ID that was entered
once.  So an ID that a change or an erasure left is held back for a while, and a
reservation ends with its link.  Source: spec § 3, "IDs that were left".
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from .portal_user import PortalUser
from .product_links import ProductLink
from .winbooks_id import WinBooksId


__all__ = ["HELD_BACK", "has_ended", "is_held"]

#: How long an ID that was left is given to no other person (spec § 3).
HELD_BACK: Final = timedelta(days=90)


def is_held(
    winbooks_id: WinBooksId,
    left_at: datetime,
    *,
    left_before: datetime,
    links: Iterable[ProductLink],
) -> bool:
    """
    Tell whether an ID that was left is still given to no other person.  [S34]

    Args:
        winbooks_id: the ID.
        left_at: when it was left.
        left_before: IDs that were left then, or earlier, are free.
        links: the product links of the user who left it; one that names it holds it.
    """
    return left_at > left_before or any(
        link.winbooks_id == winbooks_id for link in links
    )


def has_ended(winbooks_id: WinBooksId, owner: PortalUser, now: datetime) -> bool:
    """
    Tell whether *owner* only waited for *winbooks_id*, by a link that has ended.

    [S34]
    """
    change = owner.id_change
    return (
        change is not None
        and change.winbooks_id == winbooks_id != owner.winbooks_id
        and change.expires_at <= now
    )
