"""
Is a refusal of a mail server about us, about the recipient, or about this mail?

    530, 534, 535, 538                   us: the sign-in (RFC 4954, 6)
    any 5xx to MAIL                      us: the sender
    x.7.x  security or policy            us (RFC 3463, 3.8)
    x.5.x  the protocol                  us, or the server (RFC 3463, 3.6)
    x.1.7, x.1.8  the sender             us (RFC 3463, 3.2); Postfix asks at RCPT
    x.4.5  congestion                    us: Gmail says so of a sending limit
    x.3.1, x.3.2, x.3.5  their system    later (RFC 3463, 3.4)
    x.2.2, 552 alone  mailbox full       later (RFC 3463, 3.3, and RFC 5321, 4.2.2)
    4.x.x  behind 5xx                    later: the finer code counts
    all others                           this mail, or its recipient

Many servers have no enhanced code, or a vague one, where a word decides: see `_WORDS`.
"""

import re
import smtplib
import ssl
from typing import ClassVar, Final, final

from winbooks_identity.errors import (
    MailServerUnusable,
    PermanentFailure,
    SendingNotAllowed,
    TemporaryFailure,
    Unavailable,
)


__all__ = ["EncryptsOtherwise", "meaning", "of_connection"]


@final
class EncryptsOtherwise(MailServerUnusable):
    """
    The mail server does not encrypt in the way that was chosen.
    """

    code: ClassVar[str] = "unavailable.mail_server_encrypts_otherwise"


#: What OpenSSL calls a first answer that is no TLS, such as a greeting in clear.
_NO_TLS: Final = frozenset({"WRONG_VERSION_NUMBER", "UNEXPECTED_MESSAGE"})

_AUTHENTICATION: Final = frozenset({530, 534, 535, 538})

#: At the beginning (RFC 2034, 4), or in brackets at the end, as qmail writes it.
_ENHANCED: Final = re.compile(rb"([245])\.(\d{1,3})\.(\d{1,3})\b")
_IN_BRACKETS: Final = re.compile(rb"\(#([245]\.\d{1,3}\.\d{1,3})\)")

_ABOUT_US: Final = frozenset({"1.7", "1.8", "4.5"})
_LATER: Final = frozenset({"2.2", "3.1", "3.2", "3.5"})

#: Enhanced codes that say nothing: "other", of any subject (RFC 3463, 3.1 to 3.8).
_VAGUE: Final = frozenset({"", "0.0", "2.0", "3.0"})

#: What servers write instead: Exim, Sendmail and qmail of relaying, Exim of a sender
#: that it asked back, Amazon SES, SendGrid and Exchange of a sender that is not ours.
_WORDS: Final = (
    (
        SendingNotAllowed,
        re.compile(
            rb"\brelay(?:ing)?\b(?! recipient)|\bsender\b|authenticat|not verified|rcpthosts"
            rb"|sendasdenied|sending (?:limit|quota)",
            re.IGNORECASE,
        ),
    ),
    (
        TemporaryFailure,
        re.compile(rb"mailbox (?:is )?full|quota", re.IGNORECASE),
    ),
)

#: An address, whose words are not the server's.
_ADDRESS: Final = re.compile(rb"\S+@\S+")

#: RFC 5321, 4.2.2: exceeded storage allocation.
_NO_ROOM: Final = 552


def of_connection(error: OSError) -> type[MailServerUnusable]:
    """
    Return what *error* before the first mail means.
    """
    has_no_starttls = isinstance(error, smtplib.SMTPNotSupportedError) and (
        "STARTTLS" in str(error)
    )
    has_no_tls = isinstance(error, ssl.SSLError) and error.reason in _NO_TLS
    return EncryptsOtherwise if has_no_starttls or has_no_tls else MailServerUnusable


def meaning(step: str, code: int, text: bytes) -> type[Unavailable]:
    """
    Return what a refusal means.

    Args:
        step: what was refused: MAIL, RCPT, DATA or the content.
        code: the three digits of the reply.
        text: what stands behind them.
    """
    if not str(code).startswith("5"):
        return TemporaryFailure
    if code in _AUTHENTICATION or step == "MAIL":
        return SendingNotAllowed
    behind = _IN_BRACKETS.search(text)
    found = _ENHANCED.match(text) or (behind and _ENHANCED.match(behind[1]))
    if not found:
        return _in_words(text, "", code)
    status, subject, detail = (part.decode() for part in found.groups())
    if status == "4":
        return TemporaryFailure
    finer = f"{subject}.{detail}"
    if subject in {"5", "7"} or finer in _ABOUT_US:
        return SendingNotAllowed
    return TemporaryFailure if finer in _LATER else _in_words(text, finer, code)


def _in_words(text: bytes, finer: str, code: int) -> type[Unavailable]:
    if finer not in _VAGUE:
        return PermanentFailure
    said = _ADDRESS.sub(b"", text)
    for meant, words in _WORDS:
        if words.search(said):
            return meant
    is_full = code == _NO_ROOM and not finer
    return TemporaryFailure if is_full else PermanentFailure
