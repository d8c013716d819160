"""
Which types can a project's own model have?
"""

from collections.abc import Callable, Iterable, Mapping
from contextvars import ContextVar
from enum import Enum
from functools import partial
from typing import Annotated, Any, Final, TypeAlias, final

import attrs
from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from ...dossier import parse_number
from ...fields import Reading, read_each, read_secret, read_text
from ...forms.schema import ADDRESS
from ...language import Language
from ...level import Level
from ...names import CompanyName, PersonName
from ...passwords import Password, PasswordJudge, PasswordPolicy
from ...passwords.breached import BreachedPasswords
from ...passwords.strength import StrengthEstimator
from ...phone import PhoneNumber
from ...role import Role
from ...winbooks_id import WinBooksId
from .errors import ErrorDetail, carrying


__all__ = [
    "PERSONAL",
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


#: What the models that are being validated say of the person.
PERSONAL: Final = ContextVar[tuple[str, ...]]("PERSONAL", default=())


@final
@attrs.frozen
class ReadBy:
    """
    Annotates a value that *parse* makes of text, trimmed as a form trims it.

    Args:
        parse: makes the value of text.
        json_schema: what the JSON Schema says of the text beside its type.
        written: what it says of the text that comes back, if that is another.
    """

    parse: Callable[[str], object]
    json_schema: Mapping[str, Any] = attrs.field(factory=dict[str, Any], hash=False)
    written: Mapping[str, Any] | None = attrs.field(default=None, hash=False)

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
            return _value(read_text(given, self.parse))

        return _schema(read, core_schema.str_schema(), _as_text)

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """
        Describe the text.
        """
        told = self.written if handler.mode == "serialization" else None
        return {**handler(schema), **(told or self.json_schema)}


@final
@attrs.frozen
class EachReadBy:
    """
    Annotates a frozen set of what *parse* makes of each text.

    Args:
        parse: makes a value of text.
        json_schema: what the JSON Schema says of each text beside its type.
    """

    parse: Callable[[str], object]
    json_schema: Mapping[str, Any] = attrs.field(factory=dict[str, Any], hash=False)

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """
        Read a list of texts, or one text; let the values themselves pass.
        """
        del source, handler
        return _schema(
            lambda given: _value(read_each(given, self.parse)),
            core_schema.list_schema(core_schema.str_schema()),
            _as_texts,
        )

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """
        Describe the texts.
        """
        found = handler(schema)
        return {**found, "items": {**found["items"], **self.json_schema}}


@final
@attrs.frozen
class KeepsTo:
    """
    Annotates a `Password` that keeps to *policy*; it is not trimmed.

    In an `IdentityModel` it is judged for the person, too.

    Args:
        policy: the rules.
        breached: where leaked passwords are looked up; without it, the look-up
            counts as failed.
        estimator: who scores the strength; zxcvbn by default.
    """

    policy: PasswordPolicy
    breached: BreachedPasswords | None = attrs.field(
        default=None, kw_only=True, hash=False
    )
    estimator: StrengthEstimator | None = attrs.field(
        default=None, kw_only=True, hash=False
    )

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """
        Read text; in JSON a password is left empty.
        """
        del source, handler
        judge = PasswordJudge(
            policy=self.policy, breached=self.breached, estimator=self.estimator
        )

        def read(given: object) -> object:
            text = given.reveal() if isinstance(given, Password) else given
            judged = partial(judge.parse, personal=PERSONAL.get())
            return _value(read_secret(text, judged))

        return _schema(
            read, core_schema.str_schema(), _as_nothing, core_schema.none_schema()
        )

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """
        Describe the text, which is only ever sent.
        """
        found = handler(schema)
        return found | (
            {"format": "password", "writeOnly": True}
            if handler.mode == "validation"
            else {}
        )


def _one_of(values: type[Enum]) -> dict[str, object]:
    return {"enum": [each.value for each in values]}


WinBooksIdField: TypeAlias = Annotated[
    WinBooksId, ReadBy(WinBooksId.parse, {"pattern": ADDRESS}, {"format": "email"})
]
PasswordField: TypeAlias = Annotated[Password, KeepsTo(PasswordPolicy())]
LevelField: TypeAlias = Annotated[Level, ReadBy(Level.parse, _one_of(Level))]
DossiersField: TypeAlias = Annotated[frozenset[str], EachReadBy(parse_number)]
RolesField: TypeAlias = Annotated[
    frozenset[Role], EachReadBy(Role.parse, _one_of(Role))
]
PersonNameField: TypeAlias = Annotated[PersonName, ReadBy(PersonName.parse)]
CompanyNameField: TypeAlias = Annotated[CompanyName, ReadBy(CompanyName.parse)]
PhoneField: TypeAlias = Annotated[PhoneNumber, ReadBy(PhoneNumber.parse)]
LanguageField: TypeAlias = Annotated[
    Language, ReadBy(Language.parse, _one_of(Language))
]


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
    as_json: CoreSchema | None = None,
) -> CoreSchema:
    return core_schema.no_info_plain_validator_function(
        read,
        json_schema_input_schema=sent,
        serialization=core_schema.plain_serializer_function_ser_schema(
            written, return_schema=as_json or sent, when_used="json"
        ),
    )


def _as_text(value: object) -> str:
    return str(value.value) if isinstance(value, Enum) else str(value)


def _as_texts(values: Iterable[object]) -> list[str]:
    return sorted(map(_as_text, values))


def _as_nothing(password: object) -> None:
    del password
