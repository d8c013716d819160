"""
How does the creation form look as JSON Schema, for clients that send JSON?

The schema says what to send.  It is a hint, as is everything that runs far from
the rules: what it lets through is still read by `NewUser.parse`.
"""

from typing import Final, cast

import attrs

from ..language import Language
from ..licence import Licence, Product
from ..names import CompanyName
from ..passwords import PasswordPolicy
from ..passwords.json_schema import Flavour
from ..texts import Translator
from .description import Choice, FormDescription, FormField, Input
from .new_user import NewUser


__all__ = ["ADDRESS", "DIALECT", "Json", "general_json_schema", "json_schema"]

Json = str | int | bool | list["Json"] | dict[str, "Json"]

#: The dialect; OpenAPI 3.1 speaks it too.
DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"

#: What an address has, at least.  The format ``email`` would refuse more than the
#: library does: domains with letters outside ASCII, and blanks that a form trims.
ADDRESS: Final = "^[^@]+@[^@]+$"

_ANY_LICENCE: Final = Licence(
    number="ANY",
    product=Product.CLASSIC,
    holder=CompanyName("ANY"),
    language=Language.ENGLISH,
)
_OF_THE_LICENCE: Final = ("company_name", "language")

#: A password is typed or generated, never both and never neither.
_TYPED_OR_GENERATED: Final[list[Json]] = [
    {
        "required": ["password"],
        "properties": {"generate_password": {"const": False}, "password": True},
    },
    {
        "required": ["generate_password"],
        "properties": {"generate_password": {"const": True}, "password": False},
    },
]

#: The password of on Web, which keeps to no policy of the Portal.  [R60]
_KNOWN: Final[dict[str, Json]] = {
    "type": "string",
    "format": "password",
    "writeOnly": True,
    "minLength": 1,
}


def json_schema(
    description: FormDescription,
    locale: str = "en",
    *,
    flavour: Flavour = "ecma",
    translator: Translator | None = None,
) -> dict[str, Json]:
    """
    Return the JSON Schema of the form, its words in the language of *locale*.

    What is only shown, such as the licence, has no place in it: it is never sent.

    Args:
        description: the form.
        locale: the reader's.
        flavour: how the password's characters are named; see
            `PasswordPolicy.json_schema`.
        translator: a product's own words, asked first.
    """
    sent = [field for field in description.fields if field.input is not Input.SHOWN]
    schema: dict[str, Json] = {
        "$schema": DIALECT,
        "type": "object",
        "properties": {
            field.name: {
                **_named(field, locale, translator),
                **_values(field, locale, translator, flavour),
            }
            for field in sent
        },
        "required": [field.name for field in sent if field.is_required],
    }
    if not description["password"].is_required:
        schema["oneOf"] = _TYPED_OR_GENERATED
    return schema


def general_json_schema(
    kind: type[NewUser],
    locale: str = "en",
    *,
    flavour: Flavour = "ecma",
    translator: Translator | None = None,
) -> dict[str, Json]:
    """
    Return the JSON Schema of the form for a new *kind* of user in any licence.

    What depends on the licence is left open: defaults, and the dossiers.
    """
    description = FormDescription.of(kind, licence=_ANY_LICENCE)
    open_fields = tuple(
        attrs.evolve(field, initial="") if field.name in _OF_THE_LICENCE else field
        for field in description.fields
    )
    return json_schema(
        FormDescription(fields=open_fields),
        locale,
        flavour=flavour,
        translator=translator,
    )


def _named(
    named: FormField | Choice, locale: str, translator: Translator | None
) -> dict[str, Json]:
    said: dict[str, Json] = {"title": named.label(locale, translator=translator)}
    if help_text := named.help(locale, translator=translator):
        said["description"] = help_text
    if isinstance(named, FormField) and named.initial != "":
        said["default"] = named.initial
    return said


def _values(
    field: FormField, locale: str, translator: Translator | None, flavour: Flavour
) -> dict[str, Json]:
    choices: list[Json] = [
        {"const": each.value, **_named(each, locale, translator)}
        for each in field.choices
    ]
    listed: dict[str, Json] = {"oneOf": choices} if choices else {}
    match field.input:
        case Input.BOX:
            return {"type": "boolean"}
        case Input.SOME_OF:
            return {
                "type": "array",
                "items": {"type": "string", **listed},
                "uniqueItems": True,
                "minItems": int(field.is_required),
            }
        case Input.PASSWORD:
            return _KNOWN if field.policy is None else _password(field.policy, flavour)
        case Input.EMAIL:
            return {"type": "string", "pattern": ADDRESS}
        case _:
            return {"type": "string", **listed}


def _password(policy: PasswordPolicy, flavour: Flavour) -> dict[str, Json]:
    # What a policy says of itself is JSON; its type is a wider one.
    schema = cast("dict[str, Json]", policy.json_schema(flavour))
    return {name: schema[name] for name in schema if name != "$schema"}
