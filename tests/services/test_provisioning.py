"""
The whole procedure, on the ports in memory: one story per promise and refusal.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from threading import Barrier
from typing import TypeVar
from uuid import UUID

import attrs
import pytest

from winbooks_identity.adapters.aesgcm import AesGcmSealer
from winbooks_identity.adapters.argon2 import CHEAPEST, Argon2Hasher
from winbooks_identity.adapters.key_ring import generate_key
from winbooks_identity.adapters.letters import StandardLetters
from winbooks_identity.adapters.memory import (
    InMemoryOnWebDirectory,
    InMemoryOutboxQueue,
    InMemoryStorage,
)
from winbooks_identity.authorization import (
    Actor,
    Distributor,
    EndCustomersOnly,
    ManagesNobody,
    NotActive,
    OnlyWinBooks,
    WinBooksAdministration,
)
from winbooks_identity.credential import Credential
from winbooks_identity.dossier import Dossier
from winbooks_identity.errors import HasherBusy, InvalidFields, OnWebUnavailable
from winbooks_identity.forms.new_user import (
    GeneratedPassword,
    GenerationNotAllowed,
    NewEmployee,
    NewEndCustomer,
    NewUser,
)
from winbooks_identity.language import Language
from winbooks_identity.licence import Licence, Product
from winbooks_identity.mail.outbox import OutboxMail
from winbooks_identity.names import CompanyName
from winbooks_identity.passwords import Password, PasswordPolicy
from winbooks_identity.passwords.problems import TooFewKinds, TooShort
from winbooks_identity.portal_user import PortalUser, Status
from winbooks_identity.ports import UnitOfWork
from winbooks_identity.refusals import (
    DuplicateWinBooksId,
    LicenceDiffers,
    NotAuthorised,
    RequestMismatch,
    UnknownDossiers,
    UnknownLicence,
    UnknownUser,
)
from winbooks_identity.services.creation import Created, DoneBefore
from winbooks_identity.services.on_web import (
    ChangeItOnWebFirst,
    NotTheLogin,
    OnWebPasswordDiffers,
)
from winbooks_identity.services.provisioning import ProvisioningService
from winbooks_identity.winbooks_id import WinBooksId


T = TypeVar("T")

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
CLASSIC = Licence(
    number="WB-1",
    product=Product.CLASSIC,
    holder=CompanyName("Fiduciaire Peeters & Dubois BV"),
    language=Language.DUTCH,
)
ON_WEB = attrs.evolve(CLASSIC, number="WB-2", product=Product.ON_WEB)
DOSSIERS = [
    Dossier(number="1001", name=CompanyName("Bakkerij De Korenaar")),
    Dossier(number="1002", name=CompanyName("Garage Lambert")),
]
DISTRIBUTOR = Distributor("WB-1")


class Twice:
    """
    A storage that runs every work twice and forgets the first time.

    What a storage may do, so what the service has to bear.
    """

    def __init__(self) -> None:
        self.inner = InMemoryStorage()

    def run(self, work: Callable[[UnitOfWork], T]) -> T:
        """
        Call *work*, undo it, and call it again.
        """

        class Undone(Exception):
            pass

        def undone(unit: UnitOfWork) -> None:
            work(unit)
            raise Undone

        with pytest.raises(Undone):
            self.inner.run(undone)
        return self.inner.run(work)

    read = run


class Watched:
    """
    A storage, a hasher and a sealer that note what is done during a unit of work.
    """

    def __init__(self) -> None:
        self.inner = InMemoryStorage()
        self.done: list[tuple[str, bool]] = []
        self._is_working = False
        self._hasher = Argon2Hasher(CHEAPEST)
        self._sealer = AesGcmSealer({"k": generate_key()})
        self.dummy_hash = self._hasher.dummy_hash
        self.verify = self._hasher.verify
        self.needs_rehash = self._hasher.needs_rehash
        self.unseal = self._sealer.unseal

    def run(self, work: Callable[[UnitOfWork], T]) -> T:
        """
        Call *work*, and know of it meanwhile.
        """

        def watched(unit: UnitOfWork) -> T:
            self._is_working = True
            try:
                return work(unit)
            finally:
                self._is_working = False

        return self.inner.run(watched)

    read = run

    def hash(self, password: Password) -> str:
        """
        Hash *password*, and note when.
        """
        self.done.append(("hash", self._is_working))
        return self._hasher.hash(password)

    def seal(self, clear: bytes, context: bytes) -> bytes:
        """
        Seal *clear*, and note when.
        """
        self.done.append(("seal", self._is_working))
        return self._sealer.seal(clear, context)


@attrs.frozen
class Office:
    """
    A service with a registered Classic and on Web licence.
    """

    storage: InMemoryStorage = attrs.Factory(InMemoryStorage)
    on_web: InMemoryOnWebDirectory = attrs.Factory(InMemoryOnWebDirectory)
    sealer: AesGcmSealer = attrs.Factory(lambda: AesGcmSealer({"k": generate_key()}))
    hasher: Argon2Hasher = attrs.Factory(lambda: Argon2Hasher(CHEAPEST))

    def service(self, **changes: object) -> ProvisioningService:
        """
        Return a service on these parts, or on those in *changes*.
        """
        parts = {
            "storage": self.storage,
            "hasher": self.hasher,
            "letters": StandardLetters(
                sender="portal@portal.example", portal_url="https://portal.example/"
            ),
            "sealer": self.sealer,
            "on_web": self.on_web,
            "clock": lambda: NOW,
        }
        return ProvisioningService(**(parts | changes))  # type: ignore[arg-type]  # Parts by name.

    def create(self, new: NewUser, by: Actor = DISTRIBUTOR) -> Created:
        """
        Create *new* in the name of *by*.
        """
        return self.service().create(new, by=by)

    def users(self, number: str = "WB-1") -> list[PortalUser]:
        """
        Return everybody who is stored in a licence.
        """
        return list(
            self.storage.run(lambda unit: unit.users.of_licence(number, limit=999))
        )

    def credential(self, user: PortalUser) -> Credential:
        """
        Return what the sign-in of *user* is checked against.
        """
        found = self.storage.run(lambda unit: unit.credentials.find(user.id))
        assert found is not None
        return found

    def mails(self) -> list[OutboxMail]:
        """
        Return the mails that wait.
        """
        queue = InMemoryOutboxQueue(self.storage)
        claimed = queue.claim(NOW, lease=timedelta(minutes=1), limit=99)
        return [each.mail for each in claimed]

    def text_of(self, mail: OutboxMail) -> str:
        """
        Return the plain text of a mail that waits.
        """
        content = mail.open(self.sealer).content
        message = message_from_bytes(content, policy=policy.SMTP)
        body = message.get_body(("plain",))
        assert body is not None
        return str(body.get_content())


@pytest.fixture
def office() -> Office:
    """
    Return an office that WinBooks has registered.
    """
    found = Office()
    for licence in (CLASSIC, ON_WEB):
        found.service().register_licence(licence, DOSSIERS, by=WinBooksAdministration())
    return found


def employee(licence: Licence = CLASSIC, **changes: object) -> NewEmployee:
    """
    Return a new employee whose password is generated, with *changes*.
    """
    form = {
        "winbooks_id": "ada@example.org",
        "generate_password": True,
        "level": "Administrator",
        "first_name": "Ada",
        "last_name": "Lovelace",
        "roles": ["Connect.Accountant", "View.Admin"],
    }
    return NewEmployee.parse(form | changes, licence=licence)


def customer(**changes: object) -> NewEndCustomer:
    """
    Return a new end customer whose password is generated, with *changes*.
    """
    form = {
        "winbooks_id": "grace@example.org",
        "generate_password": True,
        "first_name": "Grace",
        "last_name": "Hopper",
        "company_name": "Bakkerij De Korenaar",
        "language": "fr",
        "dossiers": ["1001"],
        "roles": ["View.User"],
    }
    return NewEndCustomer.parse(form | changes, licence=CLASSIC)


class TestCreate:
    """
    One call makes the user, their credential and their mail.  [R31, R57, R70]
    """

    def test_the_user_is_stored_as_reported(self, office: Office) -> None:
        """
        What the creator sees is what is there.
        """
        created = office.create(employee(dossiers=["1001", "1002"]))

        assert [created.user] == office.users()

    def test_a_generated_password_opens_the_account(self, office: Office) -> None:
        """
        The password that is handed over is the one that was hashed.  [R16]
        """
        created = office.create(employee())

        assert created.password is not None
        office.hasher.verify(
            office.credential(created.user).password_hash, created.password
        )
        assert () == PasswordPolicy().check(created.password.reveal())

    def test_two_draws_differ(self, office: Office) -> None:
        """
        Everybody gets a password of their own.  [R17]
        """
        passwords = [
            office.create(employee(winbooks_id=f"user{number}@example.org")).password
            for number in range(2)
        ]

        assert 2 == len({each.reveal() for each in passwords if each is not None})

    def test_the_credential_knows_which_policy_accepted_it(
        self, office: Office
    ) -> None:
        """
        A later change of policy can be judged without the password.
        """
        created = office.create(employee())

        assert PasswordPolicy().fingerprint == office.credential(created.user).policy

    def test_a_typed_password_keeps_to_the_services_policy(
        self, office: Office
    ) -> None:
        """
        A form that was parsed with a laxer policy does not get around it.
        """
        lax = NewEmployee.parse(
            {
                "winbooks_id": "ada@example.org",
                "password": "abcdefgh",
                "level": "Administrator",
                "first_name": "Ada",
                "last_name": "Lovelace",
            },
            licence=CLASSIC,
            policy=PasswordPolicy(min_length=8, min_kinds=1),
        )

        with pytest.raises(InvalidFields) as caught:
            office.create(lax)

        assert {"password": (TooShort(12, 4), TooFewKinds(3))} == caught.value.by_field

    def test_a_length_that_the_policy_refuses_cannot_be_generated(
        self, office: Office
    ) -> None:
        """
        The refusal is the password field's.
        """
        new = attrs.evolve(employee(), password=GeneratedPassword(length=11))

        with pytest.raises(InvalidFields) as caught:
            office.create(new)

        assert ["password"] == list(caught.value.by_field)

    def test_nothing_is_left_of_a_creation_that_was_refused(
        self, office: Office
    ) -> None:
        """
        No user and no mail.
        """
        with pytest.raises(UnknownDossiers):
            office.create(employee(dossiers=["9999"], send_credentials=True))

        assert ([], []) == (office.users(), office.mails())

    def test_work_that_is_run_twice_makes_one_user(self) -> None:
        """
        The storage may repeat the work; nothing in it has an effect.
        """
        storage = Twice()
        service = Office().service(storage=storage)
        service.register_licence(CLASSIC, by=WinBooksAdministration())
        created = service.create(
            employee(send_credentials=True), by=Distributor("WB-1")
        )

        assert [created.user] == Office(storage=storage.inner).users()

    def test_nobody_waits_for_a_hash_in_a_transaction(self) -> None:
        """
        What takes long is done before the storage works, and once.
        """
        parts = Watched()
        service = Office().service(storage=parts, hasher=parts, sealer=parts)
        service.register_licence(CLASSIC, by=WinBooksAdministration())

        service.create(employee(send_credentials=True), by=Distributor("WB-1"))

        assert [("hash", False), ("seal", False)] == parts.done


class TestMail:
    """
    Ticked, exactly one mail waits, sealed; unticked, none.  [R19, R57, Q8]
    """

    def test_unticked(self, office: Office) -> None:
        """
        The creator has the password, and no mail waits.
        """
        office.create(employee(send_credentials=False))

        assert [] == office.mails()

    def test_ticked(self, office: Office) -> None:
        """
        One mail, to the WinBooks ID as it was registered.
        """
        office.create(employee(winbooks_id="Ada@Example.org", send_credentials=True))

        assert ["Ada@example.org"] == [mail.recipient for mail in office.mails()]

    def test_the_mail_carries_the_login_data(self, office: Office) -> None:
        """
        The ID and the very password that was hashed.
        """
        new = employee(
            generate_password=False, password="Correct-Horse-9", send_credentials=True
        )
        office.create(new)
        text = office.text_of(office.mails()[0])

        assert [True, True] == [
            each in text for each in ("ada@example.org", "Correct-Horse-9")
        ]

    def test_a_mailed_password_ends_after_three_days(self, office: Office) -> None:
        """
        And it has to be changed at the first sign-in.
        """
        credential = office.credential(
            office.create(employee(send_credentials=True)).user
        )

        assert (True, NOW + timedelta(days=3)) == (
            credential.must_change,
            credential.expires_at,
        )

    def test_the_mail_ends_with_the_password(self, office: Office) -> None:
        """
        A relay that comes later does not deliver a dead password.
        """
        office.create(employee(send_credentials=True))

        assert [NOW + timedelta(days=3)] == [mail.expires_at for mail in office.mails()]

    @pytest.mark.parametrize(
        "activate,end", [(True, NOW + timedelta(days=14)), (False, None)]
    )
    def test_a_password_that_was_handed_over(
        self, office: Office, activate: bool, end: datetime | None
    ) -> None:
        """
        It ends after 14 days, counted from when its user can sign in.  [S5]
        """
        created = office.create(employee(activate=activate))

        credential = office.credential(created.user)

        assert (True, end) == (credential.must_change, credential.expires_at)


class TestUniqueness:
    """
    A WinBooks ID has one owner, over all licences.  [R2, R3, R4]
    """

    @pytest.mark.parametrize(
        "spelling", ["ada@example.org", "ADA@example.org", "Ada@EXAMPLE.ORG"]
    )
    def test_a_second_creation_is_refused(self, office: Office, spelling: str) -> None:
        """
        In any spelling; nothing changes and no mail leaves.
        """
        first = office.create(employee())

        with pytest.raises(DuplicateWinBooksId) as caught:
            office.create(employee(winbooks_id=spelling, send_credentials=True))

        assert ("winbooks_id", [first.user], []) == (
            caught.value.field,
            office.users(),
            office.mails(),
        )

    def test_another_licence_does_not_help(self, office: Office) -> None:
        """
        The ID alone is the key to the Portal.
        """
        office.create(employee())
        office.on_web.add(WinBooksId("ada@example.org"), Password("Correct-Horse-9"))
        new = employee(ON_WEB, generate_password=False, password="Correct-Horse-9")

        with pytest.raises(DuplicateWinBooksId):
            office.create(new, Distributor("WB-2"))

    def test_of_many_at_once_one_wins(self, office: Office) -> None:
        """
        No one looks first and inserts afterwards.
        """
        together = Barrier(8)

        def attempt(spelling: str) -> bool:
            together.wait()
            try:
                office.create(employee(winbooks_id=spelling))
            except DuplicateWinBooksId:
                return False
            return True

        with ThreadPoolExecutor(8) as pool:
            won = list(pool.map(attempt, ["ada@example.org", "Ada@example.org"] * 4))

        assert (1, 1) == (sum(won), len(office.users()))


class TestRequestId:
    """
    A creation that is asked for twice is done once.  [R70]
    """

    def test_the_same_user_comes_back(self, office: Office) -> None:
        """
        Without their password, which no one has any more.
        """
        service, request_id = office.service(), UUID(int=5)
        first = service.create(employee(), by=DISTRIBUTOR, request_id=request_id)
        again = service.create(employee(), by=DISTRIBUTOR, request_id=request_id)

        assert (first.user, None, True) == (
            again.user,
            again.password,
            DoneBefore() in again.notices,
        )

    def test_one_mail_goes_out(self, office: Office) -> None:
        """
        Repeating does not mail twice.
        """
        service, new = office.service(), employee(send_credentials=True)
        for _ in range(2):
            service.create(new, by=DISTRIBUTOR, request_id=UUID(int=5))

        assert 1 == len(office.mails())

    def test_another_form_under_the_same_id_is_refused(self, office: Office) -> None:
        """
        An id that was reused by mistake is told.
        """
        service, request_id = office.service(), UUID(int=5)
        service.create(employee(), by=DISTRIBUTOR, request_id=request_id)

        with pytest.raises(RequestMismatch):
            service.create(customer(), by=DISTRIBUTOR, request_id=request_id)

    def test_a_lost_answer_is_not_a_duplicate(self, office: Office) -> None:
        """
        A storage that repeats a committed work finds the user as its own.
        """

        class AnswerLost:
            def run(self, work: Callable[[UnitOfWork], T]) -> T:
                office.storage.run(work)
                return office.storage.run(work)

            read = run

        created = office.service(storage=AnswerLost()).create(
            employee(), by=DISTRIBUTOR
        )

        assert ([created.user], True, False) == (
            office.users(),
            created.password is not None,
            DoneBefore() in created.notices,
        )


class TestWhoMay:
    """
    The service asks the one function, with the actor as they are now.

    [R26, R27, R28, R29, R30]
    """

    def test_the_distributor_makes_the_first_administrator(
        self, office: Office
    ) -> None:
        """
        And the Administrator goes on from there.
        """
        ada = office.create(employee()).user
        grace = office.create(customer(), ada).user

        assert {ada, grace} == set(office.users())

    def test_a_power_user_makes_no_staff(self, office: Office) -> None:
        """
        The refusal says why.
        """
        ada = office.create(employee(level="Power User", dossiers=["1001"])).user

        with pytest.raises(NotAuthorised) as caught:
            office.create(
                employee(winbooks_id="eve@example.org", level="Power User"), ada
            )

        assert (EndCustomersOnly(),) == caught.value.problems

    def test_rights_that_were_lost_meanwhile_do_not_count(self, office: Office) -> None:
        """
        The actor is read again, inside the transaction.
        """
        ada = office.create(employee()).user
        office.storage.run(
            lambda unit: unit.users.save(attrs.evolve(ada, status=Status.INACTIVE))
        )

        with pytest.raises(NotAuthorised) as caught:
            office.create(customer(), ada)

        assert (NotActive(),) == caught.value.problems

    def test_an_actor_who_is_not_stored_may_nothing(self, office: Office) -> None:
        """
        A user value that someone made up opens no door.
        """
        ada = office.create(employee()).user

        with pytest.raises(UnknownUser):
            office.create(customer(), attrs.evolve(ada, id=UUID(int=1)))

    def test_a_refused_actor_costs_no_hash(self, office: Office) -> None:
        """
        Who may not create is told before anything dear is done.
        """

        class NoHasher:
            def hash(self, password: Password) -> str:
                del password
                raise HasherBusy

        user = office.create(customer()).user

        with pytest.raises(NotAuthorised) as caught:
            office.service(hasher=NoHasher()).create(
                customer(winbooks_id="eve@example.org"), by=user
            )

        assert (ManagesNobody(),) == caught.value.problems


class TestLicence:
    """
    The licence is registered before, and follows from who asks.

    [R31, R32, R37, R40]
    """

    def test_an_unknown_licence_is_refused(self, office: Office) -> None:
        """
        Creating a user makes no licence.
        """
        with pytest.raises(UnknownLicence):
            office.create(employee(), Distributor("WB-3"))

    def test_winbooks_administration_stands_in_no_licence(self, office: Office) -> None:
        """
        It registers licences and manages no users.
        """
        with pytest.raises(UnknownLicence):
            office.create(employee(), WinBooksAdministration())

    def test_one_unknown_dossier_fails_the_creation(self, office: Office) -> None:
        """
        All unknown ones are named, on the form's field.
        """
        with pytest.raises(UnknownDossiers) as caught:
            office.create(employee(dossiers=["1001", "9999", "9998"]))

        assert ("dossiers", ("9998", "9999")) == (
            caught.value.field,
            caught.value.numbers,
        )

    def test_registering_again_changes_nothing(self, office: Office) -> None:
        """
        The answer tells whether anything was new.
        """
        service, more = office.service(), Dossier(number="3", name=CompanyName("C&A"))
        winbooks = WinBooksAdministration()

        assert [False, True, False] == [
            service.register_licence(CLASSIC, DOSSIERS, by=winbooks),
            service.register_licence(CLASSIC, [more], by=winbooks),
            service.register_licence(CLASSIC, [more], by=winbooks),
        ]

    def test_registering_otherwise_is_refused(self, office: Office) -> None:
        """
        What differs is named, and stays as it was.
        """
        with pytest.raises(LicenceDiffers) as caught:
            office.service().register_licence(
                attrs.evolve(CLASSIC, product=Product.ON_WEB),
                by=WinBooksAdministration(),
            )

        assert (("product",), CLASSIC) == (
            caught.value.fields,
            office.service().licence(by=DISTRIBUTOR),
        )

    def test_only_winbooks_registers(self, office: Office) -> None:
        """
        The distributor does not.
        """
        with pytest.raises(NotAuthorised) as caught:
            office.service().register_licence(CLASSIC, by=DISTRIBUTOR)

        assert (OnlyWinBooks(),) == caught.value.problems


class TestOnWeb:
    """
    By hand on an on Web licence, ID and password are on Web's.

    [R59, R60, R61, R62, R63, Q9, Q10]
    """

    @pytest.mark.parametrize(
        "login,password,expected",
        [
            ("eve@example.org", "Correct-Horse-9", {"winbooks_id": (NotTheLogin(),)}),
            (
                "ada@example.org",
                "Another-Horse-9",
                {"password": (OnWebPasswordDiffers(),)},
            ),
            (
                "ada@example.org",
                "abc",
                {
                    "password": (
                        ChangeItOnWebFirst(),
                        TooShort(12, 9),
                        TooFewKinds(3),
                    )
                },
            ),
        ],
    )
    def test_refused(
        self,
        office: Office,
        login: str,
        password: str,
        expected: dict[str, tuple[object, ...]],
    ) -> None:
        """
        Another ID, another password, a weak one: three different problems.
        """
        on_web = "abc" if password == "abc" else "Correct-Horse-9"
        office.on_web.add(WinBooksId("ada@example.org"), Password(on_web))
        new = employee(
            ON_WEB, winbooks_id=login, generate_password=False, password=password
        )

        with pytest.raises(InvalidFields) as caught:
            office.create(new, Distributor("WB-2"))

        assert (expected, []) == (caught.value.by_field, office.users("WB-2"))

    def test_a_form_without_its_licence_does_not_get_around_it(
        self, office: Office
    ) -> None:
        """
        A form that was read for a Classic licence asks for a generated password.
        """
        with pytest.raises(InvalidFields) as caught:
            office.create(employee(CLASSIC), Distributor("WB-2"))

        assert {"password": (GenerationNotAllowed(),)} == caught.value.by_field

    def test_accepted(self, office: Office) -> None:
        """
        The user records it, the password neither ends nor is handed over.
        """
        office.on_web.add(WinBooksId("ada@example.org"), Password("Correct-Horse-9"))
        new = employee(
            ON_WEB,
            winbooks_id="Ada@example.org",
            generate_password=False,
            password="Correct-Horse-9",
            send_credentials=True,
        )
        created = office.create(new, Distributor("WB-2"))
        credential = office.credential(created.user)

        assert (True, None, False, None) == (
            created.user.is_on_web,
            created.password,
            credential.must_change,
            credential.expires_at,
        )

    def test_its_mail_does_not_carry_the_password(self, office: Office) -> None:
        """
        Its owner has it, and it is meant to last.
        """
        office.on_web.add(WinBooksId("ada@example.org"), Password("Correct-Horse-9"))
        new = employee(
            ON_WEB,
            generate_password=False,
            password="Correct-Horse-9",
            send_credentials=True,
        )
        office.create(new, Distributor("WB-2"))

        assert "Correct-Horse-9" not in office.text_of(office.mails()[0])

    def test_an_unreachable_on_web_is_no_mismatch(self, office: Office) -> None:
        """
        Nothing is said of the password, and nothing is done.
        """
        office.on_web.is_reachable = False
        new = employee(ON_WEB, generate_password=False, password="Correct-Horse-9")

        with pytest.raises(OnWebUnavailable):
            office.create(new, Distributor("WB-2"))

    def test_without_a_directory_on_web_is_unavailable(self, office: Office) -> None:
        """
        A product that cannot ask cannot make such a user by hand.
        """
        new = employee(ON_WEB, generate_password=False, password="Correct-Horse-9")

        with pytest.raises(OnWebUnavailable):
            office.service(on_web=None).create(new, by=Distributor("WB-2"))


class TestReading:
    """
    Everybody sees what is their to see.  [R28, R29, R31]
    """

    def test_a_user_is_found_in_any_spelling(self, office: Office) -> None:
        """
        Look-up goes by the key.
        """
        ada = office.create(employee()).user

        assert ada == office.service().find(
            WinBooksId("ADA@example.org"), by=DISTRIBUTOR
        )

    @pytest.mark.parametrize("address", ["eve@example.org", "ada@example.org"])
    def test_somebody_elsewhere_is_as_unknown_as_nobody(
        self, office: Office, address: str
    ) -> None:
        """
        The answer does not tell who has a WinBooks ID in another licence.
        """
        office.create(employee())

        with pytest.raises(UnknownUser):
            office.service().find(WinBooksId(address), by=Distributor("WB-2"))

    def test_all_users_are_listed_page_by_page(self, office: Office) -> None:
        """
        More than a page, each once.
        """
        template = office.create(employee()).user

        def fill(unit: UnitOfWork) -> None:
            for number in range(1, 1001):
                unit.users.add(
                    attrs.evolve(
                        template,
                        id=UUID(int=number),
                        winbooks_id=WinBooksId(f"user{number}@example.org"),
                    )
                )

        office.storage.run(fill)
        listed = [user.id for user in office.service().users(by=DISTRIBUTOR)]

        assert (1001, 1001) == (len(listed), len(set(listed)))

    def test_sight_that_was_lost_meanwhile_does_not_count(self, office: Office) -> None:
        """
        The actor is read again for looking too.
        """
        ada = office.create(employee()).user
        office.storage.run(
            lambda unit: unit.users.save(attrs.evolve(ada, status=Status.INACTIVE))
        )

        with pytest.raises(UnknownUser):
            office.service().find(ada.winbooks_id, by=ada)

    def test_a_user_lists_himself(self, office: Office) -> None:
        """
        An end customer does not see the others.
        """
        office.create(employee())
        grace = office.create(customer()).user

        assert [grace] == list(office.service().users(by=grace))

    def test_winbooks_administration_lists_nobody(self, office: Office) -> None:
        """
        It stands in no licence.
        """
        office.create(employee())

        assert [] == list(office.service().users(by=WinBooksAdministration()))

    def test_the_form_shows_licence_and_dossiers(self, office: Office) -> None:
        """
        The firm's full name, and what can be ticked.
        """
        service = office.service()

        assert (CLASSIC, DOSSIERS) == (
            service.licence(by=DISTRIBUTOR),
            list(service.dossiers(by=DISTRIBUTOR)),
        )
