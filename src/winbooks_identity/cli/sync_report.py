"""
How does an operator get what became of a run by mail?
"""

from collections.abc import Callable, Sequence
from typing import final

import attrs
from rich.text import Text

from .. import system
from ..adapters.letters.report import Report, ReportLine, write_report
from ..adapters.opening import INVENTED_SENDER
from ..adapters.terminal import without_controls
from ..errors import MailServerUnusable, Refused, Unavailable
from ..mail.outbox import Mail
from ..ports import Mailer
from ..winbooks_id import WinBooksId
from .answer import Answer, failed
from .exit_code import ExitCode
from .mailing import disconnecting, mailer_of
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
    its absence for a good night.  A report that fails costs no answer.

    Raises:
        WrongUsage: from *run*, and whatever else it did not expect; it is reported.
    """
    if post is None:
        return run().answer(screen)
    try:
        followed = run()
        answer = followed.answer(screen)
    except WrongUsage as wrong:
        said = screen.text(wrong.code, **wrong.params)
        _tell(_failed(said, post, screen), post, screen)
        raise
    except (Refused, Unavailable) as failure:
        answer = failed(failure, screen)
        words = [each.plain for each in answer.words if isinstance(each, Text)]
        return _sent(_failed("\n".join(words), post, screen), post, answer, screen)
    except (Exception, KeyboardInterrupt):
        title = screen.text("letter.report.broken_off")
        summary = screen.text("letter.report.run_again")
        _tell(lambda: _report(title, [], summary, post, screen), post, screen)
        raise
    return _sent(lambda: _of_feeds(followed, post, screen), post, answer, screen)


def _of_feeds(followed: Followed, post: Post, screen: Screen) -> Mail:
    lines = [_line(feed, screen) for feed in followed.feeds]
    summary = followed.summary(screen)
    return _report(_title(followed, screen), lines, summary, post, screen)


def _failed(said: str, post: Post, screen: Screen) -> Callable[[], Mail]:
    title = screen.text("letter.report.failed")
    return lambda: _report(title, [], said, post, screen)


def _report(
    title: str, lines: Sequence[ReportLine], summary: str, post: Post, screen: Screen
) -> Mail:
    report = Report(
        message_id=system.new_id(),
        written_at=system.now(),
        recipient=post.recipient,
        language=screen.language,
        title=title,
        lines=lines,
        summary=without_controls(summary),
    )
    return write_report(
        report, sender=post.sender.address, translator=screen.translator
    )


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


def _tell(write: Callable[[], Mail], post: Post, screen: Screen) -> None:
    """
    Send the report of a run that has no answer.
    """
    for said in _sent(write, post, Answer(document={}), screen).words:
        screen.err.print(said)


def _sent(
    write: Callable[[], Mail], post: Post, answer: Answer, screen: Screen
) -> Answer:
    """
    Return *answer* with what became of the report that *write* makes.
    """
    address, reason = post.recipient.address, None
    said = screen.text("cli.sync.reported", address=address)
    code = answer.code
    try:
        with disconnecting(post.mailer):
            post.mailer.send(write())
    except Exception as failure:  # noqa: BLE001  What was done must be told anyhow.
        reason = failure.code if isinstance(failure, Unavailable) else Unavailable.code
        # The sentences of reasons say that mails wait; this one does not.
        is_ours = isinstance(failure, MailServerUnusable)
        detail = str(failure) if is_ours else type(failure).__name__
        said = screen.text("cli.sync.unreported", reason=detail or reason)
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
