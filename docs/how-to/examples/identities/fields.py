"""
How does a value of the library stand in a column?
"""

from enum import Enum
from typing import Any

from django.db import models


class ValueField(models.TextField):
    """
    Text in the database, a value of *kind* in Python.

    Its constructor checks whatever comes out of the database.
    """

    def __init__(self, kind: type[Any], **options: Any) -> None:
        super().__init__(**options)
        self.kind = kind

    def deconstruct(self) -> Any:
        """
        Return what a migration has to know.
        """
        name, path, _, options = super().deconstruct()
        return name, path, [self.kind], options

    def from_db_value(self, text: str | None, *_: object) -> Any:
        """
        Return the value that *text* stands for.
        """
        return None if text is None else self.kind(text)

    def get_prep_value(self, value: Any) -> Any:
        """
        Return the text that stands for *value*.
        """
        if value is None:
            return None
        return value.value if isinstance(value, Enum) else str(value)
