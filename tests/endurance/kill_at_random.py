"""
Does anything half done stay behind when processes are killed at random?
"""

import argparse
import os
import random
import signal
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Never

from winbooks_identity.adapters.sqlalchemy import (
    SqlAlchemyOutboxQueue,
    SqlAlchemyStorage,
    migrations,
    open_sqlite,
)
from winbooks_identity.ports import UnitOfWork
from winbooks_identity.testing import samples


#: Seconds; long enough for several users, short enough to end among them.
LONGEST_LIFE = 0.1


def main() -> None:
    """
    Kill as many processes as the command line says, and count what they left.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kills", type=int)
    kills: int = parser.parse_args().kills
    with TemporaryDirectory() as folder:
        path = Path(folder) / "identities.db"
        engine = open_sqlite(path)
        migrations.upgrade(engine)
        SqlAlchemyStorage(engine).run(
            lambda unit: unit.licences.register(samples.licence(), [])
        )
        engine.dispose()
        for kill in range(kills):
            kill_one(path, kill)
        report(path, kills)


def kill_one(path: Path, kill: int) -> None:
    """
    Let a process create users and kill it at a random moment.
    """
    child = os.fork()
    if not child:
        create_for_ever(path, kill)
    time.sleep(random.uniform(0, LONGEST_LIFE))  # noqa: S311  Any moment will do.
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def create_for_ever(path: Path, kill: int) -> Never:
    """
    Create one user after the other, each with their credential and their mail.
    """
    storage = SqlAlchemyStorage(open_sqlite(path))
    number = 0
    while True:
        create(storage, f"p{kill}-{number}")
        number += 1


def create(storage: SqlAlchemyStorage, name: str) -> None:
    """
    Create the user called *name*.
    """

    def work(unit: UnitOfWork) -> None:
        unit.users.add(samples.user(name))
        unit.credentials.put(samples.credential(name))
        unit.outbox.put(samples.mail(f"to {name}", to=name))

    storage.run(work)


def report(path: Path, kills: int) -> None:
    """
    Print what is there, and end with an error if something is half there.
    """
    engine = open_sqlite(path)
    with engine.connect() as connection:
        users, credentials, mails = (
            connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one()  # noqa: S608  Our names.
            for table in ("winbooks_user", "winbooks_credential", "winbooks_outbox")
        )
        damage = connection.exec_driver_sql("PRAGMA integrity_check").scalar_one()
    waiting = SqlAlchemyOutboxQueue(engine).statistics().waiting
    engine.dispose()
    sys.stdout.write(
        f"{kills} kills, {users} users, {credentials} credentials, {mails} mails,"
        f" {waiting} waiting, integrity {damage}\n"
    )
    if not users == credentials == mails == waiting or damage != "ok":
        sys.exit("something is half there")


if __name__ == "__main__":
    main()
