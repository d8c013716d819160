"""
Does a mail that is written quickly say what one by Python's `email` says?
"""

import sys
from collections.abc import Callable
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
from winbooks_identity.adapters.letters.draft import Draft
from winbooks_identity.adapters.letters.message import compose, write_any
from winbooks_identity.adapters.letters.plain_message import is_plain_address, write
from winbooks_identity.errors import PermanentFailure
from winbooks_identity.language import Language
from winbooks_identity.names import CompanyName
from winbooks_identity.passwords import Password
from winbooks_identity.ports import CredentialsLetter
from winbooks_identity.winbooks_id import WinBooksId


DRAFT = Draft(
    message_id=UUID("0197a1f2-0000-4000-8000-00000000002a"),
    written_at=datetime(2026, 11, 23, 12, 5, tzinfo=UTC),
    sender="portal@mail.winbooks.example.be",
    sender_name="WinBooks Portaal",
    recipient="An.Peeters@kantoor.example.be",
    subject="Uw WinBooks-ID voor het Portaal",
    language="nl",
    text="Beste,\n",
    html="<p>Beste,</p>\n",
)

#: Twice what a letter takes, so that a cost that doubles is seen.
MAX_CALLS = 1_200

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
bodies = texts.map(lambda text: f"{text}\n") | texts
addresses = st.one_of(
    st.emails(),
    st.sampled_from([DRAFT.sender, DRAFT.recipient]),
    st.from_regex(r"[A-Za-z0-9.+'_-]{1,64}@[a-z0-9.-]{1,60}\.be", fullmatch=True),
    texts,
)
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
    @example(attrs.evolve(DRAFT, text="-- \n.\n" + "é" * 200 + " \n"))
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
            DRAFT, text=text, html=html, subject=subject, sender_name=name
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
        draft = attrs.evolve(DRAFT, subject=subject, text="Société\n")

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
            ("text", "no end"),
            ("text", "\r\n"),
            ("text", "\0\n"),
            ("text", "\ud800\n"),
            ("html", "\x7f\n"),
            ("html", f"--{DRAFT.message_id.hex}\n"),
        ],
    )
    def test_left_to_email(self, field: str, value: str) -> None:
        """
        Whatever could mean something else.
        """
        changed: dict[str, Any] = {field: value}

        assert write(attrs.evolve(DRAFT, **changed)) is None


class TestCost:
    """
    What a letter costs is watched by counting: a clock would depend on the machine.
    """

    @pytest.mark.parametrize("language", Language)
    def test_calls(self, language: Language) -> None:
        """
        A letter takes some 630 calls; `email` alone takes 5,000.
        """
        letters = StandardLetters(DRAFT.sender, "https://portal.winbooks.example")
        letter = CredentialsLetter(
            message_id=DRAFT.message_id,
            written_at=DRAFT.written_at,
            winbooks_id=WinBooksId.parse(DRAFT.recipient),
            password=Password("Zeven-Blauwe-Vissen7"),
            licence_holder=CompanyName.parse("Peeters & Dubois BV"),
            language=language,
            is_active=True,
            expires_at=DRAFT.written_at,
        )
        letters.credentials(letter)

        assert calls(lambda: letters.credentials(letter)) < MAX_CALLS


def calls(work: Callable[[], object]) -> int:
    """
    Return how many functions, of Python or C, are called in *work*.
    """
    seen: list[str] = []
    earlier = sys.getprofile()
    sys.setprofile(lambda _frame, event, _argument: seen.append(event))
    try:
        work()
    finally:
        sys.setprofile(earlier)
    return sum(event in {"call", "c_call"} for event in seen)
