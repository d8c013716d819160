"""
How does a product put its own wording, or its own language, in place of ours?
"""

from collections.abc import Mapping
from string import Formatter
from types import MappingProxyType
from typing import final

from . import Plural, fill_in, language_of, sentences


__all__ = ["Overrides", "places"]


@final
class Overrides:
    """
    A `Translator` for single sentences of a product; it does not change.

    What it does not hold is said as ever.

    Args:
        by_language: for each of the `LANGUAGES`, sentences by code: a text, or
            a `Plural`.

    Raises:
        ValueError: a language or code is unknown, or a sentence has a place
            for a parameter that ours does not have.
    """

    __slots__ = ("_by_language",)

    def __init__(self, by_language: Mapping[str, Mapping[str, str | Plural]]) -> None:
        for language, changed in by_language.items():
            if language_of(language) != language:
                raise ValueError(f"{language!r} is no language of the library")
            for code, sentence in changed.items():
                _ensure_fitting(language, code, sentence)
        self._by_language = MappingProxyType(
            {language: dict(changed) for language, changed in by_language.items()}
        )

    def __call__(
        self, code: str, params: Mapping[str, str | int], locale: str
    ) -> str | None:
        """
        Return the product's sentence of *code*, or `None` where it has none.
        """
        language = language_of(locale)
        sentence = self._by_language.get(language, {}).get(code)
        return None if sentence is None else fill_in(sentence, language, params)


def places(sentence: str | Plural) -> frozenset[str]:
    """
    Return the names of the parameters that *sentence* has a place for.
    """
    if isinstance(sentence, Plural):
        return places(sentence.one) | places(sentence.other) | {sentence.by}
    return frozenset(name for _, name, _, _ in Formatter().parse(sentence) if name)


def _ensure_fitting(language: str, code: str, sentence: str | Plural) -> None:
    ours = sentences(language).get(code)
    if ours is None:
        raise ValueError(f"no sentence has the code {code!r}")
    if surplus := places(sentence) - places(ours):
        raise ValueError(f"{code!r} has no parameter {', '.join(sorted(surplus))}")
