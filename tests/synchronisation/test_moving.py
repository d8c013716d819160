"""
A licence moves from Classic to on Web: users stay who they are.  [S52]
"""

from collections.abc import Sequence
from datetime import datetime
from itertools import count

import attrs
import pytest

from office import Office
from people import ADA, GRACE, JOAN, NOW, PASSWORD
from winbooks_identity.adapters.memory import InMemoryLicenceManagement
from winbooks_identity.authorization import (
    Actor,
    Distributor,
    WinBooksAdministration,
)
from winbooks_identity.errors import LicenceManagementUnavailable, StorageBusy
from winbooks_identity.licence import Product
from winbooks_identity.life_cycle import Step
from winbooks_identity.mail.outbox import MailKind, MailState
from winbooks_identity.portal import Portal
from winbooks_identity.portal_user import CredentialSource, PortalUser
from winbooks_identity.ports import UnitOfWork
from winbooks_identity.refusals import NotAuthorised, UnknownLicence
from winbooks_identity.services.step import Taken, record_all
from winbooks_identity.synchronisation import (
    BadRecord,
    Complete,
    DesiredUser,
    Move,
    MoveStopped,
    Partial,
    moving,
)
from winbooks_identity.winbooks_id import WinBooksId


BY = Distributor("WB-1", operator="An Peeters")


def record(user: PortalUser, **changed: object) -> DesiredUser:
    """
    Return what licence management says of *user*.
    """
    said = DesiredUser(
        external_id=f"E-{user.first_name}",
        login=user.winbooks_id,
        first_name=user.first_name,
        last_name=user.last_name,
    )
    return attrs.evolve(said, **changed)  # type: ignore[arg-type]


def gateway(*records: DesiredUser) -> InMemoryLicenceManagement:
    """
    Return a licence management that knows *records*.
    """
    return InMemoryLicenceManagement(
        {"WB-1": Complete(users=records, count=len(records))}
    )


@pytest.fixture
def office() -> Office:
    """
    Return a Classic office with a login for everybody.
    """
    made = Office()
    made.add(ADA, GRACE, JOAN)
    return made


@pytest.fixture
def portal(office: Office) -> Portal:
    """
    Return the services on it.
    """
    return office.portal


def stored(office: Office, user: PortalUser) -> PortalUser:
    """
    Return *user* as they are now.
    """
    found = office.stored(user)
    assert found is not None
    return found


def move(portal: Portal, *records: DesiredUser) -> Move:
    """
    Plan and carry out.
    """
    return portal.moves.apply(
        portal.moves.plan("WB-1", gateway(*records), by=BY), by=BY
    )


class TestPlan:
    """
    The plan says who has no login there, and changes nothing.
    """

    def test_who_has_a_login(self, office: Office, portal: Portal) -> None:
        """
        Staff with an active one move; end customers have none on Web.  [R68]
        """
        plan = portal.moves.plan("WB-1", gateway(record(ADA), record(JOAN)), by=BY)

        assert (ADA.winbooks_id,) == plan.moving
        assert (GRACE.winbooks_id,) == plan.without_login
        assert (1, 0) == (plan.on_the_portal, plan.on_web)
        assert (Product.CLASSIC, Product.ON_WEB) == (
            plan.before.product,
            plan.licence.product,
        )
        assert ADA == stored(office, ADA)
        assert Product.CLASSIC is portal.provisioning.licence(by=BY).product

    def test_another_spelling(self, portal: Portal) -> None:
        """
        A login is known by its key.  [R4]
        """
        said = record(ADA, login=WinBooksId("ADA@example.org"))

        assert (ADA.winbooks_id,) == portal.moves.plan(
            "WB-1", gateway(said), by=BY
        ).moving

    def test_doubtful_logins(self, portal: Portal) -> None:
        """
        Inactive there, said of two people, or in a record that makes no sense.
        """
        inactive = record(ADA, is_active=False)
        twice = (record(ADA), record(ADA, external_id="E-2"))
        bad = Partial(
            users=(record(ADA),),
            bad=(BadRecord(place=2, reasons=(), login=ADA.winbooks_id),),
        )

        for source in (
            gateway(inactive),
            gateway(*twice),
            InMemoryLicenceManagement({"WB-1": bad}),
        ):
            assert () == portal.moves.plan("WB-1", source, by=BY).moving

    def test_licence_management_is_down(self, portal: Portal) -> None:
        """
        Then there is no plan.
        """
        with pytest.raises(LicenceManagementUnavailable):
            portal.moves.plan("WB-1", InMemoryLicenceManagement({}), by=BY)


class TestApply:
    """
    Users keep their ID and history; their credentials become on Web's.
    """

    def test_who_moves(self, office: Office, portal: Portal) -> None:
        """
        Everything but the password stays.
        """
        move(portal, record(ADA))

        after = stored(office, ADA)
        assert CredentialSource.ON_WEB is after.credential_source
        assert ADA == attrs.evolve(
            after, credential_source=CredentialSource.PORTAL, version=ADA.version
        )
        assert Product.ON_WEB is portal.provisioning.licence(by=BY).product
        assert [(Step.MOVE_TO_ON_WEB, "An Peeters")] == [
            (event.step, event.operator)
            for event in portal.administration.history(ADA.id, by=BY)[1:]
        ]

    def test_the_password_of_the_portal_goes(
        self, office: Office, portal: Portal
    ) -> None:
        """
        That of those who stay is kept.
        """
        move(portal, record(ADA))

        found = office.storage.run(
            lambda unit: [unit.credentials.find(user.id) for user in (ADA, GRACE)]
        )
        assert found[0] is None
        assert found[1] is not None
        assert GRACE.id == portal.sign_in.verify(GRACE.winbooks_id, PASSWORD).user.id

    def test_they_are_told(self, office: Office, portal: Portal) -> None:
        """
        By one mail without a secret, and what waited with one is withdrawn.  [S40]
        """
        portal.logins.send_password_link(ADA, by=BY)

        move(portal, record(ADA))

        mails = portal.administration.mails(stored(office, ADA), by=BY)
        assert {
            (MailKind.SET_PASSWORD, MailState.WITHDRAWN),
            (MailKind.CHANGED, MailState.WAITING),
        } == {(mail.kind, mail.state) for mail in mails}
        assert [] == [*portal.administration.mails(GRACE, by=BY)]

    def test_an_id_that_waits_is_let_go_of(
        self, office: Office, portal: Portal
    ) -> None:
        """
        Their login is the one on Web.
        """
        new = WinBooksId("countess@example.org")
        portal.logins.change_id(ADA, new, by=BY)

        move(portal, record(ADA))

        assert stored(office, ADA).id_change is None

    def test_sessions_end(self, office: Office, portal: Portal) -> None:
        """
        As with any other password.  [S70]
        """
        stamp = portal.sessions.begin(ADA)

        move(portal, record(ADA))

        assert portal.sessions.resume(stamp) is None
        assert stored(office, ADA).is_active

    def test_again_with_those_who_got_a_login(
        self, office: Office, portal: Portal
    ) -> None:
        """
        What was moved stays, and no one is told twice.
        """
        move(portal, record(ADA))
        before = stored(office, ADA)

        done = move(portal, record(ADA), record(GRACE))

        assert ((GRACE.winbooks_id,), 1) == (done.moving, done.on_web)
        assert before == stored(office, ADA)
        assert stored(office, GRACE).is_on_web

    def test_a_plan_of_yesterday(self, portal: Portal) -> None:
        """
        Who left their address meanwhile stays behind.
        """
        plan = portal.moves.plan("WB-1", gateway(record(ADA), record(GRACE)), by=BY)
        portal.administration.erase(GRACE, by=BY)

        done = portal.moves.apply(plan, by=BY)

        assert (ADA.winbooks_id,) == done.moving


def stop_after_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Let each user be a batch, and the second one find that a user was just saved.
    """
    calls = count()

    def save(
        unit: UnitOfWork, taken: Sequence[Taken], *, by: Actor, at: datetime
    ) -> Sequence[PortalUser]:
        return record_all(unit, taken, by=by, at=at) if next(calls) == 0 else []

    monkeypatch.setattr(moving, "BATCH", 1)
    monkeypatch.setattr(moving, "record_all", save)


class TestBatches:
    """
    Some move at a time, so that others hardly wait.
    """

    def test_all_of_them(
        self, office: Office, portal: Portal, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        Everybody is there in the end.
        """
        monkeypatch.setattr(moving, "BATCH", 1)

        done = move(portal, record(ADA), record(GRACE))

        assert {ADA.winbooks_id, GRACE.winbooks_id} == {*done.moving}
        assert ((), 1, 0) == (done.without_login, done.on_the_portal, done.on_web)
        assert all(stored(office, each).is_on_web for each in (ADA, GRACE))

    def test_it_stops(
        self, office: Office, portal: Portal, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        What was moved stays, and the next move takes the others; no one is told twice.
        """
        with monkeypatch.context() as patch:
            stop_after_one(patch)
            with pytest.raises(MoveStopped) as raised:
                move(portal, record(ADA), record(GRACE))
        moved = [stored(office, each).is_on_web for each in (ADA, GRACE)]

        done = move(portal, record(ADA), record(GRACE))

        assert isinstance(raised.value.__cause__, StorageBusy)
        assert [False, True] == sorted(moved)
        assert (1, 1) == (len(done.moving), done.on_web)
        for each in (ADA, GRACE):
            mails = portal.administration.mails(stored(office, each), by=BY)
            assert [MailKind.CHANGED] == [mail.kind for mail in mails]


class TestRefusals:
    """
    One function decides, and nothing is half done.
    """

    def test_only_from_outside(self, portal: Portal) -> None:
        """
        WinBooks may, no Administrator and no other distributor.  [S41]
        """
        plan = portal.moves.plan("WB-1", gateway(), by=WinBooksAdministration())
        for by in (ADA, Distributor("WB-2")):
            with pytest.raises(NotAuthorised):
                portal.moves.plan("WB-1", gateway(), by=by)
            with pytest.raises(NotAuthorised):
                portal.moves.apply(plan, by=by)

    def test_a_licence_that_is_not_there(self, portal: Portal) -> None:
        """
        Nor later, when the plan is carried out.
        """
        with pytest.raises(UnknownLicence):
            portal.moves.plan("WB-9", gateway(), by=WinBooksAdministration())

    def test_someone_who_is_saved_meanwhile(
        self, office: Office, portal: Portal, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        Nothing of the batch is kept.
        """
        monkeypatch.setattr(moving, "record_all", lambda *_, **__: [])

        with pytest.raises(StorageBusy):
            move(portal, record(ADA))
        assert ADA == stored(office, ADA)
        assert Product.CLASSIC is portal.provisioning.licence(by=BY).product

    def test_the_clock(self, portal: Portal) -> None:
        """
        The history has the time of the portal.
        """
        move(portal, record(ADA))

        *_, event = portal.administration.history(ADA.id, by=BY)
        assert NOW == event.at
