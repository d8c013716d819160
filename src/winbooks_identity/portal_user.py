"""
Who is a user of the Portal, and what becomes of a creation form?
"""

from datetime import datetime
from enum import Enum
from typing import Self, final
from uuid import UUID

import attrs

from .dossier import DossierNumber, LicenceNumber
from .forms.new_user import NewUser
from .language import Language
from .level import Level
from .licence import Licence
from .names import CompanyName, PersonName
from .phone import PhoneNumber
from .role import Role
from .winbooks_id import WinBooksId


__all__ = ["CredentialSource", "IdChange", "PortalUser", "Status"]


@final
class Status(Enum):
    """
    Where a user stands in their life.  [R56]
    """

    ACTIVE = "active"
    INACTIVE = "inactive"


@final
class CredentialSource(Enum):
    """
    Whose password the user signs in with: the Portal's or on Web's.

    [R60, Q10]
    """

    PORTAL = "portal"
    ON_WEB = "on_web"


@final
@attrs.frozen(kw_only=True)
class IdChange:
    """
    The WinBooks ID that a user gets once its address is confirmed.  [Q14]

    `expires_at`, in UTC, is when the confirmation ends, and with it the reservation
    of the new ID.  [S34]
    """

    winbooks_id: WinBooksId
    expires_at: datetime


@final
@attrs.frozen(kw_only=True)
class PortalUser:
    """
    One person with one WinBooks ID in one licence.  [R5, R24]

    `id` is the internal key and never changes; `licence` is the licence's
    number, `dossiers` are numbers of dossiers in that licence.  `external_id`
    is what licence management calls them, once a synchronisation has made or
    found them.  [R65]  `deactivated_by_feed` tells that a synchronisation, and
    no person, keeps them from signing in.  [S30]  `id_change` is the change of ID
    that waits for its confirmation.  `address_proven` tells whether a link that was
    mailed to the address of the ID was ever used.  [S35]  `version` counts the saves.
    """

    id: UUID
    winbooks_id: WinBooksId
    licence: LicenceNumber
    level: Level
    status: Status
    credential_source: CredentialSource
    first_name: PersonName
    last_name: PersonName
    company_name: CompanyName
    language: Language
    phone: PhoneNumber | None
    dossiers: frozenset[DossierNumber]
    roles: frozenset[Role]
    notify_all_dossiers: bool
    external_id: str | None = None
    deactivated_by_feed: bool = False
    id_change: IdChange | None = None
    address_proven: bool = False
    version: int = 1

    @property
    def is_active(self) -> bool:
        """
        Tell whether the user can sign in.  [R56]
        """
        return self.status is Status.ACTIVE

    @property
    def is_staff(self) -> bool:
        """
        Tell whether the user is staff of the licence holder.  [R21, R22]
        """
        return self.level.is_staff

    @property
    def is_listed(self) -> bool:
        """
        Tell whether a directory outside, such as an identity provider, sees the user.

        It sees the staff: those who are active, and those whom it has a name for.
        """
        return self.is_staff and (self.is_active or self.external_id is not None)

    @property
    def is_on_web(self) -> bool:
        """
        Tell whether their login and password are those of WinBooks on Web.  [R60]
        """
        return self.credential_source is CredentialSource.ON_WEB

    @property
    def notified_dossiers(self) -> frozenset[str]:
        """
        Return the dossiers that the user gets notices of.

        They are exactly those that they can open, or none; no inactive user gets
        any.  [R41, R42, R43, R44, Q12]
        """
        is_notified = self.notify_all_dossiers and self.is_active
        return self.dossiers if is_notified else frozenset()

    @classmethod
    def create(cls, new: NewUser, *, licence: Licence, user_id: UUID) -> Self:
        """
        Return the user that *new* asks for in *licence*.  [R31, R56, S56]

        On Web knows staff; an end customer has a password of the Portal everywhere.
        """
        return cls(
            id=user_id,
            winbooks_id=new.winbooks_id,
            licence=licence.number,
            level=new.level,
            status=Status.ACTIVE if new.activate else Status.INACTIVE,
            credential_source=(
                CredentialSource.ON_WEB
                if new.is_on_web(licence)
                else CredentialSource.PORTAL
            ),
            first_name=new.first_name,
            last_name=new.last_name,
            company_name=new.company_name,
            language=new.language,
            phone=new.phone,
            dossiers=new.dossiers,
            roles=new.roles,
            notify_all_dossiers=new.notify_all_dossiers,
        )
