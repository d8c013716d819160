"""
Every sentence exists in every language, with the same parameters.
"""

import importlib
import pkgutil
import string
import sys
from collections.abc import Iterator

import attrs
import pytest

import winbooks_identity
from winbooks_identity.errors import Unavailable
from winbooks_identity.problems import Notice, Problem, Remark
from winbooks_identity.texts import LANGUAGES, Plural, language_of, sentences, text


def remarks() -> list[type[Remark]]:
    """
    Return every problem and notice of the library's core.
    """
    for module in pkgutil.walk_packages(
        winbooks_identity.__path__, "winbooks_identity."
    ):
        # Migrations are run by Alembic and have nothing to say.
        if "testing" not in module.name and "migrations" not in module.name:
            importlib.import_module(module.name)
    found = [*descendants(Problem), *descendants(Notice)]
    return sorted(found, key=lambda kind: kind.code)


def descendants(kind: type[Remark]) -> Iterator[type[Remark]]:
    """
    Yield the classes below *kind* that belong to the library.
    """
    for below in kind.__subclasses__():
        # A slotted class leaves the one it was made from behind: not that one.
        module = sys.modules[below.__module__]
        ours = module.__name__.startswith("winbooks_identity.")
        if ours and getattr(module, below.__name__, None) is below:
            yield below
        yield from descendants(below)


def places(sentence: str | Plural) -> set[str]:
    """
    Return the names of the parameters in *sentence*.
    """
    forms = (sentence.one, sentence.other) if isinstance(sentence, Plural) else sentence
    return {
        name
        for form in ([forms] if isinstance(forms, str) else forms)
        for _, name, _, _ in string.Formatter().parse(form)
        if name
    }


class TestCompleteness:
    """
    A failed check has a sentence in Dutch, French and English.
    """

    def test_all_languages_have_the_same_codes(self) -> None:
        """
        A code that one language lacks is named.
        """
        english = set(sentences("en"))

        assert dict.fromkeys(LANGUAGES, english) == {
            language: set(sentences(language)) for language in LANGUAGES
        }

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_a_sentence_has_the_same_parameters_in_every_language(
        self, language: str
    ) -> None:
        """
        A parameter that a translation forgot or invented is named.
        """
        assert {code: places(each) for code, each in sentences("en").items()} == {
            code: places(sentences(language)[code]) for code in sentences("en")
        }

    @pytest.mark.parametrize("kind", remarks(), ids=lambda kind: kind.code)
    def test_a_sentence_uses_the_parameters_that_its_problem_has(
        self, kind: type[Remark]
    ) -> None:
        """
        Every problem and notice has a sentence, without places left open.
        """
        fields = {field.name for field in attrs.fields(kind)}

        assert places(sentences("en")[kind.code]) <= fields

    def test_codes_are_unique(self) -> None:
        """
        From a code on a screen, one search finds the class.
        """
        codes = [kind.code for kind in remarks()]

        assert sorted(set(codes)) == codes

    @pytest.mark.parametrize("kind", [Unavailable, *Unavailable.__subclasses__()])
    def test_every_failure_has_a_sentence(self, kind: type[Unavailable]) -> None:
        """
        What is broken is said in the reader's language too.
        """
        assert len({kind().message(language) for language in LANGUAGES}) == 3

    def test_french_has_no_straight_apostrophe(self) -> None:
        """
        French has a curved one between letters.
        """
        straight = [code for code, each in sentences("fr").items() if "'" in repr(each)]

        assert [] == [
            code for code in straight if "'" in "".join(sentences("fr")[code])
        ]


class TestText:
    """
    The sentence is chosen by the reader's locale.
    """

    @pytest.mark.parametrize(
        "locale,language",
        [
            ("nl", "nl"),
            ("nl-BE", "nl"),
            ("fr_BE", "fr"),
            ("FR", "fr"),
            ("en-GB", "en"),
            ("de", "en"),
            ("", "en"),
            ("nlx", "en"),
        ],
    )
    def test_the_language_serves_the_locale(self, locale: str, language: str) -> None:
        """
        The language counts, not the country; the rest get English.
        """
        assert language == language_of(locale)

    @pytest.mark.parametrize(
        "locale,missing,expected",
        [
            ("en", 1, "Use at least 12 characters: 1 more."),
            ("en", 2, "Use at least 12 characters: 2 more."),
            ("nl", 1, "Gebruik minstens 12 tekens: nog 1 erbij."),
            ("nl", 2, "Gebruik minstens 12 tekens: nog 2 erbij."),
        ],
    )
    def test_plural_forms(self, locale: str, missing: int, expected: str) -> None:
        """
        One and many read differently.
        """
        params = {"minimum": 12, "missing": missing}

        assert expected == text("password.too_short", locale, params)

    @pytest.mark.parametrize("number,form", [(0, 1), (1, 1), (2, 2)])
    def test_french_counts_nothing_as_one(self, number: int, form: int) -> None:
        """
        "0 caractère" and "1 caractère" are singular.
        """
        sentence = sentences("fr")["password.too_short"]

        assert sentence[form].format(minimum=12, missing=number) == text(
            "password.too_short", "fr", {"minimum": 12, "missing": number}
        )
