"""
Does a mail that is written quickly say what one by Python's `email` says?
"""

from binascii import b2a_qp
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any
from uuid import UUID

import attrs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from winbooks_identity.adapters.letters import StandardLetters
from winbooks_identity.adapters.letters.body import Body, Pattern
from winbooks_identity.adapters.letters.draft import Draft
from winbooks_identity.adapters.letters.message import compose, write_any
from winbooks_identity.adapters.letters.plain_message import is_plain_address, write
from winbooks_identity.errors import PermanentFailure
from winbooks_identity.names import CompanyName
from winbooks_identity.passwords import Password
from winbooks_identity.ports import CredentialsLetter
from winbooks_identity.testing.strategies import company_names
from winbooks_identity.winbooks_id import WinBooksId


DRAFT = Draft(
    message_id=UUID("0197a1f2-0000-4000-8000-00000000002a"),
    written_at=datetime(2026, 11, 23, 12, 5, tzinfo=UTC),
    sender="portal@mail.winbooks.example.be",
    sender_name="WinBooks Portaal",
    recipient="An.Peeters@kantoor.example.be",
    subject="Uw WinBooks-ID voor het Portaal",
    language="nl",
    text=Body.of("Beste,\n"),
    html=Body.of("<p>Beste,</p>\n"),
)

#: What mail headers and quoted-printable give a meaning to, and what hides in texts.
HOSTILE = st.sampled_from(
    [
        *'\r\n\t\0 "(),:;<>@[\\]=?_.-é€\U0001d4b3\u2028\u202e\x85\x1c\x7f',
        "\r\nBcc: eve@example.org",
        "\n.\n",
        "\nFrom eve",
        " \n",
        "=?utf-8?q?=41?=",
        "=3D",
        "=\n",
        f"\n--{DRAFT.message_id.hex}--\n",
        "x" * 77,
        "é" * 40,
        "eve@example.org, ",
    ]
)

texts = st.lists(st.one_of(HOSTILE, st.text(max_size=30)), max_size=8).map("".join)
#: Texts without control characters, most of which are written quickly.
printable = texts.map(
    lambda text: "".join(sign for sign in text if sign.isprintable() or sign == "\n")
)
bodies = (texts.map(lambda text: f"{text}\n") | texts).map(Body.of)
addresses = st.one_of(
    st.emails(),
    st.sampled_from([DRAFT.sender, DRAFT.recipient]),
    st.from_regex(r"[A-Za-z0-9.+'_-]{1,64}@[a-z0-9.-]{1,60}\.be", fullmatch=True),
    texts,
)
#: Also the signs that mark places while a letter is prepared.
secrets = st.text("%()s0= <&>@.'\"é\ue000\ue001\ue002", min_size=1).map(Password)
drafts = st.builds(
    Draft,
    message_id=st.just(DRAFT.message_id),
    written_at=st.datetimes(timezones=st.just(UTC)),
    sender=addresses,
    sender_name=texts,
    recipient=addresses,
    subject=texts,
    language=st.sampled_from(["nl", "fr", "en", "nl\r\nBcc: a@b.be", ""]),
    text=bodies,
    html=bodies,
)


def parts(content: bytes) -> list[object]:
    """
    Return all that the standard library reads in a mail.
    """
    message: EmailMessage = message_from_bytes(content, policy=SMTP)
    found: list[object] = [[(name, str(value)) for name, value in message.items()]]
    found += [str(address) for address in message["From"].addresses]
    found += [address.addr_spec for address in message["To"].addresses]
    for part in message.iter_parts():
        headers = [(name, str(value)) for name, value in part.items()]
        found += [headers, part.get_payload(decode=True), part.get_content()]
        found += [*map(type, part.defects)]
    return [*found, message.preamble, message.epilogue, *map(type, message.defects)]


class TestEqual:
    """
    What is written quickly reads as what takes its time, field by field.  [R57]
    """

    @given(drafts)
    @example(DRAFT)
    @example(attrs.evolve(DRAFT, text=Body.of("-- \n.\n" + "é" * 200 + " \n")))
    def test_whatever_is_in_it(self, draft: Draft) -> None:
        """
        Hostile names, subjects, addresses and texts, or it is left to `email`.
        """
        content = write(draft)

        assert content is None or parts(write_any(draft)) == parts(content)

    @given(
        printable.map("{}\n".format),
        printable.map("{}\n".format),
        texts.map(lambda text: "".join(filter(str.isprintable, text))),
        texts.map(lambda text: "".join(filter(str.isprintable, text))),
    )
    def test_what_users_type(
        self, text: str, html: str, subject: str, name: str
    ) -> None:
        """
        The same with plain addresses, so that most are written quickly.
        """
        draft = attrs.evolve(
            DRAFT,
            text=Body.of(text),
            html=Body.of(html),
            subject=subject,
            sender_name=name,
        )
        content = write(draft)

        assert content is None or parts(write_any(draft)) == parts(content)

    @given(st.emails())
    def test_addresses(self, address: str) -> None:
        """
        A plain one is read as it stands by `email`, too.
        """
        if not WinBooksId.check(address) and is_plain_address(address):
            draft = attrs.evolve(DRAFT, recipient=address)

            assert parts(write_any(draft)) == parts(write(draft) or b"")

    @given(drafts)
    def test_no_mail_to_anyone_else(self, draft: Draft) -> None:
        """
        What comes out of either way goes to the address that was meant.
        """
        try:
            mail = compose(draft)
        except (PermanentFailure, ValueError, IndexError, AttributeError):
            return
        read = message_from_bytes(mail.content, policy=SMTP)

        recipients = [address.addr_spec for address in read["To"].addresses]
        assert ([draft.recipient], []) == (recipients, read.get_all("Bcc", []))


class TestPlain:
    """
    The usual mail is written quickly; what is not plain is left to `email`.
    """

    @pytest.mark.parametrize("subject", ["Uw WinBooks-ID", "Votre WinBooks ID modifié"])
    def test_usual(self, subject: str) -> None:
        """
        In any language.
        """
        draft = attrs.evolve(DRAFT, subject=subject, text=Body.of("Société\n"))

        assert write(draft) is not None

    @pytest.mark.parametrize(
        "field,value",
        [
            ("sender", "portal"),
            ("sender", "portal@[127.0.0.1]"),
            ("recipient", "a@example.be, b@example.be"),
            ("recipient", "=1@example.be"),
            ("recipient", "a" * 64 + "@example.be"),
            ("recipient", "a@example.be\n"),
            ("sender_name", "a\nb"),
            ("subject", "a\r\nBcc: b@example.be"),
            ("language", "nl\r\n"),
            ("language", "né"),
            ("text", Body.of("no end")),
            ("text", Body.of("\r\n")),
            ("text", Body.of("\0\n")),
            ("text", Body.of("\ud800\n")),
            ("html", Body.of("\x7f\n")),
            ("html", Body.of(f"--{DRAFT.message_id.hex}\n")),
        ],
    )
    def test_left_to_email(self, field: str, value: str | Body) -> None:
        """
        Whatever could mean something else.
        """
        changed: dict[str, Any] = {field: value}

        assert write(attrs.evolve(DRAFT, **changed)) is None


class TestBody:
    """
    Lines that are encoded ahead are encoded as they would be with all the others.
    """

    @given(st.lists(texts, max_size=4), texts, texts)
    @example(["%(name)s", "100 %", "=00"], "", "%s")
    def test_the_same_octets(self, around: list[str], first: str, second: str) -> None:
        """
        As one body without places, and as one that is encoded at one time.
        """
        marks = {"first": "\ue000", "second": "\ue001"}
        template = "\ue001\ue000\n".join(around) + "\ue000 \ue001\n"
        body = Body(Pattern.of(template, marks), {"first": first, "second": second})
        text = template.translate({0xE000: first, 0xE001: second})

        assert str(body) == text
        quoted = body.quoted()
        if quoted is None:
            assert not all(sign.isprintable() for sign in text.replace("\n", ""))
        else:
            assert quoted == Body.of(text).quoted()
            assert quoted == b2a_qp(text.replace("\n", "\r\n").encode(), istext=True)

    @pytest.mark.parametrize("value", ["\n", "\r\n", "a\nb", "\0", "\x7f", "\ud800"])
    def test_a_value_is_within_a_line(self, value: str) -> None:
        """
        One that ends it is left to `email`.
        """
        pattern = Pattern.of("Beste \ue000,\n", {"name": "\ue000"})

        assert Body(pattern, {"name": value}).quoted() is None


class TestPrepared:
    """
    A letter is the same whether its fixed parts were worded before or for it alone.
    """

    @given(
        st.builds(
            CredentialsLetter,
            message_id=st.just(DRAFT.message_id),
            written_at=st.just(DRAFT.written_at),
            winbooks_id=st.sampled_from(
                [DRAFT.recipient, "o'hara+x_=1@example.org", f"{'a' * 64}@example.org"]
            ).map(WinBooksId.parse),
            password=st.none() | secrets,
            licence_holder=company_names()
            | st.sampled_from(["100 %(url)s", "=00 & =", ".be a@b.be"]).map(
                CompanyName
            ),
            is_reset=st.booleans(),
        )
    )
    def test_the_same_octets(self, letter: CredentialsLetter) -> None:
        """
        Whatever the names, addresses and passwords hold.
        """
        portal = "https://portal.winbooks.example"
        # What a product leaves to us is worded for each letter.
        alone = StandardLetters(
            DRAFT.sender, portal, translator=lambda _code, _params, _locale: None
        )

        mail = StandardLetters(DRAFT.sender, portal).credentials(letter)

        assert mail == alone.credentials(letter)
