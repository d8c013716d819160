"""
A JSON Schema is a hint: it runs in other engines, and refuses nothing that is good.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

import jsonschema
import jsonschema_rs
import pytest
import re2

from winbooks_identity.dossier import Dossier
from winbooks_identity.forms.description import FormDescription
from winbooks_identity.forms.new_user import NewEmployee, NewEndCustomer
from winbooks_identity.forms.schema import Json, json_schema
from winbooks_identity.language import Language
from winbooks_identity.licence import Licence, Product
from winbooks_identity.names import CompanyName
from winbooks_identity.passwords import PasswordPolicy
from winbooks_identity.passwords.canonical import Kind, kind_of
from winbooks_identity.passwords.json_schema import _RESPELLED, Flavour
from winbooks_identity.passwords.named import NAMED


STRICT = PasswordPolicy(
    min_length=6,
    min_kinds=2,
    min_lower=1,
    max_digits=3,
    max_special=5,
    forbidden_characters="-^]\\/",
    forbidden_spellings=["Ab.c", "(x"],
    denied_spellings=["aB1!aB1!"],
    max_run=3,
)
NARROW = PasswordPolicy(
    min_length=4, min_kinds=1, allowed_characters="aAbB12!-]^\\é€ ", max_run=2
)
SPELLED = PasswordPolicy(
    min_length=4,
    min_kinds=1,
    forbidden_characters="e",
    forbidden_spellings=["bo"],
    max_run=2,
)
POLICIES = [*NAMED.values(), STRICT, NARROW, SPELLED]

#: Good ones for some of the policies, in other scripts and spellings.
TEXTS = [
    "Correct-Horse-9",
    "krokus Zadel 71 ventilator?",
    "Пароль-длинный-9",
    "пароль длинный семь",
    "Κωδικός-Ασφαλείας-7",
    "רכבת-Sleutel-123",
    "電車で行く、七時には帰るA9",
    "Ǆura-ǅep-ǆuveč-Ⅷ",
    "é1bB",
    "a\u00a0b\u3000B1",
    "ab\u2003!!",
    "\u0665\u0666\u0667 Ünïcode straße",
    "aa11bb22!!",
    "".join(chr(ord(one) + 0xFEE0) for one in "Fullwidth-999"),
    # As long as can be, in letters that most keyboards make of two; and what is four
    # times as long on the server as it was typed.
    "é1bBô-" * 21,
    "\ufb2c\ufb2c\u0958\u0958-aB1!",
    # Decomposed, or with joiners, they break rules that they keep on the server.
    "é\u0301\u0301bô-A1",
    "aB1-\u200d\u200d\u200dx",
]


def typed(text: str) -> Iterator[str]:
    """
    Yield the ways in which keyboards send *text*.
    """
    yield text
    yield unicodedata.normalize("NFD", text)


def patterns(schema: Json | Mapping[str, object]) -> Iterator[str]:
    """
    Yield every pattern in *schema*.
    """
    if isinstance(schema, Mapping):
        for name, value in schema.items():
            if name == "pattern":
                yield str(value)
            else:
                yield from patterns(cast("Json", value))
    elif isinstance(schema, list):
        for each in schema:
            yield from patterns(each)


def decomposed(character: str) -> Sequence[str]:
    """
    Return what *character* is made of; a syllable of Korean has no entry of its own.
    """
    said = unicodedata.decomposition(character)
    if not said:
        return unicodedata.normalize("NFD", character)
    return [chr(int(code, 16)) for code in said.split()]


def kinds(*characters: str) -> Mapping[Kind | None, int]:
    """
    Return how often each kind occurs among *characters*.
    """
    found = Counter(map(kind_of, characters))
    return {kind: found[kind] for kind in Kind if found[kind]}


class TestEngines:
    """
    The patterns run in JavaScript, Python, RE2 and Rust.
    """

    @pytest.mark.parametrize("flavour", ["ecma", "ascii-safe"])
    @pytest.mark.parametrize("policy", POLICIES)
    def test_re2(self, policy: PasswordPolicy, flavour: Flavour) -> None:
        """
        But for characters in a row, which take a reference to a group.
        """
        for pattern in patterns(policy.json_schema(flavour)):
            assert "\\u" not in pattern
            if r"\1" in pattern:
                assert "ecma" == flavour
            else:
                re2.compile(pattern)

    @pytest.mark.parametrize("policy", POLICIES)
    @pytest.mark.parametrize("text", TEXTS)
    def test_nothing_good_is_refused(self, policy: PasswordPolicy, text: str) -> None:
        """
        What other engines know nothing of is left to the server.
        """
        schema = policy.json_schema("ascii-safe")
        in_python = jsonschema.Draft202012Validator(schema)
        in_rust = jsonschema_rs.validator_for(
            schema, pattern_options=jsonschema_rs.RegexOptions()
        )

        for each in typed(text):
            if not policy.check(each):
                assert in_python.is_valid(each), ascii(each)
            assert in_python.is_valid(each) == in_rust.is_valid(each), ascii(each)

    def test_the_texts_are_good_ones(self) -> None:
        """
        Each of them for one policy at least, so that the test above tests.
        """
        assert [] == [
            text for text in TEXTS if all(policy.check(text) for policy in POLICIES)
        ]

    def test_what_is_left_to_the_server(self) -> None:
        """
        Every character that is replaced, or that joins another; no kind is lost.
        """
        made = [
            each
            for each in map(chr, range(0x110000))
            if not unicodedata.is_normalized("NFD", each)
        ]
        replaced = {each for each in made if not unicodedata.is_normalized("NFC", each)}
        joining = {decomposed(each)[-1] for each in made if each not in replaced}

        assert {"\u0301", "\u1161", "\u11a8", "\ufb2c", "\u212b"} <= replaced | joining
        assert [] == [
            each
            for each in (replaced | joining | {"\u200d", "\ufe0f"})
            if not re.match(f"[{_RESPELLED}]", each)
        ]
        assert [] == [each for each in made if kinds(each) != kinds(*decomposed(each))]

    def test_a_run_is_found(self) -> None:
        """
        Of any character that a keyboard has.
        """
        schema = jsonschema.Draft202012Validator(NARROW.json_schema("ascii-safe"))

        assert [True, False, False] == [
            schema.is_valid(text) for text in ("ab]]", "a]]]", "b   1")
        ]


LICENCE = Licence(
    number="WB-1",
    product=Product.CLASSIC,
    holder=CompanyName("Fiduciaire Peeters & Dubois BV"),
    language=Language.DUTCH,
)
DOSSIERS = [Dossier(number="D-1", name=CompanyName("Bakkerij De Korenaar BV"))]


class TestForm:
    """
    The schema of a form refuses no address that the form takes.
    """

    @pytest.mark.parametrize(
        "address", ["ada@example.org", "ada@bureau-été.be", " Ada@Example.org\t"]
    )
    def test_addresses(self, address: str) -> None:
        """
        Also where a validator looks at formats.
        """
        form: dict[str, Json] = {
            "winbooks_id": address,
            "generate_password": True,
            "level": "Power User",
            "first_name": "Ada",
            "last_name": "Lovelace",
        }
        NewEmployee.parse(form, licence=LICENCE)
        description = FormDescription.of(NewEmployee, licence=LICENCE)

        for validator in (
            jsonschema.Draft202012Validator(
                json_schema(description, flavour="ascii-safe"),
                format_checker=jsonschema.FormatChecker(),
            ),
            jsonschema_rs.validator_for(
                json_schema(description), validate_formats=True
            ),
        ):
            assert validator.is_valid(form)

    @pytest.mark.parametrize("kind", [NewEmployee, NewEndCustomer])
    def test_ajv_knows_every_keyword(
        self, kind: type[NewEmployee | NewEndCustomer]
    ) -> None:
        """
        Its strict mode refuses what it does not know, also in a format.

        So it does with keywords whose type is not said, and with fields that are
        asked for and not described.
        """
        description = FormDescription.of(kind, licence=LICENCE, dossiers=DOSSIERS)

        assert [] == list(unknown_to_ajv(json_schema(description), ()))


#: What Ajv 8 knows, with its package of formats.
KEYWORDS: Mapping[str, Sequence[str]] = {
    "string": ("minLength", "maxLength", "pattern", "format"),
    "array": ("items", "minItems", "uniqueItems"),
    "object": ("properties", "required"),
    "": (
        *("$schema", "title", "description", "default", "writeOnly", "type"),
        *("allOf", "anyOf", "oneOf", "not", "const", "enum"),
    ),
}
TYPE_OF = {name: kind for kind, names in KEYWORDS.items() for name in names}


def unknown_to_ajv(schema: Any, types: Sequence[str]) -> Iterator[str]:  # noqa: ANN401  JSON.
    """
    Yield what the strict mode of Ajv refuses in *schema*, below a schema of *types*.
    """
    if isinstance(schema, bool):
        return
    types = (schema["type"],) if "type" in schema else types
    for name, value in schema.items():
        kind = TYPE_OF.get(name)
        if kind is None or (kind and kind not in types):
            yield f"{name} in {types}"
        if name == "format" and value != "password":
            yield f"format {value}"
        if name == "required" and not {*value} <= {*schema["properties"]}:
            yield f"required {value}"
        for each, which in below(name, value, types):
            yield from unknown_to_ajv(each, which)


def below(
    name: str,
    value: Any,  # noqa: ANN401  JSON.
    types: Sequence[str],
) -> Iterator[tuple[Any, Sequence[str]]]:
    """
    Yield the schemas in the *value* of a keyword, with the types said above them.
    """
    if name == "properties":
        yield from ((each, ()) for each in value.values())
    elif name in {"allOf", "anyOf", "oneOf"}:
        yield from ((each, types) for each in value)
    elif name in {"items", "not"}:
        yield value, types if name == "not" else ()
