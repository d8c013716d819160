"""
What must hold when a user with a login on WinBooks on Web is made by hand?
"""

from typing import ClassVar

import attrs

from ..errors import InvalidFields
from ..forms.new_user import GeneratedPassword, GenerationNotAllowed
from ..passwords import Password
from ..passwords.judge import Verdict
from ..ports import OnWebAnswer
from ..problems import Problem


__all__ = [
    "ChangeItOnWebFirst",
    "NotTheLogin",
    "OnWebPasswordDiffers",
    "check",
    "password_to_verify",
]


@attrs.frozen
class NotTheLogin(Problem):
    """
    The WinBooks ID equals the on Web login.  [R59]
    """

    code: ClassVar[str] = "winbooks_id.not_the_on_web_login"


@attrs.frozen
class OnWebPasswordDiffers(Problem):
    """
    The password equals the on Web password.  [R60]
    """

    code: ClassVar[str] = "password.not_the_on_web_password"


@attrs.frozen
class ChangeItOnWebFirst(Problem):
    """
    The on Web password keeps to the Portal's rule too.

    It is the right one, so it can only be changed where it lives.  [R62, Q9]
    """

    code: ClassVar[str] = "password.change_it_on_web_first"


def password_to_verify(
    password: Password | GeneratedPassword, *, on_web: bool
) -> Password | None:
    """
    Return what on Web has to confirm, or `None` where it knows no login.

    [R60, R61]

    Raises:
        InvalidFields: it has to confirm it, so no password is generated.
    """
    if not on_web:
        return None
    if isinstance(password, GeneratedPassword):
        raise InvalidFields({"password": (GenerationNotAllowed(),)})
    return password


def check(answer: OnWebAnswer, verdict: Verdict) -> dict[str, tuple[Problem, ...]]:
    """
    Return the problems by field.

    Args:
        answer: what on Web said of ID and password.
        verdict: what the Portal's rule says of the password.
    """
    if answer is OnWebAnswer.UNKNOWN_LOGIN:
        return {"winbooks_id": (NotTheLogin(),)}
    if answer is OnWebAnswer.WRONG_PASSWORD:
        return {"password": (OnWebPasswordDiffers(),)}
    broken = verdict.problems
    return {"password": (ChangeItOnWebFirst(), *broken) if broken else ()}
