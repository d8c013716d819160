"""
What a server comes back from is busy, whatever state it was in.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from uuid import uuid4

import pytest
from attrs import evolve
from sqlalchemy import URL, Engine, create_engine, text

from winbooks_identity.adapters.sqlalchemy import (
    SqlAlchemyOutboxQueue,
    SqlAlchemyStorage,
    open_postgresql,
)
from winbooks_identity.adapters.sqlalchemy.migrations import upgrade
from winbooks_identity.errors import StorageBusy, StorageNotReady
from winbooks_identity.names import PersonName
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


class TestServerSettings:
    """
    What we rely on is set on our connections, whatever a server was told.
    """

    def test_everything_set_otherwise(
        self, own_postgresql: Engine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        Dates, texts and hashes come back as they went in.
        """
        name = own_postgresql.url.database
        administer(
            own_postgresql.url,
            f"ALTER DATABASE {name} SET datestyle = 'German, DMY'",
            f"ALTER DATABASE {name} SET timezone = 'Asia/Kathmandu'",
            f"ALTER DATABASE {name} SET intervalstyle = 'sql_standard'",
            f"ALTER DATABASE {name} SET bytea_output = 'escape'",
            f"ALTER DATABASE {name} SET client_encoding = 'LATIN1'",
        )
        monkeypatch.setenv("PGCLIENTENCODING", "SQL_ASCII")
        monkeypatch.setenv("PGDATESTYLE", "Postgres, MDY")
        user = evolve(samples.user("ada"), last_name=PersonName("Łukasiewicz"))
        request = samples.request(digest=bytes(range(256)))

        with engine_at(own_postgresql.url) as engine:
            storage = SqlAlchemyStorage(engine)
            storage.run(lambda unit: unit.requests.remember(request))
            add(storage, user)

            assert user == storage.run(lambda unit: unit.users.find(user.id))
            assert request == storage.run(lambda unit: unit.requests.remember(request))

    @pytest.mark.parametrize("encoding", ["LATIN1", "SQL_ASCII"])
    def test_an_encoding_that_cannot_hold_every_name(
        self, postgresql_server: URL, encoding: str
    ) -> None:
        """
        It is refused before anything is in it, and the sentence names it.
        """
        name = f"winbooks_{uuid4().hex}"
        administer(
            postgresql_server,
            f"CREATE DATABASE {name} ENCODING '{encoding}' TEMPLATE template0"
            " LC_COLLATE 'C' LC_CTYPE 'C'",
        )

        with (
            engine_at(postgresql_server.set(database=name)) as engine,
            pytest.raises(StorageNotReady, match=f"{encoding}.* UTF8"),
        ):
            upgrade(engine)
