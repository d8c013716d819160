"""
How does what a letter says become a mail?

Every letter of the Portal goes through here; they differ in their `Content` only.
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
from .body import Body
from .draft import Draft
from .message import compose
from .prepared import prepared
from .wording import Form, Label, Values, Words, word


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
    What a letter says; its sentences are codes of the catalogue, as those of a `Form`.
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
        words, text, html = self._worded(_form(content), self._values(content))
        return compose(
            Draft(
                message_id=content.message_id,
                written_at=content.written_at,
                sender=self.sender,
                sender_name=words.sender_name,
                recipient=content.recipient.address,
                subject=words.subject,
                language=content.language.value,
                text=text,
                html=html,
            )
        )

    def _worded(self, form: Form, values: Values) -> tuple[Words, Body, Body]:
        if self.translator is None:
            ready = prepared(form)
            return ready.words, *ready.bodies(values)
        # What a product says may depend on whom it says it of.
        words = word(form, values, self.translator)
        return words, Body.of(words.text), Body.of(words.html)

    def _values(self, content: Content) -> Values:
        return Values(
            company=_unlinked(content.company.text),
            url=content.url,
            rows=[self._shown(value, content.language) for _, value in content.lines],
        )

    def _shown(self, value: str | Secret | datetime, language: Language) -> str:
        if isinstance(value, Secret):
            return value.value
        if isinstance(value, datetime):
            return in_words(value, language.value, self.translator)
        return value


def _form(content: Content) -> Form:
    return Form(
        kind=content.kind,
        language=content.language,
        labels=tuple(
            [Label(code, isinstance(value, Secret)) for code, value in content.lines]
        ),
        remark=content.remark,
        button=content.button,
        footer=tuple(content.footer),
        notice=content.notice,
    )


#: What mail programs know an address by: a dot within a word, also the three others that
#: browsers read as one (UTS #46), the sign of an address of mail, and the colon of a
#: scheme, such as ``tel:`` and ``mailto:``.
_LINKING: Final = re.compile(r"[.\u3002\uff0e\uff61](?=\w)|(?<=\w)@|(?<=\w):(?=\S)")

#: WORD JOINER shows nothing, keeps a line together, and is no part of a link.
_JOINER: Final = "\u2060"


def _joined(sign: re.Match[str]) -> str:
    return sign[0] + _JOINER


def _unlinked(text: str) -> str:
    """
    Return *text* so that mail programs make no link of it.

    A link in the name of a company would be mailed in the office's name.
    """
    return _LINKING.sub(_joined, text)
