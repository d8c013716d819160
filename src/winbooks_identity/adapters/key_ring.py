"""
How are secret keys kept in a file, and how does a new one take over?

A key ring is text: a line for each key, its id, a blank, and its bytes in
base64url.  The first key makes what is new, all of them read what is old::

    # The first key is in use, the others only open.
    7c1f03d9 6ssAj4tKGl3P0vTnRUsuTDO5E04Tfb3CyM9W8aZ0xHg=
"""

import base64
import os
import re
import secrets
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Final


__all__ = ["create", "for_purpose", "generate_key", "load", "rotate"]

#: Bytes of a key; AES-256 takes 32 and HMAC-SHA-256 gains nothing from more.
KEY_LENGTH: Final = 32

_HEADING: Final = "# The first key is in use, the others only open.\n"
_LINE: Final = re.compile(r"([a-z0-9-]{1,32}) ([A-Za-z0-9_-]{43}=)")


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
    _write_new(path, _HEADING + _fresh_line())


def load(path: Path) -> dict[str, bytes]:
    """
    Return the keys in *path* by their ids, the first one first.

    Raises:
        PermissionError: somebody else may read the file (on POSIX systems).
        ValueError: the file is no key ring; its content is not repeated.
    """
    return _keys(path, _read(path))


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


def rotate(path: Path) -> None:
    """
    Put a new key in front of the keys in *path*, which still open.

    Raises:
        FileExistsError: another rotation is under way, or was interrupted and
            left its file, *path* with ``.new`` behind.
        PermissionError, ValueError: as `load`.
    """
    text = _read(path)
    _keys(path, text)
    lines = [line for line in text.splitlines(keepends=True) if line != _HEADING]
    successor = path.with_name(path.name + ".new")
    _write_new(successor, _HEADING + _fresh_line() + "".join(lines))
    successor.replace(path)


def _fresh_line() -> str:
    key = base64.urlsafe_b64encode(generate_key()).decode()
    return f"{secrets.token_hex(4)} {key}\n"


def _write_new(path: Path, text: str) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    with os.fdopen(os.open(path, flags, 0o600), "w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _read(path: Path) -> str:
    with path.open(encoding="ascii", errors="replace") as file:
        mode = os.fstat(file.fileno()).st_mode
        if os.name == "posix" and mode & (stat.S_IRWXG | stat.S_IRWXO):
            raise PermissionError(f"{path} is open to others than its owner")
        return file.read()


def _keys(path: Path, text: str) -> dict[str, bytes]:
    keys: dict[str, bytes] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line or line.startswith("#"):
            continue
        found = _LINE.fullmatch(line)
        if found is None or found[1] in keys:
            raise ValueError(f"{path}, line {number}: no key, or its id stands twice")
        keys[found[1]] = base64.urlsafe_b64decode(found[2])
    if not keys:
        raise ValueError(f"{path}: no key")
    return keys
