"""
A cluster loses its leader again and again, and no one who was confirmed.

Not part of the usual run, since Patroni and etcd come with a system only:
``pytest -n0 -s tests/endurance/test_cluster.py``.
"""

import signal
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import timedelta
from functools import partial
from itertools import cycle, pairwise
from threading import Event, Lock, Thread
from time import monotonic, sleep
from typing import TypeVar
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine

from endurance.cluster import Cluster, Node, running_cluster
from winbooks_identity import Portal
from winbooks_identity.adapters.aesgcm import AesGcmSealer
from winbooks_identity.adapters.argon2 import CHEAPEST, Argon2Hasher
from winbooks_identity.adapters.letters import StandardLetters
from winbooks_identity.adapters.memory import InMemoryLicenceManagement, InMemoryMailer
from winbooks_identity.adapters.sqlalchemy import (
    SqlAlchemyOutboxQueue,
    SqlAlchemyStorage,
    Timeouts,
    migrations,
    open_postgresql,
)
from winbooks_identity.authorization import Distributor, WinBooksAdministration
from winbooks_identity.errors import OutcomeUnknown, Unavailable
from winbooks_identity.forms.new_user import NewEmployee
from winbooks_identity.language import Language
from winbooks_identity.level import Level
from winbooks_identity.licence import Licence, Product
from winbooks_identity.mail.outbox import MailState
from winbooks_identity.names import CompanyName, PersonName
from winbooks_identity.passwords import Password
from winbooks_identity.portal_user import PortalUser
from winbooks_identity.ports import UnitOfWork
from winbooks_identity.refusals import (
    DuplicateWinBooksId,
    PasswordChangeRequired,
    PlanOutOfDate,
    SignInRefused,
)
from winbooks_identity.synchronisation import Complete, DesiredUser
from winbooks_identity.winbooks_id import WinBooksId


T = TypeVar("T")

CREATORS = 4
SECOND = timedelta(seconds=1)
BY = Distributor("4711")
ON_WEB = Distributor("4712")
PASSWORD = Password("Correct-Horse-1-Battery")
#: All creators want the same ID each time that they have made so many.
CONTESTED = 5


def employee(address: str) -> NewEmployee:
    """
    Return someone who gets their login data by mail.
    """
    return NewEmployee(
        winbooks_id=WinBooksId(address),
        password=PASSWORD,
        level=Level.POWER_USER,
        first_name=PersonName("Ada"),
        last_name=PersonName("Lovelace"),
        company_name=CompanyName("Kantoor Lovelace"),
        language=Language.DUTCH,
        send_credentials=True,
    )


def records(first_name: str) -> InMemoryLicenceManagement:
    """
    Return 200 people who are all called *first_name*.
    """
    users = tuple(
        DesiredUser(
            external_id=f"E-{number}",
            login=WinBooksId(f"synchronised{number}@kantoor.be"),
            first_name=PersonName(first_name),
            last_name=PersonName("Lovelace"),
        )
        for number in range(200)
    )
    return InMemoryLicenceManagement({"4712": Complete(users=users, count=len(users))})


class Office:
    """
    Everyone who works while servers fail, and what they were told.
    """

    def __init__(self, engine: Engine) -> None:
        self.storage = SqlAlchemyStorage(engine)
        self.queue = SqlAlchemyOutboxQueue(engine)
        self.mailer = InMemoryMailer()
        self.portal = Portal(
            self.storage,
            hasher=Argon2Hasher(CHEAPEST),
            letters=StandardLetters(
                sender="portal@portal.example", portal_url="https://portal.example/"
            ),
            sealer=AesGcmSealer({"1": b"k" * 32}),
            queue=self.queue,
        )
        self.confirmed: list[tuple[float, PortalUser]] = []
        self.done: Counter[str] = Counter()
        self.refused: list[float] = []
        self.mistakes: list[Exception] = []
        self._lock = Lock()
        self._stop = Event()
        self._threads: list[Thread] = []

    def register(self) -> None:
        """
        Register both licences, and a user who signs in all the time.
        """
        for number, product in (("4711", Product.CLASSIC), ("4712", Product.ON_WEB)):
            licence = Licence(
                number=number,
                product=product,
                holder=CompanyName("Kantoor Lovelace"),
                language=Language.DUTCH,
            )
            self.portal.provisioning.register_licence(
                licence, by=WinBooksAdministration()
            )

    def begin(self) -> None:
        """
        Let everyone begin to work.
        """
        works: list[Callable[[], None]] = [self._deliver, self._synchronise]
        works += [partial(self._create, number) for number in range(CREATORS)]
        self._threads = [Thread(target=self._keep_on, args=(work,)) for work in works]
        for thread in self._threads:
            thread.start()

    def end(self) -> None:
        """
        Let everyone finish what they do.
        """
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def longest_gap(self, *, since: float) -> float:
        """
        Return for how many seconds no creation was confirmed.
        """
        with self._lock:
            times = [since, *(at for at, _ in self.confirmed if at > since)]
        return max(later - earlier for earlier, later in pairwise(times))

    def owners(self, winbooks_ids: Iterable[WinBooksId]) -> Mapping[WinBooksId, UUID]:
        """
        Return who owns each of *winbooks_ids*, as it is stored.
        """

        def look(unit: UnitOfWork) -> Mapping[WinBooksId, UUID]:
            found = ((e, unit.users.find_by_winbooks_id(e)) for e in winbooks_ids)
            return {each: user.id for each, user in found if user is not None}

        return self.storage.read(look)

    def states_of_mails(self, user_ids: Iterable[UUID]) -> list[MailState]:
        """
        Return how far the delivery of each mail to *user_ids* is.
        """
        return self.storage.read(
            lambda unit: [
                entry.state
                for user_id in user_ids
                for entry in unit.outbox.of_user(user_id)
            ]
        )

    def _keep_on(self, work: Callable[[], None]) -> None:
        try:
            work()
        except Exception as error:  # noqa: BLE001  The test looks at it.
            self.mistakes.append(error)

    def _create(self, creator: int) -> None:
        number = 0
        while not self._stop.is_set():
            number += 1
            whose = "everyone" if number % CONTESTED == 0 else f"creator{creator}"
            new, request = employee(f"{whose}-{number}@kantoor.be"), uuid4()
            created = insist(partial(self._ask, new, request))
            if created is not None:
                with self._lock:
                    self.confirmed.append((monotonic(), created))
                insist(partial(self._sign_in, new.winbooks_id))

    def _ask(self, new: NewEmployee, request: UUID) -> PortalUser | None:
        try:
            return self.portal.provisioning.create(new, by=BY, request_id=request).user
        except DuplicateWinBooksId:
            return None

    def _sign_in(self, winbooks_id: WinBooksId) -> None:
        try:
            self.portal.sign_in.verify(winbooks_id, PASSWORD)
        except PasswordChangeRequired:
            # The password is right, and the first that they have.
            with self._lock:
                self.done["signed in"] += 1
        except SignInRefused:
            # A leader that stood still answers from the past until it knows.
            self.refused.append(monotonic())

    def _deliver(self) -> None:
        relay = self.portal.relay(self.mailer)
        while not self._stop.is_set():
            insist(relay.deliver)

    def _synchronise(self) -> None:
        names = cycle(("Ada", "Grace"))
        while not self._stop.is_set():
            insist(partial(self._name_everyone, next(names)))
            self.done["synchronised"] += 1

    def _name_everyone(self, name: str) -> None:
        service = self.portal.synchronisation
        deque(service.apply(service.plan(records(name), by=ON_WEB), by=ON_WEB), 0)


def insist(work: Callable[[], T]) -> T:
    """
    Return what *work* returns, as soon as the storage is there for it.
    """
    while True:
        try:
            return work()
        except (Unavailable, OutcomeUnknown, PlanOutOfDate):
            sleep(0.05)


def kill(cluster: Cluster, leader: Node) -> None:
    """
    Let the power of *leader* fail, and come back when another leads.
    """
    leader.signal(signal.SIGKILL)
    cluster.wait_for_another(leader)
    cluster.start(leader)


def freeze(cluster: Cluster, leader: Node) -> None:
    """
    Let *leader* stand still, and go on as if nothing had been when another leads.
    """
    leader.signal(signal.SIGSTOP)
    cluster.wait_for_another(leader)
    sleep(2)
    leader.signal(signal.SIGCONT)


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """
    Return a cluster that has a leader.
    """
    with running_cluster() as cluster:
        cluster.wait_for_leader()
        yield cluster


def test_leaders_are_lost(cluster: Cluster) -> None:
    """
    Confirmed users and mails lost: none.  Second winners of one ID: none.
    """
    engine = open_postgresql(
        cluster.address,
        timeouts=Timeouts(
            connect=2 * SECOND,
            lock=5 * SECOND,
            statement=5 * SECOND,
            idle_transaction=5 * SECOND,
            reply=6 * SECOND,
        ),
    )
    insist(lambda: migrations.upgrade(engine))
    office = Office(engine)
    office.register()
    office.begin()
    for fail in (kill, freeze, kill, freeze):
        leader = cluster.wait_for_leader()
        sleep(5)
        failed_at, earlier = monotonic(), len(office.refused)
        fail(cluster, leader)
        cluster.wait_for_leader()
        sleep(5)
        stale = len(office.refused) - earlier
        gap = office.longest_gap(since=failed_at)
        print(f"{fail.__name__}: {gap:.1f} s without a confirmation, {stale} stale")  # noqa: T201  A figure to read.
        assert not stale or fail is freeze
    office.end()

    print(f"confirmed {len(office.confirmed)}, {dict(office.done)}")  # noqa: T201  A figure to read.
    insist(lambda: office.portal.relay(office.mailer).deliver())
    confirmed = {user.winbooks_id: user.id for _, user in office.confirmed}
    assert [] == office.mistakes
    assert len(confirmed) == len(office.confirmed)
    assert confirmed == insist(lambda: office.owners(confirmed))
    states = Counter(insist(lambda: office.states_of_mails(confirmed.values())))
    print(f"mails: {dict(states)}, {len(office.mailer.sent)} sent")  # noqa: T201  A figure to read.
    assert len(confirmed) == states.total()
    # Those that a relay had in its hands when the storage failed are tried again
    # when its lease has ended.
    assert {MailState.SENT, MailState.WAITING} >= states.keys()
    assert states[MailState.WAITING] <= states[MailState.SENT]
    engine.dispose()
