"""
Everyone who works while servers fail, and what they were told.
"""

from collections import Counter, deque
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from itertools import cycle, pairwise
from threading import Event, Lock, Thread
from time import monotonic, sleep
from typing import TypeVar
from uuid import UUID, uuid4

from sqlalchemy import Engine

from winbooks_identity import Portal
from winbooks_identity.adapters.aesgcm import AesGcmSealer
from winbooks_identity.adapters.argon2 import CHEAPEST, Argon2Hasher
from winbooks_identity.adapters.letters import StandardLetters
from winbooks_identity.adapters.memory import InMemoryLicenceManagement, InMemoryMailer
from winbooks_identity.adapters.sqlalchemy import (
    SqlAlchemyAttempts,
    SqlAlchemyOutboxQueue,
    SqlAlchemyStorage,
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

    def __init__(self, engine: Engine, *, creators: int = 4) -> None:
        self.creators = creators
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
            attempts=SqlAlchemyAttempts(engine, key=b"a" * 32),
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
        works += [partial(self._create, number) for number in range(self.creators)]
        self._threads = [
            # An error elsewhere must not wait for those who insist.
            Thread(target=self._keep_on, args=(work,), daemon=True)
            for work in works
        ]
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

    def check(self) -> str:
        """
        Ensure that everyone who was confirmed is there, once, and has their mail.

        Returns what was confirmed and sent, in one sentence.
        """
        insist(lambda: self.portal.relay(self.mailer).deliver())
        confirmed = {user.winbooks_id: user.id for _, user in self.confirmed}
        assert [] == self.mistakes
        assert len(confirmed) == len(self.confirmed), "an ID has two winners"
        owners = insist(lambda: self.owners(confirmed))
        # The moments are those of the failures that were printed.
        assert [] == [
            (at, str(user.winbooks_id), owners.get(user.winbooks_id), user.id)
            for at, user in self.confirmed
            if owners.get(user.winbooks_id) != user.id
        ]
        states = Counter(insist(lambda: self.states_of_mails(confirmed.values())))
        assert len(confirmed) == states.total()
        # Those that a relay had in its hands when the storage failed are tried again
        # when its lease has ended.
        assert {MailState.SENT, MailState.WAITING} >= states.keys()
        assert states[MailState.WAITING] <= states[MailState.SENT]
        done = ", ".join(f"{name} {count}" for name, count in self.done.items())
        mails = ", ".join(f"{state.value} {count}" for state, count in states.items())
        return f"confirmed {len(confirmed)}; {done}; mails: {mails}; lost: 0"

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
