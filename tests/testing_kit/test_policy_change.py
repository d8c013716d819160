"""
A change of policy is shown by the shortest passwords that flip.
"""

import pytest

from winbooks_identity.passwords import PasswordPolicy
from winbooks_identity.passwords.change import policy_change
from winbooks_identity.passwords.change_formats import as_text
from winbooks_identity.testing.policy_change import assert_policy_change, decision_table


PORTAL = PasswordPolicy()


class TestAssertPolicyChange:
    """
    The relation is exact, and the failure is readable.
    """

    def test_as_expected(self) -> None:
        """
        The comparison is there for further questions.
        """
        comparison = assert_policy_change(
            PORTAL, PasswordPolicy(min_length=14), expected="stricter"
        )

        assert "stricter" == comparison.relation

    def test_one_of_several(self) -> None:
        """
        "Never looser" is two relations.
        """
        comparison = assert_policy_change(
            PORTAL, PORTAL, expected={"equal", "stricter"}
        )

        assert "equal" == comparison.relation

    def test_the_report_is_shown(self) -> None:
        """
        The same as on the command line: what, why, whom and what to do.
        """
        new = PasswordPolicy(min_length=14, min_kinds=2)

        with pytest.raises(AssertionError) as failure:
            assert_policy_change(PORTAL, new, expected="stricter")

        said, _, told = str(failure.value).partition("\n\n")
        assert "the new policy is incomparable, expected: stricter" == said
        assert as_text(policy_change(PORTAL, new), width=80) == told
        assert "  Because of: Minimum length.\n" in told

    def test_nothing_flips_one_way(self) -> None:
        """
        A stricter policy accepts nothing new.
        """
        with pytest.raises(AssertionError) as failure:
            assert_policy_change(
                PORTAL, PasswordPolicy(min_length=14), expected="equal"
            )

        assert "Refused from now on" in str(failure.value)
        assert "Accepted from now on" not in str(failure.value)

    def test_rules_that_are_left_out_are_admitted_to(self) -> None:
        """
        A comparison that cannot see a rule does not pass silently.
        """
        with pytest.raises(AssertionError, match="look-up: min_strength"):
            assert_policy_change(
                PORTAL, PasswordPolicy(min_strength=3), expected="equal"
            )

    def test_admitted_to(self) -> None:
        """
        Named in the test, the rule is known to be left out.
        """
        comparison = assert_policy_change(
            PORTAL,
            PasswordPolicy(min_strength=3),
            expected="equal",
            undecided=["min_strength"],
        )

        assert ("min_strength",) == comparison.undecided

    def test_what_is_left_out_stands_in_the_report(self) -> None:
        """
        Whoever reads it knows that it is not the whole story.
        """
        new = PasswordPolicy(min_length=13, min_strength=3)

        with pytest.raises(AssertionError, match="exactly: Strength from 0 to 4"):
            assert_policy_change(PORTAL, new, expected="equal")


class TestDecisionTable:
    """
    A policy as text, for review.
    """

    def test_the_portal(self) -> None:
        """
        Three of four kinds from twelve characters on.
        """
        assert (
            "lower case  upper case  digit  special  accepted from\n"
            "-           -           -      -        never\n"
            "x           -           -      -        never\n"
            "-           x           -      -        never\n"
            "-           -           x      -        never\n"
            "-           -           -      x        never\n"
            "x           x           -      -        never\n"
            "x           -           x      -        never\n"
            "x           -           -      x        never\n"
            "-           x           x      -        never\n"
            "-           x           -      x        never\n"
            "-           -           x      x        never\n"
            "x           x           x      -        12\n"
            "x           x           -      x        12\n"
            "x           -           x      x        12\n"
            "-           x           x      x        12\n"
            "x           x           x      x        12\n"
        ) == decision_table(PORTAL).partition("\n\n")[0] + "\n"

    def test_the_rules_follow(self) -> None:
        """
        What the table cannot show is in the snapshot too.
        """
        table = decision_table(PasswordPolicy(max_run=2, min_upper=1))

        assert "max_run = 2" in table.splitlines()
        assert "min_upper = 1" in table.splitlines()
