"""
Which fields of the creation form can a project's own form have?
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from enum import Enum
from functools import partial
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField

from ...dossier import Dossier, parse_number
from ...fields import Reading, read_each, read_secret, read_text
from ...forms.description import LANGUAGE_CHOICES, password_attributes
from ...language import Language
from ...level import Level
from ...names import CompanyName, PersonName
from ...passwords import Password, PasswordJudge, PasswordPolicy
from ...passwords.breached import BreachedPasswords
from ...passwords.strength import StrengthEstimator
from ...phone import PhoneNumber
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


class _OneField(forms.Field):
    """
    A field by itself, read as the whole form reads it.

    Its value is `None` where it may be empty and is.
    """

    #: Whether it says who the person is, so that no password may rely on it.
    is_personal = False

    def __init__(
        self,
        parse: Callable[[str], object],
        widget: forms.Widget,
        options: Mapping[str, Any],
    ) -> None:
        given: dict[str, Any] = {"widget": widget, **options}
        super().__init__(**given)
        self._parse = parse

    def read(self, given: object, default: tuple[None, ...]) -> Reading[object]:
        """
        Return what *given* says; it is mandatory without a *default*.
        """
        return read_text(given, self._parse, *default)

    def clean(self, value: object) -> object:
        """
        Return the value that was filled in.

        Raises:
            ValidationError: with every problem.
        """
        reading = self.read(value, () if self.required else (None,))
        if reading.problems:
            raise ValidationError(validation_errors(reading.problems))
        return reading.value

    def prepare_value(self, value: object) -> object:
        """
        Return what the element shows for *value*.
        """
        if isinstance(value, AbstractSet):
            return sorted(map(_shown, cast("AbstractSet[object]", value)))
        if value is None or isinstance(value, list):
            return cast("object", value)
        return _shown(value)

    def has_changed(self, initial: object, data: object) -> bool:
        """
        Tell whether *data* says another value than *initial*, in any spelling.
        """
        if self.disabled:
            return False
        before = self.read(self.prepare_value(initial), (None,))
        after = self.read(data, (None,))
        if before.problems or after.problems:
            return True
        return before.value != after.value


def _shown(value: object) -> str:
    return str(value.value) if isinstance(value, Enum) else str(value)


class WinBooksIdField(_OneField):
    """
    Holds a `WinBooksId`.
    """

    is_personal = True

    def __init__(self, **options: Any) -> None:
        super().__init__(WinBooksId.parse, forms.EmailInput(), options)


class LevelField(_OneField):
    """
    Holds a `Level`, chosen from all of them.
    """

    def __init__(self, **options: Any) -> None:
        choices = [(level.value, late(level.label)) for level in Level]
        super().__init__(Level.parse, forms.Select(choices=choices), options)


class LanguageField(_OneField):
    """
    Holds a `Language`, chosen from all of them.
    """

    def __init__(self, **options: Any) -> None:
        choices = [(choice.value, choice.label()) for choice in LANGUAGE_CHOICES]
        super().__init__(Language.parse, forms.Select(choices=choices), options)


class PersonNameField(_OneField):
    """
    Holds a `PersonName`.
    """

    is_personal = True

    def __init__(self, **options: Any) -> None:
        super().__init__(PersonName.parse, forms.TextInput(), options)


class CompanyNameField(_OneField):
    """
    Holds a `CompanyName`.
    """

    is_personal = True

    def __init__(self, **options: Any) -> None:
        super().__init__(CompanyName.parse, forms.TextInput(), options)


class PhoneField(_OneField):
    """
    Holds a `PhoneNumber`, as *phone* reads it.
    """

    def __init__(
        self,
        phone: Callable[[str], PhoneNumber] = PhoneNumber.parse,
        **options: Any,
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
        super().__init__(parse, forms.CheckboxSelectMultiple(choices=choices), options)

    def read(self, given: object, default: tuple[None, ...]) -> Reading[object]:
        """
        Return the choices; one is mandatory without a *default*.
        """
        return read_each(given, self._parse, is_required=not default)


class RolesField(_ChoicesField):
    """
    Holds a frozen set of `Role`, chosen from all of them.
    """

    def __init__(self, **options: Any) -> None:
        choices = [(role.value, role.value) for role in Role]
        super().__init__(Role.parse, choices, options)


class DossiersField(_ChoicesField):
    """
    Holds a frozen set of numbers, chosen from those of *dossiers*.
    """

    def __init__(
        self,
        dossiers: Sequence[Dossier] = (),
        **options: Any,
    ) -> None:
        choices = [(dossier.number, dossier.name.text) for dossier in dossiers]
        super().__init__(parse_number, choices, options)


class PasswordField(_OneField):
    """
    Holds a `Password` that keeps to *policy*; it is not trimmed and never shown again.

    It must not rely on what the form says of the person, where the policy says
    so: on the WinBooks IDs and names in other fields of this module.

    Args:
        policy: what it keeps to; the Portal's by default.
        breached: where leaked passwords are looked up; without it, the look-up
            counts as failed.
        estimator: who scores the strength; zxcvbn by default.
        personal_fields: the names of more fields of the form that say who the
            person is.
        options: what every Django field takes.
    """

    def __init__(
        self,
        policy: PasswordPolicy | None = None,
        *,
        breached: BreachedPasswords | None = None,
        estimator: StrengthEstimator | None = None,
        personal_fields: Sequence[str] = (),
        **options: Any,
    ) -> None:
        judge = PasswordJudge(
            policy=policy or PasswordPolicy(), breached=breached, estimator=estimator
        )
        attributes = password_attributes(judge.policy)
        super().__init__(Password, forms.PasswordInput(attributes), options)
        self._judge = judge
        self._personal_fields = frozenset(personal_fields)
        self._form: forms.BaseForm | None = None

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> BoundField:
        """
        Return the field on *form*, whose other fields say who the person is.
        """
        self._form = form
        return super().get_bound_field(form, field_name)

    def has_changed(self, initial: object, data: object) -> bool:
        """
        Tell whether a password was typed; none is ever shown.
        """
        del initial
        return bool(data)

    def read(self, given: object, default: tuple[None, ...]) -> Reading[object]:
        """
        Return the password; it is mandatory without a *default*.
        """
        judged = partial(self._judge.parse, personal=tuple(self._known()))
        return read_secret(given, judged, *default)

    def _known(self) -> Iterator[str]:
        if self._form is None:
            return
        for name, field in self._form.fields.items():
            if name in self._personal_fields or getattr(field, "is_personal", False):
                bound = self._form[name]
                yield str((bound.initial if field.disabled else bound.data) or "")
