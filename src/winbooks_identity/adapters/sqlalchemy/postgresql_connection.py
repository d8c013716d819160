"""
Why does a connection to PostgreSQL stop waiting by itself?

A server that was stopped, or a line that swallows its replies, may keep a
connection alive and silent: neither the server's limits nor TCP's end that.
"""

import time
from collections.abc import Generator
from typing import Any, Final, TypeVar

import psycopg
from psycopg.rows import TupleRow

from ...errors import StorageNotReady
from .deadlines import within_deadline


__all__ = ["PostgresqlConnection", "connect"]

#: What we rely on, and what a server, a role or the environment may say otherwise.
#: A pgbouncer keeps these apart for each of its clients.
_SETTINGS: Final = "SET DateStyle = ISO; SET TimeZone = 'UTC'"

R = TypeVar("R")


class PostgresqlConnection(psycopg.Connection[TupleRow]):
    """
    A connection that is closed when the server has not replied for too long.

    `reply_timeout` is in seconds, and less where a deadline comes first; None
    waits for ever.
    """

    reply_timeout: float | None = None

    def wait(self, gen: Generator[Any, Any, R], *arguments: Any, **options: Any) -> R:  # noqa: ANN401  As in psycopg.
        """
        Return what *gen* does, which talks to the server.

        Raises:
            psycopg.OperationalError: the server did not reply in time.
        """
        if self.reply_timeout is None:
            return super().wait(gen, *arguments, **options)
        limited = self._limited(gen, within_deadline(self.reply_timeout))
        return super().wait(limited, *arguments, **options)

    def _limited(
        self, gen: Generator[Any, Any, R], timeout: float
    ) -> Generator[Any, Any, R]:
        ends = time.monotonic() + timeout
        try:
            wanted = next(gen)
            while True:
                # psycopg asks every tenth of a second, ready or not.
                ready = yield wanted
                if not ready and time.monotonic() >= ends:
                    self.pgconn.finish()
                    raise psycopg.OperationalError("the server does not reply")
                wanted = gen.send(ready)
        except StopIteration as end:
            result: R = end.value
            return result


def connect(
    *arguments: Any,  # noqa: ANN401  As in psycopg.
    reply_timeout: float | None,
    **options: Any,  # noqa: ANN401  As in psycopg.
) -> PostgresqlConnection:
    """
    Return a connection that speaks UTF-8, ISO dates and UTC.

    Raises:
        StorageNotReady: the database cannot hold every text.
        psycopg.OperationalError: the server cannot be reached.
    """
    connection = PostgresqlConnection.connect(
        *arguments, **{**options, "client_encoding": "UTF8", "autocommit": True}
    )
    connection.reply_timeout = reply_timeout
    try:
        _require_utf8(connection)
        connection.execute(_SETTINGS)
    except BaseException:
        connection.close()
        raise
    return connection


def _require_utf8(connection: PostgresqlConnection) -> None:
    encoding = connection.info.parameter_status("server_encoding")
    if encoding != "UTF8":
        raise StorageNotReady(
            f"the database has the encoding {encoding}: make one with UTF8"
        )
