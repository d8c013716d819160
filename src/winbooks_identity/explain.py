"""
Why can a user open that, or what is missing?
"""

from collections.abc import Iterator
from typing import ClassVar, Final, final

import attrs

from .dossier import parse_number
from .portal_user import PortalUser
from .problems import Notice
from .role import END_CUSTOMER_ROLES, STAFF_ROLES, Role, readiness


__all__ = [
    "DIGITAL_PRODUCTS",
    "Active",
    "DossierGranted",
    "DossierNotGranted",
    "Explanation",
    "NoRole",
    "NotActive",
    "RolesHeld",
    "explain",
]

#: What to ask for instead of a dossier's number, which has no blank.
DIGITAL_PRODUCTS: Final = "digital products"


@attrs.frozen
class Active(Notice):
    """
    An active user can sign in.  [R56]
    """

    code: ClassVar[str] = "explain.active"


@attrs.frozen
class NotActive(Notice):
    """
    An inactive user opens nothing.  [R56]
    """

    code: ClassVar[str] = "explain.not_active"


@attrs.frozen
class DossierGranted(Notice):
    """
    A dossier that was given can be opened.  [R36]
    """

    code: ClassVar[str] = "explain.dossier_granted"

    number: str


@attrs.frozen
class DossierNotGranted(Notice):
    """
    A dossier is opened by whom it was given to, whatever their level.  [R36, Q4]
    """

    code: ClassVar[str] = "explain.dossier_not_granted"

    number: str


@attrs.frozen
class RolesHeld(Notice):
    """
    The roles that the digital products ask for are there.  [R49, R51]
    """

    code: ClassVar[str] = "explain.roles_held"

    roles: str


@attrs.frozen
class NoRole(Notice):
    """
    An end customer uses the digital products with one of their roles.  [R51]
    """

    code: ClassVar[str] = "explain.no_role"

    roles: str


@final
@attrs.frozen(kw_only=True)
class Explanation:
    """
    What speaks for access, and what is missing for it.
    """

    granted: tuple[Notice, ...]
    missing: tuple[Notice, ...]

    @property
    def has_access(self) -> bool:
        """
        Tell whether nothing is missing.
        """
        return not self.missing


def explain(user: PortalUser, subject: str) -> Explanation:
    """
    Return why *user* can open *subject*, or what is missing for it.

    Args:
        user: who wants to open something.
        subject: the number of a dossier, or ``"digital products"``.

    Raises:
        Invalid: *subject* is neither.
    """
    granted: list[Notice] = []
    missing: list[Notice] = []
    for present, notice in _reasons(user, subject):
        (granted if present else missing).append(notice)
    return Explanation(granted=tuple(granted), missing=tuple(missing))


def _reasons(user: PortalUser, subject: str) -> Iterator[tuple[bool, Notice]]:
    yield user.is_active, Active() if user.is_active else NotActive()
    if subject == DIGITAL_PRODUCTS:
        yield _role_reason(user)
        return
    number = parse_number(subject)
    if number in user.dossiers:
        yield True, DossierGranted(number)
    else:
        yield False, DossierNotGranted(number)


def _role_reason(user: PortalUser) -> tuple[bool, Notice]:
    wanted = STAFF_ROLES if user.is_staff else END_CUSTOMER_ROLES
    held = ", ".join(role.value for role in Role if role in wanted & user.roles)
    if user.is_staff:
        lacking = readiness(user.roles)
        return (False, lacking[0]) if lacking else (True, RolesHeld(held))
    if held:
        return True, RolesHeld(held)
    return False, NoRole(", ".join(role.value for role in Role if role in wanted))
