"""
What does a class have to do to be a `PasswordHasher`?
"""

from typing import Final

import pytest

from ...attempts import Standing
from ...passwords import Password
from ...ports import PasswordHasher
from ...refusals import WrongPassword
from .suite import Contract


__all__ = ["PasswordHasherContract"]

#: Characters that a column for hashes has at the least.
MAX_LENGTH: Final = 255

_PASSWORD = "Zomer-2026-in-Gent"  # noqa: S105, invented for the test


class PasswordHasherContract(Contract):
    """
    A hash tells its password from all others, and nothing else.
    """

    @pytest.fixture
    def hasher(self) -> PasswordHasher:
        """
        Return the hasher to test, as cheap as it can be made.
        """
        raise NotImplementedError("supply the fixture hasher")

    def test_the_password_is_recognised(self, hasher: PasswordHasher) -> None:
        """
        Verifying the password that was hashed raises nothing.
        """
        stored = hasher.hash(Password(_PASSWORD))

        hasher.verify(stored, Password(_PASSWORD), standing=Standing.KNOWN)

    @pytest.mark.parametrize(
        "other",
        [
            pytest.param("zomer-2026-in-Gent", id="other case"),
            pytest.param("Zomer-2026-in-Gent ", id="a blank more"),
            pytest.param("Zomer-2026-in-Gen", id="a character less"),
            pytest.param("Zomer-2026-in-Ghent", id="a character within"),
        ],
    )
    def test_another_password_is_wrong(
        self, hasher: PasswordHasher, other: str
    ) -> None:
        """
        However alike they are.
        """
        stored = hasher.hash(Password(_PASSWORD))

        with pytest.raises(WrongPassword):
            hasher.verify(stored, Password(other), standing=Standing.KNOWN)

    @pytest.mark.parametrize("standing", list(Standing))
    def test_standing_changes_no_verdict(
        self, hasher: PasswordHasher, standing: Standing
    ) -> None:
        """
        It is about places, never about passwords.
        """
        stored = hasher.hash(Password(_PASSWORD))

        hasher.verify(stored, Password(_PASSWORD), standing=standing)
        with pytest.raises(WrongPassword):
            hasher.verify(stored, Password("Winter-2026"), standing=standing)

    def test_all_of_a_long_password_counts(self, hasher: PasswordHasher) -> None:
        """
        A difference in the last of 128 characters is noticed.
        """
        stored = hasher.hash(Password("é" * 127 + "a"))

        with pytest.raises(WrongPassword):
            hasher.verify(stored, Password("é" * 127 + "b"), standing=Standing.KNOWN)

    def test_equal_passwords_have_different_hashes(
        self, hasher: PasswordHasher
    ) -> None:
        """
        Hashes are salted.
        """
        assert hasher.hash(Password(_PASSWORD)) != hasher.hash(Password(_PASSWORD))

    def test_a_hash_is_short_printable_ascii(self, hasher: PasswordHasher) -> None:
        """
        It fits any text column.
        """
        stored = hasher.hash(Password(_PASSWORD))

        assert (True, True) == (stored.isascii(), stored.isprintable())
        assert MAX_LENGTH >= len(stored)

    @pytest.mark.parametrize("damaged", ["", "$", "plain text", "\ud800", "é" * 1000])
    def test_no_hash_has_no_password(
        self, hasher: PasswordHasher, damaged: str
    ) -> None:
        """
        What is no hash was made of no password, and breaks nothing else.
        """
        with pytest.raises(WrongPassword):
            hasher.verify(damaged, Password(_PASSWORD), standing=Standing.KNOWN)

    def test_the_password_is_not_in_the_hash(self, hasher: PasswordHasher) -> None:
        """
        A hash does not contain what it was made of.
        """
        assert _PASSWORD not in hasher.hash(Password(_PASSWORD))
