"""
How do Pydantic models hold the library's values, without repeating their input?

The annotated types are for a project's own models, which derive from
`IdentityModel`: Pydantic puts what was sent into its errors, a password beside a
missing field included.  `NewEmployeeForm` and `NewEndCustomerForm` take a whole
form as it was sent and read it when the licence is known.
"""

from .errors import ErrorDetail, error_details, masked
from .form import NewEmployeeForm, NewEndCustomerForm, NewUserForm
from .model import IdentityModel
from .values import (
    CompanyNameField,
    DossiersField,
    EachReadBy,
    KeepsTo,
    LanguageField,
    LevelField,
    PasswordField,
    PersonNameField,
    PhoneField,
    ReadBy,
    RolesField,
    WinBooksIdField,
)


__all__ = [
    "CompanyNameField",
    "DossiersField",
    "EachReadBy",
    "ErrorDetail",
    "IdentityModel",
    "KeepsTo",
    "LanguageField",
    "LevelField",
    "NewEmployeeForm",
    "NewEndCustomerForm",
    "NewUserForm",
    "PasswordField",
    "PersonNameField",
    "PhoneField",
    "ReadBy",
    "RolesField",
    "WinBooksIdField",
    "error_details",
    "masked",
]
