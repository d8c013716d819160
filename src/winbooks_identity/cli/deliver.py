"""
How do the mails that wait go out between two runs of `provision`?
"""

from typing import Annotated, final

from cyclopts import Parameter
from rich.text import Text

from ..adapters.embedded import open_office
from ..mail.relay import Delivery, DeliveryOutcome
from .answer import Answer
from .exit_code import ExitCode
from .interruption import Interruption
from .mailing import Delivery as Delivered
from .mailing import (
    deliver_waiting,
    disconnecting,
    given_up,
    in_json,
    mailer_of,
    reason_in_words,
)
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

    report = Report(screen)
    with open_office(database, key_file=key_file) as portal, disconnecting(mailer):
        if loop:
            with Interruption() as interruption:
                portal.relay(mailer).run(interruption, report=report.tell)
            raise KeyboardInterrupt
        delivered = deliver_waiting(portal, mailer)
    none = () if delivered.delivered else (Text(screen.text("cli.mails.none")),)
    return Answer(
        code=_code(delivered),
        document=delivered.document(),
        results=(*none, *delivered.results(screen)),
    )


@final
class Report:
    """
    What `deliver --loop` says: a line when something changes, or a document a pass.
    """

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._trouble: str | None = None

    def tell(self, delivery: Delivery) -> None:
        """
        Say what one pass did.
        """
        if self._screen.answers_in_json:
            self._screen.emit_line(in_json(delivery))
            return
        sent = delivery.count(DeliveryOutcome.SENT)
        if sent:
            self._screen.say("cli.mails.delivered", number=sent)
        for reason, number in given_up(delivery).items():
            words = reason_in_words(reason, self._screen)
            self._screen.say(
                "cli.mails.given_up", style="red", number=number, reason=words
            )
        self._tell_of_trouble(delivery.stopped_by, sent=sent)

    def _tell_of_trouble(self, trouble: str | None, *, sent: int) -> None:
        if trouble is not None and trouble != self._trouble:
            reason = reason_in_words(trouble, self._screen)
            self._screen.say("cli.mails.stopped", style="red", reason=reason)
        if trouble is None and self._trouble is not None and sent:
            self._screen.say("cli.mails.well_again", style="green")
        if trouble is not None or sent:
            self._trouble = trouble


def _code(delivered: Delivered) -> ExitCode:
    if delivered.stopped_by:
        return ExitCode.UNAVAILABLE
    return ExitCode.TRY_AGAIN if delivered.waiting else ExitCode.DONE
