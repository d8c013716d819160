"""
What is filled in to sign in, and to choose a password?
"""

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

from ... import texts
from ...fields import read_secret
from ...forms.description import password_attributes
from ...passwords import Password, PasswordPolicy
from .fields import WinBooksIdField
from .messages import late, late_help, validation_errors


__all__ = [
    "ChangePasswordForm",
    "ConfirmIdForm",
    "ForgottenPasswordForm",
    "PageForm",
    "SetPasswordForm",
    "SignInForm",
    "sentence",
]

_CURRENT: Final = {"autocomplete": "current-password", "autocapitalize": "none"}


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

    def __init__(self, attributes: dict[str, str], **options: Any) -> None:
        super().__init__(strip=False, widget=forms.PasswordInput(attributes), **options)

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


class _IdField(WinBooksIdField):
    """
    Holds the `WinBooksId` of the person at the keyboard.
    """

    def __init__(self) -> None:
        attributes = {
            "autocomplete": "username",
            "autocapitalize": "none",
            "spellcheck": "false",
        }
        super().__init__(
            label=sentence("form.winbooks_id"), widget=forms.EmailInput(attributes)
        )


class PageForm(forms.Form):
    """
    A form of a page of this app.

    Args:
        policy: what a new password keeps to.
        options: what every Django form takes.
    """

    def __init__(self, *, policy: PasswordPolicy, **options: Any) -> None:
        super().__init__(**options)
        if (field := self.fields.get("password")) and self.chooses_password:
            field.widget.attrs |= password_attributes(policy)
            field.help_text = late_help(_Help(policy))

    #: Whether its field ``password`` is a new one.
    chooses_password = False


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

    winbooks_id: WinBooksIdField = _IdField()
    password: forms.CharField = _SecretField(_CURRENT, label=sentence("form.password"))


class ForgottenPasswordForm(PageForm):
    """
    Asks whose password was forgotten.
    """

    winbooks_id: WinBooksIdField = _IdField()


class SetPasswordForm(PageForm):
    """
    Asks the reader of a link for a new password.
    """

    chooses_password: bool = True
    token: forms.CharField = forms.CharField(widget=forms.HiddenInput, strip=False)
    password: forms.CharField = _SecretField({}, label=sentence("page.new_password"))


class ChangePasswordForm(PageForm):
    """
    Asks for the present password and a new one.
    """

    chooses_password: bool = True
    winbooks_id: WinBooksIdField = _IdField()
    current_password: forms.CharField = _SecretField(
        _CURRENT, label=sentence("page.current_password")
    )
    password: forms.CharField = _SecretField({}, label=sentence("page.new_password"))


class ConfirmIdForm(PageForm):
    """
    Asks the reader of a link for a click.
    """

    token: forms.CharField = forms.CharField(widget=forms.HiddenInput, strip=False)
