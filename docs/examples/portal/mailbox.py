"""
Where do people read the mails of the demonstration?

On the screen: they are delivered to a list in memory.  A product has a relay with an
SMTP mailer in a process of its own, and nothing of this module.
"""

import re
from collections.abc import Iterator, Sequence
from email import message_from_bytes
from email.policy import default
from threading import Lock
from typing import Final, NamedTuple, final

from flask import Blueprint, render_template

from winbooks_identity import Portal
from winbooks_identity.adapters.memory import InMemoryMailer
from winbooks_identity.mail.outbox import Mail

from .office import PORTAL


__all__ = ["Mailbox", "Piece", "SentMail"]

#: A link to a page of the Portal, in a mail.
_LINK: Final = re.compile(rf"({re.escape(PORTAL)}/\S*)")


class Piece(NamedTuple):
    """
    A part of a text; `path` is where it leads to on this computer, if it is a link.
    """

    text: str
    path: str | None


class SentMail(NamedTuple):
    """
    A mail as its reader sees it.
    """

    sender: str
    recipient: str
    subject: str
    body: tuple[Piece, ...]


@final
class Mailbox:
    """
    The mails of everyone, the latest first.
    """

    def __init__(self, portal: Portal) -> None:
        self._mailer = InMemoryMailer()
        self._relay = portal.relay(self._mailer)
        self._lock = Lock()

    def mails(self) -> Sequence[SentMail]:
        """
        Deliver what waits, and return all that was delivered.
        """
        with self._lock:
            self._relay.deliver()
            return [_readable(mail) for mail in reversed(self._mailer.sent)]

    @property
    def blueprint(self) -> Blueprint:
        """
        Return the page that shows them.
        """
        pages = Blueprint("mails", __name__)

        @pages.get("/mails")
        def show() -> str:
            return render_template("mails.html", mails=self.mails())

        return pages


def _readable(mail: Mail) -> SentMail:
    message = message_from_bytes(mail.content, policy=default)
    body = message.get_body(("plain",))
    return SentMail(
        sender=str(message["From"]),
        recipient=mail.recipient,
        subject=str(message["Subject"]),
        body=tuple(_pieces(body.get_content() if body is not None else "")),
    )


def _pieces(text: str) -> Iterator[Piece]:
    for part in _LINK.split(text):
        is_link = part.startswith(f"{PORTAL}/")
        yield Piece(part, part.removeprefix(PORTAL) if is_link else None)
