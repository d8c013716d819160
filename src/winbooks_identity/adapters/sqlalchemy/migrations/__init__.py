"""
How do the tables come into being, and how are they brought up to date?

Only by `upgrade`, which has to be called: a storage that finds its tables
missing or old says so and does nothing.
"""

from collections.abc import Generator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, Engine, make_url, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from ....errors import StorageNotReady
from ..engines import capabilities_of
from ..failures import UPGRADE_COMMAND, of_statement
from ..timeouts import without_reply_timeout


__all__ = ["VERSION_TABLE", "check", "sql", "upgrade"]

#: Ours alone, so that a host can have Alembic's own in the same database.
VERSION_TABLE: Final = "winbooks_identity_version"

#: The name of the lock; any number that no one else uses.
_LOCK: Final = 0x57424944


def upgrade(engine: Engine) -> None:
    """
    Bring the tables up to date, in one transaction.

    Several processes may do it at one time: one does it, the others wait.

    Raises:
        StorageNotReady: the tables are newer than this version.
        StorageBusy: the database is away or too busy.
    """
    with _connected(engine) as connection, without_reply_timeout(connection):
        if capabilities_of(engine).has_advisory_locks:
            connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": _LOCK})
        config = _config()
        _refuse_newer(_revision(connection), ScriptDirectory.from_config(config))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.commit()


def check(engine: Engine) -> None:
    """
    Raise unless the tables are up to date.

    Raises:
        StorageNotReady: they are missing, old or too new; says what to do.
        StorageBusy: the database is away or too busy.
    """
    scripts = ScriptDirectory.from_config(_config())
    with _connected(engine) as connection:
        revision = _revision(connection)
    _refuse_newer(revision, scripts)
    if revision != scripts.get_current_head():
        state = "missing" if revision is None else "old"
        raise StorageNotReady(f"the tables are {state}; run: {UPGRADE_COMMAND}")


def sql(url: str | URL) -> str:
    """
    Return the statements that make all tables in a database like that at *url*.

    No database is asked; a database administrator can read and run them.
    """
    config = _config()
    config.attributes["url"] = make_url(url)
    config.output_buffer = output = StringIO()
    command.upgrade(config, "head", sql=True)
    return output.getvalue()


def _revision(connection: Connection) -> str | None:
    context = MigrationContext.configure(
        connection, opts={"version_table": VERSION_TABLE}
    )
    return context.get_current_revision()


def _refuse_newer(revision: str | None, scripts: ScriptDirectory) -> None:
    known = {script.revision for script in scripts.walk_revisions()}
    if revision is not None and revision not in known:
        raise StorageNotReady(
            f"the tables are newer, of revision {revision}; update winbooks-identity"
        )


def _config() -> Config:
    config = Config()
    # Alembic interpolates its options, so a percent sign in the path is doubled.
    place = str(Path(__file__).parent).replace("%", "%%")
    config.set_main_option("script_location", place)
    config.set_main_option("path_separator", "os")
    return config


@contextmanager
def _connected(engine: Engine) -> Generator[Connection]:
    try:
        with _connect(engine) as connection:
            yield connection
    except SQLAlchemyError as error:
        raise of_statement(error) from error


def _connect(engine: Engine) -> Connection:
    connection = engine.connect()
    try:
        connection.exec_driver_sql("SELECT 1")
    except DBAPIError:
        # A server closes what was idle for long; those of its age are gone, too.
        connection.close()
        engine.dispose()
        return engine.connect()
    return connection
