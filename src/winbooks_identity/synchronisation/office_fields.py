"""
Which part of a user does an office file decide?

All that the creation form asks, but the WinBooks ID, which says who is meant, and
what is done once: the password and the mail with it.
"""

from collections.abc import Iterator
from typing import Self, final

import attrs

from .. import life_cycle
from ..dossier import DossierNumber
from ..forms.new_user import NewUser
from ..language import Language
from ..level import Level
from ..life_cycle import Details, StepToTake
from ..names import CompanyName, PersonName
from ..phone import PhoneNumber
from ..portal_user import PortalUser, Status
from ..role import Role
from ..winbooks_id import WinBooksId


__all__ = ["OfficeFields"]


@final
@attrs.frozen(kw_only=True)
class OfficeFields:
    """
    What an office file decides of a user; both ids stay as they are stored.  [S50]
    """

    external_id: str | None
    winbooks_id: WinBooksId
    level: Level
    status: Status
    first_name: PersonName
    last_name: PersonName
    company_name: CompanyName
    language: Language
    phone: PhoneNumber | None
    dossiers: frozenset[DossierNumber]
    roles: frozenset[Role]
    notify_all_dossiers: bool

    @classmethod
    def of(cls, user: PortalUser) -> Self:
        """
        Return what an office file decides of *user*, as it is now.
        """
        return cls(**{name: getattr(user, name) for name in _names()})

    @classmethod
    def of_new(cls, new: NewUser) -> Self:
        """
        Return what a new user starts with.
        """
        asked = {name: getattr(new, name) for name in _names() if hasattr(new, name)}
        return cls(external_id=None, status=_status(new), **asked)

    def following(self, new: NewUser) -> Self:
        """
        Return what becomes of this when the form *new* is carried out.

        The registered spelling of a WinBooks ID stays.  [R4]
        """
        return attrs.evolve(
            type(self).of_new(new),
            external_id=self.external_id,
            winbooks_id=self.winbooks_id,
        )

    @property
    def is_active(self) -> bool:
        """
        Tell whether the user can sign in.
        """
        return self.status is Status.ACTIVE

    @property
    def details(self) -> Details:
        """
        Return the part that is rectified.
        """
        names = (field.name for field in attrs.fields(Details))
        return Details(**{name: getattr(self, name) for name in names})

    def standing(self, *, is_active: bool) -> Self:
        """
        Return this with another status.
        """
        return attrs.evolve(
            self, status=Status.ACTIVE if is_active else Status.INACTIVE
        )

    def onto(self, user: PortalUser) -> PortalUser:
        """
        Return *user* with this part of them replaced, the rest as it was.
        """
        replaced = attrs.evolve(
            user, **{name: getattr(self, name) for name in _names()}
        )
        return attrs.evolve(
            replaced,
            deactivated_by_feed=user.deactivated_by_feed and not self.is_active,
        )

    def steps(self, user: PortalUser) -> Iterator[StepToTake]:
        """
        Yield the steps that lead from *user* here: those of the commands.  [S50]

        What is given comes before what is taken, so no end customer is without a
        dossier or a role in between.
        """
        if Details.of(user) != self.details:
            yield StepToTake.of(life_cycle.rectify, self.details)
        if user.level is not self.level:
            yield StepToTake.of(life_cycle.change_level, self.level)
        if given := self.roles - user.roles:
            yield StepToTake.of(life_cycle.grant_roles, given)
        if taken := user.roles - self.roles:
            yield StepToTake.of(life_cycle.revoke_roles, taken)
        if granted := self.dossiers - user.dossiers:
            yield StepToTake.of(life_cycle.grant_dossiers, granted)
        if revoked := user.dossiers - self.dossiers:
            yield StepToTake.of(life_cycle.revoke_dossiers, revoked)
        if user.notify_all_dossiers is not self.notify_all_dossiers:
            yield StepToTake.of(
                life_cycle.notify, all_dossiers=self.notify_all_dossiers
            )
        if self.is_active and not user.is_active:
            yield StepToTake.of(life_cycle.activate)
        if user.is_active and not self.is_active:
            yield StepToTake.of(life_cycle.deactivate)


def _names() -> tuple[str, ...]:
    return tuple(field.name for field in attrs.fields(OfficeFields))


def _status(new: NewUser) -> Status:
    return Status.ACTIVE if new.activate else Status.INACTIVE
