"""
What the Portal writes to people about their own login.
"""

from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from uuid import UUID

import attrs
import pytest

from winbooks_identity.adapters.letters import StandardLinkLetters
from winbooks_identity.errors import Invalid
from winbooks_identity.language import Language
from winbooks_identity.mail.outbox import Mail
from winbooks_identity.names import CompanyName
from winbooks_identity.ports import IdChangeLetter, LinkLetter, LinkLetters
from winbooks_identity.secret import Secret
from winbooks_identity.winbooks_id import WinBooksId


WRITTEN = datetime(2026, 11, 23, 12, 5, tzinfo=UTC)
LINK = LinkLetter(
    message_id=UUID(int=42),
    written_at=WRITTEN,
    recipient=WinBooksId("An.Peeters@kantoor.example.be"),
    token=Secret("AbC-_9" + "x" * 70),
    licence_holder=CompanyName("Peeters & 'Zonen\" BV"),
    language=Language.DUTCH,
    expires_at=WRITTEN + timedelta(hours=24),
)
NOTICE = IdChangeLetter(
    message_id=UUID(int=43),
    written_at=WRITTEN,
    recipient=WinBooksId("an.peeters@kantoor.example.be"),
    licence_holder=CompanyName("Peeters & 'Zonen\" BV"),
    language=Language.DUTCH,
)
PORTAL = "https://portal.example.be/"
PASSWORD_PAGE = "https://portal.example.be/wachtwoord"
CONFIRM_PAGE = "https://portal.example.be/bevestigen"


@pytest.fixture
def letters() -> LinkLetters:
    """
    Return the standard letters of an invented Portal.
    """
    return StandardLinkLetters(
        "portal@mail.example.be",
        PORTAL,
        set_password_url=PASSWORD_PAGE,
        confirm_id_url=CONFIRM_PAGE,
    )


def read(mail: Mail) -> EmailMessage:
    """
    Return *mail* as a mail program reads it.
    """
    return message_from_bytes(mail.content, policy=SMTP)


def body(mail: Mail, kind: str) -> str:
    """
    Return the text or the HTML of *mail*.
    """
    found = read(mail).get_body((kind,))
    assert found is not None
    return str(found.get_content())


class TestLinks:
    """
    A letter with a link names whom it is for, until when, and the link.  [Q11, Q14]
    """

    @pytest.mark.parametrize("kind", ["plain", "html"])
    def test_set_password(self, letters: LinkLetters, kind: str) -> None:
        """
        The link leads to the page where a password is chosen.
        """
        text = body(letters.set_password(LINK), kind)

        assert f"{PASSWORD_PAGE}?token={LINK.token.reveal()}" in text
        assert "24 november 2026" in text

    @pytest.mark.parametrize("kind", ["plain", "html"])
    def test_confirm_id(self, letters: LinkLetters, kind: str) -> None:
        """
        The link leads to the page where the address is confirmed.
        """
        text = body(letters.confirm_id(LINK), kind)

        assert f"{CONFIRM_PAGE}?token={LINK.token.reveal()}" in text

    @pytest.mark.parametrize("kind", ["plain", "html"])
    def test_id_change(self, letters: LinkLetters, kind: str) -> None:
        """
        The old address hears of the change, without a link that does anything.
        """
        text = body(letters.id_change(NOTICE), kind)

        assert PORTAL in text
        assert "token" not in text

    def test_the_envelope(self, letters: LinkLetters) -> None:
        """
        It goes to the address in the letter, from the Portal's.
        """
        mail = letters.confirm_id(LINK)

        assert ("portal@mail.example.be", "An.Peeters@kantoor.example.be") == (
            mail.sender,
            mail.recipient,
        )

    def test_the_same_letter_makes_the_same_mail(self, letters: LinkLetters) -> None:
        """
        So what is sent twice is one message.
        """
        assert letters.set_password(LINK) == letters.set_password(LINK)

    def test_repr_shows_no_token(self) -> None:
        """
        Nor does any log that prints the letter.
        """
        assert LINK.token.reveal() not in repr(LINK)

    @pytest.mark.parametrize(
        "language,subject",
        [
            (Language.DUTCH, "Kies uw wachtwoord voor het Portaal"),
            (Language.FRENCH, "Choisissez votre mot de passe pour le Portail"),
            (Language.ENGLISH, "Choose your password for the Portal"),
        ],
    )
    def test_the_language(
        self, letters: LinkLetters, language: Language, subject: str
    ) -> None:
        """
        It is the user's.
        """
        mail = letters.set_password(attrs.evolve(LINK, language=language))

        assert subject == read(mail)["Subject"]

    def test_the_company_is_no_markup(self, letters: LinkLetters) -> None:
        """
        A name cannot put anything into the page.
        """
        html = body(letters.id_change(NOTICE), "html")

        assert "<bdi>Peeters &amp; &#x27;Zonen&quot; BV</bdi>" in html


class TestAddresses:
    """
    Every address in a letter is a page of the Portal.
    """

    @pytest.mark.parametrize(
        "url,why",
        [
            ("http://portal.example.be/", "https://"),
            ("https://portal.example.be/?page=", "no query"),
            ("https://portal.example.be/#top", "no query"),
        ],
    )
    @pytest.mark.parametrize(
        "changed", ["portal_url", "set_password_url", "confirm_id_url"]
    )
    def test_a_page_that_is_none(self, changed: str, url: str, why: str) -> None:
        """
        A token does not travel in clear, and stands where it is looked for.  [S38]
        """
        pages = {
            "portal_url": PORTAL,
            "set_password_url": PASSWORD_PAGE,
            "confirm_id_url": CONFIRM_PAGE,
        } | {changed: url}

        with pytest.raises(ValueError, match=why):
            StandardLinkLetters(
                "portal@mail.example.be",
                pages["portal_url"],
                set_password_url=pages["set_password_url"],
                confirm_id_url=pages["confirm_id_url"],
            )

    def test_the_sender(self) -> None:
        """
        It is an address.
        """
        with pytest.raises(Invalid):
            StandardLinkLetters(
                "portal",
                PORTAL,
                set_password_url=PASSWORD_PAGE,
                confirm_id_url=CONFIRM_PAGE,
            )
