"""
What stands in for time, chance and secrecy in a test?
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256, shake_256
from random import Random
from typing import Final, final
from uuid import UUID

from ..errors import SealBroken
from .samples import NOW


__all__ = ["FrozenClock", "KeylessSealer", "identifiers", "seeded_randomness"]


#: Bytes.
_NONCE: Final = 16
_CHECKSUM: Final = 32


@final
class FrozenClock:
    """
    A clock that stands still until it is moved; call it to read it.
    """

    def __init__(self, now: datetime = NOW) -> None:
        self.now: datetime = now

    def __call__(self) -> datetime:
        """
        Return what the clock shows.
        """
        return self.now

    def advance(self, by: timedelta) -> None:
        """
        Move the clock forward.
        """
        self.now += by


@final
class KeylessSealer:
    """
    A `Sealer` whose boxes anyone can open: for tests alone.

    Args:
        randomness: returns so many random bytes.
    """

    def __init__(self, randomness: Callable[[int], bytes]) -> None:
        self._randomness = randomness

    def seal(self, clear: bytes, context: bytes) -> bytes:
        """
        Return *clear*, scrambled, with a checksum over it and *context*.
        """
        nonce = self._randomness(_NONCE)
        scrambled = _scrambled(clear, nonce)
        return nonce + _checksum(nonce, scrambled, context) + scrambled

    def unseal(self, sealed: bytes, context: bytes) -> bytes:
        """
        Return what was sealed.

        Raises:
            SealBroken: *sealed* was altered or belongs to another context.
        """
        nonce, checksum = sealed[:_NONCE], sealed[_NONCE : _NONCE + _CHECKSUM]
        scrambled = sealed[_NONCE + _CHECKSUM :]
        if checksum != _checksum(nonce, scrambled, context):
            raise SealBroken
        return _scrambled(scrambled, nonce)


def seeded_randomness(seed: int = 0) -> Callable[[int], bytes]:
    """
    Return a source of chance that repeats itself in every run.
    """
    return Random(seed).randbytes  # noqa: S311  It has to be predictable.


def identifiers(randomness: Callable[[int], bytes]) -> Callable[[], UUID]:
    """
    Return what makes fresh identifiers (RFC 9562, version 4) of *randomness*.
    """
    return lambda: UUID(bytes=randomness(16), version=4)


def _scrambled(text: bytes, nonce: bytes) -> bytes:
    mask = shake_256(nonce).digest(len(text))
    return bytes(one ^ other for one, other in zip(text, mask, strict=True))


def _checksum(nonce: bytes, scrambled: bytes, context: bytes) -> bytes:
    # The length keeps what belongs to one from counting as the other.
    return sha256(len(context).to_bytes(8) + context + nonce + scrambled).digest()
