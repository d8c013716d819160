"""
Has a password leaked somewhere, and what if that cannot be known?
"""

from enum import Enum
from typing import Protocol, final

import attrs


__all__ = [
    "BreachCheck",
    "BreachedPasswords",
    "Found",
    "LookUp",
    "NotFound",
    "NotReachable",
    "key_of",
]


@final
class BreachCheck(Enum):
    """
    What a policy makes of leaked passwords.
    """

    #: They are not looked up.
    OFF = "off"
    #: They are refused; where the look-up fails, the password is accepted.
    IF_REACHABLE = "if reachable"
    #: They are refused; where the look-up fails, the password is refused too.
    ALWAYS = "always"


@final
@attrs.frozen
class Found:
    """
    The password has leaked, so many times.
    """

    count: int


@final
@attrs.frozen
class NotFound:
    """
    The password is not among those that are known to have leaked.
    """


@final
@attrs.frozen
class NotReachable:
    """
    The look-up failed: nothing is known about the password.
    """


LookUp = Found | NotFound | NotReachable


class BreachedPasswords(Protocol):
    """
    A collection of leaked passwords, by the SHA-1 of their canonical form.
    """

    def look_up(self, key: bytes) -> LookUp:
        """
        Return what is known about the password with this *key*.

        It does not raise: a failure is `NotReachable`.

        Args:
            key: the twenty bytes of `key_of` a password.
        """
        ...


def key_of(text: str) -> bytes:
    """
    Return the SHA-1 of *text*, under which collections of leaked passwords list it.
    """
    from hashlib import sha1

    return sha1(text.encode(), usedforsecurity=False).digest()
