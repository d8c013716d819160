"""
The doubles in memory do what a test tells them.
"""

import pytest

from winbooks_identity.adapters.memory import InMemoryMailer, InMemoryOnWebDirectory
from winbooks_identity.errors import OnWebUnavailable, TemporaryFailure
from winbooks_identity.mail.outbox import Mail
from winbooks_identity.passwords import Password
from winbooks_identity.ports import OnWebAnswer
from winbooks_identity.winbooks_id import WinBooksId


MAIL = Mail(
    message_id="<1@portal.winbooks.be>",
    sender="portal@winbooks.be",
    recipient="ada@kantoor.be",
    content=b"Dag",
)
ADA = WinBooksId("ada@kantoor.be")


class TestMailer:
    """
    A mailer in memory keeps what it takes.
    """

    def test_keeps_mails_in_their_order(self) -> None:
        """
        Every mail that was sent is there.
        """
        mailer = InMemoryMailer()

        mailer.send(MAIL)

        assert [MAIL] == mailer.sent

    def test_fails_when_told_to(self) -> None:
        """
        It raises what it was given and takes nothing.
        """
        mailer = InMemoryMailer()
        mailer.failure = TemporaryFailure()

        with pytest.raises(TemporaryFailure):
            mailer.send(MAIL)

        assert [] == mailer.sent


class TestOnWebDirectory:
    """
    A directory in memory knows the logins that it was told.  [R59, R60, R63]
    """

    @pytest.mark.parametrize(
        "login, password, answer",
        [
            ("ADA@kantoor.be", "On-Web-Secret-1", OnWebAnswer.MATCH),
            ("ada@kantoor.be", "on-web-secret-1", OnWebAnswer.WRONG_PASSWORD),
            ("grace@kantoor.be", "On-Web-Secret-1", OnWebAnswer.UNKNOWN_LOGIN),
        ],
        ids=["match", "other password", "other login"],
    )
    def test_answers(self, login: str, password: str, answer: OnWebAnswer) -> None:
        """
        Login in any spelling, password to the letter.
        """
        directory = InMemoryOnWebDirectory()
        directory.add(ADA, Password("On-Web-Secret-1"))

        assert answer is directory.verify(WinBooksId(login), Password(password))

    def test_is_away_when_told_to(self) -> None:
        """
        Unreachable, it says nothing of a password.
        """
        directory = InMemoryOnWebDirectory()
        directory.is_reachable = False

        with pytest.raises(OnWebUnavailable):
            directory.verify(ADA, Password("On-Web-Secret-1"))
