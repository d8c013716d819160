"""
How does a value of the library stand in a column?
"""

from enum import Enum
from typing import TYPE_CHECKING, Any, ClassVar, Final, Generic, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst

from ...errors import Invalid
from .messages import validation_errors


__all__ = ["ValueField"]

T = TypeVar("T")

#: What a migration knows of the column.
_PLAIN: Final = "django.db.models.TextField"


if TYPE_CHECKING:

    class _Field(models.Field[T | str | None, T]):
        """
        What type checkers know of a model's attribute.
        """

else:

    class _Field(models.Field, Generic[T]):
        """
        What Django knows of a model's attribute.
        """


class ValueField(_Field[T]):
    """
    Text in the database, a value in Python.

    Where the field may be `blank`, no value is `None`, also in a column that is not
    `null`.

    Args:
        kind: makes a value of the text in the database, and checks it.  What people
            typed is read by its ``parse``, if it has one.
        options: what every Django field takes.
    """

    empty_strings_allowed = False

    #: What makes a value of the text in the database.
    kind: type[Any]
    #: The field of a form that is made of this one.
    form_class: ClassVar[type[forms.Field]] = forms.CharField

    def __init__(
        self, *names: Any, kind: type[Any] | None = None, **options: Any
    ) -> None:
        super().__init__(*names, **options)
        if kind is not None:
            self.kind = kind

    def get_internal_type(self) -> str:
        """
        Return which column the database gets.
        """
        return "TextField"

    def deconstruct(self) -> Any:
        """
        Return what a migration has to know.
        """
        name, _, arguments, options = super().deconstruct()
        for in_languages in ("choices", "error_messages"):
            options.pop(in_languages, None)
        if "default" in options and not callable(self.default):
            options["default"] = self.get_prep_value(self.default)
        return name, _PLAIN, arguments, options

    def clone(self) -> Any:
        """
        Return a field like this one that belongs to no model yet.
        """
        *_, arguments, options = super().deconstruct()
        return type(self)(*arguments, kind=self.kind, **options)

    def from_db_value(self, text: str | None, *_: object) -> Any:
        """
        Return the value that *text* stands for.
        """
        return self.kind(text) if text else None

    def to_python(self, value: Any) -> Any:
        """
        Return the value that *value* is or says, as a fixture or a form has it.

        Raises:
            ValidationError: with every problem.
        """
        if not isinstance(value, str):
            return value
        if not value and self.blank:
            return None
        try:
            return getattr(self.kind, "parse", self.kind)(value)
        except Invalid as invalid:
            raise ValidationError(validation_errors(invalid.problems)) from None
        except ValueError:
            # An enumeration repeats what it does not have.
            raise ValidationError("no such value", code="invalid") from None

    def get_prep_value(self, value: Any) -> Any:
        """
        Return the text that stands for *value*.

        Raises:
            ValidationError, TypeError: it is none, so nothing is written.
        """
        found = self.to_python(super().get_prep_value(value))
        if found is None:
            return "" if self.blank and not self.null else None
        if not isinstance(found, self.kind):
            raise TypeError(f"{self.name} holds a {self.kind.__name__}")
        return found.value if isinstance(found, Enum) else str(found)

    def value_to_string(self, obj: models.Model) -> Any:
        """
        Return what a fixture has for the column of *obj*.
        """
        return self.get_prep_value(self.value_from_object(obj))

    def formfield(self, **options: Any) -> Any:
        """
        Return the field of a form for this column.
        """
        given: dict[str, Any] = {
            "required": not self.blank,
            "label": capfirst(self.verbose_name),
            "help_text": self.help_text,
        }
        if self.has_default():
            given["initial"] = self.get_default()
        for not_asked in ("choices", "choices_form_class", "form_class"):
            options.pop(not_asked, None)
        return self.form_class(**given | options)
