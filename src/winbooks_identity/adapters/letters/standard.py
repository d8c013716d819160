"""
What stands in the letters that the Portal sends when a product words none itself?
"""

from collections.abc import Callable, Sequence
from typing import TypeAlias, final

from winbooks_identity import texts
from winbooks_identity.mail.outbox import Mail
from winbooks_identity.ports import CredentialsLetter
from winbooks_identity.winbooks_id import WinBooksId

from .belgian_time import in_words
from .message import Draft, compose
from .page import Page, Row, checked_url, isolated, render


__all__ = ["StandardLetters"]

#: Returns a part of the letter in its language, with the parameters put in.
_Say: TypeAlias = Callable[..., str]


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
        self._sender = WinBooksId.parse(sender).address
        self._portal_url = checked_url(portal_url)
        self._translator = translator

    def credentials(self, letter: CredentialsLetter) -> Mail:
        """
        Return the mail that hands over the login data, new or reset.  [R57]

        The same letter always makes the same mail.

        Raises:
            PermanentFailure: the mail would not say what was meant.
        """
        language = letter.language.value
        say = _voice(language, self._translator)
        rows = _rows(letter, say, self._translator)
        return compose(
            Draft(
                message_id=letter.message_id,
                written_at=letter.written_at,
                sender=self._sender,
                sender_name=say("sender"),
                recipient=letter.winbooks_id.address,
                subject=say(_part(letter, "subject")),
                language=language,
                text=_as_text(letter, say, rows, self._portal_url),
                html=_as_html(letter, say, rows, self._portal_url),
            )
        )


def _voice(language: str, translator: texts.Translator | None) -> _Say:
    def say(part: str, **params: str) -> str:
        code = f"letter.credentials.{part}"
        return texts.text(code, language, params, translator=translator)

    return say


def _as_text(
    letter: CredentialsLetter, say: _Say, rows: Sequence[Row], portal_url: str
) -> str:
    company = letter.licence_holder.text
    blocks = [
        say("greeting"),
        say(_part(letter, "introduction"), company=company),
        *([] if letter.is_active else [say("inactive", company=company)]),
        *(say("row", label=row.label, value=row.value) for row in rows),
        _remark(letter, say),
        say("row", label=say("button"), value=portal_url),
        f"-- \n{say('sender')}",
        *_footer(letter, say, company),
    ]
    return "\n\n".join(blocks) + "\n"


def _as_html(
    letter: CredentialsLetter, say: _Say, rows: Sequence[Row], portal_url: str
) -> str:
    company = isolated(letter.licence_holder.text)
    return render(
        Page(
            language=letter.language.value,
            sender_name=say("sender"),
            title=say(_part(letter, "title")),
            preview=say(_part(letter, "introduction"), company=company),
            greeting=say("greeting"),
            introduction=say(_part(letter, "introduction"), company=company),
            notice=None if letter.is_active else say("inactive", company=company),
            rows=rows,
            remark=_remark(letter, say),
            portal_url=portal_url,
            button=say("button"),
            link=say("link"),
            footer=_footer(letter, say, company),
        )
    )


def _rows(
    letter: CredentialsLetter, say: _Say, translator: texts.Translator | None
) -> Sequence[Row]:
    rows = [Row(label=say("winbooks_id"), value=letter.winbooks_id.address)]
    if letter.password is not None:
        secret = letter.password.reveal()
        rows.append(Row(label=say("password"), value=secret, is_secret=True))
    if letter.expires_at is not None:
        moment = in_words(letter.expires_at, letter.language.value, translator)
        rows.append(Row(label=say("valid"), value=moment))
    return rows


def _remark(letter: CredentialsLetter, say: _Say) -> str:
    return say("on_web" if letter.password is None else _part(letter, "change"))


def _part(letter: CredentialsLetter, name: str) -> str:
    return f"reset_{name}" if letter.is_reset else name


def _footer(letter: CredentialsLetter, say: _Say, company: str) -> list[str]:
    secrecy = [] if letter.password is None else [say("secrecy")]
    return [*secrecy, say("reason", company=company), say("automatic")]
