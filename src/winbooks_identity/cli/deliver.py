"""
How do the mails that wait go out between two runs of `provision`?
"""

from collections.abc import Mapping
from typing import Annotated, final

from cyclopts import Parameter
from rich.text import Text

from ..mail.relay import Delivery, DeliveryOutcome
from .answer import Answer
from .exit_code import ExitCode
from .interruption import Interruption
from .mailing import Delivery as Delivered
from .mailing import (
    Recorder,
    deliver_waiting,
    disconnecting,
    given_up,
    in_json,
    mailer_of,
    postponed,
    reason_in_words,
)
from .opening import opened
from .options import Database, KeyFile, Mailing, OnScreen
from .screen import Screen
from .usage import WrongUsage


__all__ = ["Report", "deliver"]


def deliver(
    *,
    database: Database,
    key_file: KeyFile = None,
    loop: Annotated[bool, Parameter(help="cli.option.loop")] = False,
    mailing: Mailing | None = None,
    screen: OnScreen,
) -> Answer:
    """
    Deliver the mails that wait.
    """
    mailer = mailer_of(mailing or Mailing())
    if mailer is None:
        raise WrongUsage("cli.usage.no_destination")

    with opened(database, key_file=key_file) as portal, disconnecting(mailer):
        if loop:
            if held := portal.mails.held():
                screen.say("cli.mails.held", style="yellow", number=held)
            with Interruption() as interruption:
                recorder = Recorder(mailer)
                report = Report(screen, recorder.details)
                portal.relay(recorder).run(interruption, report=report.tell)
            raise KeyboardInterrupt
        delivered = deliver_waiting(portal, mailer)
    none = () if delivered.done.attempts else (Text(screen.text("cli.mails.none")),)
    return Answer(
        code=_code(delivered),
        document=delivered.document(),
        results=(*none, *delivered.results(screen)),
    )


@final
class Report:
    """
    What `deliver --loop` says: a line when something changes, or a document a pass.

    A reason is said once, and said again after it was over; *details* says more of
    some.
    """

    def __init__(self, screen: Screen, details: Mapping[str, str]) -> None:
        self._screen = screen
        self._details = details
        self._of_storage: str | None = None
        self._of_mails = dict[str, bool]()

    def tell(self, delivery: Delivery) -> None:
        """
        Say what one pass did.
        """
        if self._screen.answers_in_json:
            self._screen.emit_line(in_json(delivery))
            return
        if delivery.held:
            for code in ("cli.mails.copied", "cli.mails.held"):
                self._screen.say(code, style="yellow", number=delivery.held)
        sent = delivery.count(DeliveryOutcome.SENT)
        if sent:
            self._screen.say("cli.mails.delivered", number=sent)
        for reason, number in given_up(delivery).items():
            words = reason_in_words(reason, self._screen, self._details)
            self._screen.say(
                "cli.mails.given_up", style="red", number=number, reason=words
            )
        self._tell_of_mails(delivery, has_sent=sent > 0)
        self._tell_of_storage(delivery)

    def _tell_of_mails(self, delivery: Delivery, *, has_sent: bool) -> None:
        """
        Say why mails wait, and that they go out again.

        What concerns one mail is over without a word.
        """
        waits = postponed(delivery)
        for reason in waits.keys() - self._of_mails.keys():
            words = reason_in_words(reason, self._screen, self._details)
            self._screen.say(
                "cli.mails.postponed",
                style="yellow",
                number=waits[reason],
                reason=words,
            )
        if has_sent:
            over = self._of_mails.keys() - waits.keys()
            if any(self._of_mails[reason] for reason in over):
                self._screen.say("cli.mails.well_again", style="green")
            self._of_mails = {}
        self._of_mails |= {
            reason: any(
                attempt.is_about_us
                for attempt in delivery.attempts
                if attempt.reason == reason
            )
            for reason in waits
        }

    def _tell_of_storage(self, delivery: Delivery) -> None:
        trouble = _trouble_of_storage(delivery)
        if trouble is not None and trouble != self._of_storage:
            reason = reason_in_words(trouble, self._screen, self._details)
            self._screen.say("cli.mails.stopped", style="red", reason=reason)
        if trouble is None and self._of_storage is not None:
            self._screen.say("cli.mails.storage_again", style="green")
        self._of_storage = trouble


def _trouble_of_storage(delivery: Delivery) -> str | None:
    """
    Return what stopped a pass, if it was no failure to send the last mail.
    """
    is_told = delivery.attempts and delivery.attempts[-1].reason == delivery.stopped_by
    return None if is_told else delivery.stopped_by


def _code(delivered: Delivered) -> ExitCode:
    if delivered.stopped_by:
        return ExitCode.UNAVAILABLE
    if delivered.has_given_up:
        return ExitCode.REFUSED
    return ExitCode.TRY_AGAIN if delivered.waiting else ExitCode.DONE
