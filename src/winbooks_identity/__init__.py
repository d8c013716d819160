"""
The one implementation of the WinBooks ID.

The names of everyday use are here and load when they are first asked for, so
that importing the package costs next to nothing.
"""

# Type checkers know the name; importing it would cost as much as Python's start.
TYPE_CHECKING = False

if TYPE_CHECKING:
    from .administration import AdministrationService
    from .authorization import Distributor, WinBooksAdministration
    from .creation import Created
    from .dossier import Dossier
    from .errors import IdentityError, Invalid, InvalidFields, Refused, Unavailable
    from .language import Language
    from .level import Level
    from .licence import Licence, Product
    from .linking import LinkingService
    from .login_administration import LoginAdministrationService
    from .new_user import NewEmployee, NewEndCustomer
    from .own_login import OwnLoginService
    from .passwords import Password, PasswordPolicy
    from .portal_user import PortalUser
    from .problems import Notice, Problem
    from .provisioning import ProvisioningService
    from .role import Role
    from .sign_in import SignInService
    from .winbooks_id import WinBooksId


__all__ = [
    "AdministrationService",
    "Created",
    "Distributor",
    "Dossier",
    "IdentityError",
    "Invalid",
    "InvalidFields",
    "Language",
    "Level",
    "Licence",
    "LinkingService",
    "LoginAdministrationService",
    "NewEmployee",
    "NewEndCustomer",
    "Notice",
    "OwnLoginService",
    "Password",
    "PasswordPolicy",
    "PortalUser",
    "Problem",
    "Product",
    "ProvisioningService",
    "Refused",
    "Role",
    "SignInService",
    "Unavailable",
    "WinBooksAdministration",
    "WinBooksId",
]

_HOMES = {
    "administration": ("AdministrationService",),
    "authorization": ("Distributor", "WinBooksAdministration"),
    "creation": ("Created",),
    "dossier": ("Dossier",),
    "errors": ("IdentityError", "Invalid", "InvalidFields", "Refused", "Unavailable"),
    "language": ("Language",),
    "level": ("Level",),
    "licence": ("Licence", "Product"),
    "linking": ("LinkingService",),
    "login_administration": ("LoginAdministrationService",),
    "new_user": ("NewEmployee", "NewEndCustomer"),
    "own_login": ("OwnLoginService",),
    "passwords": ("Password", "PasswordPolicy"),
    "portal_user": ("PortalUser",),
    "problems": ("Notice", "Problem"),
    "provisioning": ("ProvisioningService",),
    "role": ("Role",),
    "sign_in": ("SignInService",),
    "winbooks_id": ("WinBooksId",),
}


def __getattr__(name: str) -> object:
    from importlib import import_module

    for home, names in _HOMES.items():
        if name in names:
            found: object = getattr(import_module(f".{home}", __name__), name)
            globals()[name] = found
            return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
