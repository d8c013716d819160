"""
How does a value of the library stand in a column?
"""

from collections.abc import Callable
from enum import Enum
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import ValidationError
from django.db import models

from ...errors import Invalid
from .messages import validation_errors


__all__ = ["ValueField"]

#: What a migration knows of the column: text, and no class of ours.
_PLAIN: Final = "django.db.models.TextField"


if TYPE_CHECKING:
    _TextField = models.TextField[Any, Any]
else:
    _TextField = models.TextField


class ValueField(_TextField):
    """
    Text in the database, a value of *kind* in Python.

    Its constructor checks whatever comes out of the database.  A migration keeps a
    plain column of text, so that the library's classes can move.
    """

    def __init__(self, kind: Callable[[str], Any], **options: Any) -> None:
        super().__init__(**options)
        self.kind = kind

    def deconstruct(self) -> Any:
        """
        Return what a migration has to know.
        """
        name, _, arguments, options = super().deconstruct()
        return name, _PLAIN, arguments, options

    def clone(self) -> "ValueField":
        """
        Return a field like this one that belongs to no model yet.
        """
        *_, options = self.deconstruct()
        return type(self)(self.kind, **options)

    def from_db_value(self, text: str | None, *_: object) -> Any:
        """
        Return the value that *text* stands for.
        """
        return None if text is None else self.kind(text)

    def to_python(self, value: Any) -> Any:
        """
        Return the value that *value* is or says, as a fixture or a form has it.

        Raises:
            ValidationError: with every problem.
        """
        if not isinstance(value, str):
            return value
        try:
            return self.kind(value)
        except Invalid as invalid:
            raise ValidationError(validation_errors(invalid.problems)) from None
        except ValueError:
            # An enumeration repeats what it does not have.
            raise ValidationError("no such value", code="invalid") from None

    def get_prep_value(self, value: Any) -> Any:
        """
        Return the text that stands for *value*.
        """
        if value is None:
            return None
        return value.value if isinstance(value, Enum) else str(value)

    def value_to_string(self, obj: models.Model) -> Any:
        """
        Return what a fixture has for the column of *obj*.
        """
        return self.get_prep_value(self.value_from_object(obj))
