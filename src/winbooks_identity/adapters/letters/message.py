"""
How does a text become a mail that goes to one address and no other?

No header holds what a user typed, except their address, whose rules rule out what
mail programs would read as something else.  Python's own header code has put
addresses into the wrong place more than once, so the bytes that come out are
read again, and a mail that says something else than was meant is not made.
"""

from email.headerregistry import Address, AddressHeader
from email.message import EmailMessage
from email.parser import HeaderParser
from email.policy import SMTP
from functools import lru_cache
from io import IncrementalNewlineDecoder
from typing import Final

from winbooks_identity.errors import PermanentFailure
from winbooks_identity.mail.outbox import Mail

from .draft import Draft
from .plain_message import is_plain_address, write


__all__ = ["check", "compose", "write_any"]

#: What stands in the head of every letter, in this order, and nothing else.
HEADERS: Final = (
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "Auto-Submitted",
    "MIME-Version",
    "Content-Type",
    "Content-Language",
)

#: Bytes of a line without its end; RFC 5322, 2.1.1.
MAX_LINE_LENGTH: Final = 998


def compose(draft: Draft) -> Mail:
    """
    Return *draft* as a mail; the same draft always gives the same bytes.

    Raises:
        PermanentFailure: the mail would not say what was meant.
    """
    content = write(draft)
    if content is None:
        content = write_any(draft)
    check(content, sender=draft.sender, recipient=draft.recipient)
    return Mail(
        message_id=_message_id(draft),
        sender=draft.sender,
        recipient=draft.recipient,
        content=content,
    )


def write_any(draft: Draft) -> bytes:
    """
    Return *draft* as Python's `email` writes it, which takes its time.
    """
    mailbox, _, domain = draft.sender.rpartition("@")
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(draft.sender_name, mailbox, domain)
    message["To"] = draft.recipient
    message["Subject"] = draft.subject
    message["Date"] = draft.written_at
    message["Message-ID"] = _message_id(draft)
    # RFC 3834, 5: no out-of-office answers, please.
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(str(draft.text), cte="quoted-printable")
    message.add_alternative(str(draft.html), subtype="html", cte="quoted-printable")
    # The module's own boundaries are random.
    message.set_boundary(draft.message_id.hex)
    # Setting the content removes headers of this name, so it comes last.
    message["Content-Language"] = draft.language
    return message.as_bytes()


def check(content: bytes, *, sender: str, recipient: str) -> None:
    """
    Raise unless *content* is a letter from *sender* to *recipient* alone.

    Raises:
        PermanentFailure: a header is missing, unexpected or there twice, an
            address differs, or a line is too long or not plain ASCII.
    """
    if not content.isascii():
        raise PermanentFailure
    text = content.decode()
    head = text.partition("\r\n\r\n")[0]
    headers = tuple(HeaderParser().parsestr(head).raw_items())
    is_as_meant = (
        tuple(name for name, _ in headers) == HEADERS
        and _sender(headers[0][1]) == (sender,)
        and _recipients(headers[1][1]) == (recipient,)
        and "\0" not in text
        and _line_ends(text) == "\r\n"
        and _has_short_lines(content)
    )
    if not is_as_meant:
        raise PermanentFailure


def _line_ends(text: str) -> object:
    # Reads on in the text and collects; one alone is returned as it is.
    decoder = IncrementalNewlineDecoder(None, translate=False)
    decoder.decode(text, final=True)
    return decoder.newlines


def _has_short_lines(content: bytes) -> bool:
    begin = 0
    while begin < len(content):
        # All lines up to this line end are shorter still.
        found = content.rfind(b"\r\n", begin, begin + MAX_LINE_LENGTH + 2)
        if found < 0:
            return False
        begin = found + 2
    return True


@lru_cache(maxsize=64)
def _sender(value: str) -> tuple[str, ...]:
    return _addresses("From", value)


def _recipients(value: str) -> tuple[str, ...]:
    # A plain address has one reading; `email` takes long to find it.
    return (value,) if is_plain_address(value) else _addresses("To", value)


def _addresses(name: str, value: str) -> tuple[str, ...]:
    header: AddressHeader = SMTP.header_fetch_parse(name, value)
    return tuple(address.addr_spec for address in header.addresses)


def _message_id(draft: Draft) -> str:
    return f"<{draft.message_id}@{draft.sender.rpartition('@')[2]}>"
