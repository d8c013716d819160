"""
How do the mails that wait reach the mail server?

    python manage.py deliver_mails
"""

import signal
import threading
from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from identities.services import mailer, portal
from winbooks_identity.mail.relay import Delivery


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

    def handle(self, *, once: bool, **_: object) -> None:
        """
        Deliver; a mail under way when the signal comes is finished.
        """
        with mailer() as server:
            relay = portal().relay(server)
            if once:
                self._report(relay.deliver())
                return
            stop = threading.Event()
            signal.signal(signal.SIGTERM, lambda *_: stop.set())
            relay.run(stop, report=self._report)

    def _report(self, delivery: Delivery) -> None:
        for each in delivery.attempts:
            # Message-IDs and codes name nobody.
            line = f"{each.message_id} {each.outcome.name} {each.reason or ''}"
            self.stdout.write(line.rstrip())
