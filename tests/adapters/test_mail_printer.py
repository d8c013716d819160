"""
How does a mail reach the person who builds a product, with no mail server around?
"""

from io import StringIO

import pytest

from login_portal import ADDRESS, new_portal, settled_user
from winbooks_identity import WinBooksId
from winbooks_identity.adapters.mail_printer import MailPrinter
from winbooks_identity.errors import TemporaryFailure
from winbooks_identity.mail.outbox import Mail


def mail(content: bytes) -> Mail:
    """
    Return a mail with that content.
    """
    return Mail(
        message_id="<0197a1f2-2a@winbooks.example.be>",
        sender="portal@winbooks.example.be",
        recipient="jan@example.org",
        content=content,
    )


class TestPrinter:
    """
    Every mail stands on the terminal as its reader sees it.
    """

    def test_a_link_is_whole(self, capsys: pytest.CaptureFixture[str]) -> None:
        """
        It can be followed from there: neither folded nor encoded.
        """
        portal = new_portal()
        settled_user(portal)
        portal.own_login.send_password_link(WinBooksId(ADDRESS))

        portal.relay(MailPrinter()).deliver()

        printed = capsys.readouterr().out.splitlines()
        assert 2 == printed.count(f"To: {ADDRESS}")
        (link,) = [line.strip() for line in printed if "?token=" in line]
        assert link.startswith("https://office.example/set-password?token=A")
        assert 90 < len(link)

    def test_what_it_is_given_is_written_to(self) -> None:
        """
        A mail without a text is its head; no character of it drives the terminal.
        """
        file = StringIO()
        head = b"Subject: a\x1b[2Kb\r\nContent-Type: text/html\r\n\r\n<p>\r\n"

        MailPrinter(file).send(mail(head))

        assert "To: jan@example.org\nSubject: a\ufffd[2Kb\n\n\n" == file.getvalue()

    def test_nothing_takes_it(self) -> None:
        """
        The mail goes on waiting, and the failure repeats none of it.
        """
        file = StringIO()
        file.close()

        with pytest.raises(TemporaryFailure, match=r"^ValueError$"):
            MailPrinter(file).send(mail(b"Subject: x\r\n\r\nsecret\r\n"))
