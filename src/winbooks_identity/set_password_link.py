"""
How does a mail let somebody choose a password, without carrying a secret to keep?

The token in the link is derived from the identifier of a stored row and a key
outside the database: what a thief finds in the database makes no link.  That a
link is used once, and only until it expires, is noted in the row by the product.

Redeem a token on POST, never on GET: mail scanners open links before their
readers do, and would use them up.
"""

import base64
import binascii
from collections.abc import Mapping
from typing import ClassVar, Final, final
from uuid import UUID

import attrs

from .errors import Invalid
from .problems import Problem, text_problem


__all__ = ["InvalidLink", "SetPasswordTokens"]

#: Octets of the identifier, and of HMAC-SHA-256.
_ID_LENGTH: Final = 16
_MAC_LENGTH: Final = 32

#: Characters of a token: 48 octets in base64url, so without padding.
_LENGTH: Final = 64

#: Keeps these tokens apart from whatever else is derived from the same key.
_PURPOSE: Final = b"winbooks-identity set-password 1:"


@attrs.frozen
class InvalidLink(Problem):
    """
    A link to set a password is one that we made.
    """

    code: ClassVar[str] = "link.invalid"


@final
class SetPasswordTokens:
    """
    Makes the tokens of set-password links, and reads them.

    Args:
        keys: secret keys by id, as a key ring holds them; the first one makes
            tokens, all of them read.

    Raises:
        ValueError: there is no key, or one is shorter than 32 octets.
    """

    def __init__(self, keys: Mapping[str, bytes]) -> None:
        if not keys or min(map(len, keys.values())) < _MAC_LENGTH:
            raise ValueError(f"give at least one key, each of {_MAC_LENGTH} octets")
        self._keys = tuple(keys.values())

    def make(self, link_id: UUID) -> str:
        """
        Return the token of the link that is stored as *link_id*.

        The same link always has the same token, so a mail can be made again.
        """
        octets = link_id.bytes + _mac(self._keys[0], link_id.bytes)
        return base64.urlsafe_b64encode(octets).decode()

    def read(self, token: str) -> UUID:
        """
        Return the identifier of the stored link that *token* belongs to.

        Raises:
            Invalid: we did not make *token*, or its key is gone.
        """
        if problems := text_problem(token):
            raise Invalid(problems)
        octets = _decoded(token)
        link_id, mac = octets[:_ID_LENGTH], octets[_ID_LENGTH:]
        if not any(_are_equal(mac, _mac(key, link_id)) for key in self._keys):
            raise Invalid((InvalidLink(),))
        return UUID(bytes=link_id)


def _decoded(token: str) -> bytes:
    # What is no token is decoded to nothing, which no key has made.
    if len(token) != _LENGTH or not token.isascii():
        return b""
    try:
        return base64.b64decode(token, b"-_", validate=True)
    except binascii.Error:
        return b""


def _mac(key: bytes, link_id: bytes) -> bytes:
    import hmac

    return hmac.digest(key, _PURPOSE + link_id, "sha256")


def _are_equal(mac: bytes, expected: bytes) -> bool:
    import hmac

    return hmac.compare_digest(mac, expected)
