"""
Which way do the rules change that no automaton decides?
"""

from collections.abc import Sequence

import pytest

from winbooks_identity.passwords import PasswordPolicy
from winbooks_identity.passwords.breached import BreachCheck
from winbooks_identity.passwords.comparison import Relation
from winbooks_identity.passwords.named import PORTAL, RECOMMENDED
from winbooks_identity.passwords.undecided import combined, heuristic_relation


LEANING = PasswordPolicy(min_unfamiliar=2, word_lists=["en"])

#: Each pair differs in one rule; the second asks for more.
STRICTER = [
    (PORTAL, PasswordPolicy(min_strength=1)),
    (LEANING, PasswordPolicy(min_unfamiliar=3, word_lists=["en"])),
    (LEANING, PasswordPolicy(min_unfamiliar=2, word_lists=["en", "years"])),
    (
        LEANING,
        PasswordPolicy(min_unfamiliar=2, word_lists=["en"], personal_words=True),
    ),
    (
        LEANING,
        PasswordPolicy(min_unfamiliar=2, word_lists=["en"], refuse_familiar=True),
    ),
    (PORTAL, PasswordPolicy(breach_check=BreachCheck.IF_REACHABLE)),
    (
        PasswordPolicy(breach_check=BreachCheck.IF_REACHABLE),
        PasswordPolicy(breach_check=BreachCheck.ALWAYS),
    ),
]


class TestDirection:
    """
    Each of these rules asks for more, for less, or for other things.
    """

    @pytest.mark.parametrize("old, new", STRICTER)
    def test_one_rule(self, old: PasswordPolicy, new: PasswordPolicy) -> None:
        """
        What asks for more is stricter, and looser the other way round.
        """
        assert ("stricter", "looser") == (
            heuristic_relation(old, new),
            heuristic_relation(new, old),
        )

    def test_other_rules_do_not_count(self) -> None:
        """
        Rules that a comparison decides are left to it.
        """
        assert "equal" == heuristic_relation(
            PORTAL, PasswordPolicy(min_length=40, min_kinds=1)
        )

    def test_more_here_and_less_there(self) -> None:
        """
        Nothing is weighed against something else.
        """
        other = PasswordPolicy(min_unfamiliar=2, word_lists=["years"], min_strength=1)

        assert "incomparable" == heuristic_relation(LEANING, other)
        assert "looser" == heuristic_relation(RECOMMENDED, PORTAL)


class TestTogether:
    """
    Rules that go in different directions make policies incomparable.
    """

    @pytest.mark.parametrize(
        "relations, expected",
        [
            ([], "equal"),
            (["equal", "equal"], "equal"),
            (["equal", "stricter"], "stricter"),
            (["looser", "looser"], "looser"),
            (["stricter", "looser"], "incomparable"),
            (["stricter", "incomparable"], "incomparable"),
            (["incomparable", "equal"], "incomparable"),
        ],
    )
    def test_each(self, relations: Sequence[Relation], expected: Relation) -> None:
        """
        What is equal weighs nothing.
        """
        assert expected == combined(relations)
