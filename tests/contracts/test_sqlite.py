"""
The storage in a SQLite file keeps the contracts.
"""

import pytest
from sqlalchemy import Engine

from winbooks_identity.adapters.sqlalchemy import (
    SqlAlchemyOutboxQueue,
    SqlAlchemyStorage,
)
from winbooks_identity.testing.contracts import OutboxQueueContract, StorageContract


class TestStorage(StorageContract):
    """
    `SqlAlchemyStorage` is a `Storage`.
    """

    @pytest.fixture
    def storage(self, sqlite: Engine) -> SqlAlchemyStorage:
        """
        Return an empty storage.
        """
        return SqlAlchemyStorage(sqlite)


class TestOutboxQueue(OutboxQueueContract):
    """
    `SqlAlchemyOutboxQueue` is an `OutboxQueue`.
    """

    @pytest.fixture
    def storage(self, sqlite: Engine) -> SqlAlchemyStorage:
        """
        Return an empty storage.
        """
        return SqlAlchemyStorage(sqlite)

    @pytest.fixture
    def queue(self, sqlite: Engine) -> SqlAlchemyOutboxQueue:
        """
        Return the queue of the storage.
        """
        return SqlAlchemyOutboxQueue(sqlite)
