"""
The storage that the page on Django makes is one, in SQLite and in PostgreSQL.
"""

from collections.abc import Callable, Iterator
from typing import TypeVar

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import close_old_connections, connections
from django.test import override_settings
from identities.outbox import DjangoOutboxQueue
from identities.storage import DjangoStorage
from sqlalchemy import URL, create_engine, text

import django_project  # noqa: F401  Sets Django up.
from winbooks_identity.ports import UnitOfWork
from winbooks_identity.testing.contracts import OutboxQueueContract, StorageContract


T = TypeVar("T")


@pytest.fixture(scope="session")
def migrated(
    tmp_path_factory: pytest.TempPathFactory, postgresql_server: URL, worker_id: str
) -> None:
    """
    Make the app's tables in both databases, as a project does.
    """
    folder, name = tmp_path_factory.mktemp("project"), f"django_{worker_id}"
    administration = create_engine(postgresql_server, isolation_level="AUTOCOMMIT")
    with administration.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    administration.dispose()
    connections.settings["default"]["NAME"] = folder / "project.db"
    connections.settings["postgresql"] |= {
        "HOST": postgresql_server.query["host"],
        "USER": postgresql_server.username,
        "NAME": name,
    }
    (folder / "project_migrations").mkdir()
    (folder / "project_migrations" / "__init__.py").touch()
    places = {"identities": "project_migrations.identities"}
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(folder)
        with override_settings(MIGRATION_MODULES=places):
            call_command("makemigrations", "identities", verbosity=0)
            for using in connections:
                call_command("migrate", database=using, verbosity=0)


@pytest.fixture(params=["default", "postgresql"], ids=["sqlite", "postgresql"])
def using(request: pytest.FixtureRequest, migrated: None) -> Iterator[str]:
    """
    Return the name of a database whose tables are empty.
    """
    for model in apps.get_app_config("identities").get_models():
        model._default_manager.using(request.param).all().delete()
    yield request.param
    connections[request.param].close()


class InRequests:
    """
    Does what Django does around a request: gives the connection of its thread back.
    """

    def __init__(self, storage: DjangoStorage) -> None:
        self._storage = storage

    def run(self, work: Callable[[UnitOfWork], T]) -> T:
        """
        Run *work* as a request would.
        """
        try:
            return self._storage.run(work)
        finally:
            close_old_connections()


class TestStorage(StorageContract):
    @pytest.fixture
    def storage(self, using: str) -> InRequests:
        return InRequests(DjangoStorage(using=using))


class TestOutboxQueue(OutboxQueueContract):
    @pytest.fixture
    def storage(self, using: str) -> InRequests:
        return InRequests(DjangoStorage(using=using))

    @pytest.fixture
    def queue(self, using: str) -> DjangoOutboxQueue:
        return DjangoOutboxQueue(using=using)
