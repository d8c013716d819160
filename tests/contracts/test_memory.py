"""
The storage in memory keeps the contracts.
"""

import pytest

from winbooks_identity.adapters.memory import (
    InMemoryMailer,
    InMemoryOutboxQueue,
    InMemoryStorage,
)
from winbooks_identity.errors import TemporaryFailure
from winbooks_identity.testing.contracts import (
    Delivered,
    MailerContract,
    OutboxQueueContract,
    StorageContract,
)


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


class TestMailer(MailerContract):
    """
    `InMemoryMailer` is a `Mailer`.
    """

    @pytest.fixture
    def mailer(self) -> InMemoryMailer:
        """
        Return one that has sent nothing.
        """
        return InMemoryMailer()

    @pytest.fixture
    def delivered(self, mailer: InMemoryMailer) -> Delivered:
        """
        Return what tells what it kept.
        """
        return lambda: [mail.content for mail in mailer.sent]

    @pytest.fixture
    def broken(self) -> InMemoryMailer:
        """
        Return one that takes nothing.
        """
        mailer = InMemoryMailer()
        mailer.failure = TemporaryFailure()
        return mailer
