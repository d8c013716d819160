"""
Which columns of a project's own tables hold values of the library?

    from winbooks_identity.adapters.django import model_fields

    class Contract(models.Model):
        winbooks_id = model_fields.WinBooksIdField(unique=True)

In Python they are values, in the database text.  What is no value is never written,
by whichever of Django's tools.  A migration has a plain column of text and names no
class of ours, so the library's classes can move.
"""

from typing import Any, ClassVar, TypeVar

from django import forms
from django.db import models
from django.db.models.functions import Lower
from django.db.models.lookups import Exact, In
from django.db.models.sql.query import Query

from ...errors import Invalid
from ...forms.description import LANGUAGE_CHOICES
from ...language import Language
from ...level import Level
from ...names import CompanyName, PersonName
from ...phone import PhoneNumber
from ...refusals import Taken
from ...winbooks_id import WinBooksId
from . import choice_fields, fields
from .messages import late
from .value_field import ValueField


__all__ = [
    "CompanyNameField",
    "LanguageField",
    "LevelField",
    "PersonNameField",
    "PhoneField",
    "ValueField",
    "WinBooksIdField",
]

T = TypeVar("T")


class WinBooksIdField(ValueField[WinBooksId]):
    """
    Holds a `WinBooksId`; any spelling finds it.  [R3, R4]

    With ``unique=True`` no two rows have one ID in two spellings: the model gets a
    constraint of the database, which a migration makes.
    """

    kind = WinBooksId
    form_class: ClassVar[type[forms.Field]] = fields.WinBooksIdField

    def __init__(self, *names: Any, **options: Any) -> None:
        messages: dict[str, Any] = options.pop("error_messages", None) or {}
        messages = {"unique": late(Taken().message)} | messages
        super().__init__(*names, error_messages=messages, **options)

    def contribute_to_class(
        self, cls: type[models.Model], name: str, *only: Any, **options: Any
    ) -> None:
        """
        Become an attribute of *cls*.
        """
        super().contribute_to_class(cls, name, *only, **options)
        meta: Any = cls._meta
        if not self.unique or meta.abstract:
            return
        rule = _OneForEachKey(
            Lower(name), name=f"{meta.app_label}_{meta.model_name}_{name}_by_key"
        )
        # Migrations are made of the original attributes, and make a model of them.
        if rule.name not in {each.name for each in meta.constraints}:
            meta.constraints = [*meta.constraints, rule]
            meta.original_attrs["constraints"] = meta.constraints


class _OneForEachKey(models.UniqueConstraint):
    """
    What the database decides; forms ask the field, which says it in our words.
    """

    def deconstruct(self) -> Any:
        """
        Return what a migration has to know.
        """
        _, *rest = super().deconstruct()
        return ("django.db.models.UniqueConstraint", *rest)

    def validate(self, *_: Any, **__: Any) -> None:
        """
        Leave it to the field, which is unique.
        """


class _ChoiceField(ValueField[T]):
    """
    Holds a member of an enumeration.
    """


class LevelField(_ChoiceField[Level]):
    """
    Holds a `Level`.
    """

    kind = Level
    form_class: ClassVar[type[forms.Field]] = choice_fields.LevelField

    def __init__(self, *names: Any, **options: Any) -> None:
        choices = [(level, late(level.label)) for level in Level]
        given: dict[str, Any] = {"choices": choices, **options}
        super().__init__(*names, **given)


class LanguageField(_ChoiceField[Language]):
    """
    Holds a `Language`.
    """

    kind = Language
    form_class: ClassVar[type[forms.Field]] = choice_fields.LanguageField

    def __init__(self, *names: Any, **options: Any) -> None:
        choices = [(Language(each.value), each.label()) for each in LANGUAGE_CHOICES]
        given: dict[str, Any] = {"choices": choices, **options}
        super().__init__(*names, **given)


class PersonNameField(ValueField[PersonName]):
    """
    Holds a `PersonName`.
    """

    kind = PersonName
    form_class: ClassVar[type[forms.Field]] = fields.PersonNameField


class CompanyNameField(ValueField[CompanyName]):
    """
    Holds a `CompanyName`.
    """

    kind = CompanyName
    form_class: ClassVar[type[forms.Field]] = fields.CompanyNameField


class PhoneField(ValueField[PhoneNumber]):
    """
    Holds a `PhoneNumber`.
    """

    kind = PhoneNumber
    form_class: ClassVar[type[forms.Field]] = fields.PhoneField


@WinBooksIdField.register_lookup
class _Is(Exact):
    """
    Finds the row of a WinBooks ID, in whatever spelling.
    """

    def __init__(self, lhs: Any, rhs: Any) -> None:
        super().__init__(_lower(lhs), _lower(rhs))


@WinBooksIdField.register_lookup
class _IsOneOf(In):
    """
    Finds the rows of some WinBooks IDs.
    """

    def __init__(self, lhs: Any, rhs: Any) -> None:
        if isinstance(rhs, Query):
            rhs.select = tuple(map(_lower, rhs.select))
        found = rhs if isinstance(rhs, Query) else [*map(_lower, rhs)]
        super().__init__(_lower(lhs), found)


@_ChoiceField.register_lookup
class _IsMember(Exact):
    """
    Finds the rows with a member, which a filter of the admin calls by its own name.
    """

    def __init__(self, lhs: Any, rhs: Any) -> None:
        members = {str(member): member for member, _ in lhs.output_field.choices}
        super().__init__(lhs, members.get(rhs, rhs) if isinstance(rhs, str) else rhs)


def _lower(side: Any) -> Any:
    """
    Return *side* of a comparison as the key that it stands for.
    """
    if hasattr(side, "resolve_expression"):
        return Lower(side, output_field=models.TextField())
    if isinstance(side, WinBooksId):
        return side.key
    try:
        return WinBooksId.parse(side).key
    except Invalid:
        return side  # No row has it.
