"""
Which rules make the difference between two policies, and how much does each make?
"""

import itertools
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from winbooks_identity.errors import Invalid
from winbooks_identity.passwords import PasswordPolicy
from winbooks_identity.passwords import attribution as module
from winbooks_identity.passwords.alphabet import PRINTABLE_ASCII, AlphabetRepeats
from winbooks_identity.passwords.attribution import Attribution, Shares
from winbooks_identity.passwords.named import ACTIVE_DIRECTORY, PORTAL, RECOMMENDED
from winbooks_identity.passwords.rules import Rules
from winbooks_identity.passwords.work import TooLarge, Work


#: Every password that these policies know of can be listed.
TINY: Final = "aB1 \u00df"
STRINGS: Final = [
    "".join(string)
    for length in range(1, 5)
    for string in itertools.product(TINY, repeat=length)
]
KINDS: Final = {"a": "lower", "\u00df": "lower", "B": "upper", "1": "digits"}
WORDS: Final = ("ab", "a", "1b", "B1", "ss", "ABA", "  ", "aB1 ")


def has_kinds(least: int, text: str) -> bool:
    """
    Tell whether so many kinds occur in *text*.
    """
    return len({KINDS.get(each, "special") for each in text}) >= least


def number(kind: str, text: str) -> int:
    """
    Return how many characters of *kind* there are.
    """
    return sum(KINDS.get(each, "special") == kind for each in text)


def longest_run(text: str) -> int:
    """
    Return how often a character follows itself at most.
    """
    return max(len(list(run)) for _, run in itertools.groupby(text))


#: Each rule told once more, without an automaton.
TOLD: Final[Mapping[str, Callable[[Any, str], bool]]] = {
    "min_length": lambda value, text: len(text) >= value,
    "max_length": lambda value, text: len(text) <= value,
    "min_kinds": has_kinds,
    "min_lower": lambda value, text: number("lower", text) >= value,
    "min_digits": lambda value, text: number("digits", text) >= value,
    "max_upper": lambda value, text: number("upper", text) <= value,
    "max_special": lambda value, text: number("special", text) <= value,
    "allowed_characters": lambda value, text: set(text) <= set(value),
    "forbidden_characters": lambda value, text: set(text).isdisjoint(value),
    "forbidden_words": lambda value, text: (
        not any(word.casefold() in text.casefold() for word in value)
    ),
    "forbidden_spellings": lambda value, text: not any(word in text for word in value),
    "denied": lambda value, text: (
        text.casefold() not in {word.casefold() for word in value}
    ),
    "denied_spellings": lambda value, text: text not in value,
    "max_run": lambda value, text: longest_run(text) <= value,
}

COUNT: Final = st.integers(0, 2)
LISTS: Final = st.lists(st.sampled_from(WORDS), max_size=2, unique=True).map(tuple)
VALUES: Final[Mapping[str, st.SearchStrategy[Any]]] = {
    "min_length": st.integers(1, 4),
    "max_length": st.integers(2, 4),
    "min_kinds": st.integers(0, 3),
    "min_lower": COUNT,
    "min_digits": COUNT,
    "max_upper": COUNT,
    "max_special": COUNT,
    "allowed_characters": st.sampled_from([TINY, "aB1", "aB \u00df", "B1 "]),
    "forbidden_characters": st.sampled_from(["", "a", "B", "1\u00df"]),
    "forbidden_words": LISTS,
    "forbidden_spellings": LISTS,
    "denied": LISTS,
    "denied_spellings": LISTS,
    "max_run": st.integers(1, 4),
}
#: What a rule says where a policy does not mention it; all passwords can be listed.
SILENT: Final[Mapping[str, Any]] = {
    "min_length": 1,
    "max_length": 4,
    "min_kinds": 0,
    "min_lower": 0,
    "min_digits": 0,
    "max_upper": 4,
    "max_special": 4,
    "allowed_characters": TINY,
    "forbidden_characters": "",
    "forbidden_words": (),
    "forbidden_spellings": (),
    "denied": (),
    "denied_spellings": (),
    "max_run": 4,
}


@st.composite
def rules(draw: st.DrawFn) -> dict[str, Any]:
    """
    Return what a policy says of each rule: of a few of them, something.
    """
    spoken = draw(st.sets(st.sampled_from(sorted(VALUES)), max_size=5))
    return {**SILENT, **{rule: draw(VALUES[rule]) for rule in sorted(spoken)}}


@cache
def follow(rule: str, value: object) -> frozenset[str]:
    """
    Return the listed strings that follow one rule.
    """
    return frozenset(text for text in STRINGS if TOLD[rule](value, text))


def accepted(said: Mapping[str, Any]) -> frozenset[str]:
    """
    Return the listed strings that follow every rule.
    """
    return frozenset(STRINGS).intersection(*(follow(*each) for each in said.items()))


def undone(
    new: Mapping[str, Any], old: Mapping[str, Any], names: tuple[str, ...]
) -> Mapping[str, Any]:
    """
    Return the new rules, those with these *names* as they were.
    """
    return {**new, **{name: old[name] for name in names}}


class TestOracle:
    """
    Every password is listed, and every choice of rules is tried.
    """

    @settings(max_examples=60, deadline=None)
    @given(rules(), rules())
    def test_no_smaller_choice_will_do(
        self, old: dict[str, Any], new: dict[str, Any]
    ) -> None:
        """
        Undoing the named rules removes the difference, and no smaller choice does.
        """
        attribution = Attribution(Rules(**old), Rules(**new))
        changed = [rule for rule in SILENT if set_of(old[rule]) != set_of(new[rule])]

        def refuses(names: tuple[str, ...]) -> bool:
            return bool(accepted(old) - accepted(undone(new, old, names)))

        def admits(names: tuple[str, ...]) -> bool:
            return bool(accepted(undone(new, old, names)) - accepted(old))

        for named, is_left in (
            (attribution.refusing, refuses),
            (attribution.admitting, admits),
        ):
            assert set(named) <= set(changed)
            assert not is_left(named)
            for fewer in range(len(named)):
                assert all(map(is_left, itertools.combinations(changed, fewer)))

    @settings(max_examples=60, deadline=None)
    @given(rules(), rules())
    def test_shares(self, old: dict[str, Any], new: dict[str, Any]) -> None:
        """
        The numbers are those of the listed strings, by rule and together.
        """
        attribution = Attribution(Rules(**old), Rules(**new))
        for found, before, after in (
            (attribution.shares_refused(range(1, 6), TINY), old, new),
            (attribution.shares_accepted(range(1, 6), TINY), new, old),
        ):
            for length, shares in found.items():
                passed = {each for each in accepted(before) if len(each) == length}
                assert len(passed) == shares.accepted
                assert len(passed - accepted(after)) == shares.refused
                assert {
                    rule: len(passed - follow(rule, after[rule]))
                    for rule in shares.by_rule
                } == shares.by_rule


def set_of(value: object) -> object:
    """
    Return *value*, or what is in it whatever the order.
    """
    return frozenset(value) if isinstance(value, str | tuple) else value


class TestRefusing:
    """
    The rules that refuse something new are named, and no others.
    """

    @pytest.mark.parametrize(
        "old,new,refusing,admitting",
        [
            (PORTAL, PORTAL, (), ()),
            (PORTAL, PasswordPolicy(min_length=14), ("min_length",), ()),
            (
                PORTAL,
                PasswordPolicy(min_length=14, min_kinds=2),
                ("min_length",),
                ("min_kinds",),
            ),
            # One of each kind is four kinds: the one change undoes the other.
            (
                PasswordPolicy(
                    min_kinds=4, min_lower=1, min_upper=1, min_digits=1, min_special=1
                ),
                PasswordPolicy(min_kinds=0),
                (),
                ("min_kinds",),
            ),
            # What is forbidden in a longer word was forbidden in a shorter one.
            (
                PasswordPolicy(forbidden_words=["win"]),
                PasswordPolicy(forbidden_words=["win", "winbooks"], max_run=3),
                ("max_run",),
                (),
            ),
            (PORTAL, RECOMMENDED, ("min_length",), ()),
        ],
    )
    def test_rules(
        self,
        old: PasswordPolicy,
        new: PasswordPolicy,
        refusing: tuple[str, ...],
        admitting: tuple[str, ...],
    ) -> None:
        """
        A rule that changes nothing is not named.
        """
        attribution = old.attribute(new)

        assert (refusing, admitting) == (attribution.refusing, attribution.admitting)


class TestChanges:
    """
    Each changed rule is listed with its direction.
    """

    def test_each_direction(self) -> None:
        """
        Lists go both ways where something is added and something taken away.
        """
        old = PasswordPolicy(forbidden_words=["a", "b"], max_run=3, min_strength=2)
        new = PasswordPolicy(forbidden_words=["b", "c"], min_length=14, min_strength=3)

        assert [
            ("min_length", 12, 14, "stricter"),
            ("forbidden_words", ("a", "b"), ("b", "c"), "incomparable"),
            ("max_run", 3, None, "looser"),
            ("min_strength", 2, 3, "stricter"),
        ] == list(old.attribute(new).changes)

    def test_order_is_no_change(self) -> None:
        """
        Words and characters have no order.
        """
        old = PasswordPolicy(denied=["a", "b"], forbidden_characters="xy")
        new = PasswordPolicy(denied=["b", "a"], forbidden_characters="yx")

        assert () == old.attribute(new).changes

    def test_what_no_automaton_decides(self) -> None:
        """
        It is listed with the direction in which it goes.
        """
        assert {
            "min_unfamiliar": "stricter",
            "word_lists": "stricter",
            "min_strength": "stricter",
            "breach_check": "stricter",
            "refuse_familiar": "looser",
        } == ACTIVE_DIRECTORY.attribute(RECOMMENDED).undecided


class TestShares:
    """
    What each rule refuses, and all together.
    """

    def test_all_lengths(self) -> None:
        """
        From 8 to 24 characters; too short is refused altogether.
        """
        new = PasswordPolicy(min_length=14, forbidden_characters=" ")
        found = PORTAL.attribute(new).shares_refused()

        assert list(range(8, 25)) == list(found)
        assert 0 == found[8].accepted == found[8].refused
        assert PORTAL.count(12, alphabet=PRINTABLE_ASCII) == found[12].refused
        assert found[12].refused == found[12].by_rule["min_length"]
        assert found[12].refused > found[12].by_rule["forbidden_characters"] > 0
        assert found[16].refused == found[16].by_rule["forbidden_characters"]
        assert 0 == found[16].by_rule["min_length"]

    def test_up_to_a_length(self) -> None:
        """
        All shorter ones are counted in.
        """
        attribution = PORTAL.attribute(PasswordPolicy(min_length=13, min_kinds=2))
        refused = attribution.shares_refused(range(1, 15))
        admitted = attribution.shares_accepted(range(1, 15))

        assert attribution.shares_refused_up_to(14) == Shares(
            sum(each.accepted for each in refused.values()),
            refused[12].refused,
            {"min_length": refused[12].refused},
        )
        assert attribution.shares_accepted_up_to(14) == Shares(
            sum(each.accepted for each in admitted.values()),
            sum(each.refused for each in admitted.values()),
            {"min_kinds": sum(each.by_rule["min_kinds"] for each in admitted.values())},
        )

    def test_an_alphabet_that_cannot_be_counted(self) -> None:
        """
        It is refused, and not counted twice.
        """
        with pytest.raises(Invalid) as caught:
            PORTAL.attribute(PasswordPolicy(min_length=14)).shares_refused([12], "aa")

        assert (AlphabetRepeats(),) == caught.value.problems


class TestTooLarge:
    """
    What would take long is not begun.
    """

    def test_all_comparisons_together(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """
        Their work is added up.
        """
        attribution = PORTAL.attribute(PasswordPolicy(min_length=14, min_kinds=2))
        monkeypatch.setattr(module, "Work", lambda: Work(1_000))

        for answer in ("refusing", "admitting"):
            with pytest.raises(Invalid) as caught:
                getattr(attribution, answer)
            assert [TooLarge] == [type(each) for each in caught.value.problems]
