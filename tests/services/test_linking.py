"""
Products are linked to WinBooks IDs.
"""

import attrs
import pytest

from office import Office
from people import ADA, GRACE, JOAN, NOW
from winbooks_identity.authorization import (
    Actor,
    Distributor,
    EndCustomersOnly,
    ManagesNobody,
)
from winbooks_identity.errors import Invalid
from winbooks_identity.events import Change
from winbooks_identity.life_cycle import Step
from winbooks_identity.portal_user import PortalUser
from winbooks_identity.product_links import (
    LinkedProduct,
    NotLinked,
    ProductLink,
    StaleLink,
    WindowsUserNotUsed,
    WindowsUserRequired,
)
from winbooks_identity.refusals import NotAuthorised, UnknownLicence, UnknownUser
from winbooks_identity.services.linking import KnownLink
from winbooks_identity.winbooks_id import WinBooksId


@pytest.fixture
def office() -> Office:
    """
    Return an office of three.
    """
    found = Office()
    found.add(ADA, GRACE, JOAN)
    return found


def classic(user: PortalUser) -> ProductLink:
    """
    Return the link of *user* as the Windows user of the counter.
    """
    return ProductLink(
        product=LinkedProduct.CLASSIC,
        licence="WB-1",
        windows_user="OFFICE\\Counter",
        user_id=user.id,
        winbooks_id=user.winbooks_id,
        linked_at=NOW,
    )


def link_counter(office: Office, user: PortalUser) -> ProductLink:
    """
    Let *user* enter their own ID in Classic at the counter.
    """
    return office.portal.linking.link(
        LinkedProduct.CLASSIC,
        user.winbooks_id,
        by=user,
        windows_user="OFFICE\\Counter",
    )


class TestLink:
    """
    A product is linked to an existing WinBooks ID.  [R7, R8]
    """

    def test_classic(self, office: Office) -> None:
        """
        The link says whose ID a Windows user has.
        """
        assert classic(GRACE) == link_counter(office, GRACE)

    def test_several_products(self, office: Office) -> None:
        """
        One ID serves in all of them.  [R7]
        """
        for product in (LinkedProduct.VIEW, LinkedProduct.CONNECT):
            office.portal.linking.link(product, JOAN.winbooks_id, by=JOAN)

        found = office.portal.linking.links(JOAN, by=JOAN)

        assert [LinkedProduct.CONNECT, LinkedProduct.VIEW] == [
            known.link.product for known in found
        ]

    def test_unknown(self, office: Office) -> None:
        """
        An ID that is not there is refused.  [R8]
        """
        with pytest.raises(UnknownUser):
            office.portal.linking.link(
                LinkedProduct.VIEW, WinBooksId("nobody@example.org"), by=ADA
            )

    def test_hidden(self, office: Office) -> None:
        """
        So is one that the actor may not see.
        """
        with pytest.raises(UnknownUser):
            office.portal.linking.link(LinkedProduct.VIEW, GRACE.winbooks_id, by=JOAN)

    @pytest.mark.parametrize("by", [ADA, Distributor("WB-1")])
    def test_by_a_manager(self, office: Office, by: Actor) -> None:
        """
        Who manages the user may link for them.
        """
        link = office.portal.linking.link(LinkedProduct.VIEW, GRACE.winbooks_id, by=by)

        assert GRACE.id == link.user_id

    def test_by_a_colleague(self, office: Office) -> None:
        """
        No one else may.  [R29]
        """
        with pytest.raises(NotAuthorised) as caught:
            office.portal.linking.link(LinkedProduct.VIEW, ADA.winbooks_id, by=GRACE)

        assert EndCustomersOnly() in caught.value.problems

    @pytest.mark.parametrize(
        "product,windows_user,problem",
        [
            (LinkedProduct.CLASSIC, None, WindowsUserRequired()),
            (LinkedProduct.VIEW, "Ada", WindowsUserNotUsed()),
        ],
    )
    def test_where(
        self,
        office: Office,
        product: LinkedProduct,
        windows_user: str | None,
        problem: object,
    ) -> None:
        """
        Classic has Windows users, the others have not.  [R9]
        """
        with pytest.raises(Invalid) as caught:
            office.portal.linking.link(
                product, ADA.winbooks_id, by=ADA, windows_user=windows_user
            )

        assert (problem,) == caught.value.problems

    def test_the_history(self, office: Office) -> None:
        """
        It says what was entered where.
        """
        link_counter(office, GRACE)

        last = office.history(GRACE)[-1]
        told = "WinBooks Classic (OFFICE\\Counter): grace@example.org"
        assert (Step.LINK_PRODUCT, GRACE.id, (Change("product_link", None, told),)) == (
            last.step,
            last.by,
            last.changes,
        )


class TestLinkAgain:
    """
    Linking again replaces the link.  [R9]
    """

    def test_by_another_user(self, office: Office) -> None:
        """
        The place holds the ID that was entered last.
        """
        link_counter(office, GRACE)

        link_counter(office, ADA)

        assert [classic(ADA)] == [
            known.link for known in office.portal.linking.links(ADA, by=ADA)
        ]
        assert [] == office.portal.linking.links(GRACE, by=ADA)

    def test_the_history_of_the_other(self, office: Office) -> None:
        """
        It says that their place was taken, and by whom.
        """
        link_counter(office, GRACE)
        link_counter(office, ADA)

        last = office.history(GRACE)[-1]
        assert (Step.UNLINK_PRODUCT, ADA.id) == (last.step, last.by)

    def test_after_a_change_of_id(self, office: Office) -> None:
        """
        The link is fresh again.  [Q14]
        """
        before = office.portal.linking.link(
            LinkedProduct.VIEW, JOAN.winbooks_id, by=JOAN
        )
        stored = office.stored(JOAN)
        assert stored is not None
        new_id = WinBooksId("countess@example.org")
        renamed = office.run(
            lambda unit: unit.users.save(attrs.evolve(stored, winbooks_id=new_id))
        )

        link = office.portal.linking.link(LinkedProduct.VIEW, new_id, by=renamed)

        assert [KnownLink(link=link, notices=())] == office.portal.linking.links(
            renamed, by=renamed
        )
        told = office.history(JOAN)[-1].changes
        assert (
            Change(
                "product_link", "View: joan@example.org", "View: countess@example.org"
            ),
        ) == told
        assert before.place == link.place

    def test_an_end_customer_at_the_office(self, office: Office) -> None:
        """
        They do not take a place that the staff use.
        """
        link_counter(office, GRACE)

        with pytest.raises(NotAuthorised) as caught:
            link_counter(office, JOAN)

        assert ((ManagesNobody(),), [classic(GRACE)]) == (
            caught.value.problems,
            [known.link for known in office.portal.linking.links(GRACE, by=GRACE)],
        )


class TestUnlink:
    """
    A place can be emptied.
    """

    def test_unlinked(self, office: Office) -> None:
        """
        Nothing is left, and the history says so.
        """
        link = link_counter(office, GRACE)

        office.portal.linking.unlink(link, by=GRACE)

        assert [] == office.portal.linking.links(GRACE, by=GRACE)
        assert Step.UNLINK_PRODUCT is office.history(GRACE)[-1].step

    def test_twice(self, office: Office) -> None:
        """
        The second time nothing happens.  [R53]
        """
        link = link_counter(office, GRACE)
        office.portal.linking.unlink(link, by=GRACE)

        office.portal.linking.unlink(link, by=GRACE)

        assert 3 == len(office.history(GRACE))

    def test_what_was_replaced(self, office: Office) -> None:
        """
        The link that took its place stays.
        """
        link = link_counter(office, GRACE)
        link_counter(office, ADA)

        office.portal.linking.unlink(link, by=GRACE)

        assert [classic(ADA)] == [
            known.link for known in office.portal.linking.links(ADA, by=ADA)
        ]

    def test_not_authorised(self, office: Office) -> None:
        """
        No one unlinks a colleague whom they do not manage.
        """
        link = link_counter(office, ADA)

        with pytest.raises(NotAuthorised):
            office.portal.linking.unlink(link, by=GRACE)

    def test_of_somebody_gone(self, office: Office) -> None:
        """
        Their links went with them.
        """
        link = link_counter(office, GRACE)
        stored = office.stored(GRACE)
        assert stored is not None
        office.portal.administration.erase(stored, by=ADA)

        with pytest.raises(UnknownUser):
            office.portal.linking.unlink(link, by=ADA)


class TestStale:
    """
    A link that holds an earlier ID is seen.  [R10, Q14]
    """

    def test_links(self, office: Office) -> None:
        """
        The list says which.
        """
        link = link_counter(office, GRACE)
        stored = office.stored(GRACE)
        assert stored is not None
        office.portal.logins.change_id(stored, WinBooksId("hopper@example.org"), by=ADA)
        office.portal.own_login.confirm_id(office.token_to("hopper@example.org"))

        found = office.portal.linking.links(GRACE, by=ADA)

        assert [KnownLink(link=link, notices=(StaleLink("WinBooks Classic"),))] == found

    def test_links_of_somebody_hidden(self, office: Office) -> None:
        """
        They are no one else's business.
        """
        with pytest.raises(UnknownUser):
            office.portal.linking.links(GRACE, by=JOAN)


class TestWindowsUser:
    """
    A Windows user without a WinBooks ID is a warning, not an error.  [R10]
    """

    def test_linked(self, office: Office) -> None:
        """
        Nothing is worth a warning, in whatever case their name is written.
        """
        link_counter(office, GRACE)

        assert () == office.portal.linking.windows_user("office\\COUNTER", by=GRACE)

    def test_not_linked(self, office: Office) -> None:
        """
        That is worth one.
        """
        assert (NotLinked(),) == office.portal.linking.windows_user(
            "OFFICE\\Ada", by=GRACE
        )

    def test_elsewhere(self, office: Office) -> None:
        """
        Another licence has Windows users of its own.
        """
        link_counter(office, GRACE)

        with pytest.raises(UnknownLicence):
            office.portal.linking.windows_user(
                "OFFICE\\Counter", by=Distributor("WB-2")
            )
