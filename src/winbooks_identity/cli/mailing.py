"""
How do the mails that wait get out, and where did each of them go?
"""

from collections import Counter
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final, final

import attrs
from rich.console import RenderableType
from rich.text import Text

from ..adapters.files import because
from ..adapters.letters import StandardLetters
from ..adapters.mail_directory import MailDirectory
from ..adapters.opening import INVENTED_PORTAL, INVENTED_SENDER
from ..adapters.smtp import Security, SmtpMailer
from ..errors import MailServerUnusable, Unavailable
from ..mail import relay
from ..mail.outbox import Mail
from ..passwords import Password
from ..portal import Portal
from ..ports import Mailer
from ..texts import Translator, sentences
from .narrow import pairs
from .options import Mailing
from .screen import Screen
from .usage import WrongUsage


__all__ = [
    "Delivered",
    "Delivery",
    "Recorder",
    "deliver_waiting",
    "disconnecting",
    "given_up",
    "in_json",
    "letters_of",
    "letters_with",
    "mailer_of",
    "postponed",
    "reason_in_words",
]


@final
@attrs.frozen
class Delivered:
    """
    Who was written to and, where the mail is a file, its path.
    """

    recipient: str
    path: Path | None


@final
@attrs.frozen(kw_only=True)
class Delivery:
    """
    Where mails went, and how many still wait or were given up.

    The numbers are `None` where the storage failed before they were counted; *dead*
    does not count those that are held back.
    """

    delivered: tuple[Delivered, ...]
    waiting: int | None
    dead: int | None
    next_try: datetime | None = None
    held: int = 0
    was_tried: bool
    done: relay.Delivery
    details: Mapping[str, str] = {}
    stopped_by: str | None = None
    figures: Mapping[str, object] | None = None

    @property
    def has_failures(self) -> bool:
        """
        Tell whether mails wait although a mailer was there to take them.
        """
        return self.was_tried and self.waiting != 0

    @property
    def has_given_up(self) -> bool:
        """
        Tell whether mails were given up just now, or are held back: people decide.
        """
        return bool(self.held or given_up(self.done))

    def document(self) -> dict[str, object]:
        """
        Return it as JSON.
        """
        return {
            "mails": {
                "delivered": [
                    {"to": each.recipient, "path": str(each.path or "") or None}
                    for each in self.delivered
                ],
                "waiting": self.waiting,
                "next_try": self.next_try and self.next_try.isoformat(),
                "given_up": self.dead,
                "held": self.held,
                "held_as_copied": self.done.held,
                "failed": [*map(_attempt_in_json, _failed(self.done))],
                "stopped_by": self.stopped_by,
                "queue": self.figures,
            }
        }

    def results(self, screen: Screen) -> tuple[RenderableType, ...]:
        """
        Return it in words: the path of each mail, and what still waits.
        """
        shown: list[RenderableType] = []
        if self.delivered:
            told = [
                (each.recipient, Text(str(each.path or ""))) for each in self.delivered
            ]
            number = len(self.delivered)
            heading = screen.text("cli.mails.delivered", number=number)
            shown += [Text(heading, "bold"), pairs(screen, told), Text()]
        for code, style, numbers in (
            ("cli.mails.postponed", "yellow", postponed(self.done)),
            ("cli.mails.given_up", "red", given_up(self.done)),
        ):
            for reason, number in numbers.items():
                words = reason_in_words(reason, screen, self.details)
                said = screen.text(code, number=number, reason=words)
                shown.append(Text(said, style))
        if self.waiting:
            waiting = screen.text("cli.mails.waiting", number=self.waiting)
            if self.was_tried and self.next_try:
                waiting = screen.text(
                    "cli.mails.next_try",
                    number=self.waiting,
                    moment=screen.moment(self.next_try),
                )
            shown.append(Text(waiting, "yellow"))
        for code, style, kept in (
            ("cli.mails.dead", "red", self.dead),
            ("cli.mails.copied", "yellow", self.done.held),
            ("cli.mails.held", "yellow", self.held),
        ):
            if kept:
                shown.append(Text(screen.text(code, number=kept), style))
        if self.stopped_by:
            shown.append(Text(self._stopped(self.stopped_by, screen), "red"))
        return tuple(shown)

    def _stopped(self, reason: str, screen: Screen) -> str:
        """
        Return why the pass ended; what was said of the mails above is not said again.
        """
        if reason in postponed(self.done):
            return screen.text("cli.mails.stopped_there")
        words = reason_in_words(reason, screen, self.details)
        return screen.text("cli.mails.stopped", reason=words)


def in_json(delivery: relay.Delivery) -> dict[str, object]:
    """
    Return what one pass of a relay did; it names no one.
    """
    return {
        "sent": delivery.count(relay.DeliveryOutcome.SENT),
        "failed": [_attempt_in_json(attempt) for attempt in _failed(delivery)],
        "held_as_copied": delivery.held,
        "stopped_by": delivery.stopped_by,
    }


def given_up(delivery: relay.Delivery) -> Counter[str]:
    """
    Return how many mails were given up, by the code of the reason.
    """
    return _reasons(delivery, relay.DeliveryOutcome.BURIED)


def postponed(delivery: relay.Delivery) -> Counter[str]:
    """
    Return how many mails wait for another try, by the code of the reason.
    """
    return _reasons(delivery, relay.DeliveryOutcome.POSTPONED)


def reason_in_words(
    reason: str, screen: Screen, details: Mapping[str, str] | None = None
) -> str:
    """
    Return the sentence of a reason; a mailer of the host's may have its own codes.

    *details* says more of some reasons, in the words of the mailer.
    """
    words = screen.text(reason) if reason in sentences(screen.language) else reason
    detail = (details or {}).get(reason)
    return f"{words} ({detail})" if detail else words


def _reasons(delivery: relay.Delivery, outcome: relay.DeliveryOutcome) -> Counter[str]:
    return Counter(
        attempt.reason
        for attempt in _failed(delivery)
        if attempt.outcome is outcome and attempt.reason
    )


def _failed(delivery: relay.Delivery) -> Sequence[relay.Attempt]:
    return [attempt for attempt in delivery.attempts if attempt.reason]


def _attempt_in_json(attempt: relay.Attempt) -> dict[str, object]:
    return {
        "message_id": attempt.message_id,
        "outcome": attempt.outcome.name.lower(),
        "reason": attempt.reason,
    }


def mailer_of(options: Mailing) -> Mailer | None:
    """
    Return what takes the mails where *options* say; `None` where they are silent.

    Raises:
        FileUnavailable: the folder or the password file cannot be used.
        WrongUsage: the options do not belong together.
    """
    if options.mail_dir is not None and options.smtp_host is not None:
        raise WrongUsage("cli.usage.one_destination")
    if options.mail_dir is not None:
        return _mail_directory(options.mail_dir)
    if options.smtp_host is not None:
        return _smtp_mailer(options.smtp_host, options)
    return None


@contextmanager
def disconnecting(mailer: Mailer | None) -> Generator[None]:
    """
    Close the connection to a mail server at the end, if *mailer* keeps one.
    """
    try:
        yield
    finally:
        if isinstance(mailer, SmtpMailer):
            mailer.close()


def letters_of(
    options: Mailing, translator: Translator | None = None
) -> StandardLetters:
    """
    Return what puts the mails into words.

    Addresses are invented for mails that go to a folder, to be looked at; who
    gets a mail for real needs the real ones.

    Raises:
        WrongUsage: an address is missing or wrong.
    """
    if options.mail_dir is None:
        return letters_with(options.sender, options.portal_url, translator)
    return letters_with(
        options.sender or INVENTED_SENDER,
        options.portal_url or INVENTED_PORTAL,
        translator,
    )


def letters_with(
    sender: str | None, portal_url: str | None, translator: Translator | None = None
) -> StandardLetters:
    """
    Return what puts mails into words that come from *sender*.

    Raises:
        WrongUsage: an address is missing or wrong.
    """
    if sender is None or portal_url is None:
        raise WrongUsage("cli.usage.no_sender")
    try:
        return StandardLetters(sender, portal_url, translator=translator)
    except ValueError as error:
        raise WrongUsage("cli.usage.wrong_sender") from error


def deliver_waiting(portal: Portal, mailer: Mailer | None) -> Delivery:
    """
    Take every mail that is due to *mailer*, if there is one.

    A storage that fails costs no line of what was done: `Delivery.stopped_by` is
    its code.
    """
    recorder = Recorder(mailer) if mailer is not None else None
    done, left, held = relay.Delivery(()), None, 0
    failure: str | None = None
    queue: Mapping[str, object] | None = None
    try:
        if recorder is not None:
            done = portal.relay(recorder).deliver()
        left, held = portal.outbox.statistics(), portal.mails.held()
        queue = portal.mails.figures()
    except Unavailable as unavailable:
        failure = unavailable.code
    return Delivery(
        delivered=tuple(recorder.delivered) if recorder is not None else (),
        waiting=None if left is None else left.waiting,
        dead=None if left is None else left.dead - held,
        next_try=None if left is None else left.next_try,
        held=held,
        was_tried=recorder is not None,
        done=done,
        details=recorder.details if recorder is not None else {},
        stopped_by=done.stopped_by or failure,
        figures=queue,
    )


@final
class Recorder:
    """
    Passes mails on and remembers where each of them went.

    `details` says what a mailer said last of each reason that is about us.
    """

    def __init__(self, mailer: Mailer) -> None:
        self.delivered: list[Delivered] = []
        self.details: dict[str, str] = {}
        self._mailer = mailer

    def send(self, mail: Mail) -> None:
        """
        Pass *mail* on.
        """
        try:
            self._mailer.send(mail)
        except MailServerUnusable as failure:
            self.details[failure.code] = str(failure)
            raise
        path = None
        if isinstance(self._mailer, MailDirectory):
            path = self._mailer.path_of(mail)
        self.delivered.append(Delivered(mail.recipient, path))


def _mail_directory(path: Path) -> MailDirectory:
    try:
        return MailDirectory(path)
    except OSError as error:
        raise because(error, path) from error


def _smtp_mailer(host: str, options: Mailing) -> SmtpMailer:
    security = Security[options.smtp_security.upper()]
    password = None
    if options.smtp_password_file is not None:
        password = _first_line(options.smtp_password_file)
    try:
        return SmtpMailer(
            host,
            options.smtp_port or _PORTS[security],
            security=security,
            user=options.smtp_user,
            password=password,
        )
    except ValueError as error:
        # In clear to another machine, or a user without a password.
        raise WrongUsage("cli.usage.unsafe_smtp") from error


def _first_line(file: Path) -> Password:
    try:
        with file.open(encoding="utf-8-sig") as opened:
            return Password(opened.readline().rstrip("\r\n"))
    except OSError as error:
        raise because(error, file) from error


_PORTS: Final = {Security.STARTTLS: 587, Security.TLS: 465, Security.NONE: 25}
