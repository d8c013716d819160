"""
What stands in the letters that the Portal sends when a product words none itself?
"""

from typing import final

from winbooks_identity import texts
from winbooks_identity.mail.outbox import Mail
from winbooks_identity.ports import ChangedLetter, CredentialsLetter
from winbooks_identity.winbooks_id import WinBooksId

from .page import checked_url
from .rendering import Content, Line, Renderer, Secret


__all__ = ["StandardLetters"]


@final
class StandardLetters:
    """
    The Portal's own `Letters`.

    Args:
        sender: the address that the mails come from; it keeps the rules of a
            WinBooks ID, so that it is safe in a header.
        portal_url: where people sign in; it begins with ``https://``.
        translator: a product's own words, asked first.

    Raises:
        Invalid: *sender* is no address.
        ValueError: *portal_url* is no such address of a page.
    """

    def __init__(
        self,
        sender: str,
        portal_url: str,
        *,
        translator: texts.Translator | None = None,
    ) -> None:
        self._renderer = Renderer(
            sender=WinBooksId.parse(sender).address, translator=translator
        )
        self._portal_url = checked_url(portal_url)

    def credentials(self, letter: CredentialsLetter) -> Mail:
        """
        Return the mail that hands over the login data, new or reset.  [R57]

        The same letter always makes the same mail.

        Raises:
            PermanentFailure: the mail would not say what was meant.
        """
        kind = "reset" if letter.is_reset else "credentials"
        is_on_web = letter.password is None
        secrecy = [] if is_on_web else ["letter.secrecy"]
        return self._renderer.mail(
            Content(
                kind=kind,
                message_id=letter.message_id,
                written_at=letter.written_at,
                recipient=letter.winbooks_id,
                company=letter.licence_holder,
                language=letter.language,
                notice=None if letter.is_active else "letter.inactive",
                lines=_lines(letter),
                remark="letter.on_web" if is_on_web else f"letter.{kind}.remark",
                button="letter.sign_in",
                url=self._portal_url,
                footer=[*secrecy, "letter.reason", "letter.automatic"],
            )
        )

    def changed(self, letter: ChangedLetter) -> Mail:
        """
        Return the mail that tells a user what of their login was changed.  [S40]

        The same letter always makes the same mail.
        """
        kind = f"changed_{letter.changed.value}"
        return self._renderer.mail(
            Content(
                kind=kind,
                message_id=letter.message_id,
                written_at=letter.written_at,
                recipient=letter.recipient,
                company=letter.licence_holder,
                language=letter.language,
                lines=[
                    ("letter.winbooks_id", letter.recipient.address),
                    ("letter.changed_at", letter.written_at),
                ],
                remark=f"letter.{kind}.remark",
                button="letter.sign_in",
                url=self._portal_url,
                footer=[f"letter.{kind}.reason", "letter.automatic"],
            )
        )


def _lines(letter: CredentialsLetter) -> list[Line]:
    lines: list[Line] = [("letter.winbooks_id", letter.winbooks_id.address)]
    if letter.password is not None:
        lines.append(("letter.password", Secret(letter.password.reveal())))
    if letter.expires_at is not None:
        lines.append(("letter.valid", letter.expires_at))
    return lines
