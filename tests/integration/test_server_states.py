"""
What a server comes back from is busy, whatever state it was in.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from uuid import uuid4

import pytest
from sqlalchemy import URL, Engine, create_engine, text

from winbooks_identity.adapters.sqlalchemy import (
    SqlAlchemyOutboxQueue,
    SqlAlchemyStorage,
    open_postgresql,
)
from winbooks_identity.adapters.sqlalchemy.migrations import upgrade
from winbooks_identity.errors import StorageBusy
from winbooks_identity.testing import samples
from winbooks_identity.testing.contracts.suite import outcome
from winbooks_identity.testing.contracts.units import add


@pytest.fixture
def own_postgresql(new_postgresql_url: URL) -> Iterator[Engine]:
    """
    Return an engine on a database that no other test uses, with empty tables.
    """
    engine = open_postgresql(new_postgresql_url)
    upgrade(engine)
    SqlAlchemyStorage(engine).run(
        lambda unit: unit.licences.register(samples.licence(), [])
    )
    yield engine
    engine.dispose()


@contextmanager
def engine_at(url: URL) -> Iterator[Engine]:
    """
    Return an engine whose connections are closed again.
    """
    engine = open_postgresql(url)
    yield engine
    engine.dispose()


def administer(url: URL, *statements: str) -> None:
    """
    Run *statements* outside any transaction.
    """
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


class TestServerStates:
    """
    A caller that asks again later needs no new process.
    """

    def test_a_server_that_only_reads(self, own_postgresql: Engine) -> None:
        """
        A primary that was demoted refuses to write until the next failover.
        """
        url = own_postgresql.url
        storage = SqlAlchemyStorage(own_postgresql)
        state = f"ALTER DATABASE {url.database} SET default_transaction_read_only ="
        administer(url, f"{state} on")
        own_postgresql.dispose()
        ada = partial(add, storage, samples.user("ada"))

        refused = outcome(ada)
        read = storage.run(lambda unit: unit.licences.find("4711"))
        # What is read-only itself can still be told otherwise.
        administer(url, "SET default_transaction_read_only = off", f"{state} off")
        own_postgresql.dispose()

        assert StorageBusy is refused
        assert samples.licence() == read
        assert None is outcome(ada)

    def test_a_role_without_rights(self, own_postgresql: Engine) -> None:
        """
        An operator gives them back.
        """
        role = f"portal_{uuid4().hex}"
        administer(own_postgresql.url, f"CREATE ROLE {role} LOGIN")

        with engine_at(own_postgresql.url.set(username=role)) as engine:
            refused = outcome(SqlAlchemyOutboxQueue(engine).statistics)
            administer(
                own_postgresql.url,
                f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}",
            )
            counted = SqlAlchemyOutboxQueue(engine).statistics()

        assert StorageBusy is refused
        assert 0 == counted.waiting
