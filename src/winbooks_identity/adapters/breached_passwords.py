"""
Where are leaked passwords looked up?

Nowhere, in memory, in a sorted file, or at a service that answers by range. All
four are `BreachedPasswords`; none of them ever sees a password, only its key.
"""

from collections.abc import Callable, Iterable, Mapping
from mmap import ACCESS_READ, mmap
from pathlib import Path
from types import TracebackType
from typing import Final, Self, final

import attrs

from ..passwords.breached import Found, LookUp, NotFound, NotReachable, key_of


__all__ = [
    "BreachedPasswordsInMemory",
    "BreachedPasswordsService",
    "NoBreachedPasswords",
    "SortedKeyFile",
]

#: How many bytes of each key a file keeps. With a thousand million of them, one
#: password in 18 thousand million is refused by mistake.
_KEPT: Final = 8

#: How many hexadecimal digits of a key the service gets; each of the million
#: ranges has some hundreds of passwords, so it does not learn which one is meant.
_TOLD: Final = 5

#: More digits than any count of leaks has.
_MOST_DIGITS: Final = 18


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
class SortedKeyFile:
    """
    A file of keys in order, cut to eight bytes each, which is mapped, not read.

    Raises:
        OSError: there is no such file.
        ValueError: it is empty, or no file of keys.
    """

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._keys = mmap(file.fileno(), 0, access=ACCESS_READ)
        if len(self._keys) % _KEPT:
            self._keys.close()
            raise ValueError("not a file of keys")

    @classmethod
    def write(cls, path: Path, keys: Iterable[bytes]) -> None:
        """
        Write the file *path* with *keys*, in order and once each.
        """
        path.write_bytes(b"".join(sorted({key[:_KEPT] for key in keys})))

    def look_up(self, key: bytes) -> LookUp:
        """
        Return whether the file has the beginning of *key*; it counts no leaks.
        """
        wanted = key[:_KEPT]
        low, high = 0, len(self._keys) // _KEPT
        while low < high:
            middle = (low + high) // 2
            found = self._keys[middle * _KEPT : (middle + 1) * _KEPT]
            if found == wanted:
                return Found(1)
            if found < wanted:
                low = middle + 1
            else:
                high = middle
        return NotFound()

    def close(self) -> None:
        """
        Let go of the file.
        """
        self._keys.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


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
            nothing; it gives up within a second or so, with an `OSError`.
    """

    _fetch: Callable[[str], str]

    def look_up(self, key: bytes) -> LookUp:
        """
        Return what the service says, `NotReachable` if it makes no sense.
        """
        told, kept = key.hex().upper()[:_TOLD], key.hex().upper()[_TOLD:]
        try:
            lines = self._fetch(told).split()
        except OSError:
            return NotReachable()
        if not lines:
            return NotReachable()
        for line in lines:
            rest, _, count = line.partition(":")
            if rest.upper() == kept:
                return _counted(count)
        return NotFound()


def _counted(count: str) -> LookUp:
    # Some mirrors write thousands with commas, or no count at all.
    digits = count.replace(",", "") or "1"
    if not digits.isdecimal() or len(digits) > _MOST_DIGITS:
        return NotReachable()
    # What is listed without a leak is padding.
    return Found(int(digits)) if int(digits) else NotFound()
