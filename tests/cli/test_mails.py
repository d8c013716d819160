"""
An operator finds out why no mail goes out, and mends it.
"""

import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import attrs
import pytest
from sqlalchemy import Engine, event

from command_line import CommandLine
from winbooks_identity.adapters.embedded import open_office
from winbooks_identity.adapters.mail_directory import MailDirectory
from winbooks_identity.cli.mailing import deliver_waiting
from winbooks_identity.errors import StorageBusy
from winbooks_identity.mail.outbox import MailState
from winbooks_identity.ports import OutboxQueue


OFFICE = """\
[licence]
number = "WB-1"
product = "Classic"
holder = "Fiduciaire Peeters"
language = "nl"

[[employee]]
winbooks_id = "ada@example.org"
generate_password = true
level = "Administrator"
send_credentials = true
first_name = "Ada"
last_name = "Lovelace"

[[employee]]
winbooks_id = "grace@example.org"
generate_password = true
level = "Power User"
send_credentials = true
first_name = "Grace"
last_name = "Hopper"
"""

DATABASE = ("-d", "office.sqlite3")

#: A mail server that is not there.
NO_SERVER = ("--smtp-host", "127.0.0.1", "--smtp-port", "9", "--smtp-security", "none")


@pytest.fixture
def command(command: CommandLine) -> CommandLine:
    """
    Return what runs a command in a folder with an office whose two mails wait.
    """
    Path("office.toml").write_text(OFFICE, encoding="utf-8")
    done = command(
        *("provision", "office.toml", *DATABASE, "--sender", "portal@example.org"),
        *("--portal-url", "https://portal.example.org/"),
    )
    assert 0 == done.code
    return command


def states() -> list[str]:
    """
    Return the states of all mails, sorted.
    """
    with open_office("office.sqlite3") as portal:
        entries = portal.mails.entries(frozenset(MailState))
        return sorted(entry.state.value for entry in entries)


def ids(command: CommandLine, *options: str) -> list[str]:
    """
    Return the ids of the mails that are listed.
    """
    listed = command("mail", "list", *DATABASE, "--json", *options)
    return [mail["id"] for mail in listed.document["mails"]]


class TestList:
    """
    Every mail has a state and a reason.
    """

    def test_what_waits(self, command: CommandLine) -> None:
        """
        By the user, with what it is about; no password is in it.
        """
        listed = command("mail", "list", *DATABASE)

        assert 0 == listed.code
        assert "ada@example.org" in listed.out
        assert "grace@example.org" in listed.out
        assert "login data" in listed.out

    def test_a_long_list(self, command: CommandLine) -> None:
        """
        It takes as many transactions as a short one.
        """
        begun: list[object] = []
        count = begun.append  # Each look at it would be another listener.

        def transactions() -> int:
            begun.clear()
            ids(command)
            return len(begun)

        event.listen(Engine, "begin", count)
        try:
            of_two = transactions()
            command("mail", "discard", ids(command)[0], *DATABASE)
            of_one = transactions()
        finally:
            event.remove(Engine, "begin", count)

        assert of_one == of_two > 0

    def test_of_one_user(self, command: CommandLine) -> None:
        """
        In every state that is asked for.
        """
        mails = command(
            *("mail", "list", *DATABASE, "--of", " Ada@example.org", "--json")
        ).document["mails"]

        assert [("ada@example.org", "credentials", "waiting", None, 0)] == [
            (m["winbooks_id"], m["kind"], m["state"], m["code"], m["attempts"])
            for m in mails
        ]
        assert [] == ids(command, "--of", "ada@example.org", "--state", "sent")
        assert [] == ids(command, "--of", "joan@example.org")

    def test_those_of_one_reason_stand_together(self, command: CommandLine) -> None:
        """
        The heading says the state, why, and the code to ask for them by.
        """
        command("deliver", *DATABASE, *NO_SERVER)
        refused = command("mail", "list", *DATABASE).out
        command("mail", "hold", *DATABASE)
        held = command("mail", "list", *DATABASE)

        assert 1 == refused.count("(unavailable.mail_server)\n")
        assert refused.startswith("waits: The mail server cannot be reached")
        assert 2 == len(re.findall(r"login data +1 +\d{4}-\d\d-\d\d \d", refused))
        assert held.out.startswith("held back: This mail was held back;")
        assert not re.findall(r"\d{4}-\d\d-\d\d \d", held.out)

    def test_none(self, command: CommandLine) -> None:
        """
        That nothing is there is said.
        """
        assert (
            "There is no such mail.\n"
            == command(*("mail", "list", *DATABASE, "--state", "dead")).out
        )

    def test_one(self, command: CommandLine) -> None:
        """
        Field by field, never its content.
        """
        (first, _) = ids(command)

        shown = command("mail", "show", first, *DATABASE)
        document = command("mail", "show", first, *DATABASE, "--json").document["mail"]

        assert 0 == shown.code
        assert re.search("Can be sent again +yes", shown.out)
        assert re.search("Attempts +0 ", shown.out)
        assert (first, True) == (document["id"], document["is_kept"])

    def test_one_that_was_sent(self, command: CommandLine) -> None:
        """
        It is not due any more, and the reason of an earlier failure is gone.
        """
        command("deliver", *DATABASE, *NO_SERVER)
        (first, _) = ids(command)
        command("mail", "retry", "--all", *DATABASE)
        command("deliver", *DATABASE, "--mail-dir", "mails")

        shown = command("mail", "show", first, *DATABASE).out

        assert re.search("Reason +\n", shown)
        assert re.search("Due +\n", shown)
        assert re.search("Ended +\\d{4}-", shown)

    def test_the_beginning_of_an_id(self, command: CommandLine) -> None:
        """
        It is enough where one mail alone begins so.
        """
        first, other = ids(command)
        begins = next(n for n in range(1, 37) if first[:n] != other[:n])

        shown = command("mail", "show", first[:begins].upper(), *DATABASE)

        assert first in shown.out
        assert 2 == command("mail", "show", first[: begins - 1], *DATABASE).code

    @pytest.mark.parametrize("mail_id", ["x", "00000000-0000-4000-8000-000000000000"])
    def test_one_that_is_not_there(self, command: CommandLine, mail_id: str) -> None:
        """
        Wrong usage, without what was typed.
        """
        shown = command("mail", "show", mail_id, *DATABASE)

        assert 2 == shown.code
        assert "mail list shows them" in shown.err


class TestDecisions:
    """
    What did not go out is sent again, or never.
    """

    def test_hold_and_retry(self, command: CommandLine) -> None:
        """
        A dry run only says what it would do.
        """
        would = command("mail", "hold", *DATABASE, "--dry-run")
        assert ("2 mails would be held back.\n", ["waiting"] * 2) == (
            would.out,
            states(),
        )
        assert "2 mails are held back.\n" == command("mail", "hold", *DATABASE).out
        assert ["dead"] * 2 == states()
        (first, _) = ids(command)

        one = command("mail", "retry", first, *DATABASE)
        would = command("mail", "retry", "--all", *DATABASE, "--dry-run")
        assert "1 mail is due now; winbooks-identity deliver tries it.\n" == one.out
        assert "1 mail would be due now.\n" == would.out
        assert ["dead", "waiting"] == states()
        rest = command("mail", "retry", "--reason", "mail.held", *DATABASE, "--json")

        assert 1 == len(rest.document["done"])
        assert ["waiting"] * 2 == states()

    def test_what_waits_for_another_try(self, command: CommandLine) -> None:
        """
        It is said when that is, and how it is tried at once.
        """
        first = command("deliver", *DATABASE, *NO_SERVER)
        second = command("deliver", *DATABASE, "--mail-dir", "mails")
        retried = command("mail", "retry", "--all", *DATABASE)
        third = command("deliver", *DATABASE, "--mail-dir", "mails")

        assert (75, 75, 0, 0) == (first.code, second.code, retried.code, third.code)
        assert "No mail was due.\n2 mails wait; the next try is due at 20" in second.out
        assert "No mail was due" not in first.out
        assert first.out.count("mail retry --all, then deliver, tries them") == 1
        assert "2 mails delivered" in third.out

    def test_what_is_erased_cannot_be_sent(self, command: CommandLine) -> None:
        """
        Such mails are counted, and the exit code says so.
        """
        command("mail", "hold", *DATABASE)
        with open_office("office.sqlite3") as portal:
            (entry, _) = portal.mails.entries({MailState.DEAD})
            portal.outbox.erase(entry.expires_at.replace(year=9999))

        ended = command("mail", "retry", "--reason", "mail.held", *DATABASE)

        assert 1 == ended.code
        assert "2 mails stay as they are" in ended.out

    def test_what_has_expired_cannot_be_sent(self, command: CommandLine) -> None:
        """
        A dry run says so too.
        """
        command("mail", "hold", *DATABASE)
        with closing(sqlite3.connect("office.sqlite3")) as connection, connection:
            connection.execute("UPDATE winbooks_outbox SET expires_at = 0")

        would = command(
            "mail", "retry", "--reason", "mail.held", *DATABASE, "--dry-run", "--json"
        )
        done = command("mail", "retry", "--reason", "mail.held", *DATABASE, "--json")

        assert (1, 1) == (would.code, done.code)
        for each in (would, done):
            assert [0, 2] == [len(each.document[key]) for key in ("done", "left")]
        assert ["dead"] * 2 == states()

    def test_discard(self, command: CommandLine) -> None:
        """
        Withdrawn, and why.
        """
        (first, second) = ids(command)

        would = command("mail", "discard", first, *DATABASE, "--dry-run")
        done = command("mail", "discard", first, second, *DATABASE)

        assert "1 mail would be withdrawn.\n" == would.out
        assert "2 mails were withdrawn.\n" == done.out
        listed = command("mail", "list", *DATABASE, "--state", "withdrawn")
        assert "This mail was withdrawn by an operator." in listed.out

    @pytest.mark.parametrize("choice", [(), ("--all", "--reason", "mail.held")])
    def test_which_are_meant(
        self, command: CommandLine, choice: tuple[str, ...]
    ) -> None:
        """
        One way to name them, so that none is meant by accident.
        """
        ended = command("mail", "discard", *choice, *DATABASE)

        assert 2 == ended.code
        assert "--all" in ended.err
        assert ["waiting"] * 2 == states()


class TestRestore:
    """
    Yesterday's copy sends nothing that was sent since.
    """

    def test_a_copy_is_held_back(self, command: CommandLine) -> None:
        """
        The mails of a copy wait for an operator's word.
        """
        command("database", "backup", "copy.sqlite3", *DATABASE)
        delivered = command("deliver", *DATABASE, "--mail-dir", "mails")
        for end in ("", "-wal", "-shm"):
            Path(f"office.sqlite3{end}").unlink(missing_ok=True)
        shutil.copy("copy.sqlite3", "office.sqlite3")

        said = command("deliver", *DATABASE, "--mail-dir", "again")
        again = command("deliver", *DATABASE, "--mail-dir", "again", "--json")

        assert (0, 1, 1) == (delivered.code, said.code, again.code)
        assert "2 mails are held back" in said.out
        assert ([], 2) == tuple(
            again.document["mails"][key] for key in ("delivered", "held")
        )
        assert ["dead"] * 2 == states()

        command("mail", "discard", "--all", *DATABASE)
        assert 0 == command("deliver", *DATABASE, "--mail-dir", "again").code


class _Lost:
    """
    A queue whose storage is lost after *answers* calls of one method.
    """

    def __init__(self, queue: OutboxQueue, method: str, *, answers: int) -> None:
        self._queue = queue
        self._method = method
        self._left = answers

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  Whatever the queue has.
        if name == self._method:
            self._left -= 1
            if self._left < 0:
                raise StorageBusy
        return getattr(self._queue, name)


class TestStorageIsLost:
    """
    A report of what was done survives the storage.
    """

    @pytest.mark.parametrize(
        "method,answers,sent",
        [("statistics", 0, 2), ("sent", 1, 2), ("claim", 0, 0)],
    )
    def test_at_any_moment(
        self, command: CommandLine, tmp_path: Path, method: str, answers: int, sent: int
    ) -> None:
        """
        What went out is said, and what the storage would have said is not known.
        """
        assert ["waiting"] * 2 == states()
        del command
        mails = MailDirectory(tmp_path / "mails")
        with open_office("office.sqlite3") as portal:
            queue: Any = _Lost(portal.outbox, method, answers=answers)
            done = deliver_waiting(attrs.evolve(portal, queue=queue), mails)

        assert sent == len(done.delivered) == len(done.done.attempts)
        assert "unavailable.storage_busy" == done.stopped_by
        assert done.has_failures
        numbers = done.document()["mails"]
        assert isinstance(numbers, dict)
        assert (1 if method == "sent" else None) == numbers["waiting"]


class TestMetrics:
    """
    An operator alarms on what the command writes.
    """

    def test_for_prometheus(self, command: CommandLine) -> None:
        """
        As it is, without a table around it.
        """
        ended = command("metrics", *DATABASE)

        assert 0 == ended.code
        assert ended.out.startswith("# HELP winbooks_identity_mails_waiting ")
        assert "\nwinbooks_identity_mails_waiting 2\n" in ended.out

    def test_in_json(self, command: CommandLine) -> None:
        """
        And what a delivery answers has the same figures.
        """
        command("deliver", *DATABASE, "--mail-dir", "mails")
        figures = command("metrics", *DATABASE, "--json").document["mails"]
        delivered = command("deliver", *DATABASE, "--mail-dir", "mails", "--json")

        assert (0, 0) == (figures["waiting"], figures["dead"])
        assert figures["last_success"] is not None
        assert figures == delivered.document["mails"]["queue"]
