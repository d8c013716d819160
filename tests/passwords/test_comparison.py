"""
Which passwords does a change of policy refuse, and which does it admit?
"""

import itertools
import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from winbooks_identity.errors import Invalid
from winbooks_identity.passwords import PasswordPolicy
from winbooks_identity.passwords.alphabet import READABLE, AlphabetRepeats
from winbooks_identity.passwords.automaton import Machine
from winbooks_identity.passwords.beginnings import Beginnings
from winbooks_identity.passwords.consistency import RulesClash
from winbooks_identity.passwords.lists import Words
from winbooks_identity.passwords.parts import BROKEN
from winbooks_identity.passwords.rules import Rules
from winbooks_identity.passwords.work import MAX_WORK, TooLarge, Work


PORTAL = PasswordPolicy()
PAIRS = json.loads(
    Path(__file__)
    .parents[1]
    .joinpath("data")
    .joinpath("policy_pairs.json")
    .read_text("utf-8")
)
POLICIES = {name: PasswordPolicy(**rules) for name, rules in PAIRS["policies"].items()}
CASES = [
    pytest.param(case, id=f"{case['old']} to {case['new']}") for case in PAIRS["cases"]
]

#: Small enough to list every string of up to four characters.
TINY = "aB1 b\u00df"
STRINGS = {
    length: ["".join(string) for string in itertools.product(TINY, repeat=length)]
    for length in range(1, 5)
}
WORDS = ["ab", "a", "bb", "ss", "sss", "1b", "B1", "ABA"]


@st.composite
def tiny_policies(draw: st.DrawFn) -> PasswordPolicy:
    """
    Return a policy whose rules speak about `TINY`.
    """
    count = st.integers(0, 2)
    rules: dict[str, Any] = draw(
        st.fixed_dictionaries(
            {
                "min_length": st.integers(1, 4),
                "min_kinds": st.integers(0, 3),
            },
            optional={
                "min_lower": count,
                "min_digits": count,
                "max_upper": count,
                "max_special": count,
                "max_run": st.integers(1, 2),
                "forbidden_words": st.lists(st.sampled_from(WORDS), max_size=2),
                "forbidden_spellings": st.lists(st.sampled_from(WORDS), max_size=2),
                "denied": st.lists(st.sampled_from(WORDS), max_size=3),
                "denied_spellings": st.lists(st.sampled_from(WORDS), max_size=3),
                "forbidden_characters": st.sampled_from(["a", "B", "1\u00df"]),
                "allowed_characters": st.sampled_from(["aB1", "aB1 b", "aB1 b\u00df"]),
            },
        )
    )
    try:
        return PasswordPolicy(**rules)
    except Invalid:
        assume(condition=False)
        raise


class TestKnownPairs:
    """
    Pairs of policies with a known relation, witnesses and counts.
    """

    @pytest.mark.parametrize("case", CASES)
    def test_relation(self, case: dict[str, Any]) -> None:
        """
        The relation and both shortest witnesses are exactly the known ones.
        """
        comparison = POLICIES[case["old"]].compare(POLICIES[case["new"]])

        assert (
            case["relation"],
            case["newly_refused"],
            case["newly_accepted"],
        ) == (
            comparison.relation,
            comparison.newly_refused,
            comparison.newly_accepted,
        )

    @pytest.mark.parametrize("case", CASES)
    def test_share(self, case: dict[str, Any]) -> None:
        """
        The share of refused passwords is exactly the known fraction.
        """
        comparison = POLICIES[case["old"]].compare(POLICIES[case["new"]])

        assert {
            length: Fraction(int(known["refused"]), int(known["accepted"]))
            for length, known in case["per_length"].items()
        } == {
            length: comparison.share_refused(int(length))
            for length in case["per_length"]
        }

    @pytest.mark.parametrize("case", CASES)
    def test_the_other_way_round(self, case: dict[str, Any]) -> None:
        """
        Seen from the new policy, the relation is the opposite one.
        """
        opposite = {"stricter": "looser", "looser": "stricter"}
        comparison = POLICIES[case["new"]].compare(POLICIES[case["old"]])

        assert opposite.get(case["relation"], case["relation"]) == comparison.relation


class TestEqual:
    """
    Policies are equal when they accept the same, however they say it.
    """

    def test_itself(self) -> None:
        """
        Nothing changes.
        """
        comparison = PORTAL.compare(PasswordPolicy())

        assert ("equal", None, None) == (
            comparison.relation,
            comparison.newly_refused,
            comparison.newly_accepted,
        )

    def test_said_otherwise(self) -> None:
        """
        One of each kind is four kinds.
        """
        four = PasswordPolicy(min_kinds=4)
        each = PasswordPolicy(min_lower=1, min_upper=1, min_digits=1, min_special=1)

        assert "equal" == four.compare(each).relation

    def test_a_word_within_a_word(self) -> None:
        """
        What a shorter word forbids, a longer one need not.
        """
        one = PasswordPolicy(forbidden_words=["win"])
        other = PasswordPolicy(forbidden_words=["win", "WinBooks"])

        assert "equal" == one.compare(other).relation


class TestBeyondAscii:
    """
    The answer is about all of Unicode, not about the characters of one keyboard.
    """

    def test_characters_of_no_kind(self) -> None:
        """
        Letters without case are the only difference between one kind and none.
        """
        one, none = PasswordPolicy(min_kinds=1), PasswordPolicy(min_kinds=0)

        assert "\u00aa" * 12 == one.compare(none).newly_accepted

    def test_folding(self) -> None:
        """
        A character that folds to two letters of a word is part of it.
        """
        free = PasswordPolicy(min_length=1, min_kinds=0, allowed_characters="\u00df")
        without = PasswordPolicy(
            min_length=1,
            min_kinds=0,
            allowed_characters="\u00df",
            forbidden_words=["sss"],
        )

        assert "\u00df\u00df" == free.compare(without).newly_refused


@pytest.mark.slow
class TestBruteForce:
    """
    On an alphabet of six characters, every string can be asked for its verdict.
    """

    @settings(max_examples=30, deadline=None)
    @given(tiny_policies(), tiny_policies())
    def test_share_and_witness(self, old: PasswordPolicy, new: PasswordPolicy) -> None:
        """
        Shares are those of the listed strings, and none is left without a witness.
        """
        comparison = old.compare(new)
        shortest = comparison.newly_refused

        for length, strings in STRINGS.items():
            accepted = [string for string in strings if not old.check(string)]
            refused = [string for string in accepted if new.check(string)]
            share = Fraction(len(refused), len(accepted) or 1)
            assert len(accepted) == old.count(length, alphabet=TINY)
            assert share == comparison.share_refused(length, TINY)
            if refused:
                assert shortest is not None
                assert (len(shortest), shortest) <= (length, min(refused))

    @settings(max_examples=30, deadline=None)
    @given(tiny_policies(), tiny_policies())
    def test_witnesses_are_true(self, old: PasswordPolicy, new: PasswordPolicy) -> None:
        """
        A witness is accepted by the one policy and refused by the other.
        """
        comparison = old.compare(new)

        if comparison.newly_refused is not None:
            assert not old.check(comparison.newly_refused)
            assert new.check(comparison.newly_refused)
        if comparison.newly_accepted is not None:
            assert old.check(comparison.newly_accepted)
            assert not new.check(comparison.newly_accepted)


class TestExamples:
    """
    An example is a shortest witness that people can read.
    """

    @settings(max_examples=50, deadline=None)
    @given(tiny_policies(), tiny_policies())
    def test_they_are_true_and_the_first(
        self, old: PasswordPolicy, new: PasswordPolicy
    ) -> None:
        """
        As short as the other witness, and no listed string is more readable.
        """
        comparison = old.compare(new)
        example, shortest = comparison.refused_example, comparison.newly_refused

        assert (example is None) is (shortest is None)
        if example is not None and shortest is not None:
            assert not old.check(example)
            assert new.check(example)
            assert len(shortest) == len(example)
            for string in STRINGS.get(len(example), ()):
                if not old.check(string) and new.check(string):
                    assert readability(example) <= readability(string)

    @settings(
        max_examples=8,
        deadline=None,
        # Few pairs differ so early, and what is left out costs next to nothing.
        suppress_health_check=[HealthCheck.filter_too_much],
    )
    @given(tiny_policies(), tiny_policies())
    def test_of_all_of_ascii_the_first(
        self, old: PasswordPolicy, new: PasswordPolicy
    ) -> None:
        """
        Found by trying every string of one or two characters.
        """
        example = old.compare(new).accepted_example
        assume(example is not None and len(example) <= 2)
        assert example is not None
        # Under a word such as "ss", the first may be one with a sharp S.
        assume(example.isascii())

        tried = map("".join, itertools.product(READABLE, repeat=len(example)))
        found = (each for each in tried if old.check(each) and not new.check(each))

        assert example == next(found, example)

    @pytest.mark.parametrize(
        "old,new,refused,accepted",
        [
            (PORTAL, PasswordPolicy(min_length=14), "aaaaaaaaaaA2", None),
            (
                PORTAL,
                PasswordPolicy(min_length=14, min_kinds=2),
                "aaaaaaaaaaA2",
                "aaaaaaaaaaaaaA",
            ),
            (PORTAL, PORTAL, None, None),
            (
                PasswordPolicy(min_length=1, min_kinds=0),
                PasswordPolicy(min_length=1, min_kinds=0, forbidden_characters="I"),
                "I",
                None,
            ),
        ],
    )
    def test_what_people_see(
        self,
        old: PasswordPolicy,
        new: PasswordPolicy,
        refused: str | None,
        accepted: str | None,
    ) -> None:
        """
        Letters and digits; a look-alike only where it makes the difference.
        """
        comparison = old.compare(new)

        assert refused == comparison.refused_example
        assert accepted == comparison.accepted_example


def readability(string: str) -> list[tuple[int, str]]:
    """
    Return what strings are sorted by, from the most readable on.
    """
    end = len(READABLE)
    return [(READABLE.index(x) if x in READABLE else end, x) for x in string]


class TestShare:
    """
    A share is of the passwords that the old policy accepts.
    """

    def test_of_nothing(self) -> None:
        """
        Where the old policy accepts nothing, nothing is refused.
        """
        assert 0 == PORTAL.compare(PasswordPolicy(min_length=14)).share_refused(11)

    def test_of_the_longest(self) -> None:
        """
        The greatest length is accepted still, by either policy.
        """
        old = PasswordPolicy(max_length=64)

        assert 0 == PORTAL.compare(old).share_refused(64)
        assert 1 == PORTAL.compare(old).share_refused(65)
        assert 1 == old.compare(PasswordPolicy(min_length=65)).share_refused(64)

    def test_needs_a_sound_alphabet(self) -> None:
        """
        An alphabet that names a character twice counts nothing.
        """
        with pytest.raises(Invalid) as caught:
            PORTAL.compare(PORTAL).share_refused(12, "aab")

        assert (AlphabetRepeats(),) == caught.value.problems


def walk(machine: Machine) -> None:
    """
    Look at every state of *machine*.
    """
    waiting, seen = [machine.start], {machine.start}
    while waiting:
        found = set(machine.ways(waiting.pop()))
        waiting += found - seen
        seen |= found


class TestSize:
    """
    Beyond a stated size the answer is "too large", never a guess.
    """

    def test_too_large(self) -> None:
        """
        Counting up to a hundred of every kind needs more states than are looked at.
        """
        old = PasswordPolicy(min_kinds=0, max_length=128)
        new = PasswordPolicy(
            min_kinds=0, max_lower=99, max_upper=99, max_digits=99, max_special=99
        )

        with pytest.raises(Invalid) as caught:
            _ = new.compare(old).relation

        assert (TooLarge(800_000),) == caught.value.problems

    def test_steps_are_counted_before_they_are_taken(self) -> None:
        """
        The last one that there may be is taken, and none behind it.  [S43]
        """
        work = Work(10)
        work.take(10)

        with pytest.raises(Invalid) as caught:
            work.take(1)

        assert (TooLarge(10),) == caught.value.problems
        assert 10 == work.done

    @pytest.mark.parametrize(
        "rules",
        [
            {"min_lower": 20, "min_upper": 20, "min_digits": 20, "min_special": 20},
            {"min_lower": 60, "min_upper": 60, "max_run": 5},
            {"forbidden_words": [chr(0x4E00 + n) * 2 for n in range(3_000)]},
            {"denied": [f"Wachtwoord{n:05}!" for n in range(3_000)]},
        ],
        ids=["kinds", "run", "letters", "denied"],
    )
    def test_the_work_is_counted(self, rules: dict[str, Any]) -> None:
        """
        Whatever a policy says, a machine is not built further than its limit.
        """
        machine = Machine(Rules(**rules), PORTAL)

        with pytest.raises(Invalid) as caught:
            walk(machine)

        assert (TooLarge(MAX_WORK),) == caught.value.problems
        assert machine.work.done <= MAX_WORK

    def test_nothing_is_built_of_a_list_that_is_not_read(self) -> None:
        """
        Of 20,000 words, reading one builds what leads on from its own letters.
        """
        words = [f"{n * 7919 % 20_000:05}-wachtwoord" for n in range(20_000)]
        begun, node = Beginnings(words), 0

        for letter in words[77]:
            node = begun.children(node)[letter]

        assert begun.is_whole(node)
        assert len(words[77]) < len(begun) < 100

    @pytest.mark.parametrize("rule", ["forbidden_words", "denied"])
    def test_a_long_list_is_given_up(self, rule: str) -> None:
        """
        It costs no more steps than any other policy.
        """
        rules: dict[str, Any] = {rule: [f"{n:05}-Wachtwoord" for n in range(20_000)]}
        machine = Machine(Rules(**rules), PORTAL)

        with pytest.raises(Invalid):
            walk(machine)

        assert machine.work.done <= MAX_WORK

    def test_a_word_beside_runs_is_not_too_large(self) -> None:
        """
        Two rules of everyday policies are compared, each way.
        """
        word = PasswordPolicy(forbidden_words=["winbooks"])
        runs = PasswordPolicy(max_run=3)

        assert ("incomparable", "incomparable") == (
            word.compare(runs).relation,
            runs.compare(word).relation,
        )

    def test_what_asks_for_more_is_not_searched(self) -> None:
        """
        A list that only the new policy has admits nothing, however long it is.
        """
        new = PasswordPolicy(denied=[f"Wachtwoord{n:05}!" for n in range(3_000)])

        assert PORTAL.compare(new).newly_accepted is None
        with pytest.raises(Invalid):
            _ = new.compare(PORTAL).newly_accepted

    def test_what_is_too_short_to_be_a_password_costs_nothing(self) -> None:
        """
        Of the passwords that leak most, nearly all are shorter than is accepted.
        """
        denied = [*(f"welkom{n}" for n in range(9_999)), "Welkom2026!!"]
        old = PasswordPolicy(denied=denied)

        assert "WELKOM2026!!" == PORTAL.compare(old).newly_refused
        assert "stricter" == old.compare(PasswordPolicy(min_length=13)).relation

    def test_a_spelling_that_grows_when_it_is_folded_is_not_too_short(self) -> None:
        """
        Twelve letters of which one is folded to two can be written in eleven.
        """
        free = PasswordPolicy(min_length=11, min_kinds=0, allowed_characters="as\u00df")
        new = PasswordPolicy(
            min_length=11,
            min_kinds=0,
            allowed_characters="as\u00df",
            denied=["aaaaaaaaaa\u00df"],
        )

        assert "aaaaaaaaaa\u00df" == free.compare(new).newly_refused

    def test_who_is_to_blame_is_not_searched_for_ever(self) -> None:
        """
        Where the rules that clash are too many to try, harmless ones may be named.
        """
        with pytest.raises(Invalid) as caught:
            PasswordPolicy(
                allowed_characters="aA1!",
                forbidden_spellings=["a"],
                min_lower=15,
                min_upper=15,
                min_digits=15,
                min_special=15,
            )

        (problem,) = caught.value.problems
        assert isinstance(problem, RulesClash)
        assert {"min_lower", "forbidden_spellings"} < set(problem.rules.split(", "))


class TestWords:
    """
    Words are found as one reads, without a table of every word and every letter.
    """

    LETTERS = st.text("abc", min_size=1, max_size=5)

    @given(st.lists(LETTERS, min_size=1, max_size=6), st.text("abcd", max_size=12))
    def test_found(self, words: list[str], text: str) -> None:
        """
        A text breaks the part exactly where one of the words ends first.
        """
        part = Words.of(words, fold=False)
        state, read = 0, ""
        for character in text:
            state = part.step(state, part.symbol(character), repeats=False)
            read += character
            assert (state == BROKEN) == any(word in read for word in words)
            if state == BROKEN:
                break

    def test_many_letters_are_no_large_table(self) -> None:
        """
        There are as many entries as letters in the words, not their square.
        """
        words = [chr(0x4E00 + n) * 2 for n in range(3_000)]
        part = Words.of(words, fold=False)

        assert part.step(0, words[7][0], repeats=False) > 0
        assert BROKEN == part.step(
            part.step(0, words[7][0], repeats=False), words[7][0], repeats=False
        )
