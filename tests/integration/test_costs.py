"""
What is done all day long stays cheap: calls of functions are counted, not time.

A bound is about half as much again as what it took when it was written, so a change
that doubles a cost is seen, and no other.
"""

import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID, uuid4

import attrs
import pytest
from sqlalchemy import Engine

from office import Office
from people import ADA, GRACE, LICENCE, NOW, PASSWORD
from winbooks_identity.adapters.aesgcm import AesGcmSealer
from winbooks_identity.adapters.letters import StandardLetters
from winbooks_identity.adapters.sqlalchemy import SqlAlchemyStorage
from winbooks_identity.attempts import Standing
from winbooks_identity.authorization import Distributor
from winbooks_identity.events import Event
from winbooks_identity.forms.new_user import GeneratedPassword, NewEmployee
from winbooks_identity.language import Language
from winbooks_identity.level import Level
from winbooks_identity.life_cycle import Step
from winbooks_identity.mail.outbox import MailKind, OutboxMail
from winbooks_identity.names import CompanyName, PersonName
from winbooks_identity.passwords import Password, PasswordPolicy
from winbooks_identity.ports import CredentialsLetter, Listing, UnitOfWork
from winbooks_identity.role import Role
from winbooks_identity.services.step import Taken, record_all
from winbooks_identity.winbooks_id import WinBooksId


class Unhashed:
    """
    Hashes nothing: what is counted is the rest.
    """

    dummy_hash = "$argon2id$v=19$m=8,t=1,p=1$AAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA"

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


def create(office: Office) -> object:
    """
    Make a user whom no one knows.
    """
    new = NewEmployee(
        winbooks_id=WinBooksId(f"{uuid4().hex}@example.org"),
        password=GeneratedPassword(),
        level=Level.POWER_USER,
        first_name=PersonName("An"),
        last_name=PersonName("Peeters"),
        company_name=CompanyName("Fiduciaire Peeters"),
        language=Language.DUTCH,
        roles=frozenset({Role.VIEW_ADMIN, Role.CONNECT_ACCOUNTANT}),
    )
    return office.portal.provisioning.create(new, by=Distributor(LICENCE.number))


LETTERS: Final = StandardLetters(
    "portal@mail.example.be", "https://portal.example.be/login"
)
SEALER: Final = AesGcmSealer({"first": bytes(32)})
WRITTEN: Final = datetime(2026, 11, 23, 12, 5, tzinfo=UTC)
LETTER: Final = CredentialsLetter(
    message_id=UUID(int=42),
    written_at=WRITTEN,
    winbooks_id=WinBooksId.parse("An.Peeters@kantoor.example.be"),
    password=Password("Zeven-Blauwe-Vissen7"),
    licence_holder=CompanyName.parse("Fiduciaire Peeters & Dubois BV"),
    language=Language.FRENCH,
    is_active=True,
    expires_at=WRITTEN + timedelta(days=3),
)


def mail(office: Office) -> object:
    """
    Word a letter, write it, read its head again and seal it.
    """
    del office
    return OutboxMail.close(
        LETTERS.credentials(LETTER),
        SEALER,
        mail_id=LETTER.message_id,
        user_id=GRACE.id,
        kind=MailKind.CREDENTIALS,
        created_at=WRITTEN,
        expires_at=WRITTEN + timedelta(days=3),
    )


def add_and_save_many(office: Office) -> object:
    """
    Add a hundred users, and save them, as a synchronisation does.
    """
    new = [
        attrs.evolve(
            GRACE, id=uuid4(), winbooks_id=WinBooksId(f"{uuid4().hex}@example.org")
        )
        for _ in range(100)
    ]
    by, user_ids = Distributor(LICENCE.number), {user.id for user in new}

    def add(unit: UnitOfWork) -> None:
        unit.users.add_all(new)
        unit.history.add_all(
            Event.of(Step.CREATE, None, user, by=by, at=NOW) for user in new
        )

    def save(unit: UnitOfWork) -> object:
        taken = [
            Taken(Step.RECTIFY, user, attrs.evolve(user, last_name=PersonName("King")))
            for user in unit.users.find_all(user_ids)
        ]
        return record_all(unit, taken, by=by, at=NOW)

    office.storage.run(add)
    return office.storage.run(save)


#: The most calls that each may take, in Python and in C.
BOUNDS: Final[Mapping[str, tuple[int, Callable[[Office], object]]]] = {
    "a creation": (2_200, create),
    "a sign-in": (
        850,
        lambda office: office.portal.sign_in.verify(GRACE.winbooks_id, PASSWORD),
    ),
    "a session": (560, lambda office: office.portal.sessions.begin(GRACE)),
    "a step": (
        3_700,
        lambda office: office.portal.administration.notify(
            office.portal.provisioning.find(GRACE.winbooks_id, by=ADA),
            all_dossiers=not office.portal.provisioning.find(
                GRACE.winbooks_id, by=ADA
            ).notify_all_dossiers,
            by=ADA,
        ),
    ),
    "a mail": (620, mail),
    "a page of a listing": (
        700,
        lambda office: office.portal.storage.read(
            lambda unit: unit.users.listed(
                Listing(licence=LICENCE.number, role=Role.VIEW_ADMIN), limit=2
            )
        ),
    ),
    "the span of a user": (
        400,
        lambda office: office.portal.storage.read(
            lambda unit: unit.history.spans({GRACE.id})
        ),
    ),
    "a hundred users added and saved": (65_000, add_and_save_many),
    "a plain address": (32, lambda _: WinBooksId.parse("an.peeters@example.org")),
    "an address of its own kind": (
        1_200,
        lambda _: WinBooksId.parse("an.o'hara+x@xn--bcher-kva.example"),
    ),
    "a strength": (
        7_000,
        lambda _: PasswordPolicy().strength("Zeven-Blauwe-Vissen7"),
    ),
}


def calls_of(act: Callable[[], object]) -> int:
    """
    Return how many functions *act* calls, in Python and in C.
    """
    seen = 0

    def note(_frame: object, event: str, _argument: object) -> None:
        nonlocal seen
        seen += event in {"call", "c_call"}

    earlier = sys.getprofile()
    sys.setprofile(note)
    try:
        act()
    finally:
        sys.setprofile(earlier)
    return seen


class TestCosts:
    """
    No change makes what happens all day long twice as dear, unseen.
    """

    @pytest.mark.parametrize("what", BOUNDS)
    def test_calls(self, sqlite: Engine, what: str) -> None:
        """
        The count is the same in each run, whatever else the machine does.
        """
        office = Office(storage=SqlAlchemyStorage(sqlite), hasher=Unhashed())
        office.add(ADA, GRACE)
        most, act = BOUNDS[what]
        # The first ones word statements, and import what is needed.
        act(office)
        act(office)

        calls = calls_of(lambda: act(office))

        assert most / 4 < calls <= most
