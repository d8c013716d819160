"""
How is what was kept for long enough removed from the database of the project?

    python manage.py housekeep
"""

from argparse import ArgumentParser
from collections import Counter
from typing import Any, final

from django.core.management.base import BaseCommand

from .....retention import Kept
from ...wiring import portal


@final
class Command(BaseCommand):
    """
    Removes it in small transactions, while others work.
    """

    help = (
        "Remove what was kept for long enough: failed attempts, mails that are over,"
        " request ids and history."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """
        Let an operator look first.
        """
        parser.add_argument(
            "--dry-run", action="store_true", help="only count what would go"
        )

    def handle(self, *, dry_run: bool, **_: Any) -> None:
        """
        Remove it, and say how much it was; the setting RETENTION says what is due.
        """
        service = portal().housekeeping
        numbers = Counter(service.due() if dry_run else {})
        for step in () if dry_run else service.run():
            numbers[step.kept] += step.number
        for kept in Kept:
            self.stdout.write(f"{kept.value} {numbers[kept]}")
