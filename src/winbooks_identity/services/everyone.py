"""
Who is in a licence, as one unit of work sees them?
"""

from collections.abc import Iterator
from uuid import UUID

from ..dossier import LicenceNumber
from ..level import Level
from ..portal_user import PortalUser
from ..ports import PAGE_SIZE, Listing, UnitOfWork


__all__ = ["has_another_administrator", "users_in"]


def users_in(unit: UnitOfWork, licence: LicenceNumber) -> Iterator[PortalUser]:
    """
    Yield everybody in *licence*, page by page.
    """
    after: UUID | None = None
    while page := unit.users.of_licence(licence, after=after, limit=PAGE_SIZE):
        yield from page
        after = page[-1].id


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
