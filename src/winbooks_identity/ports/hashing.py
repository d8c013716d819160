"""
What turns passwords into something that can be stored?
"""

from typing import Protocol

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

    def verify(self, password_hash: str, password: Password) -> None:
        """
        Raise unless *password_hash* was made of *password*.

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
