"""
How is a database looked after: brought up to date, and copied?
"""

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from rich.text import Text

from ..adapters.embedded import back_up_database, upgrade_database
from .answer import Answer
from .options import Database, OnScreen


__all__ = ["backup", "upgrade"]


def backup(
    file: Annotated[Path, Parameter(help="cli.option.backup")],
    /,
    *,
    database: Database,
    screen: OnScreen,
) -> Answer:
    """
    Copy the database while others work with it.
    """
    back_up_database(database, file)
    said = screen.text("cli.database.backed_up", path=str(file))
    return Answer(document={"copy": str(file)}, results=(Text(said),))


def upgrade(*, database: Database, screen: OnScreen) -> Answer:
    """
    Bring the tables of the database up to date.
    """
    upgrade_database(database)
    return Answer(document={}, results=(Text(screen.text("cli.database.upgraded")),))
