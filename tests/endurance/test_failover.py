"""
No one who was confirmed is lost when the first server dies.

Not part of the usual run, since it starts two servers for each case:
``pytest tests/endurance/test_failover.py``.
"""

import os
import shutil
import signal
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from tempfile import mkdtemp
from threading import Event, Thread
from time import monotonic, sleep

import pytest
from sqlalchemy import URL

from own_servers import Server, address
from winbooks_identity.adapters.sqlalchemy import (
    SqlAlchemyStorage,
    migrations,
    open_postgresql,
)
from winbooks_identity.errors import OutcomeUnknown, StorageBusy
from winbooks_identity.ports import Storage, UnitOfWork
from winbooks_identity.testing import samples


WRITERS = 6


@pytest.fixture
def servers(postgresql_server: URL) -> Iterator[tuple[Server, Server]]:
    """
    Return a server and its standby.
    """
    # The owner of the server of all tests may own others too.
    owner = Path(str(postgresql_server.query["host"])).owner()
    folder = Path(mkdtemp(prefix="winbooks-failover-"))
    if not os.getuid():
        shutil.chown(folder, owner)
    first, second = Server(folder / "first", 5432), Server(folder / "second", 5433)
    with ExitStack() as stack:
        stack.callback(shutil.rmtree, folder)
        first.make()
        stack.callback(first.stop)
        first.start()
        second.follow(folder)
        stack.callback(second.stop)
        second.start()
        yield first, second


class Writer(Thread):
    """
    Creates users until it is told to stop, and asks again when it has to.
    """

    def __init__(self, storage: Storage, name: str, stop: Event) -> None:
        super().__init__()
        self.confirmed: list[tuple[float, str]] = []
        self.mistaken: list[Exception] = []
        self._storage = storage
        self._name = name
        self._stop_writing = stop

    def run(self) -> None:
        """
        Create one user after the other.
        """
        number = 0
        while not self._stop_writing.is_set():
            number += 1
            try:
                self._create(f"{self._name}-{number}")
            except Exception as error:  # noqa: BLE001  The test looks at it.
                self.mistaken.append(error)

    def _create(self, name: str) -> None:
        def work(unit: UnitOfWork) -> None:
            if unit.requests.remember(samples.request(f"ask {name}", of=name)) is None:
                unit.users.add(samples.user(name))
                unit.outbox.put(samples.mail(f"to {name}", to=name))

        while not self._stop_writing.is_set():
            try:
                self._storage.run(work)
            except (StorageBusy, OutcomeUnknown):
                sleep(0.02)
            else:
                self.confirmed.append((monotonic(), name))
                return


def missing(unit: UnitOfWork, *, names: Sequence[str]) -> list[str]:
    """
    Return who of *names* is not there.
    """
    return [name for name in names if not unit.users.find(samples.identifier(name))]


class TestFailover:
    """
    Writers go on with the standby, and hear nothing but "later" and "unknown".
    """

    @pytest.mark.parametrize("run", range(3))
    def test_with_a_synchronous_standby(
        self, servers: tuple[Server, Server], run: int
    ) -> None:
        """
        Everyone who was confirmed is there, also when the standby had fallen behind.
        """
        del run
        first, second = servers
        first.stop()
        first.start("synchronous_standby_names='*'")

        lost, confirmed = self._fail_over(first, second)

        assert [] == lost
        assert confirmed > WRITERS

    def test_without_one(self, servers: tuple[Server, Server]) -> None:
        """
        Users who were confirmed are lost: the test above would see it.
        """
        lost, _ = self._fail_over(*servers)

        assert [] != lost

    @staticmethod
    def _fail_over(first: Server, second: Server) -> tuple[list[str], int]:
        engine = open_postgresql(address(first, second))
        migrations.upgrade(engine)
        storage = SqlAlchemyStorage(engine)
        storage.run(lambda unit: unit.licences.register(samples.licence(), []))
        stop = Event()
        writers = [Writer(storage, f"w{number}", stop) for number in range(WRITERS)]
        for writer in writers:
            writer.start()
        sleep(1)
        for receiver in second.processes("walreceiver"):
            os.kill(receiver, signal.SIGSTOP)
        sleep(0.7)
        first.kill()
        died = monotonic()
        for receiver in second.processes("walreceiver"):
            os.kill(receiver, signal.SIGKILL)
        second.promote()
        sleep(2)
        stop.set()
        for writer in writers:
            writer.join()

        confirmed = [each for writer in writers for each in writer.confirmed]
        lost = storage.run(partial(missing, names=[name for _, name in confirmed]))
        engine.dispose()
        gap = min(at for at, _ in confirmed if at > died) - died
        print(f"confirmed {len(confirmed)}, lost {len(lost)}, gap {gap:.1f} s")  # noqa: T201  A figure to read.
        assert [] == [error for writer in writers for error in writer.mistaken]
        return lost, len(confirmed)
