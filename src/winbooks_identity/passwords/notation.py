"""
How is a policy written down, and read again without guessing?
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import Enum
from typing import Any, ClassVar, Final, NamedTuple, cast

import attrs

from .. import texts, toml_document
from ..errors import Invalid
from ..problems import Problem
from .breached import BreachCheck
from .rules import Rules
from .words import digest


__all__ = [
    "MAX_TEXT",
    "TextTooLong",
    "UnknownRule",
    "Unreadable",
    "WrongType",
    "checked",
    "fingerprint",
    "from_json",
    "from_toml",
    "in_plain_data",
    "to_json",
    "to_mapping",
    "to_toml",
]

#: Three numbers are always written down: they say what the policy is at a glance.
_ALWAYS: Final = ("min_length", "max_length", "min_kinds")

#: How long a written policy may be, in characters: 100,000 words of ten letters.
MAX_TEXT: Final = 1_500_000

#: How many characters there may be outside of texts, comments and what parts them:
#: names of rules and numbers. Whatever else is written, it costs little to refuse.
_MOST_OUTSIDE: Final = 20_000

#: A text, a comment, or what stands between two texts of a list.
_INSIDE: Final = re.compile(
    r"""
      \"{3} (?: [^"\\] | \\. | "(?!"") )*+ "{3,5}
    | '{3} (?: [^'] | '(?!'') )*+ '{3,5}
    | " (?: [^"\\\n]++ | \\[^\n] )*+ "
    | ' [^'\n]*+ '
    | \# [^\n]*+
    | [\s,]++
    """,
    re.VERBOSE | re.DOTALL,
)

#: The version of the fingerprint: it changes when a rule's meaning does.
_VERSION: Final = 1


@attrs.frozen
class UnknownRule(Problem):
    """
    A written policy has only rules that exist: a misspelled one would be off.
    """

    code: ClassVar[str] = "password_policy.unknown_rule"

    rule: str


@attrs.frozen
class WrongType(Problem):
    """
    A rule in a written policy has the type that it needs.
    """

    code: ClassVar[str] = "password_policy.wrong_type"

    rule: str
    expected: str

    def message(
        self, locale: str = "en", *, translator: texts.Translator | None = None
    ) -> str:
        """
        Return the sentence with the name of the type in the language of *locale*.
        """
        code = f"password_policy.type.{self.expected.replace(' ', '_')}"
        expected = self.expected
        if expected in _NAMED_TYPES:
            expected = texts.text(code, locale, translator=translator)
        params = {"rule": self.rule, "expected": expected}
        return texts.text(self.code, locale, params, translator=translator)


@attrs.frozen
class TextTooLong(Problem):
    """
    A written policy is read only while that takes a moment.
    """

    code: ClassVar[str] = "password_policy.text_too_long"

    most: int


@attrs.frozen
class Unreadable(Problem):
    """
    A written policy is valid TOML or JSON, and a table of rules.
    """

    code: ClassVar[str] = "password_policy.unreadable"

    notation: str


def to_mapping(policy: Rules) -> dict[str, object]:
    """
    Return the rules of *policy* that are in force, as plain data in their order.
    """
    return {
        field.name: in_plain_data(getattr(policy, field.name))
        for field in attrs.fields(Rules)
        if field.name in _ALWAYS or getattr(policy, field.name) != field.default
    }


def checked(rules: Mapping[str, object]) -> dict[str, Any]:
    """
    Return *rules* by their names, ready for a policy.

    Raises:
        Invalid: a rule is unknown, or has the wrong type.
    """
    if problems := tuple(_misfits(rules)):
        raise Invalid(problems)
    return dict(rules)


def to_json(said: Mapping[str, object]) -> str:
    """
    Return what a policy says as a JSON document.
    """
    return json.dumps(said, ensure_ascii=False, indent=2) + "\n"


def to_toml(policy: Rules) -> str:
    """
    Return *policy* as a TOML document.
    """
    # JSON's numbers, texts, truth values and lists are written alike in TOML.
    return "".join(
        f"{rule} = {json.dumps(value, ensure_ascii=False)}\n"
        for rule, value in to_mapping(policy).items()
    )


def from_toml(text: str) -> dict[str, Any]:
    """
    Return what the TOML document *text* says; `checked` tells whether it is a policy.

    Raises:
        Invalid: it is too long, or no TOML.
    """
    _ensure_short(text)
    try:
        return toml_document.load(text)
    except ValueError as broken:
        raise Invalid((Unreadable("TOML"),)) from broken


def from_json(text: str) -> dict[str, Any]:
    """
    Return what the JSON document *text* says; `checked` tells whether it is a policy.

    Raises:
        Invalid: it is too long, or no JSON object.
    """
    _ensure_short(text)
    try:
        rules = json.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError) as broken:
        raise Invalid((Unreadable("JSON"),)) from broken
    if not isinstance(rules, dict):
        raise Invalid((Unreadable("JSON"),))
    return cast("dict[str, object]", rules)


def _ensure_short(text: str) -> None:
    if len(text) > MAX_TEXT or len(_INSIDE.sub("", text)) > _MOST_OUTSIDE:
        raise Invalid((TextTooLong(MAX_TEXT),))


def fingerprint(policy: Rules) -> str:
    """
    Return a name for exactly the rules of *policy*, and the word lists they mean.
    """
    from hashlib import sha256

    rules = to_mapping(policy)
    lists = {name: digest(name) for name in policy.word_lists}
    text = json.dumps([_VERSION, rules, lists], sort_keys=True)
    return sha256(text.encode()).hexdigest()


def in_plain_data(value: object) -> object:
    """
    Return the *value* of a rule as it is written down.
    """
    if isinstance(value, Enum):
        return value.value
    return [*cast("tuple[str, ...]", value)] if isinstance(value, tuple) else value


def _misfits(rules: Mapping[str, object]) -> Iterator[Problem]:
    types = {field.name: field.type for field in attrs.fields(Rules)}
    for rule, value in rules.items():
        if rule not in types:
            yield UnknownRule(rule)
        elif not (shape := _SHAPES[types[rule]]).fits(value):
            yield WrongType(rule, shape.name)


class _Shape(NamedTuple):
    """
    What the value of a rule looks like in a written policy.
    """

    name: str
    fits: Callable[[object], bool]


def _is_integer(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_integer_or_none(value: object) -> bool:
    return value is None or _is_integer(value)


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_text_or_none(value: object) -> bool:
    return value is None or _is_text(value)


def _are_texts(value: object) -> bool:
    if not isinstance(value, list | tuple):
        return False
    return all(map(_is_text, cast("Sequence[object]", value)))


def _is_truth(value: object) -> bool:
    return isinstance(value, bool)


def _is_breach_check(value: object) -> bool:
    return value in [check.value for check in BreachCheck]


#: Types that have a name in every language; the rest are values to choose from.
_NAMED_TYPES: Final = frozenset(
    {"integer", "string", "list of strings", "boolean", "date", "table"}
)

#: The shape of a rule by the type of its field.
_SHAPES: Final[Mapping[object, _Shape]] = {
    int: _Shape("integer", _is_integer),
    int | None: _Shape("integer", _is_integer_or_none),
    str: _Shape("string", _is_text),
    str | None: _Shape("string", _is_text_or_none),
    tuple[str, ...]: _Shape("list of strings", _are_texts),
    bool: _Shape("boolean", _is_truth),
    BreachCheck: _Shape(
        " | ".join(check.value for check in BreachCheck), _is_breach_check
    ),
}
