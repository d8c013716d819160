"""
What is filled in to sign in, and to choose a password?
"""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Final

from django import forms
from django.core.exceptions import ValidationError

from ... import texts
from ...fields import read_secret
from ...passwords import Password, PasswordPolicy
from ...secret import Secret
from ..login_pages import (
    CHANGE_PASSWORD,
    CONFIRM_ID,
    EDIT_USER,
    FORGOTTEN_PASSWORD,
    SET_PASSWORD,
    SIGN_IN,
    Asked,
    LoginPage,
)
from ..login_steps import parse_version
from .choice_fields import LanguageField
from .fields import (
    CompanyNameField,
    OneField,
    PersonNameField,
    PhoneField,
    WinBooksIdField,
)
from .messages import late, late_help, validation_errors


__all__ = [
    "DETAILS",
    "ChangePasswordForm",
    "ConfirmIdForm",
    "EditUserForm",
    "ForgottenPasswordForm",
    "PageForm",
    "SetPasswordForm",
    "SignInForm",
    "sentence",
]


def sentence(code: str) -> str:
    """
    Return the sentence with *code*, made when it is shown, in the active language.
    """

    def made(locale: str, /, *, translator: texts.Translator | None = None) -> str:
        return texts.text(code, locale, translator=translator)

    return late(made)


class _SecretField(forms.CharField):
    """
    Holds a `Password` as it was typed; the service decides whether it will do.
    """

    def __init__(self, widget: forms.Widget, **options: Any) -> None:
        super().__init__(strip=False, widget=widget, **options)

    def clean(self, value: Any) -> Password:
        """
        Return the password.

        Raises:
            ValidationError: nothing was typed, or it is no password at all.
        """
        reading = read_secret(value, Password)
        if reading.problems:
            raise ValidationError(validation_errors(reading.problems))
        return reading.value


class _TokenField(forms.CharField):
    """
    Holds the token of a mailed link, which the page fills in.
    """

    def __init__(self) -> None:
        super().__init__(strip=False, widget=forms.HiddenInput)

    def clean(self, value: Any) -> str:
        """
        Return the token.

        Raises:
            ValidationError: there is none.
        """
        reading = read_secret(value, Secret)
        if reading.problems:
            raise ValidationError(validation_errors(reading.problems))
        return reading.value.reveal()


#: What can be changed of a person without touching their rights.
DETAILS: Final[Mapping[str, Callable[..., OneField]]] = {
    "first_name": PersonNameField,
    "last_name": PersonNameField,
    "company_name": CompanyNameField,
    "language": LanguageField,
    "phone": PhoneField,
}


def _asked(page: LoginPage, name: str) -> Any:
    """
    Return the field *name* of *page* as Django has it.
    """
    (field,) = (each for each in page.fields if each.name == name)
    match field.asked:
        case Asked.WINBOOKS_ID:
            return WinBooksIdField(label=late(field.label))
        case Asked.TOKEN:
            return _TokenField()
        case Asked.VERSION:
            return OneField(parse_version, forms.HiddenInput(), {})
        case Asked.SECRET | Asked.NEW_PASSWORD:
            return _SecretField(forms.PasswordInput(), label=late(field.label))
        case _:
            kind = DETAILS[name]
            return kind(label=late(field.label), required=field.is_required)


class PageForm(forms.Form):
    """
    A form of a page of this app, as `login_pages` describes it.

    Args:
        policy: what a new password keeps to.
        options: what every Django form takes.
    """

    #: What the page asks.
    page: ClassVar[LoginPage]

    def __init__(self, *, policy: PasswordPolicy, **options: Any) -> None:
        super().__init__(**options)
        for described in self.page.fields:
            # A form of the project may leave one out.
            if (field := self.fields.get(described.name)) is None:
                continue
            field.widget.attrs |= described.attributes(policy)
            if described.asked is Asked.NEW_PASSWORD:
                field.help_text = late_help(_Help(policy))


class _Help:
    def __init__(self, policy: PasswordPolicy) -> None:
        self._policy = policy

    def __call__(
        self, locale: str, /, *, translator: texts.Translator | None = None
    ) -> str:
        return " ".join(self._policy.help(locale, translator=translator))


class SignInForm(PageForm):
    """
    Asks who signs in.
    """

    page: ClassVar[LoginPage] = SIGN_IN

    winbooks_id: WinBooksIdField = _asked(SIGN_IN, "winbooks_id")
    password: forms.CharField = _asked(SIGN_IN, "password")


class ForgottenPasswordForm(PageForm):
    """
    Asks whose password was forgotten.
    """

    page: ClassVar[LoginPage] = FORGOTTEN_PASSWORD

    winbooks_id: WinBooksIdField = _asked(FORGOTTEN_PASSWORD, "winbooks_id")


class SetPasswordForm(PageForm):
    """
    Asks the reader of a link for a new password.
    """

    page: ClassVar[LoginPage] = SET_PASSWORD

    token: forms.CharField = _asked(SET_PASSWORD, "token")
    password: forms.CharField = _asked(SET_PASSWORD, "password")


class ChangePasswordForm(PageForm):
    """
    Asks for the present password and a new one.
    """

    page: ClassVar[LoginPage] = CHANGE_PASSWORD

    winbooks_id: WinBooksIdField = _asked(CHANGE_PASSWORD, "winbooks_id")
    current_password: forms.CharField = _asked(CHANGE_PASSWORD, "current_password")
    password: forms.CharField = _asked(CHANGE_PASSWORD, "password")


class ConfirmIdForm(PageForm):
    """
    Asks the reader of a link for a click.
    """

    page: ClassVar[LoginPage] = CONFIRM_ID

    token: forms.CharField = _asked(CONFIRM_ID, "token")


class EditUserForm(PageForm):
    """
    Asks for the details of a user, beside the version of them that is shown.
    """

    page: ClassVar[LoginPage] = EDIT_USER

    first_name: PersonNameField = _asked(EDIT_USER, "first_name")
    last_name: PersonNameField = _asked(EDIT_USER, "last_name")
    company_name: CompanyNameField = _asked(EDIT_USER, "company_name")
    phone: PhoneField = _asked(EDIT_USER, "phone")
    language: LanguageField = _asked(EDIT_USER, "language")
    version: OneField = _asked(EDIT_USER, "version")
