"""
What does a class have to do to be a `Mailer`?
"""

from collections.abc import Callable, Sequence
from typing import TypeAlias
from uuid import uuid4

import pytest

from ...errors import TemporaryFailure
from ...mail.outbox import Mail
from ...ports import Mailer
from .suite import Contract


__all__ = ["Delivered", "MailerContract"]

#: Returns what has arrived so far: the content of each mail, in any order.
Delivered: TypeAlias = Callable[[], Sequence[bytes]]


class MailerContract(Contract):
    """
    What is handed over arrives, unchanged; what fails is said in two words.
    """

    @pytest.fixture
    def mailer(self) -> Mailer:
        """
        Return the mailer to test.
        """
        raise NotImplementedError("supply the fixture mailer")

    @pytest.fixture
    def delivered(self, mailer: Mailer) -> Delivered:
        """
        Return what tells which mails of *mailer* have arrived, and how they look.
        """
        raise NotImplementedError("supply the fixture delivered")

    @pytest.fixture
    def broken(self) -> Mailer:
        """
        Return a mailer whose way to its recipients is down.
        """
        raise NotImplementedError("supply the fixture broken")

    def test_nothing_is_sent_unasked(self, delivered: Delivered) -> None:
        """
        A new mailer has delivered nothing.
        """
        assert [] == [*delivered()]

    def test_what_is_sent_arrives(self, mailer: Mailer, delivered: Delivered) -> None:
        """
        When `send` returns, the mail is there, once.
        """
        mail = _mail("Hello")

        mailer.send(mail)

        assert [mail.content] == [*delivered()]

    @pytest.mark.parametrize(
        "body",
        [
            pytest.param("", id="empty"),
            pytest.param(".", id="a dot alone"),
            pytest.param("..\r\n.hidden\r\n.\r\nmore", id="lines with dots"),
            pytest.param("From me\r\n\r\n  indented\t\r\n", id="blanks"),
            pytest.param(("x" * 76 + "\r\n") * 5_000, id="380,000 bytes"),
        ],
    )
    def test_the_content_arrives_unchanged(
        self, mailer: Mailer, delivered: Delivered, body: str
    ) -> None:
        """
        Byte for byte, whatever it means to the protocol underneath.
        """
        mail = _mail(body)

        mailer.send(mail)

        assert [mail.content] == [*delivered()]

    def test_mails_do_not_mix(self, mailer: Mailer, delivered: Delivered) -> None:
        """
        Twenty mails, one after the other, are twenty mails.
        """
        mails = [_mail(f"Number {number}") for number in range(20)]

        for mail in mails:
            mailer.send(mail)

        assert sorted(mail.content for mail in mails) == sorted(delivered())

    def test_a_failure_is_temporary(self, broken: Mailer) -> None:
        """
        Where the way is down, a later try may succeed; no other error gets out.
        """
        with pytest.raises(TemporaryFailure):
            broken.send(_mail("Hello"))

    def test_a_failure_tells_nothing(self, broken: Mailer) -> None:
        """
        Neither its message nor its cause repeats the content or the recipient.
        """
        with pytest.raises(TemporaryFailure) as failure:
            broken.send(_mail("Wachtwoord-42"))

        said = f"{failure.value!r} {failure.value} {failure.value.__cause__!r}"
        assert (False, False) == ("Wachtwoord" in said, "jan@" in said)


def _mail(body: str) -> Mail:
    message_id = f"<{uuid4()}@winbooks.example.be>"
    head = (
        "From: portal@winbooks.example.be\r\n"
        "To: jan@example.org\r\n"
        f"Message-ID: {message_id}\r\n"
    )
    return Mail(
        message_id=message_id,
        sender="portal@winbooks.example.be",
        recipient="jan@example.org",
        content=f"{head}\r\n{body}\r\n".encode(),
    )
