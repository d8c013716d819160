"""
How is work run in a transaction, and again when others were in its way?
"""

import random
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Final, TypeVar, final

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from ...errors import StorageBusy
from .beginnings import beginnings_of
from .compiled import Compiler
from .deadlines import refuse_late, within_deadline
from .engines import Capabilities, capabilities_of
from .failures import Conflict, of_commit, of_statement
from .statements import Statements, commit


__all__ = ["FIRST_PAUSE", "LONGEST_PAUSE", "MAX_RUNS", "Transactions"]

T = TypeVar("T")

#: How often work is run before the storage counts as busy; our choice: when
#: half of all runs fail, one in four thousand is given up.
MAX_RUNS: Final = 12

#: The longest pause in seconds after the first conflict; it doubles each time.
FIRST_PAUSE: Final = 0.005

#: The longest pause in seconds after any conflict.
LONGEST_PAUSE: Final = 0.5


@final
class Transactions:
    """
    Runs work in transactions on *engine*.
    """

    def __init__(
        self,
        engine: Engine,
        *,
        sleep: Callable[[float], None] = time.sleep,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self.capabilities: Capabilities = capabilities_of(engine)
        self._beginnings = beginnings_of(engine)
        self._compiler = Compiler(engine.dialect)
        self._sleep = sleep
        self._chance = chance

    def run(self, work: Callable[[Statements], T]) -> T:
        """
        Run *work* in a transaction and return its result: all or nothing.

        Raises:
            StorageBusy, StorageNotReady, Unavailable: see `SqlAlchemyStorage.run`;
                nothing was written.
            OutcomeUnknown: the connection was lost at the commit.
        """
        return self._run(work, self._beginnings.writing)

    def read(self, work: Callable[[Statements], T]) -> T:
        """
        Run *work*, which only reads, on one state, and return its result.

        Raises:
            StorageBusy, StorageNotReady, Unavailable: see `SqlAlchemyStorage.run`.
        """
        return self._run(work, self._beginnings.reading)

    def _run(
        self, work: Callable[[Statements], T], begin: Callable[[], Connection]
    ) -> T:
        last: Conflict | None = None
        for run in range(MAX_RUNS):
            refuse_late()
            if last is not None:
                # Full jitter: those that met each other must not meet again.
                longest = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (run - 1))
                self._sleep(within_deadline(self._chance() * longest))
            try:
                return self._run_once(work, begin)
            except Conflict as conflict:
                last = conflict
        raise StorageBusy from last

    def _run_once(
        self, work: Callable[[Statements], T], begin: Callable[[], Connection]
    ) -> T:
        try:
            connection = begin()
        except SQLAlchemyError as error:
            raise of_statement(error) from error
        statements = Statements(connection, self.capabilities, self._compiler)
        try:
            result = work(statements)
            if statements.failure is not None:
                raise statements.failure
            refuse_late()
            _commit(connection, has_written=statements.has_written)
            return result
        finally:
            statements.end()
            _close(connection)


def _commit(connection: Connection, *, has_written: bool) -> None:
    try:
        commit(connection)
    except SQLAlchemyError as error:
        # SQLite may leave the transaction open, and nothing else would end it.
        connection.invalidate()
        raise of_commit(error, has_written=has_written) from error


def _close(connection: Connection) -> None:
    """
    Roll back what is not committed and give *connection* back.
    """
    # What led to a failure here is on its way to the caller; a connection that
    # cannot even roll back is not used again.
    with suppress(SQLAlchemyError):
        connection.close()
