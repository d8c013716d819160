"""
Does a password stand anywhere in the files of a database, before or after its mail?

The server writes every statement and its parameters to its log, as an administrator
in search of an error lets it.
"""

from base64 import b64encode
from collections.abc import Iterator, Mapping
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import URL, Engine, text

from winbooks_identity.adapters.aesgcm import AesGcmSealer
from winbooks_identity.adapters.argon2 import CHEAPEST, Argon2Hasher
from winbooks_identity.adapters.key_ring import generate_key
from winbooks_identity.adapters.letters import StandardLetters
from winbooks_identity.adapters.memory import InMemoryMailer
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
from winbooks_identity.mail.relay import DeliveryOutcome, Relay
from winbooks_identity.names import CompanyName, PersonName
from winbooks_identity.passwords import Password
from winbooks_identity.services.provisioning import ProvisioningService
from winbooks_identity.testing import samples
from winbooks_identity.winbooks_id import WinBooksId


#: Everything is logged, with what the statements carried.
TALKATIVE = "-clog_statement=all -clog_min_duration_statement=0"


class Case:
    """
    A database on disk, and someone whose password is mailed.
    """

    def __init__(self, engine: Engine, folder: Path) -> None:
        self.secret = f"Geheim-{uuid4().hex}"
        self.address = f"{uuid4().hex}@kantoor.be"
        self.mailer = InMemoryMailer()
        self._engine = engine
        self._folder = folder
        self._sealer = AesGcmSealer({"k": generate_key()})

    def create(self) -> None:
        """
        Make the user, whose mail then waits.
        """
        storage = SqlAlchemyStorage(self._engine)
        storage.run(lambda unit: unit.licences.register(samples.licence(), []))
        ProvisioningService(
            storage,
            hasher=Argon2Hasher(CHEAPEST),
            letters=StandardLetters(
                sender="portal@portal.example", portal_url="https://portal.example/"
            ),
            sealer=self._sealer,
        ).create(
            NewEmployee(
                winbooks_id=WinBooksId(self.address),
                password=Password(self.secret),
                level=Level.POWER_USER,
                first_name=PersonName("Ada"),
                last_name=PersonName("Lovelace"),
                company_name=CompanyName("Kantoor Lovelace"),
                language=Language.DUTCH,
                send_credentials=True,
            ),
            by=Distributor("4711"),
        )

    def deliver(self) -> int:
        """
        Send the mail, and return how many were sent.
        """
        queue = SqlAlchemyOutboxQueue(self._engine)
        return (
            Relay(queue, self.mailer, self._sealer)
            .deliver()
            .count(DeliveryOutcome.SENT)
        )

    def sealed(self) -> bytes:
        """
        Return the content of the mail that waits, as it is stored.
        """
        with self._engine.connect() as connection:
            sealed = connection.execute(text("SELECT sealed FROM winbooks_outbox"))
            return bytes(sealed.scalar_one())

    def flush(self) -> None:
        """
        Let the database write everything where it belongs.
        """
        statement = {
            "sqlite": "PRAGMA wal_checkpoint(TRUNCATE)",
            "postgresql": "CHECKPOINT",
        }[self._engine.dialect.name]
        with self._engine.connect() as connection:
            # SQLite wants no transaction here.
            connection.connection.driver_connection.rollback()  # type: ignore[union-attr]
            connection.connection.driver_connection.execute(statement)  # type: ignore[union-attr]

    def files_with(self, content: bytes) -> list[str]:
        """
        Return the files that *content* is in.
        """
        return [
            str(path.relative_to(self._folder))
            for path in sorted(self._folder.rglob("*"))
            if path.is_file() and content in _content(path)
        ]


def _content(path: Path) -> bytes:
    # Servers take files away while we look.
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""


@pytest.fixture
def in_sqlite(sqlite_path: Path) -> Iterator[Case]:
    """
    Return a case in a SQLite file.
    """
    engine = open_sqlite(sqlite_path)
    yield Case(engine, sqlite_path.parent)
    engine.dispose()


@pytest.fixture
def in_postgresql(emptied_postgresql: URL) -> Iterator[Case]:
    """
    Return a case in a PostgreSQL: tables, write-ahead log and the log for people.
    """
    engine = open_postgresql(
        emptied_postgresql.update_query_dict({"options": TALKATIVE})
    )
    yield Case(engine, Path(str(emptied_postgresql.query["host"])))
    engine.dispose()


@pytest.fixture(params=["in_sqlite", "in_postgresql"])
def case(request: pytest.FixtureRequest) -> Case:
    """
    Return a case of each kind.
    """
    case: Case = request.getfixturevalue(request.param)
    return case


def spellings(secret: str) -> Mapping[str, bytes]:
    """
    Return *secret* as it would stand in a file.
    """
    clear = secret.encode()
    return {
        "clear": clear,
        "hexadecimal": clear.hex().encode(),
        # What stands before it shifts the letters; the middle of one is in any.
        **{f"base64 {n}": b64encode(bytes(n) + clear)[4:-4] for n in range(3)},
        "UTF-16": secret.encode("utf-16-le"),
    }


class TestPassword:
    """
    The clear password is in the mail that arrived, and in no file.  [R57]
    """

    @pytest.mark.parametrize("delivered", [False, True])
    def test_is_in_no_file(self, case: Case, *, delivered: bool) -> None:
        """
        While the mail waits as well as after it has gone.
        """
        case.create()
        if delivered:
            assert 1 == case.deliver()
            assert case.secret.encode() in case.mailer.sent[0].content
        case.flush()

        found = {
            name: case.files_with(content)
            for name, content in spellings(case.secret).items()
        }

        # Someone who searches wrongly finds nothing: the address is there.
        assert [] != case.files_with(case.address.encode())
        assert {} == {name: files for name, files in found.items() if files}

    def test_the_log_of_the_server_is_searched(self, in_postgresql: Case) -> None:
        """
        It holds what statements carried, and so shows that it is the right one.
        """
        in_postgresql.create()

        assert "log" in in_postgresql.files_with(in_postgresql.address.encode())


class TestSealed:
    """
    What was sealed is overwritten in SQLite once its log is written back.
    """

    def test_is_gone_after_delivery(self, in_sqlite: Case) -> None:
        """
        No file of the database has it any more.
        """
        in_sqlite.create()
        sealed = in_sqlite.sealed()
        in_sqlite.flush()
        before = in_sqlite.files_with(sealed[:64])
        in_sqlite.deliver()
        in_sqlite.flush()

        assert ["identities.db"] == before
        assert [] == in_sqlite.files_with(sealed[:64])
