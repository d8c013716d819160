"""
How is a plain mail written quickly?

Python's `email` takes milliseconds for one mail, as it can write every mail there is.
Nearly all of ours have plain addresses and well-behaved texts, and differ in few
headers.  Those are written here; whatever is not plain is left to `email`, which
also words the sender and the subject, once for each that there is.
"""

import re
from email.headerregistry import Address
from email.policy import SMTP
from email.utils import format_datetime
from functools import lru_cache
from typing import Final

from .draft import Draft


__all__ = ["is_plain_address", "write"]

#: Characters of an address that fits one line behind ``From:`` or ``To:``; one that
#: is longer is folded by `email`.
MAX_LENGTH: Final = 72

#: A dot-atom of RFC 5322, 3.2.3, without the signs that an encoded word is made of,
#: and the name of a host: both mean in a header what they are.
_ADDRESS: Final = re.compile(
    r"[A-Za-z0-9_+'-]+(?:\.[A-Za-z0-9_+'-]+)*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
)

_MESSAGE: Final = (
    b"%(sender)s"
    b"To: %(recipient)s\r\n"
    b"%(subject)s"
    b"Date: %(date)s\r\n"
    b"Message-ID: <%(message_id)s@%(domain)s>\r\n"
    b"Auto-Submitted: auto-generated\r\n"
    b"MIME-Version: 1.0\r\n"
    b"Content-Type: multipart/alternative;\r\n"
    b' boundary="%(boundary)s"\r\n'
    b"Content-Language: %(language)s\r\n"
    b"\r\n"
    b"--%(boundary)s\r\n"
    b'Content-Type: text/plain; charset="utf-8"\r\n'
    b"Content-Transfer-Encoding: quoted-printable\r\n"
    b"\r\n"
    b"%(text)s\r\n"
    b"--%(boundary)s\r\n"
    b'Content-Type: text/html; charset="utf-8"\r\n'
    b"Content-Transfer-Encoding: quoted-printable\r\n"
    b"MIME-Version: 1.0\r\n"
    b"\r\n"
    b"%(html)s\r\n"
    b"--%(boundary)s--\r\n"
)


def is_plain_address(text: str) -> bool:
    """
    Tell whether *text* stands for itself in a header, on one line.
    """
    return len(text) <= MAX_LENGTH and _ADDRESS.fullmatch(text) is not None


def write(draft: Draft) -> bytes | None:
    """
    Return *draft* as RFC 5322 bytes that say what those of `email` do.

    `None` if it is not plain: `email` has to write it.
    """
    if not _has_plain_headers(draft):
        return None
    text, html = draft.text.quoted(), draft.html.quoted()
    boundary = draft.message_id.hex.encode()
    if text is None or html is None or boundary in text or boundary in html:
        return None
    return _MESSAGE % {
        b"sender": _sender(draft.sender_name, draft.sender),
        b"recipient": draft.recipient.encode(),
        b"subject": _subject(draft.subject),
        b"date": format_datetime(draft.written_at).encode(),
        b"message_id": str(draft.message_id).encode(),
        b"domain": draft.sender.rpartition("@")[2].encode(),
        b"boundary": boundary,
        b"language": draft.language.encode(),
        b"text": text,
        b"html": html,
    }


def _has_plain_headers(draft: Draft) -> bool:
    return (
        is_plain_address(draft.sender)
        and is_plain_address(draft.recipient)
        and draft.sender_name.isprintable()
        and draft.subject.isprintable()
        and draft.language.isascii()
        and draft.language.isalpha()
    )


# Both hold words of the catalogue, and no user's text: they may stay in memory.


@lru_cache(maxsize=64)
def _sender(name: str, address: str) -> bytes:
    mailbox, _, domain = address.rpartition("@")
    return _header("From", Address(name, mailbox, domain))


@lru_cache(maxsize=64)
def _subject(text: str) -> bytes:
    return _header("Subject", text)


def _header(name: str, value: str | Address) -> bytes:
    return SMTP.fold_binary(*SMTP.header_store_parse(name, value))
