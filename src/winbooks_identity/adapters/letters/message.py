"""
How does a text become a mail that goes to one address and no other?

No header holds what a user typed, except their address, whose rules rule out what
mail programs would read as something else.  Python's own header code has put
addresses into the wrong place more than once, so the bytes that come out are
read again, and a mail that says something else than was meant is not made.
"""

from datetime import datetime
from email.headerregistry import Address, AddressHeader
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from email.policy import SMTP
from typing import Final, final
from uuid import UUID

import attrs

from winbooks_identity.errors import PermanentFailure
from winbooks_identity.mail.outbox import Mail


__all__ = ["Draft", "check", "compose"]

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


@final
@attrs.frozen(kw_only=True)
class Draft:
    """
    What a mail is made of; both bodies say the same in one language.
    """

    message_id: UUID
    written_at: datetime
    sender: str
    sender_name: str
    recipient: str = attrs.field(repr=False)
    subject: str
    language: str
    text: str = attrs.field(repr=False)
    html: str = attrs.field(repr=False)


def compose(draft: Draft) -> Mail:
    """
    Return *draft* as a mail; the same draft always gives the same bytes.

    Raises:
        PermanentFailure: the mail would not say what was meant.
    """
    mailbox, _, domain = draft.sender.rpartition("@")
    message_id = f"<{draft.message_id}@{domain}>"
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(draft.sender_name, mailbox, domain)
    message["To"] = draft.recipient
    message["Subject"] = draft.subject
    message["Date"] = draft.written_at
    message["Message-ID"] = message_id
    # RFC 3834, 5: no out-of-office answers, please.
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(draft.text, cte="quoted-printable")
    message.add_alternative(draft.html, subtype="html", cte="quoted-printable")
    # The module's own boundaries are random.
    message.set_boundary(draft.message_id.hex)
    # Setting the content removes headers of this name, so it comes last.
    message["Content-Language"] = draft.language
    content = message.as_bytes()
    check(content, sender=draft.sender, recipient=draft.recipient)
    return Mail(
        message_id=message_id,
        sender=draft.sender,
        recipient=draft.recipient,
        content=content,
    )


def check(content: bytes, *, sender: str, recipient: str) -> None:
    """
    Raise unless *content* is a letter from *sender* to *recipient* alone.

    Raises:
        PermanentFailure: a header is missing, unexpected or there twice, an
            address differs, or a line is too long or not plain ASCII.
    """
    read = BytesHeaderParser(policy=SMTP).parsebytes(content)
    lines = content.split(b"\r\n")
    is_as_meant = (
        tuple(read.keys()) == HEADERS
        and _addresses(read["From"]) == (sender,)
        and _addresses(read["To"]) == (recipient,)
        and content.isascii()
        and {*b"\r\n\0"}.isdisjoint(b"".join(lines))
        and max(map(len, lines)) <= MAX_LINE_LENGTH
    )
    if not is_as_meant:
        raise PermanentFailure


def _addresses(header: AddressHeader) -> tuple[str, ...]:
    return tuple(address.addr_spec for address in header.addresses)
