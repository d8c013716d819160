"""
How does a mailed link prove, once, that its reader may do one thing?

A token names its purpose, its user and its end, and is signed (HMAC-SHA-256,
RFC 2104) together with what must not have changed since: the ID and the stored
hash of the password, say.  So using it, or any other change of them, makes it
void, and nothing about it is stored.
"""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from datetime import UTC, datetime
from enum import Enum
from typing import Final, final
from uuid import UUID

import attrs

from ..refusals import LinkRefused


__all__ = ["KEY_LENGTH", "Link", "OneTimeLinks", "Purpose"]

#: Bytes; RFC 2104, section 3, asks for no less than those of the hash.
KEY_LENGTH: Final = 32

_SIGNATURE_LENGTH: Final = 32

#: Purpose, user, seconds since 1970.
_NAMED_LENGTH: Final = 1 + 16 + 8

#: Base64url (RFC 4648, 5) of both; three bytes make four letters, and none is left.
_TOKEN: Final = re.compile(
    rf"[A-Za-z0-9_-]{{{(_NAMED_LENGTH + _SIGNATURE_LENGTH) // 3 * 4}}}"
)


@final
class Purpose(Enum):
    """
    What a link is good for; its value stands in the token.
    """

    SET_PASSWORD = 1
    CONFIRM_ID = 2


@final
@attrs.frozen(kw_only=True)
class Link:
    """
    What a token names; whole seconds of `expires_at`, in UTC, count.
    """

    purpose: Purpose
    user_id: UUID
    expires_at: datetime


@final
class OneTimeLinks:
    """
    Signs links and recognises them; one text stands for a token.  [S37]

    Args:
        keys: secrets from outside the database, `KEY_LENGTH` bytes or more; the
            first signs, all of them recognise.

    Raises:
        ValueError: there is no key, or one is too short.
    """

    __slots__ = ("_keys",)

    def __init__(self, keys: Sequence[bytes]) -> None:
        if not keys or any(len(key) < KEY_LENGTH for key in keys):
            raise ValueError(f"a key of {KEY_LENGTH} bytes or more is needed")
        self._keys = tuple(keys)

    def sign(self, link: Link, *, bound_to: str) -> str:
        """
        Return the token of *link*, good while *bound_to* stays what it is.
        """
        named = _named(link)
        return urlsafe_b64encode(
            named + _signature(self._keys[0], named, bound_to)
        ).decode()

    def read(self, token: str, purpose: Purpose, now: datetime) -> Link:
        """
        Return what *token* names.  It proves nothing until `ensure_signed`.

        Raises:
            LinkRefused: it is for another purpose, has ended, or is none.
        """
        named, _ = _parts(token)
        link = _link(named)
        if link.purpose is not purpose or link.expires_at <= now:
            raise LinkRefused
        return link

    def user_named_by(self, token: str) -> UUID | None:
        """
        Return the internal key in *token*, which anyone may have written, if any.
        """
        try:
            return _link(_parts(token)[0]).user_id
        except LinkRefused:
            return None

    def ensure_signed(self, token: str, *, bound_to: str) -> None:
        """
        Raise unless *token* was signed with *bound_to*.

        Raises:
            LinkRefused: it was not, or *bound_to* has changed since.
        """
        import hmac

        named, signature = _parts(token)
        if not any(
            hmac.compare_digest(signature, _signature(key, named, bound_to))
            for key in self._keys
        ):
            raise LinkRefused


def _named(link: Link) -> bytes:
    seconds = int(link.expires_at.timestamp())
    return bytes([link.purpose.value]) + link.user_id.bytes + seconds.to_bytes(8)


def _link(named: bytes) -> Link:
    try:
        return Link(
            purpose=Purpose(named[0]),
            user_id=UUID(bytes=named[1:17]),
            expires_at=datetime.fromtimestamp(int.from_bytes(named[17:]), UTC),
        )
    except (ValueError, OverflowError, OSError):
        raise LinkRefused from None  # A forger learns nothing more.


def _parts(token: str) -> tuple[bytes, bytes]:
    """
    Return what *token* names, and its signature.
    """
    # Python's decoder passes over what is not base64, and over what follows it.
    if not _TOKEN.fullmatch(token):
        raise LinkRefused
    raw = urlsafe_b64decode(token)
    return raw[:_NAMED_LENGTH], raw[_NAMED_LENGTH:]


def _signature(key: bytes, named: bytes, bound_to: str) -> bytes:
    import hmac

    return hmac.digest(key, named + bound_to.encode(), "sha256")
