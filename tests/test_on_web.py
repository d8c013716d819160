"""
By hand for somebody who has a login on WinBooks on Web.
"""

import pytest

from winbooks_identity.on_web import (
    ChangeItOnWebFirst,
    NotTheLogin,
    NotThePassword,
    check,
)
from winbooks_identity.passwords import Password, PasswordPolicy
from winbooks_identity.passwords.problems import TooFewKinds, TooShort
from winbooks_identity.ports import OnWebAnswer
from winbooks_identity.problems import Problem


STRONG = Password("Correct-Horse-9")
WEAK = Password("abc")


class TestCheck:
    """
    Three things can be wrong, and each is told on its own field.

    [R59, R60, R62, Q9]
    """

    @pytest.mark.parametrize("password", [STRONG, WEAK])
    def test_another_login(self, password: Password) -> None:
        """
        The ID is not the login; nothing is said of the password.
        """
        assert {"winbooks_id": (NotTheLogin(),)} == check(
            OnWebAnswer.UNKNOWN_LOGIN, password, PasswordPolicy()
        )

    @pytest.mark.parametrize("password", [STRONG, WEAK])
    def test_another_password(self, password: Password) -> None:
        """
        Whether it would be a good one does not matter.
        """
        assert {"password": (NotThePassword(),)} == check(
            OnWebAnswer.WRONG_PASSWORD, password, PasswordPolicy()
        )

    @pytest.mark.parametrize(
        "password,expected",
        [(STRONG, ()), (WEAK, (ChangeItOnWebFirst(), TooShort(12, 9), TooFewKinds(3)))],
    )
    def test_the_right_password(
        self, password: Password, expected: tuple[Problem, ...]
    ) -> None:
        """
        It is also one that the Portal takes, or it says why not and what to do.
        """
        assert {"password": expected} == check(
            OnWebAnswer.MATCH, password, PasswordPolicy()
        )
