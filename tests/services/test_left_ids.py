"""
A WinBooks ID that was left is not given to another person at once.  [S34, S35]
"""

from datetime import timedelta

import attrs
import pytest

from office import Office
from people import ADA, GRACE, JOAN, LICENCE, PASSWORD
from winbooks_identity.authorization import Distributor
from winbooks_identity.forms.new_user import NewEmployee
from winbooks_identity.passwords import Password
from winbooks_identity.portal_user import PortalUser
from winbooks_identity.product_links import LinkedProduct
from winbooks_identity.refusals import DuplicateWinBooksId, HeldBack, Taken
from winbooks_identity.winbooks_id import WinBooksId


COUNTESS = WinBooksId("countess@example.org")
NINETY_DAYS = timedelta(days=90)
INSTANT = timedelta(microseconds=1)
NEW = Password("Another-Horse-22")


@pytest.fixture
def office() -> Office:
    """
    Return an office with an Administrator and two others.
    """
    found = Office()
    found.add(ADA, GRACE, JOAN)
    return found


def newcomer(office: Office, address: str) -> PortalUser:
    """
    Return a new employee with that address.
    """
    form = {
        "winbooks_id": address,
        "password": "Correct-Horse-1",
        "level": "Power User",
        "first_name": "Eve",
        "last_name": "Newcomer",
    }
    new = NewEmployee.parse(form, licence=LICENCE)
    return office.portal.provisioning.create(new, by=ADA).user


def moved(office: Office) -> PortalUser:
    """
    Return Joan, who left her address for another one.
    """
    office.portal.logins.change_id(JOAN, COUNTESS, by=ADA)
    return office.portal.own_login.confirm_id(office.token_to(str(COUNTESS)))


def refusal(office: Office, address: str = "joan@example.org") -> tuple[object, ...]:
    """
    Return why a new employee does not get *address*.
    """
    with pytest.raises(DuplicateWinBooksId) as caught:
        newcomer(office, address)
    return caught.value.problems


class TestHeldBack:
    """
    90 days, which can be set, and as long as a product link names it.  [S34]
    """

    def test_after_a_change(self, office: Office) -> None:
        """
        Mail that is still written to Joan must not reach another person.
        """
        moved(office)
        office.clock.advance(NINETY_DAYS - INSTANT)

        assert (HeldBack(),) == refusal(office)

    def test_after_an_erasure(self, office: Office) -> None:
        """
        Who was erased is gone; their ID is not free yet.
        """
        office.portal.administration.erase(JOAN, by=ADA)
        office.clock.advance(NINETY_DAYS - INSTANT)

        assert (HeldBack(),) == refusal(office)

    def test_after_90_days(self, office: Office) -> None:
        """
        Then another person gets it.
        """
        moved(office)
        office.clock.advance(NINETY_DAYS)

        assert "joan@example.org" == str(
            newcomer(office, "joan@example.org").winbooks_id
        )

    def test_a_time_of_ones_own(self, office: Office) -> None:
        """
        The portal says how long.
        """
        moved(office)
        office.clock.advance(timedelta(days=7))
        portal = attrs.evolve(office.portal, held_back=timedelta(days=7))

        changed = portal.logins.change_id(GRACE, JOAN.winbooks_id, by=ADA)

        assert changed.id_change is not None

    def test_no_change_of_id_takes_it(self, office: Office) -> None:
        """
        Nor reserves it.
        """
        moved(office)

        with pytest.raises(DuplicateWinBooksId) as caught:
            office.portal.logins.change_id(GRACE, JOAN.winbooks_id, by=ADA)

        assert (HeldBack(),) == caught.value.problems

    def test_its_user_may_go_back(self, office: Office) -> None:
        """
        It was theirs.
        """
        after = moved(office)

        office.portal.logins.change_id(after, JOAN.winbooks_id, by=ADA)
        back = office.portal.own_login.confirm_id(office.token_to("joan@example.org"))

        assert JOAN.winbooks_id == back.winbooks_id
        assert (Taken(),) == refusal(office)
        assert (HeldBack(),) == refusal(office, str(COUNTESS))

    def test_a_product_link_holds_it(self, office: Office) -> None:
        """
        A product would sign another person in as Joan.
        """
        office.portal.linking.link(LinkedProduct.VIEW, JOAN.winbooks_id, by=ADA)
        joan = office.stored(JOAN)
        assert joan is not None
        office.portal.logins.change_id(joan, COUNTESS, by=ADA)
        office.portal.own_login.confirm_id(office.token_to(str(COUNTESS)))
        office.clock.advance(timedelta(days=999))

        stale = refusal(office)
        office.portal.linking.link(LinkedProduct.VIEW, COUNTESS, by=ADA)

        assert (HeldBack(),) == stale
        assert newcomer(office, "joan@example.org") is not None

    def test_a_later_erasure_forgets_it(self, office: Office) -> None:
        """
        The address of an erased person is not kept for ever.
        """
        office.portal.administration.erase(JOAN, by=ADA)
        office.clock.advance(NINETY_DAYS)
        office.portal.administration.erase(GRACE, by=ADA)

        asked = {JOAN.winbooks_id, GRACE.winbooks_id}
        held = office.run(
            lambda unit: unit.left_ids.held(
                asked, left_before=office.clock.now - timedelta(days=9999)
            )
        )
        assert {GRACE.winbooks_id: GRACE.id} == held


class TestReservation:
    """
    A change that waits reserves its ID until its link ends.  [S34]
    """

    def squat(self, office: Office) -> None:
        """
        Let an Administrator reserve an address that they do not have.
        """
        office.portal.logins.change_id(JOAN, WinBooksId("ceo@example.com"), by=ADA)

    def test_until_then(self, office: Office) -> None:
        """
        It is taken.
        """
        self.squat(office)
        office.clock.advance(timedelta(days=1) - INSTANT)

        assert (Taken(),) == refusal(office, "ceo@example.com")

    def test_then_its_owner_gets_it(self, office: Office) -> None:
        """
        No one can keep an address from its owner for ever.
        """
        self.squat(office)
        office.clock.advance(timedelta(days=1))

        owner = newcomer(office, "ceo@example.com")

        assert owner == office.run(
            lambda unit: unit.users.find_by_winbooks_id(owner.winbooks_id)
        )

    def test_by_a_change_of_id_too(self, office: Office) -> None:
        """
        Whichever way it is asked for.
        """
        self.squat(office)
        office.clock.advance(timedelta(days=1))

        changed = office.portal.logins.change_id(
            GRACE, WinBooksId("ceo@example.com"), by=Distributor("WB-1")
        )

        assert changed.id_change is not None


class TestProven:
    """
    Whether an address was ever proven is stored.  [S35]
    """

    def test_not_by_a_creation(self, office: Office) -> None:
        """
        An Administrator typed it.
        """
        created = newcomer(office, "eve@example.org")

        assert not created.address_proven

    def test_by_a_confirmation(self, office: Office) -> None:
        """
        Only that mailbox has the link, and the export says so.
        """
        after = moved(office)

        export = office.portal.administration.export(after, by=ADA)
        assert (True, True) == (after.address_proven, export["address_proven"])

    def test_by_a_link_to_set_a_password(self, office: Office) -> None:
        """
        It was mailed to the address, too.
        """
        office.forget_password(JOAN.winbooks_id)

        after = office.portal.own_login.set_password(
            office.token_to("joan@example.org"), NEW
        )

        assert after.address_proven
        last = office.history(JOAN)[-1]
        assert [("address_proven", "no", "yes")] == [
            (each.field, each.before, each.after) for each in last.changes
        ]

    def test_not_by_a_password(self, office: Office) -> None:
        """
        A person who knows it need not read the mailbox.
        """
        after = office.portal.own_login.change_password(JOAN.winbooks_id, PASSWORD, NEW)

        assert not after.address_proven
