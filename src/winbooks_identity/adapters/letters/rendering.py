"""
How does what a letter says become a mail, as plain text and as HTML?

Every letter of the Portal goes through here: it greets, introduces, may warn, lists
a few lines, remarks, offers one button and says why it was sent.  The letters differ
in their `Content` only.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Final, TypeAlias, final
from uuid import UUID

import attrs

from winbooks_identity import texts
from winbooks_identity.language import Language
from winbooks_identity.mail.outbox import Mail
from winbooks_identity.names import CompanyName
from winbooks_identity.winbooks_id import WinBooksId

from .belgian_time import in_words
from .draft import Draft
from .message import compose
from .page import Page, Row, isolated, render


__all__ = ["Content", "Line", "Renderer", "Secret"]


@final
@attrs.frozen
class Secret:
    """
    A value that a letter shows in signs of one width.
    """

    value: str = attrs.field(repr=False)


#: The code of a label, and what stands beside it; an instant in Belgian time.
Line: TypeAlias = tuple[str, str | Secret | datetime]


@final
@attrs.frozen(kw_only=True)
class Content:
    """
    What a letter says; its sentences are codes of the catalogue.

    `subject`, `title` and `introduction` stand in the catalogue under
    ``letter.{kind}.``.
    """

    kind: str
    message_id: UUID
    written_at: datetime
    recipient: WinBooksId
    company: CompanyName
    language: Language
    lines: Sequence[Line] = attrs.field(repr=False)
    remark: str
    button: str
    url: str = attrs.field(repr=False)
    footer: Sequence[str]
    notice: str | None = None


@final
@attrs.frozen(kw_only=True)
class Renderer:
    """
    Makes mails from *sender* in the words of *translator*, or of the catalogue.

    The name of a company is shown so that mail programs make no link of it.  [S42]
    """

    sender: str
    translator: texts.Translator | None

    def mail(self, content: Content) -> Mail:
        """
        Return *content* as a mail; the same content always makes the same mail.

        Raises:
            PermanentFailure: the mail would not say what was meant.
        """
        voice = _Voice(content=content, translator=self.translator)
        rows = voice.rows()
        return compose(
            Draft(
                message_id=content.message_id,
                written_at=content.written_at,
                sender=self.sender,
                sender_name=voice.say("letter.sender"),
                recipient=content.recipient.address,
                subject=voice.say(f"letter.{content.kind}.subject"),
                language=content.language.value,
                text=_as_text(content, voice, rows),
                html=_as_html(content, voice, rows),
            )
        )


@final
@attrs.frozen(kw_only=True)
class _Voice:
    """
    Says sentences in the language of *content*.
    """

    content: Content
    translator: texts.Translator | None

    def say(self, code: str, **params: str) -> str:
        language = self.content.language.value
        return texts.text(code, language, params, translator=self.translator)

    def rows(self) -> Sequence[Row]:
        return [self._row(label, value) for label, value in self.content.lines]

    def _row(self, label: str, value: str | Secret | datetime) -> Row:
        if isinstance(value, Secret):
            return Row(label=self.say(label), value=value.value, is_secret=True)
        if isinstance(value, datetime):
            language = self.content.language.value
            value = in_words(value, language, self.translator)
        return Row(label=self.say(label), value=value)


#: What mail programs know an address by: a dot within a word, also the three others that
#: browsers read as one (UTS #46), the sign of an address of mail, and the colon of a
#: scheme, such as ``tel:`` and ``mailto:``.
_LINKING: Final = re.compile(r"[.\u3002\uff0e\uff61](?=\w)|(?<=\w)@|(?<=\w):(?=\S)")

#: WORD JOINER shows nothing, keeps a line together, and is no part of a link.
_JOINER: Final = "\u2060"


def _unlinked(text: str) -> str:
    """
    Return *text* so that mail programs make no link of it.

    A link in the name of a company would be mailed in the office's name.
    """
    return _LINKING.sub(rf"\g<0>{_JOINER}", text)


def _as_text(content: Content, voice: _Voice, rows: Sequence[Row]) -> str:
    company = _unlinked(content.company.text)

    def say(code: str) -> str:
        return voice.say(code, company=company)

    def line(label: str, value: str) -> str:
        return voice.say("letter.row", label=label, value=value)

    blocks = [
        say("letter.greeting"),
        say(f"letter.{content.kind}.introduction"),
        *([] if content.notice is None else [say(content.notice)]),
        *(line(row.label, row.value) for row in rows),
        say(content.remark),
        line(say(content.button), content.url),
        f"-- \n{say('letter.sender')}",
        *map(say, content.footer),
    ]
    return "\n\n".join(blocks) + "\n"


def _as_html(content: Content, voice: _Voice, rows: Sequence[Row]) -> str:
    company = isolated(_unlinked(content.company.text))

    def say(code: str) -> str:
        return voice.say(code, company=company)

    introduction = say(f"letter.{content.kind}.introduction")
    return render(
        Page(
            language=content.language.value,
            sender_name=say("letter.sender"),
            title=say(f"letter.{content.kind}.title"),
            preview=introduction,
            greeting=say("letter.greeting"),
            introduction=introduction,
            notice=None if content.notice is None else say(content.notice),
            rows=rows,
            remark=say(content.remark),
            portal_url=content.url,
            button=say(content.button),
            link=say("letter.link"),
            footer=[*map(say, content.footer)],
        )
    )
