"""
How does an operator get what became of a run by mail?
"""

from collections.abc import Callable
from typing import final

import attrs
from rich.text import Text

from .. import system
from ..adapters.letters.report import Report, ReportLine, write_report
from ..adapters.opening import INVENTED_SENDER
from ..adapters.terminal import without_controls
from ..errors import IdentityError, MailServerUnusable, Unavailable
from ..mail.outbox import Mail
from ..ports import Mailer
from ..winbooks_id import WinBooksId
from .answer import Answer, failed
from .exit_code import ExitCode
from .mailing import disconnecting, mailer_of, reason_in_words
from .options import Mailing
from .screen import Screen
from .sync_all import Feed, Followed
from .usage import WrongUsage


__all__ = ["Post", "post_of", "reported"]


@final
@attrs.frozen(kw_only=True)
class Post:
    """
    Whom a report goes to, whom it comes from, and what takes it there.
    """

    recipient: WinBooksId
    sender: WinBooksId
    mailer: Mailer


def post_of(address: str | None, mailing: Mailing, *, every: bool) -> Post | None:
    """
    Return where the report of a run goes; `None` where none was asked for.

    Args:
        address: of the operator.
        mailing: how mails go out.
        every: whether it is a run of many licences.

    Raises:
        WrongUsage: the arguments do not belong together, or an address is none.
        FileUnavailable: as `mailer_of`.
    """
    mailer = mailer_of(mailing)
    if address is None and mailer is None:
        return None
    sender = mailing.sender or (INVENTED_SENDER if mailing.mail_dir else "")
    if mailer is None or not every or _are_none(address or "", sender):
        raise WrongUsage("cli.usage.report")
    return Post(
        recipient=WinBooksId.parse(address or ""),
        sender=WinBooksId.parse(sender),
        mailer=mailer,
    )


def reported(run: Callable[[], Followed], post: Post | None, screen: Screen) -> Answer:
    """
    Return the answer of *run*, after it was mailed.

    A run that fails as a whole is reported, too: who waits for a mail must not take
    its absence for a good night.
    """
    if post is None:
        return run().answer(screen)
    try:
        followed = run()
    except IdentityError as failure:
        answer = failed(failure, screen)
        said = [each.plain for each in answer.words if isinstance(each, Text)]
        title, lines = screen.text("letter.report.failed"), list[ReportLine]()
        summary = "\n".join(said)
    else:
        answer = followed.answer(screen)
        title = _title(followed, screen)
        lines = [_line(feed, screen) for feed in followed.feeds]
        summary = followed.summary(screen)
    report = Report(
        message_id=system.new_id(),
        written_at=system.now(),
        recipient=post.recipient,
        language=screen.language,
        title=title,
        lines=lines,
        summary=without_controls(summary),
    )
    mail = write_report(
        report, sender=post.sender.address, translator=screen.translator
    )
    return _sent(mail, post, answer, screen)


def _title(followed: Followed, screen: Screen) -> str:
    open_feeds = [each for each in followed.feeds if each.outcome != "done"]
    number = len(open_feeds) + followed.left
    return screen.text(
        "letter.report.title" if number else "letter.report.fine", number=number
    )


def _line(feed: Feed, screen: Screen) -> ReportLine:
    outcome = screen.text(f"cli.outcome.{feed.outcome}")
    heading = without_controls(f"{feed.licence}, {outcome}").replace("\n", " ")
    return ReportLine(heading, without_controls(feed.detail(screen).plain))


def _sent(mail: Mail, post: Post, answer: Answer, screen: Screen) -> Answer:
    address, reason = post.recipient.address, None
    said = screen.text("cli.sync.reported", address=address)
    code = answer.code
    try:
        with disconnecting(post.mailer):
            post.mailer.send(mail)
    except Unavailable as failure:
        reason = failure.code
        is_ours = isinstance(failure, MailServerUnusable)
        details = {reason: str(failure)} if is_ours else {}
        words = reason_in_words(reason, screen, details)
        said = screen.text("cli.sync.unreported", reason=words)
        if code is ExitCode.DONE:
            code = ExitCode.TRY_AGAIN
    return attrs.evolve(
        answer,
        code=code,
        document={
            **answer.document,
            "report": {"to": address, "sent": reason is None, "reason": reason},
        },
        words=(*answer.words, Text(said, "red" if reason else "")),
    )


def _are_none(*addresses: str) -> bool:
    return any(WinBooksId.check(each) for each in addresses)
