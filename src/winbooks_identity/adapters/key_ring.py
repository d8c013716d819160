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
from collections.abc import Callable, Collection, Generator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final, TextIO, final

import attrs


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

#: Bytes of a comment in any encoding are written as they were read.
_KEPT: Final = "surrogateescape"

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
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}.new")
    try:
        _write_new(draft, f"{_HEADING}\n{_fresh_line()}\n")
        # A link never replaces a file, and appears with all of its content.
        os.link(draft, path)
    finally:
        draft.unlink(missing_ok=True)
    _settle(path.parent)


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
    target = path.resolve()  # A link keeps pointing to the file.
    with _locked(target) as file:
        lines = [line for line in _private_lines(path, file) if line != _HEADING]
        text = "".join(f"{line}\n" for line in [_HEADING, *change(lines)])
        successor = target.with_name(f"{target.name}.new")
        # Only a rotation that was killed can have left one, as we hold the lock.
        successor.unlink(missing_ok=True)
        try:
            _write_new(successor, text)
            _keep_owner(successor, os.fstat(file.fileno()))
            successor.replace(target)
        except BaseException:
            successor.unlink(missing_ok=True)
            raise
        _settle(target.parent)


@contextmanager
def _locked(path: Path) -> Generator[TextIO, None, None]:
    """
    Open *path*, which no other rotation changes meanwhile.
    """
    while True:
        with path.open(encoding="ascii", errors=_KEPT) as file:
            _wait_for_lock(file)
            # Who waited may hold a file that has been replaced.
            if path.stat().st_ino == os.fstat(file.fileno()).st_ino:
                yield file
                return


def _wait_for_lock(file: TextIO) -> None:
    # Windows has no such lock; there, two rotations must not run at one time.
    with suppress(ImportError):
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX)


def _keep_owner(path: Path, owner: os.stat_result) -> None:
    with suppress(AttributeError):  # Windows knows no such owners.
        os.chown(path, owner.st_uid, owner.st_gid)
    path.chmod(stat.S_IMODE(owner.st_mode))


def _settle(folder: Path) -> None:
    # A folder is opened to write its entries to the disk, where systems allow it.
    with suppress(OSError):
        place = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(place)
        finally:
            os.close(place)


def _write_new(path: Path, text: str) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    descriptor = os.open(path, flags, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii", errors=_KEPT) as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _read(path: Path) -> Sequence[str]:
    with path.open(encoding="ascii", errors=_KEPT) as file:
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
