"""
What stands in the letters with one-time links, when a product words none itself?
"""

from typing import final

from winbooks_identity import texts
from winbooks_identity.mail.outbox import Mail
from winbooks_identity.ports import IdChangeLetter, LinkLetter
from winbooks_identity.winbooks_id import WinBooksId

from .page import checked_url
from .rendering import Content, Line, Renderer


__all__ = ["StandardLinkLetters"]


@final
class StandardLinkLetters:
    """
    The Portal's own `LinkLetters`.

    The token of a link is put behind the address of its page, as ``?token=``.
    The page shows a button and does nothing before it is pressed.

    Args:
        sender: the address that the mails come from.
        portal_url: where people sign in.
        set_password_url: the page where a password is chosen.
        confirm_id_url: the page where a new WinBooks ID is confirmed.
        translator: a product's own words, asked first.

    Raises:
        Invalid: *sender* is no address.
        ValueError: one of the others is no address of a page.
    """

    def __init__(
        self,
        sender: str,
        portal_url: str,
        *,
        set_password_url: str,
        confirm_id_url: str,
        translator: texts.Translator | None = None,
    ) -> None:
        self._renderer = Renderer(
            sender=WinBooksId.parse(sender).address, translator=translator
        )
        self._portal_url = checked_url(portal_url)
        self._set_password_url = checked_url(set_password_url)
        self._confirm_id_url = checked_url(confirm_id_url)

    def set_password(self, letter: LinkLetter) -> Mail:
        """
        Return the mail to choose a password by a link.  [Q11]
        """
        return self._with_link("set_password", letter, self._set_password_url)

    def confirm_id(self, letter: LinkLetter) -> Mail:
        """
        Return the mail to confirm a new WinBooks ID by a link.  [Q14]
        """
        return self._with_link("confirm_id", letter, self._confirm_id_url)

    def id_change(self, letter: IdChangeLetter) -> Mail:
        """
        Return the mail that announces the change at the present address.  [Q14]
        """
        return self._mail("id_change", letter, self._portal_url, "letter.sign_in")

    def _with_link(self, kind: str, letter: LinkLetter, page: str) -> Mail:
        url = f"{page}?token={letter.token.reveal()}"
        valid = ("letter.valid", letter.expires_at)
        return self._mail(kind, letter, url, f"letter.{kind}.button", valid)

    def _mail(
        self,
        kind: str,
        letter: LinkLetter | IdChangeLetter,
        url: str,
        button: str,
        *lines: Line,
    ) -> Mail:
        return self._renderer.mail(
            Content(
                kind=kind,
                message_id=letter.message_id,
                written_at=letter.written_at,
                recipient=letter.recipient,
                company=letter.licence_holder,
                language=letter.language,
                lines=[("letter.winbooks_id", letter.recipient.address), *lines],
                remark=f"letter.{kind}.remark",
                button=button,
                url=url,
                footer=[f"letter.{kind}.reason", "letter.automatic"],
            )
        )
