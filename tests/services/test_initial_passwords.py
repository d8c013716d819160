"""
A password that another person has seen opens nothing for long.
"""

from datetime import timedelta
from uuid import UUID

import attrs
import pytest

from office import Office
from people import ADA, GRACE, JOAN, NOW, PASSWORD, person
from winbooks_identity.level import Level
from winbooks_identity.passwords import Password
from winbooks_identity.portal_user import PortalUser
from winbooks_identity.refusals import (
    LinkRefused,
    OutOfDate,
    PasswordChangeRequired,
    SignInRefused,
)
from winbooks_identity.winbooks_id import WinBooksId


SEEN = Password("Seen-By-The-Office-1")
OWN = Password("Nobody-Elses-Word-2")
DAY = timedelta(days=1)


@pytest.fixture
def office() -> Office:
    """
    Return an office of three.
    """
    found = Office()
    found.add(ADA, GRACE, JOAN)
    return found


def reset_while_inactive(office: Office) -> PortalUser:
    """
    Return Joan, inactive, whose new password the office has.
    """
    inactive = office.portal.administration.deactivate(JOAN, by=ADA)
    return office.portal.logins.reset_password(inactive, SEEN, by=ADA).user


class TestWhoMustChange:
    """
    Those who manage people see who has not begun yet.
    """

    def test_until_they_chose_their_own(self, office: Office) -> None:
        """
        A user with a password of their own is not among them.
        """
        office.add(person("alan", Level.USER), password=None)
        everyone = [*office.portal.provisioning.users(by=ADA)]
        office.portal.logins.reset_password(JOAN, SEEN, by=ADA)
        office.portal.logins.reset_password(GRACE, SEEN, by=ADA)

        both = office.portal.administration.must_change(everyone, by=ADA)
        office.portal.own_login.change_password(JOAN.winbooks_id, SEEN, OWN)
        one = office.portal.administration.must_change(everyone, by=ADA)

        assert [{JOAN.id, GRACE.id}, {GRACE.id}] == [both, one]

    def test_who_never_began(self, office: Office) -> None:
        """
        A password that is reset later makes no one new again.  [S5]
        """
        for user in (JOAN, GRACE):
            office.portal.logins.reset_password(user, SEEN, by=ADA)
        office.portal.own_login.change_password(GRACE.winbooks_id, SEEN, OWN)
        again = office.portal.provisioning.find(GRACE.winbooks_id, by=ADA)
        office.portal.logins.reset_password(again, SEEN, by=ADA)
        everyone = [*office.portal.provisioning.users(by=ADA)]

        assert {JOAN.id, GRACE.id} == office.portal.administration.must_change(
            everyone, by=ADA
        )
        assert {JOAN.id} == office.portal.administration.never_signed_in(
            everyone, by=ADA
        )

    def test_for_those_who_manage_them(self, office: Office) -> None:
        """
        A Power User does not learn it of colleagues, and only of whom is asked.  [S2]
        """
        office.portal.logins.reset_password(JOAN, SEEN, by=ADA)
        office.portal.logins.reset_password(GRACE, SEEN, by=ADA)
        linus = person("linus", Level.POWER_USER)
        office.add(linus)

        assert {JOAN.id} == office.portal.administration.must_change(
            [JOAN, GRACE], by=linus
        )
        assert not office.portal.administration.must_change([ADA], by=ADA)

    def test_of_a_large_licence(self, office: Office) -> None:
        """
        They are read in pages.
        """
        office.portal.logins.reset_password(JOAN, SEEN, by=ADA)

        found = office.portal.administration.must_change([*[ADA] * 1000, JOAN], by=ADA)

        assert {JOAN.id} == found


class TestInitialPassword:
    """
    It leads to the change and nowhere else.
    """

    @pytest.mark.parametrize("mailed", [True, False])
    def test_it_signs_nobody_in(self, office: Office, mailed: bool) -> None:
        """
        A product that forgets a flag lets no one in.  [S5]
        """
        office.portal.logins.reset_password(JOAN, SEEN, by=ADA, mailed=mailed)

        with pytest.raises(PasswordChangeRequired):
            office.portal.sign_in.verify(JOAN.winbooks_id, SEEN)

    @pytest.mark.parametrize("mailed,days", [(True, 3), (False, 14)])
    def test_it_is_changed_before_its_end(
        self, office: Office, mailed: bool, days: int
    ) -> None:
        """
        Until the last moment its user chooses one of their own.  [S5]
        """
        office.portal.logins.reset_password(JOAN, SEEN, by=ADA, mailed=mailed)
        office.clock.advance(days * DAY - timedelta(microseconds=1))

        office.portal.own_login.change_password(JOAN.winbooks_id, SEEN, OWN)

        office.clock.advance(1000 * DAY)
        assert JOAN.id == office.portal.sign_in.verify(JOAN.winbooks_id, OWN).user.id

    @pytest.mark.parametrize("mailed,days", [(True, 3), (False, 14)])
    def test_it_ends(self, office: Office, mailed: bool, days: int) -> None:
        """
        After that it is no password at all.  [S5]
        """
        office.portal.logins.reset_password(JOAN, SEEN, by=ADA, mailed=mailed)
        office.clock.advance(days * DAY)

        with pytest.raises(SignInRefused):
            office.portal.own_login.change_password(JOAN.winbooks_id, SEEN, OWN)

    def test_its_time_begins_with_the_activation(self, office: Office) -> None:
        """
        Who cannot sign in yet loses no time.  [S5]
        """
        waiting = reset_while_inactive(office)
        office.clock.advance(100 * DAY)

        office.portal.administration.activate(waiting, by=ADA)

        assert NOW + 114 * DAY == office.credential(JOAN).expires_at

    def test_another_activation_gives_no_more_time(self, office: Office) -> None:
        """
        It counts from when its user could first use it.  [S5]
        """
        active = office.portal.administration.activate(
            reset_while_inactive(office), by=ADA
        )
        office.clock.advance(DAY)

        again = office.portal.administration.deactivate(active, by=ADA)
        office.portal.administration.activate(again, by=ADA)

        assert NOW + 14 * DAY == office.credential(JOAN).expires_at

    def test_an_own_password_gets_no_end(self, office: Office) -> None:
        """
        To be activated again changes nothing about it.  [S5]
        """
        inactive = office.portal.administration.deactivate(JOAN, by=ADA)

        office.portal.administration.activate(inactive, by=ADA)

        assert (
            JOAN.id == office.portal.sign_in.verify(JOAN.winbooks_id, PASSWORD).user.id
        )
        assert None is office.credential(JOAN).expires_at

    def test_without_a_password(self, office: Office) -> None:
        """
        Who has none is activated too.
        """
        hedy = attrs.evolve(
            JOAN, id=UUID(int=9), winbooks_id=WinBooksId("hedy@example.org")
        )
        office.add(hedy, password=None)

        inactive = office.portal.administration.deactivate(hedy, by=ADA)

        assert office.portal.administration.activate(inactive, by=ADA).is_active


class TestLinksOfThePast:
    """
    A link to set a password ends when its user is deactivated.
    """

    @pytest.mark.parametrize("by_themselves", [True, False])
    def test_deactivated(self, office: Office, by_themselves: bool) -> None:
        """
        To be activated again does not bring it back.  [S6]
        """
        if by_themselves:
            office.forget_password(JOAN.winbooks_id)
        else:
            office.portal.logins.send_password_link(JOAN, by=ADA)
        token = office.token_to("joan@example.org")
        inactive = office.portal.administration.deactivate(JOAN, by=ADA)

        with pytest.raises(LinkRefused):
            office.portal.own_login.set_password(token, OWN)
        office.portal.administration.activate(inactive, by=ADA)
        with pytest.raises(LinkRefused):
            office.portal.own_login.set_password(token, OWN)

    def test_sent_to_somebody_inactive(self, office: Office) -> None:
        """
        A link that was sent after that is good, before the activation and after.
        """
        inactive = office.portal.administration.deactivate(JOAN, by=ADA)
        office.portal.logins.send_password_link(inactive, by=ADA)
        token = office.token_to("joan@example.org")

        office.portal.administration.activate(inactive, by=ADA)

        assert JOAN.id == office.portal.own_login.set_password(token, OWN).id

    def test_somebody_saved_meanwhile(self, office: Office) -> None:
        """
        A link is not sent for a user who was changed since they were read.
        """
        office.portal.administration.notify(JOAN, all_dossiers=False, by=ADA)

        with pytest.raises(OutOfDate):
            office.portal.logins.send_password_link(JOAN, by=ADA)

        assert [] == office.mails()
