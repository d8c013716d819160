"""
What does the creation form ask, of staff and of end customers?
"""

from .form import NewUser
from .kinds import NewEmployee, NewEndCustomer
from .password import GeneratedPassword
from .problems import (
    DossierRequired,
    GenerationNotAllowed,
    RoleRequired,
    TypedAndGenerated,
)


__all__ = [
    "DossierRequired",
    "GeneratedPassword",
    "GenerationNotAllowed",
    "NewEmployee",
    "NewEndCustomer",
    "NewUser",
    "RoleRequired",
    "TypedAndGenerated",
]
