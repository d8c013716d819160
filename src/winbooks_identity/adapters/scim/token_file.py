"""
How are tokens kept in a file, and how do they come and go?

The file is read at every request, so a token that was revoked is over at once.  Two
changes at one time wait for each other: none is lost.
"""

import json
import os
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from secrets import token_urlsafe
from typing import Final, TextIO, final

import attrs

from ...dossier import LicenceNumber
from ...secret import Secret
from .. import private_files
from ..files import FileUnavailable, because
from .tokens import SHOWN, ScimToken, digest_of


__all__ = ["TokenFile"]

#: Stands before every token, so that scanners of leaked secrets find it.
_PREFIX: Final = "wbscim_"

_BYTES: Final = 32

#: Bytes to read at once; a shorter answer is the end of the file.
_PART: Final = 65_536


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
            return _tokens_in(_content(self.path))

    def issue(
        self,
        licence: LicenceNumber,
        client: str,
        *,
        expires_at: datetime | None = None,
    ) -> Secret:
        """
        Return a new token, which is shown once; earlier ones stay good.

        Raises:
            Invalid: *licence* or *client* cannot be one.
            FileUnavailable: the file cannot be written.
        """
        text, token = self._new(licence, client, expires_at)
        with _because(self.path):
            while not self.path.exists():
                with suppress(FileExistsError):
                    private_files.create(self.path, _written([token]))
                    return text
            private_files.rewrite(
                self.path, lambda file: _written([*_read(file), token])
            )
        return text

    def rotate(
        self, token_id: str, *, now: datetime, ends_at: datetime
    ) -> Secret | None:
        """
        Return a new token in place of another one, which ends at *ends_at*.

        Until then both are good, so that an identity provider can be told in between.
        The new one has no end.

        Args:
            token_id: the id of the other token.
            now: the present, in UTC; a token that has ended by then is none.
            ends_at: when that ends, in UTC; it is never put off.

        Returns:
            The new token, which is shown once; `None` if there is no other.

        Raises:
            FileUnavailable: the file cannot be read or written.
        """
        issued: list[Secret] = []

        def change(tokens: Sequence[ScimToken]) -> Sequence[ScimToken]:
            changed: list[ScimToken] = []
            for each in tokens:
                has_ended = each.expires_at is not None and each.expires_at <= now
                if each.id != token_id or has_ended:
                    changed.append(each)
                    continue
                text, token = self._new(each.licence, each.client, None)
                issued.append(text)
                changed += [token, attrs.evolve(each, expires_at=_first(each, ends_at))]
            return changed

        self._rewrite(change)
        return issued[0] if issued else None

    def revoke(self, token_id: str) -> bool:
        """
        End the token with that id at once; tell whether there was one.

        Raises:
            FileUnavailable: the file cannot be read or written.
            ValueError: *token_id* is shorter than the id of a token.
        """
        if len(token_id) < SHOWN:
            raise ValueError(f"{SHOWN} characters of a digest at least")
        ended: list[ScimToken] = []

        def change(tokens: Sequence[ScimToken]) -> Sequence[ScimToken]:
            ended.extend(each for each in tokens if each.digest.startswith(token_id))
            return [each for each in tokens if each not in ended]

        self._rewrite(change)
        return bool(ended)

    def _new(
        self, licence: LicenceNumber, client: str, expires_at: datetime | None
    ) -> tuple[Secret, ScimToken]:
        text = _PREFIX + self._new_text()
        token = ScimToken(
            licence=licence,
            client=client,
            digest=digest_of(text),
            expires_at=expires_at,
        )
        return Secret(text), token

    def _rewrite(
        self, change: Callable[[Sequence[ScimToken]], Sequence[ScimToken]]
    ) -> None:
        with _because(self.path):
            private_files.rewrite(self.path, lambda file: _written(change(_read(file))))


def _content(path: Path) -> bytes:
    """
    Return the content of the file with as few system calls as possible.
    """
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        content = b""
        while octets := os.read(descriptor, _PART):
            content += octets
            if len(octets) < _PART:
                break
        return content
    finally:
        os.close(descriptor)


def _first(token: ScimToken, ends_at: datetime) -> datetime:
    return ends_at if token.expires_at is None else min(token.expires_at, ends_at)


@contextmanager
def _because(path: Path) -> Generator[None, None, None]:
    try:
        yield
    except OSError as error:
        raise because(error, path) from error
    except (KeyError, TypeError, ValueError):
        # What is chained would quote the file.
        raise FileUnavailable(path) from None


def _read(file: TextIO) -> Sequence[ScimToken]:
    return _tokens_in(file.read().encode())


@lru_cache(maxsize=8)  # The same bytes hold the same tokens.
def _tokens_in(content: bytes) -> Sequence[ScimToken]:
    return [
        ScimToken(
            licence=each["licence"],
            client=each["client"],
            digest=each["digest"],
            expires_at=_time(each["expires_at"]),
        )
        for each in json.loads(content)["tokens"]
    ]


def _written(tokens: Sequence[ScimToken]) -> str:
    # Signs that are not ASCII are escaped.
    return json.dumps({"tokens": [_document(each) for each in tokens]}, indent=1)


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
