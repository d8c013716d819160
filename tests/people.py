"""
The people of an office, and what they have in common.
"""

from datetime import UTC, datetime
from uuid import UUID

import attrs

from winbooks_identity.dossier import Dossier
from winbooks_identity.language import Language
from winbooks_identity.level import Level
from winbooks_identity.licence import Licence, Product
from winbooks_identity.names import CompanyName, PersonName
from winbooks_identity.passwords import Password
from winbooks_identity.portal_user import CredentialSource, PortalUser, Status
from winbooks_identity.role import Role
from winbooks_identity.winbooks_id import WinBooksId


NOW = datetime(2026, 5, 1, 9, 30, tzinfo=UTC)
LICENCE = Licence(
    number="WB-1",
    product=Product.CLASSIC,
    holder=CompanyName("Fiduciaire Peeters"),
    language=Language.DUTCH,
)
DOSSIERS = [
    Dossier(number=number, name=CompanyName(f"Dossier {number}"))
    for number in ("1001", "1002", "1003")
]

#: Someone of the staff, for tests that change one thing about them.
EMPLOYEE = PortalUser(
    id=UUID(int=1),
    winbooks_id=WinBooksId("ada@example.org"),
    licence="WB-1",
    level=Level.POWER_USER,
    status=Status.ACTIVE,
    credential_source=CredentialSource.PORTAL,
    first_name=PersonName("Ada"),
    last_name=PersonName("Lovelace"),
    company_name=CompanyName("Fiduciaire Peeters"),
    language=Language.DUTCH,
    phone=None,
    dossiers=frozenset({"1001"}),
    roles=frozenset({Role.VIEW_ADMIN}),
    notify_all_dossiers=False,
)


def person(
    name: str,
    level: Level,
    *,
    dossiers: frozenset[str] = frozenset({"1001"}),
    source: CredentialSource = CredentialSource.PORTAL,
    licence: str = "WB-1",
) -> PortalUser:
    """
    Return someone active whose internal key follows from their name.
    """
    return attrs.evolve(
        EMPLOYEE,
        id=UUID(bytes=name.encode().ljust(16, b".")),
        winbooks_id=WinBooksId(f"{name}@example.org"),
        licence=licence,
        level=level,
        credential_source=source,
        first_name=PersonName(name.capitalize()),
        language=Language.ENGLISH,
        dossiers=dossiers,
        roles=frozenset({Role.VIEW_ADMIN if level.is_staff else Role.VIEW_USER}),
        notify_all_dossiers=True,
    )


ADA = person("ada", Level.ADMINISTRATOR)
GRACE = person("grace", Level.POWER_USER)
JOAN = person("joan", Level.USER)
PASSWORD = Password("Correct-Horse-1")
