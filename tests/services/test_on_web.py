"""
By hand for someone who has a login on WinBooks on Web.
"""

import pytest

from winbooks_identity.errors import InvalidFields
from winbooks_identity.forms.new_user import GeneratedPassword, GenerationNotAllowed
from winbooks_identity.passwords import Password, PasswordJudge
from winbooks_identity.passwords.judge import Verdict
from winbooks_identity.passwords.problems import TooFewKinds, TooShort
from winbooks_identity.ports import OnWebAnswer
from winbooks_identity.problems import Problem
from winbooks_identity.services.on_web import (
    ChangeItOnWebFirst,
    NotTheLogin,
    OnWebPasswordDiffers,
    check,
    password_to_verify,
)


STRONG = Password("Correct-Horse-9")
WEAK = Password("abc")


def verdict_on(password: Password) -> Verdict:
    """
    Return what the Portal's rule says of *password*.
    """
    return PasswordJudge().judge(password.reveal(), personal=())


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
            OnWebAnswer.UNKNOWN_LOGIN, verdict_on(password)
        )

    @pytest.mark.parametrize("password", [STRONG, WEAK])
    def test_another_password(self, password: Password) -> None:
        """
        Whether it would be a good one does not matter.
        """
        assert {"password": (OnWebPasswordDiffers(),)} == check(
            OnWebAnswer.WRONG_PASSWORD, verdict_on(password)
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
        assert {"password": expected} == check(OnWebAnswer.MATCH, verdict_on(password))


class TestPasswordToVerify:
    """
    On an on Web licence the password is the on Web one, and no one draws it.

    [R60, R61]
    """

    @pytest.mark.parametrize("password", [STRONG, GeneratedPassword()])
    def test_elsewhere(self, password: Password | GeneratedPassword) -> None:
        """
        On another licence on Web is not asked.
        """
        assert None is password_to_verify(password, on_web=False)

    def test_typed(self) -> None:
        """
        What was typed has to be confirmed.
        """
        assert STRONG == password_to_verify(STRONG, on_web=True)

    def test_generated(self) -> None:
        """
        What is drawn cannot be the on Web password.
        """
        with pytest.raises(InvalidFields) as caught:
            password_to_verify(GeneratedPassword(), on_web=True)

        assert {"password": (GenerationNotAllowed(),)} == caught.value.by_field
