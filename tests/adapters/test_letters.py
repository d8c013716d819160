"""
What does the Portal write to people, in Dutch, French and English?
"""

import calendar
import re
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from html.parser import HTMLParser
from uuid import UUID

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from winbooks_identity.adapters.letters import StandardLetters
from winbooks_identity.adapters.letters.belgian_time import belgian_time, in_words
from winbooks_identity.adapters.letters.message import check
from winbooks_identity.errors import Invalid, PermanentFailure
from winbooks_identity.language import Language
from winbooks_identity.names import CompanyName
from winbooks_identity.passwords import Password
from winbooks_identity.passwords.canonical import unusable
from winbooks_identity.ports import CredentialsLetter, Letters
from winbooks_identity.texts import LANGUAGES, sentences
from winbooks_identity.winbooks_id import WinBooksId


MESSAGE_ID = UUID("0197a1f2-0000-4000-8000-00000000002a")
WRITTEN = datetime(2026, 11, 23, 12, 5, tzinfo=UTC)
PORTAL = "https://portal.winbooks.example/login/nl"

LETTER = CredentialsLetter(
    message_id=MESSAGE_ID,
    written_at=WRITTEN,
    winbooks_id=WinBooksId.parse("An.Peeters@kantoor.example.be"),
    password=Password("Zomer <b>&amp; 2026"),
    licence_holder=CompanyName.parse("Peeters & 'Zonen\" BV"),
    language=Language.DUTCH,
    is_active=True,
    expires_at=WRITTEN + timedelta(days=3),
)


@pytest.fixture
def letters() -> Letters:
    """
    Return the standard letters of an invented Portal.
    """
    return StandardLetters("portal@mail.winbooks.example.be", PORTAL)


def read(letters: Letters, letter: CredentialsLetter) -> EmailMessage:
    """
    Return *letter* as a mail program reads it.
    """
    content = letters.credentials(letter).content
    return message_from_bytes(content, policy=SMTP)


def text_of(letters: Letters, letter: CredentialsLetter) -> str:
    """
    Return the plain text of *letter*.
    """
    return _body(read(letters, letter), "plain")


def html_of(letters: Letters, letter: CredentialsLetter) -> str:
    """
    Return the HTML of *letter*.
    """
    return _body(read(letters, letter), "html")


def _body(message: EmailMessage, kind: str) -> str:
    body = message.get_body((kind,))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


class Reader(HTMLParser):
    """
    Collects what a reader sees, what they can follow, and which elements there are.
    """

    def __init__(self, html: str) -> None:
        super().__init__()
        self.seen = ""
        self.open: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """
        Note an element and its attributes.
        """
        if tag not in {"meta", "br", "wbr"}:
            self.open.append(tag)
        self.attributes += attrs

    def handle_endtag(self, tag: str) -> None:
        """
        See that elements are closed in order.
        """
        assert tag == self.open.pop()

    def handle_data(self, data: str) -> None:
        """
        Collect what is shown.
        """
        if "style" not in self.open:
            self.seen += data


class TestWhatItSays:
    """
    Ticked, a mail with the login data goes to the WinBooks ID.  [R57]
    """

    def test_in_dutch(self, letters: Letters) -> None:
        """
        The whole letter, as plain text.
        """
        letter = attrs.evolve(
            LETTER,
            password=Password("Rk7!vauz-Tq2M"),
            licence_holder=CompanyName("Kantoor Peeters"),
        )

        assert text_of(letters, letter) == (
            "Beste,\n"
            "\n"
            "Kantoor Peeters heeft voor u een WinBooks-ID aangemaakt. Dat is uw"
            " persoonlijke sleutel tot het Portaal en de link tussen de"
            " WinBooks-producten die u gebruikt.\n"
            "\n"
            "WinBooks ID:\n"
            "    An.Peeters@kantoor.example.be\n"
            "\n"
            "Wachtwoord:\n"
            "    Rk7!vauz-Tq2M\n"
            "\n"
            "Geldig tot:\n"
            "    donderdag 26 november 2026 om 13.05 uur (Belgische tijd)\n"
            "\n"
            "Bij uw eerste aanmelding kiest u zelf een nieuw wachtwoord.\n"
            "\n"
            "Aanmelden op het Portaal:\n"
            "    https://portal.winbooks.example/login/nl\n"
            "\n"
            "-- \n"
            "WinBooks Portaal\n"
            "\n"
            "Houd dit wachtwoord voor uzelf: niemand van WinBooks zal u er ooit naar"
            " vragen.\n"
            "\n"
            "U ontvangt deze e-mail omdat Kantoor Peeters uw adres heeft"
            " geregistreerd. Kent u Kantoor Peeters niet, dan mag u deze e-mail"
            " verwijderen.\n"
            "\n"
            "Dit bericht is automatisch verstuurd; antwoorden worden niet gelezen.\n"
        )

    @pytest.mark.parametrize("language", Language)
    def test_both_bodies_say_the_same(
        self, letters: Letters, language: Language
    ) -> None:
        """
        Login data, validity and firm stand in both, in one language.
        """
        letter = attrs.evolve(LETTER, language=language, is_active=False)
        facts = [
            LETTER.winbooks_id.address,
            "Zomer <b>&amp; 2026",
            "Peeters & 'Zonen\" BV",
            in_words(WRITTEN + timedelta(days=3), language.value),
            *(
                str(sentences(language.value)[f"letter.{part}"])
                for part in ("greeting", "credentials.remark", "secrecy", "automatic")
            ),
            PORTAL,
        ]

        text = text_of(letters, letter)
        seen = Reader(html_of(letters, letter)).seen

        assert [] == [fact for fact in facts if fact not in text]
        assert [] == [fact for fact in facts if fact not in seen]

    def test_a_user_of_on_web_has_his_password(self, letters: Letters) -> None:
        """
        Without a password the letter names the one that he uses already.
        """
        text = text_of(letters, attrs.evolve(LETTER, password=None, expires_at=None))

        assert "het wachtwoord dat u al gebruikt voor WinBooks on Web" in text
        assert ("Wachtwoord:" in text, "eerste aanmelding" in text) == (False, False)
        assert ("Geldig tot" in text, "Houd dit wachtwoord" in text) == (False, False)

    @pytest.mark.parametrize("language", Language)
    def test_says_when_a_user_is_not_active(
        self, letters: Letters, language: Language
    ) -> None:
        """
        Only a user who cannot sign in yet reads so.
        """
        sentence = str(sentences(language.value)["letter.inactive"])
        beginning = sentence.partition("{")[0]
        inactive = attrs.evolve(LETTER, language=language, is_active=False)
        active = attrs.evolve(LETTER, language=language)

        assert [True, False, True, False] == [
            beginning in body(letters, letter)
            for body in (text_of, html_of)
            for letter in (inactive, active)
        ]

    @given(
        st.text(
            st.characters(categories=["L", "N", "P", "S", "Zs"]).filter(
                lambda character: not [*unusable(character, {"L"})]
            ),
            min_size=1,
            max_size=128,
        )
    )
    def test_any_password_arrives_as_it_is(self, text: str) -> None:
        """
        Blanks at its ends, markup, what looks like a placeholder: all of it.
        """
        letters = StandardLetters("portal@winbooks.example.be", PORTAL)
        password = Password(text)
        letter = attrs.evolve(LETTER, password=password)

        assert f"\n    {password.reveal()}\n" in text_of(letters, letter)
        assert password.reveal() in Reader(html_of(letters, letter)).seen


class TestPreview:
    """
    A list of mails shows the first sentence beside the subject.
    """

    @pytest.mark.parametrize("language", Language)
    def test_is_the_introduction(self, letters: Letters, language: Language) -> None:
        """
        It stands twice in the page: hidden at the top, and where it is read.
        """
        letter = attrs.evolve(LETTER, language=language)
        sentence = str(sentences(language.value)["letter.credentials.introduction"])
        ending = sentence.partition("{company}")[2]

        assert 2 == Reader(html_of(letters, letter)).seen.count(ending)


class TestHtml:
    """
    The page is well formed, and holds nothing from elsewhere.
    """

    @pytest.mark.parametrize("is_active", [True, False])
    def test_elements_are_closed(self, letters: Letters, is_active: bool) -> None:
        """
        Each one, in order.
        """
        html = html_of(letters, attrs.evolve(LETTER, is_active=is_active))

        assert [] == Reader(html).open

    def test_names_and_passwords_are_no_markup(self, letters: Letters) -> None:
        """
        What someone typed is escaped, and cannot turn the text around it.
        """
        html = html_of(letters, LETTER)

        assert "<bdi>Zomer &lt;b&gt;&amp;amp; 2026</bdi>" in html
        assert "<bdi>Peeters &amp; &#x27;Zonen&quot; BV</bdi>" in html

    @pytest.mark.parametrize(
        "company",
        [
            *("winbooks-veiligheid.be/login", "www.peeters.be", "info@peeters.be"),
            *("Peeters.Dubois", "peeters\u3002be", "peeters\uff0ebe", "10.0.0.1 BV"),
            *("Bel tel:090012345", "mailto:Peeters", "localhost:8080/login"),
        ],
    )
    def test_a_company_is_no_link(self, letters: Letters, company: str) -> None:
        """
        No letter holds what mail programs make a link of, and it reads the same.  [S42]
        """
        letter = attrs.evolve(LETTER, licence_holder=CompanyName.parse(company))

        for body in (text_of(letters, letter), html_of(letters, letter)):
            assert company not in body
            assert company in body.replace("\u2060", "")

    def test_loads_nothing(self, letters: Letters) -> None:
        """
        The only addresses in it are those of the Portal, to be clicked on.
        """
        html = html_of(letters, LETTER)
        followed = [value for name, value in Reader(html).attributes if name == "href"]

        assert [PORTAL, PORTAL] == followed
        assert None is re.search(r"src=|url\(|@import|<link|<script|<img", html)

    def test_declares_its_language(self, letters: Letters) -> None:
        """
        Screen readers choose their voice by it.
        """
        html = html_of(letters, attrs.evolve(LETTER, language=Language.FRENCH))

        assert '<html lang="fr" dir="ltr">' in html

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_the_sentences_are_html_as_they_are(self, language: str) -> None:
        """
        No sentence of a letter holds a sign of markup.
        """
        assert [] == [
            code
            for code, sentence in sentences(language).items()
            if code.startswith("letter.") and set("".join(sentence)) & set("<>&\"'")
        ]


class TestHeaders:
    """
    No user text stands in a header, and the mail goes to one address.  [R57]
    """

    def test_all_of_them(self, letters: Letters) -> None:
        """
        These, in this order, and nothing else.
        """
        assert [
            ("From", "WinBooks Portaal <portal@mail.winbooks.example.be>"),
            ("To", "An.Peeters@kantoor.example.be"),
            ("Subject", "Uw WinBooks-ID voor het Portaal"),
            ("Date", "Mon, 23 Nov 2026 12:05:00 +0000"),
            ("Message-ID", f"<{MESSAGE_ID}@mail.winbooks.example.be>"),
            ("Auto-Submitted", "auto-generated"),
            ("MIME-Version", "1.0"),
            (
                "Content-Type",
                f'multipart/alternative; boundary="{MESSAGE_ID.hex}"',
            ),
            ("Content-Language", "nl"),
        ] == read(letters, LETTER).items()

    def test_the_envelope(self, letters: Letters) -> None:
        """
        It has the addresses of the headers, and the Message-ID names no one.
        """
        mail = letters.credentials(LETTER)

        assert (
            f"<{MESSAGE_ID}@mail.winbooks.example.be>",
            "portal@mail.winbooks.example.be",
            "An.Peeters@kantoor.example.be",
        ) == (mail.message_id, mail.sender, mail.recipient)

    def test_the_same_letter_makes_the_same_mail(self, letters: Letters) -> None:
        """
        Every copy is the same, byte for byte.
        """
        assert letters.credentials(LETTER) == letters.credentials(LETTER)

    def test_octets(self, letters: Letters) -> None:
        """
        Plain ASCII, lines that end in CRLF and have 78 bytes at most.
        """
        content = letters.credentials(LETTER).content
        lines = content.split(b"\r\n")

        assert content.isascii()
        assert [] == [line for line in lines if b"\n" in line or len(line) > 78]

    @pytest.mark.parametrize(
        "address",
        [
            "a" * 64 + "@example.be",
            "a" * 64 + "@" + ("b" * 63 + ".") * 2 + "c" * 50 + ".be",
            "=1+1@example.be",
            "{{7*7}}@example.be",
            "jan.o'brien@example.be",
            "a@xn--mnchen-3ya.example.be",
        ],
    )
    def test_any_winbooks_id(self, letters: Letters, address: str) -> None:
        """
        Long or odd, it arrives unchanged and alone.
        """
        letter = attrs.evolve(LETTER, winbooks_id=WinBooksId.parse(address))

        recipients = read(letters, letter)["To"].addresses
        assert [address] == [recipient.addr_spec for recipient in recipients]


class TestCheck:
    """
    A mail that says something else than was meant is not made.
    """

    @pytest.mark.parametrize(
        "part,damage",
        [
            (b"To: An", b"To: eve@example.org, An"),
            (b"To: An", b"To: Eve"),
            (b"To: An", b"Bcc: eve@example.org\r\nTo: An"),
            (b"To: An", b"To: eve@example.org\r\nTo: An"),
            (b"Auto-Submitted: auto-generated\r\n", b""),
            (b"<portal@mail", b"<eve@mail"),
            (b"Subject: Uw", b"Subject: \xc3\xa9"),
            (b"\r\n\r\n--", b"\r\n\r\n\x00--"),
            (b"\r\n\r\n--", b"\r\n\r\n\n--"),
            (b"\r\n\r\n--", b"\r\n\r\n\r--"),
            (b"\r\n\r\n--", b"\r\n\r\n" + b"x" * 999 + b"\r\n--"),
        ],
        ids=[
            "second recipient",
            "other recipient",
            "Bcc",
            "second To",
            "header missing",
            "other sender",
            "not ASCII",
            "NUL",
            "LF",
            "CR",
            "long line",
        ],
    )
    def test_refuses(self, letters: Letters, part: bytes, damage: bytes) -> None:
        """
        Whatever is not as meant.
        """
        mail = letters.credentials(LETTER)
        assert part in mail.content
        damaged = mail.content.replace(part, damage, 1)

        with pytest.raises(PermanentFailure):
            check(damaged, sender=mail.sender, recipient=mail.recipient)

    def test_a_line_of_998_octets(self, letters: Letters) -> None:
        """
        That is the longest one.
        """
        mail = letters.credentials(LETTER)
        longest = b"\r\n\r\n" + b"x" * 998 + b"\r\n--"

        check(
            mail.content.replace(b"\r\n\r\n--", longest, 1),
            sender=mail.sender,
            recipient=mail.recipient,
        )


class TestBelgianTime:
    """
    The reader's clock: winter time, and summer time between two Sundays.
    """

    @pytest.mark.parametrize(
        "instant,local",
        [
            ("2026-03-29T00:59:59", "2026-03-29T01:59:59+01:00"),
            ("2026-03-29T01:00:00", "2026-03-29T03:00:00+02:00"),
            ("2026-10-25T00:59:59", "2026-10-25T02:59:59+02:00"),
            ("2026-10-25T01:00:00", "2026-10-25T02:00:00+01:00"),
            # 31 March 2024 and 31 October 2027 are Sundays themselves.
            ("2024-03-31T00:59:59", "2024-03-31T01:59:59+01:00"),
            ("2024-03-31T01:00:00", "2024-03-31T03:00:00+02:00"),
            ("2027-10-31T00:59:59", "2027-10-31T02:59:59+02:00"),
            ("2027-10-31T01:00:00", "2027-10-31T02:00:00+01:00"),
            # 25 March is the earliest last Sunday.
            ("2029-03-25T01:00:00", "2029-03-25T03:00:00+02:00"),
            ("2026-12-31T23:30:00", "2027-01-01T00:30:00+01:00"),
        ],
    )
    def test_the_clock(self, instant: str, local: str) -> None:
        """
        The clock goes forward and back at 01:00 UTC.
        """
        utc = datetime.fromisoformat(instant).replace(tzinfo=UTC)

        assert local == belgian_time(utc).isoformat()

    @given(st.datetimes(datetime(1996, 1, 1), datetime(2037, 12, 31)))  # noqa: DTZ001  UTC below.
    def test_the_law(self, naive: datetime) -> None:
        """
        Summer time is from the last Sunday of March to that of October, 01:00 UTC.

        Directive 2000/84/EC, articles 2 and 3; since 1996 it has been so.
        """
        instant = naive.replace(tzinfo=UTC)
        begin, end = (
            max(
                day
                for number in range(25, 32)
                if (day := datetime(naive.year, month, number, 1, tzinfo=UTC)).weekday()
                == calendar.SUNDAY
            )
            for month in (3, 10)
        )

        hours = 2 if begin <= instant < end else 1
        assert timedelta(hours=hours) == belgian_time(instant).utcoffset()

    @pytest.mark.parametrize(
        "language,words",
        [
            ("nl", "zondag 1 maart 2026 om 08.05 uur (Belgische tijd)"),
            ("fr", "dimanche 1er mars 2026 à 08h05 (heure belge)"),
            ("en", "Sunday 1 March 2026 at 08:05 (Belgian time)"),
        ],
    )
    def test_in_words(self, language: str, words: str) -> None:
        """
        As a calendar in that language writes it, seconds left out.
        """
        instant = datetime(2026, 3, 1, 7, 5, 59, tzinfo=UTC)

        assert words == in_words(instant, language)

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_names(self, language: str) -> None:
        """
        There are twelve months and seven days, all different.
        """
        months = str(sentences(language)["letter.months"]).split()
        weekdays = str(sentences(language)["letter.weekdays"]).split()

        assert (12, 7) == (len(set(months)), len(set(weekdays)))


class TestSettings:
    """
    What the letters are made with is checked once, when they are set up.
    """

    @pytest.mark.parametrize("sender", ["", "portal", "Portal <portal@example.be>"])
    def test_a_sender_is_an_address(self, sender: str) -> None:
        """
        Something else would end up in a header.
        """
        with pytest.raises(Invalid):
            StandardLetters(sender, PORTAL)

    @pytest.mark.parametrize(
        "url",
        [
            "",
            "http://portal.example.be",
            "http://127.0.0.1.example.be/",
            "http://localhost.example.be:80/",
            "http://127.0.0.1:80@evil.example/",
            "http://192.168.0.1/",
            "http://localhost:80.evil.example/",
            "http://localhost:99999/",
            "https://portal.example.be:0/",
            "https://portal:evil.example/",
            "javascript:alert(1)",
            "https:///login",
            "https://portal.example.be/é",
            "https://portal.example.be/\n",
            "https://portal.example.be/a b",
            'https://portal.example.be/"',
            "https://portal.example.be/<",
            "https://portal.example.be/>",
            "https://portal.example.be/?next=https://evil.example/",
            "https://portal.example.be/?",
            "https://portal.example.be/#",
            "https://portal.example.be@evil.example/",
            "https://portal.example.be\\evil.example/",
        ],
    )
    def test_a_portal_is_a_safe_link(self, url: str) -> None:
        """
        Passwords are typed there: it is encrypted, and reads as it is.  [S38]
        """
        with pytest.raises(ValueError, match="the Portal's address"):
            StandardLetters("portal@example.be", url)

    def test_a_portal_that_is_being_built(self) -> None:
        """
        On its own machine nothing travels, so nothing is encrypted.  [S38]
        """
        for url in ("http://127.0.0.1:8000/", "http://localhost/"):
            StandardLetters("portal@example.be", url)
