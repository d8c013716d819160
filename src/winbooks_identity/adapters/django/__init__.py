"""
How does a Django project show, check and refuse the creation form?

`NewEmployeeForm` and `NewEndCustomerForm` are the whole form; the fields are for
a project's own forms; `PolicyValidator` goes into ``AUTH_PASSWORD_VALIDATORS``.
Sentences are made when they are rendered, in the language that is active then.
"""

from .choice_fields import DossiersField, LanguageField, LevelField, RolesField
from .fields import CompanyNameField, PersonNameField, PhoneField, WinBooksIdField
from .form import NewEmployeeForm, NewEndCustomerForm, NewUserForm
from .messages import add_problems, validation_errors
from .password_field import PasswordField
from .password_validation import PolicyValidator


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
    "PolicyValidator",
    "RolesField",
    "WinBooksIdField",
    "add_problems",
    "validation_errors",
]
