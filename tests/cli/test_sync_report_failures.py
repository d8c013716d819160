"""
Whatever fails in a run or in its report, the operator hears of it.
"""

import os
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Final, NoReturn

import pytest

from command_line import CommandLine
from winbooks_identity.adapters.embedded import open_office
from winbooks_identity.authorization import WinBooksAdministration
from winbooks_identity.language import Language
from winbooks_identity.licence import Licence, Product
from winbooks_identity.names import CompanyName


REPORT: Final = (
    *("--report-to", "night@example.org", "--mail-dir", "mails"),
    *("--language", "en"),
)
FEED: Final = (
    "external_id;login;first_name;last_name\n"
    "E-1;ada@example.org;Ada;Lovelace\n"
    "#records;1\n"
)
BROKEN_OFF: Final = "Synchronisation: the run was broken off"
FAILED: Final = "Synchronisation: no licence could follow its feed"


@pytest.fixture
def command(command: CommandLine) -> CommandLine:
    """
    Return what runs the command on a database with a licence that has a good feed.
    """
    Path("feeds").mkdir()
    Path("feeds", "WB-1.csv").write_text(FEED, "utf-8")
    with open_office(Path("office.db"), new=True) as office:
        office.provisioning.register_licence(
            Licence(
                number="WB-1",
                product=Product.ON_WEB,
                holder=CompanyName("Peeters"),
                language=Language.DUTCH,
            ),
            by=WinBooksAdministration(),
        )
    return command.below("sync", "feeds", "--all", "--apply", *REPORT)


def mailed() -> tuple[str, str]:
    """
    Return the subject and the text of the one report.
    """
    [file] = Path("mails").iterdir()
    mail = message_from_bytes(file.read_bytes(), policy=default)
    body = mail.get_body(["plain"])
    assert body is not None
    return str(mail["Subject"]), body.get_content()


@pytest.mark.parametrize(
    "database,code,said",
    [
        ("gone.db", 69, "gone.db  This file is not there."),
        ("postgresql://server.example/office", 2, "--key-file"),
    ],
    ids=["no database", "no keys"],
)
def test_a_database_that_cannot_be_opened(
    command: CommandLine, database: str, code: int, said: str
) -> None:
    """
    No licence followed its feed.
    """
    ended = command(*("--database", database))

    subject, text = mailed()
    assert (code, FAILED) == (ended.code, subject)
    assert said in text
    assert said in ended.err


def test_a_run_that_is_interrupted(
    command: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    Some licences may have followed their feeds.
    """

    def interrupt(*_: object, **__: object) -> NoReturn:
        raise KeyboardInterrupt

    monkeypatch.setattr("winbooks_identity.cli.sync.whoever_acts", interrupt)

    ended = command("--database", "office.db")

    assert (130, BROKEN_OFF) == (ended.code, mailed()[0])
    assert "The report was sent to night@example.org." in ended.err


def test_a_mistake_of_ours(
    command: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    It is reported and stays loud.
    """

    def fail(*_: object) -> NoReturn:
        raise RuntimeError

    monkeypatch.setattr("winbooks_identity.cli.sync.follow_all", fail)

    with pytest.raises(RuntimeError):
        command("--database", "office.db")

    assert BROKEN_OFF == mailed()[0]


def test_a_file_whose_name_is_no_text(command: CommandLine) -> None:
    """
    It is a feed like others: the table and the report are there.
    """
    name = os.fsencode("feeds") + b"/\xff\xfe.csv"
    try:
        Path(os.fsdecode(name)).write_text(FEED, "utf-8")
    except (OSError, UnicodeError):
        return  # A system whose names are text has no such file.

    ended = command("--database", "office.db", "--json")

    assert "\ufffd\ufffd, " in mailed()[1]
    assert {"WB-1", "\udcff\udcfe"} == {
        feed["licence"] for feed in ended.document["feeds"]
    }


def test_a_report_that_cannot_be_written(
    command: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    What was done is told; that nothing waits in an outbox, too.
    """

    def fail(*_: object, **__: object) -> NoReturn:
        raise RuntimeError

    monkeypatch.setattr("winbooks_identity.cli.sync_report.write_report", fail)

    ended = command("--database", "office.db", "--json")

    assert (75, "unavailable") == (ended.code, ended.document["report"]["reason"])
    assert ["done"] == [feed["outcome"] for feed in ended.document["feeds"]]
    assert "waits nowhere; the next run reports again. (RuntimeError)" in ended.err
