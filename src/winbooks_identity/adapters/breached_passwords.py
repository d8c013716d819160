"""
Where are leaked passwords looked up?

Nowhere, in memory, in a `SortedKeyFile`, or at a service that answers by range. All
four are `BreachedPasswords`; none of them ever sees a password, only its key.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from http.client import HTTPException
from typing import Final, Self, final

import attrs

from ..passwords.breached import Found, LookUp, NotFound, NotReachable, key_of


__all__ = [
    "BreachedPasswordsInMemory",
    "BreachedPasswordsService",
    "NoBreachedPasswords",
]

#: How many hexadecimal digits of a key the service gets; each of the million
#: ranges has some hundreds of passwords, so it does not learn which one is meant.
_TOLD: Final = 5

#: A line of an answer: how a key goes on, and how often its password leaked.  Some
#: mirrors write thousands with commas.
_LINE: Final = re.compile(r"([0-9A-Fa-f]{35}):([0-9][0-9,]{0,17})")


@final
@attrs.frozen
class NoBreachedPasswords:
    """
    An empty collection, for products that take the risk.
    """

    def look_up(self, key: bytes) -> LookUp:  # noqa: ARG002  The port has it.
        """
        Return that nothing is known to have leaked.
        """
        return NotFound()


@final
@attrs.frozen
class BreachedPasswordsInMemory:
    """
    A collection of some leaked passwords, for tests and for short lists.
    """

    _counts: Mapping[bytes, int] = attrs.field(repr=False)

    @classmethod
    def of(cls, passwords: Iterable[str]) -> Self:
        """
        Return the collection of *passwords*, given in their canonical form.
        """
        counts: dict[bytes, int] = {}
        for password in passwords:
            key = key_of(password)
            counts[key] = counts.get(key, 0) + 1
        return cls(counts)

    def look_up(self, key: bytes) -> LookUp:
        """
        Return how often the password with this *key* is in the collection.
        """
        count = self._counts.get(key, 0)
        return Found(count) if count else NotFound()


@final
@attrs.frozen
class BreachedPasswordsService:
    """
    A service that lists, for the beginning of a key, how such keys go on.

    It speaks the range protocol of Have I Been Pwned.

    Args:
        fetch: takes the beginning of a key, five hexadecimal digits, and returns
            the text that the service answers with. It asks for padding (the
            header ``Add-Padding: true``), so that the size of the answer tells
            nothing; it gives up within a second or so. An `OSError`, an
            `HTTPException` and bytes that are no text mean "not reachable"; turn
            other errors of your client into one of these.
    """

    _fetch: Callable[[str], str]

    def look_up(self, key: bytes) -> LookUp:
        """
        Return what the service says, `NotReachable` if any of it makes no sense.

        A page of HTML, an error in JSON, a line that was cut or hashes of another
        kind say nothing about a password, so nothing of such an answer is believed.
        """
        digits = key.hex().upper()
        try:
            answer = self._fetch(digits[:_TOLD])
        except (OSError, HTTPException, UnicodeError):
            return NotReachable()
        lines = answer.removeprefix("\ufeff").split("\n")
        found = [_LINE.fullmatch(line.strip()) for line in lines if line.strip()]
        if not found or None in found:
            return NotReachable()
        # What is listed without a leak is padding, and one line of it hides no other.
        counts = [
            int(each[2].replace(",", ""))
            for each in found
            if each is not None and each[1].upper() == digits[_TOLD:]
        ]
        return Found(max(counts)) if any(counts) else NotFound()
