"""
Which passwords are accepted?
"""

import json
import string
import sys
import time
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winbooks_identity import texts
from winbooks_identity.errors import Invalid
from winbooks_identity.passwords import Password, PasswordPolicy
from winbooks_identity.passwords import problems as found
from winbooks_identity.passwords.consistency import RulesClash
from winbooks_identity.passwords.limits import CharacterUnusable, OutOfRange
from winbooks_identity.problems import NotText


PORTAL = PasswordPolicy()
VECTORS = json.loads(
    Path(__file__)
    .parents[1]
    .joinpath("data")
    .joinpath("passwords.json")
    .read_text("utf-8")
)["vectors"]


def refusal(**rules: Any) -> tuple[object, ...]:  # noqa: ANN401
    """
    Return why there is no policy with these *rules*.
    """
    with pytest.raises(Invalid) as caught:
        PasswordPolicy(**rules)
    return caught.value.problems


class TestPortal:
    """
    Without arguments, the policy is the Portal's and nothing more.  [R11, R12]
    """

    @pytest.mark.parametrize("vector", VECTORS, ids=[one["id"] for one in VECTORS])
    def test_vectors(self, vector: dict[str, Any]) -> None:
        """
        Every vector breaks exactly the rules that it names.
        """
        problems = PORTAL.check(vector["password"])

        assert vector["codes"] == [problem.code for problem in problems]

    @pytest.mark.parametrize(
        "password",
        [
            "Abcdefghijk1",
            "abcdefghij1!",
            "ABCDEFGHIJ1!",
            "Abcdefghijk!",
            "1234567890!a",
            "Ab1!Ab1!Ab1!",
            "Abcdefghij k",
        ],
    )
    def test_any_three_kinds_do(self, password: str) -> None:
        """
        No kind is compulsory, upper case included.  [R14]
        """
        assert () == PORTAL.check(password)

    def test_reports_all_at_once(self) -> None:
        """
        A password that breaks several rules is told all of them.  [R13]
        """
        assert (
            found.ControlCharacter(),
            found.TooShort(minimum=12, missing=8),
            found.TooFewKinds(needed=3),
        ) == PORTAL.check("abc\n")

    @pytest.mark.parametrize("value", [None, 12, b"Abcdefghijk1", Password("Ab1")])
    def test_takes_text_only(self, value: Any) -> None:  # noqa: ANN401
        """
        Anything but text is told so, and nothing raises.
        """
        assert (NotText(),) == PORTAL.check(value)


class TestLength:
    """
    A password has from twelve to 128 characters, counted in canonical form.  [R11]
    """

    def test_eleven_are_too_few(self) -> None:
        """
        The problem says how many are missing.
        """
        assert (found.TooShort(12, 1),) == PORTAL.check("Ab1!Ab1!Ab1")

    def test_twelve_are_enough(self) -> None:
        """
        Exactly twelve are accepted.
        """
        assert () == PORTAL.check("Ab1!Ab1!Ab1!")

    def test_accents_are_counted_composed(self) -> None:
        """
        A letter with its accent is one character, however it was typed.
        """
        assert (found.TooShort(12, 1),) == PORTAL.check("Abcdefghi1e\u0301")

    def test_128_are_not_too_many(self) -> None:
        """
        The maximum is accepted.
        """
        assert () == PORTAL.check("aB3-" * 32)

    def test_129_are_too_many(self) -> None:
        """
        One more is refused.
        """
        assert (found.TooLong(128),) == PORTAL.check("aB3-" * 32 + "a")

    def test_four_times_the_maximum_is_still_read(self) -> None:
        """
        A text that may compose to an accepted one is looked at as a whole.
        """
        assert found.TooFewKinds(3) in PORTAL.check("a" * 512)

    def test_beyond_that_nothing_is_read(self) -> None:
        """
        A text that cannot be a password is refused unseen.
        """
        assert (found.TooLong(128),) == PORTAL.check("a" * 513)

    @pytest.mark.parametrize("character", ["\u0301", "\u0316", "\U0001f600", "a", "\n"])
    @pytest.mark.parametrize("length", [4_096, 1_000_000])
    def test_takes_bounded_time(self, character: str, length: int) -> None:
        """
        A megabyte is answered within a tenth of a second, whatever it is made of.
        """
        policy = PasswordPolicy(
            max_length=1024, max_run=2, forbidden_words=["dupont"], min_digits=1
        )
        text = "a" + character * (length - 1)
        before = time.process_time()

        assert policy.check(text)
        assert time.process_time() - before < 0.1


class TestParse:
    """
    `parse` gives the password or every reason why not.
    """

    def test_gives_the_password(self) -> None:
        """
        An accepted text becomes a secret in canonical form.
        """
        assert "Abcdefghij k" == PORTAL.parse("Abcdefghij\u00a0k").reveal()

    def test_raises_all_problems(self) -> None:
        """
        The exception carries what `check` says.
        """
        with pytest.raises(Invalid) as caught:
            PORTAL.parse("abc")

        assert PORTAL.check("abc") == caught.value.problems

    def test_what_no_policy_accepts_is_not_looked_up(self) -> None:
        """
        A character that no password has is told, and nothing else is asked.
        """
        policy = PasswordPolicy(min_strength=4, breach_check="always")

        assert (found.NotUnicode(),) == policy.check("Abcdefghijk1\ud800")

    def test_says_no_password(self) -> None:
        """
        Neither the exception nor its problems repeat the text.  [R19]
        """
        with pytest.raises(Invalid) as caught:
            PORTAL.parse("hunter2hunter2")

        assert "hunter2" not in str(caught.value) + repr(caught.value)

    def test_keeps_what_was_counted_out_of_repr(self) -> None:
        """
        How long a password is stays out of logs.
        """
        assert "TooShort(minimum=12)" == repr(found.TooShort(12, 4))


A, B = "aaaaaaaaaaaa", "AAAAAAAAAAAA"
FREE: dict[str, Any] = {"min_kinds": 0}


class TestFurtherRules:
    """
    A policy can be made stricter, rule by rule; each rule breaks alone.
    """

    @pytest.mark.parametrize(
        "rules, accepted, refused, problem",
        [
            ({"min_lower": 2}, "aa" + B, "a" + B, found.TooFewLower(2)),
            ({"min_upper": 2}, "AA" + A, "A" + A, found.TooFewUpper(2)),
            ({"min_digits": 2}, "11" + A, "1" + A, found.TooFewDigits(2)),
            ({"min_special": 2}, "!!" + A, "!" + A, found.TooFewSpecial(2)),
            ({"max_lower": 2}, "aa" + B, "aaa" + B, found.TooManyLower(2)),
            ({"max_upper": 2}, "AA" + A, "AAA" + A, found.TooManyUpper(2)),
            ({"max_digits": 2}, "11" + A, "111" + A, found.TooManyDigits(2)),
            ({"max_special": 2}, "!!" + A, "!!!" + A, found.TooManySpecial(2)),
            ({"max_digits": 0}, A, "1" + A, found.TooManyDigits(0)),
            (
                {"allowed_characters": "ba"},
                "b" + A,
                "c" + A,
                found.CharacterNotAllowed("ab"),
            ),
            (
                {"forbidden_characters": "cb"},
                "d" + A,
                "c" + A,
                found.CharacterForbidden("bc"),
            ),
            ({"max_run": 2}, "aab" * 4, "aab" * 4 + "bb", found.RunTooLong(2)),
            (
                {"forbidden_words": ["dupont"]},
                "du pont" + A,
                A + "DuPont" + A,
                found.ForbiddenWord(),
            ),
            (
                {"denied": ["Azerty123456"]},
                "azerty1234567",
                "AZERTY123456",
                found.Denied(),
            ),
            (
                {"denied_spellings": ["Azerty123456"]},
                "AZERTY123456",
                "Azerty123456",
                found.Denied(),
            ),
            (
                {"forbidden_spellings": ["Dupont"]},
                A + "dupont",
                A + "Dupont",
                found.ForbiddenWord(),
            ),
        ],
    )
    def test_each_at_its_boundary(
        self,
        rules: dict[str, Any],
        accepted: str,
        refused: str,
        problem: object,
    ) -> None:
        """
        What just meets the rule is accepted, what just breaks it is told so.
        """
        policy = PasswordPolicy(**FREE | rules)

        assert ((), (problem,)) == (policy.check(accepted), policy.check(refused))

    def test_a_word_is_found_folded(self) -> None:
        """
        Folding knows that STRASSE is straße in capitals.
        """
        policy = PasswordPolicy(min_kinds=0, forbidden_words=["straße"])

        assert (found.ForbiddenWord(),) == policy.check("langeSTRASSEgent")

    def test_a_word_may_be_spelled_decomposed(self) -> None:
        """
        Words are compared in their canonical spelling.
        """
        policy = PasswordPolicy(min_kinds=0, forbidden_words=["e\u0301te\u0301"])

        assert (found.ForbiddenWord(),) == policy.check("mon bel ÉTÉ à la mer")


class TestConstruction:
    """
    A policy that means nothing, or that no one can meet, is not constructed.
    """

    @pytest.mark.parametrize(
        "rules, problem",
        [
            ({"min_length": 0}, OutOfRange("min_length", 1, 1024)),
            (
                {"min_length": 1025, "max_length": 1024},
                OutOfRange("min_length", 1, 1024),
            ),
            ({"max_length": 63}, OutOfRange("max_length", 64, 1024)),
            ({"max_length": 1025}, OutOfRange("max_length", 64, 1024)),
            ({"min_kinds": -1}, OutOfRange("min_kinds", 0, 4)),
            ({"min_kinds": 5}, OutOfRange("min_kinds", 0, 4)),
            ({"max_run": 0}, OutOfRange("max_run", 1, 1024)),
            ({"min_digits": -1}, OutOfRange("min_digits", 0, 1024)),
            ({"max_special": 1025}, OutOfRange("max_special", 0, 1024)),
            ({"allowed_characters": "a\u0301"}, None),
            ({"allowed_characters": "\u0301"}, CharacterUnusable("allowed_characters")),
            ({"forbidden_characters": "\n"}, CharacterUnusable("forbidden_characters")),
            ({"forbidden_words": [""]}, CharacterUnusable("forbidden_words")),
            ({"forbidden_words": ["a\nb"]}, CharacterUnusable("forbidden_words")),
            ({"forbidden_words": ["\u0130"]}, CharacterUnusable("forbidden_words")),
            ({"denied": ["\ud800"]}, CharacterUnusable("denied")),
        ],
    )
    def test_limits(self, rules: dict[str, Any], problem: object) -> None:
        """
        A number out of its range, or a character that composes, is refused.
        """
        expected = (
            (problem,) if problem else (RulesClash("min_kinds, allowed_characters"),)
        )

        assert expected == refusal(**rules)

    @pytest.mark.parametrize(
        "rules",
        [
            {"max_length": 64},
            {"min_length": 1024, "max_length": 1024},
            {"min_length": 1},
            {"min_kinds": 4},
            {"max_run": 1},
        ],
    )
    def test_limits_themselves_are_fine(self, rules: dict[str, Any]) -> None:
        """
        The ends of each range are policies that can be met.
        """
        policy = PasswordPolicy(**rules)

        assert () == policy.check(policy.witness)

    def test_says_all_that_is_senseless(self) -> None:
        """
        Every number out of its range is named, in one go.
        """
        assert (
            OutOfRange("max_length", 64, 1024),
            OutOfRange("min_kinds", 0, 4),
        ) == refusal(max_length=10, min_kinds=5)

    @pytest.mark.parametrize(
        "rules, clash",
        [
            ({"min_length": 200}, "min_length, max_length"),
            ({"min_digits": 5, "max_digits": 3}, "min_digits, max_digits"),
            (
                {"min_kinds": 4, "allowed_characters": "abcABC"},
                "min_kinds, allowed_characters",
            ),
            (
                {"max_length": 64, "min_lower": 63, "min_upper": 2, "max_special": 1},
                "max_length, min_lower, min_upper",
            ),
            (
                {"allowed_characters": "a", "min_kinds": 1, "max_run": 3},
                "min_length, allowed_characters, max_run",
            ),
            (
                {"allowed_characters": "1aB", "forbidden_words": ["1"]},
                "min_kinds, allowed_characters, forbidden_words",
            ),
        ],
    )
    def test_names_the_rules_that_clash(
        self, rules: dict[str, Any], clash: str
    ) -> None:
        """
        Of several rules, only those without which it could be met are named.
        """
        assert (RulesClash(clash),) == refusal(**rules)

    def test_finds_a_way_where_ascii_has_none(self) -> None:
        """
        Without 0 to 9 there are still the digits of other scripts.
        """
        policy = PasswordPolicy(min_digits=1, forbidden_words=list(string.digits))

        assert "          A\u0660" == policy.witness

    def test_knows_when_no_script_has_one(self) -> None:
        """
        Without the digits of any script there are none.
        """
        characters = map(chr, range(sys.maxunicode + 1))
        digits = "".join(c for c in characters if unicodedata.category(c) == "Nd")

        assert (RulesClash("min_digits, forbidden_characters"),) == refusal(
            min_kinds=0, min_digits=1, forbidden_characters=digits
        )

    def test_takes_no_text_for_a_list(self) -> None:
        """
        One word is not a list of letters.
        """
        with pytest.raises(TypeError):
            PasswordPolicy(forbidden_words="dupont")


class TestIdentity:
    """
    Equal policies are one value.
    """

    def test_order_and_repetition_do_not_matter(self) -> None:
        """
        Characters and words are sets.
        """
        one = PasswordPolicy(forbidden_words=["b", "a"], forbidden_characters="zyz")
        other = PasswordPolicy(
            forbidden_words=("a", "b", "a"), forbidden_characters="yz"
        )

        assert (one, hash(one), one.fingerprint) == (
            other,
            hash(other),
            other.fingerprint,
        )

    def test_is_frozen(self) -> None:
        """
        A policy does not change under those who hold it.
        """
        with pytest.raises(AttributeError):
            PORTAL.min_length = 8  # type: ignore[misc]


class TestWitness:
    """
    Each policy can show a password that it accepts.
    """

    def test_portal(self) -> None:
        """
        The shortest one, and of those the first in code point order.
        """
        assert "          0A" == PORTAL.witness

    def test_may_be_of_the_greatest_length(self) -> None:
        """
        Where only the longest password is accepted, that one is found.
        """
        policy = PasswordPolicy(min_kinds=1, min_digits=64, max_length=64)

        assert "0" * 64 == policy.witness

    def test_grows_where_the_least_length_is_not_enough(self) -> None:
        """
        Its length is what the other rules need.
        """
        policy = PasswordPolicy(
            min_length=1, min_kinds=0, min_digits=3, min_upper=2, max_run=1
        )

        assert "010AB" == policy.witness


class TestSentences:
    """
    Every problem has its sentence in three languages.
    """

    @pytest.mark.parametrize("locale", ["en", "nl-BE", "fr-BE"])
    def test_every_problem_speaks(self, locale: str) -> None:
        """
        No code is without a sentence, and no parameter without a place.
        """
        problems = [
            getattr(found, name)(
                **{field.name: 2 for field in getattr(found, name).__attrs_attrs__}
            )
            for name in found.__all__
        ]

        assert all(problem.message(locale) for problem in problems)

    @pytest.mark.parametrize(
        "locale, one, many",
        [
            (
                "en",
                "Use at least 12 characters: 1 more.",
                "Use at least 12 characters: 4 more.",
            ),
            (
                "nl",
                "Gebruik minstens 12 tekens: nog 1 erbij.",
                "Gebruik minstens 12 tekens: nog 4 erbij.",
            ),
            (
                "fr",
                "Utilisez au moins 12 caractères\u202f: il en manque 1.",
                "Utilisez au moins 12 caractères\u202f: il en manque 4.",
            ),
        ],
    )
    def test_says_how_many_are_missing(self, locale: str, one: str, many: str) -> None:
        """
        The reader is told what to do, in their language.
        """
        assert (one, many) == (
            found.TooShort(12, 1).message(locale),
            found.TooShort(12, 4).message(locale),
        )

    def test_codes_are_listed_once(self) -> None:
        """
        No two problems share a code.
        """
        codes = [getattr(found, name).code for name in found.__all__]

        assert len(codes) == len(set(codes))

    def test_languages_have_the_same_codes(self) -> None:
        """
        What one language says, each of them says.
        """
        dutch, french, english = map(texts.sentences, ("nl", "fr", "en"))

        assert english.keys() == dutch.keys() == french.keys()


class TestLaws:
    """
    What holds for every text.
    """

    @given(st.text())
    def test_check_never_raises(self, text: str) -> None:
        """
        Any text gets its answer.
        """
        assert isinstance(PORTAL.check(text), tuple)

    @given(st.text(st.characters(codec="utf-8"), min_size=12))
    def test_the_canonical_form_gets_the_same_answer(self, text: str) -> None:
        """
        How a password was typed does not matter.
        """
        expected = PORTAL.check(text)

        if not expected:
            assert expected == PORTAL.check(PORTAL.parse(text).reveal())
