"""
How is what a letter says put into words, as plain text and as HTML?

Every letter greets, introduces, may warn, lists a few lines, remarks, offers one
button and says why it was sent.
"""

from collections.abc import Sequence
from typing import final

import attrs

from winbooks_identity import texts
from winbooks_identity.language import Language

from .page import Page, Row, isolated, render


__all__ = ["Form", "Label", "Values", "Words", "word"]


@final
@attrs.frozen
class Label:
    """
    The code of what stands beside a value, which may be set in signs of one width.
    """

    code: str
    is_secret: bool


@final
@attrs.frozen(kw_only=True)
class Form:
    """
    What all letters of one kind share; its sentences are codes of the catalogue.

    `subject`, `title` and `introduction` stand in the catalogue under
    ``letter.{kind}.``.
    """

    kind: str
    language: Language
    labels: tuple[Label, ...]
    remark: str
    button: str
    footer: tuple[str, ...]
    notice: str | None


@final
@attrs.frozen(kw_only=True)
class Values:
    """
    What differs from letter to letter, as it is shown; one of *rows* for each label.
    """

    company: str
    url: str = attrs.field(repr=False)
    rows: Sequence[str] = attrs.field(repr=False)


@final
@attrs.frozen(kw_only=True)
class Words:
    """
    A letter in words.
    """

    sender_name: str
    subject: str
    text: str = attrs.field(repr=False)
    html: str = attrs.field(repr=False)


def word(form: Form, values: Values, translator: texts.Translator | None) -> Words:
    """
    Return *form* with *values* in the words of *translator*, or of the catalogue.
    """
    voice = _Voice(form.language.value, translator)
    rows = [
        Row(label=voice.say(label.code), value=value, is_secret=label.is_secret)
        for label, value in zip(form.labels, values.rows, strict=True)
    ]
    return Words(
        sender_name=voice.say("letter.sender"),
        subject=voice.say(f"letter.{form.kind}.subject"),
        text=_as_text(form, values, rows, voice),
        html=_as_html(form, values, rows, voice),
    )


@final
@attrs.frozen
class _Voice:
    """
    Says sentences in one language.
    """

    language: str
    translator: texts.Translator | None

    def say(self, code: str, **params: str) -> str:
        return texts.text(code, self.language, params, translator=self.translator)


def _as_text(form: Form, values: Values, rows: Sequence[Row], voice: _Voice) -> str:
    def say(code: str) -> str:
        return voice.say(code, company=values.company)

    def line(label: str, value: str) -> str:
        return voice.say("letter.row", label=label, value=value)

    blocks = [
        say("letter.greeting"),
        say(f"letter.{form.kind}.introduction"),
        *([] if form.notice is None else [say(form.notice)]),
        *(line(row.label, row.value) for row in rows),
        say(form.remark),
        line(say(form.button), values.url),
        f"-- \n{say('letter.sender')}",
        *map(say, form.footer),
    ]
    return "\n\n".join(blocks) + "\n"


def _as_html(form: Form, values: Values, rows: Sequence[Row], voice: _Voice) -> str:
    company = isolated(values.company)

    def say(code: str) -> str:
        return voice.say(code, company=company)

    introduction = say(f"letter.{form.kind}.introduction")
    return render(
        Page(
            language=voice.language,
            sender_name=say("letter.sender"),
            title=say(f"letter.{form.kind}.title"),
            preview=introduction,
            greeting=say("letter.greeting"),
            introduction=introduction,
            notice=None if form.notice is None else say(form.notice),
            rows=rows,
            remark=say(form.remark),
            portal_url=values.url,
            button=say(form.button),
            link=say("letter.link"),
            footer=[*map(say, form.footer)],
        )
    )
