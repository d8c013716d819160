"""
Every sentence exists in every language, with the same parameters.
"""

import importlib
import json
import pkgutil
import re
import sys
from collections.abc import Iterator, Mapping
from typing import Final

import attrs
import pytest

import winbooks_identity
from winbooks_identity.errors import StorageBusy, Unavailable
from winbooks_identity.level import Level
from winbooks_identity.passwords.problems import TooShort
from winbooks_identity.problems import Notice, Problem, Remark
from winbooks_identity.role import Role
from winbooks_identity.texts import (
    LANGUAGES,
    Plural,
    accepted_language,
    language_of,
    sentences,
    text,
)
from winbooks_identity.texts.export import as_json, as_po
from winbooks_identity.texts.overrides import Overrides, places


#: The quotes that a language leaves to others.
QUOTES_OF_OTHERS: Final = {
    "nl": '["“”„«»]',
    "fr": '["“”„\u2018]',
    "en": '["\u2018„«»]',
    "de": '["”\u2018«»]',
}


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


def forms(language: str) -> list[tuple[str, str]]:
    """
    Return every form of every sentence, with its code.
    """
    return [
        (code, form)
        for code, each in sentences(language).items()
        for form in ([each.one, each.other] if isinstance(each, Plural) else [each])
    ]


class TestCompleteness:
    """
    A failed check has a sentence in Dutch, French, English and German.
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
        assert len({kind().message(language) for language in LANGUAGES}) == 4


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
            ("de-BE", "de"),
            ("it", "en"),
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

    def test_french_says_the_number(self) -> None:
        """
        A sentence that says "1" would say it of nought.
        """
        plurals = [
            each for each in sentences("fr").values() if isinstance(each, Plural)
        ]

        assert [] == [each.one for each in plurals if "1" in each.one]


class TestTypography:
    """
    The sentences are set as each language sets them.
    """

    def test_french_has_no_straight_apostrophe(self) -> None:
        """
        A straight one is a foot or a minute.
        """
        assert [] == [code for code, form in forms("fr") if "'" in form]

    def test_french_has_a_narrow_space_before_high_signs(self) -> None:
        """
        The signs : ; ? and ! never begin a line, and never touch a word.

        Two sentences speak about signs, and quote them.
        """
        quoting = {"winbooks_id.encoded_word", "winbooks_id.routing_character"}

        assert quoting == {
            code
            for code, form in forms("fr")
            if re.search(r"[^\u202f](?=[:;?!](?:\s|$))", form)
        }

    @pytest.mark.parametrize("language", ["nl", "fr", "de"])
    def test_no_sentence_is_english(self, language: str) -> None:
        """
        A name may be the same; words that only English has are not in a sentence.
        """
        english = re.compile(
            # Options, such as --from, are the same in every language.
            r"(?<!-)\b(?:the|this|that|your?|cannot|with|from|must)\b",
            re.IGNORECASE,
        )

        assert [] == [code for code, form in forms(language) if english.search(form)]

    @pytest.mark.parametrize("language", ["nl", "fr", "de"])
    def test_no_sentence_was_left_as_it_was(self, language: str) -> None:
        """
        More than two words are never the same in two languages.
        """
        english = dict(forms("en"))

        assert [] == [
            code
            for code, form in forms(language)
            if english.get(code) == form and len(form.split()) > 2
        ]

    def test_the_dutch_reader_is_u(self) -> None:
        """
        No one is called je or jij.
        """
        familiar = re.compile(r"\b(?:je|jij|jou|jouw)\b", re.IGNORECASE)

        assert [] == [code for code, form in forms("nl") if familiar.search(form)]

    def test_the_french_reader_is_vous(self) -> None:
        """
        No one is called tu.
        """
        familiar = re.compile(r"\b(?:tu|toi|ton|tes)\b", re.IGNORECASE)

        assert [] == [code for code, form in forms("fr") if familiar.search(form)]

    def test_the_german_reader_is_sie(self) -> None:
        """
        No one is called du.
        """
        familiar = re.compile(
            r"(?<![-\w])(?:du|dich|dir|deine?[mnrs]?)\b", re.IGNORECASE
        )

        assert [] == [code for code, form in forms("de") if familiar.search(form)]

    @pytest.mark.parametrize(
        "language, others", [("nl", "Portal|Portail"), ("fr", "Portal|Portaal")]
    )
    def test_the_portal_has_its_name(self, language: str, others: str) -> None:
        """
        It is *het Portaal*, and *le Portail*.
        """
        foreign = re.compile(rf"\b({others})\b")

        assert [] == [code for code, form in forms(language) if foreign.search(form)]

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_quotes_are_those_of_the_language(self, language: str) -> None:
        """
        A straight one is an inch.  What is typed into a shell is another thing.
        """
        quoted = {"cli.not_installed"}

        assert [] == [
            code
            for code, form in forms(language)
            if re.search(QUOTES_OF_OTHERS[language], form) and code not in quoted
        ]


class TestOverrides:
    """
    A product can put its own words in place of ours.
    """

    OVERRIDES: Final = Overrides(
        {
            "nl": {
                "winbooks_id.taken": "Dit adres is al in gebruik.",
                "password.too_short": Plural(
                    "missing", "Nog 1 teken.", "Nog {missing} tekens."
                ),
            }
        }
    )

    @pytest.mark.parametrize(
        "missing,expected", [(1, "Nog 1 teken."), (3, "Nog 3 tekens.")]
    )
    def test_the_products_sentence_comes_first(
        self, missing: int, expected: str
    ) -> None:
        """
        In its plural form, with the parameters put in.
        """
        problem = TooShort(minimum=12, missing=missing)

        assert expected == problem.message("nl-BE", translator=self.OVERRIDES)

    @pytest.mark.parametrize("locale", ["fr", "en"])
    def test_other_languages_stay(self, locale: str) -> None:
        """
        What is not overridden is said as ever.
        """
        problem = TooShort(minimum=12, missing=3)

        assert problem.message(locale) == problem.message(
            locale, translator=self.OVERRIDES
        )

    def test_a_translator_brings_a_language(self) -> None:
        """
        A product's own catalogue is a function.
        """

        def italian(code: str, params: Mapping[str, str | int], locale: str) -> str:
            return f"{locale}: {code} {params['missing']}"

        problem = TooShort(minimum=12, missing=3)

        assert "it: password.too_short 3" == problem.message("it", translator=italian)

    def test_levels_and_roles_have_their_own_words_too(self) -> None:
        """
        Help texts are sentences like any other.
        """
        overrides = Overrides(
            {
                "nl": {
                    "level.user": "Klant",
                    "level.user.help": "Ziet zijn dossiers.",
                    "role.view_user.help": "Leest rapporten.",
                }
            }
        )

        assert [
            "Klant",
            "Ziet zijn dossiers.",
            "Leest rapporten.",
        ] == [
            Level.USER.label("nl", translator=overrides),
            Level.USER.help("nl", translator=overrides),
            Role.VIEW_USER.help("nl", translator=overrides),
        ]

    def test_failures_have_their_own_words_too(self) -> None:
        """
        What is broken is told in the product's words.
        """
        overrides = Overrides({"nl": {"unavailable.storage_busy": "Even geduld."}})

        assert "Even geduld." == StorageBusy().message("nl", translator=overrides)

    def test_overrides_do_not_change(self) -> None:
        """
        What they were made of may.
        """
        changed = {"winbooks_id.taken": "Al in gebruik."}
        overrides = Overrides({"nl": changed})
        changed.clear()

        assert "Al in gebruik." == overrides("winbooks_id.taken", {}, "nl")

    @pytest.mark.parametrize(
        "by_language,message",
        [
            ({"it": {}}, "no language"),
            ({"nl": {"password.to_short": "Te kort."}}, "no sentence has the code"),
            ({"nl": {"password.too_short": "Nog {more}."}}, "no parameter more"),
        ],
    )
    def test_a_mistake_is_told_at_once(
        self, by_language: dict[str, dict[str, str]], message: str
    ) -> None:
        """
        Not when the sentence is first needed.
        """
        with pytest.raises(ValueError, match=message):
            Overrides(by_language)


class TestExport:
    """
    Translators and front ends get every sentence.
    """

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_json_has_every_sentence(self, language: str) -> None:
        """
        Plural forms are an object.
        """
        found = json.loads(as_json(language))

        assert {
            code: each._asdict() if isinstance(each, Plural) else each
            for code, each in sentences(language).items()
        } == found

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_gettext_reads_every_sentence(self, language: str) -> None:
        """
        Each code is the context of one entry.
        """
        contexts = re.findall(r'^msgctxt "(.+)"$', as_po(language), re.MULTILINE)

        assert list(sentences("en")) == contexts

    def test_an_entry_of_one_form(self) -> None:
        """
        English is what is translated.
        """
        assert (
            "#, python-brace-format\n"
            'msgctxt "password.wrong"\n'
            'msgid "The password is not correct."\n'
            'msgstr "Het wachtwoord is niet juist."\n'
        ) in as_po("nl")

    def test_an_entry_of_two_forms(self) -> None:
        """
        The translator is told which number decides.
        """
        assert (
            "#. The number in {missing} decides.\n"
            "#, python-brace-format\n"
            'msgctxt "password.too_short"\n'
            'msgid "Use at least {minimum} characters: 1 more."\n'
            'msgid_plural "Use at least {minimum} characters: {missing} more."\n'
            'msgstr[0] "Gebruik minstens {minimum} tekens: nog 1 erbij."\n'
            'msgstr[1] "Gebruik minstens {minimum} tekens: nog {missing} erbij."\n'
        ) in as_po("nl")

    @pytest.mark.parametrize(
        "language,rule", [("nl", "n != 1"), ("fr", "n > 1"), ("en", "n != 1")]
    )
    def test_the_header_says_how_plurals_are_chosen(
        self, language: str, rule: str
    ) -> None:
        """
        French counts nothing as one.
        """
        assert f"plural=({rule});" in as_po(language)


class TestAcceptedLanguage:
    """
    A browser's wishes are weighed.
    """

    @pytest.mark.parametrize(
        "header,language",
        [
            ("nl-BE,nl;q=0.9,en;q=0.8", "nl"),
            ("it-IT,it;q=0.9,fr-BE;q=0.5,en;q=0.4", "fr"),
            ("de-BE,de;q=0.9,fr-BE;q=0.5,en;q=0.4", "de"),
            ("en;q=0.5, nl;q=0.75", "nl"),
            ("fr;q=1.0,nl", "fr"),
            ("fr;q=0,nl;q=0.001", "nl"),
            ("fr;q=0", "en"),
            ("fr;q=2", "en"),
            ("fr;q=x", "en"),
            ("en; q=0.1, fr; q=0.9", "fr"),
            ("nl-BE;q=0.2, nl;q=0.9, fr;q=0.5", "nl"),
            ("nl;q=0.9, nl-BE;q=0.2, fr;q=0.5", "nl"),
            ("en;q=0.2 ,\tde ; Q=0.3", "de"),
            ("nl_BE", "nl"),
            ("zh-Hant-TW, fr-BE;q=0.1", "fr"),
            ("fr;q=0.1234,nl;q=0.1", "nl"),
            ("fr;level=1,nl;q=0.1", "nl"),
            ("NL", "nl"),
            ("*", "en"),
            ("*, fr", "fr"),
            ("*, en;q=0", "nl"),
            ("*;q=0.5, fr;q=0.1", "en"),
            ("fr, *;q=0.5", "fr"),
            ("sv, *;q=0.5, en;q=0.1", "nl"),
            ("*;q=0", "en"),
            ("", "en"),
        ],
    )
    def test_the_preferred_one_is_taken(self, header: str, language: str) -> None:
        """
        The heaviest wish that is understood counts; without one it is English.

        RFC 9110, 12.4.2 and 12.5.4, and RFC 4647, 2.1: the asterisk.
        """
        assert language == accepted_language(header)
