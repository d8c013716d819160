"""
What does the creation form ask of staff, and what of end customers?

Sources: the Portal's page on creating a WinBooks ID (spec § 2) and, for end
customers, the public pages P7 and P9.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import final

import attrs

from ...dossier import DossierNumber
from ...level import Level
from ...licence import Licence
from ...problems import NotOneOf, Problem
from ...role import (
    END_CUSTOMER_ROLES,
    STAFF_ROLES,
    NotForEndCustomers,
    NotForStaff,
    Role,
)
from .form import Defaults, NewUser
from .problems import DossierRequired, RoleRequired


__all__ = ["NewEmployee", "NewEndCustomer"]


@final
@attrs.frozen(kw_only=True)
class NewEmployee(NewUser):
    """
    A new member of the licence holder's staff (nl *medewerker*).

    >>> licence = Licence.parse(
    ...     {
    ...         "number": "WB-1",
    ...         "product": "Classic",
    ...         "holder": "Fiduciaire Peeters",
    ...         "language": "nl",
    ...     }
    ... )
    >>> form = {
    ...     "winbooks_id": "ada@example.org",
    ...     "generate_password": "on",
    ...     "level": "Power User",
    ...     "first_name": "Ada",
    ...     "last_name": "Lovelace",
    ... }
    >>> ada = NewEmployee.parse(form, licence=licence)
    >>> str(ada.company_name)
    'Fiduciaire Peeters'
    """

    @staticmethod
    def check_level(level: Level) -> tuple[Problem, ...]:
        """
        Staff are Power User or Administrator.  [R21]
        """
        return _check_level(level, [each for each in Level if each.is_staff])

    @staticmethod
    def check_dossiers(dossiers: AbstractSet[DossierNumber]) -> tuple[Problem, ...]:
        """
        Staff may start without dossiers.  [R39]
        """
        del dossiers
        return ()

    @staticmethod
    def check_roles(roles: AbstractSet[Role]) -> tuple[Problem, ...]:
        """
        Staff hold staff roles, or none yet.  [R47, R50]
        """
        return tuple(
            NotForStaff(role.value) for role in Role if role in roles - STAFF_ROLES
        )

    @staticmethod
    def defaults(licence: Licence) -> Defaults:
        """
        Company and language are those of the licence.  [R33, Q1, Q2]
        """
        return Defaults(company=(licence.holder,), language=(licence.language,))


@final
@attrs.frozen(kw_only=True)
class NewEndCustomer(NewUser):
    """
    A new client of the licence holder, an entrepreneur (nl *eindklant*).

    >>> licence = Licence.parse(
    ...     {
    ...         "number": "WB-1",
    ...         "product": "Classic",
    ...         "holder": "Fiduciaire Peeters",
    ...         "language": "nl",
    ...     }
    ... )
    >>> try:
    ...     NewEndCustomer.parse({"winbooks_id": "joan@example.org"}, licence=licence)
    ... except InvalidFields as invalid:
    ...     sorted(invalid.by_field)
    ['company_name', 'dossiers', 'first_name', 'language', 'last_name', 'password', 'roles']
    """

    @staticmethod
    def check_level(level: Level) -> tuple[Problem, ...]:
        """
        End customers are User.  [R22]
        """
        return _check_level(level, [each for each in Level if not each.is_staff])

    @staticmethod
    def check_dossiers(dossiers: AbstractSet[DossierNumber]) -> tuple[Problem, ...]:
        """
        End customers start with at least one dossier.  [R38]
        """
        return () if dossiers else (DossierRequired(),)

    @staticmethod
    def check_roles(roles: AbstractSet[Role]) -> tuple[Problem, ...]:
        """
        End customers hold at least one role, and end customers' roles only.

        [R48, R51]
        """
        if not roles:
            return (RoleRequired(),)
        return tuple(
            NotForEndCustomers(role.value)
            for role in Role
            if role in roles - END_CUSTOMER_ROLES
        )

    @staticmethod
    def defaults(licence: Licence) -> Defaults:
        """
        The level is User; company and language are asked.  [R22, Q1, Q2]
        """
        del licence
        return Defaults(level=(Level.USER,))


def _check_level(level: Level, allowed: Sequence[Level]) -> tuple[Problem, ...]:
    if level in allowed:
        return ()
    return (NotOneOf(", ".join(each.value for each in allowed)),)
