"""
What does a mail with login data cost until it can wait, beside Python's `email`?

Run with ``python benchmarks/mail.py``.  Ours words the letter, writes it, reads its
head again and seals it; `email` is given the finished texts and only writes them.
"""

import os
import platform
import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import SMTP
from functools import partial
from typing import Final
from uuid import UUID, uuid4

from comparing import compare

from winbooks_identity import WinBooksId
from winbooks_identity.adapters.aesgcm import AesGcmSealer
from winbooks_identity.adapters.letters import StandardLetters
from winbooks_identity.adapters.letters.body import Body
from winbooks_identity.adapters.letters.draft import Draft
from winbooks_identity.adapters.letters.message import check, write_any
from winbooks_identity.language import Language
from winbooks_identity.mail.outbox import Mail, MailKind, OutboxMail
from winbooks_identity.names import CompanyName
from winbooks_identity.passwords import Password
from winbooks_identity.ports import CredentialsLetter


WRITTEN: Final = datetime(2026, 11, 23, 12, 5, tzinfo=UTC)
USER: Final = UUID("0197a1f2-0000-4000-8000-00000000002a")
LETTERS: Final = StandardLetters(
    "portal@mail.example.be", "https://portal.example.be/login"
)
SEALER: Final = AesGcmSealer({"first": secrets.token_bytes(32)})


def main() -> None:
    """
    Print a table for each language.
    """
    print(
        f"{platform.machine()}, {os.cpu_count()} processors,"
        f" Python {platform.python_version()}"
    )
    for language in Language:
        letter = CredentialsLetter(
            message_id=uuid4(),
            written_at=WRITTEN,
            winbooks_id=WinBooksId.parse("An.Peeters@kantoor.example.be"),
            password=Password("Zeven-Blauwe-Vissen7"),
            licence_holder=CompanyName.parse("Fiduciaire Peeters & Dubois BV"),
            language=language,
            is_active=True,
            expires_at=WRITTEN + timedelta(days=3),
        )
        compare(f"One mail, {language.value}", partial(ours, letter), peers(letter))


def ours(letter: CredentialsLetter) -> object:
    """
    Return *letter* as it waits.
    """
    return OutboxMail.close(
        LETTERS.credentials(letter),
        SEALER,
        mail_id=letter.message_id,
        user_id=USER,
        kind=MailKind.CREDENTIALS,
        created_at=WRITTEN,
        expires_at=WRITTEN + timedelta(days=3),
    )


def peers(letter: CredentialsLetter) -> dict[str, Callable[[], object]]:
    """
    Return parts of the work, and the same mail by `email`.
    """
    mail = LETTERS.credentials(letter)
    draft = _draft(letter, mail)
    read = partial(check, mail.content, sender=mail.sender, recipient=mail.recipient)
    return {
        "written by email, not sealed": partial(write_any, draft),
        "our part that reads it again": read,
        "our part that seals it": partial(SEALER.seal, mail.content, b""),
    }


def _draft(letter: CredentialsLetter, mail: Mail) -> Draft:
    message = message_from_bytes(mail.content, policy=SMTP)
    text, html = (part.get_content() for part in message.iter_parts())
    return Draft(
        message_id=letter.message_id,
        written_at=WRITTEN,
        sender=mail.sender,
        sender_name="WinBooks",
        recipient=mail.recipient,
        subject=str(message["Subject"]),
        language=letter.language.value,
        text=Body.of(text.replace("\r\n", "\n")),
        html=Body.of(html.replace("\r\n", "\n")),
    )


if __name__ == "__main__":
    main()
