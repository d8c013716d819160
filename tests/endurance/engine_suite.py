"""
What `engines` runs on the database that it is told.
"""

import json
import os
import random
import signal
from collections.abc import Iterator
from time import sleep
from typing import Any

import pytest
from sqlalchemy import Engine, inspect, select, text
from sqlalchemy.sql.functions import count

from endurance.office_at_work import Office
from winbooks_identity.adapters.sqlalchemy import (
    Capabilities,
    SqlAlchemyOutboxQueue,
    SqlAlchemyStorage,
    migrations,
    open_postgresql,
)
from winbooks_identity.adapters.sqlalchemy.schema import (
    CREDENTIAL,
    OUTBOX,
    USER,
    metadata,
)
from winbooks_identity.ports import UnitOfWork
from winbooks_identity.testing import samples
from winbooks_identity.testing.contracts import OutboxQueueContract, StorageContract


SAID: dict[str, Any] = json.loads(os.environ.get("WINBOOKS_ENGINE", "{}"))

#: Seconds; long enough for several users, short enough to end among them.
LONGEST_LIFE = 0.5


def opened() -> Engine:
    """
    Return an engine as the command line says.
    """
    return open_postgresql(
        SAID["url"],
        capabilities=Capabilities(**SAID["capabilities"]),
        isolation_level=SAID["isolation_level"],
        prepares_statements=SAID["prepares_statements"],
    )


@pytest.fixture(scope="session")
def tables() -> Iterator[None]:
    """
    Make the tables, and take them away.
    """
    engine = opened()
    with engine.connect() as connection:
        there = set(inspect(connection).get_table_names()) & set(metadata.tables)
    if there:
        pytest.exit("the database is not empty: name one that is", returncode=2)
    migrations.upgrade(engine)
    migrations.check(engine)
    if SAID["after_tables"]:
        with engine.begin() as connection:
            connection.exec_driver_sql(SAID["after_tables"])
    yield
    with engine.begin() as connection:
        metadata.drop_all(connection)
        connection.execute(text("DROP TABLE IF EXISTS winbooks_identity_version"))
    engine.dispose()


@pytest.fixture
def database(tables: None) -> Iterator[Engine]:
    """
    Return an engine on empty tables.
    """
    del tables
    engine = opened()
    with engine.begin() as connection:
        for table in reversed(metadata.sorted_tables):
            connection.execute(table.delete())
    yield engine
    engine.dispose()


class TestStorage(StorageContract):
    """
    The storage keeps its contract, races included.
    """

    @pytest.fixture
    def storage(self, database: Engine) -> SqlAlchemyStorage:
        """
        Return an empty storage.
        """
        return SqlAlchemyStorage(database)


class TestOutboxQueue(OutboxQueueContract):
    """
    So does the queue.
    """

    @pytest.fixture
    def storage(self, database: Engine) -> SqlAlchemyStorage:
        """
        Return an empty storage.
        """
        return SqlAlchemyStorage(database)

    @pytest.fixture
    def queue(self, database: Engine) -> SqlAlchemyOutboxQueue:
        """
        Return the queue of the storage.
        """
        return SqlAlchemyOutboxQueue(database)


def test_processes_are_killed(database: Engine) -> None:
    """
    Each user has their credential and their mail, or is not there.
    """
    SqlAlchemyStorage(database).run(
        lambda unit: unit.licences.register(samples.licence(), [])
    )
    database.dispose()
    for kill in range(SAID["kills"]):
        child = os.fork()
        if not child:
            _create_for_ever(f"p{kill}")
        sleep(random.uniform(0, LONGEST_LIFE))  # noqa: S311  Any moment will do.
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    with database.connect() as connection:
        found = [
            connection.execute(select(count()).select_from(table)).scalar_one()
            for table in (USER, CREDENTIAL, OUTBOX)
        ]
    print(f"\n{SAID['kills']} kills; users, credentials and mails: {found}")  # noqa: T201  A figure to read.
    assert len({*found}) == 1
    assert found[0] > 0


def _create_for_ever(name: str) -> None:
    try:
        storage, number = SqlAlchemyStorage(opened()), 0
        while True:
            number += 1

            def work(unit: UnitOfWork, name: str = f"{name}-{number}") -> None:
                unit.users.add(samples.user(name))
                unit.credentials.put(samples.credential(name))
                unit.outbox.put(samples.mail(f"to {name}", to=name))

            storage.run(work)
    finally:
        os._exit(1)


@pytest.mark.parametrize("creators", [1, 4, 16])
def test_load(database: Engine, creators: int) -> None:
    """
    Nothing is lost, no ID has two winners, and so much is done in a second.
    """
    office = Office(database, creators=creators)
    office.register()
    office.begin()
    sleep(SAID["seconds"])
    office.end()
    rates = {
        "created": len(office.confirmed),
        "signed in": office.done["signed in"],
        "mails": len(office.mailer.sent),
        "synchronised": office.done["synchronised"],
    }
    row = " | ".join(f"{each / SAID['seconds']:,.1f}" for each in rates.values())
    print(f"\n| {creators} creators | {row} |  ({', '.join(rates)} in a second)")  # noqa: T201  A table to read.
    print(office.check())  # noqa: T201  Figures to read.
