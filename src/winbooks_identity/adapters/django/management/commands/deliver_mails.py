"""
How do the mails that wait reach the mail server?

    python manage.py deliver_mails
"""

import signal
import threading
from argparse import ArgumentParser
from contextlib import ExitStack
from typing import Any, final

from django.core.management.base import BaseCommand, CommandError

from .....mail.home import HELD
from .....mail.relay import Delivery, DeliveryOutcome
from ...wiring import mailer, portal


@final
class Command(BaseCommand):
    """
    Runs a relay until it gets a signal; any number of them may run.
    """

    help = "Deliver the mails that wait in the outbox."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """
        Let a timer run it as well as a supervisor.
        """
        parser.add_argument("--once", action="store_true", help="only what is due")

    def handle(self, *, once: bool, **_: Any) -> None:
        """
        Deliver; a mail under way when the signal comes is finished.

        Raises:
            CommandError: something stopped the only pass, its mails are held back as
                the database is a copy, or mails wait for another try; then the exit
                code is 75.
        """
        with ExitStack() as stack:
            relay = portal().relay(mailer(closed_by=stack))
            if once:
                delivery = relay.deliver()
                self._report(delivery)
                if delivery.stopped_by:
                    raise CommandError(f"stopped: {delivery.stopped_by}")
                if delivery.held:
                    raise CommandError(f"{delivery.held} are held back: a copy")
                if waiting := delivery.count(DeliveryOutcome.POSTPONED):
                    raise CommandError(f"{waiting} wait for another try", returncode=75)
                return
            stop = threading.Event()

            def finish(*_: object) -> None:
                stop.set()

            for each in (signal.SIGTERM, signal.SIGINT):
                signal.signal(each, finish)
            relay.run(stop, report=self._report)

    def _report(self, delivery: Delivery) -> None:
        for each in delivery.attempts:
            # Message-IDs and codes name no one.
            line = f"{each.message_id} {each.outcome.name} {each.reason or ''}"
            self.stdout.write(line.rstrip())
        if delivery.held:
            self.stdout.write(f"{delivery.held} HELD {HELD}")
