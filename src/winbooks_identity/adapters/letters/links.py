"""
What stands in the letters with one-time links, when a product words none itself?
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final, TypeAlias, final
from uuid import UUID

import attrs

from winbooks_identity import texts
from winbooks_identity.language import Language
from winbooks_identity.mail.outbox import Mail
from winbooks_identity.names import CompanyName
from winbooks_identity.ports import IdChangeLetter, LinkLetter
from winbooks_identity.winbooks_id import WinBooksId

from .belgian_time import in_words
from .message import Draft, compose
from .page import Page, Row, checked_url, isolated, render


__all__ = ["StandardLinkLetters"]

#: Returns a part of the letter in its language, with the parameters put in.
_Say: TypeAlias = Callable[..., str]

#: What these letters say as the one with the login data does.
_SHARED: Final = frozenset(
    {"sender", "greeting", "winbooks_id", "valid", "row", "link", "automatic"}
)


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
        self._sender = WinBooksId.parse(sender).address
        self._portal_url = checked_url(portal_url)
        self._set_password_url = checked_url(set_password_url)
        self._confirm_id_url = checked_url(confirm_id_url)
        self._translator = translator

    def set_password(self, letter: LinkLetter) -> Mail:
        """
        Return the mail by which somebody chooses a password.  [Q11]
        """
        return self._with_link("set_password", letter, self._set_password_url)

    def confirm_id(self, letter: LinkLetter) -> Mail:
        """
        Return the mail by which somebody confirms their new WinBooks ID.  [Q14]
        """
        return self._with_link("confirm_id", letter, self._confirm_id_url)

    def id_change(self, letter: IdChangeLetter) -> Mail:
        """
        Return the mail that tells the present address of the change.  [Q14]
        """
        return self._mail(
            _Content(
                kind="id_change",
                message_id=letter.message_id,
                written_at=letter.written_at,
                recipient=letter.recipient,
                company=letter.licence_holder,
                language=letter.language,
                url=self._portal_url,
                translator=self._translator,
            )
        )

    def _with_link(self, kind: str, letter: LinkLetter, page: str) -> Mail:
        return self._mail(
            _Content(
                kind=kind,
                message_id=letter.message_id,
                written_at=letter.written_at,
                recipient=letter.recipient,
                company=letter.licence_holder,
                language=letter.language,
                url=f"{page}?token={letter.token}",
                expires_at=letter.expires_at,
                translator=self._translator,
            )
        )

    def _mail(self, content: "_Content") -> Mail:
        say = content.voice()
        return compose(
            Draft(
                message_id=content.message_id,
                written_at=content.written_at,
                sender=self._sender,
                sender_name=say("sender"),
                recipient=content.recipient.address,
                subject=say("subject"),
                language=content.language.value,
                text=_as_text(content, say),
                html=_as_html(content, say),
            )
        )


@final
@attrs.frozen(kw_only=True)
class _Content:
    """
    What differs from letter to letter.
    """

    kind: str
    message_id: UUID
    written_at: datetime
    recipient: WinBooksId
    company: CompanyName
    language: Language
    url: str = attrs.field(repr=False)
    expires_at: datetime | None = None
    translator: texts.Translator | None = None

    def voice(self) -> _Say:
        """
        Return what says a part of this letter.
        """

        def say(part: str, **params: str) -> str:
            kind = "credentials" if part in _SHARED else self.kind
            code, language = f"letter.{kind}.{part}", self.language.value
            return texts.text(code, language, params, translator=self.translator)

        return say


def _as_text(content: _Content, say: _Say) -> str:
    company = content.company.text
    blocks = [
        say("greeting"),
        say("introduction", company=company),
        *(say("row", label=row.label, value=row.value) for row in _rows(content, say)),
        say("remark", company=company),
        say("row", label=say("button"), value=content.url),
        f"-- \n{say('sender')}",
        say("reason", company=company),
        say("automatic"),
    ]
    return "\n\n".join(blocks) + "\n"


def _as_html(content: _Content, say: _Say) -> str:
    company = isolated(content.company.text)
    introduction = say("introduction", company=company)
    return render(
        Page(
            language=content.language.value,
            sender_name=say("sender"),
            title=say("title"),
            preview=introduction,
            greeting=say("greeting"),
            introduction=introduction,
            notice=None,
            rows=_rows(content, say),
            remark=say("remark", company=company),
            portal_url=content.url,
            button=say("button"),
            link=say("link"),
            footer=[say("reason", company=company), say("automatic")],
        )
    )


def _rows(content: _Content, say: _Say) -> Sequence[Row]:
    rows = [Row(label=say("winbooks_id"), value=content.recipient.address)]
    if content.expires_at is not None:
        moment = in_words(
            content.expires_at, content.language.value, content.translator
        )
        rows.append(Row(label=say("valid"), value=moment))
    return rows
