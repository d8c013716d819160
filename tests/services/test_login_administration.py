"""
Those who manage users look after their logins.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar
from uuid import UUID

import attrs
import pytest

from office import Office
from people import ADA, GRACE, JOAN, NOW, PASSWORD, person
from winbooks_identity.authorization import OwnPassword
from winbooks_identity.errors import InvalidFields
from winbooks_identity.forms.new_user import GeneratedPassword
from winbooks_identity.level import Level
from winbooks_identity.life_cycle import CredentialsOnWeb, Step, StepNotAllowed
from winbooks_identity.mail.outbox import MailKind
from winbooks_identity.passwords import Password
from winbooks_identity.passwords.problems import TooShort
from winbooks_identity.passwords.sampling import LengthNotAccepted
from winbooks_identity.portal_user import CredentialSource, IdChange
from winbooks_identity.ports import UnitOfWork
from winbooks_identity.refusals import (
    DuplicateWinBooksId,
    NotAllowed,
    NotAuthorised,
    OutOfDate,
    RequestMismatch,
    SignInRefused,
    UnknownUser,
)
from winbooks_identity.services.creation import DoneBefore, MailedWhileInactive
from winbooks_identity.winbooks_id import WinBooksId


T = TypeVar("T")

NEW = Password("Battery-Staple-2")
NEW_ID = WinBooksId("Countess@example.org")
ON_WEB = person("mary", Level.POWER_USER, source=CredentialSource.ON_WEB)
REQUEST = UUID(int=77)


@pytest.fixture
def office() -> Office:
    """
    Return an office of four.
    """
    found = Office()
    found.add(ADA, GRACE, JOAN, ON_WEB)
    return found


class DeactivatingStorage:
    """
    A storage in which Joan is deactivated when someone has seen her.
    """

    def __init__(self, office: Office) -> None:
        self._office = office

    def run(self, work: Callable[[UnitOfWork], T]) -> T:
        """
        Call *work*, and deactivate her if it was the first to find her.
        """
        result = self._office.run(work)
        if isinstance(result, tuple):
            self._office.portal.administration.deactivate(JOAN, by=ADA)
        return result

    read = run


class TestResetPassword:
    """
    A password is reset as the first one was made.  [Q10, Q11]
    """

    def test_typed(self, office: Office) -> None:
        """
        The person who typed it hands it over; it ends, and has to be changed.  [S5]
        """
        done = office.portal.logins.reset_password(JOAN, NEW, by=ADA)

        assert (attrs.evolve(JOAN, version=2), NEW, False, ()) == (
            done.user,
            done.password,
            done.mailed,
            done.notices,
        )
        credential = office.credential(JOAN)
        assert (True, NOW + timedelta(days=14)) == (
            credential.must_change,
            credential.expires_at,
        )
        assert [MailKind.CHANGED] == [mail.kind for mail in office.mails()]

    def test_the_old_one(self, office: Office) -> None:
        """
        It opens nothing any more.
        """
        office.portal.logins.reset_password(JOAN, NEW, by=ADA)

        with pytest.raises(SignInRefused):
            office.portal.sign_in.verify(JOAN.winbooks_id, PASSWORD)

    def test_generated(self, office: Office) -> None:
        """
        It is shown once, and its user changes it.
        """
        done = office.portal.logins.reset_password(JOAN, GeneratedPassword(20), by=ADA)

        assert done.password is not None
        assert 20 == len(done.password.reveal())
        changed = office.portal.own_login.change_password(
            JOAN.winbooks_id, done.password, PASSWORD
        )
        assert changed == office.portal.sign_in.verify(JOAN.winbooks_id, PASSWORD).user

    @pytest.mark.parametrize("mailed", [True, False])
    def test_the_own_one(self, office: Office, mailed: bool) -> None:
        """
        An open session of an Administrator does not give their login away.  [S8]
        """
        with pytest.raises(NotAuthorised) as caught:
            office.portal.logins.reset_password(ADA, NEW, by=ADA, mailed=mailed)

        assert (OwnPassword(),) == caught.value.problems
        assert 1 == len(office.history(ADA))

    def test_mailed(self, office: Office) -> None:
        """
        It goes to the user alone, ends, and has to be changed.  [Q8]
        """
        done = office.portal.logins.reset_password(JOAN, NEW, by=ADA, mailed=True)

        (mail,) = office.mails()
        assert (None, True, "joan@example.org") == (
            done.password,
            done.mailed,
            mail.recipient,
        )
        assert NEW.reveal() in office.text_of(mail)
        assert "The earlier one no longer works." in office.text_of(mail)
        credential = office.credential(JOAN)
        assert (True, NOW + timedelta(days=3)) == (
            credential.must_change,
            credential.expires_at,
        )

    def test_mailed_to_somebody_inactive(self, office: Office) -> None:
        """
        That is told.  [Q6]
        """
        inactive = office.portal.administration.deactivate(JOAN, by=ADA)

        done = office.portal.logins.reset_password(inactive, NEW, by=ADA, mailed=True)

        assert (MailedWhileInactive(),) == done.notices

    def test_the_history(self, office: Office) -> None:
        """
        It says who did it, and holds no password.
        """
        office.portal.logins.reset_password(JOAN, NEW, by=ADA)

        last = office.history(JOAN)[-1]
        assert (Step.RESET_PASSWORD, ADA.id, ()) == (last.step, last.by, last.changes)
        assert office.clock.now == last.at

    def test_on_web(self, office: Office) -> None:
        """
        It is changed there, and the reason is told.  [Q10]
        """
        with pytest.raises(NotAllowed) as caught:
            office.portal.logins.reset_password(ON_WEB, NEW, by=ADA)

        assert (CredentialsOnWeb(),) == caught.value.problems

    @pytest.mark.parametrize(
        "password,problem",
        [
            (Password("Short-1"), TooShort(12, 5)),
            (GeneratedPassword(11), LengthNotAccepted(12, 128)),
        ],
    )
    def test_weak(
        self, office: Office, password: Password | GeneratedPassword, problem: object
    ) -> None:
        """
        The policy holds for a reset too.
        """
        with pytest.raises(InvalidFields) as caught:
            office.portal.logins.reset_password(JOAN, password, by=ADA)

        assert {"password": (problem,)} == caught.value.by_field

    def test_not_authorised(self, office: Office) -> None:
        """
        A Power User resets no colleague's password.  [R29]
        """
        with pytest.raises(NotAuthorised):
            office.portal.logins.reset_password(ADA, NEW, by=GRACE)

    def test_somebody_hidden(self, office: Office) -> None:
        """
        An end customer does not even see them.
        """
        with pytest.raises(UnknownUser):
            office.portal.logins.reset_password(ADA, NEW, by=JOAN)

    def test_an_old_version(self, office: Office) -> None:
        """
        Someone saved first.
        """
        office.portal.administration.notify(JOAN, all_dossiers=False, by=ADA)

        with pytest.raises(OutOfDate):
            office.portal.logins.reset_password(JOAN, NEW, by=ADA)

    def test_repeated(self, office: Office) -> None:
        """
        The first password stays, is not shown again, and is not mailed again.
        """
        first = office.portal.logins.reset_password(
            JOAN, NEW, by=ADA, mailed=True, request_id=REQUEST
        )

        again = office.portal.logins.reset_password(
            JOAN, GeneratedPassword(), by=ADA, mailed=True, request_id=REQUEST
        )

        assert (first.user, None, (DoneBefore(),)) == (
            again.user,
            again.password,
            again.notices,
        )
        assert (1, 2) == (len(office.mails()), len(office.history(JOAN)))

    @pytest.mark.parametrize(
        "user,mailed", [(GRACE, False), (JOAN, True)], ids=["user", "mail"]
    )
    def test_a_request_of_another_reset(
        self, office: Office, user: object, mailed: bool
    ) -> None:
        """
        An id stands for one reset.
        """
        office.portal.logins.reset_password(JOAN, NEW, by=ADA, request_id=REQUEST)

        with pytest.raises(RequestMismatch):
            office.portal.logins.reset_password(
                user,  # type: ignore[arg-type]  # A user of the office.
                NEW,
                by=ADA,
                mailed=mailed,
                request_id=REQUEST,
            )


class TestSendPasswordLink:
    """
    A link instead of a password, for those who would rather not know it.  [Q11]
    """

    def test_deactivated_meanwhile(self, office: Office) -> None:
        """
        Between the look and the mail, nothing changed; or there is no mail.
        """
        storage = DeactivatingStorage(office)
        logins = attrs.evolve(office.portal, storage=storage).logins

        with pytest.raises(OutOfDate):
            logins.send_password_link(JOAN, by=ADA)

        assert [] == office.mails()

    def test_mailed(self, office: Office) -> None:
        """
        To the user, and nothing else changes.
        """
        office.portal.logins.send_password_link(JOAN, by=ADA)

        assert ["joan@example.org"] == [mail.recipient for mail in office.mails()]
        assert JOAN == office.stored(JOAN)

    def test_to_the_stored_address(self, office: Office) -> None:
        """
        What a caller claims about the user sends no mail astray.
        """
        claimed = attrs.evolve(JOAN, winbooks_id=WinBooksId("eve@example.org"))

        office.portal.logins.send_password_link(claimed, by=ADA)

        assert ["joan@example.org"] == [mail.recipient for mail in office.mails()]

    @pytest.mark.parametrize(
        "send,refusal",
        [
            (lambda logins: logins.send_password_link(ON_WEB, by=ADA), NotAllowed),
            (lambda logins: logins.send_password_link(ADA, by=GRACE), NotAuthorised),
            (lambda logins: logins.send_password_link(ADA, by=JOAN), UnknownUser),
        ],
        ids=["on Web", "not authorised", "hidden"],
    )
    def test_refused(
        self,
        office: Office,
        send: Callable[[object], None],
        refusal: type[Exception],
    ) -> None:
        """
        The rules of a reset hold, and no mail leaves.
        """
        with pytest.raises(refusal):
            send(office.portal.logins)

        assert [] == office.mails()


class TestChangeId:
    """
    A new WinBooks ID waits until its address is confirmed.  [Q14]
    """

    def test_it_waits(self, office: Office) -> None:
        """
        The present one still opens.
        """
        after = office.portal.logins.change_id(JOAN, NEW_ID, by=ADA)

        change = IdChange(winbooks_id=NEW_ID, expires_at=NOW + timedelta(hours=24))
        assert attrs.evolve(JOAN, id_change=change, version=2) == after
        assert after == office.portal.sign_in.verify(JOAN.winbooks_id, PASSWORD).user

    def test_both_addresses_are_told(self, office: Office) -> None:
        """
        The new one gets the link; the old one hears of it, and gets none.
        """
        office.portal.logins.change_id(JOAN, NEW_ID, by=ADA)

        told = {mail.recipient: office.text_of(mail) for mail in office.mails()}
        assert {"joan@example.org", "Countess@example.org"} == set(told)
        assert "/confirm?token=" in told["Countess@example.org"]
        assert "token" not in told["joan@example.org"]
        assert "Countess" not in told["joan@example.org"]

    def test_the_key_is_reserved(self, office: Office) -> None:
        """
        No one else gets it meanwhile, in no spelling.  [R2]
        """
        office.portal.logins.change_id(JOAN, NEW_ID, by=ADA)

        with pytest.raises(DuplicateWinBooksId):
            office.portal.logins.change_id(
                GRACE, WinBooksId("countess@example.org"), by=ADA
            )

    def test_an_id_with_an_owner(self, office: Office) -> None:
        """
        It is refused, and no mail leaves.
        """
        with pytest.raises(DuplicateWinBooksId):
            office.portal.logins.change_id(
                JOAN, WinBooksId("GRACE@example.org"), by=ADA
            )

        assert (JOAN, []) == (office.stored(JOAN), office.mails())

    def test_his_own_in_another_spelling(self, office: Office) -> None:
        """
        It is their key already.
        """
        after = office.portal.logins.change_id(
            JOAN, WinBooksId("Joan@example.org"), by=ADA
        )
        token = office.token_to("Joan@example.org")

        after = office.portal.own_login.confirm_id(token)

        assert "Joan@example.org" == after.winbooks_id.address

    def test_withdrawn(self, office: Office) -> None:
        """
        The key is free again.
        """
        waiting = office.portal.logins.change_id(JOAN, NEW_ID, by=ADA)

        after = office.portal.logins.withdraw_id(waiting, by=ADA)

        assert attrs.evolve(JOAN, version=3) == after
        assert 2 == office.portal.logins.change_id(GRACE, NEW_ID, by=ADA).version

    def test_nothing_to_withdraw(self, office: Office) -> None:
        """
        The refusal names what is possible.
        """
        with pytest.raises(NotAllowed) as caught:
            office.portal.logins.withdraw_id(JOAN, by=ADA)

        assert [StepNotAllowed] == [type(each) for each in caught.value.problems]

    def test_on_web(self, office: Office) -> None:
        """
        Their ID is their login there.  [Q14]
        """
        with pytest.raises(NotAllowed) as caught:
            office.portal.logins.change_id(ON_WEB, NEW_ID, by=ADA)

        assert (CredentialsOnWeb(),) == caught.value.problems

    def test_not_authorised(self, office: Office) -> None:
        """
        A Power User changes no colleague's ID, and no mail leaves.
        """
        with pytest.raises(NotAuthorised):
            office.portal.logins.change_id(ADA, NEW_ID, by=GRACE)

        assert [] == office.mails()
