"""
By which token is an identity provider known?

A token is 256 bits of chance, so its SHA-256 digest gives nothing away: only that is
kept.
"""

import hmac
from collections.abc import Sequence
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from typing import Final, Protocol, final

import attrs

from ...authorization import Distributor
from ...dossier import LicenceNumber, parse_number


__all__ = ["ScimToken", "Tokens", "digest_of", "find"]

#: How much of a digest names a token.
SHOWN: Final = 8


@final
@attrs.frozen(kw_only=True)
class ScimToken:
    """
    What is kept of a token: for which licence it stands, and who has it.  [S60]

    Args:
        licence: the number of the licence.
        client: names the identity provider, for the history.
        digest: the SHA-256 digest of the token, in hexadecimal.
        expires_at: when it ends, in UTC; `None` for never.

    Raises:
        Invalid: *licence* or *client* cannot be one.
    """

    licence: LicenceNumber
    client: str
    digest: str = attrs.field(repr=False)
    expires_at: datetime | None = None

    def __attrs_post_init__(self) -> None:
        parse_number(self.licence)
        _ = self.actor

    @property
    def id(self) -> str:
        """
        Return what names the token where it is looked after: no secret.
        """
        return self.digest[:SHOWN]

    @cached_property
    def actor(self) -> Distributor:
        """
        Return who acts: the distributor, in that licence only.  [R26, R28, S61]
        """
        return Distributor(self.licence, operator=self.client)


class Tokens(Protocol):
    """
    The tokens that are good or were.
    """

    def all(self) -> Sequence[ScimToken]:
        """
        Return them as they are kept now.

        Raises:
            Unavailable: they cannot be read.
        """
        ...


def find(tokens: Tokens, text: str, *, now: datetime) -> ScimToken | None:
    """
    Return the token that *text* is; `None` if there is none, or if it has ended.

    Every token is compared, in constant time.

    Raises:
        Unavailable: they cannot be read.
    """
    digest = digest_of(text)
    found: ScimToken | None = None
    for token in tokens.all():
        if hmac.compare_digest(token.digest, digest):
            found = token
    if found is None or (found.expires_at is not None and found.expires_at <= now):
        return None
    return found


def digest_of(text: str) -> str:
    """
    Return the digest that is kept of the token *text*.
    """
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
