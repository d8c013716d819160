"""
What does a plan have to know of what is stored?
"""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta
from uuid import UUID

from ..dossier import LicenceNumber
from ..portal_user import PortalUser
from ..ports import PAGE_SIZE, Outline, Storage
from ..services.everyone import paged
from ..winbooks_id import WinBooksId


__all__ = ["elsewhere", "free_from", "held", "outlines_of", "users_of", "with_keys"]


def users_of(storage: Storage, licence: LicenceNumber) -> Iterator[PortalUser]:
    """
    Yield everybody in *licence*, each page as it is when it is read.
    """
    return paged(
        lambda after: storage.read(
            lambda unit: unit.users.of_licence(licence, after=after, limit=PAGE_SIZE)
        ),
        key=lambda user: user.id,
    )


def outlines_of(storage: Storage, licence: LicenceNumber) -> Iterator[Outline]:
    """
    Yield the outlines of everybody in *licence*, each page as it is when it is read.
    """
    return paged(
        lambda after: storage.read(
            lambda unit: unit.users.outlines(licence, after=after, limit=PAGE_SIZE)
        ),
        key=lambda outline: outline.id,
    )


def with_keys(storage: Storage, user_ids: Sequence[UUID]) -> Iterator[PortalUser]:
    """
    Yield the users with those internal keys, as many as are there, page by page.
    """
    for start in range(0, len(user_ids), PAGE_SIZE):
        page = frozenset(user_ids[start : start + PAGE_SIZE])
        yield from _found(storage, page)


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


def _found(storage: Storage, user_ids: AbstractSet[UUID]) -> Sequence[PortalUser]:
    return storage.read(lambda unit: unit.users.find_all(user_ids))


def _taken(
    storage: Storage, asked: AbstractSet[WinBooksId], now: datetime
) -> AbstractSet[WinBooksId]:
    return storage.read(lambda unit: unit.users.taken(asked, now=now))
