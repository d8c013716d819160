"""
Which types can a model of one's own have?
"""

from collections.abc import Callable, Iterable
from enum import Enum
from typing import Annotated, Any, Final, TypeAlias, final

import attrs
from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from ...dossier import parse_number
from ...fields import Fields, Reading
from ...language import Language
from ...level import Level
from ...names import CompanyName, PersonName
from ...passwords import Password, PasswordPolicy
from ...phone import PhoneNumber
from ...problems import Missing
from ...role import Role
from ...winbooks_id import WinBooksId
from .errors import MASK, ErrorDetail, carrying


__all__ = [
    "CompanyNameField",
    "DossiersField",
    "EachReadBy",
    "KeepsTo",
    "LanguageField",
    "LevelField",
    "PasswordField",
    "PersonNameField",
    "PhoneField",
    "ReadBy",
    "RolesField",
    "WinBooksIdField",
]

#: What a value by itself is called while it is read.
_NAME: Final = "field"


@final
@attrs.frozen
class ReadBy:
    """
    Annotates a value that *parse* makes of text, trimmed as a form trims it.
    """

    parse: Callable[[str], object]

    def __get_pydantic_core_schema__(
        self, source: type, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """
        Read text; let the value itself pass.
        """
        del handler

        def read(given: object) -> object:
            if isinstance(given, source):
                return given
            return _value(Fields({_NAME: given}).read(_NAME, self.parse))

        return _schema(read, core_schema.str_schema(), _as_text)


@final
@attrs.frozen
class EachReadBy:
    """
    Annotates a frozen set of what *parse* makes of each text.
    """

    parse: Callable[[str], object]

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """
        Read a list of texts, or one text.
        """
        del source, handler
        return _schema(
            lambda given: _value(Fields({_NAME: given}).read_each(_NAME, self.parse)),
            core_schema.list_schema(core_schema.str_schema()),
            _as_texts,
        )


@final
@attrs.frozen
class KeepsTo:
    """
    Annotates a `Password` that keeps to *policy*; it is not trimmed.
    """

    policy: PasswordPolicy

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """
        Read text; a password is masked in JSON.
        """
        del source, handler

        def read(given: object) -> object:
            text = given.reveal() if isinstance(given, Password) else given
            typed = Fields({_NAME: text}).secret(_NAME, self.policy.parse)
            return _value(typed or Reading[object](problems=(Missing(),)))

        return _schema(read, core_schema.str_schema(), _as_mask)


WinBooksIdField: TypeAlias = Annotated[WinBooksId, ReadBy(WinBooksId.parse)]
PasswordField: TypeAlias = Annotated[Password, KeepsTo(PasswordPolicy())]
LevelField: TypeAlias = Annotated[Level, ReadBy(Level.parse)]
DossiersField: TypeAlias = Annotated[frozenset[str], EachReadBy(parse_number)]
RolesField: TypeAlias = Annotated[frozenset[Role], EachReadBy(Role.parse)]
PersonNameField: TypeAlias = Annotated[PersonName, ReadBy(PersonName.parse)]
CompanyNameField: TypeAlias = Annotated[CompanyName, ReadBy(CompanyName.parse)]
PhoneField: TypeAlias = Annotated[PhoneNumber, ReadBy(PhoneNumber.parse)]
LanguageField: TypeAlias = Annotated[Language, ReadBy(Language.parse)]


def _value(reading: Reading[object]) -> object:
    if not reading.problems:
        return reading.value
    problems = [
        ErrorDetail((), each.code, each.params, each.message())
        for each in reading.problems
    ]
    raise carrying("value", problems)


def _schema(
    read: Callable[[object], object],
    sent: CoreSchema,
    written: Callable[[Any], object],
) -> CoreSchema:
    return core_schema.no_info_plain_validator_function(
        read,
        json_schema_input_schema=sent,
        serialization=core_schema.plain_serializer_function_ser_schema(
            written, return_schema=sent, when_used="json"
        ),
    )


def _as_text(value: object) -> str:
    return str(value.value) if isinstance(value, Enum) else str(value)


def _as_texts(values: Iterable[object]) -> list[str]:
    return sorted(map(_as_text, values))


def _as_mask(password: object) -> str:
    del password
    return MASK
