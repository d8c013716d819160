"""
Who forgot their password: a stranger learns nothing, and a relay answers once.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import timedelta
from threading import Barrier
from typing import TypeVar

import attrs
import pytest
from sqlalchemy import Connection, Engine, event, select

from office import Office
from people import ADA, JOAN, PASSWORD, person
from winbooks_identity import Portal
from winbooks_identity.adapters.aesgcm import AesGcmSealer
from winbooks_identity.adapters.memory import (
    InMemoryAttempts,
    InMemoryMailer,
    InMemoryOutboxQueue,
    InMemoryStorage,
)
from winbooks_identity.adapters.sqlalchemy import (
    SqlAlchemyAttempts,
    SqlAlchemyOutboxQueue,
    SqlAlchemyStorage,
)
from winbooks_identity.adapters.sqlalchemy.schema import LINK_REQUEST
from winbooks_identity.attempts import Door
from winbooks_identity.errors import PermanentFailure, StorageBusy, TemporaryFailure
from winbooks_identity.level import Level
from winbooks_identity.mail.link_request import LinkRequest
from winbooks_identity.mail.outbox import Mail
from winbooks_identity.passwords import Password
from winbooks_identity.portal_user import CredentialSource, Status
from winbooks_identity.ports import PAGE_SIZE, LinkLetter, LinkLetters, UnitOfWork
from winbooks_identity.refusals import SignInRefused, TooManyAttempts
from winbooks_identity.winbooks_id import WinBooksId


T = TypeVar("T")

UNKNOWN = WinBooksId("unknown.person@a-long.example.org")
INACTIVE = attrs.evolve(person("grace", Level.POWER_USER), status=Status.INACTIVE)
ON_WEB = person("mary", Level.POWER_USER, source=CredentialSource.ON_WEB)
EVERYONE = {
    "unknown": UNKNOWN,
    "known": JOAN.winbooks_id,
    "inactive": INACTIVE.winbooks_id,
    "on Web": ON_WEB.winbooks_id,
}


class BusyStorage:
    """
    A storage that has no time.
    """

    def run(self, work: Callable[[UnitOfWork], T]) -> T:
        """
        Say so.
        """
        del work
        raise StorageBusy

    read = run


def people(office: Office) -> Office:
    """
    Add one person of every kind.
    """
    office.add(ADA, JOAN, INACTIVE)
    office.add(ON_WEB, password=None)
    return office


@pytest.fixture
def office() -> Office:
    """
    Return an office in memory.
    """
    return people(Office())


def with_queue(office: Office) -> Portal:
    """
    Return the portal of *office* with its queue.
    """
    assert isinstance(office.storage, InMemoryStorage)
    queue = InMemoryOutboxQueue(office.storage, clock=office.clock)
    return attrs.evolve(office.portal, queue=queue)


def waiting(office: Office) -> list[LinkRequest]:
    """
    Return the requests that wait.
    """
    return list(
        office.run(lambda unit: unit.link_requests.waiting(after=None, limit=999))
    )


@contextmanager
def statements_of(engine: Engine) -> Iterator[list[str]]:
    """
    Give the statements that *engine* runs inside the block.
    """
    seen: list[str] = []

    def note(_connection: Connection, _cursor: object, said: str, *_: object) -> None:
        seen.append(said)

    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)


class TestSameWork:
    """
    To ask costs the same, whether an ID is known, active, or neither.  [S23]
    """

    def test_statements_and_rows(self, engine: Engine) -> None:
        """
        The same statements run, and one row of the same size is written.
        """
        office = people(Office(storage=SqlAlchemyStorage(engine)))
        office.attempts = SqlAlchemyAttempts(engine, key=b"k" * 32)
        work: list[tuple[str, ...]] = []
        for winbooks_id in EVERYONE.values():
            with statements_of(engine) as seen:
                office.portal.own_login.send_password_link(winbooks_id)
            work.append(tuple(seen))

        with engine.connect() as connection:
            rows = connection.execute(select(LINK_REQUEST)).all()
        assert 1 == len(set(work))
        assert 4 == len(rows)
        assert 1 == len({len(row.sealed) for row in rows})

    @pytest.mark.parametrize("kind", EVERYONE)
    def test_nothing_is_looked_up(self, office: Office, kind: str) -> None:
        """
        Who it is, and whether there is a mail, is a relay's work.
        """
        office.portal.own_login.send_password_link(EVERYONE[kind])

        assert 1 == len(waiting(office))
        assert [] == office.mails()

    @pytest.mark.parametrize("kind", EVERYONE)
    def test_nothing_is_readable(self, office: Office, kind: str) -> None:
        """
        Who reads the database does not learn what was typed.
        """
        office.portal.own_login.send_password_link(EVERYONE[kind])

        (request,) = waiting(office)
        assert EVERYONE[kind].key.encode() not in request.sealed
        assert EVERYONE[kind] == request.open(office.sealer)
        assert EVERYONE[kind].key not in repr(request)

    @pytest.mark.parametrize("kind", EVERYONE)
    def test_the_limits(self, office: Office, kind: str) -> None:
        """
        They are the same, too.  [S21]
        """
        office.attempts = InMemoryAttempts(clock=office.clock)
        for _ in range(5):
            office.portal.own_login.send_password_link(EVERYONE[kind])

        with pytest.raises(TooManyAttempts) as caught:
            office.portal.own_login.send_password_link(EVERYONE[kind])

        assert "attempts.too_many_for_hours(hours=24)" == str(caught.value)
        assert 5 == len(waiting(office))


class TestMailbox:
    """
    A thousand requests put a handful of mails into one mailbox.  [S20]
    """

    def test_a_thousand(self, office: Office) -> None:
        """
        From a thousand sources, with a relay after each of them.
        """
        office.attempts = InMemoryAttempts(clock=office.clock)
        mailer = InMemoryMailer()
        portal = with_queue(office)
        relay = portal.relay(mailer)
        for number in range(1000):
            with suppress(TooManyAttempts):
                portal.own_login.send_password_link(
                    JOAN.winbooks_id, source=f"10.0.{number // 250}.{number % 250}"
                )
            relay.deliver()
            office.clock.advance(timedelta(seconds=1))

        assert 5 == len(mailer.sent)

    def test_from_one_source(self, office: Office) -> None:
        """
        A source asks for twenty an hour, whomever they are for.
        """
        office.attempts = InMemoryAttempts(clock=office.clock)
        asked = 0
        for number in range(30):
            with suppress(TooManyAttempts):
                office.portal.own_login.send_password_link(
                    WinBooksId(f"user{number}@example.org"), source="192.0.2.7"
                )
                asked += 1

        assert 20 == asked

    def test_a_storage_that_is_busy(self, office: Office) -> None:
        """
        What was not written does not count.
        """
        attempts = InMemoryAttempts(clock=office.clock)
        busy = attrs.evolve(office.portal, storage=BusyStorage(), attempts=attempts)
        for _ in range(9):
            with pytest.raises(StorageBusy):
                busy.own_login.send_password_link(JOAN.winbooks_id)

        portal = attrs.evolve(office.portal, attempts=attempts)
        portal.own_login.send_password_link(JOAN.winbooks_id)


class TestAnswer:
    """
    A relay answers each request once, with a mail or with nothing.  [Q11]
    """

    @pytest.mark.parametrize("kind", EVERYONE)
    def test_one_mail_or_none(self, office: Office, kind: str) -> None:
        """
        Who can choose a password gets a mail at the stored address.
        """
        mailer, portal = InMemoryMailer(), with_queue(office)
        portal.own_login.send_password_link(EVERYONE[kind])

        portal.relay(mailer).deliver()
        portal.relay(mailer).deliver()

        expected = ["joan@example.org"] if kind == "known" else []
        assert expected == [mail.recipient for mail in mailer.sent]
        assert [] == waiting(office)

    def test_more_than_a_page(self, office: Office) -> None:
        """
        All are answered in one pass.
        """
        for number in range(PAGE_SIZE + 1):
            office.portal.own_login.send_password_link(
                WinBooksId(f"u{number}@example.org")
            )
        office.portal.own_login.send_password_link(JOAN.winbooks_id)

        office.portal.link_requests.answer()

        assert ([], 1) == (waiting(office), len(office.mails()))

    def test_several_relays(self, engine: Engine) -> None:
        """
        Of those that come at one time, one writes the mail.
        """
        office = people(Office(storage=SqlAlchemyStorage(engine)))
        queue = SqlAlchemyOutboxQueue(engine, clock=office.clock)
        portal = attrs.evolve(office.portal, queue=queue)
        for _ in range(3):
            portal.own_login.send_password_link(JOAN.winbooks_id)
            portal.own_login.send_password_link(UNKNOWN)
        barrier = Barrier(4, timeout=30)

        def answer(_: int) -> None:
            barrier.wait()
            portal.link_requests.answer()

        with ThreadPoolExecutor(4) as threads:
            list(threads.map(answer, range(4)))

        entries = office.run(lambda unit: unit.outbox.of_user(JOAN.id))
        assert [] == waiting(office)
        assert 3 == len(entries)
        assert 1 == queue.statistics().waiting

    def test_killed_at_any_step(self, office: Office) -> None:
        """
        The request waits, or its mail does; never neither, never both.
        """
        storage = office.storage

        class Dying:
            def __init__(self, left: int) -> None:
                self.left = left

            def run(self, work: Callable[[UnitOfWork], T]) -> T:
                if self.left == 0:
                    raise KeyboardInterrupt
                self.left -= 1
                return storage.run(work)

            read = run

        office.portal.own_login.send_password_link(JOAN.winbooks_id)
        for left in range(5):
            dying = attrs.evolve(office.portal, storage=Dying(left))
            with suppress(KeyboardInterrupt):
                dying.link_requests.answer()

            assert 1 == len(waiting(office)) + len(office.mails())

        assert 1 == len(office.mails())

    def test_a_user_who_changes_meanwhile(self, office: Office) -> None:
        """
        Who is deactivated between the look and the note gets no mail.
        """
        storage = office.storage

        class Deactivating:
            def __init__(self) -> None:
                self.looks = 0

            def run(self, work: Callable[[UnitOfWork], T]) -> T:
                result = storage.run(work)
                self.looks += 1
                if self.looks == 2:
                    office.portal.administration.deactivate(JOAN, by=ADA)
                return result

            read = run

        office.portal.own_login.send_password_link(JOAN.winbooks_id)
        attrs.evolve(office.portal, storage=Deactivating()).link_requests.answer()

        assert (1, []) == (len(waiting(office)), office.mails())
        office.portal.link_requests.answer()
        assert ([], []) == (waiting(office), office.mails())

    def test_a_request_ends(self, office: Office) -> None:
        """
        After a day without a relay, no one waits for the mail any more.
        """
        office.portal.own_login.send_password_link(JOAN.winbooks_id)
        office.clock.advance(timedelta(hours=24))

        office.portal.link_requests.answer()

        assert ([], []) == (waiting(office), office.mails())

    def test_a_late_answer(self, office: Office) -> None:
        """
        The link is good for a day from the mail on.
        """
        office.portal.own_login.send_password_link(JOAN.winbooks_id)
        office.clock.advance(timedelta(hours=23))

        office.portal.link_requests.answer()

        (mail,) = office.mails()
        assert office.clock.now + timedelta(hours=24) == mail.expires_at

    def test_a_key_that_is_gone(self, office: Office) -> None:
        """
        The request waits for it until it ends, and holds up no other.
        """
        strange = attrs.evolve(office.portal, sealer=AesGcmSealer({"k": b"x" * 32}))
        strange.own_login.send_password_link(JOAN.winbooks_id)
        office.portal.own_login.send_password_link(ADA.winbooks_id)

        office.portal.link_requests.answer()

        assert ["ada@example.org"] == [mail.recipient for mail in office.mails()]
        assert 1 == len(waiting(office))

    def test_a_request_that_was_moved(self, office: Office) -> None:
        """
        Its seal is for its own row.
        """
        office.portal.own_login.send_password_link(JOAN.winbooks_id)
        (request,) = waiting(office)
        moved = attrs.evolve(request, id=ADA.id)

        def move(unit: UnitOfWork) -> None:
            unit.link_requests.take(request)
            unit.link_requests.put(moved)

        office.run(move)
        office.portal.link_requests.answer()

        assert ([moved], []) == (waiting(office), office.mails())


class FailingLetters:
    """
    Letters that cannot write to Joan.
    """

    def __init__(self, letters: LinkLetters, failure: Exception) -> None:
        self._letters = letters
        self._failure = failure
        self.confirm_id = letters.confirm_id
        self.id_change = letters.id_change

    def set_password(self, letter: LinkLetter) -> Mail:
        """
        Fail for Joan.
        """
        if letter.recipient == JOAN.winbooks_id:
            raise self._failure
        return self._letters.set_password(letter)


class TestRelay:
    """
    What a relay prepares, and what it says where it cannot.
    """

    @pytest.mark.parametrize(
        "failure", [LookupError(), PermanentFailure(), TemporaryFailure()]
    )
    def test_letters_that_fail(self, office: Office, failure: Exception) -> None:
        """
        The others get theirs, and the report says so.
        """
        portal = with_queue(office)
        failing = FailingLetters(office.link_letters, failure)
        broken = attrs.evolve(portal, link_letters=failing)
        mailer = InMemoryMailer()
        for user in (JOAN, ADA):
            broken.own_login.send_password_link(user.winbooks_id)

        report = broken.relay(mailer).deliver()

        assert "unavailable.letters" == report.stopped_by
        assert ["ada@example.org"] == [mail.recipient for mail in mailer.sent]
        assert None is portal.relay(mailer).deliver().stopped_by
        assert 2 == len(mailer.sent)

    def test_a_storage_that_fails(self, office: Office) -> None:
        """
        It is said as ever.
        """
        portal = with_queue(office)

        busy = attrs.evolve(portal, storage=BusyStorage())
        with pytest.raises(StorageBusy):
            busy.relay(InMemoryMailer()).deliver()

    def test_a_storage_that_fails_at_an_answer(self, office: Office) -> None:
        """
        The pass ends, and nothing is lost.
        """
        portal = with_queue(office)
        portal.own_login.send_password_link(JOAN.winbooks_id)

        class Failing:
            def __init__(self) -> None:
                self.calls = 0

            def run(self, work: Callable[[UnitOfWork], T]) -> T:
                self.calls += 1
                if self.calls > 2:
                    raise StorageBusy
                return office.storage.run(work)

            read = run

        with pytest.raises(StorageBusy):
            attrs.evolve(portal, storage=Failing()).relay(InMemoryMailer()).deliver()

        assert 1 == len(waiting(office))

    def test_without_links(self, office: Office) -> None:
        """
        A portal that mails no links delivers the other mails.
        """
        portal = attrs.evolve(with_queue(office), links=None, link_letters=None)

        assert () == portal.relay(InMemoryMailer()).deliver().attempts

    def test_failed_attempts_are_forgotten(self, office: Office) -> None:
        """
        After ninety days.  [S22]
        """
        portal = with_queue(office)
        with pytest.raises(SignInRefused):
            portal.sign_in.verify(ADA.winbooks_id, Password("wrong"))
        office.clock.advance(timedelta(days=90))
        portal.relay(InMemoryMailer()).deliver()
        assert [Door.PASSWORD] == [each.door for each in office.failed_attempts(ADA)]

        office.clock.advance(timedelta(seconds=1))
        portal.relay(InMemoryMailer()).deliver()

        assert [] == office.failed_attempts(ADA)


class TestEndToEnd:
    """
    From the page of a product to the new password.
    """

    def test_a_person_who_forgot(self, office: Office) -> None:
        """
        They ask, read the mail, and choose.
        """
        office.forget_password(WinBooksId("JOAN@example.org"))
        token = office.token_to("joan@example.org")

        office.portal.own_login.set_password(token, Password("Battery-Staple-2"))

        with pytest.raises(SignInRefused):
            office.portal.sign_in.verify(JOAN.winbooks_id, PASSWORD)
