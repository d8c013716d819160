"""
Which part of a user does licence management decide?

Level, roles, dossiers, notices and password belong to the Portal and are never
touched.  [R66, R67]
"""

from typing import Final, Self, final

import attrs

from ..evolution import evolving
from ..language import Language
from ..names import PersonName
from ..phone import PhoneNumber
from ..portal_user import PortalUser, Status
from ..winbooks_id import WinBooksId
from .desired_user import DesiredUser, parse_external_id


__all__ = ["SyncedFields"]

_evolve_user: Final = evolving(PortalUser)


@final
@attrs.frozen(kw_only=True)
class SyncedFields:
    """
    What licence management decides of a user: this and nothing else.  [R65, R67]

    Raises:
        Invalid: *external_id* cannot be one.
    """

    external_id: str | None
    winbooks_id: WinBooksId
    first_name: PersonName
    last_name: PersonName
    language: Language
    phone: PhoneNumber | None
    is_active: bool

    def __attrs_post_init__(self) -> None:
        if self.external_id is not None:
            parse_external_id(self.external_id)

    @classmethod
    def of(cls, user: PortalUser) -> Self:
        """
        Return what licence management decides of *user*, as it is now.
        """
        return cls(
            external_id=user.external_id,
            winbooks_id=user.winbooks_id,
            first_name=user.first_name,
            last_name=user.last_name,
            language=user.language,
            phone=user.phone,
            is_active=user.is_active,
        )

    @classmethod
    def of_new(cls, desired: DesiredUser, *, language: Language) -> Self:
        """
        Return what a new user starts with; *language* is that of their licence.
        """
        return cls(
            external_id=desired.external_id,
            winbooks_id=desired.login,
            first_name=desired.first_name,
            last_name=desired.last_name,
            language=desired.language or language,
            phone=desired.phone,
            is_active=desired.is_active,
        )

    def following(self, desired: DesiredUser) -> Self:
        """
        Return what becomes of this when *desired* is carried out.

        What licence management does not say stays, and so does the registered
        spelling of a WinBooks ID.  [R4]
        """
        return type(self)(
            external_id=desired.external_id,
            winbooks_id=(
                self.winbooks_id if self.winbooks_id == desired.login else desired.login
            ),
            first_name=desired.first_name,
            last_name=desired.last_name,
            language=desired.language or self.language,
            phone=desired.phone or self.phone,
            is_active=desired.is_active,
        )

    def standing(self, *, is_active: bool) -> Self:
        """
        Return this with another status.
        """
        return attrs.evolve(self, is_active=is_active)

    def onto(self, user: PortalUser) -> PortalUser:
        """
        Return *user* with this part of them replaced, the rest as it was.
        """
        return _evolve_user(
            user,
            external_id=self.external_id,
            winbooks_id=self.winbooks_id,
            first_name=self.first_name,
            last_name=self.last_name,
            language=self.language,
            phone=self.phone,
            status=Status.ACTIVE if self.is_active else Status.INACTIVE,
            # A user whom a person deactivated stays out until a person says so.  [S30]
            deactivated_by_feed=(
                not self.is_active and (user.is_active or user.deactivated_by_feed)
            ),
            # A user with a new ID waits for no other.
            id_change=(
                user.id_change if self.winbooks_id == user.winbooks_id else None
            ),
            address_proven=(
                user.address_proven and self.winbooks_id == user.winbooks_id
            ),
        )
