"""
Which numbers, characters and words can the rules of a policy have?
"""

from collections.abc import Iterable, Iterator
from typing import ClassVar, Final

import attrs

from ..problems import Problem
from .canonical import GROWTH, MAX_RAW_LENGTH, canonical_spelling, stands_alone


__all__ = [
    "MAX_LENGTH_CEILING",
    "MAX_LENGTH_FLOOR",
    "CharacterUnusable",
    "OutOfRange",
    "UnknownWordList",
    "character_problems",
    "distinct_characters",
    "distinct_words",
    "range_problems",
    "word_problems",
]

#: A maximum below it cuts off pass phrases (NIST SP 800-63B-4, 3.1.1.2; ASVS 6.2.9).
MAX_LENGTH_FLOOR: Final = 64

#: The highest maximum: what `MAX_RAW_LENGTH` leaves room for.
MAX_LENGTH_CEILING: Final = MAX_RAW_LENGTH // GROWTH


@attrs.frozen
class OutOfRange(Problem):
    """
    A number in a policy lies in the range that gives it a meaning.
    """

    code: ClassVar[str] = "password_policy.out_of_range"

    rule: str
    least: int
    most: int


@attrs.frozen
class CharacterUnusable(Problem):
    """
    A policy speaks only of characters that stay themselves beside any other.

    Its words are not empty, and have only such characters too.
    """

    code: ClassVar[str] = "password_policy.character_unusable"

    rule: str


@attrs.frozen
class UnknownWordList(Problem):
    """
    A policy names only word lists that the library has.
    """

    code: ClassVar[str] = "password_policy.unknown_word_list"

    rule: str
    known: str


def distinct_characters(characters: str) -> str:
    """
    Return *characters* in order, once each, in their canonical spelling.
    """
    return "".join(sorted(set(canonical_spelling(characters))))


def distinct_words(words: Iterable[str]) -> tuple[str, ...]:
    """
    Return *words* in order, once each, in their canonical spelling.

    Raises:
        TypeError: *words* is one text, whose letters would become the words.
    """
    if isinstance(words, str):
        raise TypeError("words are a list of texts, not one text")
    return tuple(sorted({canonical_spelling(word) for word in words}))


def range_problems(
    rule: str, number: int | None, least: int, most: int
) -> Iterator[Problem]:
    """
    Yield why *number* is none for *rule*; `None` stands for a rule that is off.
    """
    if number is not None and not least <= number <= most:
        yield OutOfRange(rule, least, most)


def character_problems(rule: str, characters: str | None) -> Iterator[Problem]:
    """
    Yield why *rule* cannot speak of *characters*.
    """
    if not all(map(stands_alone, characters or "")):
        yield CharacterUnusable(rule)


def word_problems(rule: str, words: Iterable[str]) -> Iterator[Problem]:
    """
    Yield why *rule* cannot speak of *words*, in any spelling of their case.
    """
    words = tuple(words)
    joined = "".join(words)
    characters = {*joined, *joined.casefold()}
    if not all(words) or not all(map(stands_alone, characters)):
        yield CharacterUnusable(rule)
