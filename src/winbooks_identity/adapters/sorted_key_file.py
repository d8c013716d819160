"""
How are a thousand million leaked passwords looked up on this machine?

In a file of keys in order, which is mapped and not read.  It begins with what it is
and how many keys follow, so that a text file, other hashes or half a copy are refused
when it is opened, and not taken for "has not leaked".
"""

import heapq
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import islice, pairwise
from mmap import ACCESS_READ, mmap
from pathlib import Path
from tempfile import TemporaryDirectory, mkstemp
from types import TracebackType
from typing import BinaryIO, Final, Self, final

from ..passwords.breached import Found, LookUp, NotFound


__all__ = ["SortedKeyFile", "keys_in_text"]

#: Bytes of each key that a file keeps.  With a thousand million of them, one password
#: in 18 thousand million is refused by mistake.
_KEPT: Final = 8

#: What every file begins with; the number of its keys follows in eight bytes.
_MAGIC: Final = b"winbooks-identity keys 1\n"
_HEADER: Final = len(_MAGIC) + 8

#: Keys that are sorted in memory at a time, about 100 MB; the rest is on the disk.
_CHUNK: Final = 1_000_000

#: Places at which the order is checked when a file is opened.
_PLACES: Final = 1_000

#: A line of a list of leaked passwords: a SHA-1, and how often it leaked.
_LINE: Final = re.compile(r"([0-9A-Fa-f]{40})(?::\d+)?\s*")


@final
class SortedKeyFile:
    """
    A file of leaked passwords by the beginning of their keys; see `write`.

    Raises:
        OSError: there is no such file.
        ValueError: it was not made by `write`, or not copied whole.
    """

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            head = file.read(_HEADER)
            size = os.fstat(file.fileno()).st_size
            self._count = int.from_bytes(head[len(_MAGIC) :])
            is_whole = size == _HEADER + self._count * _KEPT and self._count
            if not head.startswith(_MAGIC) or not is_whole:
                raise ValueError("not a whole file of keys")
            self._keys = mmap(file.fileno(), 0, access=ACCESS_READ)
        if not self._is_in_order():
            self.close()
            raise ValueError("the keys of the file are not in order")

    @classmethod
    def write(
        cls, path: Path, keys: Iterable[bytes], *, at_a_time: int = _CHUNK
    ) -> int:
        """
        Write the file *path* with *keys*, in order and once each; return how many.

        The file is put in its place whole.  Keys that do not fit into memory wait in
        a folder beside it, so there is room for twice the file on that disk.

        Args:
            path: the file, which is replaced if it is there.
            keys: the twenty bytes of `key_of` each password, in any order; they are
                read once.
            at_a_time: how many keys are sorted in memory.

        Raises:
            OSError: the file cannot be written.
            ValueError: there is no key.
        """
        with TemporaryDirectory(prefix=f".{path.name}.", dir=path.parent) as folder:
            runs = [*_sorted_runs(keys, Path(folder), at_a_time)]
            draft = Path(folder) / "keys"
            with ExitStack() as stack, draft.open("wb") as file:
                files = [stack.enter_context(run.open("rb")) for run in runs]
                file.write(_MAGIC + bytes(8))
                count = _write_merged(file, map(_keys_of, files))
                file.seek(len(_MAGIC))
                file.write(count.to_bytes(8))
                file.flush()
                os.fsync(file.fileno())
            if not count:
                raise ValueError("there is no key to write")
            draft.replace(path)
        return count

    def look_up(self, key: bytes) -> LookUp:
        """
        Return whether the file has the beginning of *key*; it counts no leaks.
        """
        wanted = key[:_KEPT]
        low, high = 0, self._count
        while low < high:
            middle = (low + high) // 2
            found = self._key(middle)
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

    def _key(self, place: int) -> bytes:
        start = _HEADER + place * _KEPT
        return self._keys[start : start + _KEPT]

    def _is_in_order(self) -> bool:
        step = max(1, self._count // _PLACES)
        places = sorted(
            {0, self._count - 1}
            | {
                place
                for first in range(0, self._count, step)
                for place in (first, min(first + 1, self._count - 1))
            }
        )
        return all(a < b for a, b in pairwise(map(self._key, places)))


def keys_in_text(lines: Iterable[str]) -> Iterator[bytes]:
    """
    Yield the keys in *lines* of hexadecimal SHA-1 hashes, each with a count or without.

    Empty lines do not count.

    Raises:
        ValueError: a line is something else; its number is named, not its text.
    """
    for number, line in enumerate(lines, start=1):
        if not (text := line.strip().removeprefix("\ufeff")):
            continue
        found = _LINE.fullmatch(text)
        if found is None:
            raise ValueError(f"line {number} is no SHA-1 in 40 hexadecimal digits")
        yield bytes.fromhex(found[1])


def _sorted_runs(keys: Iterable[bytes], folder: Path, at_a_time: int) -> Iterator[Path]:
    """
    Yield files, each with up to *at_a_time* of *keys* in order.
    """
    coming = (key[:_KEPT] for key in keys)
    while chunk := sorted(islice(coming, at_a_time)):
        descriptor, name = mkstemp(dir=folder)
        with os.fdopen(descriptor, "wb") as file:
            file.writelines(chunk)
        yield Path(name)


def _keys_of(file: BinaryIO) -> Iterator[bytes]:
    while key := file.read(_KEPT):
        yield key


def _write_merged(file: BinaryIO, runs: Iterable[Iterator[bytes]]) -> int:
    count, last = 0, b""
    for key in heapq.merge(*runs):
        if key != last:
            file.write(key)
            count, last = count + 1, key
    return count
