"""
How is a list of passwords read from a file that may be larger than the memory?
"""

import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import BinaryIO, Final

from ..passwords.people import Choice, hashed_choices, private_choices


__all__ = ["choices_in"]

#: The longest line that may be a password: 256 characters of four bytes, decomposed.
_LONGEST: Final = 8_192

#: A line of a list of hashes: a SHA-1, and how many people have the password.
_HASHED: Final = re.compile(rb"\s*([0-9A-Fa-f]{40})(?::([0-9]{1,18}))?\s*")

#: A line of hashes of another kind: NTLM or MD5, and SHA-256.
_OTHER_HASH: Final = re.compile(
    rb"\s*(?:[0-9A-Fa-f]{32}|[0-9A-Fa-f]{64})(?::[0-9]+)?\s*"
)


def choices_in(path: Path) -> Iterator[Choice]:
    """
    Yield the passwords in the file *path*, one a line, in clear or as SHA-1 hashes.

    The first line tells which. Hashes may carry a count behind a colon. Empty lines,
    lines that are too long for a password and, among hashes, other lines do not count.

    Raises:
        OSError: the file cannot be read.
        ValueError: it begins with a hash of another kind, which says nothing about
            passwords in clear.
    """
    with path.open("rb") as file:
        lines = _lines(file)
        first = next(lines, None)
        if first is None:
            return
        if _OTHER_HASH.fullmatch(first):
            raise ValueError("the list has hashes of another kind than SHA-1")
        every = chain([first], lines)
        if _HASHED.fullmatch(first):
            found = filter(None, map(_HASHED.fullmatch, every))
            hashes = ((bytes.fromhex(h[1].decode()), int(h[2] or 1)) for h in found)
            yield from hashed_choices(hashes)
        else:
            yield from private_choices(
                line.decode("utf-8", errors="surrogateescape") for line in every
            )


def _lines(file: BinaryIO) -> Iterator[bytes]:
    is_rest = False
    while line := file.readline(_LONGEST):
        is_whole = line.endswith(b"\n") or len(line) < _LONGEST
        text = line.rstrip(b"\r\n").removeprefix(b"\xef\xbb\xbf")
        if text and is_whole and not is_rest:
            yield text
        is_rest = not is_whole
