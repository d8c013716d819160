"""
How is a policy said as JSON Schema?

The schema reads text as it was typed, and leaves out what it cannot say: words in
either case, strength and leaks. It is a hint for clients; the server decides.
"""

from collections.abc import Iterator
from itertools import combinations
from typing import Final, Literal

from ..invisible import HIDDEN
from .canonical import Kind
from .rules import Rules


__all__ = ["Flavour", "json_schema"]

#: ``"ecma"`` names Unicode's categories, as JavaScript does; ``"ascii-safe"`` lists
#: the letters of Western Europe for engines that know no categories.
Flavour = Literal["ecma", "ascii-safe"]

#: The inside of a character class for each kind.
_CLASSES: Final[dict[Flavour, dict[Kind, str]]] = {
    "ecma": {
        Kind.LOWER: r"\p{Ll}",
        Kind.UPPER: r"\p{Lu}\p{Lt}",
        Kind.DIGIT: r"\p{Nd}",
        Kind.SPECIAL: r"\p{P}\p{S}\p{Zs}",
    },
    "ascii-safe": {
        Kind.LOWER: r"a-z\u00b5\u00df-\u00f6\u00f8-\u00ff\u0153",
        Kind.UPPER: r"A-Z\u00c0-\u00d6\u00d8-\u00de\u0152\u0178",
        Kind.DIGIT: r"0-9",
        Kind.SPECIAL: (
            r" -/:-@\[-`{-~\u00a0-\u00a9\u00ab\u00ac\u00ae-\u00b1\u00b4\u00b6-\u00b8"
            r"\u00bb\u00bf\u00d7\u00f7\u2010-\u2027\u20ac"
        ),
    },
}

#: Control characters, the separators of lines, and what else no one sees.
_CONTROLS: Final = rf"[\u0000-\u001f\u007f-\u009f\u2028\u2029{HIDDEN}]"

#: What JavaScript lets one escape, within a class of characters and outside.
_SYNTAX: Final = frozenset(r"^$\.*+?()[]{}|/")
_IN_CLASSES: Final = _SYNTAX | {"-"}


def json_schema(policy: Rules, flavour: Flavour) -> dict[str, object]:
    """
    Return the JSON Schema for a password under *policy*.
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "string",
        "format": "password",
        "writeOnly": True,
        "minLength": policy.min_length,
        "maxLength": policy.max_length,
        "allOf": list(_rules(policy, _CLASSES[flavour])),
    }


def _rules(policy: Rules, classes: dict[Kind, str]) -> Iterator[dict[str, object]]:
    yield {"not": {"pattern": _CONTROLS}}
    if policy.min_kinds:
        yield {
            "anyOf": [
                {"allOf": [{"pattern": f"[{classes[kind]}]"} for kind in kinds]}
                for kinds in combinations(Kind, policy.min_kinds)
            ]
        }
    for kind in Kind:
        inside = classes[kind]
        if least := policy.minimum_of(kind):
            yield {"pattern": f"^([^{inside}]*[{inside}]){{{least}}}"}
        if (most := policy.maximum_of(kind)) is not None:
            yield {"not": {"pattern": f"^([^{inside}]*[{inside}]){{{most + 1}}}"}}
    if policy.allowed_characters is not None:
        yield {"pattern": f"^[{_listed(policy.allowed_characters)}]*$"}
    if policy.forbidden_characters:
        yield {"not": {"pattern": f"[{_listed(policy.forbidden_characters)}]"}}
    if policy.max_run is not None:
        yield {"not": {"pattern": rf"(.)\1{{{policy.max_run}}}"}}
    for word in policy.forbidden_spellings:
        yield {"not": {"pattern": _escaped(word)}}
    if policy.denied_spellings:
        yield {"not": {"enum": list(policy.denied_spellings)}}


def _listed(characters: str) -> str:
    return "".join(f"\\{one}" if one in _IN_CLASSES else one for one in characters)


def _escaped(text: str) -> str:
    return "".join(f"\\{one}" if one in _SYNTAX else one for one in text)
