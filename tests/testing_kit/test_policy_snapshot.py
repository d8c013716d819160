"""
A policy is as it was reviewed, and those of before are still known.
"""

from pathlib import Path

import pytest

from winbooks_identity.passwords import PasswordPolicy
from winbooks_identity.passwords.named import RECOMMENDED
from winbooks_identity.testing.policy_change import decision_table
from winbooks_identity.testing.policy_snapshot import assert_known, assert_reviewed


pytest_plugins = ["pytester"]

OLD = PasswordPolicy(min_length=13)
NEW = PasswordPolicy(min_length=14)

A_TEST = """\
from pathlib import Path

from winbooks_identity.passwords import PasswordPolicy


def test_policy(policy_snapshot, policy_history):
    policy = PasswordPolicy(min_length={length})
    policy_snapshot(policy, Path("policy.txt"))
    policy_history([policy], Path("policies.txt"))
"""


class TestReviewed:
    """
    A change of the decision table shows up in a review.
    """

    def test_written_and_compared(self, tmp_path: Path) -> None:
        """
        The same policy passes, whenever it is compared.
        """
        path = tmp_path / "policy.txt"

        assert_reviewed(NEW, path, update=True)
        assert_reviewed(NEW, path)

        assert decision_table(NEW) == path.read_text("utf-8")

    def test_changed(self, tmp_path: Path) -> None:
        """
        The lines that differ are shown, and the file stays.
        """
        path = tmp_path / "policy.txt"
        assert_reviewed(OLD, path, update=True)

        with pytest.raises(AssertionError) as failure:
            assert_reviewed(NEW, path)

        said = str(failure.value).splitlines()
        assert said[0].startswith("the policy is not as in policy.txt; if that is")
        assert {"-min_length = 13", "+min_length = 14"} <= set(said)
        assert decision_table(OLD) == path.read_text("utf-8")

    def test_missing(self, tmp_path: Path) -> None:
        """
        A snapshot that was forgotten does not pass.
        """
        with pytest.raises(AssertionError, match="pytest --update-policies writes it"):
            assert_reviewed(NEW, tmp_path / "policy.txt")


class TestKnown:
    """
    The rules behind a stored fingerprint are not lost.
    """

    def test_new_ones_are_added(self, tmp_path: Path) -> None:
        """
        Each with its rules, so that a lost one can be made again.
        """
        path = tmp_path / "policies.txt"

        assert_known([OLD], path, update=True)
        assert_known([OLD, NEW], path, update=True)
        assert_known([NEW, OLD], path)

        assert [
            f'{OLD.fingerprint} {{"min_length": 13, "max_length": 128, "min_kinds": 3}}',
            f'{NEW.fingerprint} {{"min_length": 14, "max_length": 128, "min_kinds": 3}}',
        ] == path.read_text("utf-8").splitlines()

    def test_not_added_yet(self, tmp_path: Path) -> None:
        """
        The history is whole: what is in force is in it.
        """
        with pytest.raises(AssertionError, match="--update-policies adds them"):
            assert_known([NEW], tmp_path / "policies.txt")

    @pytest.mark.parametrize("update", [False, True])
    def test_lost(self, tmp_path: Path, update: bool) -> None:
        """
        The rules are named; no option forgets them.
        """
        path = tmp_path / "policies.txt"
        assert_known([OLD, NEW], path, update=True)
        before = path.read_text("utf-8")

        with pytest.raises(AssertionError, match='"min_length": 13'):
            assert_known([NEW], path, update=update)

        assert before == path.read_text("utf-8")

    def test_named_ones_are_known(self, tmp_path: Path) -> None:
        """
        They come with the library.
        """
        path = tmp_path / "policies.txt"
        assert_known([RECOMMENDED, NEW], path, update=True)

        assert_known([NEW], path)


class TestPlugin:
    """
    One option of pytest writes the files.
    """

    def test_the_option(self, pytester: pytest.Pytester) -> None:
        """
        Without it, a test fails until the files are as they should be.
        """

        def outcome(*options: str) -> tuple[int, int]:
            run = pytester.inline_run("-p", "no:xdist", *options)
            passed, _, failed = run.countoutcomes()
            return passed, failed

        pytester.makepyfile(A_TEST.format(length=13))
        assert (0, 1) == outcome()
        assert (1, 0) == outcome("--update-policies")
        assert (1, 0) == outcome()
        assert "min_length = 13" in Path("policy.txt").read_text("utf-8")

        pytester.makepyfile(A_TEST.format(length=14))
        assert (0, 1) == outcome()
        assert (0, 1) == outcome("--update-policies")
        assert "min_length = 14" in Path("policy.txt").read_text("utf-8")
