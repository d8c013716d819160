"""
In which products was a WinBooks ID entered, and is it still the right one?

Sources: spec § 1 for the products, public pages P10 and P11 for the links.
"""

import unicodedata
from datetime import datetime
from enum import Enum
from typing import ClassVar, Final, final
from uuid import UUID

import attrs

from .dossier import LicenceNumber
from .errors import Invalid
from .portal_user import PortalUser
from .problems import Notice, Problem
from .winbooks_id import WinBooksId


__all__ = [
    "MAX_WINDOWS_USER_LENGTH",
    "InvalidWindowsUser",
    "LinkedProduct",
    "NotLinked",
    "ProductLink",
    "StaleLink",
    "WindowsUserNotUsed",
    "WindowsUserRequired",
    "check_windows_user",
    "status",
]

#: Characters; the most that Windows takes for a user with their domain.
MAX_WINDOWS_USER_LENGTH: Final = 256


@final
class LinkedProduct(Enum):
    """
    A product that takes the WinBooks ID; one ID serves in all of them.  [R7]
    """

    CLASSIC = "WinBooks Classic"
    ON_WEB = "WinBooks on Web"
    CONNECT = "Connect"
    VIEW = "View"
    VIRTUAL_INVOICE = "Virtual Invoice"


@attrs.frozen
class WindowsUserRequired(Problem):
    """
    WinBooks Classic is linked for each Windows user.  [R9]
    """

    code: ClassVar[str] = "product_link.windows_user_required"


@attrs.frozen
class WindowsUserNotUsed(Problem):
    """
    Only WinBooks Classic knows Windows users.  [R9]
    """

    code: ClassVar[str] = "product_link.windows_user_not_used"


@attrs.frozen
class InvalidWindowsUser(Problem):
    """
    A Windows user's name is short and visible.  [R9]
    """

    code: ClassVar[str] = "product_link.windows_user_invalid"

    maximum: int = MAX_WINDOWS_USER_LENGTH


@attrs.frozen
class NotLinked(Notice):
    """
    A Windows user of Classic without a WinBooks ID is worth a warning.  [R10]
    """

    code: ClassVar[str] = "product_link.not_linked"


@attrs.frozen
class StaleLink(Notice):
    """
    A product holds the WinBooks ID that a user had before it changed.  [Q14]
    """

    code: ClassVar[str] = "product_link.stale"

    product: str


def check_windows_user(
    product: LinkedProduct, windows_user: str | None
) -> tuple[Problem, ...]:
    """
    Return why *product* cannot be linked for *windows_user*; empty: it can.  [R9]
    """
    if product is not LinkedProduct.CLASSIC:
        return () if windows_user is None else (WindowsUserNotUsed(),)
    if windows_user is None:
        return (WindowsUserRequired(),)
    return () if _is_visible(windows_user) else (InvalidWindowsUser(),)


@final
@attrs.frozen(kw_only=True)
class ProductLink:
    """
    A WinBooks ID that was entered in a product.

    In Classic each Windows user of the licence has one place for a WinBooks ID;
    in the other products each user of the Portal has one.  `winbooks_id` is what
    was entered, `linked_at` is in UTC.  [R7, R9]

    Raises:
        Invalid: Classic is linked without a Windows user, or another product
            with one.
    """

    product: LinkedProduct
    licence: LicenceNumber
    windows_user: str | None = attrs.field(default=None, repr=False)
    user_id: UUID
    winbooks_id: WinBooksId
    linked_at: datetime

    def __attrs_post_init__(self) -> None:
        if problems := check_windows_user(self.product, self.windows_user):
            raise Invalid(problems)

    @property
    def place(self) -> str:
        """
        Return where the product keeps it: a place holds one link.  [R9]
        """
        return place_of(self.user_id, self.windows_user)


def place_of(user_id: UUID, windows_user: str | None) -> str:
    """
    Return the place of a link; Windows ignores the case of its users' names.
    """
    return str(user_id) if windows_user is None else windows_user.casefold()


def status(link: ProductLink | None, user: PortalUser | None) -> tuple[Notice, ...]:
    """
    Return what is worth a warning about the place where *link* was looked for.

    [R10, Q14]

    Args:
        link: what the place holds.
        user: the user whom the link names.
    """
    if link is None or user is None:
        return (NotLinked(),)
    if link.winbooks_id != user.winbooks_id:
        return (StaleLink(link.product.value),)
    return ()


def _is_visible(name: str) -> bool:
    return 0 < len(name) <= MAX_WINDOWS_USER_LENGTH and all(
        unicodedata.category(character)[0] not in "CZ" or character == " "
        for character in name
    )
