"""
What is a reviewer told of a change of policy, in which form?
"""

import json
import re
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winbooks_identity.errors import Invalid
from winbooks_identity.passwords import PasswordPolicy
from winbooks_identity.passwords import attribution as attribution_module
from winbooks_identity.passwords.breached import BreachCheck
from winbooks_identity.passwords.change import PolicyChange, policy_change
from winbooks_identity.passwords.change_formats import (
    as_data,
    as_github,
    as_gitlab,
    as_markdown,
    as_text,
)
from winbooks_identity.passwords.change_report import percent, report
from winbooks_identity.passwords.named import NAMED, NIST_MFA, PORTAL, RECOMMENDED
from winbooks_identity.passwords.people import Choice, Hit, habitual_choices
from winbooks_identity.passwords.rollout import Rollout
from winbooks_identity.passwords.work import Work
from winbooks_identity.texts import LANGUAGES


#: Ten changes as they are made, and what the report has to say of each.
CHANGES: dict[str, tuple[PasswordPolicy, PasswordPolicy, str, list[str]]] = {
    "longer": (
        PORTAL,
        PasswordPolicy(min_length=14),
        "stricter",
        ["Minimum length: 14 instead of 12", "12 characters: 100%"],
    ),
    "shorter": (
        PORTAL,
        PasswordPolicy(min_length=8),
        "looser",
        ["8 characters: 100%", "Ask the people who answer for security"],
    ),
    "longer and fewer kinds": (
        PORTAL,
        PasswordPolicy(min_length=14, min_kinds=2),
        "incomparable",
        ["split the change", 'For example "aaaaaaaaaaaaaA"'],
    ),
    "all kinds": (
        PORTAL,
        PasswordPolicy(min_kinds=4),
        "stricter",
        ["16 characters: 18%", "Because of: Kinds of characters"],
    ),
    "a word": (
        PORTAL,
        PasswordPolicy(forbidden_words=["winbooks"]),
        "stricter",
        ['Forbidden words, in any case: also "winbooks"', "16 characters: < 0.1%"],
    ),
    "another word": (
        PasswordPolicy(forbidden_words=["winbooks", "portal"]),
        PasswordPolicy(forbidden_words=["winbooks", "welkom"]),
        "incomparable",
        ['also "welkom"; Forbidden words, in any case: no longer "portal"'],
    ),
    "runs": (
        PORTAL,
        PasswordPolicy(max_run=2),
        "stricter",
        ["The same character in a row, at most: 2 instead of no limit"],
    ),
    "strength": (
        PORTAL,
        PasswordPolicy(min_strength=2),
        "stricter",
        ["take an estimate or a look-up", "of these refused from now on"],
    ),
    "the recommended one": (
        PORTAL,
        RECOMMENDED,
        "stricter",
        ["Not asked here", "and 1 more", "yes, where the look-up can be reached"],
    ),
    "nothing": (PORTAL, PORTAL, "equal", ["None: the same passwords are accepted"]),
}


def told(old: PasswordPolicy, new: PasswordPolicy, length: int = 16) -> str:
    """
    Return the report for a terminal, on an empty list.
    """
    return as_text(policy_change(old, new, lists={"own": []}, length=length))


class TestReport:
    """
    The report alone says what is refused from now on, why, who is hit, what to do.
    """

    @pytest.mark.parametrize("name", CHANGES)
    def test_ten_changes(self, name: str) -> None:
        """
        Every part that there is something to say about.
        """
        old, new, verdict, said = CHANGES[name]
        few = {"habits": habitual_choices(40)}
        change = policy_change(old, new, lists=few)
        text = as_text(change, name="policy.toml")

        assert verdict == change.verdict
        assert [] == [each for each in said if each not in text]
        headings = re.findall(r"^[A-Z][a-z ]+$", text, re.MULTILINE)
        comparison = old.compare(new)
        assert [
            *["What changes"] * (old != new),
            *["Refused from now on"] * (comparison.newly_refused is not None),
            *["Accepted from now on"] * (comparison.newly_accepted is not None),
            "Whom it hits",
            "Next step",
        ] == headings
        counts = "policy impact policy.toml" in text
        assert counts is (verdict in {"stricter", "incomparable"})

    @pytest.mark.parametrize("name", CHANGES)
    def test_two_examples_each_way(self, name: str) -> None:
        """
        They flip: one policy accepts them and the other does not.
        """
        old, new, _, _ = CHANGES[name]
        change = policy_change(old, new, lists={})

        for flip, accepting, refusing in (
            (change.refused, old, new),
            (change.accepted, new, old),
        ):
            if flip is not None:
                assert 2 == len(set(flip.examples))
                assert not any(map(accepting.check, flip.examples))
                assert all(map(refusing.check, flip.examples))

    def test_a_longer_example_where_no_person_would_choose_one(self) -> None:
        """
        What people choose has no word of this kind in it.
        """
        new = PasswordPolicy(forbidden_characters="\u20ac")
        flip = PolicyChange(PORTAL, new, {}).refused

        assert flip is not None
        assert [12, 13] == [len(each) for each in flip.examples]

    def test_one_example_where_there_is_no_other(self) -> None:
        """
        Only one password is refused.
        """
        denied = "Boekhouding26!"
        flip = PolicyChange(PORTAL, PasswordPolicy(denied_spellings=[denied]), {})

        assert flip.refused is not None
        assert (denied,) == flip.refused.examples
        assert 'For example "Boekhouding26!".' in as_text(flip)

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_in_every_language(self, language: str) -> None:
        """
        No sentence stays in another language.
        """
        few = {"habits": habitual_choices(40)}
        change = policy_change(NIST_MFA, RECOMMENDED, lists=few)
        blocks = report(change, str, language)
        english = report(change, str)

        assert all(each.heading for each in blocks[1:])
        assert len(english) == len(blocks)
        if language != "en":
            assert all(
                one[:3] != other[:3] for one, other in zip(blocks, english, strict=True)
            )

    def test_a_list_of_ones_own(self) -> None:
        """
        What is known by its hash only is counted apart; nothing of it is shown.
        """
        change = policy_change(
            PORTAL,
            PasswordPolicy(min_length=14),
            lists={
                "own": [Choice("Canary-12345", 1234), Choice(None, 9_000)],
                "list.txt": [Choice("Welkom2026!!", may_be_shown=True)],
            },
        )
        text = as_text(change)

        assert (
            "  - Your list: accepted so far 1\u202f234, of these refused from now on"
            " 1\u202f234 (100%).\n"
            "  - Your list: 9\u202f000 of 10\u202f234 are known by their hash only"
        ) in text
        assert '  - "list.txt": accepted so far 1' in text
        assert 'For example "Welkom2026!!"' in text
        assert "Canary" not in text

    def test_a_value_of_each_kind(self) -> None:
        """
        Switches and characters are told in words.
        """
        old = PasswordPolicy(allowed_characters="abcABC123!?", max_run=3)
        new = PasswordPolicy(
            allowed_characters="abcABC123!", breach_check=BreachCheck.ALWAYS
        )

        text = told(old, new)

        assert 'Allowed characters: no longer "?". This asks for more.' in text
        assert "at most: no limit instead of 3. This asks for less." in text
        assert "Leaked passwords are refused: yes, always instead of no." in text
        assert 'Allowed characters: "!123ABCabc" instead of all' in told(PORTAL, new)

    def test_a_rollout(self) -> None:
        """
        Its days stand in the report, which says nothing else of stored passwords.
        """
        rollout = Rollout(asked=date(2027, 1, 4), change=date(2027, 4, 1))

        text = told(PORTAL, PasswordPolicy(min_length=14, rollout=rollout))

        assert (
            "From when\n  - 2027-01-04: New passwords meet it.\n  - 2027-04-01: A"
            in text
        )
        assert "Tell people these days" in text
        assert "go on working" not in text
        assert "From when" not in told(PORTAL, PasswordPolicy(min_length=14))

    def test_days_that_move(self) -> None:
        """
        The rules are equal, and the report says that the days change.
        """
        first, second = (
            PasswordPolicy(rollout=Rollout(notice=date(2027, month, 1)))
            for month in (2, 3)
        )

        assert "the days of the rollout change" in told(first, second)
        assert "the days of the rollout change" in told(first, PasswordPolicy())
        assert "None: the same passwords" in told(first, first)

    def test_too_large_to_say_why(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """
        The verdict and the examples stand, and the rules are left out.
        """
        monkeypatch.setattr(attribution_module, "Work", lambda: Work(0))
        new = PasswordPolicy(min_length=14, min_kinds=2)

        text = told(PORTAL, new)

        assert 2 == text.count("The policies are too large to say which rules")
        assert "aaaaaaaaaaA2" in text

    @pytest.mark.slow  # It works until the budget is spent.
    def test_too_large_to_count(self) -> None:
        """
        The rules are named, and how many passwords each refuses is left out.
        """
        new = PasswordPolicy(
            min_kinds=4,
            min_digits=2,
            max_run=3,
            forbidden_words=["winbooks", "welkom", "azerty", "2026"],
            denied=["Welkom2026!!"],
        )
        change = policy_change(PORTAL, new, lists={})
        text = as_text(change)

        assert change.refused is not None
        assert {"min_kinds", "min_digits", "max_run", "forbidden_words", "denied"} == (
            set(change.refused.rules)
        )
        assert "Because of: " in text
        assert "too large to count how many passwords that is." in text

    def test_too_large_to_compare(self) -> None:
        """
        There is no report then.
        """
        huge = PasswordPolicy(
            min_kinds=0, max_lower=99, max_upper=99, max_digits=99, max_special=99
        )

        with pytest.raises(Invalid):
            told(huge, PORTAL)

    def test_a_length_of_ones_own(self) -> None:
        """
        It is told among the others, if the policy accepts passwords of that length.
        """
        new = PasswordPolicy(min_kinds=4)

        assert "  - 33 characters: " in told(PORTAL, new, length=33)
        assert "  - 9 characters: " not in told(PORTAL, new, length=9)


class TestPercent:
    """
    What is rounded is never all or nothing.
    """

    @pytest.mark.parametrize(
        "share, expected",
        [
            (Fraction(0), "0%"),
            (Fraction(1, 10**9), "< 0.1%"),
            (Fraction(1, 3), "33.3%"),
            (Fraction(1, 2), "50%"),
            (1 - Fraction(1, 10**9), "> 99.9%"),
            (Fraction(1), "100%"),
        ],
    )
    def test_in_english(self, share: Fraction, expected: str) -> None:
        """
        One digit behind the point.
        """
        assert expected == percent(share)

    def test_in_german(self) -> None:
        """
        With a comma.
        """
        assert "33,3 %" == percent(Fraction(1, 3), "de").replace("\u202f", " ")


class TestForms:
    """
    One report for a terminal, a pull request, a pipeline and a program.
    """

    CHANGE = policy_change(PORTAL, PasswordPolicy(min_length=14, min_kinds=2))

    def test_folded(self) -> None:
        """
        No line is wider than asked, where its words allow it.
        """
        text = as_text(self.CHANGE, name="policy.toml", width=80)

        assert 80 >= max(map(len, text.splitlines()))
        assert as_text(self.CHANGE, name="policy.toml").split() == text.split()

    def test_markdown(self) -> None:
        """
        A heading, points, and passwords as code; short enough to be read.
        """
        text = as_markdown(self.CHANGE, name="policy.toml")

        assert text.startswith("### A change of the password policy\n\nNeither policy")
        assert "\n**Refused from now on**\n" in text
        assert "\n- Minimum length: 14 instead of 12. This asks for more.\n" in text
        assert "For example `aaaaaaaaaaA2` and `" in text
        assert 60 > len(text.splitlines())

    @given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=12))
    def test_no_password_leaves_its_code_span(self, word: str) -> None:
        """
        Backticks, ends of lines and HTML in a policy do nothing to the page.
        """
        change = PolicyChange(
            PORTAL, PORTAL, {"own": Hit(1, 1, 1, 0, 0, {}, (word,), (), ())}
        )
        text = as_markdown(change)
        (line,) = [each for each in text.split("\n") if each.startswith("- Your list")]

        found = re.search(r"For example (`+)( ?)(.*?)\2\1\.$", line)
        assert found is not None
        assert found[1] not in re.findall("`+", found[3])

    def test_github(self) -> None:
        """
        One line, with what would end it as a code.
        """
        text = as_github(self.CHANGE, path="a,b:c.toml")

        assert text.startswith(
            "::warning file=a%2Cb%3Ac.toml,line=1,title=A change of the password"
            " policy::Neither policy is the stricter one:"
        )
        assert 1 == text.count("\n")
        assert "100%25" in text
        assert "::notice title=" in as_github(policy_change(PORTAL, PORTAL))

    def test_gitlab(self) -> None:
        """
        A finding with a fingerprint of its own; none where nothing changes.
        """
        (found,) = as_gitlab(self.CHANGE, path="policy.toml")
        back = policy_change(self.CHANGE.new, self.CHANGE.old, lists={})
        (other,) = as_gitlab(back, path="policy.toml")

        assert "major" == found["severity"]
        assert {"path": "policy.toml", "lines": {"begin": 1}} == found["location"]
        assert found["fingerprint"] != other["fingerprint"]
        assert [] == as_gitlab(policy_change(PORTAL, PORTAL), path="policy.toml")

    @pytest.mark.parametrize("name", NAMED)
    def test_data(self, name: str) -> None:
        """
        Everything goes into JSON, numbers and all.
        """
        change = policy_change(PORTAL, NAMED[name], lists={"own": [Choice("x")]})
        data = json.loads(json.dumps(as_data(change)))

        assert change.comparison.relation == data["relation"]
        for side in ("refused", "accepted"):
            flip = getattr(change, side)
            if flip is None:
                assert data["why"][side] is None
            else:
                assert list(flip.rules) == data["why"][side]["because_of"]
                shares = {each["length"]: each for each in data["why"][side]["shares"]}
                assert set(range(8, 25)) <= set(shares)
        assert [("own", 1)] == [(e["list"], e["people"]) for e in data["people"]]
