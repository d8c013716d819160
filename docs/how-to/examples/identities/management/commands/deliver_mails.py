"""
Deliver the mails that wait in the outbox, until told to stop.
"""

import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from identities.services import mailer, relay
from winbooks_identity.relay import Delivery


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="only what is due now")

    def handle(self, *_: Any, once: bool, **__: Any) -> None:
        with mailer:
            if once:
                self._report(relay.deliver())
                return
            stop = threading.Event()
            signal.signal(signal.SIGTERM, lambda *_: stop.set())
            relay.run(stop, report=self._report)

    def _report(self, delivery: Delivery) -> None:
        # Message-IDs and codes name nobody.
        for each in delivery.attempts:
            self.stdout.write(
                f"{each.message_id} {each.outcome.name} {each.reason or ''}"
            )
