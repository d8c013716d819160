"""
A clause of a standard that is met has no accepted counter-example.
"""

import attrs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from winbooks_identity.errors import Invalid
from winbooks_identity.passwords import PasswordPolicy
from winbooks_identity.passwords.alphabet import PRINTABLE_ASCII
from winbooks_identity.passwords.audit import Finding, Standard, Verdict
from winbooks_identity.passwords.breached import (
    BreachCheck,
    BreachedPasswords,
    Found,
    LookUp,
    NotReachable,
)
from winbooks_identity.passwords.canonical import kind_of
from winbooks_identity.passwords.named import NAMED
from winbooks_identity.passwords.problems import (
    CommonWordFound,
    CommonWords,
    PersonalWordFound,
)
from winbooks_identity.passwords.words import WORD_LISTS
from winbooks_identity.testing.strategies import password_policies, passwords


JAN = ("Jan", "Peeters", "jan@peeters-dubois.be", "Fiduciaire Peeters")


class Leaks:
    """
    Everything has leaked, or nothing is known.
    """

    def __init__(self, answer: LookUp) -> None:
        self._answer = answer

    def look_up(self, key: bytes) -> LookUp:
        """
        Return the same for every password.
        """
        del key
        return self._answer


def audited(policy: PasswordPolicy) -> dict[str, list[Finding]]:
    """
    Return what every standard says of *policy*, by topic.
    """
    found: dict[str, list[Finding]] = {}
    for standard in Standard:
        for finding in policy.audit(standard):
            found.setdefault(finding.topic, []).append(finding)
    return found


#: Which standards have clauses about a topic, whatever the policy.
STANDARDS = {
    topic: [
        standard
        for standard in Standard
        if topic in {each.topic for each in PasswordPolicy().audit(standard)}
    ]
    for topic in audited(PasswordPolicy())
}


def is_met(policy: PasswordPolicy, topic: str, needed: int = 0) -> bool:
    """
    Tell whether *policy* meets the clauses about *topic* that ask for *needed*.
    """
    (verdict,) = {
        each.verdict
        for standard in STANDARDS[topic]
        for each in policy.audit(standard)
        if (each.topic, each.needed) == (topic, needed)
    }
    return verdict is Verdict.MET


def accepts(
    policy: PasswordPolicy, text: str, breached: BreachedPasswords | None = None
) -> bool:
    """
    Tell whether *policy* accepts *text* as a password of Jan Peeters.
    """
    if breached is None:
        policy = attrs.evolve(policy, breach_check=BreachCheck.OFF)
    return not policy.check(text, personal=JAN, breached=breached)


@st.composite
def leaning_policies(draw: st.DrawFn) -> PasswordPolicy:
    """
    Draw a policy with rules about familiar words and leaks, too.
    """
    lists = draw(st.lists(st.sampled_from(sorted(WORD_LISTS)), unique=True))
    try:
        return attrs.evolve(
            draw(password_policies()),
            word_lists=lists,
            personal_words=draw(st.booleans()),
            refuse_familiar=draw(st.booleans()),
            min_unfamiliar=draw(st.integers(1, 20)),
            breach_check=draw(st.sampled_from(BreachCheck)),
        )
    except Invalid:  # pragma: no cover
        raise AssertionError("these rules never clash") from None


POLICIES = st.one_of(st.sampled_from([*NAMED.values()]), leaning_policies())

#: What people put around a word.
AROUND = st.text(st.sampled_from(PRINTABLE_ASCII), max_size=20)


class TestMet:
    """
    What a clause names is refused where the clause is met.
    """

    @given(
        POLICIES,
        st.sampled_from(["Peeters", "peeters", "PEETERS", "P33t3rs", "sreteeP", "Jan"]),
        AROUND,
        AROUND,
    )
    @example(NAMED["active-directory"], "Peeters", "", "-abcd1")
    @example(NAMED["recommended"], "Peeters", "", "-kQ7!xv9Zt?bW3m")
    def test_names(
        self, policy: PasswordPolicy, name: str, before: str, behind: str
    ) -> None:
        """
        "No part of the user's name" (MS-SAMR 3.1.1.7.2), wherever it stands.
        """
        if is_met(policy, "personal_words"):
            assert not accepts(policy, before + name + behind)

    @given(POLICIES, st.sampled_from(["Winbooks", "octopus", "Peeters"]), AROUND)
    @example(NAMED["asvs-5"], "Winbooks", "-abcd1")
    @example(NAMED["asvs-5"], "Peeters", "-abcd1")
    def test_context_words(
        self, policy: PasswordPolicy, word: str, behind: str
    ) -> None:
        """
        ASVS 6.2.11: products and the firm.
        """
        if is_met(policy, "context_words"):
            assert not accepts(policy, word + behind)

    @given(
        POLICIES,
        st.lists(
            st.sampled_from(["wachtwoord", "Factuur", "Bienvenue", "office"]),
            min_size=1,
            max_size=4,
        ),
        st.text(st.sampled_from("9-X"), max_size=9),
    )
    def test_dictionary_words(
        self, policy: PasswordPolicy, words: list[str], others: str
    ) -> None:
        """
        BSI: words with three other characters are still words.
        """
        if is_met(policy, "no_dictionary_words", 4):
            assert not accepts(policy, "".join(words) + others)

    @pytest.mark.parametrize(
        "word",
        [
            *("WinBooks", "Winbooks on Web", "W1nB00ks", "Virtual Invoice"),
            *("virtual-invoice", "Virtual_Invoice", "Portail", "Power-User", "P0rtaa1"),
            *("Licence Administrator", "Connect.Accountant", "View.Admin"),
        ],
    )
    def test_products_and_roles_as_people_write_them(self, word: str) -> None:
        """
        OWASP ASVS 5.0, 6.1.2 and 6.2.11: names of products, departments and roles.
        """
        policy = NAMED["asvs-5"]

        assert is_met(policy, "context_words")
        assert not accepts(policy, f"{word}-kYz;^&")
        assert not accepts(policy, f"kYz;^&-{word}")

    @given(st.data())
    def test_numbers(self, data: st.DataObject) -> None:
        """
        Every accepted password has the length and the kinds that are claimed.
        """
        policy = data.draw(password_policies())
        text = data.draw(passwords(policy))
        findings = audited(policy)

        for finding in findings["min_length"]:
            assert finding.verdict is not Verdict.MET or len(text) >= finding.needed
        kinds = {kind_of(character) for character in text} - {None}
        for finding in findings["kinds"]:
            assert finding.verdict is not Verdict.MET or len(kinds) >= finding.needed

    @given(POLICIES, passwords(PasswordPolicy()))
    def test_leaks(self, policy: PasswordPolicy, text: str) -> None:
        """
        No leaked password passes, not even while the service is away.
        """
        if is_met(policy, "blocklist"):
            assert not accepts(policy, text, Leaks(Found(1)))
            assert not accepts(policy, text, Leaks(NotReachable()))

    @given(password_policies(), st.sampled_from(PRINTABLE_ASCII))
    def test_characters(self, policy: PasswordPolicy, character: str) -> None:
        """
        Where every character is accepted, there is a password with it.
        """
        if is_met(policy, "all_characters"):
            without = PasswordPolicy(
                min_length=1, min_kinds=0, forbidden_characters=character
            )
            try:
                refused = policy.compare(without).newly_refused
            except Invalid:
                return  # The two are too large to compare.
            assert refused is not None


class TestNotMet:
    """
    What gets through is shown.
    """

    @given(POLICIES)
    def test_an_example_is_accepted(self, policy: PasswordPolicy) -> None:
        """
        The policy really accepts it.
        """
        for findings in audited(policy).values():
            for finding in findings:
                assert not finding.example or accepts(policy, finding.example)
                assert not finding.example or finding.verdict is Verdict.NOT_MET

    @pytest.mark.parametrize("name", NAMED)
    def test_every_named_policy_shows_what_it_misses(self, name: str) -> None:
        """
        All but leaks and refused characters can be shown.
        """
        missed = {
            topic
            for topic, findings in audited(NAMED[name]).items()
            for finding in findings
            if finding.verdict is Verdict.NOT_MET and not finding.example
        }

        assert missed <= {"no_composition", "blocklist"}

    @pytest.mark.parametrize(
        "rules,topic,needed",
        [
            ({"personal_words": True, "min_unfamiliar": 20}, "personal_words", 0),
            ({"refuse_familiar": True}, "personal_words", 0),
            (
                {"word_lists": ["products"], "refuse_familiar": True},
                "context_words",
                0,
            ),
            ({"word_lists": ["years"], "min_unfamiliar": 9}, "no_dictionary_words", 4),
            (
                {"word_lists": [*WORD_LISTS], "min_unfamiliar": 3},
                "no_dictionary_words",
                4,
            ),
            ({"breach_check": "if reachable"}, "blocklist", 0),
            ({"min_kinds": 0, "max_run": 3}, "no_composition", 0),
            ({"min_kinds": 0, "forbidden_characters": "<"}, "no_composition", 0),
            ({"forbidden_words": ["a"]}, "all_characters", 0),
            ({"forbidden_spellings": ["A"]}, "all_characters", 0),
            ({"max_special": 0}, "all_characters", 0),
            (
                {"max_lower": 9, "max_upper": 9, "max_digits": 9, "max_special": 9},
                "max_length",
                64,
            ),
        ],
    )
    def test_half_a_rule(
        self, rules: dict[str, object], topic: str, needed: int
    ) -> None:
        """
        A switch that lets through what the clause names meets nothing.
        """
        assert not is_met(PasswordPolicy.from_mapping(rules), topic, needed)

    @pytest.mark.parametrize(
        "rules,topic,needed",
        [
            ({"min_length": 3, "min_unfamiliar": 15}, "min_length", 15),
            ({"min_length": 3, "min_lower": 14, "min_digits": 1}, "min_length", 15),
            (
                {"min_kinds": 0, "min_lower": 1, "min_upper": 1, "min_digits": 1},
                "kinds",
                3,
            ),
        ],
    )
    def test_other_rules_do_it_too(
        self, rules: dict[str, object], topic: str, needed: int
    ) -> None:
        """
        It does not matter which rule refuses what the clause names.
        """
        assert is_met(PasswordPolicy.from_mapping(rules), topic, needed)

    def test_what_cannot_be_searched_is_not_claimed(self) -> None:
        """
        A policy that is too large to compare meets what its numbers say, no more.
        """
        huge = PasswordPolicy(
            min_length=64,
            min_kinds=2,
            max_run=3,
            max_lower=30,
            max_upper=30,
            allowed_characters=PRINTABLE_ASCII,
        )

        assert is_met(huge, "min_length", 15)
        assert not is_met(huge, "kinds", 3)


class TestRefuseFamiliar:
    """
    A familiar word can be refused wherever it stands.
    """

    POLICY = PasswordPolicy(
        word_lists=["nl-BE"], personal_words=True, refuse_familiar=True
    )

    @pytest.mark.parametrize(
        "text,problems",
        [
            ("kQ7!xv9Zt?bW", ()),
            ("kQ7!Peetersxv9Zt?bW", (PersonalWordFound(),)),
            ("kQ7!w8chtw00rdxv9Zt", ()),
            ("kQ7!w4chtw00rdxv9Zt", (CommonWordFound(),)),
            ("Peeters-welkom-9", (PersonalWordFound(), CommonWordFound())),
        ],
    )
    def test_found(self, text: str, problems: tuple[object, ...]) -> None:
        """
        One problem for each kind of word, and none says which.
        """
        assert problems == self.POLICY.check(text, personal=JAN)

    def test_the_number_counts_beside_it(self) -> None:
        """
        Without a word, characters that differ are still counted.
        """
        policy = attrs.evolve(self.POLICY, min_unfamiliar=4)

        assert (CommonWords(4),) == policy.check("aaaaA1aaaaA1", personal=JAN)

    def test_no_number_is_needed(self) -> None:
        """
        What is refused wherever it stands needs no number of other characters.
        """
        assert "refuse_familiar" in self.POLICY.undecidable_rules
        assert 0 == self.POLICY.min_unfamiliar

    def test_is_said_before_anything_is_typed(self) -> None:
        """
        The help says that no part is accepted, not that one may lean on it a little.
        """
        said = self.POLICY.help()

        assert "Do not use any part of your own name, address or company." in said
        assert "Do not use any common word, product or year." in said
        assert "Do not rely on your own name, address or company." not in said
