"""
Who is in a licence, as one unit of work sees them?
"""

from collections.abc import Iterator
from uuid import UUID

from ..dossier import LicenceNumber
from ..portal_user import PortalUser
from ..ports import PAGE_SIZE, UnitOfWork


__all__ = ["users_in"]


def users_in(unit: UnitOfWork, licence: LicenceNumber) -> Iterator[PortalUser]:
    """
    Yield everybody in *licence*, page by page.
    """
    after: UUID | None = None
    while page := unit.users.of_licence(licence, after=after, limit=PAGE_SIZE):
        yield from page
        after = page[-1].id
