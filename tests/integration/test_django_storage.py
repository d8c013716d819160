"""
The storage of the Django app is one, in SQLite and in PostgreSQL.
"""

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from email.message import Message
from io import StringIO
from pathlib import Path
from threading import current_thread, main_thread
from typing import Any, TypeVar, cast
from uuid import UUID

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as Receiver
from django.apps import apps
from django.conf import settings
from django.core import serializers
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import (
    IntegrityError,
    OperationalError,
    close_old_connections,
    connections,
    transaction,
)
from django.db.models import Model, QuerySet
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from psycopg import IsolationLevel

from winbooks_identity import (
    Created,
    Distributor,
    Language,
    Level,
    NewEmployee,
    Password,
    WinBooksAdministration,
    WinBooksId,
)
from winbooks_identity.adapters import key_ring
from winbooks_identity.adapters.django import models
from winbooks_identity.adapters.django.attempts import DjangoAttempts
from winbooks_identity.adapters.django.left_ids import LeftIds
from winbooks_identity.adapters.django.outbox_queue import DjangoOutboxQueue
from winbooks_identity.adapters.django.storage import DjangoStorage
from winbooks_identity.adapters.django.transactions import Transaction, in_transaction
from winbooks_identity.adapters.django.wiring import portal
from winbooks_identity.adapters.smtp import Security
from winbooks_identity.attempts import Attempt, Door, Outcome
from winbooks_identity.errors import (
    OutcomeUnknown,
    StorageBusy,
    StorageNotReady,
    Unavailable,
)
from winbooks_identity.mail.outbox import MailState
from winbooks_identity.names import CompanyName, PersonName
from winbooks_identity.ports import UnitOfWork
from winbooks_identity.refusals import DuplicateWinBooksId, LicenceDiffers, OutOfDate
from winbooks_identity.testing import samples
from winbooks_identity.testing.contracts import (
    AttemptsContract,
    Elapse,
    MakeAttempts,
    OutboxQueueContract,
    StorageContract,
)
from winbooks_identity.testing.contracts.life import Life
from winbooks_identity.testing.contracts.linking import Linking
from winbooks_identity.testing.contracts.queue_suite import put
from winbooks_identity.testing.contracts.races import Races
from winbooks_identity.testing.contracts.registering import Registering
from winbooks_identity.testing.contracts.suite import in_threads, outcome
from winbooks_identity.testing.doubles import FrozenClock


M = TypeVar("M", bound=Model)
P = TypeVar("P")

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "store-in-django.md"
DISTRIBUTOR = Distributor(samples.licence().number)
NEW = NewEmployee(
    winbooks_id=WinBooksId("Ada@example.org"),
    password=Password("Correct-Horse-9"),
    level=Level.POWER_USER,
    first_name=PersonName("Ada"),
    last_name=PersonName("Lovelace"),
    company_name=CompanyName("Kantoor Lovelace"),
    language=Language.FRENCH,
    send_credentials=True,
)


def rows_of(model: type[M], using: str = "default") -> QuerySet[M]:
    """
    Return the rows of *model*.
    """
    return QuerySet(model, using=using)


on_sqlite = pytest.mark.parametrize("using", ["default"], indirect=True)
on_postgresql = pytest.mark.parametrize("using", ["postgresql"], indirect=True)


class TestMigrations:
    """
    A project gets its tables from us, and may never make migrations for them.
    """

    @pytest.mark.usefixtures("migrated")
    def test_they_are_complete(self) -> None:
        """
        The models have nothing that no migration makes.
        """
        call_command("makemigrations", "winbooks_identity", check=True, verbosity=0)

    def test_they_name_no_module_of_ours(self) -> None:
        """
        So the classes behind the columns can move.
        """
        migrations = Path(models.__file__).with_name("migrations")

        for path in migrations.glob("0*.py"):
            assert not re.search(
                r"^(?:import|from) winbooks", path.read_text(), re.MULTILINE
            )

    def test_they_go_back(self, tmp_path: Path) -> None:
        """
        Whoever leaves keeps nothing of ours.
        """
        code = (
            "import sys; import django_project;"
            "from django.conf import settings; from django.db import connection;"
            "from django.core.management import call_command;"
            "settings.DATABASES['default']['NAME'] = sys.argv[1];"
            "connection.settings_dict['NAME'] = sys.argv[1];"
            "call_command('migrate', 'winbooks_identity', verbosity=0);"
            "made = connection.introspection.table_names();"
            "call_command('migrate', 'winbooks_identity', 'zero', verbosity=0);"
            "left = connection.introspection.table_names();"
            "print(len(made), left); connection.close()"
        )
        done = subprocess.run(  # noqa: S603  Our own text.
            [sys.executable, "-c", code, str(tmp_path / "project.db")],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            text=True,
            check=True,
        )

        ours = [*apps.get_app_config("winbooks_identity").get_models()]
        assert f"{len(ours) + 1} ['django_migrations']\n" == done.stdout


class TestColumns:
    """
    A value passes through Django's own tools as it is.
    """

    def test_a_fixture_holds_every_value(self, using: str) -> None:
        """
        `dumpdata` writes what `loaddata` reads.
        """
        DjangoStorage(using=using).run(register)
        before = list(rows_of(models.Licence, using).values())

        dumped = serializers.serialize("json", rows_of(models.Licence, using))
        rows_of(models.Licence, using).delete()
        for loaded in serializers.deserialize("json", dumped, using=using):
            loaded.save(using=using)

        assert before == list(rows_of(models.Licence, using).values())
        assert samples.licence() == DjangoStorage(using=using).run(
            lambda unit: unit.licences.find(samples.licence().number)
        )

    @pytest.mark.parametrize(
        "name, text, code",
        [
            ("product", "Product.CLASSIC", "field.not_one_of"),
            ("holder", "\x00", "name.invisible_character"),
        ],
    )
    def test_what_is_no_value_is_refused(self, name: str, text: str, code: str) -> None:
        """
        No form and no fixture puts something into the table that cannot be read.
        """
        with pytest.raises(ValidationError) as refused:
            models.Licence(**{name: text}).clean_fields()

        assert code == refused.value.error_dict[name][0].code
        assert text not in str(refused.value)

    def test_a_value_is_itself(self) -> None:
        """
        What is no text is left to the checks of Django.
        """
        models.Licence(
            number="WB-1",
            product=samples.licence().product,
            holder=samples.licence().holder,
            language=Language.FRENCH,
        ).clean_fields()

        with pytest.raises(ValidationError):
            models.Licence(number="WB-1").clean_fields()

    def test_a_row_names_nobody(self) -> None:
        """
        Not even one whose key is a WinBooks ID.
        """
        assert "<Login: login>" == repr(models.Login(key="ada@kantoor.be"))


class InRequests:
    """
    Calls a port as in a request: Django then gives back the thread's connection.

    The first thread keeps its own until the test ends: a connection for every call
    would take a third of the time.
    """

    def __init__(self, port: object) -> None:
        self._port = port

    def __getattr__(self, name: str) -> Callable[..., Any]:
        """
        Return the method *name* of the port, with the end of a request behind it.
        """

        def call(*arguments: object, **named: object) -> object:
            try:
                return getattr(self._port, name)(*arguments, **named)
            finally:
                if current_thread() is not main_thread():
                    close_old_connections()

        return call


def in_requests(port: P) -> P:
    """
    Return *port* for threads that begin and end with each request.
    """
    return cast(P, InRequests(port))


class TestStorage(StorageContract):
    """
    `DjangoStorage` is a `Storage`.
    """

    @pytest.fixture
    def storage(self, using: str) -> DjangoStorage:
        """
        Return an empty storage.
        """
        return in_requests(DjangoStorage(using=using))


class TestAttempts(AttemptsContract):
    """
    `DjangoAttempts` is an `Attempts`.
    """

    @pytest.fixture
    def clock(self) -> FrozenClock:
        """
        Return a clock that stands still until it is moved.
        """
        return FrozenClock(datetime(2026, 5, 1, 9, 30, tzinfo=UTC))

    @pytest.fixture
    def elapse(self, clock: FrozenClock) -> Elapse:
        """
        Return what moves the clock.
        """

        def move(passed: timedelta) -> None:
            clock.now += passed

        return move

    @pytest.fixture
    def make(self, using: str, clock: FrozenClock) -> MakeAttempts:
        """
        Return what makes it.
        """
        return lambda limits: in_requests(
            DjangoAttempts(using=using, key=b"a" * 32, limits=limits, clock=clock)
        )


class TestTheCounters:
    """
    What stands in the table names no one, and does not pile up.
    """

    def test_counters_that_ended_are_swept(self, using: str) -> None:
        """
        A month later, new attempts have thrown them away.
        """
        clock = FrozenClock(datetime(2026, 5, 1, 9, 30, tzinfo=UTC))
        attempts = DjangoAttempts(using=using, key=b"a" * 32, clock=clock)
        for number in range(9):
            sign_in(attempts, f"user{number}@elders.be", f"192.0.2.{number}")
        clock.now += timedelta(days=31)
        for number in range(9):
            sign_in(attempts, f"new{number}@elders.be", f"198.51.100.{number}")

        rows = rows_of(models.AttemptCount, using)
        assert not rows.filter(ends_at__lte=clock.now).exists()
        assert not [row for row in rows.values() if "elders" in repr(row)]

    def test_the_clock_is_the_databases(self, using: str) -> None:
        """
        So processes on machines whose clocks differ count together.
        """
        attempts = DjangoAttempts(using=using, key=b"a" * 32)
        sign_in(attempts, "ada@elders.be", "192.0.2.7")

        latest = rows_of(models.AttemptCount, using).latest("ends_at").ends_at
        away = abs(latest - datetime.now(UTC) - timedelta(days=30))
        assert timedelta(hours=1) > away


def sign_in(attempts: DjangoAttempts, subject: str, source: str) -> None:
    """
    Sign a person in from somewhere.
    """
    attempt = Attempt(door=Door.PASSWORD, subject=subject, source=source)
    attempts.end(attempts.begin(attempt), Outcome.RIGHT)


class TestOutboxQueue(OutboxQueueContract):
    """
    `DjangoOutboxQueue` is an `OutboxQueue`.
    """

    @pytest.fixture
    def storage(self, using: str) -> DjangoStorage:
        """
        Return an empty storage.
        """
        return in_requests(DjangoStorage(using=using))

    @pytest.fixture
    def queue(self, using: str) -> DjangoOutboxQueue:
        """
        Return the queue of the storage.
        """
        return in_requests(DjangoOutboxQueue(using=using))

    def test_a_mail_of_a_newer_version(self, using: str) -> None:
        """
        It waits for a relay that knows its kind; others, and operators, go on.
        """
        storage, queue = DjangoStorage(using=using), DjangoOutboxQueue(using=using)
        known, newer = samples.mail("known"), samples.mail("newer")
        storage.run(register)
        storage.run(lambda unit: unit.users.add(samples.user()))
        storage.run(lambda unit: unit.outbox.put(known))
        storage.run(lambda unit: unit.outbox.put(newer))
        with connections[using].cursor() as cursor:
            table = models.OutboxMail._meta.db_table
            cursor.execute(
                f"UPDATE {table} SET kind = 'to come' WHERE id = %s",  # noqa: S608  Ours.
                [
                    models.OutboxMail._meta.pk.get_db_prep_value(
                        newer.id, connections[using]
                    )
                ],
            )

        claimed = queue.claim(samples.NOW, lease=timedelta(minutes=1), limit=9)
        listed = queue.entries({MailState.WAITING}, before=None, limit=9)
        of_user = storage.run(lambda unit: unit.outbox.of_user(known.user_id))

        assert [known.id] == [each.mail.id for each in claimed]
        assert [known.id] == [each.mail_id for each in listed]
        assert [known.id] == [each.mail_id for each in of_user]
        assert 2 == queue.statistics().waiting

    @on_postgresql
    def test_a_copy_is_held_back_once(self, using: str) -> None:
        """
        A database with other numbers than those that are noted is a copy.  [S83]
        """
        storage, queue = DjangoStorage(using=using), DjangoOutboxQueue(using=using)
        put(storage, samples.mail())
        storage.run(lambda unit: unit.link_requests.put(samples.link_request()))

        def hold() -> int:
            return queue.hold_if_restored(samples.NOW, reason="mail.held")

        held = [hold(), hold()]
        noted = rows_of(models.Home, using).values().get()
        rows_of(models.Home, using).update(database_oid="1")
        held += in_threads(
            lambda _: in_requests(queue).hold_if_restored(
                samples.NOW, reason="mail.held"
            ),
            count=2,
        )
        (dead,) = queue.entries({MailState.DEAD}, before=None, limit=9)

        assert [0, 0, 0, 1] == sorted(held)
        assert ("mail.held", True) == (dead.reason, dead.is_kept)
        assert noted == rows_of(models.Home, using).values().get()
        assert not rows_of(models.LinkRequest, using).exists()
        assert 0 == hold()

    @on_postgresql
    def test_a_role_that_may_not_ask_for_the_server(self, using: str) -> None:
        """
        The other numbers tell a copy, and what was known of the server stays.
        """
        queue = DjangoOutboxQueue(using=using)
        put(DjangoStorage(using=using), samples.mail())
        queue.hold_if_restored(samples.NOW, reason="mail.held")
        noted = rows_of(models.Home, using).values().get()

        with transaction.atomic(using=using):
            with connections[using].cursor() as cursor:
                for statement in (
                    "CREATE ROLE weak",
                    "GRANT ALL ON ALL TABLES IN SCHEMA public TO weak",
                    "REVOKE EXECUTE ON FUNCTION pg_control_system() FROM PUBLIC",
                    "SET LOCAL ROLE weak",
                ):
                    cursor.execute(statement)
            rows_of(models.Home, using).update(table_oid="1")
            held = queue.hold_if_restored(samples.NOW, reason="mail.held")
            found = rows_of(models.Home, using).values().get()
            transaction.set_rollback(True, using=using)

        assert (1, noted) == (held, found)
        assert noted["system_identifier"]

    @on_sqlite
    def test_the_last_success_has_an_index(self, using: str) -> None:
        """
        No one walks over what was sent in ninety days.
        """
        with CaptureQueriesContext(connections[using]) as asked:
            DjangoOutboxQueue(using=using).statistics()
        (last,) = (each["sql"] for each in asked if "MAX(" in each["sql"])
        with connections[using].cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {last}")
            plan = cursor.fetchall()

        assert "winbooks_identity_mails_done (state=?" in str(plan)


@on_postgresql
class TestSerializable(Life, Linking, Registering, Races):
    """
    Where transactions have to fit into one order, more of them are run again.
    """

    @pytest.fixture
    def storage(self, using: str, monkeypatch: pytest.MonkeyPatch) -> DjangoStorage:
        """
        Return an empty storage.
        """
        level = {"isolation_level": IsolationLevel.SERIALIZABLE}
        monkeypatch.setitem(connections.settings[using], "OPTIONS", level)
        connections[using].close()
        return in_requests(DjangoStorage(using=using))


class TestLeaving:
    """
    Whoever removes a user meets those who save them.
    """

    def test_of_many_one_removes_or_saves(self, using: str) -> None:
        """
        Of those who come with one version, one is in time.
        """
        storage = in_requests(DjangoStorage(using=using))
        storage.run(register)
        storage.run(lambda unit: unit.users.add(samples.user()))

        def leave(unit: UnitOfWork) -> None:
            unit.users.remove(samples.user())

        def stay(unit: UnitOfWork) -> None:
            unit.users.save(samples.user())

        answers = in_threads(
            lambda number: outcome(lambda: storage.run((leave, stay)[number % 2]))
        )

        assert [None, *[OutOfDate] * 7] == sorted(answers, key=bool)


def register(unit: UnitOfWork) -> None:
    """
    Store something.
    """
    unit.licences.register(samples.licence(), [])


def is_registered(using: str) -> bool:
    """
    Tell whether it is there.
    """
    return rows_of(models.Licence, using).exists()


def test_a_reservation_that_is_prolonged_stays(
    using: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    Its user had it prolonged between the look and the lock.
    """
    storage, change = DjangoStorage(using=using), samples.user()
    storage.run(register)
    storage.run(lambda unit: unit.users.add(change))
    looks = [False, True]
    monkeypatch.setattr(LeftIds, "_has_ended", lambda *_: looks.pop())
    row = rows_of(models.Login, using).get()

    def end(unit: UnitOfWork) -> None:
        cast("Any", unit.left_ids)._end(row, samples.NOW)

    storage.run(end)

    assert [] == looks
    assert rows_of(models.Login, using).exists()


def test_the_row_of_another_owner_is_never_deleted(using: str) -> None:
    """
    Another transaction gave the ID away between the look and the deletion.
    """
    storage = DjangoStorage(using=using)
    storage.run(register)
    storage.run(lambda unit: unit.users.add(samples.user()))
    seen = rows_of(models.Login, using).get()
    storage.run(lambda unit: unit.users.add(samples.user("grace")))
    grace = samples.identifier("grace")
    rows_of(models.Login, using).filter(key=seen.key).update(user_id=grace)

    storage.run(lambda unit: cast("Any", unit.left_ids)._delete(seen))

    assert rows_of(models.Login, using).filter(key=seen.key).exists()


def test_a_mistake_inside_a_transaction_is_told_as_it_is(using: str) -> None:
    """
    Only a block of the host's is none of ours.
    """

    def work(_: Transaction) -> None:
        raise RuntimeError("ours")

    with pytest.raises(RuntimeError, match="ours"):
        in_transaction(work, using=using, durable=True)


class TestInABlockOfTheHost:
    """
    In an atomic block of the host, commit and repetition are the host's.
    """

    def test_it_goes_with_the_block(self, using: str) -> None:
        """
        What the host takes back is taken back.
        """
        with suppress(LookupError), transaction.atomic(using=using):
            DjangoStorage(using=using).run(register)
            raise LookupError

        assert not is_registered(using)

    def test_the_block_goes_on_without_it(self, using: str) -> None:
        """
        Work that raises is undone by itself, and what the host did stays.
        """

        def work(unit: UnitOfWork) -> None:
            unit.licences.register(samples.licence("4712"), [])
            raise LookupError

        with transaction.atomic(using=using):
            DjangoStorage(using=using).run(register)
            with suppress(LookupError):
                DjangoStorage(using=using).run(work)

        rows = rows_of(models.Licence, using)
        assert ["4711"] == [row.number for row in rows]

    def test_it_is_not_run_again(self, using: str) -> None:
        """
        A conflict is told to the host, whose transaction it ends.
        """
        runs = list[str]()

        def work(_: UnitOfWork) -> None:
            runs.append("run")
            raise StorageBusy

        with suppress(StorageBusy), transaction.atomic(using=using):
            DjangoStorage(using=using).run(work)

        assert ["run"] == runs

    @on_postgresql
    def test_a_line_that_is_lost_at_its_end_is_no_riddle(self, using: str) -> None:
        """
        What is lost before the host's commit is not written.
        """

        def work(unit: UnitOfWork) -> None:
            register(unit)
            with suppress(OperationalError), connections[using].cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

        with transaction.atomic(using=using):
            answer = outcome(lambda: DjangoStorage(using=using).run(work))

        assert StorageBusy is answer


@pytest.fixture
def at_commit(using: str) -> Iterator[Callable[[str], None]]:
    """
    Return what lets PostgreSQL do something when a licence is committed.
    """

    def do(statement: str) -> None:
        with connections[using].cursor() as cursor:
            cursor.execute("CREATE SEQUENCE commits")
            cursor.execute(
                "CREATE FUNCTION at_commit() RETURNS trigger LANGUAGE plpgsql AS"
                f" $$ BEGIN {statement}; RETURN NULL; END $$"
            )
            cursor.execute(
                "CREATE CONSTRAINT TRIGGER at_commit AFTER INSERT ON winbooks_identity_licence"
                " DEFERRABLE INITIALLY DEFERRED"
                " FOR EACH ROW EXECUTE FUNCTION at_commit()"
            )

    yield do
    with connections[using].cursor() as cursor:
        cursor.execute("DROP FUNCTION at_commit CASCADE")
        cursor.execute("DROP SEQUENCE commits")


class TestFailures:
    """
    The caller is told whether something was written.
    """

    @on_sqlite
    def test_a_database_that_somebody_keeps_is_busy(
        self, using: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        Nothing was written, and after some runs the caller is told so.
        """
        connections[using].close()
        project = connections.settings[using]
        monkeypatch.setitem(project["OPTIONS"], "timeout", 0)

        with closing(sqlite3.connect(project["NAME"])) as somebody:
            somebody.execute("BEGIN IMMEDIATE")
            answer = outcome(lambda: DjangoStorage(using=using).run(register))

        assert StorageBusy is answer
        connections[using].close()

    @on_postgresql
    def test_a_line_that_is_lost_early_is_no_failure(self, using: str) -> None:
        """
        Nothing was written, so the work is run again on a new connection.
        """
        lines = ["SELECT pg_terminate_backend(pg_backend_pid())", "SELECT 1"]

        def work(unit: UnitOfWork) -> None:
            register(unit)
            with connections[using].cursor() as cursor:
                cursor.execute(lines.pop(0))

        DjangoStorage(using=using).run(work)

        assert is_registered(using)

    @on_postgresql
    def test_a_conflict_at_the_commit_is_no_failure(
        self, using: str, at_commit: Callable[[str], None]
    ) -> None:
        """
        PostgreSQL took the transaction back and says so: it is run again.
        """
        at_commit(
            "IF nextval('commits') < 3 THEN"
            " RAISE EXCEPTION USING ERRCODE = '40001'; END IF"
        )

        DjangoStorage(using=using).run(register)

        assert is_registered(using)

    @on_postgresql
    def test_a_line_that_is_lost_at_the_commit_tells_nothing(
        self, using: str, at_commit: Callable[[str], None]
    ) -> None:
        """
        The work is done or it is not, and it is not run again unasked.
        """
        at_commit("PERFORM pg_terminate_backend(pg_backend_pid())")
        runs = list[str]()

        def work(unit: UnitOfWork) -> None:
            runs.append("run")
            register(unit)

        assert OutcomeUnknown is outcome(lambda: DjangoStorage(using=using).run(work))
        assert ["run"] == runs

    def test_who_was_second_with_a_key_is_run_again(self, using: str) -> None:
        """
        On a state that has the first one in it.
        """
        answers = [IntegrityError, None]

        def work(unit: UnitOfWork) -> None:
            register(unit)
            if (answer := answers.pop(0)) is not None:
                raise answer

        DjangoStorage(using=using).run(work)

        assert is_registered(using)

    @pytest.mark.parametrize("missing", ["TABLE", "COLUMN"])
    def test_who_did_not_migrate_is_told_so(self, using: str, missing: str) -> None:
        """
        A table or a column that is not there says which command makes it.
        """

        def work(_: UnitOfWork) -> None:
            with connections[using].cursor() as cursor:
                if missing == "COLUMN":
                    cursor.execute("SELECT missing FROM winbooks_identity_login")
                cursor.execute("SELECT * FROM winbooks_identity_missing")

        with pytest.raises(StorageNotReady, match=r"manage\.py migrate"):
            DjangoStorage(using=using).run(work)

    def test_nonsense_is_no_conflict(self, using: str) -> None:
        """
        What no repetition mends is told as what it is, in the library's words.
        """

        def work(_: UnitOfWork) -> None:
            with connections[using].cursor() as cursor:
                cursor.execute("SELECT number FROM winbooks_identity_licence GROUP")

        answer = outcome(lambda: DjangoStorage(using=using).run(work))

        assert answer is not None
        assert issubclass(answer, Unavailable)

    def test_a_failure_that_is_swallowed_is_told(self, using: str) -> None:
        """
        No one is told that something is kept when it is not.
        """

        def work(unit: UnitOfWork) -> None:
            register(unit)
            row = rows_of(models.Licence, using).get()
            with suppress(Exception):
                row.save(force_insert=True)

        assert StorageBusy is outcome(lambda: DjangoStorage(using=using).run(work))
        assert not is_registered(using)

    def test_a_new_licence_that_contradicts_itself_is_not_kept(
        self, using: str
    ) -> None:
        """
        Not even by work that catches the refusal.  [R32]
        """
        twins = [samples.dossier("D1"), samples.dossier("D1", name="Bakkerij Maes")]

        def work(unit: UnitOfWork) -> None:
            with pytest.raises(LicenceDiffers):
                unit.licences.register(samples.licence(), twins)

        DjangoStorage(using=using).run(work)

        assert not is_registered(using)

    def test_a_refused_save_is_not_kept(self, using: str) -> None:
        """
        Work that catches the refusal goes on, with the user as they were.  [R2]
        """
        storage = DjangoStorage(using=using)

        def work(unit: UnitOfWork) -> None:
            register(unit)
            for name in ("ada", "grace"):
                unit.users.add(samples.user(name))
            with pytest.raises(DuplicateWinBooksId):
                unit.users.save(samples.user(address="grace@kantoor.be"))

        storage.run(work)

        ada = storage.run(lambda unit: unit.users.find(samples.identifier("ada")))
        assert samples.user("ada") == ada

    def test_what_is_refused_repeats_no_id(self, using: str) -> None:
        """
        The sentence of a database names the key; no exception carries it on.
        """
        storage = DjangoStorage(using=using)
        storage.run(register)
        storage.run(lambda unit: unit.users.add(samples.user()))
        twin = samples.user("grace", address="ada@kantoor.be")

        with pytest.raises(DuplicateWinBooksId) as caught:
            storage.run(lambda unit: unit.users.add(twin))

        assert caught.value.__suppress_context__
        assert caught.value.__cause__ is None


class Received(Receiver):
    """
    Keeps the mails that arrive.
    """

    def __init__(self) -> None:
        super().__init__()
        self.mails: list[Message] = []

    def handle_message(self, message: Message) -> None:
        """
        Keep a mail.
        """
        self.mails.append(message)


@pytest.fixture
def received(using: str, tmp_path: Path) -> Iterator[list[Message]]:
    """
    Set the project up, its office registered, and return the mails that arrive.
    """
    assert "default" == using
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    handler = Received()
    server = Controller(handler, hostname="127.0.0.1", port=port)
    key_ring.create(tmp_path / "portal.keys")
    smtp = {"host": "127.0.0.1", "port": port, "security": Security.NONE}
    server.start()
    said = {
        **settings.WINBOOKS_IDENTITY,
        "KEY_RING": tmp_path / "portal.keys",
        "SMTP": smtp,
    }
    with override_settings(WINBOOKS_IDENTITY=said):
        portal().provisioning.register_licence(
            samples.licence(), by=WinBooksAdministration()
        )
        yield handler.mails
    server.stop()


def deliver() -> str:
    """
    Run the command of the page once, and return what it says.
    """
    said = StringIO()
    call_command("deliver_mails", once=True, stdout=said)
    return said.getvalue()


class Supervisor(StringIO):
    """
    Reads what the command says, and tells it to stop at the first word.
    """

    def write(self, said: str) -> int:
        """
        Send the signal that supervisors send.
        """
        os.kill(os.getpid(), signal.SIGTERM)
        return super().write(said)


@on_sqlite
class TestProvisioning:
    """
    The project provisions users, and its command delivers the mails to them.
    """

    def test_a_user_and_his_mail(self, received: list[Message]) -> None:
        """
        One mail goes out, after the commit, and its content is gone.
        """
        created = portal().provisioning.create(NEW, by=DISTRIBUTOR)

        said = deliver()

        assert ["Ada@example.org"] == [mail["To"] for mail in received]
        assert re.fullmatch(r"<[^@>]+@[^>]+> SENT\n", said)
        assert created.user == portal().provisioning.find(
            WinBooksId("ADA@example.org"), by=DISTRIBUTOR
        )
        (mail,) = rows_of(models.OutboxMail).all()
        assert (MailState.SENT, "", b"") == (
            mail.state,
            mail.recipient,
            bytes(mail.sealed),
        )

    def test_the_command_runs_until_it_is_told_to_stop(
        self, received: list[Message]
    ) -> None:
        """
        The mail under way is finished.
        """
        portal().provisioning.create(NEW, by=DISTRIBUTOR)
        ours = (signal.SIGTERM, signal.SIGINT)
        before = [signal.getsignal(each) for each in ours]

        try:
            call_command("deliver_mails", stdout=Supervisor())
        finally:
            for each, handler in zip(ours, before, strict=True):
                signal.signal(each, handler)

        assert 1 == len(received)
        (mail,) = rows_of(models.OutboxMail).all()
        assert (MailState.SENT, "", b"") == (
            mail.state,
            mail.recipient,
            bytes(mail.sealed),
        )

    def test_housekeeping(
        self, received: list[Message], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        A look changes nothing; then what is due by the setting goes.  [S80]
        """
        del received
        portal().storage.run(
            lambda unit: unit.failed_attempts.add(samples.failed_attempt())
        )
        said, done = StringIO(), StringIO()
        now = samples.NOW + timedelta(days=3650)
        monkeypatch.setattr(portal().housekeeping, "_clock", lambda: now)

        call_command("housekeep", dry_run=True, stdout=said)
        call_command("housekeep", stdout=done)

        assert "failed_attempts 1\nmails 0\nrequests 0\nhistory 0\n" == said.getvalue()
        assert said.getvalue() == done.getvalue()
        assert 0 == rows_of(models.FailedAttempt).count()

    def test_the_same_request_makes_the_same_user(
        self, received: list[Message]
    ) -> None:
        """
        Whoever did not get an answer asks again, and one mail goes out.
        """
        request_id = UUID(int=7)

        first, again = (
            portal().provisioning.create(NEW, by=DISTRIBUTOR, request_id=request_id)
            for _ in range(2)
        )
        deliver()

        assert first.user == again.user
        assert 1 == len(received)

    def test_no_secret_is_stored(self, received: list[Message]) -> None:
        """
        Neither the password nor the mail that carries it stands in a row.
        """
        portal().provisioning.create(NEW, by=DISTRIBUTOR)

        stored = [
            repr(row)
            for model in apps.get_app_config("winbooks_identity").get_models()
            for row in QuerySet(model).values()
        ]

        assert [] == received
        assert not [row for row in stored if "Correct-Horse-9" in row]

    def test_a_block_of_the_host(self, received: list[Message]) -> None:
        """
        The function of the page: the host's row and the user, or neither.
        """
        page = dict[str, Callable[..., Created]]()
        _, block = re.findall(
            r"```python\n(.*?)```", PAGE.read_text("utf-8"), flags=re.DOTALL
        )
        exec(block, page)  # noqa: S102  Our own page.
        subscribe = page["subscribe"]
        rows = [
            models.Licence(
                number=number,
                product=samples.licence().product,
                holder=samples.licence().holder,
                language=Language.FRENCH,
            )
            for number in ("kept", "undone")
        ]

        subscribe(rows[0], NEW, by=DISTRIBUTOR)
        with suppress(DuplicateWinBooksId):
            subscribe(rows[1], NEW, by=DISTRIBUTOR)

        numbers = rows_of(models.Licence).order_by("number").values_list("number")
        assert [("4711",), ("kept",)] == list(numbers)
        assert (1, []) == (DjangoOutboxQueue().statistics().waiting, received)
