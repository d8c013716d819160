"""
A mail that a later step made void never reaches its reader.
"""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import attrs
import pytest

from office import Office
from people import ADA, JOAN, PASSWORD
from winbooks_identity.adapters.memory import (
    InMemoryMailer,
    InMemoryOutboxQueue,
    InMemoryStorage,
)
from winbooks_identity.errors import TemporaryFailure
from winbooks_identity.forms.new_user import GeneratedPassword
from winbooks_identity.mail.outbox import OVERTAKEN, MailKind, MailState
from winbooks_identity.passwords import Password
from winbooks_identity.portal import Portal
from winbooks_identity.portal_user import PortalUser
from winbooks_identity.refusals import UnknownUser
from winbooks_identity.services.mails import DISCARDED, HELD
from winbooks_identity.winbooks_id import WinBooksId


NEW_ID = WinBooksId("joan.new@example.org")


def portal_of(office: Office) -> Portal:
    """
    Return the portal of *office* with a queue for its mails.
    """
    assert isinstance(office.storage, InMemoryStorage)
    queue = InMemoryOutboxQueue(office.storage, clock=office.clock)
    return attrs.evolve(office.portal, queue=queue)


@pytest.fixture
def office() -> Office:
    """
    Return an office with Ada, who manages Joan.
    """
    found = Office()
    found.add(ADA, JOAN)
    return found


def present(office: Office) -> PortalUser:
    """
    Return Joan as she is stored.
    """
    found = office.stored(JOAN)
    assert found is not None
    return found


def reset(office: Office) -> None:
    """
    Give Joan a mailed password.
    """
    office.portal.logins.reset_password(
        present(office), GeneratedPassword(), by=ADA, mailed=True
    )


def send_link(office: Office) -> None:
    """
    Mail Joan a link to choose a password.
    """
    office.portal.logins.send_password_link(present(office), by=ADA)


def ask_for_link(office: Office) -> None:
    """
    Let Joan say that she forgot her password.
    """
    office.forget_password(JOAN.winbooks_id)


def change_id(office: Office) -> None:
    """
    Let another address wait for Joan.
    """
    office.portal.logins.change_id(present(office), NEW_ID, by=ADA)


def change_back(office: Office) -> None:
    """
    Let the address that Joan had wait for her again.
    """
    office.portal.logins.change_id(present(office), JOAN.winbooks_id, by=ADA)


def withdraw_id(office: Office) -> None:
    """
    Let go of the address that waits.
    """
    office.portal.logins.withdraw_id(present(office), by=ADA)


def confirm_id(office: Office) -> None:
    """
    Confirm the address that waits.
    """
    office.portal.own_login.confirm_id(office.token_to(NEW_ID.address))


def change_password(office: Office) -> None:
    """
    Let Joan choose another password by herself.
    """
    office.portal.own_login.change_password(
        JOAN.winbooks_id, PASSWORD, Password("Battery-Staple-2")
    )


def set_password(office: Office) -> None:
    """
    Let Joan use the link in her mail.
    """
    token = office.token_to(JOAN.winbooks_id.address)
    office.portal.own_login.set_password(token, Password("Battery-Staple-2"))


def deactivate(office: Office) -> None:
    """
    Keep Joan out.
    """
    office.portal.administration.deactivate(present(office), by=ADA)


Steps = tuple[Callable[[Office], None], ...]

CREDENTIALS, SET_PASSWORD = MailKind.CREDENTIALS, MailKind.SET_PASSWORD
CONFIRM_ID, ID_CHANGE = MailKind.CONFIRM_ID, MailKind.ID_CHANGE


class TestOvertaken:
    """
    What a step makes void is withdrawn with it.  [R71]
    """

    @pytest.mark.parametrize(
        "steps,waiting,withdrawn",
        [
            ((reset, reset), [CREDENTIALS], [CREDENTIALS]),
            ((send_link, reset), [CREDENTIALS], [SET_PASSWORD]),
            ((send_link, send_link), [SET_PASSWORD], [SET_PASSWORD]),
            ((send_link, ask_for_link), [SET_PASSWORD], [SET_PASSWORD]),
            ((reset, send_link), [SET_PASSWORD, CREDENTIALS], []),
            ((send_link, change_password), [MailKind.CHANGED], [SET_PASSWORD]),
            ((send_link, set_password), [MailKind.CHANGED], [SET_PASSWORD]),
            ((reset, deactivate), [], [CREDENTIALS]),
            ((send_link, deactivate), [], [SET_PASSWORD]),
            (
                (change_id, change_id),
                [ID_CHANGE, CONFIRM_ID],
                [ID_CHANGE, CONFIRM_ID],
            ),
            ((change_id, withdraw_id), [], [ID_CHANGE, CONFIRM_ID]),
            ((change_id, confirm_id), [MailKind.CHANGED, ID_CHANGE], [CONFIRM_ID]),
            (
                (reset, change_id, confirm_id),
                [MailKind.CHANGED, ID_CHANGE],
                [CONFIRM_ID, CREDENTIALS],
            ),
            (
                (change_id, confirm_id, change_back),
                [MailKind.CHANGED, ID_CHANGE, CONFIRM_ID],
                [ID_CHANGE, CONFIRM_ID],
            ),
            ((change_id, reset), [CREDENTIALS, ID_CHANGE, CONFIRM_ID], []),
        ],
    )
    def test_by_each_step(
        self,
        office: Office,
        steps: Steps,
        waiting: list[MailKind],
        withdrawn: list[MailKind],
    ) -> None:
        """
        What is still true goes out, what is void does not.
        """
        for step in steps:
            step(office)
            office.clock.now += timedelta(minutes=1)

        entries = office.portal.administration.mails(JOAN, by=ADA)

        kinds = {
            state: Counter(each.kind for each in entries if each.state is state)
            for state in MailState
        }
        assert Counter(waiting) == kinds[MailState.WAITING]
        assert Counter(withdrawn) == kinds[MailState.WITHDRAWN]
        assert {OVERTAKEN} >= {
            each.reason for each in entries if each.state is MailState.WITHDRAWN
        }

    def test_the_password_that_is_read_last_works(self, office: Office) -> None:
        """
        A greylisted mail does not come after the one that replaced it.
        """
        portal, mailer = portal_of(office), InMemoryMailer()
        reset(office)
        mailer.failure = TemporaryFailure()
        portal.relay(mailer).deliver()
        reset(office)
        mailer.failure = None

        office.clock.now += timedelta(hours=1)
        portal.relay(mailer).deliver()
        office.clock.now += timedelta(hours=9)
        portal.relay(mailer).deliver()

        assert 1 == len(mailer.sent)

    def test_a_dead_one_does_not_come_back(self, office: Office) -> None:
        """
        A password that no longer works is not sent by an operator either.
        """
        portal = portal_of(office)
        reset(office)
        portal.mails.hold()
        (dead,) = portal.mails.entries({MailState.DEAD})
        reset(office)

        assert [] == portal.mails.put_back([dead])

    def test_the_mails_of_an_erased_user_are_gone(self, office: Office) -> None:
        """
        Nothing speaks of them any more.
        """
        portal = portal_of(office)
        reset(office)
        office.portal.administration.erase(present(office), by=ADA)

        assert [] == [*portal.mails.entries(frozenset(MailState))]


class TestMailsOfAUser:
    """
    Managers see what became of the mails to the people they manage.  [S2]
    """

    def test_by_the_person(self, office: Office) -> None:
        """
        People see what was mailed to them.
        """
        reset(office)

        assert [CREDENTIALS] == [
            each.kind
            for each in office.portal.administration.mails(JOAN, by=present(office))
        ]

    def test_not_by_others(self, office: Office) -> None:
        """
        A user who manages no one sees no one's mails.
        """
        with pytest.raises(UnknownUser):
            office.portal.administration.mails(ADA, by=JOAN)


class TestMailService:
    """
    Operators decide about the mails that did not go out.
    """

    def test_held_and_put_back(self, office: Office) -> None:
        """
        What is held does not go out until it is let go.
        """
        portal, mailer = portal_of(office), InMemoryMailer()
        reset(office)

        assert 1 == portal.mails.hold()
        portal.relay(mailer).deliver()
        held = [*portal.mails.entries({MailState.DEAD})]
        assert ([], [HELD]) == (mailer.sent, [each.reason for each in held])

        assert held == portal.mails.put_back(held)
        portal.relay(mailer).deliver()
        assert 1 == len(mailer.sent)

    def test_held_since_it_was_listed(self, office: Office) -> None:
        """
        Managers with an older list neither send nor withdraw what is held.  [S55]
        """
        portal = portal_of(office)
        reset(office)
        listed = [*portal.managed_mails.entries({MailState.WAITING}, by=ADA)]
        assert 1 == portal.mails.hold() == len(listed)

        assert [] == portal.managed_mails.put_back(listed, by=ADA)
        assert [] == portal.managed_mails.discard(listed, by=ADA)
        assert 1 == portal.mails.held()

    def test_discarded(self, office: Office) -> None:
        """
        It never goes out, and cannot be put back.
        """
        portal, mailer = portal_of(office), InMemoryMailer()
        reset(office)
        waiting = [*portal.mails.entries({MailState.WAITING})]

        assert waiting == portal.mails.discard(waiting)
        assert [] == portal.mails.discard(waiting)
        assert [] == portal.mails.put_back(waiting)
        portal.relay(mailer).deliver()

        assert [] == mailer.sent
        assert [DISCARDED] == [
            each.reason for each in portal.mails.entries({MailState.WITHDRAWN})
        ]

    def test_a_portal_without_a_queue(self, office: Office) -> None:
        """
        Says what it needs.
        """
        with pytest.raises(TypeError, match="queue="):
            _ = office.portal.mails
