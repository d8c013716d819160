"""
How do the mails that wait get out when nobody provisions?
"""

from typing import Annotated

from cyclopts import Parameter
from rich.text import Text

from ..adapters.embedded import open_office
from ..mail.relay import Delivery, DeliveryOutcome
from .answer import Answer
from .exit_code import ExitCode
from .interruption import Interruption
from .mailing import Delivery as Delivered
from .mailing import deliver_waiting, disconnecting, mailer_of
from .options import Database, KeyFile, Mailing, OnScreen
from .usage import WrongUsage


__all__ = ["deliver"]


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

    trouble: str | None = None

    def tell(delivery: Delivery) -> None:
        nonlocal trouble
        if sent := delivery.count(DeliveryOutcome.SENT):
            screen.say("cli.mails.delivered", number=sent)
        if delivery.stopped_by is not None:
            if delivery.stopped_by != trouble:
                reason = screen.text(delivery.stopped_by)
                screen.say("cli.mails.stopped", style="red", reason=reason)
            trouble = delivery.stopped_by
        elif sent and trouble:
            screen.say("cli.mails.well_again", style="green")
            trouble = None

    with open_office(database, key_file=key_file) as portal, disconnecting(mailer):
        if loop:
            with Interruption() as interruption:
                portal.relay(mailer).run(interruption, report=tell)
            raise KeyboardInterrupt
        delivered = deliver_waiting(portal, mailer)
    none = () if delivered.delivered else (Text(screen.text("cli.mails.none")),)
    return Answer(
        code=_code(delivered),
        document=delivered.document(),
        results=(*none, *delivered.results(screen)),
    )


def _code(delivered: Delivered) -> ExitCode:
    if delivered.stopped_by:
        return ExitCode.UNAVAILABLE
    return ExitCode.TRY_AGAIN if delivered.waiting else ExitCode.DONE
