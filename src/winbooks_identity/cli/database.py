"""
How is a database of an older version brought up to date?
"""

from rich.text import Text

from ..adapters.embedded import upgrade_database
from .answer import Answer
from .options import Database, OnScreen


__all__ = ["upgrade"]


def upgrade(*, database: Database, screen: OnScreen) -> Answer:
    """
    Bring the tables of the database up to date.
    """
    upgrade_database(database)
    return Answer(document={}, results=(Text(screen.text("cli.database.upgraded")),))
