"""
Who has a login on WinBooks on Web, in a test?
"""

from typing import final

from ...errors import OnWebUnavailable
from ...passwords import Password
from ...ports import OnWebAnswer
from ...winbooks_id import WinBooksId


__all__ = ["InMemoryOnWebDirectory"]


@final
class InMemoryOnWebDirectory:
    """
    Knows the logins that it was given; unreachable while `is_reachable` is false.
    """

    def __init__(self) -> None:
        self._passwords: dict[WinBooksId, Password] = {}
        self.is_reachable = True

    def add(self, login: WinBooksId, password: Password) -> None:
        """
        Let *login* sign in with *password* from now on.
        """
        self._passwords[login] = password

    def verify(self, login: WinBooksId, password: Password) -> OnWebAnswer:
        """
        Say whether both are those of one on Web user.  [R59, R60, R63]

        Raises:
            OnWebUnavailable: on Web is not reachable.
        """
        if not self.is_reachable:
            raise OnWebUnavailable
        known = self._passwords.get(login)
        if known is None:
            return OnWebAnswer.UNKNOWN_LOGIN
        if known.reveal() != password.reveal():
            return OnWebAnswer.WRONG_PASSWORD
        return OnWebAnswer.MATCH
