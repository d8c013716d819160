"""
People whose login another hand changed learn of it, without a secret.  [S40]
"""

import attrs
import pytest

from office import Office
from people import ADA, JOAN
from winbooks_identity.adapters.letters import StandardLetters
from winbooks_identity.forms.new_user import GeneratedPassword
from winbooks_identity.language import Language
from winbooks_identity.mail.outbox import MailKind, OutboxMail
from winbooks_identity.passwords import Password
from winbooks_identity.ports import Changed, ChangedLetter
from winbooks_identity.services.own_login import OwnLoginService


NEW = Password("Battery-Staple-2")


@pytest.fixture
def office() -> Office:
    """
    Return an office with Ada, who manages Joan.
    """
    found = Office()
    found.add(ADA, JOAN)
    return found


def notices(office: Office) -> list[OutboxMail]:
    """
    Return the mails that tell of a change.
    """
    return [mail for mail in office.mails() if mail.kind is MailKind.CHANGED]


class TestPassword:
    """
    A reset and a link tell the owner of the mailbox.
    """

    def test_handed_over(self, office: Office) -> None:
        """
        Who could sign in until now learns why not any more, and not the password.
        """
        office.portal.logins.reset_password(JOAN, NEW, by=ADA)

        [mail] = notices(office)
        text = office.text_of(mail)
        assert "joan@example.org" == mail.recipient
        assert "The password of your WinBooks ID at" in text
        assert NEW.reveal() not in text

    def test_mailed(self, office: Office) -> None:
        """
        The mail with the password says so itself.
        """
        office.portal.logins.reset_password(
            JOAN, GeneratedPassword(), by=ADA, mailed=True
        )

        assert [] == notices(office)

    def test_asked_twice(self, office: Office) -> None:
        """
        One request, one mail.
        """
        request_id = JOAN.id
        for _ in range(2):
            office.portal.logins.reset_password(
                JOAN, NEW, by=ADA, request_id=request_id
            )

        assert 1 == len(notices(office))

    def test_by_a_link(self, office: Office) -> None:
        """
        Another person may have asked for it, and read the mailbox.
        """
        office.portal.logins.send_password_link(JOAN, by=ADA)

        office.portal.own_login.set_password(office.token_to("joan@example.org"), NEW)

        [mail] = notices(office)
        assert ("joan@example.org", False) == (
            mail.recipient,
            NEW.reveal() in office.text_of(mail),
        )

    def test_by_the_current_one(self, office: Office) -> None:
        """
        Another person may know it, so the owner of the mailbox is told.
        """
        office.portal.own_login.change_password(
            JOAN.winbooks_id, Password("Correct-Horse-1"), NEW
        )

        [mail] = notices(office)
        assert "joan@example.org" == mail.recipient

    def test_mailed_and_changed_before_it_went_out(self, office: Office) -> None:
        """
        The mail with the password is withdrawn, and the change is told all the same.
        """
        typed = Password("Battery-Staple-9")
        office.portal.logins.reset_password(JOAN, typed, by=ADA, mailed=True)

        office.portal.own_login.change_password(JOAN.winbooks_id, typed, NEW)

        assert 1 == len(notices(office))

    def test_a_service_without_letters(self, office: Office) -> None:
        """
        It sets passwords all the same.
        """
        service = OwnLoginService(
            office.storage,
            sign_in=office.portal.sign_in,
            hasher=office.hasher,
            sealer=office.sealer,
            links=office.links,
            link_letters=office.link_letters,
            clock=office.clock,
        )
        office.portal.logins.send_password_link(JOAN, by=ADA)

        service.set_password(office.token_to("joan@example.org"), NEW)

        assert [] == notices(office)


class TestLetter:
    """
    It says what was changed, when, and whom to tell; in the reader's language.
    """

    @pytest.mark.parametrize("language", Language)
    @pytest.mark.parametrize("changed", Changed)
    def test_it_holds_no_secret(
        self, office: Office, language: Language, changed: Changed
    ) -> None:
        """
        Neither the new address nor a password is in the letter to begin with.
        """
        letter = ChangedLetter(
            message_id=JOAN.id,
            written_at=office.clock.now,
            recipient=JOAN.winbooks_id,
            licence_holder=JOAN.company_name,
            language=language,
            changed=changed,
        )
        letters = StandardLetters("portal@example.org", "https://portal.example.org/")

        mail = letters.changed(letter)

        fields = {field.name for field in attrs.fields(ChangedLetter)}
        assert mail == letters.changed(letter)
        assert "joan@example.org" == mail.recipient
        assert set() == fields & {"password", "token", "winbooks_id"}
