"""
Whatever carrying out an office file dies of, the next run ends where it would have.
"""

import os
import signal
from pathlib import Path

import attrs
import pytest

from office_files import (
    BY,
    OFFICE,
    apply,
    customer,
    plan_of,
    portal_on,
    register,
    users_of,
)
from winbooks_identity.adapters.sqlalchemy import SqlAlchemyStorage, open_sqlite
from winbooks_identity.synchronisation import OfficeFields
from winbooks_identity.testing.steps import Steps


#: One of two demotes the other, everybody changes, and someone is new.
AFTER = attrs.evolve(OFFICE, holder="Peeters & Maes").having(
    boss={"level": "Power User"},
    ada={"level": "Administrator", "dossiers": ["1002"], "roles": []},
    joan={"activate": False, "last_name": "Murray"},
    new=customer(dossiers=["1002"]),
)


def kill() -> None:
    """
    End this process at once, as a loss of power does.
    """
    os.kill(os.getpid(), signal.SIGKILL)


def killed_at(step: int, path: Path) -> bool:
    """
    Carry the file out in a process of its own; tell whether it died at *step*.
    """
    child = os.fork()
    if not child:
        try:
            storage = Steps(step, crash=kill).watch(
                SqlAlchemyStorage(open_sqlite(path))
            )
            apply(portal_on(storage), AFTER)
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


@pytest.mark.slow  # Some processes, each of which opens a database.
def test_sigkill(made_sqlite: Path, tmp_path: Path) -> None:
    """
    At every nineteenth step, planning again leads to the same end.  [S50]
    """
    step, died = 0, True
    while died:
        path = tmp_path / f"{step}.db"
        path.write_bytes(made_sqlite.read_bytes())
        engine = open_sqlite(path)
        portal = portal_on(SqlAlchemyStorage(engine))
        register(portal)
        apply(portal, OFFICE)
        engine.dispose()

        died = killed_at(step, path)
        apply(portal, AFTER)

        said = {str(p.new.winbooks_id): p.new for p in AFTER.office.people}
        assert {address: OfficeFields.of_new(new) for address, new in said.items()} == {
            str(user.winbooks_id): OfficeFields.of(user)
            for user in users_of(portal).values()
        }
        assert () == plan_of(portal, AFTER).people.changes
        for user in users_of(portal).values():
            history = portal.administration.history(user.id, by=BY)
            assert user.version == history[-1].version
        engine.dispose()
        step += 19
    assert step > 60
