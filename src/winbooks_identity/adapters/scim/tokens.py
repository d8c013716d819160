"""
By which token is an identity provider known?

A token is 256 bits of chance, so its SHA-256 digest gives nothing away: only that is
kept.  A file is read at every request, so a token that was revoked is over at once.
"""

import hmac
import json
import os
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from secrets import token_urlsafe
from typing import Final, Protocol, final

import attrs

from ...authorization import Distributor
from ...dossier import LicenceNumber, parse_number
from ...secret import Secret
from ..files import FileUnavailable, because


__all__ = ["ScimToken", "TokenFile", "Tokens", "find"]

#: Stands before every token, so that scanners of leaked secrets find it.
_PREFIX: Final = "wbscim_"

_BYTES: Final = 32


@final
@attrs.frozen(kw_only=True)
class ScimToken:
    """
    What is kept of a token: for which licence it stands, and who has it.

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
    def actor(self) -> Distributor:
        """
        Return who acts: the distributor, in that licence only.  [R26, R28]
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
    """
    digest = _digest(text)
    found: ScimToken | None = None
    for token in tokens.all():
        if hmac.compare_digest(token.digest, digest):
            found = token
    if found is None or (found.expires_at is not None and found.expires_at <= now):
        return None
    return found


@final
@attrs.frozen
class TokenFile:
    """
    Tokens in a JSON file that only its owner reads.

    Args:
        path: where it is; `issue` makes it.
        new_text: draws what stands behind the prefix of a token.
    """

    path: Path
    _new_text: Callable[[], str] = attrs.field(
        default=lambda: token_urlsafe(_BYTES), kw_only=True
    )

    def all(self) -> Sequence[ScimToken]:
        """
        Return the tokens in the file.

        Raises:
            FileUnavailable: it cannot be read.
        """
        with _because(self.path):
            raw = json.loads(self.path.read_text("utf-8"))
            return [
                ScimToken(
                    licence=each["licence"],
                    client=each["client"],
                    digest=each["digest"],
                    expires_at=_time(each["expires_at"]),
                )
                for each in raw["tokens"]
            ]

    def issue(
        self,
        licence: LicenceNumber,
        client: str,
        *,
        expires_at: datetime | None = None,
    ) -> Secret:
        """
        Return a new token, which is shown once; earlier ones stay good.

        To rotate, issue a second one, give it to the identity provider, and revoke
        the first.

        Raises:
            Invalid: *licence* or *client* cannot be one.
            FileUnavailable: the file cannot be written.
        """
        text = _PREFIX + self._new_text()
        token = ScimToken(
            licence=licence,
            client=client,
            digest=_digest(text),
            expires_at=expires_at,
        )
        known = self.all() if self.path.exists() else ()
        self._write([*known, token])
        return Secret(text)

    def revoke(self, digest: str) -> bool:
        """
        End the tokens whose digest begins with *digest*; tell whether there were any.

        Raises:
            FileUnavailable: the file cannot be read or written.
            ValueError: *digest* is shorter than 8 characters.
        """
        if len(digest) < _SHOWN:
            raise ValueError(f"{_SHOWN} characters of a digest at least")
        known = self.all()
        kept = [each for each in known if not each.digest.startswith(digest)]
        if len(kept) < len(known):
            self._write(kept)
        return len(kept) < len(known)

    def _write(self, tokens: Sequence[ScimToken]) -> None:
        document = {"tokens": [_document(each) for each in tokens]}
        beside = self.path.with_name(f"{self.path.name}.new")
        with _because(self.path), _opened_by_owner(beside) as written:
            os.write(written, json.dumps(document, indent=1).encode())
            os.fsync(written)
        with _because(self.path):
            beside.replace(self.path)


#: How much of a digest names a token.
_SHOWN: Final = 8


@contextmanager
def _because(path: Path) -> Generator[None, None, None]:
    try:
        yield
    except OSError as error:
        raise because(error, path) from error
    except (KeyError, TypeError, ValueError):
        # What is chained would quote the file.
        raise FileUnavailable(path) from None


@contextmanager
def _opened_by_owner(path: Path) -> Generator[int, None, None]:
    written = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        yield written
    finally:
        os.close(written)


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _document(token: ScimToken) -> dict[str, str | None]:
    expires_at = None if token.expires_at is None else token.expires_at.isoformat()
    return {
        "licence": token.licence,
        "client": token.client,
        "digest": token.digest,
        "expires_at": expires_at,
    }


def _time(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
