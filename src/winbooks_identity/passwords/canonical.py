"""
Which text is a password, once it no longer matters how it was typed?

The mappings of the OpaqueString profile (RFC 8265, section 4.2): every space is
U+0020 and the text is in Unicode's normal form C. Nothing is trimmed and no
case is folded.  [R20]

Characters that no one sees, and so no one types again, are refused.  Two of them
hold emoji together, so they stay, and count for nothing.
"""

import re
from collections.abc import Iterator
from enum import Enum
from typing import Final, final
from unicodedata import category, normalize

from ..errors import Invalid
from ..invisible import HIDDEN
from ..problems import HiddenCharacter, Problem, text_problem
from .problems import ControlCharacter, NotUnicode, TooLong, UnassignedCharacter


__all__ = [
    "GROWTH",
    "MAX_RAW_LENGTH",
    "Kind",
    "canonical",
    "canonical_spelling",
    "categories",
    "count_of_kinds",
    "counted",
    "kind_of",
    "kinds_among",
    "stands_alone",
    "unusable",
]

#: So many times its canonical length a text may have before it is looked at.
#: Normalisation takes quadratic time on Python 3.11, so the limit comes first;
#: three is the most that form C shrinks or grows a text people can type.
GROWTH: Final = 4

#: The longest text, in code points, that is looked at under any policy.
MAX_RAW_LENGTH: Final = 4096


@final
class Kind(Enum):
    """
    One of the four kinds of characters that a policy counts.  [R12, R18]
    """

    LOWER = "lower"
    UPPER = "upper"
    DIGIT = "digit"
    SPECIAL = "special"


#: Every other category counts for the length and for no kind.  [R18]
_KINDS: Final = {
    "Ll": Kind.LOWER,
    "Lu": Kind.UPPER,
    "Lt": Kind.UPPER,
    "Nd": Kind.DIGIT,
    **dict.fromkeys(("Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po"), Kind.SPECIAL),
    **dict.fromkeys(("Sm", "Sc", "Sk", "So", "Zs"), Kind.SPECIAL),
}

#: Every space but U+0020 itself: the category Zs.
_SPACES: Final = dict.fromkeys(
    [0x00A0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], " "
)


_HIDDEN: Final = re.compile(f"[{HIDDEN}]")

#: Zero width joiner, and the selector of the coloured form.
_JOINERS: Final[dict[int, None]] = dict.fromkeys((0x200D, 0xFE0F))


def counted(text: str) -> str:
    """
    Return the characters of *text* that count: all but those that join others.
    """
    return text if text.isascii() else text.translate(_JOINERS)


def kind_of(character: str) -> Kind | None:
    """
    Return the kind that *character* counts for, if any.
    """
    return _KINDS.get(category(character))


def categories(text: str) -> set[str]:
    """
    Return the Unicode general categories that occur in *text*.
    """
    return set(map(category, set(text)))


def kinds_among(found: set[str]) -> set[Kind]:
    """
    Return the kinds that the categories *found* count for.
    """
    return {_KINDS[one] for one in found if one in _KINDS}


def count_of_kinds(text: str) -> int:
    """
    Return how many kinds occur in *text*, which is printable ASCII.

    There the four kinds are lower and upper case letters, ``0`` to ``9``, and all
    the rest, so four methods of `str` tell what Unicode's categories would.
    """
    return (
        (text.upper() != text)
        + (text.lower() != text)
        + (not _ASCII_DIGITS.isdisjoint(text))
        + (text != "" and not text.isalnum())
    )


_ASCII_DIGITS: Final = frozenset("0123456789")


def canonical_spelling(raw: str) -> str:
    """
    Return *raw* with its spaces mapped and composed, usable or not.

    The caller has limited the length of *raw*.
    """
    return raw if raw.isascii() else normalize("NFC", raw.translate(_SPACES))


def unusable(text: str, found: set[str]) -> Iterator[Problem]:
    """
    Yield why *text*, with the categories *found*, can be no password.
    """
    if "Cs" in found:
        yield NotUnicode()
    if not found.isdisjoint(("Cc", "Zl", "Zp")):
        yield ControlCharacter()
    if "Cn" in found:
        yield UnassignedCharacter()
    if _HIDDEN.search(text):
        yield HiddenCharacter()


def canonical(raw: str) -> str:
    """
    Return the canonical form of *raw*.

    Raises:
        Invalid: *raw* is no text, too long to look at, or has characters that
            no password can have.
    """
    if problems := text_problem(raw):
        raise Invalid(problems)
    if raw.isascii() and raw.isprintable() and len(raw) <= MAX_RAW_LENGTH:
        return raw
    if len(raw) > MAX_RAW_LENGTH:
        raise Invalid((TooLong(MAX_RAW_LENGTH),))
    text = canonical_spelling(raw)
    if problems := tuple(unusable(text, categories(text))):
        raise Invalid(problems)
    return text


def stands_alone(character: str) -> bool:
    """
    Tell whether *character* is usable and stays itself whatever its neighbours.

    A combining mark does not: behind a letter it may become part of it. Nor do
    the vowels and finals of Korean, which compose into syllables.
    """
    found = category(character)
    return (
        found[0] not in "MC"
        and not _HIDDEN.match(character)
        and found not in {"Zl", "Zp"}
        and not "\u1160" <= character <= "\u11ff"
        and canonical_spelling(character) == character
    )
