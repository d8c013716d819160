"""
Which characters may be drawn from and counted over?
"""

from functools import lru_cache
from typing import ClassVar, Final

import attrs

from ..errors import Invalid
from ..problems import Problem
from .canonical import stands_alone


__all__ = [
    "PRINTABLE_ASCII",
    "READABLE",
    "UNAMBIGUOUS",
    "AlphabetEmpty",
    "AlphabetRepeats",
    "AlphabetUnusable",
    "ensure_usable",
]

PRINTABLE_ASCII: Final = "".join(map(chr, range(0x20, 0x7F)))

#: What generated passwords are made of: 25 + 24 + 8 + 16 characters. Without the
#: look-alikes 0, O, 1, l, I and |, without what a Belgian keyboard hides behind
#: AltGr or a dead key, and without what HTML gives a meaning.
UNAMBIGUOUS: Final = (
    "abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789!$%()*+,-./:;=?_"
)

#: What people read best, first: the characters above, then the look-alikes and the
#: other signs of ASCII, and the blank last.
READABLE: Final = "".join(
    [
        UNAMBIGUOUS,
        *(sign for sign in PRINTABLE_ASCII[1:] if sign not in UNAMBIGUOUS),
        " ",
    ]
)


@attrs.frozen
class AlphabetEmpty(Problem):
    """
    An alphabet to draw from has at least one character.
    """

    code: ClassVar[str] = "password_policy.alphabet_empty"


@attrs.frozen
class AlphabetRepeats(Problem):
    """
    An alphabet names each character once, or some would be likelier than others.
    """

    code: ClassVar[str] = "password_policy.alphabet_repeats"


@attrs.frozen
class AlphabetUnusable(Problem):
    """
    An alphabet has only characters that stay themselves beside any other.
    """

    code: ClassVar[str] = "password_policy.alphabet_unusable"


@lru_cache(maxsize=64)
def ensure_usable(alphabet: str) -> None:
    """
    Make sure that strings over *alphabet* are canonical and counted once each.

    Raises:
        Invalid: they are not.
    """
    problems: list[Problem] = []
    if not alphabet:
        problems.append(AlphabetEmpty())
    if len(set(alphabet)) < len(alphabet):
        problems.append(AlphabetRepeats())
    if not all(map(stands_alone, alphabet)):
        problems.append(AlphabetUnusable())
    if problems:
        raise Invalid(tuple(problems))
