"""
Which sentence belongs to a code, in Dutch, French, English and German?

One module per language holds its sentences by code; it is loaded when the
first sentence in that language is asked for.
"""

import re
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import Final, NamedTuple, Protocol


__all__ = [
    "LANGUAGES",
    "Plural",
    "Translator",
    "accepted_language",
    "fill_in",
    "language_of",
    "ones",
    "sentences",
    "text",
]

#: The languages that are complete; the first one stands in for all others.  They
#: are those of the screen: whom the Portal writes to reads one of `Language`.
LANGUAGES: Final = ("en", "nl", "fr", "de")

#: One wish of an ``Accept-Language`` header and its weight (RFC 9110, 12.5.4 and
#: 12.4.2); an underscore, which some clients send, counts as a hyphen.
_WISH: Final = re.compile(
    r"\s*([a-z]+|\*)(?:[-_][a-z0-9]+)*"
    r"(?:\s*;\s*q=(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?))?\s*",
    re.IGNORECASE,
)

#: Every language that is not named (RFC 4647, 2.1).
_ANY: Final = "*"


class Plural(NamedTuple):
    """
    A sentence that depends on the number in the parameter *by*.
    """

    by: str
    one: str
    other: str


def language_of(locale: str) -> str:
    """
    Return the language among `LANGUAGES` that serves *locale* best.
    """
    if locale in LANGUAGES:
        return locale
    language = locale.replace("_", "-").partition("-")[0].lower()
    return language if language in LANGUAGES else LANGUAGES[0]


def accepted_language(header: str) -> str:
    """
    Return the language among `LANGUAGES` that an ``Accept-Language`` header prefers.

    Each language weighs as much as its heaviest variant, and one that is not named as
    much as the asterisk; of those that weigh the same, the first one named is taken.
    """
    weights: dict[str, float] = {}
    for wish in header.split(","):
        if read := _WISH.fullmatch(wish):
            language, weight = read[1].lower(), float(read[2] or 1)
            if language in {*LANGUAGES, _ANY}:
                weights[language] = max(weight, weights.get(language, 0))
    others = weights.pop(_ANY, 0)
    weights |= {each: others for each in LANGUAGES if each not in weights}
    return max(
        (language for language in weights if weights[language]),
        key=weights.__getitem__,
        default=LANGUAGES[0],
    )


class Translator(Protocol):
    """
    Says things in a product's own words, or in a language that we do not speak.
    """

    def __call__(
        self, code: str, params: Mapping[str, str | int], locale: str, /
    ) -> str | None:
        """
        Return the sentence of *code* for *locale*; `None` leaves it to us.
        """
        ...


def text(
    code: str,
    locale: str,
    params: Mapping[str, str | int] | None = None,
    *,
    translator: Translator | None = None,
) -> str:
    """
    Return the sentence of *code* in the language of *locale*.

    Args:
        code: which sentence.
        locale: the reader's, such as ``"nl-BE"``.
        params: what is put into it, by name.
        translator: asked first.

    Raises:
        KeyError: no language has a sentence for *code*.
    """
    given = params or {}
    translated = translator(code, given, locale) if translator else None
    if translated is not None:
        return translated
    language = language_of(locale)
    return fill_in(sentences(language)[code], language, given)


def fill_in(
    sentence: str | Plural, language: str, params: Mapping[str, str | int]
) -> str:
    """
    Return *sentence* with *params* in their places, in the form that they ask for.
    """
    if isinstance(sentence, Plural):
        is_one = params[sentence.by] in ones(language)
        sentence = sentence.one if is_one else sentence.other
    return sentence.format_map(params)


@cache
def sentences(language: str) -> Mapping[str, str | Plural]:
    """
    Return every sentence of one of the `LANGUAGES` by its code.
    """
    found: Mapping[str, str | Plural] = import_module(
        f".{language}", __name__
    ).SENTENCES
    return found


def ones(language: str) -> tuple[int, ...]:
    """
    Return the numbers that *language* speaks of in the singular.
    """
    # French counts nothing as one: "0 caractère".
    return (0, 1) if language == "fr" else (1,)
