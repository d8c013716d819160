"""
How is a database looked after: brought up to date, checked, and copied?
"""

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from rich.text import Text

from ..adapters.addresses import upgrade_tables
from ..adapters.embedded import back_up_database
from .answer import Answer
from .opening import because_of_address, is_server, opened
from .options import Database, KeyFile, OnScreen
from .usage import WrongUsage


__all__ = ["backup", "check", "upgrade"]


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
    if is_server(database):
        raise WrongUsage("cli.usage.backup_of_server")
    back_up_database(Path(database), file)
    said = screen.text("cli.database.backed_up", path=str(file))
    return Answer(document={"copy": str(file)}, results=(Text(said),))


def check(*, database: Database, key_file: KeyFile = None, screen: OnScreen) -> Answer:
    """
    Say whether the database and its keys can be used; nothing is changed.
    """
    with opened(database, key_file=key_file) as portal:
        licences = portal.storage.read(lambda unit: unit.licences.numbers())
        mails = portal.outbox.statistics()
    said = screen.text("cli.database.usable", number=len(licences))
    return Answer(
        document={
            "licences": len(licences),
            "mails": {"waiting": mails.waiting, "given_up": mails.dead},
        },
        results=(Text(said),),
    )


def upgrade(*, database: Database, screen: OnScreen) -> Answer:
    """
    Bring the tables of the database up to date; in PostgreSQL it makes them too.
    """
    with because_of_address():
        upgrade_tables(database)
    return Answer(document={}, results=(Text(screen.text("cli.database.upgraded")),))
