"""
In which words does the product speak?

The library's sentences are found by their codes, in four languages.  What is left
for a product stands in ``words.toml``, and is found in the same way.
"""

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, Protocol

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from winbooks_identity.adapters.login_steps import own_place
from winbooks_identity.errors import Invalid, InvalidFields, Refused
from winbooks_identity.forms.description import problems_by_field
from winbooks_identity.problems import Remark
from winbooks_identity.texts import (
    LANGUAGES,
    Plural,
    Translator,
    accepted_language,
    fill_in,
    language_of,
    text,
)


__all__ = [
    "CHOICES",
    "capitalised",
    "help_of",
    "in_words",
    "label_of",
    "language_pages",
    "own_words",
    "reader",
    "say",
    "sentences",
]

#: The languages of the Portal, in its order.
CHOICES: Final = ("nl", "fr", "en", "de")

_COOKIE: Final = "language"
_WORDS: Final[Mapping[str, Mapping[str, str | list[str]]]] = tomllib.loads(
    Path(__file__).with_name("words.toml").read_text("utf-8")
)


def own_words(code: str, params: Mapping[str, str | int], locale: str, /) -> str | None:
    """
    Return the product's own sentence for *code*; `None` leaves it to the library.

    The library asks this first, so that a product may word any code of its own.
    """
    language = language_of(locale)
    sentence = _WORDS[language].get(code)
    if sentence is None:
        return None
    if isinstance(sentence, str):
        return fill_in(sentence, language, params)
    one, other = sentence
    return fill_in(Plural("number", one, other), language, params)


def reader() -> str:
    """
    Return the language of the person at the screen: chosen, or their browser's.
    """
    chosen = request.cookies.get(_COOKIE, "")
    if chosen in LANGUAGES:
        return chosen
    return accepted_language(request.headers.get("Accept-Language", ""))


def say(code: str, **params: str | int) -> str:
    """
    Return the sentence of *code* in the reader's language.
    """
    return text(code, reader(), params, translator=own_words)


class Named(Protocol):
    """
    What has a name in every language: a level, a role, a step, a field, a choice.
    """

    def label(self, locale: str, /, *, translator: Translator) -> str:
        """
        Return its name.
        """
        ...


class Explained(Protocol):
    """
    What says in every language what it is for.
    """

    def help(self, locale: str, /, *, translator: Translator) -> str:
        """
        Return what it is for.
        """
        ...


def label_of(named: Named) -> str:
    """
    Return the name of *named* in the reader's language.
    """
    return named.label(reader(), translator=own_words)


def help_of(explained: Explained) -> str:
    """
    Return what *explained* is for, in the reader's language.
    """
    return explained.help(reader(), translator=own_words)


def in_words(remark: Remark) -> str:
    """
    Return what *remark* says in the reader's language.
    """
    return remark.message(reader(), translator=own_words)


def sentences(
    error: Invalid | InvalidFields | Refused,
) -> Mapping[str, Sequence[str]]:
    """
    Return what is wrong, by the field that it belongs to; "" is the whole form.
    """
    return {
        field: [in_words(each) for each in problems]
        for field, problems in problems_by_field(error).items()
    }


def capitalised(label: str) -> str:
    """
    Return *label* as it stands on a button.
    """
    return label[:1].upper() + label[1:]


def language_pages() -> Blueprint:
    """
    Return the page behind the switch of languages.
    """
    pages = Blueprint("language", __name__)

    @pages.get("/language/<chosen>")
    def choose(chosen: str) -> ResponseReturnValue:
        answer = redirect(own_place(request.args.get("next")) or "/")
        if chosen in LANGUAGES:
            answer.set_cookie(_COOKIE, chosen, samesite="Lax", httponly=True)
        return answer

    return pages
