"""
Nothing that SQLite keeps in a process crosses a fork, and no one is lost.
"""

import ctypes
import multiprocessing
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from functools import partial
from pathlib import Path
from threading import Event, Thread, Timer
from typing import Final, Never

import pytest
from sqlalchemy import Engine

from winbooks_identity.adapters.sqlalchemy import (
    SqlAlchemyStorage,
    forks,
    open_sqlite,
)
from winbooks_identity.adapters.sqlalchemy.migrations import upgrade
from winbooks_identity.errors import StorageNotReady
from winbooks_identity.ports import UnitOfWork
from winbooks_identity.testing import samples
from winbooks_identity.testing.contracts.suite import outcome
from winbooks_identity.testing.contracts.units import add


WORKERS: Final = 4

#: Seconds in which workers are killed.
KILLING: Final = 2.0

_FORK: Final = multiprocessing.get_context("fork")


#: A parent whose transaction is larger than what SQLite keeps in memory.
PARENT: Final = """
import os, sys
from winbooks_identity.adapters.sqlalchemy import open_sqlite

connection = open_sqlite(sys.argv[1]).connect()
connection.exec_driver_sql("PRAGMA cache_size = 10")
connection.exec_driver_sql("DELETE FROM winbooks_identity_version")
connection.commit()
connection.exec_driver_sql(
    "INSERT INTO winbooks_licence (number, product, holder, language)"
    " WITH RECURSIVE each(n) AS"
    " (VALUES (1) UNION ALL SELECT n + 1 FROM each WHERE n < 20000)"
    " SELECT n * 7919 % 20011, 'connect', 'A customer', 'nl' FROM each"
)
if os.fork():
    _, status = os.wait()
    connection.commit()
    found = connection.exec_driver_sql("PRAGMA integrity_check").scalar()
    sys.exit(status or found != "ok")
END
"""


@pytest.fixture
def storage(sqlite: Engine) -> SqlAlchemyStorage:
    """
    Return a storage with a licence, whose connection is open.
    """
    storage = SqlAlchemyStorage(sqlite)
    storage.run(lambda unit: unit.licences.register(samples.licence(), []))
    return storage


def in_child(work: Callable[[], object], fork: Callable[[], int] = os.fork) -> str:
    """
    Return the name of what *work* raises in a forked child, or "done".
    """
    reads, writes = os.pipe()
    child = fork()
    if not child:
        raised = outcome(work)
        os.write(writes, (raised.__name__ if raised else "done").encode())
        os._exit(0)
    os.close(writes)
    with os.fdopen(reads, "rb") as answer:
        said = answer.read().decode()
    os.waitpid(child, 0)
    return said


def names_in(path: Path) -> set[str]:
    """
    Return the addresses in the file, once SQLite found no damage in it.
    """
    with closing(sqlite3.connect(path)) as connection:
        assert [("ok",)] == connection.execute("PRAGMA integrity_check").fetchall()
        found = connection.execute("SELECT winbooks_id FROM winbooks_user")
        return {name for (name,) in found}


def address(name: str) -> str:
    """
    Return the address of the user called *name*.
    """
    return str(samples.user(name).winbooks_id)


@contextmanager
def unit_of_another_thread(storage: SqlAlchemyStorage) -> Iterator[Event]:
    """
    Add the user "thread" in a unit of work that ends with the event.
    """
    holds, may_end = Event(), Event()

    def work(unit: UnitOfWork) -> None:
        unit.users.add(samples.user("thread"))
        holds.set()
        may_end.wait(30)

    thread = Thread(target=storage.run, args=(work,))
    thread.start()
    holds.wait(30)
    yield may_end
    may_end.set()
    thread.join()


class TestSafe:
    """
    A process that forks between units of work shares its engines with its children.
    """

    def test_a_parent_that_closes(
        self, storage: SqlAlchemyStorage, sqlite: Engine, sqlite_path: Path
    ) -> None:
        """
        What a child stores stays, though its parent lets go of the file meanwhile.
        """
        names = [f"u{number}" for number in range(20)]
        half, closed = _FORK.Event(), _FORK.Event()

        def register() -> None:
            for number, name in enumerate(names):
                add(storage, samples.user(name))
                if number == 9:
                    half.set()
                    closed.wait(30)

        child = _FORK.Process(target=register)
        child.start()
        half.wait(30)
        sqlite.dispose()
        closed.set()
        child.join()

        assert 0 == child.exitcode
        assert set(map(address, names)) == names_in(sqlite_path)

    def test_several_engines_of_one_file(
        self, storage: SqlAlchemyStorage, sqlite_path: Path
    ) -> None:
        """
        Each of them may be used on both sides, and new ones too.
        """
        other = open_sqlite(sqlite_path)
        add(SqlAlchemyStorage(other), samples.user("parent"))

        def work() -> None:
            add(storage, samples.user("first"))
            add(SqlAlchemyStorage(other), samples.user("second"))
            add(SqlAlchemyStorage(open_sqlite(sqlite_path)), samples.user("third"))

        assert "done" == in_child(work)
        other.dispose()
        assert {"parent", "first", "second", "third"} == {
            name.partition("@")[0] for name in names_in(sqlite_path)
        }

    def test_a_unit_of_work_that_ends(
        self, storage: SqlAlchemyStorage, sqlite_path: Path
    ) -> None:
        """
        A fork waits for what other threads have begun.
        """
        with unit_of_another_thread(storage) as may_end:
            timer = Timer(0.1, may_end.set)
            timer.start()
            said = in_child(lambda: add(storage, samples.user("child")))
            timer.join()

        assert "done" == said
        assert {address("thread"), address("child")} == names_in(sqlite_path)

    @pytest.mark.slow
    def test_threads_that_never_stop(
        self, storage: SqlAlchemyStorage, sqlite_path: Path
    ) -> None:
        """
        They go on between forks, and a fork comes between two of their units.
        """
        ends = Event()
        done: list[str] = []

        def register(thread: int) -> None:
            number = 0
            while not ends.is_set():
                name = f"t{thread}-{number}"
                add(storage, samples.user(name))
                done.append(name)
                number += 1

        threads = [Thread(target=register, args=(number,)) for number in range(3)]
        for thread in threads:
            thread.start()
        children = [f"child{number}" for number in range(20)]
        said = {
            in_child(partial(add, storage, samples.user(name))) for name in children
        }
        ends.set()
        for thread in threads:
            thread.join()

        assert {"done"} == said
        assert set(map(address, [*done, *children])) == names_in(sqlite_path)

    def test_a_fork_without_hooks(
        self, storage: SqlAlchemyStorage, sqlite: Engine, sqlite_path: Path
    ) -> None:
        """
        A server in C that tells Python nothing is safe while nothing is open.
        """
        sqlite.dispose()

        said = in_child(
            lambda: add(storage, samples.user("child")), ctypes.PyDLL(None).fork
        )

        assert "done" == said
        assert {address("child")} == names_in(sqlite_path)

    @pytest.mark.slow
    def test_workers_that_are_killed(
        self, storage: SqlAlchemyStorage, sqlite_path: Path, tmp_path: Path
    ) -> None:
        """
        A server that loads before it forks keeps every user it confirmed.
        """
        log = tmp_path / "confirmed"
        chance = random.Random(4711)  # noqa: S311  Any moment will do.
        workers = [start_worker(storage, log, number) for number in range(WORKERS)]
        ends = time.monotonic() + KILLING
        started = WORKERS
        while time.monotonic() < ends:
            time.sleep(chance.uniform(0, 0.1))
            # The master looks at the database, too, and closes it with a fork.
            storage.run(lambda unit: unit.users.of_licence("4711", limit=1))
            victim = chance.randrange(WORKERS)
            end_worker(workers[victim])
            workers[victim] = start_worker(storage, log, started)
            started += 1
        for worker in workers:
            end_worker(worker)

        confirmed = set(map(address, log.read_text().split()))
        assert started > WORKERS
        assert confirmed
        assert not confirmed - names_in(sqlite_path)


def start_worker(storage: SqlAlchemyStorage, log: Path, number: int) -> int:
    """
    Return the process that creates users and notes each that is stored.
    """
    child = os.fork()
    if not child:
        register_for_ever(storage, log, number)
    return child


def register_for_ever(storage: SqlAlchemyStorage, log: Path, worker: int) -> Never:
    """
    Add one user after the other.
    """
    confirmed = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    number = 0
    try:
        while True:
            name = f"w{worker}-{number}"
            add(storage, samples.user(name))
            os.write(confirmed, f"{name}\n".encode())
            number += 1
    finally:
        os._exit(1)


def end_worker(worker: int) -> None:
    """
    Kill *worker*, which did not end by itself.
    """
    assert (0, 0) == os.waitpid(worker, os.WNOHANG)
    os.kill(worker, signal.SIGKILL)
    os.waitpid(worker, 0)


class TestRefused:
    """
    A child that cannot be right is refused; its parent notices nothing.
    """

    def test_a_fork_inside_a_unit_of_work(
        self, storage: SqlAlchemyStorage, sqlite_path: Path
    ) -> None:
        """
        The child neither goes on with it nor opens the file again.
        """
        said = []

        def work(unit: UnitOfWork) -> None:
            unit.users.add(samples.user("parent"))
            said.append(in_child(lambda: unit.users.add(samples.user("inside"))))
            said.append(
                in_child(lambda: add(storage, samples.user("again"))),
            )
            said.append(
                in_child(
                    lambda: add(
                        SqlAlchemyStorage(open_sqlite(sqlite_path)),
                        samples.user("new"),
                    )
                )
            )

        storage.run(work)

        assert [StorageNotReady.__name__] * 3 == said
        assert {address("parent")} == names_in(sqlite_path)

    def test_a_commit_in_the_child(
        self, storage: SqlAlchemyStorage, sqlite_path: Path
    ) -> None:
        """
        What the parent began, the child does not end.
        """
        child = 0

        def work(unit: UnitOfWork) -> None:
            nonlocal child
            unit.users.add(samples.user("parent"))
            child = os.fork()

        raised = outcome(lambda: storage.run(work))
        if not child:
            os._exit(0 if raised is StorageNotReady else 1)
        _, status = os.waitpid(child, 0)

        assert (None, 0) == (raised, status)
        assert {address("parent")} == names_in(sqlite_path)

    @pytest.mark.parametrize(
        "end",
        [
            "connection.close()",
            "connection.connection.driver_connection.close()",
            "pass",
        ],
    )
    def test_the_end_of_a_child(self, sqlite_path: Path, end: str) -> None:
        """
        It undoes nothing that its parent began, by closing or by ending as usual.
        """
        program = PARENT.replace("END", end)

        ended = subprocess.run(  # noqa: S603  Our own program.
            [sys.executable, "-c", program, str(sqlite_path)], check=False
        )

        assert 0 == ended.returncode
        with closing(sqlite3.connect(sqlite_path)) as connection:
            assert [("ok",)] == connection.execute("PRAGMA integrity_check").fetchall()
            found = connection.execute("SELECT count(*) FROM winbooks_licence")
            assert [(20_000,)] == found.fetchall()

    def test_a_unit_of_work_that_takes_too_long(
        self,
        storage: SqlAlchemyStorage,
        sqlite_path: Path,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """
        Its thread may stop inside SQLite, so no file is right in the child.
        """
        monkeypatch.setattr(forks, "FORK_TIMEOUT", 0.05)
        other = open_sqlite(tmp_path / "other.db")

        with unit_of_another_thread(storage):
            said = [
                in_child(lambda: add(storage, samples.user("child"))),
                in_child(lambda: upgrade(other)),
            ]

        assert [StorageNotReady.__name__] * 2 == said
        assert {address("thread")} == names_in(sqlite_path)

    def test_a_connection_of_somebody_else(
        self, storage: SqlAlchemyStorage, sqlite_path: Path, tmp_path: Path
    ) -> None:
        """
        SQLite's locks are those of the process, whatever opened the file.
        """
        other = open_sqlite(tmp_path / "other.db")
        with closing(sqlite3.connect(sqlite_path)):
            said = [
                in_child(lambda: add(storage, samples.user("child"))),
                in_child(lambda: upgrade(other)),
            ]

        assert [StorageNotReady.__name__, "done"] == said
        assert "done" == in_child(lambda: add(storage, samples.user("later")))

    def test_a_grandchild(self, storage: SqlAlchemyStorage, sqlite_path: Path) -> None:
        """
        To close what was inherited, as a daemon does, makes nothing right.
        """
        grandchild = []

        def child() -> None:
            inherited = sqlite_path.stat().st_ino
            for descriptor in map(int, os.listdir("/dev/fd")):  # noqa: PTH208  Numbers.
                with suppress(OSError):
                    if os.fstat(descriptor).st_ino == inherited:
                        os.close(descriptor)
            grandchild.append(in_child(lambda: add(storage, samples.user("child"))))
            assert [StorageNotReady.__name__] == grandchild

        with closing(sqlite3.connect(sqlite_path)):
            assert "done" == in_child(child)

    def test_a_fork_without_hooks(
        self, storage: SqlAlchemyStorage, sqlite_path: Path
    ) -> None:
        """
        A server in C that tells Python nothing, as uWSGI, is found out.
        """
        said = in_child(
            lambda: add(storage, samples.user("child")), ctypes.PyDLL(None).fork
        )
        add(storage, samples.user("parent"))

        assert StorageNotReady.__name__ == said
        assert {address("parent")} == names_in(sqlite_path)

    def test_a_system_that_lists_no_descriptors(
        self,
        storage: SqlAlchemyStorage,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """
        Where no one knows what is open, everything may be.
        """
        monkeypatch.setattr(forks, "_DESCRIPTORS", tmp_path / "nothing")

        assert StorageNotReady.__name__ == in_child(
            lambda: add(storage, samples.user("child"))
        )
