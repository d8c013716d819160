"""
How is a policy said as JSON Schema?

The schema reads text as it was typed, and leaves out what it cannot say: words in
either case, strength and leaks. It is a hint for clients, and refuses nothing that
the server accepts; the server decides.
"""

from collections.abc import Iterator
from itertools import combinations
from typing import Final, Literal

from ..invisible import HIDDEN
from .alphabet import PRINTABLE_ASCII
from .canonical import GROWTH, Kind
from .rules import Rules


__all__ = ["Flavour", "json_schema"]

#: ``"ecma"`` names Unicode's categories, as JavaScript does; ``"ascii-safe"`` lists
#: the letters of Western Europe for engines that know no categories, and takes every
#: other letter for whatever is asked for.
Flavour = Literal["ecma", "ascii-safe"]

# All characters stand for themselves: RE2 and Rust read no escapes with \u.

#: The inside of a character class for each kind.
_CLASSES: Final[dict[Flavour, dict[Kind, str]]] = {
    "ecma": {
        Kind.LOWER: r"\p{Ll}",
        Kind.UPPER: r"\p{Lu}\p{Lt}",
        Kind.DIGIT: r"\p{Nd}",
        Kind.SPECIAL: r"\p{P}\p{S}\p{Zs}",
    },
    "ascii-safe": {
        Kind.LOWER: "a-z\u00b5\u00df-\u00f6\u00f8-\u00ff\u0153",
        Kind.UPPER: "A-Z\u00c0-\u00d6\u00d8-\u00de\u0152\u0178",
        Kind.DIGIT: "0-9",
        Kind.SPECIAL: (
            " -/:-@\\[-`{-~\u00a0-\u00a9\u00ab\u00ac\u00ae-\u00b1\u00b4\u00b6-\u00b8"
            "\u00bb\u00bf\u00d7\u00f7\u2010-\u2027\u20ac"
        ),
    },
}

#: What may be of any kind, as far as the flavour knows.
_ANY_KIND: Final[dict[Flavour, str]] = {
    "ecma": "",
    "ascii-safe": (
        "\u0100-\u0151\u0154-\u0177\u0179-\u200f\u2028-\u20ab\u20ad-\U0010ffff"
    ),
}

#: Blanks that count as U+0020.
_BLANKS: Final = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"

#: Where the spelling of a text can change before it is judged: every character that
#: Unicode's normal form C replaces or joins to the one before it, those that count for
#: nothing, and a few of their neighbours.
_RESPELLED: Final = (
    "\u0300-\u036f\u0374\u037e\u0387\u0653-\u0655\u0900-\u109f\u1161-\u11c2\u1b00-\u1b7f"
    "\u1f71-\u200d\u2126-\u212b\u2329\u232a\u2adc\u3099\u309a\uf900-\ufb4f\ufe0f"
    "\U00011000-\U00016fff\U0001d15e-\U0001d1c0\U0002f800-\U0002fa1f"
)

#: Control characters, the separators of lines, and what else no one sees.
_CONTROLS: Final = rf"[\x00-\x1f\x7f-\x9f{chr(0x2028)}{chr(0x2029)}{HIDDEN}]"

#: What JavaScript lets one escape, within a class of characters and outside.
_SYNTAX: Final = frozenset(r"^$\.*+?()[]{}|/")
_IN_CLASSES: Final = _SYNTAX | {"-"}


def json_schema(policy: Rules, flavour: Flavour) -> dict[str, object]:
    """
    Return the JSON Schema for a password under *policy*.

    Its ``maxLength`` is that of a text of any spelling.
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "string",
        "format": "password",
        "writeOnly": True,
        "maxLength": GROWTH * policy.max_length,
        "allOf": [
            *_kinds(policy, flavour),
            *map(_as_typed, _spelling(policy, flavour)),
        ],
    }


def _kinds(policy: Rules, flavour: Flavour) -> Iterator[dict[str, object]]:
    """
    Yield the rules for which it makes no difference how a text is spelled.
    """
    classes, others = _CLASSES[flavour], _ANY_KIND[flavour]
    yield {"not": {"pattern": _CONTROLS}}
    if policy.min_kinds:
        yield {
            "anyOf": [
                {"allOf": [{"pattern": f"[{classes[kind]}{others}]"} for kind in kinds]}
                for kinds in combinations(Kind, policy.min_kinds)
            ]
        }
    for kind in Kind:
        inside, perhaps = classes[kind], classes[kind] + others
        if least := policy.minimum_of(kind):
            yield {"pattern": f"^([^{perhaps}]*[{perhaps}]){{{least}}}"}
        if (most := policy.maximum_of(kind)) is not None:
            yield {"not": {"pattern": f"^([^{inside}]*[{inside}]){{{most + 1}}}"}}
    if policy.denied_spellings:
        yield {"not": {"enum": list(policy.denied_spellings)}}


def _spelling(policy: Rules, flavour: Flavour) -> Iterator[dict[str, object]]:
    """
    Yield the rules that are about the text as it is spelled on the server.
    """
    yield {"minLength": policy.min_length, "maxLength": policy.max_length}
    if policy.allowed_characters is not None:
        blanks = _BLANKS if " " in policy.allowed_characters else ""
        yield {"pattern": f"^[{_listed(policy.allowed_characters)}{blanks}]*$"}
    if policy.forbidden_characters:
        yield {"not": {"pattern": f"[{_listed(policy.forbidden_characters)}]"}}
    if policy.max_run is not None:
        yield {"not": {"pattern": _run(policy.max_run + 1, flavour)}}
    for word in policy.forbidden_spellings:
        yield {"not": {"pattern": _escaped(word)}}


def _as_typed(rule: dict[str, object]) -> dict[str, object]:
    """
    Return *rule* for texts that are typed as they are judged; the others fit.
    """
    return {"anyOf": [rule, {"pattern": f"[{_RESPELLED}]"}]}


def _run(length: int, flavour: Flavour) -> str:
    """
    Return a pattern for *length* times one character.

    RE2 and Rust know no reference to a group, so a list of characters stands for it.
    """
    if flavour == "ecma":
        return rf"(.)\1{{{length - 1}}}"
    return "|".join(f"{_escaped(one)}{{{length}}}" for one in PRINTABLE_ASCII)


def _listed(characters: str) -> str:
    return "".join(f"\\{one}" if one in _IN_CLASSES else one for one in characters)


def _escaped(text: str) -> str:
    return "".join(f"\\{one}" if one in _SYNTAX else one for one in text)
