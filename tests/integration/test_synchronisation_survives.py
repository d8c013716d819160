"""
Whatever a synchronisation dies of, it can be taken up again.
"""

import os
import signal
from collections.abc import Callable
from pathlib import Path

import attrs
from sqlalchemy import Engine

from winbooks_identity.adapters.memory import InMemoryLicenceManagement
from winbooks_identity.adapters.sqlalchemy import (
    SqlAlchemyStorage,
    open_sqlite,
)
from winbooks_identity.authorization import Distributor
from winbooks_identity.licence import Product
from winbooks_identity.names import PersonName
from winbooks_identity.ports import Storage, UnitOfWork
from winbooks_identity.synchronisation import (
    Complete,
    DesiredUser,
    Limits,
    Options,
    Plan,
    SynchronisationService,
)
from winbooks_identity.testing import samples
from winbooks_identity.testing.steps import Steps
from winbooks_identity.winbooks_id import WinBooksId


BY = Distributor("4711")
OPTIONS = Options(
    deactivate=True, limits=Limits(floor=1000, percentage=100, count=1000)
)


def record(name: str, *, login: str | None = None) -> DesiredUser:
    """
    Return the record of the employee called *name*.
    """
    return DesiredUser(
        external_id=f"E-{name}",
        login=WinBooksId(f"{login or name}@kantoor.be"),
        first_name=PersonName("Ada"),
        last_name=PersonName("Lovelace"),
        is_licence_admin=name == "boss",
    )


#: Two swap, one is renamed, one leaves, two are new.
BEFORE = tuple(map(record, ("boss", "ada", "grace", "joan", "edsger")))
AFTER = (
    record("boss"),
    record("ada", login="grace"),
    record("grace", login="ada"),
    attrs.evolve(record("joan"), last_name=PersonName("Clarke")),
    record("barbara"),
    record("donald"),
)


def planned(storage: Storage, records: tuple[DesiredUser, ...]) -> Plan:
    """
    Return the plan that makes the licence have exactly *records*.
    """
    snapshot = Complete(users=records, count=len(records))
    gateway = InMemoryLicenceManagement({"4711": snapshot})
    return SynchronisationService(storage).plan(gateway, by=BY, options=OPTIONS)


def synchronise(storage: Storage, records: tuple[DesiredUser, ...]) -> None:
    """
    Plan and carry out.
    """
    plan = planned(storage, records)
    for _ in SynchronisationService(storage).apply(plan, by=BY):
        pass


def register(storage: Storage) -> None:
    """
    Register the licence.
    """
    licence = samples.licence(product=Product.ON_WEB)
    storage.run(lambda unit: unit.licences.register(licence, []))


def check_histories(storage: Storage) -> None:
    """
    Assert that everybody's last event made them what they are.
    """

    def last_versions(unit: UnitOfWork) -> list[tuple[int, int]]:
        users = unit.users.of_licence("4711", limit=100)
        return [
            (user.version, unit.history.of_user(user.id)[-1].version) for user in users
        ]

    assert [] == [pair for pair in storage.run(last_versions) if pair[0] != pair[1]]


def in_a_child(work: Callable[[], None]) -> int:
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


def kill() -> None:
    """
    End this process at once, as a loss of power does.
    """
    os.kill(os.getpid(), signal.SIGKILL)


class TestKill:
    """
    After SIGKILL at any step, planning again leads to the same end.  [R67]
    """

    def test_sqlite(self, made_sqlite: Path, tmp_path: Path) -> None:
        """
        Each run is killed one step later.
        """
        office = tmp_path / "office.db"
        office.write_bytes(made_sqlite.read_bytes())
        engine = open_sqlite(office)
        storage = SqlAlchemyStorage(engine)
        register(storage)
        synchronise(storage, BEFORE)
        engine.dispose()

        def fresh(step: int) -> Callable[[], Engine]:
            path = tmp_path / f"{step}.db"
            path.write_bytes(office.read_bytes())
            return lambda: open_sqlite(path)

        self._kill_at_each_step(fresh)

    def _kill_at_each_step(self, fresh: Callable[[int], Callable[[], Engine]]) -> None:
        step, died = 0, signal.SIGKILL.value
        while died:
            step += 1
            open_engine = fresh(step)

            def work(
                step: int = step, open_engine: Callable[[], Engine] = open_engine
            ) -> None:
                steps = Steps(step, crash=kill)
                synchronise(steps.watch(SqlAlchemyStorage(open_engine())), AFTER)

            died = in_a_child(work)
            engine = open_engine()
            storage = SqlAlchemyStorage(engine)
            synchronise(storage, AFTER)

            assert () == planned(storage, AFTER).changes
            check_histories(storage)
            engine.dispose()
        assert step > 40
