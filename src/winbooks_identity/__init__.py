"""
The one implementation of the WinBooks ID.

The names of everyday use are here and load when they are first asked for, so
that importing the package costs next to nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Final


if TYPE_CHECKING:
    from .authorization import Distributor, WinBooksAdministration
    from .creation import Created
    from .dossier import Dossier
    from .errors import IdentityError, Invalid, InvalidFields, Refused, Unavailable
    from .language import Language
    from .level import Level
    from .licence import Licence, Product
    from .new_user import NewEmployee, NewEndCustomer
    from .passwords import Password, PasswordPolicy
    from .portal_user import PortalUser
    from .problems import Notice, Problem
    from .provisioning import ProvisioningService
    from .role import Role
    from .winbooks_id import WinBooksId


__all__ = [
    "Created",
    "Distributor",
    "Dossier",
    "IdentityError",
    "Invalid",
    "InvalidFields",
    "Language",
    "Level",
    "Licence",
    "NewEmployee",
    "NewEndCustomer",
    "Notice",
    "Password",
    "PasswordPolicy",
    "PortalUser",
    "Problem",
    "Product",
    "ProvisioningService",
    "Refused",
    "Role",
    "Unavailable",
    "WinBooksAdministration",
    "WinBooksId",
]

_HOMES: Final = {
    "authorization": ("Distributor", "WinBooksAdministration"),
    "creation": ("Created",),
    "dossier": ("Dossier",),
    "errors": ("IdentityError", "Invalid", "InvalidFields", "Refused", "Unavailable"),
    "language": ("Language",),
    "level": ("Level",),
    "licence": ("Licence", "Product"),
    "new_user": ("NewEmployee", "NewEndCustomer"),
    "passwords": ("Password", "PasswordPolicy"),
    "portal_user": ("PortalUser",),
    "problems": ("Notice", "Problem"),
    "provisioning": ("ProvisioningService",),
    "role": ("Role",),
    "winbooks_id": ("WinBooksId",),
}


def __getattr__(name: str) -> object:
    for home, names in _HOMES.items():
        if name in names:
            found: object = getattr(import_module(f".{home}", __name__), name)
            globals()[name] = found
            return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
