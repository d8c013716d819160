"""
How do the mails that wait get out when nobody provisions?
"""

from rich.text import Text

from ..adapters.embedded import open_office
from .answer import Answer
from .exit_code import ExitCode
from .mailing import deliver_waiting, mailer_of
from .options import Database, KeyFile, Mailing, OnScreen, Output
from .usage import WrongUsage


__all__ = ["deliver"]


def deliver(
    *,
    database: Database,
    key_file: KeyFile = None,
    mailing: Mailing | None = None,
    output: Output | None = None,
    screen: OnScreen,
) -> Answer:
    """
    Deliver the mails that wait.
    """
    del output
    mailer = mailer_of(mailing or Mailing())
    if mailer is None:
        raise WrongUsage("cli.usage.no_destination")
    with open_office(database, key_file=key_file) as store:
        delivery = deliver_waiting(store, mailer)
    none = () if delivery.delivered else (Text(screen.text("cli.mails.none")),)
    return Answer(
        code=ExitCode.TRY_AGAIN if delivery.waiting else ExitCode.DONE,
        document=delivery.document(),
        results=(*delivery.results(screen), *none),
    )
