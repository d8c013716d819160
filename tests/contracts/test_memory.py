"""
The storage in memory keeps the contracts.
"""

import pytest

from winbooks_identity.adapters.memory import InMemoryOutboxQueue, InMemoryStorage
from winbooks_identity.testing.contracts import OutboxQueueContract, StorageContract


class TestStorage(StorageContract):
    """
    `InMemoryStorage` is a `Storage`.
    """

    @pytest.fixture
    def storage(self) -> InMemoryStorage:
        """
        Return an empty storage.
        """
        return InMemoryStorage()


class TestOutboxQueue(OutboxQueueContract):
    """
    `InMemoryOutboxQueue` is an `OutboxQueue`.
    """

    @pytest.fixture
    def storage(self) -> InMemoryStorage:
        """
        Return an empty storage.
        """
        return InMemoryStorage()

    @pytest.fixture
    def queue(self, storage: InMemoryStorage) -> InMemoryOutboxQueue:
        """
        Return the queue of *storage*.
        """
        return InMemoryOutboxQueue(storage)
