"""
How does a WTForms project show, check and refuse the creation form?

`NewEmployeeForm` and `NewEndCustomerForm` are the whole form; the fields are for
a project's own forms.  WTForms carries sentences only, so codes and parameters
are beside them, in `problems`.
"""

from .fields import (
    CompanyNameField,
    DossiersField,
    LanguageField,
    LevelField,
    PasswordField,
    PersonNameField,
    PhoneField,
    RolesField,
    WinBooksIdField,
)
from .form import NewEmployeeForm, NewEndCustomerForm, NewUserForm, add_problems


__all__ = [
    "CompanyNameField",
    "DossiersField",
    "LanguageField",
    "LevelField",
    "NewEmployeeForm",
    "NewEndCustomerForm",
    "NewUserForm",
    "PasswordField",
    "PersonNameField",
    "PhoneField",
    "RolesField",
    "WinBooksIdField",
    "add_problems",
]
