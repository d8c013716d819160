"""
What is a user after a step?

Every function takes a user and returns him as he is after it; who may take the
step, storing it and telling it are elsewhere.
"""

from collections.abc import Set as AbstractSet
from typing import Final, Self, final

import attrs

from ..errors import InvalidFields
from ..forms.new_user import NewEmployee, NewEndCustomer
from ..language import Language
from ..level import Level
from ..names import CompanyName, PersonName
from ..phone import PhoneNumber
from ..portal_user import IdChange, PortalUser, Status
from ..role import Role
from .steps import Step, ensure_allowed, refusal


__all__ = [
    "Details",
    "activate",
    "change_id",
    "change_level",
    "confirm_id",
    "deactivate",
    "grant_dossiers",
    "grant_roles",
    "notify",
    "rectify",
    "revoke_dossiers",
    "revoke_roles",
    "withdraw_id",
]


def activate(user: PortalUser) -> PortalUser:
    """
    Let *user* sign in, for the first time or again.  [R56, Q12]

    Raises:
        NotAllowed: he is active.
    """
    ensure_allowed(user, Step.ACTIVATE)
    return attrs.evolve(user, status=Status.ACTIVE)


def deactivate(user: PortalUser) -> PortalUser:
    """
    Keep *user* from signing in; everything else stays.  [Q12]

    Raises:
        NotAllowed: he is inactive.
    """
    ensure_allowed(user, Step.DEACTIVATE)
    return attrs.evolve(user, status=Status.INACTIVE)


def change_level(user: PortalUser, level: Level) -> PortalUser:
    """
    Give *user* another level; staff stay staff, and end customers stay that.

    [R21, R22, Q21]

    Raises:
        InvalidFields: *level* is not for his kind of user.
    """
    ensure_allowed(user, Step.CHANGE_LEVEL)
    kind = _kind_of(user)
    InvalidFields.raise_if_any({"level": kind.check_level(level)})
    return attrs.evolve(user, level=level)


def grant_dossiers(user: PortalUser, dossiers: AbstractSet[str]) -> PortalUser:
    """
    Let *user* open *dossiers* too; notices of them follow his box.  [R41, R73, Q19]
    """
    ensure_allowed(user, Step.GRANT_DOSSIERS)
    return attrs.evolve(user, dossiers=user.dossiers | dossiers)


def revoke_dossiers(user: PortalUser, dossiers: AbstractSet[str]) -> PortalUser:
    """
    Take *dossiers* away from *user*, and with them their notices.  [R43]

    Raises:
        InvalidFields: an end customer would have none left.  [R38]
    """
    ensure_allowed(user, Step.REVOKE_DOSSIERS)
    left = user.dossiers - dossiers
    InvalidFields.raise_if_any({"dossiers": _kind_of(user).check_dossiers(left)})
    return attrs.evolve(user, dossiers=left)


def grant_roles(user: PortalUser, roles: AbstractSet[Role]) -> PortalUser:
    """
    Give *user* also *roles*.  [R53]

    Raises:
        InvalidFields: a role is not for his kind of user.  [R47, R48]
    """
    ensure_allowed(user, Step.GRANT_ROLES)
    return _with_roles(user, user.roles | roles)


def revoke_roles(user: PortalUser, roles: AbstractSet[Role]) -> PortalUser:
    """
    Take *roles* away from *user*.  [R53]

    Raises:
        InvalidFields: an end customer would have none left.  [R51]
    """
    ensure_allowed(user, Step.REVOKE_ROLES)
    return _with_roles(user, user.roles - roles)


def notify(user: PortalUser, *, all_dossiers: bool) -> PortalUser:
    """
    Tick or untick the notices of *user*, for what he opens now and later.

    [R41, R42, Q19]
    """
    ensure_allowed(user, Step.NOTIFY)
    return attrs.evolve(user, notify_all_dossiers=all_dossiers)


@final
@attrs.frozen(kw_only=True)
class Details:
    """
    What can be rectified of a person without touching his rights.
    """

    first_name: PersonName
    last_name: PersonName
    company_name: CompanyName
    language: Language
    phone: PhoneNumber | None

    @classmethod
    def of(cls, user: PortalUser) -> Self:
        """
        Return the details of *user* as they are.
        """
        return cls(**{field: getattr(user, field) for field in _DETAILS})


_DETAILS: Final = tuple(field.name for field in attrs.fields(Details))


def rectify(user: PortalUser, details: Details) -> PortalUser:
    """
    Put *details* in the place of those of *user* (GDPR, article 16).
    """
    ensure_allowed(user, Step.RECTIFY)
    return attrs.evolve(user, **{name: getattr(details, name) for name in _DETAILS})


def change_id(user: PortalUser, change: IdChange) -> PortalUser:
    """
    Let the WinBooks ID of *change* wait until its address is confirmed.  [Q14]

    An earlier change that waits is replaced.

    Raises:
        NotAllowed: his ID is his login on on Web.
    """
    ensure_allowed(user, Step.CHANGE_ID)
    return attrs.evolve(user, id_change=change)


def confirm_id(user: PortalUser) -> PortalUser:
    """
    Put the WinBooks ID that waits in the place of the present one.  [Q14]

    Raises:
        NotAllowed: none waits, or his ID is his login on on Web.
    """
    if user.id_change is None:
        raise refusal(user, Step.CONFIRM_ID)
    ensure_allowed(user, Step.CONFIRM_ID)
    return attrs.evolve(user, winbooks_id=user.id_change.winbooks_id, id_change=None)


def withdraw_id(user: PortalUser) -> PortalUser:
    """
    Let go of the WinBooks ID that waits.  [Q14]

    Raises:
        NotAllowed: none waits.
    """
    ensure_allowed(user, Step.WITHDRAW_ID)
    return attrs.evolve(user, id_change=None)


def _kind_of(user: PortalUser) -> type[NewEmployee] | type[NewEndCustomer]:
    return NewEmployee if user.is_staff else NewEndCustomer


def _with_roles(user: PortalUser, roles: frozenset[Role]) -> PortalUser:
    InvalidFields.raise_if_any({"roles": _kind_of(user).check_roles(roles)})
    return attrs.evolve(user, roles=roles)
