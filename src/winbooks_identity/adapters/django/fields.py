"""
Which fields of the creation form can a project's own form have?
"""

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from enum import Enum
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError

from ...fields import Reading, read_text
from ...names import CompanyName, PersonName
from ...phone import PhoneNumber
from ...winbooks_id import WinBooksId
from .messages import validation_errors


__all__ = [
    "CompanyNameField",
    "OneField",
    "PersonNameField",
    "PhoneField",
    "WinBooksIdField",
    "shown",
]


class OneField(forms.Field):
    """
    A field by itself, read as the whole form reads it.

    Its value is `None` where it may be empty and is, or the *empty_value* of its
    options.
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
        self.empty_value: Any = given.pop("empty_value", None)
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
        return self.empty_value if reading.value is None else reading.value

    def prepare_value(self, value: object) -> object:
        """
        Return what the element shows for *value*.
        """
        return shown(value)

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


def shown(value: object) -> object:
    """
    Return what an element of a page shows for *value*: text, or a list of texts.
    """
    if isinstance(value, AbstractSet):
        return sorted(str(shown(each)) for each in cast("AbstractSet[object]", value))
    if value is None or isinstance(value, list):
        return cast("object", value)
    return str(value.value) if isinstance(value, Enum) else str(value)


class WinBooksIdField(OneField):
    """
    Holds a `WinBooksId`.
    """

    is_personal = True

    def __init__(self, **options: Any) -> None:
        super().__init__(WinBooksId.parse, forms.EmailInput(), options)


class PersonNameField(OneField):
    """
    Holds a `PersonName`.
    """

    is_personal = True

    def __init__(self, **options: Any) -> None:
        super().__init__(PersonName.parse, forms.TextInput(), options)


class CompanyNameField(OneField):
    """
    Holds a `CompanyName`.
    """

    is_personal = True

    def __init__(self, **options: Any) -> None:
        super().__init__(CompanyName.parse, forms.TextInput(), options)


class PhoneField(OneField):
    """
    Holds a `PhoneNumber`, as *phone* reads it.
    """

    def __init__(
        self,
        phone: Callable[[str], PhoneNumber] = PhoneNumber.parse,
        **options: Any,
    ) -> None:
        super().__init__(phone, forms.TelInput(), options)
