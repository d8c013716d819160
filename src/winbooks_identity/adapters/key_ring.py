"""
How are secret keys kept in a file, and how does a new one take over?

A key ring is text: a line for each key, its id, its bytes in base64url and, where
it is known, the day when it was made.  The first key makes what is new, all of them
read what is old::

    # The first key is in use, the others only open.
    7c1f03d9 6ssAj4tKGl3P0vTnRUsuTDO5E04Tfb3CyM9W8aZ0xHg= 2026-11-27
"""

import base64
import os
import re
import secrets
import stat
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final, TextIO, final

import attrs

from . import private_files
from .private_files import ENCODING, KEPT


__all__ = [
    "Entry",
    "create",
    "entries",
    "for_purpose",
    "generate_key",
    "load",
    "remove",
    "rotate",
]

#: Bytes of a key; AES-256 takes 32 and HMAC-SHA-256 gains nothing from more.
KEY_LENGTH: Final = 32

_HEADING: Final = "# The first key is in use, the others only open."
_LINE: Final = re.compile(
    r"([a-z0-9-]{1,32}) ([A-Za-z0-9_-]{43}=)(?: (\d{4}-\d\d-\d\d))?"
)


@final
@attrs.frozen(kw_only=True)
class Entry:
    """
    What may be shown of a key: its id, and the day, in UTC, when it was made.

    `made_on` is `None` for a key that was written by hand or made elsewhere.
    """

    id: str
    made_on: date | None


@final
@attrs.frozen(kw_only=True)
class _Key:
    entry: Entry
    secret: bytes = attrs.field(repr=False)


def generate_key() -> bytes:
    """
    Return a new key from the operating system's randomness.
    """
    return secrets.token_bytes(KEY_LENGTH)


def create(path: Path) -> None:
    """
    Write a key ring with one new key to *path*, for its owner's eyes only.

    Raises:
        FileExistsError: *path* is there already; keys are never overwritten.
    """
    private_files.create(path, f"{_HEADING}\n{_fresh_line()}\n")


def load(path: Path) -> dict[str, bytes]:
    """
    Return the keys in *path* by their ids, the first one first.

    Raises:
        PermissionError: others than the owner may read the file (on POSIX systems).
        ValueError: the file is no key ring; its content is not repeated.
    """
    return {key.entry.id: key.secret for key in _keys(path, _read(path))}


def entries(path: Path) -> Sequence[Entry]:
    """
    Return what may be shown of the keys in *path*; the first one is in use.

    Raises:
        PermissionError, ValueError: as `load`.
    """
    return [key.entry for key in _keys(path, _read(path))]


def for_purpose(keys: Mapping[str, bytes], purpose: str) -> dict[str, bytes]:
    """
    Return a key for *purpose* from each of *keys*, under the same ids.

    Two purposes have nothing in common that one could learn about the other
    (HKDF, RFC 5869).  Needs the extra ``[seal]``.

    Args:
        keys: as `load` returns them.
        purpose: what the keys are for, such as ``"outbox"``.

    Raises:
        ValueError: a key is shorter than `KEY_LENGTH` bytes.
    """
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    if any(len(key) < KEY_LENGTH for key in keys.values()):
        raise ValueError(f"a key of {KEY_LENGTH} bytes or more is needed")
    info = f"winbooks-identity {purpose}".encode()
    return {
        name: HKDF(SHA256(), KEY_LENGTH, salt=None, info=info).derive(key)
        for name, key in keys.items()
    }


def rotate(path: Path) -> Entry:
    """
    Put a new key in front of the keys in *path*, which still open, and return it.

    The file is replaced in one step and keeps its owner and its mode; a link to it
    stays one.  Rotations wait for each other.

    Raises:
        PermissionError: as `load`; or we may not give the file to its owner, and
            nothing was changed.
        ValueError: as `load`.
    """

    def in_front(lines: Sequence[str]) -> Sequence[str]:
        _keys(path, lines)  # What would not load is not made worse.
        return [_fresh_line(), *lines]

    _rewrite(path, in_front)
    return entries(path)[0]


def remove(path: Path, ids: Collection[str]) -> None:
    """
    Remove the keys with *ids* from *path*: what they sealed is lost for good.

    Raises:
        KeyError: one of *ids* is not there; nothing was changed.
        PermissionError: as `rotate`.
        ValueError: as `load`; or the first key, which is in use, is among *ids*.
    """

    def without(lines: Sequence[str]) -> Sequence[str]:
        present = [key.entry.id for key in _keys(path, lines)]
        if unknown := sorted({*ids}.difference(present)):
            raise KeyError(*unknown)
        if present[0] in ids:
            raise ValueError(f"the key {present[0]} is in use; rotate first")
        return [line for line in lines if line.partition(" ")[0] not in ids]

    _rewrite(path, without)


def _fresh_line() -> str:
    key = base64.urlsafe_b64encode(generate_key()).decode()
    return f"{secrets.token_hex(4)} {key} {datetime.now(UTC).date()}"


def _rewrite(path: Path, change: Callable[[Sequence[str]], Sequence[str]]) -> None:
    """
    Replace the lines of *path* by what *change* makes of them, all or nothing.
    """

    def changed(file: TextIO) -> str:
        lines = [line for line in _private_lines(path, file) if line != _HEADING]
        return "".join(f"{line}\n" for line in [_HEADING, *change(lines)])

    private_files.rewrite(path, changed)


def _read(path: Path) -> Sequence[str]:
    with path.open(encoding=ENCODING, errors=KEPT) as file:
        return _private_lines(path, file)


def _private_lines(path: Path, file: TextIO) -> Sequence[str]:
    mode = os.fstat(file.fileno()).st_mode
    if os.name == "posix" and mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise PermissionError(f"{path} is open to others than its owner")
    return file.read().splitlines()


def _keys(path: Path, lines: Sequence[str]) -> Sequence[_Key]:
    keys: dict[str, _Key] = {}
    for number, line in enumerate(lines, start=1):
        if not line or line.startswith("#"):
            continue
        key = _key(line)
        if key is None or key.entry.id in keys:
            raise ValueError(f"{path}, line {number}: no key, or its id stands twice")
        keys[key.entry.id] = key
    if not keys:
        raise ValueError(f"{path}: no key")
    return [*keys.values()]


def _key(line: str) -> _Key | None:
    found = _LINE.fullmatch(line)
    if found is None:
        return None
    try:
        made_on = None if found[3] is None else date.fromisoformat(found[3])
    except ValueError:
        return None
    return _Key(
        entry=Entry(id=found[1], made_on=made_on),
        secret=base64.urlsafe_b64decode(found[2]),
    )
