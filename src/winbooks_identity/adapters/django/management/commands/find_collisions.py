"""
Which rows of a table of the project would share a WinBooks ID, or seem to?
"""

from argparse import ArgumentParser
from typing import Any, final

from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from .....collisions import Likeness, find_collisions
from ....terminal import without_controls


@final
class Command(BaseCommand):
    """
    Tells the collisions; nothing is merged.
    """

    help = "Find rows that would share a WinBooks ID, or seem to; nothing is changed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """
        Let any table be looked at.
        """
        parser.add_argument("model", nargs="?", help="app.Model; your users by default")
        parser.add_argument("--field", help="the column of addresses; that of e-mail")

    def handle(self, *, model: str | None, field: str | None, **_: Any) -> None:
        """
        Write a line for each row: the likeness, the key, the address, who would stay.

        Raises:
            CommandError: there are twins, or no such table or column.
        """
        try:
            rows: Any = apps.get_model(model) if model else get_user_model()
            column = field or rows.get_email_field_name()
            every = rows._default_manager.values_list("pk", column).iterator()  # noqa: SLF001  Django's own way.
        except (LookupError, ValueError, AttributeError) as error:
            raise CommandError(f"{error}; name app.Model and --field") from None
        twins = 0
        for collision in find_collisions((str(key), text or "") for key, text in every):
            twins += collision.likeness is Likeness.TWINS
            for account in collision.accounts:
                stays = " *" if account is collision.survivor else ""
                likeness = collision.likeness.value
                row = f"{likeness:<12} {account.identifier:>8}  {account.address}"
                self.stdout.write(without_controls(f"{row}{stays}"))
        if twins:
            raise CommandError(f"{twins} WinBooks IDs have several rows each")
