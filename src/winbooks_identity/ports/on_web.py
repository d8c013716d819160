"""
Who knows the logins of WinBooks on Web?
"""

from enum import Enum, auto
from typing import Protocol, final

from ..passwords import Password
from ..winbooks_id import WinBooksId


__all__ = [
    "OnWebAnswer",
    "OnWebDirectory",
]


@final
class OnWebAnswer(Enum):
    """
    What WinBooks on Web says of a login and a password.
    """

    MATCH = auto()
    UNKNOWN_LOGIN = auto()
    WRONG_PASSWORD = auto()


class OnWebDirectory(Protocol):
    """
    The logins of WinBooks on Web.
    """

    def verify(self, login: WinBooksId, password: Password) -> OnWebAnswer:
        """
        Say whether both are those of one on Web user.  [R59, R60, R63]

        Raises:
            OnWebUnavailable: on Web does not answer.
        """
        ...
