"""
How does a problem become an error of Django's, in the language that is active?
"""

from collections.abc import Iterable
from typing import Protocol, cast, final

import attrs
from django import conf, forms
from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.html import escape
from django.utils.module_loading import import_string
from django.utils.translation import get_language

from ...errors import Invalid, InvalidFields, Refused
from ...forms.description import problems_by_field
from ...problems import Problem
from ...texts import Translator


__all__ = [
    "active_language",
    "add_problems",
    "late",
    "late_help",
    "own_words",
    "validation_errors",
]


def validation_errors(problems: Iterable[Problem]) -> list[ValidationError]:
    """
    Return *problems* as Django carries them: with code, parameters and sentence.
    """
    return [
        ValidationError(
            # Django asks for a string and takes what makes one late.
            cast("str", _Sentence(problem)),
            code=problem.code,
            params=problem.params,
        )
        for problem in problems
    ]


def add_problems(
    form: forms.BaseForm, error: Invalid | InvalidFields | Refused
) -> None:
    """
    Put what *error* says on the fields of *form* that it belongs to.

    What belongs to none of them is an error of the form as a whole.
    """
    for field, problems in problems_by_field(error).items():
        place = field if field in form.fields else None
        form.add_error(place, ValidationError(validation_errors(problems)))


class _Says(Protocol):
    def __call__(
        self, locale: str, /, *, translator: Translator | None = None
    ) -> str: ...


def late(sentence: _Says) -> str:
    """
    Return a string that *sentence* makes when it is shown, in the active language.
    """
    return _late(sentence)


def late_help(sentence: _Says) -> str:
    """
    Return help that *sentence* gives, as `late`.

    Django's templates take help for HTML, so it is escaped here.
    """
    return _late(_Escaped(sentence))


def _now(sentence: _Says) -> str:
    return sentence(active_language(), translator=own_words())


# Django makes a class for each call of `lazy`, so there is one for all.
_late = lazy(_now, str)


def active_language() -> str:
    """
    Return the language that is active in this thread, or the project's.
    """
    return get_language() or conf.settings.LANGUAGE_CODE


def own_words() -> Translator | None:
    """
    Return the project's own words, if it has some.

    The setting ``WINBOOKS_IDENTITY_TRANSLATOR`` is the dotted name of them.
    """
    name = getattr(conf.settings, "WINBOOKS_IDENTITY_TRANSLATOR", None)
    return import_string(name) if name else None


@final
@attrs.frozen
class _Escaped:
    """
    A sentence as HTML.
    """

    sentence: _Says

    def __call__(self, locale: str, /, *, translator: Translator | None = None) -> str:
        return str(escape(self.sentence(locale, translator=translator)))


@final
@attrs.frozen
class _Sentence:
    """
    The sentence of a problem, made when it is shown.

    Django puts parameters into messages with ``%``; this one has them already,
    and a per cent sign in it is just that.
    """

    problem: Problem

    def __str__(self) -> str:
        return self.problem.message(active_language(), translator=own_words())

    def __mod__(self, params: object) -> "_Sentence":
        return self

    def __lt__(self, other: "_Sentence") -> bool:
        return str(self) < str(other)
