"""
Which fields of the creation form can a form of one's own have?
"""

from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

from ...dossier import Dossier, parse_number
from ...fields import Fields, Reading
from ...forms.description import LANGUAGE_CHOICES, password_attributes
from ...language import Language
from ...level import Level
from ...names import CompanyName, PersonName
from ...passwords import PasswordPolicy
from ...phone import PhoneNumber
from ...problems import Missing
from ...role import Role
from ...winbooks_id import WinBooksId
from .messages import late, validation_errors


__all__ = [
    "CompanyNameField",
    "DossiersField",
    "LanguageField",
    "LevelField",
    "PasswordField",
    "PersonNameField",
    "PhoneField",
    "RolesField",
    "WinBooksIdField",
]

#: What a field by itself is called while it is read.
_NAME: Final = "field"


class _OneField(forms.Field):
    """
    A field by itself, read as the whole form reads it.
    """

    def __init__(
        self,
        read: Callable[[Fields, tuple[None, ...]], Reading[object]],
        widget: forms.Widget,
        options: Mapping[str, Any],
    ) -> None:
        given: dict[str, Any] = {"widget": widget, **options}
        super().__init__(**given)
        self._read = read

    def clean(self, value: object) -> object:
        """
        Return the value that was filled in.

        Raises:
            ValidationError: with every problem.
        """
        default = () if self.required else (None,)
        reading = self._read(Fields({_NAME: value}), default)
        if reading.problems:
            raise ValidationError(validation_errors(reading.problems))
        return reading.value

    def prepare_value(self, value: object) -> object:
        """
        Return what the element shows for *value*.
        """
        return value.value if isinstance(value, Enum) else value


class _TextField(_OneField):
    """
    A field of text; its value is `None` where it may be empty and is.
    """

    def __init__(
        self,
        parse: Callable[[str], object],
        widget: forms.Widget,
        options: Mapping[str, Any],
    ) -> None:
        super().__init__(
            lambda fields, default: fields.read(_NAME, parse, *default),
            widget,
            options,
        )


class WinBooksIdField(_TextField):
    """
    Holds a `WinBooksId`.
    """

    def __init__(self, **options: Any) -> None:  # noqa: ANN401  Django's own.
        super().__init__(WinBooksId.parse, forms.EmailInput(), options)


class LevelField(_TextField):
    """
    Holds a `Level`, chosen from all of them.
    """

    def __init__(self, **options: Any) -> None:  # noqa: ANN401  Django's own.
        choices = [(level.value, late(level.label)) for level in Level]
        super().__init__(Level.parse, forms.Select(choices=choices), options)


class LanguageField(_TextField):
    """
    Holds a `Language`, chosen from all of them.
    """

    def __init__(self, **options: Any) -> None:  # noqa: ANN401  Django's own.
        choices = [(choice.value, choice.label()) for choice in LANGUAGE_CHOICES]
        super().__init__(Language.parse, forms.Select(choices=choices), options)


class PersonNameField(_TextField):
    """
    Holds a `PersonName`.
    """

    def __init__(self, **options: Any) -> None:  # noqa: ANN401  Django's own.
        super().__init__(PersonName.parse, forms.TextInput(), options)


class CompanyNameField(_TextField):
    """
    Holds a `CompanyName`.
    """

    def __init__(self, **options: Any) -> None:  # noqa: ANN401  Django's own.
        super().__init__(CompanyName.parse, forms.TextInput(), options)


class PhoneField(_TextField):
    """
    Holds a `PhoneNumber`, as *phone* reads it.
    """

    def __init__(
        self,
        phone: Callable[[str], PhoneNumber] = PhoneNumber.parse,
        **options: Any,  # noqa: ANN401  Django's own.
    ) -> None:
        super().__init__(phone, forms.TelInput(), options)


class _ChoicesField(_OneField):
    """
    A field with several choices; its value is a frozen set.
    """

    def __init__(
        self,
        parse: Callable[[str], object],
        choices: Sequence[tuple[str, str]],
        options: Mapping[str, Any],
    ) -> None:
        def read(fields: Fields, default: tuple[None, ...]) -> Reading[object]:
            chosen = fields.read_each(_NAME, parse)
            nothing = not (default or chosen.problems or chosen.value)
            return Reading[object](problems=(Missing(),)) if nothing else chosen

        super().__init__(read, forms.CheckboxSelectMultiple(choices=choices), options)


class RolesField(_ChoicesField):
    """
    Holds a frozen set of `Role`, chosen from all of them.
    """

    def __init__(self, **options: Any) -> None:  # noqa: ANN401  Django's own.
        choices = [(role.value, role.value) for role in Role]
        super().__init__(Role.parse, choices, options)


class DossiersField(_ChoicesField):
    """
    Holds a frozen set of numbers, chosen from those of *dossiers*.
    """

    def __init__(
        self,
        dossiers: Sequence[Dossier] = (),
        **options: Any,  # noqa: ANN401  Django's own.
    ) -> None:
        choices = [(dossier.number, dossier.name.text) for dossier in dossiers]
        super().__init__(parse_number, choices, options)


class PasswordField(_OneField):
    """
    Holds a `Password` that keeps to *policy*; it is not trimmed and never shown again.
    """

    def __init__(
        self,
        policy: PasswordPolicy | None = None,
        **options: Any,  # noqa: ANN401  Django's own.
    ) -> None:
        rules = policy or PasswordPolicy()

        def read(fields: Fields, default: tuple[None, ...]) -> Reading[object]:
            typed = fields.secret(_NAME, rules.parse)
            problems = () if default else (Missing(),)
            return typed or Reading[object](*default, problems=problems)

        widget = forms.PasswordInput(dict(password_attributes(rules)))
        super().__init__(read, widget, options)
