"""
How does a mail reach the person who builds a product, with no mail server around?
"""

import sys
from email import message_from_bytes
from email.policy import default
from typing import TextIO, final

from ..errors import TemporaryFailure
from ..mail.outbox import Mail
from .terminal import without_controls


__all__ = ["MailPrinter"]


@final
class MailPrinter:
    """
    A `Mailer` that writes the plain text of every mail on the terminal.

    It is for development: links and passwords stand there in clear, each link in
    one piece, to be followed from the terminal.  No text drives it.  [S32]

    Args:
        file: where to write; standard output, as it is when a mail is sent.
    """

    def __init__(self, file: TextIO | None = None) -> None:
        self._file = file

    def send(self, mail: Mail) -> None:
        """
        Write *mail*.

        Raises:
            TemporaryFailure: nothing takes what is written.
        """
        message = message_from_bytes(mail.content, policy=default)
        body = message.get_body(("plain",))
        lines = [
            f"To: {mail.recipient}",
            f"Subject: {message['Subject']}",
            "",
            "" if body is None else body.get_content(),
        ]
        text = without_controls("\n".join(lines).replace("\r\n", "\n"))
        try:
            print(text, file=self._file or sys.stdout, flush=True)
        except (OSError, ValueError) as error:
            raise TemporaryFailure(type(error).__name__) from error
