"""
Which rights in the digital products exist, and who may hold them?
"""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from enum import Enum
from typing import ClassVar, Final, Self, final

import attrs

from . import texts
from .errors import Invalid
from .problems import Notice, NotOneOf, Problem, text_problem


__all__ = [
    "END_CUSTOMER_ROLES",
    "STAFF_ROLES",
    "IncompleteForDigitalProducts",
    "NotForEndCustomers",
    "NotForStaff",
    "Role",
    "readiness",
]


@final
class Role(Enum):
    """
    A right in one module (nl *rol*, fr *rôle*); its value is the spelling shown.

    [R46]

    >>> Role.parse("connect.accountant ")
    <Role.CONNECT_ACCOUNTANT: 'Connect.Accountant'>
    """

    CONNECT_ACCOUNTANT = "Connect.Accountant"
    VIEW_ADMIN = "View.Admin"
    CONNECT_ENTREPRENEUR = "Connect.Entrepreneur"
    VIEW_USER = "View.User"

    def help(
        self, locale: str = "en", *, translator: texts.Translator | None = None
    ) -> str:
        """
        Return what the role allows, in the language of *locale*, or *translator*'s.
        """
        code = f"role.{self.name.lower()}.help"
        return texts.text(code, locale, translator=translator)

    @classmethod
    def check(
        cls, text: str, *, offered: Iterable["Role"] | None = None
    ) -> tuple[Problem, ...]:
        """
        Return why *text* names no role; empty means that it names one.

        Args:
            text: what was filled in.
            offered: the roles to choose from instead; all of them by default.
        """
        if problems := text_problem(text):
            return problems
        if _folded(text) in _BY_SPELLING:
            return ()
        return (NotOneOf(", ".join(role.value for role in offered or cls)),)

    @classmethod
    def parse(cls, text: str, *, offered: Iterable["Role"] | None = None) -> Self:
        """
        Return the role that *text* names, whatever its case and blanks.  [R52]

        Args:
            text: what was filled in.
            offered: the roles to choose from instead; all of them by default.

        Raises:
            Invalid: *text* names no role.
        """
        if problems := cls.check(text, offered=offered):
            raise Invalid(problems)
        return cls(_BY_SPELLING[_folded(text)])


def _folded(text: str) -> str:
    return "".join(text.split()).casefold()


_BY_SPELLING: Final = {_folded(role.value): role for role in Role}

#: What the staff of the licence holder may hold (public page P2).  [R47]
STAFF_ROLES: Final = frozenset({Role.CONNECT_ACCOUNTANT, Role.VIEW_ADMIN})

#: What an end customer may hold (public page P3 and our reading).  [R48]
END_CUSTOMER_ROLES: Final = frozenset({Role.CONNECT_ENTREPRENEUR, Role.VIEW_USER})


@attrs.frozen
class NotForStaff(Problem):
    """
    Staff hold no role of end customers.  [R47]
    """

    code: ClassVar[str] = "role.not_for_staff"

    role: str


@attrs.frozen
class NotForEndCustomers(Problem):
    """
    End customers hold no role of staff.  [R48]
    """

    code: ClassVar[str] = "role.not_for_end_customers"

    role: str


@attrs.frozen
class IncompleteForDigitalProducts(Notice):
    """
    Staff use the digital products with both staff roles only.  [R49, R50]
    """

    code: ClassVar[str] = "role.incomplete_for_digital_products"

    missing: str


def readiness(held: AbstractSet[Role]) -> tuple[Notice, ...]:
    """
    Return what keeps a staff member who holds *held* from the digital products.

    [R49]
    """
    if is_ready(held):
        return ()
    missing = [role.value for role in Role if role in STAFF_ROLES - held]
    return (IncompleteForDigitalProducts(", ".join(missing)),)


def is_ready(held: AbstractSet[Role]) -> bool:
    """
    Tell whether nothing keeps a staff member who holds *held* from those products.
    """
    return held >= STAFF_ROLES
