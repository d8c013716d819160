"""
A caller who lost the reply to a commit can ask again and gets the truth.
"""

import socket
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from functools import partial
from pathlib import Path
from threading import Event, Thread
from uuid import uuid4

import pytest
from sqlalchemy import URL, Engine

from office import Office
from people import ADA
from winbooks_identity.adapters.sqlalchemy import (
    SqlAlchemyOutboxQueue,
    SqlAlchemyStorage,
    Timeouts,
    deadline,
    open_postgresql,
)
from winbooks_identity.attempts import Standing
from winbooks_identity.authorization import Distributor
from winbooks_identity.errors import OutcomeUnknown, StorageBusy
from winbooks_identity.forms.new_user import GeneratedPassword, NewEmployee
from winbooks_identity.language import Language
from winbooks_identity.level import Level
from winbooks_identity.names import CompanyName, PersonName
from winbooks_identity.passwords import Password
from winbooks_identity.portal_user import PortalUser
from winbooks_identity.ports import Storage, UnitOfWork
from winbooks_identity.refusals import WrongPassword
from winbooks_identity.services.creation import DoneBefore
from winbooks_identity.services.password_reset import PasswordReset
from winbooks_identity.testing import samples
from winbooks_identity.testing.contracts.suite import outcome
from winbooks_identity.winbooks_id import WinBooksId


class Proxy:
    """
    Stands between a client and a server, and cuts the line on demand.

    `cut_at` is what a question has in it that is not answered any more;
    `forwards_it` tells whether the server still gets that question, and
    `goes_silent` whether the line stays open instead, with nothing on it.  It happens
    behind a question with `only_after` in it, and so many `times`.
    """

    def __init__(self, folder: Path, server: Path) -> None:
        self.cut_at: bytes | None = None
        self.forwards_it = False
        self.goes_silent = False
        self.only_after = b""
        self.times = 1000
        self._is_closed = Event()
        self._server = server
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(folder / server.name))
        self._listener.listen()
        Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """
        Take no more connections.
        """
        self._listener.close()
        self._is_closed.set()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        with client, socket.socket(socket.AF_UNIX) as server, suppress(OSError):
            server.connect(str(self._server))
            is_cut = Event()
            answers = Thread(target=_answer, args=(server, client, is_cut), daemon=True)
            answers.start()
            asked = b""
            while question := client.recv(65536):
                asked += question
                is_meant = self.cut_at is not None and self.cut_at in question
                if is_meant and self.only_after in asked and self.times:
                    self.times -= 1
                    if self.goes_silent:
                        self._is_closed.wait()
                        break
                    is_cut.set()
                    if self.forwards_it:
                        server.sendall(question)
                        answers.join()
                    break
                server.sendall(question)
            server.shutdown(socket.SHUT_RDWR)
            answers.join()


def _answer(server: socket.socket, client: socket.socket, is_cut: Event) -> None:
    """
    Hand on what the server says, but keep the answer to the question that is cut.
    """
    kept = b""
    with suppress(OSError):
        # ReadyForQuery is a Z, its length 5, and one byte of state.
        while kept[-6:-1] != b"Z\0\0\0\5" and (part := server.recv(65536)):
            if is_cut.is_set():
                kept += part
            else:
                client.sendall(part)
        client.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def proxy(emptied_postgresql: URL, tmp_path: Path) -> Iterator[Proxy]:
    """
    Return a proxy in front of the server.
    """
    server = Path(str(emptied_postgresql.query["host"])) / ".s.PGSQL.5432"
    proxy = Proxy(tmp_path, server)
    yield proxy
    proxy.close()


@pytest.fixture
def storage(emptied_postgresql: URL, proxy: Proxy, tmp_path: Path) -> Iterator[Storage]:
    """
    Return a storage behind the proxy.
    """
    assert proxy.cut_at is None
    engine = open_postgresql(
        emptied_postgresql.update_query_dict({"host": str(tmp_path)})
    )
    storage = SqlAlchemyStorage(engine)
    storage.run(lambda unit: unit.licences.register(samples.licence(), []))
    yield storage
    engine.dispose()


def create(storage: Storage, name: str) -> bool:
    """
    Create the user called *name* unless that was done; tell whether it was.
    """

    def work(unit: UnitOfWork) -> bool:
        if unit.requests.remember(samples.request(f"ask {name}", of=name)):
            return True
        unit.users.add(samples.user(name))
        unit.outbox.put(samples.mail(f"to {name}", to=name))
        return False

    return storage.run(work)


NEW = NewEmployee(
    winbooks_id=WinBooksId("tom@example.org"),
    password=GeneratedPassword(),
    level=Level.POWER_USER,
    first_name=PersonName("Tom"),
    last_name=PersonName("Claes"),
    company_name=CompanyName("Fiduciaire Peeters"),
    language=Language.DUTCH,
)


def opens(office: Office, user: PortalUser, password: Password) -> bool:
    """
    Tell whether *password* is the stored one of *user*.
    """
    stored = office.credential(user).password_hash
    try:
        office.hasher.verify(stored, password, standing=Standing.NEW)
    except WrongPassword:
        return False
    return True


class TestGeneratedPassword:
    """
    A password that exists only in the answer is not lost with the answer.
    """

    @pytest.fixture
    def office(self, storage: Storage, proxy: Proxy) -> Office:
        """
        Return an office whose next commit that writes gets no answer.
        """
        office = Office(storage=storage)
        office.add(ADA)
        proxy.cut_at, proxy.only_after = b"COMMIT\0", b"INSERT INTO winbooks_request"
        proxy.times = 1
        return office

    @pytest.mark.parametrize("stored", [True, False])
    def test_of_a_creation(self, office: Office, proxy: Proxy, *, stored: bool) -> None:
        """
        Whether the server had stored the user or not, the password is theirs.
        """
        proxy.forwards_it = stored

        created = office.portal.provisioning.create(NEW, by=ADA)

        assert 0 == proxy.times
        assert DoneBefore() not in created.notices
        assert created.password is not None
        assert opens(office, created.user, created.password)

    @pytest.mark.parametrize("stored", [True, False])
    def test_of_a_reset(self, office: Office, proxy: Proxy, *, stored: bool) -> None:
        """
        The same; and a request that is repeated later shows no password.
        """
        proxy.forwards_it, request_id = stored, uuid4()

        def reset() -> PasswordReset:
            return office.portal.logins.reset_password(
                ADA, GeneratedPassword(), by=Distributor("WB-1"), request_id=request_id
            )

        done, again = reset(), reset()

        assert 0 == proxy.times
        assert () == done.notices
        assert done.password is not None
        assert opens(office, ADA, done.password)
        assert None is again.password

    def test_of_a_storage_that_stays_away(self, office: Office, proxy: Proxy) -> None:
        """
        Then nobody knows, and the caller hears it.
        """
        proxy.times, proxy.forwards_it = 2, False

        with pytest.raises(OutcomeUnknown):
            office.portal.provisioning.create(NEW, by=ADA)

        assert 0 == proxy.times


class TestLostCommit:
    """
    No caller hears "taken" of the ID that they asked for.
    """

    def test_the_answer_is_lost(
        self, storage: Storage, proxy: Proxy, postgresql: Engine
    ) -> None:
        """
        The user is there; asking again with the same request id shows it.
        """
        proxy.cut_at, proxy.forwards_it = b"COMMIT\0", True
        names = [f"ada{number}" for number in range(20)]
        first = [outcome(partial(create, storage, name)) for name in names]
        proxy.cut_at = None

        again = [create(storage, name) for name in names]

        assert [OutcomeUnknown] * 20 == first
        assert [True] * 20 == again
        assert 20 == SqlAlchemyOutboxQueue(postgresql).statistics().waiting

    def test_the_commit_is_lost(
        self, storage: Storage, proxy: Proxy, postgresql: Engine
    ) -> None:
        """
        The caller cannot tell; asking again makes the user.
        """
        proxy.cut_at, proxy.forwards_it = b"COMMIT\0", False
        first = outcome(partial(create, storage, "ada"))
        proxy.cut_at = None

        again = create(storage, "ada")

        assert OutcomeUnknown is first
        assert not again
        assert 1 == SqlAlchemyOutboxQueue(postgresql).statistics().waiting

    def test_what_only_reads_is_busy(self, storage: Storage, proxy: Proxy) -> None:
        """
        Nothing can have been stored, so the caller simply asks again.
        """
        proxy.cut_at, proxy.forwards_it = b"COMMIT\0", True

        def read(unit: UnitOfWork) -> object:
            unit.credentials.stamps()
            return unit.users.of_licence("4711", limit=9)

        assert StorageBusy is outcome(partial(storage.run, read))

    def test_many_rows_are_not_read(self, storage: Storage, proxy: Proxy) -> None:
        """
        To copy them is to write.
        """
        proxy.cut_at, proxy.forwards_it = b"COMMIT\0", True
        events = [samples.event(f"user{number}") for number in range(100)]

        def write(unit: UnitOfWork) -> None:
            unit.history.add_all(events)

        assert OutcomeUnknown is outcome(partial(storage.run, write))

    def test_the_line_is_lost_before_the_commit(
        self, storage: Storage, proxy: Proxy, postgresql: Engine
    ) -> None:
        """
        Then nothing was written, and the answer says so.
        """
        proxy.cut_at, proxy.forwards_it = b"INSERT INTO winbooks_outbox", True

        assert StorageBusy is outcome(partial(create, storage, "ada"))
        assert 0 == SqlAlchemyOutboxQueue(postgresql).statistics().waiting

    def test_the_line_is_lost_while_many_rows_are_copied(
        self, storage: Storage, proxy: Proxy
    ) -> None:
        """
        The same; no one meets an exception of the driver.
        """
        proxy.cut_at, proxy.forwards_it = b"COPY winbooks_user", False
        users = [samples.user(f"user{number}") for number in range(100)]

        ended = outcome(lambda: storage.run(lambda unit: unit.users.add_all(users)))
        proxy.cut_at = None

        assert StorageBusy is ended
        assert None is storage.run(lambda unit: unit.users.find(users[0].id))


@pytest.fixture
def impatient(
    storage: Storage, emptied_postgresql: URL, tmp_path: Path
) -> Iterator[Storage]:
    """
    Return a storage behind the proxy that waits 0.3 seconds for a reply.
    """
    assert None is storage.run(lambda unit: unit.licences.find("?"))
    engine = open_postgresql(
        emptied_postgresql.update_query_dict({"host": str(tmp_path)}),
        timeouts=Timeouts(
            reply=timedelta(seconds=0.3), idle_transaction=timedelta(seconds=1)
        ),
    )
    limited = SqlAlchemyStorage(engine)
    # The first connection asks the server for its types, in a transaction of its own.
    assert None is limited.read(lambda unit: unit.licences.find("?"))
    yield limited
    engine.dispose()


class TestSilence:
    """
    A line that stays open with nothing on it keeps no one for ever.
    """

    @pytest.mark.parametrize(
        "question, kind",
        [
            (b"COMMIT\0", OutcomeUnknown),
            (b"INSERT INTO winbooks_outbox", StorageBusy),
        ],
    )
    def test_a_reply(
        self,
        impatient: Storage,
        proxy: Proxy,
        postgresql: Engine,
        question: bytes,
        kind: type[Exception],
    ) -> None:
        """
        A second call waits until the server has let go of the first.
        """
        proxy.cut_at, proxy.goes_silent = question, True

        assert kind is outcome(partial(create, impatient, "ada"))
        assert not create(SqlAlchemyStorage(postgresql), "ada")

    def test_a_connection_of_the_pool(self, impatient: Storage, proxy: Proxy) -> None:
        """
        It is found out before it is used, and another one takes its place.
        """
        create(impatient, "ada")
        proxy.cut_at, proxy.goes_silent = b"BEGIN ISOLATION LEVEL", True
        proxy.times = 1

        assert create(impatient, "ada")
        assert 0 == proxy.times

    def test_a_deadline_comes_first(self, storage: Storage, proxy: Proxy) -> None:
        """
        A web request need not wait as long as the engine does.
        """
        proxy.cut_at, proxy.goes_silent = b"COMMIT\0", True

        with deadline(timedelta(seconds=0.3)):
            assert OutcomeUnknown is outcome(partial(create, storage, "ada"))
