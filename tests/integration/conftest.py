"""
Where do tests get a Django project with tables from, in both databases?
"""

from collections.abc import Iterator, Sequence

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connections
from django.db.models import Model, QuerySet
from sqlalchemy import URL, create_engine, text


@pytest.fixture(scope="session")
def migrated(
    tmp_path_factory: pytest.TempPathFactory, postgresql_server: URL, worker_id: str
) -> Sequence[type[Model]]:
    """
    Return the app's models, with their tables in both databases.

    The migrations are those of the app.
    """
    folder, name = tmp_path_factory.mktemp("project"), f"django_{worker_id}"
    administration = create_engine(postgresql_server, isolation_level="AUTOCOMMIT")
    with administration.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    administration.dispose()
    # A test that ran before may have opened the database of the page.
    connections.close_all()
    connections.settings["default"]["NAME"] = folder / "project.db"
    connections.settings["postgresql"] |= {
        "HOST": postgresql_server.query["host"],
        "USER": postgresql_server.username,
        "NAME": name,
    }
    for using in connections:
        call_command("migrate", database=using, verbosity=0)
    return list(apps.get_app_config("winbooks_identity").get_models())


@pytest.fixture(params=["default", "postgresql"], ids=["sqlite", "postgresql"])
def using(
    request: pytest.FixtureRequest, migrated: Sequence[type[Model]]
) -> Iterator[str]:
    """
    Return the name of a database whose tables are empty.
    """
    for model in migrated:
        QuerySet(model, using=request.param).delete()
    yield request.param
    connections[request.param].close()
