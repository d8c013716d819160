"""
Who is in a licence?
"""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar
from uuid import UUID

from ..dossier import LicenceNumber
from ..level import Level
from ..portal_user import PortalUser
from ..ports import PAGE_SIZE, Listing, UnitOfWork


__all__ = ["has_another_administrator", "paged", "users_in"]

T = TypeVar("T")


def paged(
    read: Callable[[UUID | None], Sequence[T]], *, key: Callable[[T], UUID]
) -> Iterator[T]:
    """
    Yield what *read* returns, page by page.

    Args:
        read: returns a page of up to `PAGE_SIZE` behind a key; behind `None`, the first.
        key: what a page is sorted by.
    """
    after: UUID | None = None
    while page := read(after):
        yield from page
        if len(page) < PAGE_SIZE:
            return
        after = key(page[-1])


def users_in(unit: UnitOfWork, licence: LicenceNumber) -> Iterator[PortalUser]:
    """
    Yield everybody in *licence*, as one unit of work sees them.
    """
    return paged(
        lambda after: unit.users.of_licence(licence, after=after, limit=PAGE_SIZE),
        key=lambda user: user.id,
    )


def has_another_administrator(unit: UnitOfWork, user: PortalUser) -> bool:
    """
    Tell whether the licence of *user* has an active Administrator besides them.

    No one waits for the answer, so a step that relies on it asks
    `Users.has_other_administrator`.
    """
    staff, start = Listing(licence=user.licence), 0
    while page := unit.users.listed(staff, start=start, limit=PAGE_SIZE):
        if any(
            each.is_active and each.level is Level.ADMINISTRATOR and each.id != user.id
            for each in page
        ):
            return True
        start += len(page)
    return False
