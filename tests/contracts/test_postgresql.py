"""
The storage in PostgreSQL keeps the contracts, at every isolation level.
"""

from collections.abc import Iterator
from typing import ClassVar

import pytest
from sqlalchemy import URL, Engine

from winbooks_identity.adapters.sqlalchemy import (
    Capabilities,
    SqlAlchemyOutboxQueue,
    SqlAlchemyStorage,
    open_postgresql,
)
from winbooks_identity.adapters.sqlalchemy.engines import IsolationLevel
from winbooks_identity.testing.contracts import OutboxQueueContract, StorageContract
from winbooks_identity.testing.contracts.life import Life
from winbooks_identity.testing.contracts.linking import Linking
from winbooks_identity.testing.contracts.many import Many
from winbooks_identity.testing.contracts.owners import Owners
from winbooks_identity.testing.contracts.races import Races
from winbooks_identity.testing.contracts.registering import Registering
from winbooks_identity.testing.contracts.saving import Saving


class TestStorage(StorageContract):
    """
    `SqlAlchemyStorage` is a `Storage`.
    """

    @pytest.fixture
    def storage(self, postgresql: Engine) -> SqlAlchemyStorage:
        """
        Return an empty storage.
        """
        return SqlAlchemyStorage(postgresql)


class Isolated(Owners, Many, Life, Linking, Registering, Races):
    """
    What depends on how transactions see each other.
    """

    isolation_level: ClassVar[IsolationLevel]

    @pytest.fixture
    def storage(self, emptied_postgresql: URL) -> Iterator[SqlAlchemyStorage]:
        """
        Return an empty storage.
        """
        engine = open_postgresql(
            emptied_postgresql, isolation_level=self.isolation_level
        )
        yield SqlAlchemyStorage(engine)
        engine.dispose()


class TestRepeatableRead(Isolated):
    """
    Where a transaction sees one state, more of them are run again.
    """

    isolation_level = "REPEATABLE READ"


class TestSerializable(Isolated):
    """
    So are they where transactions have to fit into one order.
    """

    isolation_level = "SERIALIZABLE"


class TestOneByOne(Many, Saving, Life, Races):
    """
    Where no statement reaches many users, they are saved one by one.
    """

    @pytest.fixture
    def storage(self, emptied_postgresql: URL) -> Iterator[SqlAlchemyStorage]:
        """
        Return an empty storage.
        """
        engine = open_postgresql(
            emptied_postgresql,
            capabilities=Capabilities(skips_locked=False, has_advisory_locks=True),
        )
        yield SqlAlchemyStorage(engine)
        engine.dispose()


class TestOutboxQueue(OutboxQueueContract):
    """
    `SqlAlchemyOutboxQueue` is an `OutboxQueue`.
    """

    @pytest.fixture
    def storage(self, postgresql: Engine) -> SqlAlchemyStorage:
        """
        Return an empty storage.
        """
        return SqlAlchemyStorage(postgresql)

    @pytest.fixture
    def queue(self, postgresql: Engine) -> SqlAlchemyOutboxQueue:
        """
        Return the queue of the storage.
        """
        return SqlAlchemyOutboxQueue(postgresql)


class TestOutboxQueueWithoutSkipping(OutboxQueueContract):
    """
    It is one too where locked rows cannot be skipped, and no index gives an order.
    """

    @pytest.fixture
    def storage(self, postgresql: Engine) -> SqlAlchemyStorage:
        """
        Return an empty storage.
        """
        return SqlAlchemyStorage(postgresql)

    @pytest.fixture
    def queue(self, emptied_postgresql: URL) -> Iterator[SqlAlchemyOutboxQueue]:
        """
        Return the queue of the storage, which compares and sets.
        """
        engine = open_postgresql(
            emptied_postgresql.update_query_dict(
                {"options": "-cenable_indexscan=off -cenable_bitmapscan=off"}
            ),
            capabilities=Capabilities(skips_locked=False, has_advisory_locks=True),
        )
        yield SqlAlchemyOutboxQueue(engine)
        engine.dispose()
