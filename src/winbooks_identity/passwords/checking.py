"""
Which rules does a text break, and which rules mean nothing?

Each rule that reads nothing but the text stands here once, in the order in which
problems are reported.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import groupby
from types import MappingProxyType
from typing import Final

from ..problems import Problem
from .canonical import (
    GROWTH,
    Kind,
    canonical_spelling,
    categories,
    count_of_kinds,
    counted,
    kind_of,
    kinds_among,
    unusable,
)
from .limits import (
    MAX_LENGTH_CEILING,
    MAX_LENGTH_FLOOR,
    UnknownWordList,
    character_problems,
    range_problems,
    word_problems,
)
from .problems import (
    CharacterForbidden,
    CharacterNotAllowed,
    Denied,
    ForbiddenWord,
    RunTooLong,
    TooFewDigits,
    TooFewKinds,
    TooFewLower,
    TooFewSpecial,
    TooFewUpper,
    TooLong,
    TooManyDigits,
    TooManyLower,
    TooManySpecial,
    TooManyUpper,
    TooShort,
)
from .rules import Rules
from .words import WORD_LISTS


__all__ = ["TOO_FEW", "TOO_MANY", "broken_rules", "senseless_rules"]

#: The problem of too few characters, by their kind.
TOO_FEW: Final = MappingProxyType(
    {
        Kind.LOWER: TooFewLower,
        Kind.UPPER: TooFewUpper,
        Kind.DIGIT: TooFewDigits,
        Kind.SPECIAL: TooFewSpecial,
    }
)

#: The problem of too many characters, by their kind.
TOO_MANY: Final = MappingProxyType(
    {
        Kind.LOWER: TooManyLower,
        Kind.UPPER: TooManyUpper,
        Kind.DIGIT: TooManyDigits,
        Kind.SPECIAL: TooManySpecial,
    }
)


def broken_rules(policy: Rules, raw: str) -> Iterator[Problem]:
    """
    Yield every rule of *policy* that *raw* breaks, as far as the text alone tells.
    """
    if len(raw) > GROWTH * policy.max_length:
        yield TooLong(policy.max_length)
        return
    if raw.isascii() and raw.isprintable():
        text = spelled = raw
        kinds = count_of_kinds(raw)
    else:
        spelled = canonical_spelling(raw)
        text = counted(spelled)
        found = categories(spelled)
        kinds = len(kinds_among(found))
        yield from unusable(spelled, found)
    if len(text) < policy.min_length:
        yield TooShort(policy.min_length, policy.min_length - len(text))
    if len(spelled) > policy.max_length:
        yield TooLong(policy.max_length)
    if kinds < policy.min_kinds:
        yield TooFewKinds(policy.min_kinds)
    if not policy.is_plain:
        yield from _broken_counts(policy, text)
        yield from _broken_characters(policy, spelled)
        yield from _broken_runs(policy, text)
        yield from _broken_words(policy, text)


def _broken_counts(policy: Rules, text: str) -> Iterator[Problem]:
    counts = Counter(map(kind_of, text))
    for kind in Kind:
        if counts[kind] < (least := policy.minimum_of(kind)):
            yield TOO_FEW[kind](least)
    for kind in Kind:
        most = policy.maximum_of(kind)
        if most is not None and counts[kind] > most:
            yield TOO_MANY[kind](most)


def _broken_characters(policy: Rules, spelled: str) -> Iterator[Problem]:
    # What joins emoji counts for nothing, yet it is a character of the password.
    allowed = policy.allowed_characters
    if allowed is not None and not set(spelled) <= set(allowed):
        yield CharacterNotAllowed(allowed)
    if not set(spelled).isdisjoint(policy.forbidden_characters):
        yield CharacterForbidden(policy.forbidden_characters)


def _broken_runs(policy: Rules, text: str) -> Iterator[Problem]:
    runs = (len(list(run)) for _, run in groupby(text))
    if policy.max_run is not None and max(runs, default=0) > policy.max_run:
        yield RunTooLong(policy.max_run)


def _broken_words(policy: Rules, text: str) -> Iterator[Problem]:
    folded = text.casefold()
    if _holds(folded, policy.folded_words) or _holds(text, policy.exact_words):
        yield ForbiddenWord()
    if folded in policy.folded_denied or text in policy.exact_denied:
        yield Denied()


def _holds(text: str, words: Mapping[int, frozenset[str]]) -> bool:
    """
    Tell whether one of *words* is in *text*, however many there are.
    """
    return any(
        text[start : start + length] in some
        for length, some in words.items()
        for start in range(len(text) - length + 1)
    )


def senseless_rules(policy: Rules) -> Iterator[Problem]:
    """
    Yield every rule of *policy* whose value means nothing.
    """
    most = MAX_LENGTH_CEILING
    yield from range_problems("min_length", policy.min_length, 1, most)
    yield from range_problems("max_length", policy.max_length, MAX_LENGTH_FLOOR, most)
    yield from range_problems("min_kinds", policy.min_kinds, 0, len(Kind))
    if policy.is_plain:
        return
    yield from range_problems("max_run", policy.max_run, 1, most)
    for rule in _PER_KIND:
        yield from range_problems(rule, getattr(policy, rule), 0, most)
    for rule in ("allowed_characters", "forbidden_characters"):
        yield from character_problems(rule, getattr(policy, rule))
    for rule in _WORDS:
        yield from word_problems(rule, getattr(policy, rule))
    has_words = bool(policy.word_lists) or policy.personal_words
    needs_number = has_words and not policy.refuse_familiar
    yield from range_problems(
        "min_unfamiliar", policy.min_unfamiliar, int(needs_number), MAX_LENGTH_FLOOR
    )
    yield from range_problems("min_strength", policy.min_strength, 0, 4)
    if not WORD_LISTS.keys() >= set(policy.word_lists):
        yield UnknownWordList("word_lists", ", ".join(WORD_LISTS))


_PER_KIND: Final = (
    *("min_lower", "min_upper", "min_digits", "min_special"),
    *("max_lower", "max_upper", "max_digits", "max_special"),
)
_WORDS: Final = (
    *("forbidden_words", "forbidden_spellings"),
    *("denied", "denied_spellings"),
)
