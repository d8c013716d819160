"""
The one implementation of the WinBooks ID.

The names of everyday use are here and load when they are first asked for, so
that importing the package costs next to nothing.
"""

# Type checkers know the name; importing it would cost as much as Python's start.
TYPE_CHECKING = False

if TYPE_CHECKING:
    from .authorization import Distributor, WinBooksAdministration
    from .dossier import Dossier
    from .errors import IdentityError, Invalid, InvalidFields, Refused, Unavailable
    from .forms.new_user import NewEmployee, NewEndCustomer
    from .language import Language
    from .level import Level
    from .licence import Licence, Product
    from .passwords import Password, PasswordPolicy
    from .portal import Portal
    from .portal_user import PortalUser
    from .problems import Notice, Problem
    from .role import Role
    from .services.administration import AdministrationService
    from .services.creation import Created
    from .services.linking import LinkingService
    from .services.login_administration import LoginAdministrationService
    from .services.own_login import OwnLoginService
    from .services.provisioning import ProvisioningService
    from .services.sign_in import SignInService
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
    "Portal",
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
    "services.administration": ("AdministrationService",),
    "authorization": ("Distributor", "WinBooksAdministration"),
    "services.creation": ("Created",),
    "dossier": ("Dossier",),
    "errors": ("IdentityError", "Invalid", "InvalidFields", "Refused", "Unavailable"),
    "language": ("Language",),
    "level": ("Level",),
    "licence": ("Licence", "Product"),
    "services.linking": ("LinkingService",),
    "services.login_administration": ("LoginAdministrationService",),
    "forms.new_user": ("NewEmployee", "NewEndCustomer"),
    "services.own_login": ("OwnLoginService",),
    "passwords": ("Password", "PasswordPolicy"),
    "portal": ("Portal",),
    "portal_user": ("PortalUser",),
    "problems": ("Notice", "Problem"),
    "services.provisioning": ("ProvisioningService",),
    "role": ("Role",),
    "services.sign_in": ("SignInService",),
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
