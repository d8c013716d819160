"""
Everything works behind a pgbouncer that pools transactions.

Not part of the usual run, since pgbouncer comes with a system only:
``pytest tests/endurance/test_pgbouncer.py``.
"""

import os
import socket
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, sleep

import pytest
from sqlalchemy import URL, Engine

from filled import fill, found
from winbooks_identity.adapters.aesgcm import AesGcmSealer
from winbooks_identity.adapters.argon2 import CHEAPEST, Argon2Hasher
from winbooks_identity.adapters.letters import StandardLetters
from winbooks_identity.adapters.memory import (
    InMemoryMailer,
    InMemoryOutboxQueue,
    InMemoryStorage,
)
from winbooks_identity.adapters.sqlalchemy import (
    SqlAlchemyOutboxQueue,
    SqlAlchemyStorage,
    migrations,
    open_postgresql,
)
from winbooks_identity.authorization import Distributor
from winbooks_identity.forms.new_user import NewEmployee
from winbooks_identity.language import Language
from winbooks_identity.level import Level
from winbooks_identity.mail.relay import DeliveryOutcome, Relay
from winbooks_identity.names import CompanyName, PersonName
from winbooks_identity.passwords import PasswordPolicy
from winbooks_identity.services.provisioning import ProvisioningService
from winbooks_identity.testing import samples
from winbooks_identity.testing.contracts import OutboxQueueContract, StorageContract
from winbooks_identity.winbooks_id import WinBooksId


PGBOUNCER = os.environ.get("PGBOUNCER", "pgbouncer")

#: Fewer connections to the server than any test has threads.
POOL = 3

SETTINGS = """
[databases]
* = host={server} port=5432 user=postgres
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = {pool}
max_client_conn = 200
"""


@cache
def follows_prepared_statements() -> bool:
    """
    Tell whether this pgbouncer knows on which connection a statement is prepared.
    """
    said = subprocess.run([PGBOUNCER, "--version"], check=True, capture_output=True)  # noqa: S603  The one that was named.
    numbers = said.stdout.decode().split()[1].split(".")
    return [int(number) for number in numbers[:2]] >= [1, 21]


def free_port() -> int:
    """
    Return a port that no one listens on.
    """
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def wait_for(port: int) -> None:
    """
    Return when someone listens on *port*.
    """
    ends = monotonic() + 30
    while monotonic() < ends:
        with suppress(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", port)).close()
            return
        sleep(0.05)
    raise TimeoutError("pgbouncer does not listen")


@pytest.fixture(scope="session")
def pgbouncer(postgresql_server: URL) -> Iterator[URL]:
    """
    Return the address of a pgbouncer before the server of the tests.
    """
    server, port = Path(str(postgresql_server.query["host"])), free_port()
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        settings = Path(folder) / "pgbouncer.ini"
        said = SETTINGS.format(server=server, port=port, pool=POOL)
        if follows_prepared_statements():
            # Before 1.24 it does so on request only.
            said += "max_prepared_statements = 100\n"
        settings.write_text(said)
        # It refuses to work for root, and no one else may open the server's socket.
        as_owner = [] if os.getuid() else ["-u", server.owner()]
        process = subprocess.Popen([PGBOUNCER, "-q", *as_owner, str(settings)])  # noqa: S603  The one that was named.
        wait_for(port)
        yield URL.create(
            "postgresql+psycopg", username="postgres", host="127.0.0.1", port=port
        )
        process.terminate()
        process.wait(30)


@pytest.fixture
def pooled(pgbouncer: URL, emptied_postgresql: URL) -> Iterator[Engine]:
    """
    Return an engine behind pgbouncer, with nothing in its tables.
    """
    engine = open_postgresql(
        pgbouncer.set(database=emptied_postgresql.database),
        prepares_statements=follows_prepared_statements(),
    )
    yield engine
    engine.dispose()


class TestStorage(StorageContract):
    """
    The storage keeps its contract.
    """

    @pytest.fixture
    def storage(self, pooled: Engine) -> SqlAlchemyStorage:
        """
        Return an empty storage.
        """
        return SqlAlchemyStorage(pooled)


class TestOutboxQueue(OutboxQueueContract):
    """
    So does the queue.
    """

    @pytest.fixture
    def storage(self, pooled: Engine) -> SqlAlchemyStorage:
        """
        Return an empty storage.
        """
        return SqlAlchemyStorage(pooled)

    @pytest.fixture
    def queue(self, pooled: Engine) -> SqlAlchemyOutboxQueue:
        """
        Return the queue of the storage.
        """
        return SqlAlchemyOutboxQueue(pooled)


class TestMigrations:
    """
    The lock of an upgrade lasts as long as its transaction, and needs no session.
    """

    def test_eight_at_one_time(self, pgbouncer: URL, new_postgresql_url: URL) -> None:
        """
        One makes the tables, the others find them.
        """

        def upgrade(_: int) -> None:
            engine = open_postgresql(
                pgbouncer.set(database=new_postgresql_url.database),
                prepares_statements=follows_prepared_statements(),
            )
            migrations.upgrade(engine)
            migrations.check(engine)
            engine.dispose()

        with ThreadPoolExecutor(8) as threads:
            assert [None] * 8 == list(threads.map(upgrade, range(8)))


class TestOffice:
    """
    Provisioning and relays run beside each other.
    """

    def test_everybody_gets_one_mail(self, pooled: Engine) -> None:
        """
        Eight threads make 80 users, then eight relays deliver their mails.
        """
        storage, sealer = SqlAlchemyStorage(pooled), AesGcmSealer({"1": b"k" * 32})
        storage.run(lambda unit: unit.licences.register(samples.licence(), []))
        service = ProvisioningService(
            storage,
            hasher=Argon2Hasher(CHEAPEST),
            letters=StandardLetters(
                sender="portal@portal.example", portal_url="https://portal.example/"
            ),
            sealer=sealer,
        )
        mailer = InMemoryMailer()

        def create(number: int) -> None:
            service.create(employee(number), by=Distributor("4711"))

        def deliver(_: int) -> int:
            relay = Relay(SqlAlchemyOutboxQueue(pooled), mailer, sealer, batch=3)
            return relay.deliver().count(DeliveryOutcome.SENT)

        with ThreadPoolExecutor(8) as threads:
            list(threads.map(create, range(80)))
            sent = sum(threads.map(deliver, range(8)))

        assert 80 == sent == len({mail.recipient for mail in mailer.sent})
        assert 80 == len(mailer.sent)

    def test_what_is_stored_is_found(self, pooled: Engine) -> None:
        """
        The same as in memory.
        """
        memory = InMemoryStorage()
        fill(memory, InMemoryOutboxQueue(memory))
        storage, queue = SqlAlchemyStorage(pooled), SqlAlchemyOutboxQueue(pooled)
        fill(storage, queue)

        expected = found(memory, InMemoryOutboxQueue(memory))

        assert expected == found(storage, queue)


def employee(number: int) -> NewEmployee:
    """
    Return someone who gets their password by mail.
    """
    return NewEmployee(
        winbooks_id=WinBooksId(f"p{number}@kantoor.be"),
        password=PasswordPolicy().generate(),
        level=Level.POWER_USER,
        first_name=PersonName("Ada"),
        last_name=PersonName("Lovelace"),
        company_name=CompanyName("Kantoor Lovelace"),
        language=Language.DUTCH,
        send_credentials=True,
    )
