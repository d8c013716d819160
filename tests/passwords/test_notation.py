"""
How is a policy written down, combined and named?
"""

from collections.abc import Callable

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from winbooks_identity.errors import Invalid
from winbooks_identity.passwords import PasswordPolicy
from winbooks_identity.passwords.audit import Standard, Verdict
from winbooks_identity.passwords.breached import BreachCheck
from winbooks_identity.passwords.consistency import RulesClash
from winbooks_identity.passwords.named import NAMED, PORTAL, RECOMMENDED
from winbooks_identity.passwords.notation import (
    MAX_TEXT,
    TextTooLong,
    UnknownRule,
    Unreadable,
    WrongType,
)


FINGERPRINT = "0424f70f868644b55312f409a11dc645d295efd4a7ad99b71ae04bbca6ae38ac"
EVERYTHING = PasswordPolicy(
    min_length=13,
    max_length=100,
    min_kinds=2,
    min_lower=1,
    max_special=9,
    allowed_characters='abcdefgh\u00e9ABC123!"\\ ',
    forbidden_characters="h",
    forbidden_words=["abba"],
    forbidden_spellings=["Abc"],
    denied=["abcd"],
    denied_spellings=["aBcD"],
    max_run=3,
    min_unfamiliar=2,
    word_lists=["en"],
    personal_words=True,
    refuse_familiar=True,
    min_strength=1,
    breach_check=BreachCheck.ALWAYS,
)


@st.composite
def policies(draw: st.DrawFn) -> PasswordPolicy:
    """
    Return a policy with some rules.
    """
    rules = draw(
        st.fixed_dictionaries(
            {},
            optional={
                "min_length": st.integers(1, 20),
                "max_length": st.integers(64, 128),
                "min_kinds": st.integers(0, 4),
                "min_digits": st.integers(0, 3),
                "max_digits": st.integers(0, 5),
                "max_run": st.integers(1, 4),
                "allowed_characters": st.sampled_from(["abAB12", "ab1!", "aB1!"]),
                "forbidden_characters": st.sampled_from(["a", "!"]),
                "forbidden_words": st.just(["ab"]),
                "denied": st.just(["Abcdefghijk1"]),
                "min_strength": st.integers(0, 2),
            },
        )
    )
    try:
        return PasswordPolicy.from_mapping(rules)
    except Invalid:
        assume(condition=False)
        raise


def refused(rules: dict[str, object]) -> tuple[object, ...]:
    """
    Return why *rules* are no policy.
    """
    with pytest.raises(Invalid) as caught:
        PasswordPolicy.from_mapping(rules)
    return caught.value.problems


class TestRoundTrip:
    """
    What is written down is read again as the same policy.
    """

    @pytest.mark.parametrize("policy", [EVERYTHING, *NAMED.values()])
    def test_every_notation(self, policy: PasswordPolicy) -> None:
        """
        As plain data, as TOML and as JSON.
        """
        assert [policy] * 3 == [
            PasswordPolicy.from_mapping(policy.to_mapping()),
            PasswordPolicy.from_toml(policy.to_toml()),
            PasswordPolicy.from_json(policy.to_json()),
        ]

    def test_says_only_what_is_in_force(self) -> None:
        """
        Three numbers are always said, other rules when they are on.
        """
        policy = PasswordPolicy(max_run=3)

        assert (
            "min_length = 12\nmax_length = 128\nmin_kinds = 3\nmax_run = 3\n"
            == policy.to_toml()
        )

    def test_letters_stay_readable(self) -> None:
        """
        Whoever reviews a policy reads its words, not their numbers.
        """
        policy = PasswordPolicy(forbidden_words=["\u00e9t\u00e9"])

        assert 'forbidden_words = ["\u00e9t\u00e9"]\n' in policy.to_toml()
        assert '  "forbidden_words": [\n    "\u00e9t\u00e9"\n  ]' in policy.to_json()

    def test_an_empty_document_is_the_portals(self) -> None:
        """
        What is not said is as on the Portal.
        """
        assert PORTAL == PasswordPolicy.from_toml("")

    def test_an_absent_rule_can_be_written(self) -> None:
        """
        JSON's null is a rule that is off.
        """
        assert PORTAL == PasswordPolicy.from_json('{"max_run": null}')


class TestReading:
    """
    A written policy is not guessed at.
    """

    @pytest.mark.parametrize(
        "rules, problem",
        [
            ({"min_lenght": 14}, UnknownRule("min_lenght")),
            ({"min_length": "14"}, WrongType("min_length", "integer")),
            ({"min_length": 14.0}, WrongType("min_length", "integer")),
            ({"min_length": True}, WrongType("min_length", "integer")),
            ({"min_length": None}, WrongType("min_length", "integer")),
            ({"max_run": "3"}, WrongType("max_run", "integer")),
            ({"allowed_characters": ["a"]}, WrongType("allowed_characters", "string")),
            ({"forbidden_characters": 1}, WrongType("forbidden_characters", "string")),
            ({"denied": "abc"}, WrongType("denied", "list of strings")),
            ({"denied": ["a", 1]}, WrongType("denied", "list of strings")),
            ({"personal_words": 1}, WrongType("personal_words", "boolean")),
            (
                {"breach_check": "yes"},
                WrongType("breach_check", "off | if reachable | always"),
            ),
            (
                {"breach_check": ["off"]},
                WrongType("breach_check", "off | if reachable | always"),
            ),
        ],
    )
    def test_misfits(self, rules: dict[str, object], problem: object) -> None:
        """
        Unknown rules and wrong types are refused by name.
        """
        assert (problem,) == refused(rules)

    def test_all_misfits_at_once(self) -> None:
        """
        A file with two mistakes is told both.
        """
        assert (UnknownRule("a"), WrongType("min_kinds", "integer")) == refused(
            {"a": 1, "min_kinds": "3"}
        )

    @pytest.mark.parametrize("text", ["min_length = ", "= 3"])
    def test_no_toml(self, text: str) -> None:
        """
        A broken document is told so.
        """
        with pytest.raises(Invalid) as caught:
            PasswordPolicy.from_toml(text)

        assert (Unreadable("TOML"),) == caught.value.problems

    @pytest.mark.parametrize("text", ["", "{", "[1]", "12"])
    def test_no_json(self, text: str) -> None:
        """
        So is a broken one, or one that is no table, in JSON.
        """
        with pytest.raises(Invalid) as caught:
            PasswordPolicy.from_json(text)

        assert (Unreadable("JSON"),) == caught.value.problems


class TestLength:
    """
    A written policy costs little to read, whatever is in it.
    """

    def test_a_long_list_is_read(self) -> None:
        """
        A hundred thousand words are read, and a password is checked against them.
        """
        words = ",".join(f'"{n:06}-word"' for n in range(100_000))
        read = PasswordPolicy.from_json(f'{{"forbidden_words": [{words}]}}')

        assert () == read.check("Correct-Horse-9")
        assert ["password.forbidden_word"] == [
            each.code for each in read.check("Horse-099999-WORD")
        ]

    @pytest.mark.parametrize(
        "parse", [PasswordPolicy.from_toml, PasswordPolicy.from_json]
    )
    @pytest.mark.parametrize(
        "text",
        [
            "#" * 1_500_001,
            "x = [" + "1," * 20_001 + "]",
            "x = [" + "[]," * 10_001 + "]",
            "".join(f"a{n} = 1\n" for n in range(5_000)),
        ],
        ids=["long", "numbers", "lists", "names"],
    )
    def test_too_long(self, parse: Callable[[str], PasswordPolicy], text: str) -> None:
        """
        What no policy says is not even parsed.
        """
        with pytest.raises(Invalid) as caught:
            parse(text)

        assert (TextTooLong(MAX_TEXT),) == caught.value.problems

    def test_texts_may_hold_anything(self) -> None:
        """
        What stands in texts and comments is not counted with names and numbers.
        """
        words = ["=[]{}1#' \\\"" + f"{n}" for n in range(2_000)]
        written = PasswordPolicy(forbidden_spellings=words).to_toml()

        read = PasswordPolicy.from_toml("# " + "=" * 50_000 + "\n" + written)

        assert set(words) == set(read.forbidden_spellings)


class TestFingerprint:
    """
    Equal policies share a fingerprint, different ones do not.
    """

    def test_is_stable(self) -> None:
        """
        The Portal's is the same in every process and every release.
        """
        assert PORTAL.fingerprint == PasswordPolicy().fingerprint
        assert FINGERPRINT == PORTAL.fingerprint

    def test_differs_with_every_rule(self) -> None:
        """
        No rule is left out of it.
        """
        rules = EVERYTHING.to_mapping()
        variants = [
            PasswordPolicy.from_mapping({**PORTAL.to_mapping(), **extra})
            for name, value in rules.items()
            if name not in {"word_lists", "personal_words"}
            for extra in [{name: value}]
        ]
        variants.append(PasswordPolicy(min_unfamiliar=2, personal_words=True))
        variants.append(PasswordPolicy(min_unfamiliar=2, word_lists=["en"]))
        variants.append(PasswordPolicy(min_unfamiliar=2, word_lists=["years"]))

        assert len(variants) == len({policy.fingerprint for policy in variants})


@pytest.mark.slow(is_measured=True)
class TestAnd:
    """
    Two policies combine to the one that accepts what both accept.
    """

    @settings(max_examples=25, deadline=None)
    @given(policies(), policies(), st.text("abAB12!", min_size=1, max_size=16))
    def test_accepts_what_both_accept(
        self, one: PasswordPolicy, other: PasswordPolicy, text: str
    ) -> None:
        """
        A password is accepted by the combination when each accepts it.
        """
        try:
            both = one & other
        except Invalid:
            assert one.check(text) or other.check(text)
        else:
            accepted = not one.check(text) and not other.check(text)
            assert accepted == (not both.check(text))

    def test_takes_every_rule(self) -> None:
        """
        A policy that combines with the weakest one stays what it is.
        """
        free = PasswordPolicy(min_length=1, max_length=1024, min_kinds=0)

        assert [EVERYTHING] * 3 == [
            EVERYTHING & free,
            free & EVERYTHING,
            EVERYTHING & EVERYTHING,
        ]

    def test_takes_the_stricter_number(self) -> None:
        """
        Of two limits, the narrower one holds.
        """
        one = PasswordPolicy(min_length=14, max_run=2, breach_check="always")
        other = PasswordPolicy(max_length=64, max_run=3, breach_check="if reachable")

        assert (
            PasswordPolicy(
                min_length=14, max_length=64, max_run=2, breach_check="always"
            )
            == one & other
        )

    def test_keeps_the_characters_that_both_allow(self) -> None:
        """
        What one of them does not allow is not allowed.
        """
        one = PasswordPolicy(allowed_characters="aB1!")
        other = PasswordPolicy(allowed_characters="aB1?")

        assert PasswordPolicy(allowed_characters="aB1") == one & other

    def test_names_the_rules_that_clash(self) -> None:
        """
        Where no one can follow both, the error says which rules are to blame.
        """
        one = PasswordPolicy(min_digits=3, max_run=3)
        other = PasswordPolicy(max_digits=2, min_special=1)

        with pytest.raises(Invalid) as caught:
            _ = one & other

        assert (RulesClash("min_digits, max_digits"),) == caught.value.problems


class TestNamed:
    """
    The named policies are what their sources say.
    """

    def test_portal_is_the_default(self) -> None:
        """
        The Portal's policy is the one without arguments.  [R11, R12]
        """
        assert PasswordPolicy(min_length=12, max_length=128, min_kinds=3) == PORTAL
        assert PasswordPolicy() == PORTAL

    @pytest.mark.parametrize(
        "name, relation",
        [
            ("portal", "equal"),
            ("recommended", "stricter"),
            ("nist-single-factor", "incomparable"),
            ("nist-mfa", "looser"),
            ("asvs-5", "looser"),
            ("active-directory", "looser"),
            ("bsi-ccb", "stricter"),
        ],
    )
    def test_seen_from_the_portals(self, name: str, relation: str) -> None:
        """
        How each relates to the Portal's, as far as characters go.
        """
        assert relation == PORTAL.compare(NAMED[name]).relation

    def test_every_number(self) -> None:
        """
        A standard's numbers are those of its clauses.
        """
        everything = ["en", "fr-BE", "keyboard", "nl-BE", "products", "years"]

        assert {
            "portal": {"min_length": 12, "min_kinds": 3},
            "recommended": {
                "min_length": 15,
                "min_kinds": 3,
                "min_unfamiliar": 6,
                "word_lists": everything,
                "personal_words": True,
                "min_strength": 3,
                "breach_check": "if reachable",
            },
            "nist-single-factor": {
                "min_length": 15,
                "min_kinds": 0,
                "breach_check": "always",
            },
            "nist-mfa": {"min_length": 8, "min_kinds": 0, "breach_check": "always"},
            "asvs-5": {
                "min_length": 8,
                "min_kinds": 0,
                "word_lists": ["products"],
                "personal_words": True,
                "refuse_familiar": True,
                "breach_check": "always",
            },
            "active-directory": {
                "min_length": 7,
                "min_kinds": 3,
                "personal_words": True,
                "refuse_familiar": True,
            },
            "bsi-ccb": {
                "min_length": 14,
                "min_kinds": 4,
                "min_unfamiliar": 4,
                "word_lists": everything,
            },
        } == {
            name: {
                rule: value
                for rule, value in policy.to_mapping().items()
                if (rule, value) != ("max_length", 128)
            }
            for name, policy in NAMED.items()
        }

    def test_undecided_rules_are_named(self) -> None:
        """
        What no automaton decides is said openly.
        """
        undecided = ("min_unfamiliar", "min_strength", "breach_check")

        assert undecided == PORTAL.compare(RECOMMENDED).undecided
        assert undecided[:1] == PasswordPolicy(min_unfamiliar=1).undecidable_rules
        assert undecided == RECOMMENDED.compare(PORTAL).undecided
        assert () == PORTAL.compare(PORTAL).undecided


class TestAudit:
    """
    A policy is held against a standard, clause by clause.
    """

    @pytest.mark.parametrize(
        "name, standard",
        [
            ("nist-single-factor", Standard.NIST_SINGLE_FACTOR),
            ("nist-mfa", Standard.NIST_MFA),
            ("asvs-5", Standard.ASVS_5),
            ("active-directory", Standard.ACTIVE_DIRECTORY),
            ("bsi-ccb", Standard.BSI_CCB),
        ],
    )
    def test_each_standard_is_met_by_its_own_policy(
        self, name: str, standard: Standard
    ) -> None:
        """
        The named policy of a standard meets every clause that can be decided.
        """
        verdicts = {finding.verdict for finding in NAMED[name].audit(standard)}

        assert Verdict.NOT_MET not in verdicts
        assert Verdict.MET in verdicts

    @pytest.mark.parametrize(
        "standard, missed",
        [
            (
                Standard.NIST_SINGLE_FACTOR,
                ["min_length", "no_composition", "blocklist"],
            ),
            (Standard.NIST_MFA, ["no_composition", "blocklist"]),
            (
                Standard.ASVS_5,
                ["blocklist", "no_composition", "context_words", "blocklist"],
            ),
            (Standard.ACTIVE_DIRECTORY, ["personal_words"]),
            (Standard.BSI_CCB, ["min_length", "kinds", "no_dictionary_words"]),
        ],
    )
    def test_what_the_portals_policy_misses(
        self, standard: Standard, missed: list[str]
    ) -> None:
        """
        Three of four kinds conflict with NIST and with ASVS.
        """
        assert missed == [
            finding.topic
            for finding in PORTAL.audit(standard)
            if finding.verdict is Verdict.NOT_MET
        ]

    @pytest.mark.parametrize(
        "rules",
        [
            {"min_kinds": 1},
            {"min_kinds": 0, "min_digits": 1},
            {"min_kinds": 0, "max_digits": 1},
        ],
    )
    def test_every_required_kind_is_composition(self, rules: dict[str, object]) -> None:
        """
        It does not matter how a policy asks for kinds.
        """
        findings = PasswordPolicy.from_mapping(rules).audit(Standard.NIST_MFA)

        assert [Verdict.NOT_MET] == [
            finding.verdict for finding in findings if finding.topic == "no_composition"
        ]

    @pytest.mark.parametrize(
        "rules", [{"forbidden_characters": " "}, {"allowed_characters": "aB1"}]
    )
    def test_characters_that_are_not_accepted(self, rules: dict[str, object]) -> None:
        """
        NIST wants all printing characters.
        """
        findings = PasswordPolicy.from_mapping(rules).audit(Standard.NIST_MFA)

        assert [Verdict.NOT_MET] == [
            finding.verdict for finding in findings if finding.topic == "all_characters"
        ]

    def test_one_of_each_is_four_kinds(self) -> None:
        """
        Kinds that are required one by one are kinds.
        """
        each = PasswordPolicy(
            min_kinds=0, min_lower=1, min_upper=1, min_digits=1, min_special=1
        )

        assert Verdict.MET in {
            finding.verdict
            for finding in each.audit(Standard.BSI_CCB)
            if finding.topic == "kinds"
        }

    def test_what_surrounds_the_policy_is_not_decidable(self) -> None:
        """
        A policy knows nothing of sign-in and storage, and does not pretend.
        """
        assert ["second_factor", "no_periodic_change", "limited_attempts"] == [
            finding.topic
            for finding in RECOMMENDED.audit(Standard.NIST_MFA)
            if finding.verdict is Verdict.NOT_DECIDABLE
        ]

    @pytest.mark.parametrize("locale", ["en", "nl", "fr"])
    @pytest.mark.parametrize("standard", Standard)
    def test_speaks(self, standard: Standard, locale: str) -> None:
        """
        Every clause has its sentence in three languages.
        """
        assert all(finding.message(locale) for finding in PORTAL.audit(standard))

    def test_says_the_number(self) -> None:
        """
        A clause about length says which.
        """
        length = PORTAL.audit(Standard.NIST_SINGLE_FACTOR)[0]

        assert "At least 15 characters." == length.message()

    def test_says_what_compensates(self) -> None:
        """
        For a clause that the Portal cannot meet, the audit says what makes up for it.
        """
        composition = PORTAL.audit(Standard.NIST_MFA)[3]

        assert "no_composition" == composition.topic
        assert composition.compensation("nl").startswith("Verplichte soorten tekens")

    def test_says_nothing_of_clauses_that_are_met(self) -> None:
        """
        What is met, or has no remedy but to meet it, needs none.
        """
        findings = PORTAL.audit(Standard.NIST_MFA)

        assert ["no_composition"] == [
            finding.topic for finding in findings if finding.compensation()
        ]


class TestStoredFingerprints:
    """
    Fingerprints are stored beside passwords, so they do not change by the way.
    """

    @pytest.mark.parametrize(
        "policy,expected",
        [
            (
                PasswordPolicy(),
                "0424f70f868644b55312f409a11dc645d295efd4a7ad99b71ae04bbca6ae38ac",
            ),
            (
                NAMED["recommended"],
                "27267ca63f4f58e58ec915346d787fcb85a55a163fa7c35d70a61caf51d0cd92",
            ),
        ],
        ids=["portal", "recommended"],
    )
    def test_literals(self, policy: PasswordPolicy, expected: str) -> None:
        """
        A new one means that stored stamps are known no more.
        """
        assert expected == policy.fingerprint
