"""
What became of a run of many licences is mailed to its operator.
"""

import socket
from collections.abc import Iterator
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Final, final

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from command_line import CommandLine, Ended
from feeds_folder import register_licences


HOST: Final = "127.0.0.1"
OPERATOR: Final = "night@example.org"
HEADER: Final = "external_id;login;first_name;last_name\n"
ADA: Final = "E-1;ada@example.org;Ada;Lovelace\n"


@pytest.fixture
def command(command: CommandLine) -> CommandLine:
    """
    Return what runs the command on a database with three licences and a good feed.
    """
    register_licences()
    Path("feeds", "WB-1.csv").write_text(f"{HEADER}{ADA}#records;1\n", "utf-8")
    return command.below("sync", "feeds", "--all", "--apply", "--database", "office.db")


def free_port() -> int:
    """
    Return a port on which no server listens.
    """
    with socket.create_server((HOST, 0)) as free:
        port: int = free.getsockname()[1]
    return port


@final
class Postbox:
    """
    A mail server that keeps what it gets.
    """

    def __init__(self) -> None:
        self.port = free_port()
        self.envelopes: list[Envelope] = []

    async def handle_DATA(  # noqa: N802  The name is that of aiosmtpd.
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """
        Take a mail.
        """
        del server, session
        self.envelopes.append(envelope)
        return "250 OK"


@pytest.fixture
def postbox() -> Iterator[Postbox]:
    """
    Yield a mail server that listens.
    """
    postbox = Postbox()
    server = Controller(postbox, hostname=HOST, port=postbox.port)
    server.start()
    yield postbox
    server.stop()


def through(port: int) -> tuple[str, ...]:
    """
    Return the options for a report through the server at *port*.
    """
    return (
        *("--report-to", OPERATOR, "--sender", "portal@example.org"),
        *("--smtp-host", HOST, "--smtp-port", str(port), "--smtp-security", "none"),
    )


def read(content: bytes | str | None) -> tuple[str, str, str]:
    """
    Return the subject of a mail, and what it says as plain text and as HTML.
    """
    assert isinstance(content, bytes)
    mail = message_from_bytes(content, policy=default)
    bodies = [mail.get_body([kind]) for kind in ("plain", "html")]
    said = [body.get_content() for body in bodies if body is not None]
    plain, html = (each.replace("\r\n", "\n") for each in said)
    return str(mail["Subject"]), plain, html


def test_each_feed_has_its_line(command: CommandLine, postbox: Postbox) -> None:
    """
    With how it ended, the numbers, and why: no person is named.
    """
    bad = "E-9;grace;Grace;Hopper\n"
    Path("feeds", "WB-2.csv").write_text(HEADER + bad + "#records;1\n", "utf-8")
    Path("feeds", "WB-3.xlsx").write_bytes(b"no workbook")
    Path("feeds", "WB-\a<4>.csv").write_text(HEADER, "utf-8")

    ended = command(*through(postbox.port), "--json", "--language", "en")

    [envelope] = postbox.envelopes
    assert ([OPERATOR], "portal@example.org") == (
        envelope.rcpt_tos,
        envelope.mail_from,
    )
    subject, plain, html = read(envelope.content)
    assert "Synchronisation: 3 feeds need a look" == subject
    for said in (
        "WB-1, done:\n    1 done, 0 done before, 0 refused, 0 not reached.\n",
        "WB-2, refused:\n    0 done,",
        "\n    1 record was not followed.\n",
        "WB-3, failed:\n    This is no Excel workbook",
        "WB-\ufffd<4>, refused:\n    ",
        "4 feeds, 0 not reached.",
    ):
        assert said in plain
    assert "WB-\ufffd&lt;4&gt;, refused" in html
    assert not any(name in plain + html for name in ("Ada", "ada@", "grace", "E-9"))
    assert (75, {"to": OPERATOR, "sent": True, "reason": None}) == (
        ended.code,
        ended.document["report"],
    )


@pytest.mark.parametrize(
    "language,subject",
    [
        ("nl", "Synchronisatie: elke licentie volgde haar feed"),
        ("fr", "Synchronisation\u202f: chaque licence a suivi son flux"),
        ("de", "Synchronisation: Jede Lizenz ist ihrem Feed gefolgt"),
        ("en", "Synchronisation: every licence followed its feed"),
    ],
)
def test_a_good_night(command: CommandLine, language: str, subject: str) -> None:
    """
    It may be a file, in the language of the operator.
    """
    mails = ("--report-to", OPERATOR, "--mail-dir", "mails")

    ended = command(*mails, "--language", language)

    [file] = Path("mails").iterdir()
    assert subject == read(file.read_bytes())[0]
    assert 0 == ended.code
    assert OPERATOR in ended.err


def test_a_run_that_fails(command: CommandLine) -> None:
    """
    An operator who waits for a mail must not take its absence for a good night.
    """
    Path("feeds", "WB-1.csv").unlink()

    ended = command("--report-to", OPERATOR, "--mail-dir", "mails", "--language", "en")

    [file] = Path("mails").iterdir()
    subject, plain, _ = read(file.read_bytes())
    assert "Synchronisation: no licence could follow its feed" == subject
    assert "feeds  This file is not there." in plain
    assert 69 == ended.code


def test_a_report_that_is_not_sent(command: CommandLine) -> None:
    """
    The licences followed, and that the operator does not hear of it is told.
    """
    ended = command(*through(free_port()), "--json", "--language", "en")

    assert 75 == ended.code
    assert "unavailable.mail_server" == ended.document["report"]["reason"]
    assert ["done"] == [feed["outcome"] for feed in ended.document["feeds"]]
    assert HOST in ended.err
    assert "the mails wait" not in ended.err


def test_a_worse_end_stays(command: CommandLine) -> None:
    """
    A report that is not sent makes no refusal look as if it had only to be repeated.
    """
    Path("feeds", "WB-9.csv").write_text(HEADER, "utf-8")

    assert 1 == command(*through(free_port())).code


@pytest.mark.parametrize(
    "options",
    [
        ("--report-to", OPERATOR),
        ("--report-to", "nobody", "--mail-dir", "mails"),
        ("--report-to", OPERATOR, "--smtp-host", HOST),
        ("--report-to", OPERATOR, "--smtp-host", HOST, "--sender", "nobody"),
        ("--mail-dir", "mails"),
    ],
    ids=["nowhere", "to no address", "no sender", "wrong sender", "to no one"],
)
def test_what_makes_no_sense(command: CommandLine, options: tuple[str, ...]) -> None:
    """
    It is said before anything changes.
    """
    ended = command(*options, "--language", "en")

    assert (2, "A report goes with --all") == (ended.code, ended.err[:24])


def test_a_report_of_one_licence(command: CommandLine) -> None:
    """
    Who synchronises one sees what became of it.
    """
    one = command.below("sync", "feeds/WB-1.csv", "--database", "office.db")

    assert 2 == one("--report-to", OPERATOR, "--mail-dir", "mails").code


def test_letters_beside_a_report(command: CommandLine, postbox: Postbox) -> None:
    """
    An Administrator's old address is told, as without a report.  [S31]
    """
    head = HEADER.strip() + ";is_licence_admin\n"
    options = (*through(postbox.port), "--portal-url", "https://portal.example.org/")

    def follow(login: str) -> Ended:
        row = f"E-1;{login};Ada;Lovelace;yes\n"
        Path("feeds", "WB-1.csv").write_text(head + row, "utf-8")
        return command(*options, "--json")

    follow("ada@example.org")
    ended = follow("king@example.org")

    assert (0, 1) == (ended.code, ended.document["feeds"][0]["done"])
