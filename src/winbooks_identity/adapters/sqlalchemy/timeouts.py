"""
How long is waited for a PostgreSQL server?
"""

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from math import ceil
from typing import Any, final

import attrs
from sqlalchemy import Connection

from .deadlines import within_deadline


__all__ = ["Timeouts", "without_reply_timeout"]


@final
@attrs.frozen(kw_only=True)
class Timeouts:
    """
    The limits of everything that is waited for; our choices, all settable.

    They bound failures, not requests: see `deadline` for those.

    Args:
        connect: for each host of the address.
        pool: for a connection that another thread uses.
        lock: for a row or table that another transaction holds.
        statement: for a statement, on the server.
        idle_transaction: after which the server ends the transaction of a
            client that has stopped, and frees its locks.
        reply: for the server's word on anything, here; more than *statement*,
            so that a server that can still answer does.

    Raises:
        ValueError: one of them is zero or negative.
    """

    connect: timedelta = timedelta(seconds=10)
    pool: timedelta = timedelta(seconds=30)
    lock: timedelta = timedelta(seconds=30)
    statement: timedelta = timedelta(seconds=60)
    idle_transaction: timedelta = timedelta(seconds=60)
    reply: timedelta = timedelta(seconds=75)

    def __attrs_post_init__(self) -> None:
        for name, limit in attrs.asdict(self).items():
            if limit <= timedelta(0):
                raise ValueError(f"{name} must be longer than zero")

    def of_libpq(self) -> Mapping[str, int]:
        """
        Return the parameters that make a connection notice a dead network.

        Half of `reply` passes before the first probe, and probes for the rest.
        """
        reply = self.reply.total_seconds()
        return {
            # libpq knows no shorter one.
            "connect_timeout": max(2, ceil(_left(self.connect))),
            "keepalives": 1,
            "keepalives_idle": ceil(reply / 2),
            "keepalives_interval": ceil(reply / 6),
            "keepalives_count": 3,
            "tcp_user_timeout": ceil(reply * 1000),
        }

    def of_transaction(self) -> str:
        """
        Return the statements that limit a transaction, or to what the deadline leaves.

        They hold for it alone, as a pgbouncer may give the next one another
        connection of the server.
        """
        return (
            f"SET LOCAL statement_timeout = {_milliseconds(_left(self.statement))};"
            f" SET LOCAL lock_timeout = {_milliseconds(_left(self.lock))};"
            " SET LOCAL idle_in_transaction_session_timeout ="
            f" {_milliseconds(self.idle_transaction.total_seconds())}"
        )


@contextmanager
def without_reply_timeout(connection: Connection) -> Generator[None]:
    """
    Let statements of *connection* take as long as they need inside the block.
    """
    driver: Any = connection.connection.driver_connection
    timeout = getattr(driver, "reply_timeout", None)
    if timeout is None:
        yield
        return
    driver.reply_timeout = None
    try:
        yield
    finally:
        driver.reply_timeout = timeout


def _left(limit: timedelta) -> float:
    return within_deadline(limit.total_seconds())


def _milliseconds(seconds: float) -> int:
    # Zero would mean no limit at all.
    return max(1, ceil(seconds * 1000))
