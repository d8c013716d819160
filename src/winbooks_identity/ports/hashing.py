"""
What turns passwords into something that can be stored?
"""

from typing import Protocol

from ..attempts import Standing
from ..passwords import Password


__all__ = [
    "PasswordHasher",
]


class PasswordHasher(Protocol):
    """
    Turns passwords into what can be stored.
    """

    @property
    def dummy_hash(self) -> str:
        """
        The hash of no password; to verify against it costs as much as any other.
        """
        ...

    def hash(self, password: Password) -> str:
        """
        Return a salted hash of *password*, with the parameters it was made with.

        Raises:
            HasherBusy: too many passwords are waiting, or there is no memory.
        """
        ...

    def verify(
        self, password_hash: str, password: Password, *, standing: Standing
    ) -> None:
        """
        Raise unless *password_hash* was made of *password*.

        Args:
            password_hash: what is stored, or the dummy.
            password: what was typed.
            standing: what is known of the person who typed it: guesses must not
                take the places of everyone else.  [S24]

        Raises:
            WrongPassword: it was not.
            HasherBusy: too many passwords are waiting, or there is no memory.
        """
        ...

    def needs_rehash(self, password_hash: str) -> bool:
        """
        Tell whether `hash` would make it with other parameters today.
        """
        ...
