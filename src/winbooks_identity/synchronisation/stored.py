"""
What does a plan have to know of what is stored?
"""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta
from itertools import chain
from uuid import UUID

from ..dossier import LicenceNumber
from ..portal_user import PortalUser
from ..ports import PAGE_SIZE, Storage
from ..winbooks_id import WinBooksId


__all__ = ["elsewhere", "free_from", "held", "users_of"]


def users_of(storage: Storage, licence: LicenceNumber) -> Iterator[PortalUser]:
    """
    Yield everybody in *licence*, page by page.
    """
    return chain.from_iterable(_pages(storage, licence))


def elsewhere(
    storage: Storage,
    asked: AbstractSet[WinBooksId],
    users: Sequence[PortalUser],
    *,
    now: datetime,
) -> AbstractSet[WinBooksId]:
    """
    Return which of the WinBooks IDs *asked* for have another owner than *users*.
    """
    strange = list(asked - {user.winbooks_id for user in users})
    found: set[WinBooksId] = set()
    for start in range(0, len(strange), PAGE_SIZE):
        page = frozenset(strange[start : start + PAGE_SIZE])
        found |= _taken(storage, page, now)
    return found


def held(
    storage: Storage,
    asked: AbstractSet[WinBooksId],
    *,
    now: datetime,
    held_back: timedelta,
) -> Mapping[WinBooksId, UUID]:
    """
    Return which of the WinBooks IDs *asked* for are held back, and who left each.

    [S34]
    """
    left_before = now - held_back
    return storage.read(lambda unit: unit.left_ids.held(asked, left_before=left_before))


def free_from(
    storage: Storage,
    held: AbstractSet[WinBooksId],
    *,
    now: datetime,
    held_back: timedelta,
) -> Mapping[WinBooksId, datetime]:
    """
    Return until when time holds back those WinBooks IDs that are *held* back.

    One that only a product link still holds back is not among them.
    """
    if not held:
        return {}
    left = storage.read(lambda unit: unit.left_ids.left_at(held))
    ends = {each: at + held_back for each, at in left.items()}
    return {each: end for each, end in ends.items() if end > now}


def _pages(storage: Storage, licence: LicenceNumber) -> Iterator[Sequence[PortalUser]]:
    after: UUID | None = None
    while page := _page(storage, licence, after):
        yield page
        after = page[-1].id


def _page(
    storage: Storage, licence: LicenceNumber, after: UUID | None
) -> Sequence[PortalUser]:
    return storage.read(
        lambda unit: unit.users.of_licence(licence, after=after, limit=PAGE_SIZE)
    )


def _taken(
    storage: Storage, asked: AbstractSet[WinBooksId], now: datetime
) -> AbstractSet[WinBooksId]:
    return storage.read(lambda unit: unit.users.taken(asked, now=now))
