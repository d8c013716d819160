"""
How are strings over an alphabet drawn quickly, each as likely as any other?
"""

from collections.abc import Callable
from functools import lru_cache
from typing import ClassVar, Final, final

import attrs

from ..problems import Problem
from .alphabet import ensure_usable
from .canonical import Kind, kind_of


__all__ = [
    "TRIES",
    "LengthNotAccepted",
    "NothingToGenerate",
    "Randomness",
    "Sampler",
    "number_below",
    "sampler_over",
]

#: A source of chance: returns so many random bytes.
Randomness = Callable[[int], bytes]

#: How often a draw is repeated before another way is taken. The Portal's policy
#: accepts 99 of 100 strings of 16 characters over the default alphabet.
TRIES: Final = 64

_LOWER, _UPPER, _DIGIT, _SPECIAL = range(1, 5)
_NUMBERS: Final = {
    Kind.LOWER: _LOWER,
    Kind.UPPER: _UPPER,
    Kind.DIGIT: _DIGIT,
    Kind.SPECIAL: _SPECIAL,
    None: 0,
}


@attrs.frozen
class LengthNotAccepted(Problem):
    """
    A generated password has a length that its policy accepts.  [R16]
    """

    code: ClassVar[str] = "password_policy.length_not_accepted"

    minimum: int
    maximum: int


@attrs.frozen
class NothingToGenerate(Problem):
    """
    A password is generated from an alphabet that the policy accepts something of.
    """

    code: ClassVar[str] = "password_policy.nothing_to_generate"


@final
@attrs.frozen
class Sampler:
    """
    Draws strings over an alphabet within Latin-1.
    """

    length: int
    #: How many bytes to ask for, so that nearly always enough of them are kept.
    asked: int
    #: From a random byte to the byte of a character.
    characters: bytes
    #: The random bytes that would make some characters likelier than others.
    surplus: bytes
    #: From the byte of a character to the number of its kind.
    kinds: bytes

    def draw(self, randomness: Randomness, min_kinds: int) -> str | None:
        """
        Return a string of at least *min_kinds* kinds, or `None` to try again.
        """
        drawn = randomness(self.asked).translate(self.characters, self.surplus)
        drawn = drawn[: self.length]
        kinds = drawn.translate(self.kinds)
        found = (_LOWER in kinds) + (_UPPER in kinds)
        found += (_DIGIT in kinds) + (_SPECIAL in kinds)
        if found < min_kinds or len(drawn) < self.length:
            return None
        return drawn.decode("latin-1")


@lru_cache(maxsize=64)
def sampler_over(alphabet: str, length: int) -> Sampler | None:
    """
    Return what draws *length* characters of *alphabet*, if it is within Latin-1.

    Raises:
        Invalid: strings over *alphabet* are not all canonical.
    """
    ensure_usable(alphabet)
    try:
        encoded = alphabet.encode("latin-1")
    except UnicodeEncodeError:
        return None
    size = len(encoded)
    kept = 256 - 256 % size
    return Sampler(
        length=length,
        asked=length * 256 // kept + 16,
        characters=bytes(encoded[byte % size] for byte in range(256)),
        surplus=bytes(range(kept, 256)),
        kinds=bytes(_NUMBERS[kind_of(chr(byte))] for byte in range(256)),
    )


def number_below(limit: int, randomness: Randomness) -> int:
    """
    Return a number from 0 to below *limit*, each as likely as any other.

    Raises:
        ValueError: *randomness* never varies.
    """
    bits = limit.bit_length()
    size = (bits + 7) // 8
    for _ in range(TRIES):
        number = int.from_bytes(randomness(size)) >> (8 * size - bits)
        if number < limit:
            return number
    raise ValueError("randomness never varies")
