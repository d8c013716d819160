"""
How does an operator read by mail what became of a run?

The mail names no person and no one's address but the operator's.  It waits in no
outbox: that holds what users get, and a failed report is shown at once.
"""

from collections.abc import Sequence
from datetime import datetime
from html import escape
from typing import Final, final
from uuid import UUID

import attrs

from winbooks_identity import texts
from winbooks_identity.mail.outbox import Mail
from winbooks_identity.winbooks_id import WinBooksId

from .belgian_time import in_words
from .body import Body
from .draft import Draft
from .message import compose


__all__ = ["Report", "ReportLine", "write_report"]


@final
@attrs.frozen
class ReportLine:
    """
    What one part of a run came to: a heading, and what is said below it.
    """

    heading: str
    said: str


@final
@attrs.frozen(kw_only=True)
class Report:
    """
    What a report says, in the reader's language.

    `title` is the subject, too; `summary` stands below all lines.
    """

    message_id: UUID
    written_at: datetime
    recipient: WinBooksId
    language: str
    title: str
    lines: Sequence[ReportLine]
    summary: str


def write_report(
    report: Report, *, sender: str, translator: texts.Translator | None = None
) -> Mail:
    """
    Return *report* as a mail; the same report always makes the same mail.

    Args:
        report: what is said.
        sender: the address that the mail comes from.
        translator: a product's own words, asked first.

    Raises:
        Invalid: *sender* is no address.
        PermanentFailure: the mail would not say what was meant.
    """

    def say(code: str, **params: str) -> str:
        return texts.text(code, report.language, params, translator=translator)

    moment = in_words(report.written_at, report.language, translator)
    footer = [say("letter.report.reason"), say("letter.automatic")]
    rows = [
        say("letter.row", label=each.heading, value=each.said.replace("\n", "\n    "))
        for each in report.lines
    ]
    blocks = [report.title, moment, *rows, report.summary]
    signature = "\n\n".join([f"-- \n{say('letter.sender')}", *footer])
    return compose(
        Draft(
            message_id=report.message_id,
            written_at=report.written_at,
            sender=WinBooksId.parse(sender).address,
            sender_name=say("letter.sender"),
            recipient=report.recipient.address,
            subject=report.title,
            language=report.language,
            text=Body.of("\n\n".join([*blocks, signature]) + "\n"),
            html=Body.of(_as_html(report, moment, footer)),
        )
    )


def _as_html(report: Report, moment: str, footer: Sequence[str]) -> str:
    def lines(text: str) -> str:
        return "<br>\n".join(map(escape, text.split("\n")))

    return _DOCUMENT % {
        "language": report.language,
        "title": escape(report.title),
        "moment": escape(moment),
        "rows": "".join(
            _ROW % {"heading": escape(each.heading), "said": lines(each.said)}
            for each in report.lines
        ),
        "summary": lines(report.summary),
        "footer": lines("\n".join(footer)),
    }


_DOCUMENT: Final = """<!doctype html>
<html lang="%(language)s" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>%(title)s</title>
</head>
<body style="margin:24px;max-width:640px;font:16px/24px 'Segoe UI',Arial,sans-serif;">
<h1 style="margin:0;font-size:22px;line-height:30px;">%(title)s</h1>
<p style="margin:0 0 20px;">%(moment)s</p>
<dl>
%(rows)s</dl>
<p style="margin:20px 0;font-weight:600;">%(summary)s</p>
<p style="font-size:13px;line-height:20px;">%(footer)s</p>
</body>
</html>
"""

_ROW: Final = """<dt style="margin-top:12px;font-weight:600;"><bdi>%(heading)s</bdi></dt>
<dd style="margin:0 0 0 20px;"><bdi>%(said)s</bdi></dd>
"""
