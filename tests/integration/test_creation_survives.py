"""
Whatever a process dies of, a user and their mail are both there or both absent.
"""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Final, TypeVar
from uuid import UUID

import pytest
from sqlalchemy import URL, Engine

from winbooks_identity.adapters.aesgcm import AesGcmSealer
from winbooks_identity.adapters.argon2 import CHEAPEST, Argon2Hasher
from winbooks_identity.adapters.key_ring import generate_key
from winbooks_identity.adapters.letters import StandardLetters
from winbooks_identity.adapters.memory import InMemoryOutboxQueue, InMemoryStorage
from winbooks_identity.adapters.sqlalchemy import (
    SqlAlchemyOutboxQueue,
    SqlAlchemyStorage,
    open_postgresql,
    open_sqlite,
)
from winbooks_identity.authorization import Distributor
from winbooks_identity.forms.new_user import NewEmployee
from winbooks_identity.language import Language
from winbooks_identity.level import Level
from winbooks_identity.names import CompanyName, PersonName
from winbooks_identity.passwords import Password
from winbooks_identity.ports import OutboxQueue, Storage, UnitOfWork
from winbooks_identity.refusals import DuplicateWinBooksId
from winbooks_identity.services.creation import Created
from winbooks_identity.services.provisioning import ProvisioningService
from winbooks_identity.testing import samples
from winbooks_identity.testing.steps import Steps, fail_each_step
from winbooks_identity.winbooks_id import WinBooksId


T = TypeVar("T")

SECRET: Final = "Correct-Horse-7-Staple"
KEYS: Final = {"k": generate_key()}
NAMES: Final = ("ada", "grace", "joan")


def provisioning(storage: Storage) -> ProvisioningService:
    """
    Return the service on *storage*.
    """
    return ProvisioningService(
        storage,
        hasher=Argon2Hasher(CHEAPEST),
        letters=StandardLetters(
            sender="portal@portal.example", portal_url="https://portal.example/"
        ),
        sealer=AesGcmSealer(KEYS),
        clock=lambda: samples.NOW,
    )


def create(storage: Storage, name: str, *, address: str | None = None) -> Created:
    """
    Ask for the user called *name*, always with the same request id.
    """
    employee = NewEmployee(
        winbooks_id=WinBooksId(address or f"{name}@kantoor.be"),
        password=Password(SECRET),
        level=Level.POWER_USER,
        first_name=PersonName(name.capitalize()),
        last_name=PersonName("Lovelace"),
        company_name=CompanyName("Kantoor Lovelace"),
        language=Language.DUTCH,
        send_credentials=True,
        dossiers=frozenset({"D1"}),
    )
    return provisioning(storage).create(
        employee, by=Distributor("4711"), request_id=samples.identifier(f"ask {name}")
    )


def register(storage: Storage) -> None:
    """
    Register the licence that everybody is in.
    """
    storage.run(
        lambda unit: unit.licences.register(samples.licence(), [samples.dossier()])
    )


def check_everything(storage: Storage, queue: OutboxQueue) -> None:
    """
    Assert that each user has a credential and one mail, and no mail has none.
    """
    members = storage.run(lambda unit: unit.users.of_licence("4711", limit=99))
    claimed = queue.claim(samples.NOW, lease=timedelta(0), limit=99)

    assert sorted(user.id for user in members) == sorted(
        each.mail.user_id for each in claimed
    )
    assert None not in [_credential(storage, user.id) for user in members]


def _credential(storage: Storage, user_id: UUID) -> object:
    return storage.run(lambda unit: unit.credentials.find(user_id))


class TestCrash:
    """
    Dying between any two steps leaves all of a creation or nothing.  [R57, R70]
    """

    def test_in_memory(self) -> None:
        """
        Asking again ends in one user with one mail, wherever the first died.
        """

        def scenario(steps: Steps) -> None:
            storage = InMemoryStorage()
            _die_and_ask_again(steps, storage, InMemoryOutboxQueue(storage))

        assert 22 == fail_each_step(scenario)

    def test_in_sqlite(self, made_sqlite: Path, tmp_path: Path) -> None:
        """
        So it is in a file.
        """

        def scenario(steps: Steps) -> None:
            path = tmp_path / "identities.db"
            path.write_bytes(made_sqlite.read_bytes())
            engine = open_sqlite(path)
            _die_and_ask_again(
                steps, SqlAlchemyStorage(engine), SqlAlchemyOutboxQueue(engine)
            )
            engine.dispose()

        assert 22 == fail_each_step(scenario)


def _die_and_ask_again(steps: Steps, storage: Storage, queue: OutboxQueue) -> None:
    register(storage)
    with steps.until_crash():
        create(steps.watch(storage), "ada")
    check_everything(storage, queue)

    create(storage, "ada")

    check_everything(storage, queue)
    assert 1 == len(storage.run(lambda unit: unit.users.of_licence("4711", limit=9)))


class TwiceStorage:
    """
    Runs every work twice and keeps the second run, as a busy storage may.
    """

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def run(self, work: Callable[[UnitOfWork], T]) -> T:
        """
        Run *work*, undo it, and run it again.
        """

        class Undone(Exception):
            """
            Ends the first run.
            """

        def first(unit: UnitOfWork) -> None:
            work(unit)
            raise Undone

        with suppress(Undone):
            self._storage.run(first)
        return self._storage.run(work)

    read = run


class TestTwice:
    """
    Work that is run again has no effect but its last one.
    """

    def test_a_creation_that_is_run_twice_makes_one_user(self) -> None:
        """
        One user, one mail, and the result is that of the run that was kept.
        """
        storage = InMemoryStorage()
        register(storage)

        created = create(TwiceStorage(storage), "ada")

        assert created.user == storage.run(
            lambda unit: unit.users.find(created.user.id)
        )
        check_everything(storage, InMemoryOutboxQueue(storage))

    def test_a_refusal_is_the_same(self) -> None:
        """
        A taken ID is refused by the first run already.
        """
        storage = InMemoryStorage()
        register(storage)
        create(storage, "ada")

        with pytest.raises(DuplicateWinBooksId):
            create(TwiceStorage(storage), "grace", address="ADA@kantoor.be")


def kill() -> None:
    """
    End this process at once, as a loss of power does.
    """
    os.kill(os.getpid(), signal.SIGKILL)


def die_in_a_child(work: Callable[[], None]) -> int:
    """
    Return the signal that *work* died of in a process of its own, 0 for none.
    """
    child = os.fork()
    if not child:
        try:
            work()
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0


@contextmanager
def closing(engine: Engine) -> Iterator[Engine]:
    """
    Close the connections of *engine* in the end.
    """
    try:
        yield engine
    finally:
        engine.dispose()


class TestKill:
    """
    SIGKILL between any two steps leaves all of a creation or nothing.  [R57, R70]
    """

    def test_sqlite(self, sqlite_path: Path) -> None:
        """
        Each run is killed one step later; the next process asks again.
        """
        self._kill_at_each_step(lambda: open_sqlite(sqlite_path))
        left = [path.read_bytes() for path in sqlite_path.parent.glob("identities*")]

        assert SECRET.encode() not in b"".join(left)

    def test_postgresql(self, emptied_postgresql: URL) -> None:
        """
        So it is on a server.
        """
        self._kill_at_each_step(lambda: open_postgresql(emptied_postgresql))

    @staticmethod
    def _kill_at_each_step(open_engine: Callable[[], Engine]) -> None:
        with closing(open_engine()) as engine:
            register(SqlAlchemyStorage(engine))
        step, died = 0, signal.SIGKILL.value
        while died:
            step += 1
            name = f"ada{step}"

            def work(name: str = name, step: int = step) -> None:
                steps = Steps(step, crash=kill)
                create(steps.watch(SqlAlchemyStorage(open_engine())), name)

            died = die_in_a_child(work)
            with closing(open_engine()) as engine:
                storage = SqlAlchemyStorage(engine)
                queue = SqlAlchemyOutboxQueue(engine)
                check_everything(storage, queue)
                create(storage, name)
                check_everything(storage, queue)
        assert 22 == step
