"""
How are a billion leaked passwords looked up on this machine?

In a file of keys in order, in blocks, with an index behind them: the first key and
the digest of each block.  The file begins with what it is, how many keys it has and
the digest of the index.  So a text file, other hashes or half a copy are refused when
it is opened, and a block that was damaged says nothing; neither is ever taken for
"has not leaked".
"""

import os
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from errno import EEXIST
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from types import TracebackType
from typing import BinaryIO, Final, Self, final
from weakref import finalize

from ..passwords.breached import Found, LookUp, NotFound, NotReachable
from .sorted_runs import merge, sorted_runs


__all__ = ["SortedKeyFile", "keys_in_text"]

#: Bytes of each key that a file keeps.  With a billion of them, one password
#: in 18 billion is refused by mistake.
_KEPT: Final = 8

#: Keys in a block: our choice.  One block is read for each look-up, and the index of
#: a billion keys takes 12 MB of memory.
_BLOCK: Final = 2048

#: Bytes of the digest of a block, and of that of the index.
_BLOCK_DIGEST: Final = 16
_INDEX_DIGEST: Final = 32

#: Bytes of the index for each block: its first key and its digest.
_ENTRY: Final = _KEPT + _BLOCK_DIGEST

#: What every file begins with; the number of its keys follows in eight bytes, and
#: the digest of that number and the index.
_KIND: Final = b"winbooks-identity keys "
_MAGIC: Final = _KIND + b"2\n"
_HEADER: Final = len(_MAGIC) + 8 + _INDEX_DIGEST

#: Keys that are sorted in memory at a time, about 100 MB; the rest is on the disk.
_CHUNK: Final = 1_000_000

#: A line of a list of leaked passwords: a SHA-1, and how often it leaked.
_LINE: Final = re.compile(r"([0-9A-Fa-f]{40})(?::\d+)?\s*")


@final
class SortedKeyFile:
    """
    A file of leaked passwords by the beginning of their keys; see `write`.

    Threads and forked processes may share it.  Put a new file in the place of this
    one, as `write` does, and open it anew; one that is written over while it is open
    answers `NotReachable`.

    Raises:
        OSError: there is no such file.
        ValueError: it was not made by `write`, or not copied whole.
    """

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._count, self._index = _index_of(file)
            self._descriptor = os.dup(file.fileno())
        self._close = finalize(self, os.close, self._descriptor)
        self._one_at_a_time = Lock()

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
            FileExistsError: there is a file that is none of these; it stays.
            OSError: the file cannot be written.
            ValueError: there is no key.
        """
        if path.exists() and not _begins_as_one(path):
            raise FileExistsError(EEXIST, "not a file of keys", str(path))
        with TemporaryDirectory(prefix=f".{path.name}.", dir=path.parent) as name:
            folder = Path(name)
            draft = folder / "keys"
            with ExitStack() as stack, draft.open("wb") as file:
                beginnings = (key[:_KEPT] for key in keys)
                runs = sorted_runs(beginnings, _KEPT, folder, at_a_time=at_a_time)
                count = _write_blocks(file, merge(runs, _KEPT, stack))
                file.flush()
                os.fsync(file.fileno())
            if not count:
                raise ValueError("there is no key to write")
            draft.replace(path)
        return count

    def look_up(self, key: bytes) -> LookUp:
        """
        Return whether the file has the beginning of *key*; it counts no leaks.

        `NotReachable` where the drive failed, or the keys around it are damaged.
        """
        wanted = key[:_KEPT]
        blocks = range(len(self._index) // _ENTRY)
        number = bisect_right(blocks, wanted, key=self._first_key) - 1
        if number < 0:
            return NotFound()
        block = self._block(number)
        if block is None:
            return NotReachable()
        starts = range(0, len(block), _KEPT)
        at = bisect_left(starts, wanted, key=lambda at: block[at : at + _KEPT])
        is_there = at < len(starts) and block.startswith(wanted, starts[at])
        return Found(1) if is_there else NotFound()

    def close(self) -> None:
        """
        Let go of the file.
        """
        self._close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _first_key(self, number: int) -> bytes:
        start = number * _ENTRY
        return self._index[start : start + _KEPT]

    def _block(self, number: int) -> bytes | None:
        """
        Return the keys of a block, or `None` where they are not as they were written.
        """
        first = number * _BLOCK
        size = min(_BLOCK, self._count - first) * _KEPT
        try:
            block = self._read(_HEADER + first * _KEPT, size)
        except OSError:
            return None
        end = (number + 1) * _ENTRY
        expected = self._index[end - _BLOCK_DIGEST : end]
        return block if expected == _digest(block, _BLOCK_DIGEST) else None

    def _read(self, start: int, size: int) -> bytes:
        # To map the file would end the process when another one makes it shorter.
        if hasattr(os, "pread"):
            return os.pread(self._descriptor, size, start)
        with self._one_at_a_time:  # Windows has no such call, and no fork.
            os.lseek(self._descriptor, start, os.SEEK_SET)
            return os.read(self._descriptor, size)


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


def _digest(content: bytes, size: int) -> bytes:
    return blake2b(content, digest_size=size).digest()


def _head_of(count: int, index: bytes) -> bytes:
    number = count.to_bytes(8)
    return _MAGIC + number + _digest(number + index, _INDEX_DIGEST)


def _begins_as_one(path: Path) -> bool:
    """
    Tell whether there is a file of keys at *path*, of this format or an earlier one.
    """
    with path.open("rb") as file:
        return file.read(len(_KIND)) == _KIND


def _index_of(file: BinaryIO) -> tuple[int, bytes]:
    """
    Return the number of keys in *file* and its index, after a look at both.
    """
    head = file.read(_HEADER)
    count = int.from_bytes(head[len(_MAGIC) : len(_MAGIC) + 8])
    begin = _HEADER + count * _KEPT
    length = -(-count // _BLOCK) * _ENTRY
    is_whole = os.fstat(file.fileno()).st_size == begin + length and count
    if not head.startswith(_MAGIC) or not is_whole:
        raise ValueError("not a whole file of keys")
    file.seek(begin)
    index = file.read(length)
    if head != _head_of(count, index):
        raise ValueError("the index of the file of keys is damaged")
    return count, index


def _write_blocks(file: BinaryIO, keys: Iterator[bytes]) -> int:
    """
    Write head, *keys* and index; return how many keys there are.
    """
    count, index = 0, bytearray()
    file.write(bytes(_HEADER))
    while block := b"".join(islice(keys, _BLOCK)):
        file.write(block)
        index += block[:_KEPT] + _digest(block, _BLOCK_DIGEST)
        count += len(block) // _KEPT
    file.write(index)
    file.seek(0)
    file.write(_head_of(count, bytes(index)))
    return count
