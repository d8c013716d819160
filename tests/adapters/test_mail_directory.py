"""
How does mail wait in a directory, for development or for another program to send?
"""

import stat
from pathlib import Path

import pytest

from mails import but
from winbooks_identity.adapters.mail_directory import MailDirectory
from winbooks_identity.errors import PermanentFailure, TemporaryFailure
from winbooks_identity.mail.outbox import Mail
from winbooks_identity.ports import Mailer
from winbooks_identity.testing.contracts import Delivered, MailerContract


MAIL = Mail(
    message_id="<0197a1f2-2a@winbooks.example.be>",
    sender="portal@winbooks.example.be",
    recipient="jan@example.org",
    content=b"Subject: x\r\n\r\nHello\r\n",
)


class TestContract(MailerContract):
    """
    The directory keeps every promise of its port.
    """

    @pytest.fixture
    def mailer(self, tmp_path: Path) -> Mailer:
        """
        Return one that is empty.
        """
        return MailDirectory(tmp_path)

    @pytest.fixture
    def delivered(self, tmp_path: Path) -> Delivered:
        """
        Return what reads its files.
        """
        return lambda: [path.read_bytes() for path in tmp_path.glob("*.eml")]

    @pytest.fixture
    def broken(self, tmp_path: Path) -> Mailer:
        """
        Return one whose place was taken by a file.
        """
        mailer = MailDirectory(tmp_path / "mails")
        (tmp_path / "mails").touch()
        return mailer


class TestFiles:
    """
    A mail is one file, whole, private and without a name in its name.
    """

    def test_is_named_after_the_message_id(self, tmp_path: Path) -> None:
        """
        Without the domain, and without anything about the user.
        """
        MailDirectory(tmp_path).send(MAIL)

        assert [tmp_path / "0197a1f2-2a.eml"] == list(tmp_path.iterdir())

    def test_is_private(self, tmp_path: Path) -> None:
        """
        Only its owner may read it, or look into a directory that we made.
        """
        MailDirectory(tmp_path / "new" / "mails").send(MAIL)

        made = tmp_path / "new" / "mails"
        assert (0o700, 0o600) == (
            stat.S_IMODE(made.stat().st_mode),
            stat.S_IMODE((made / "0197a1f2-2a.eml").stat().st_mode),
        )

    def test_a_copy_takes_its_place(self, tmp_path: Path) -> None:
        """
        A mail that is delivered twice is one file still, the later one.
        """
        mailer = MailDirectory(tmp_path)

        mailer.send(MAIL)
        mailer.send(but(MAIL, content=b"again\r\n"))

        assert [b"again\r\n"] == [path.read_bytes() for path in tmp_path.iterdir()]

    def test_leaves_nothing_behind_when_it_fails(self, tmp_path: Path) -> None:
        """
        Where the name is taken by a directory, no part of a mail stays.
        """
        (tmp_path / "0197a1f2-2a.eml" / "in the way").mkdir(parents=True)

        with pytest.raises(TemporaryFailure, match="IsADirectoryError"):
            MailDirectory(tmp_path).send(MAIL)

        assert [tmp_path / "0197a1f2-2a.eml"] == list(tmp_path.iterdir())

    @pytest.mark.parametrize(
        "message_id",
        [
            "",
            "1@example.org",
            "<@example.org>",
            "<../1@example.org>",
            "<a/b@example.org>",
            "<.a@example.org>",
            "<jan.peeters@example.org>",
            f"<{'a' * 101}@example.org>",
            "<1@example.org>\n",
        ],
    )
    def test_a_message_id_that_is_no_name(
        self, tmp_path: Path, message_id: str
    ) -> None:
        """
        It could lead out of the directory, or name someone.
        """
        with pytest.raises(PermanentFailure):
            MailDirectory(tmp_path).send(but(MAIL, message_id=message_id))

        assert [] == list(tmp_path.iterdir())


class TestPath:
    """
    The directory is one, or becomes one.
    """

    def test_is_a_file(self, tmp_path: Path) -> None:
        """
        A file is refused before any mail is lost on it.
        """
        (tmp_path / "mails").touch()

        with pytest.raises(NotADirectoryError):
            MailDirectory(tmp_path / "mails")

    def test_is_shown(self, tmp_path: Path) -> None:
        """
        Printing a mailer says where the mail goes.
        """
        assert f"<MailDirectory {tmp_path}>" == repr(MailDirectory(tmp_path))
