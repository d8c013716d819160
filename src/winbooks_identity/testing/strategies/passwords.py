"""
Which texts does a policy accept, and which does it refuse for one rule only?
"""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final, final

import attrs
from hypothesis import strategies as st

from ...passwords import PasswordPolicy
from ...passwords.breached import BreachCheck
from ...passwords.canonical import Kind
from .recipes import COMMON, Recipe


__all__ = ["NearMiss", "near_misses", "passwords"]

_SPACES: Final = ("\u00a0", "\u2009", "\u202f", "\u3000")

#: What no policy accepts, by the code that it breaks.
_UNUSABLE: Final = {
    "password.control_character": ("\t", "\n", "\x00", "\x7f", "\u2028"),
    "password.unassigned_character": ("\u0378", "\uffff"),
    "password.not_unicode": ("\ud800", "\udfff"),
}

#: What turns off the rules that are broken by something in the text.
_OFF: Final[Mapping[str, Mapping[str, Any]]] = {
    "password.run_too_long": {"max_run": None},
    "password.forbidden_word": {"forbidden_words": (), "forbidden_spellings": ()},
    "password.character_not_allowed": {"allowed_characters": None},
    "password.character_forbidden": {"forbidden_characters": ""},
}

#: How the codes and the rules of a policy call the kinds.
_NAMES: Final = {
    Kind.LOWER: "lower",
    Kind.UPPER: "upper",
    Kind.DIGIT: "digits",
    Kind.SPECIAL: "special",
}


@final
@attrs.frozen
class NearMiss:
    """
    A text that breaks exactly one rule of a policy: the one with that `code`.
    """

    text: str
    code: str


def passwords(policy: PasswordPolicy | None = None) -> st.SearchStrategy[str]:
    """
    Return a strategy for texts that *policy* accepts, the Portal's by default.

    They come as people type them: with accents apart from their letters, or
    with spaces that are not U+0020.  Whether one has leaked is not looked up.
    """
    asked = policy or PasswordPolicy()
    texts = _accepted(_decidable(asked))
    if asked.undecidable_rules:
        texts = texts.filter(lambda text: not _codes(_offline(asked), text))
    return texts.flatmap(_retyped)


def near_misses(policy: PasswordPolicy | None = None) -> st.SearchStrategy[NearMiss]:
    """
    Return a strategy for texts that break one rule of *policy*, and say which.

    A rule that is off, or that no text breaks alone, is left out.  So are the
    rules about guessing: see `human_passwords`.
    """
    asked = policy or PasswordPolicy()
    misses = _refused(_decidable(asked))
    if asked.undecidable_rules:
        misses = misses.filter(
            lambda miss: _codes(_offline(asked), miss.text) == [miss.code]
        )
    return misses


def _decidable(policy: PasswordPolicy) -> PasswordPolicy:
    """
    Return *policy* without the rules that take an estimate or a look-up.
    """
    return attrs.evolve(
        _offline(policy),
        min_unfamiliar=0,
        word_lists=(),
        personal_words=False,
        refuse_familiar=False,
        min_strength=0,
    )


def _offline(policy: PasswordPolicy) -> PasswordPolicy:
    """
    Return *policy* without the rule that takes a look-up.
    """
    return attrs.evolve(policy, breach_check=BreachCheck.OFF)


@lru_cache(maxsize=64)
def _accepted(policy: PasswordPolicy) -> st.SearchStrategy[str]:
    texts = Recipe.of(policy).texts()
    # Of a policy that leaves very little, one password is known at least.
    return st.just(policy.witness) if texts.is_empty else texts


@lru_cache(maxsize=64)
def _refused(policy: PasswordPolicy) -> st.SearchStrategy[NearMiss]:
    by_code = {
        **{code: recipe.texts() for code, recipe in _broken_by_number(policy)},
        **{code: recipe.texts() for code, recipe in _broken_by_a_piece(policy)},
        "password.denied": _denied(policy),
    }
    return st.one_of(
        [
            st.builds(NearMiss, texts, st.just(code))
            for code, texts in by_code.items()
            if not texts.is_empty
        ]
    )


def _broken_by_number(policy: PasswordPolicy) -> Iterator[tuple[str, Recipe]]:
    """
    Yield what has one character, or one kind, too few or too many.
    """
    kept = Recipe.of(policy)
    few = policy.min_kinds - 1
    yield "password.too_short", attrs.evolve(kept, lengths=[policy.min_length - 1])
    yield "password.too_long", attrs.evolve(kept, lengths=[policy.max_length + 1])
    yield "password.too_few_kinds", attrs.evolve(kept, kinds=range(few, few + 1))
    for kind, name in _NAMES.items():
        if least := policy.minimum_of(kind):
            yield f"password.too_few_{name}", kept.with_exactly(least - 1, kind)
        if (most := policy.maximum_of(kind)) is not None:
            yield f"password.too_many_{name}", kept.with_exactly(most + 1, kind)


def _broken_by_a_piece(policy: PasswordPolicy) -> Iterator[tuple[str, Recipe]]:
    """
    Yield what has a row, a word or a character in it that is refused.
    """
    pieces = {
        "password.run_too_long": _rows(policy),
        "password.forbidden_word": [
            *_in_any_case(policy.forbidden_words),
            *policy.forbidden_spellings,
        ],
        "password.character_not_allowed": COMMON,
        "password.character_forbidden": policy.forbidden_characters,
        **_UNUSABLE,
    }
    # A piece is asked what it has in it, not what it lacks.
    parts = attrs.evolve(
        policy,
        min_length=1,
        min_kinds=0,
        min_lower=0,
        min_upper=0,
        min_digits=0,
        min_special=0,
        denied=(),
        denied_spellings=(),
    )
    for code, candidates in pieces.items():
        alone = [piece for piece in candidates if _codes(parts, piece) == [code]]
        off = attrs.evolve(policy, **_OFF.get(code, {}))
        yield code, attrs.evolve(Recipe.of(off), pieces=alone)


def _denied(policy: PasswordPolicy) -> st.SearchStrategy[str]:
    """
    Return a strategy for what *policy* refuses for being on its list alone.
    """
    spelled = [*_in_any_case(policy.denied), *policy.denied_spellings]
    alone = [text for text in spelled if _codes(policy, text) == ["password.denied"]]
    return st.sampled_from(alone) if alone else st.nothing()


def _rows(policy: PasswordPolicy) -> list[str]:
    longest = policy.max_run
    return [] if longest is None else [one * (longest + 1) for one in COMMON]


def _in_any_case(words: Sequence[str]) -> list[str]:
    spellings = (str, str.upper, str.capitalize)
    return [spelling(word) for word in words for spelling in spellings]


def _codes(policy: PasswordPolicy, text: str) -> list[str]:
    return [problem.code for problem in policy.check(text)]


def _retyped(text: str) -> st.SearchStrategy[str]:
    spaced = [text.replace(" ", space) for space in _SPACES]
    forms = dict.fromkeys((text, unicodedata.normalize("NFD", text), *spaced))
    return st.sampled_from(list(forms))
