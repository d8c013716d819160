"""
On the distributor's word a WinBooks ID changes at once.  [S40, S53]
"""

import attrs
import pytest

from office import Office
from people import ADA, GRACE, JOAN, PASSWORD, person
from winbooks_identity.authorization import Distributor, WinBooksAdministration
from winbooks_identity.level import Level
from winbooks_identity.life_cycle import Step
from winbooks_identity.mail.outbox import MailKind, MailState
from winbooks_identity.portal_user import CredentialSource, PortalUser
from winbooks_identity.refusals import (
    DuplicateWinBooksId,
    LinkRefused,
    NotAllowed,
    NotAuthorised,
)
from winbooks_identity.winbooks_id import WinBooksId


BY = Distributor("WB-1", operator="An Peeters")
NEW = WinBooksId("joan.clarke@example.net")


@pytest.fixture
def office() -> Office:
    """
    Return an office with an end customer whose address changes.
    """
    made = Office()
    made.add(ADA, GRACE, JOAN)
    return made


def kinds(office: Office, user: PortalUser) -> set[tuple[MailKind, MailState]]:
    """
    Return what became of the mails to a user.
    """
    mails = office.portal.administration.mails(user, by=BY)
    return {(mail.kind, mail.state) for mail in mails}


class TestReplace:
    """
    Password and rights stay; the earlier address is told.
    """

    def test_it_counts_at_once(self, office: Office) -> None:
        """
        The old one signs no one in any more.
        """
        changed = office.portal.logins.replace_id(JOAN, NEW, by=BY)

        assert JOAN == attrs.evolve(
            changed, winbooks_id=JOAN.winbooks_id, version=JOAN.version
        )
        assert changed.id == office.portal.sign_in.verify(NEW, PASSWORD).user.id
        assert not changed.address_proven
        *_, event = office.history(JOAN)
        assert (Step.CHANGE_ID, "An Peeters") == (event.step, event.operator)

    def test_the_earlier_address_is_told(self, office: Office) -> None:
        """
        And gets no password any more that waited for it.
        """
        office.portal.logins.send_password_link(JOAN, by=BY)

        changed = office.portal.logins.replace_id(JOAN, NEW, by=BY)

        assert {
            (MailKind.SET_PASSWORD, MailState.WITHDRAWN),
            (MailKind.CHANGED, MailState.WAITING),
        } == kinds(office, changed)
        assert JOAN.winbooks_id.address == office.mails()[-1].recipient

    def test_a_change_that_waits_ends(self, office: Office) -> None:
        """
        Its link no longer works.
        """
        waiting = office.portal.logins.change_id(
            JOAN, WinBooksId("j@example.net"), by=BY
        )
        token = office.token_to("j@example.net")

        changed = office.portal.logins.replace_id(waiting, NEW, by=BY)

        assert changed.id_change is None
        with pytest.raises(LinkRefused):
            office.portal.own_login.confirm_id(token)

    def test_the_same_id(self, office: Office) -> None:
        """
        Nothing happens, and no one is told.
        """
        assert JOAN == office.portal.logins.replace_id(JOAN, JOAN.winbooks_id, by=BY)
        assert set() == kinds(office, JOAN)


class TestRefusals:
    """
    Whose word does not count, and which IDs are not free.
    """

    def test_only_the_distributors_word(self, office: Office) -> None:
        """
        An Administrator has the new address proven, as ever.
        """
        for by in (ADA, WinBooksAdministration()):
            with pytest.raises(NotAuthorised):
                office.portal.logins.replace_id(JOAN, NEW, by=by)

    def test_an_id_that_is_not_free(self, office: Office) -> None:
        """
        It has an owner, or another user left it.  [R2, S34]
        """
        office.portal.administration.erase(GRACE, by=BY)

        for taken in (ADA.winbooks_id, GRACE.winbooks_id):
            with pytest.raises(DuplicateWinBooksId):
                office.portal.logins.replace_id(JOAN, taken, by=BY)
        assert set() == kinds(office, JOAN)

    def test_a_login_of_on_web(self, office: Office) -> None:
        """
        It changes there.  [Q14]
        """
        mary = person("mary", Level.USER, source=CredentialSource.ON_WEB)
        office.add(mary, password=None)

        with pytest.raises(NotAllowed):
            office.portal.logins.replace_id(mary, NEW, by=BY)
