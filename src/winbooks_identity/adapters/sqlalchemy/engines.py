"""
What can a database do, and how is one on PostgreSQL opened?
"""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final, Literal, final

import attrs
from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.dialects.postgresql.base import PGDialect

from .beginnings import begin_with
from .deadlines import TurnsPool
from .forks import renew_in_child
from .timeouts import Timeouts


__all__ = [
    "OPTION",
    "Capabilities",
    "IsolationLevel",
    "capabilities_of",
    "open_postgresql",
]

IsolationLevel = Literal["READ COMMITTED", "REPEATABLE READ", "SERIALIZABLE"]

_TIMEOUTS: Final = Timeouts()

#: One state, in which nothing can be changed.
_READING: Final = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"

#: The execution option under which an engine has its capabilities.
OPTION: Final = "winbooks_identity_capabilities"


@final
@attrs.frozen(kw_only=True)
class Capabilities:
    """
    What a database can do beyond the SQL that all of ours share.

    Args:
        skips_locked: ``FOR UPDATE SKIP LOCKED`` works; without it relays
            compare and set, which every database can do.
        has_advisory_locks: ``pg_advisory_xact_lock`` works; without it,
            migrations must not run beside each other.
        writes_in_bulk: one statement can lock and change the rows of many users,
            wherever they stand, and what speaks PostgreSQL has ``COPY`` and
            ``json_populate_recordset``; without it they are changed one by one.
        tells_copies: ``pg_control_system``, ``pg_database`` and ``regclass`` tell
            the database from one that was restored from its dump; without it the
            mails of such a one are held back by hand.
        writes_alone: no other transaction writes beside one that may write, so what
            it has read needs no lock to stay as it is.
    """

    skips_locked: bool
    has_advisory_locks: bool
    writes_in_bulk: bool = False
    tells_copies: bool = False
    writes_alone: bool = False


_POSTGRESQL: Final = Capabilities(
    skips_locked=True, has_advisory_locks=True, writes_in_bulk=True, tells_copies=True
)


def capabilities_of(engine: Engine) -> Capabilities:
    """
    Return what the database behind *engine* can do.

    Raises:
        TypeError: *engine* is neither opened by this module nor one that
            speaks PostgreSQL.
    """
    recorded = engine.get_execution_options().get(OPTION)
    if isinstance(recorded, Capabilities):
        return recorded
    if isinstance(engine.dialect, PGDialect):
        return _POSTGRESQL
    raise TypeError("open a SQLite file with open_sqlite")


def open_postgresql(
    url: str | URL,
    *,
    isolation_level: IsolationLevel = "READ COMMITTED",
    capabilities: Capabilities = _POSTGRESQL,
    prepares_statements: bool = True,
    timeouts: Timeouts | None = _TIMEOUTS,
) -> Engine:
    """
    Open the PostgreSQL database at *url*, or one that speaks its language.

    Its connections speak UTF-8, ISO dates and UTC, whatever the server, the role
    or the environment says.  A database whose encoding is not UTF8 cannot hold
    every name: each use of it raises `StorageNotReady`.

    For more settings, or another driver than psycopg 3, make an engine with
    SQLAlchemy.

    Args:
        url: as SQLAlchemy reads it; ``postgresql://`` means psycopg 3.
        isolation_level: any works; above READ COMMITTED more is tried again.
        capabilities: what the database can do; PostgreSQL's by default.
        prepares_statements: turn it off behind a pgbouncer before 1.21 that
            pools transactions.
        timeouts: how long is waited for what.  Parameters of the address, such
            as ``connect_timeout``, come first.  None waits as long as the server,
            libpq and SQLAlchemy do.

    Raises:
        ValueError: the address names another driver.
    """
    address = make_url(url)
    if address.drivername == "postgresql":
        address = address.set(drivername="postgresql+psycopg")
    if address.get_driver_name() != "psycopg":
        raise ValueError("open_postgresql needs the driver psycopg")
    arguments: dict[str, object] = {}
    if not prepares_statements:
        arguments["prepare_threshold"] = None
    pool = _TIMEOUTS.pool if timeouts is None else timeouts.pool
    engine = create_engine(
        address,
        # psycopg would begin with a message of its own.
        isolation_level="AUTOCOMMIT",
        poolclass=TurnsPool,
        pool_timeout=pool.total_seconds(),
        hide_parameters=True,
        connect_args=arguments,
        execution_options={OPTION: capabilities},
    )
    event.listen(engine, "do_connect", partial(_connect_psycopg, timeouts))
    writing = f"BEGIN ISOLATION LEVEL {isolation_level}"
    begin_with(
        engine,
        partial(_begin, writing, timeouts),
        reading=partial(_begin, _READING, timeouts),
        otherwise=partial(_begin, writing, None),
    )
    renew_in_child(engine)
    return engine


def _begin(statement: str, timeouts: Timeouts | None, connection: Any) -> None:  # noqa: ANN401  An extra of its own.
    from psycopg.pq import TransactionStatus  # As above.

    if connection.info.transaction_status is TransactionStatus.IDLE:
        limits = "" if timeouts is None else f"; {timeouts.of_transaction()}"
        # In one message; with parameters there would be one for each.
        connection.execute(f"{statement}{limits}", prepare=False)


def _connect_psycopg(
    timeouts: Timeouts | None,
    _dialect: object,
    _record: object,
    arguments: Sequence[Any],
    options: Mapping[str, Any],
) -> object:
    from .postgresql_connection import connect  # An extra of its own.

    limits = timeouts.of_libpq() if timeouts is not None else dict[str, int]()
    reply = None if timeouts is None else timeouts.reply.total_seconds()
    return connect(*arguments, reply_timeout=reply, **{**limits, **options})
