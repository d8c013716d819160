"""
Everything that a product chooses is given once.
"""

from datetime import timedelta

import attrs
import pytest

from office import Office
from people import ADA, NOW, PASSWORD
from winbooks_identity import Portal
from winbooks_identity.adapters.memory import (
    InMemoryMailer,
    InMemoryOutboxQueue,
    InMemoryStorage,
)
from winbooks_identity.authorization import Distributor
from winbooks_identity.portal_user import PortalUser
from winbooks_identity.refusals import NotAllowed
from winbooks_identity.services.own_login import OwnLoginService
from winbooks_identity.synchronisation import PlanFiles


DISTRIBUTOR = Distributor("WB-1")


@pytest.fixture
def office() -> Office:
    """
    Return an office with an Administrator.
    """
    found = Office()
    found.add(ADA)
    return found


def with_queue(office: Office) -> Portal:
    """
    Return the portal of *office* with a queue for its mails.
    """
    assert isinstance(office.storage, InMemoryStorage)
    queue = InMemoryOutboxQueue(office.storage, clock=office.clock)
    return attrs.evolve(office.portal, queue=queue)


class TestServices:
    """
    Each service is built when it is first used.
    """

    @pytest.mark.parametrize(
        "name",
        [
            "judge",
            "provisioning",
            "administration",
            "logins",
            "own_login",
            "sign_in",
            "sessions",
            "linking",
            "synchronisation",
        ],
    )
    def test_a_service_is_built_once(self, office: Office, name: str) -> None:
        """
        It is the same from then on.
        """
        portal = office.portal

        assert getattr(portal, name) is getattr(portal, name)

    def test_it_is_frozen(self, office: Office) -> None:
        """
        No part changes after the services were built from it.
        """
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            office.portal.policy = office.policy  # type: ignore[misc]  # On purpose.


class TestLinks:
    """
    Links need a key and letters; what needs no link works without.
    """

    def test_links_and_letters_go_together(self, office: Office) -> None:
        """
        One without the other is a mistake, and said at once.
        """
        with pytest.raises(TypeError, match="go together"):
            attrs.evolve(office.portal, links=None)
        with pytest.raises(TypeError, match="go together"):
            attrs.evolve(office.portal, link_letters=None)

    def test_a_portal_without_links(self, office: Office) -> None:
        """
        Passwords are reset, and a link names what is missing.
        """
        portal = attrs.evolve(office.portal, links=None, link_letters=None)

        with pytest.raises(TypeError, match="links=OneTimeLinks"):
            portal.own_login.send_password_link(ADA.winbooks_id)
        with pytest.raises(TypeError, match="links=OneTimeLinks"):
            portal.own_login.set_password("token", PASSWORD)
        assert portal.logins is not None

    def test_services_without_letters(self, office: Office) -> None:
        """
        A service that is built by hand names the letters, too.
        """
        service = OwnLoginService(
            office.storage,
            sign_in=office.portal.sign_in,
            hasher=office.hasher,
            sealer=office.sealer,
            links=office.links,
            clock=office.clock,
        )

        with pytest.raises(TypeError, match="link_letters"):
            service.send_password_link(ADA.winbooks_id)


class TestRelay:
    """
    The relay works with the clock and the sealer of the portal.
    """

    def test_without_a_queue(self, office: Office) -> None:
        """
        It says what is missing.
        """
        with pytest.raises(TypeError, match="queue="):
            office.portal.relay(InMemoryMailer())

    def test_mails_are_delivered(self, office: Office) -> None:
        """
        A link that a person asked for reaches the mailer.
        """
        mailer, portal = InMemoryMailer(), with_queue(office)
        portal.own_login.send_password_link(ADA.winbooks_id)

        portal.relay(mailer).deliver()

        assert [ADA.winbooks_id.address] == [mail.recipient for mail in mailer.sent]

    def test_the_clock_is_the_portals(self, office: Office) -> None:
        """
        A link that ended by it is not delivered.
        """
        mailer, portal = InMemoryMailer(), with_queue(office)
        portal.own_login.send_password_link(ADA.winbooks_id)
        office.clock.now = NOW + timedelta(days=30)

        portal.relay(mailer).deliver()

        assert mailer.sent == []


class TestSavedPlans:
    """
    Plans of a synchronisation are saved with a signature.  [S33]
    """

    def test_without_keys(self, office: Office) -> None:
        """
        It says what is missing: an unsigned plan cannot be checked.
        """
        with pytest.raises(TypeError, match="plan_files="):
            _ = office.portal.saved_plans

    def test_with_keys(self, office: Office) -> None:
        """
        They are what the portal was given.
        """
        files = PlanFiles([bytes(32)])

        assert files is attrs.evolve(office.portal, plan_files=files).saved_plans


class TestClose:
    """
    A portal lets go of what it was told to let go of.
    """

    def test_as_a_context_manager(self, office: Office) -> None:
        """
        Leaving it closes it.
        """
        closed: list[str] = []
        with attrs.evolve(office.portal, on_close=lambda: closed.append("yes")):
            assert closed == []

        assert closed == ["yes"]

    def test_nothing_to_close(self, office: Office) -> None:
        """
        Without *on_close* nothing happens.
        """
        with office.portal as portal:
            assert isinstance(portal, Portal)


def _stored(office: Office) -> PortalUser:
    stored = office.stored(ADA)
    assert stored is not None
    return stored


class TestTogether:
    """
    Several services work in one transaction.
    """

    def test_all_is_kept_together(self, office: Office) -> None:
        """
        What the first did goes when the second is refused.
        """
        ada = _stored(office)

        def work(services: Portal) -> None:
            administration = services.administration
            noticed = administration.notify(ada, all_dossiers=False, by=DISTRIBUTOR)
            administration.deactivate(noticed, by=DISTRIBUTOR)

        with pytest.raises(NotAllowed):
            office.portal.together(work)

        assert _stored(office) == ada

    def test_a_portal_inside_closes_nothing(self, office: Office) -> None:
        """
        The connections are those of the portal that it came from.
        """
        closed: list[bool] = []
        portal = attrs.evolve(with_queue(office), on_close=lambda: closed.append(True))

        within = portal.together(lambda services: services)
        within.close()

        assert [] == closed
        assert within.queue is None


class TestRehearse:
    """
    What would happen is found out by doing it, and keeping nothing.
    """

    def test_nothing_is_kept(self, office: Office) -> None:
        """
        The answer is the one that the step would give.
        """
        ada = _stored(office)

        def work(portal: Portal) -> PortalUser:
            return portal.administration.notify(ada, all_dossiers=False, by=DISTRIBUTOR)

        rehearsed = office.portal.rehearse(work)

        assert not rehearsed.notify_all_dossiers
        assert ada.version + 1 == rehearsed.version
        assert _stored(office) == ada

    def test_a_refusal_is_the_same(self, office: Office) -> None:
        """
        The last Administrator stays one in a rehearsal too.
        """
        ada = _stored(office)

        with pytest.raises(NotAllowed):
            office.portal.rehearse(
                lambda portal: portal.administration.deactivate(ada, by=DISTRIBUTOR)
            )
