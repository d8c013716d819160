"""
A synchronisation that is killed again and again gets to its end.

Not part of the usual run: ``pytest tests/endurance``.
"""

import os
import signal
from collections.abc import Callable
from pathlib import Path
from random import Random
from threading import Timer

import pytest
from sqlalchemy import URL, Engine

from winbooks_identity.adapters.memory import InMemoryLicenceManagement
from winbooks_identity.adapters.sqlalchemy import (
    SqlAlchemyStorage,
    open_postgresql,
    open_sqlite,
)
from winbooks_identity.authorization import Distributor
from winbooks_identity.licence import Product
from winbooks_identity.names import PersonName
from winbooks_identity.ports import Storage
from winbooks_identity.synchronisation import (
    Complete,
    DesiredUser,
    Plan,
    SynchronisationService,
)
from winbooks_identity.testing import samples
from winbooks_identity.winbooks_id import WinBooksId


BY = Distributor("4711")
RUNS = 20
KILLS = 4
RECORDS = tuple(
    DesiredUser(
        external_id=f"E-{number}",
        login=WinBooksId(f"user{number}@kantoor.be"),
        first_name=PersonName("Ada"),
        last_name=PersonName("Lovelace"),
    )
    for number in range(3000)
)
GATEWAY = InMemoryLicenceManagement(
    {"4711": Complete(users=RECORDS, count=len(RECORDS))}
)


def planned(storage: Storage) -> Plan:
    """
    Return the plan that makes the licence have everybody.
    """
    return SynchronisationService(storage).plan(GATEWAY, by=BY)


def synchronise(storage: Storage) -> None:
    """
    Plan and carry out.
    """
    for _ in SynchronisationService(storage).apply(planned(storage), by=BY):
        pass


def kill_after(seconds: float, work: Callable[[], None]) -> None:
    """
    Do *work* in a process of its own and kill that after *seconds*.
    """
    child = os.fork()
    if not child:
        try:
            work()
        finally:
            os._exit(0)
    timer = Timer(seconds, os.kill, (child, signal.SIGKILL))
    timer.start()
    os.waitpid(child, 0)
    timer.cancel()
    timer.join()


class TestKilled:
    """
    After SIGKILL at any moment, planning again leads to the same end.  [R67]
    """

    @pytest.mark.parametrize("seed", range(RUNS))
    def test_sqlite(self, sqlite_path: Path, seed: int) -> None:
        """
        Killed several times, taken up each time, in a file.
        """
        self._kill_and_take_up(lambda: open_sqlite(sqlite_path), seed)

    @pytest.mark.parametrize("seed", range(RUNS))
    def test_postgresql(self, emptied_postgresql: URL, seed: int) -> None:
        """
        And on a server.
        """
        self._kill_and_take_up(lambda: open_postgresql(emptied_postgresql), seed)

    @staticmethod
    def _kill_and_take_up(open_engine: Callable[[], Engine], seed: int) -> None:
        random = Random(seed)  # noqa: S311  It has to be the same next time.
        engine = open_engine()
        storage = SqlAlchemyStorage(engine)
        licence = samples.licence(product=Product.ON_WEB)
        storage.run(lambda unit: unit.licences.register(licence, []))
        engine.dispose()
        for _ in range(KILLS):
            kill_after(
                random.uniform(0, 1),
                lambda: synchronise(SqlAlchemyStorage(open_engine())),
            )
        synchronise(storage)

        plan = planned(storage)
        engine.dispose()
        assert ((), 3000) == (plan.changes, plan.unchanged)
