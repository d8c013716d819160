"""
What a support desk asks: who has not begun, under which name, and in which state.
"""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from command_line import CommandLine
from office_files import OFFICE
from winbooks_identity.adapters.argon2 import CHEAPEST, Argon2Hasher
from winbooks_identity.adapters.embedded import open_office
from winbooks_identity.passwords import Password
from winbooks_identity.refusals import SignInRefused, TooManyAttempts
from winbooks_identity.winbooks_id import WinBooksId


MAILED = ("--sender", "portal@firm.example", "--portal-url", "https://firm.example/")


@pytest.fixture
def command(command: CommandLine, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    """
    Return what runs a command on an office.
    """
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.setenv("WINBOOKS_IDENTITY_DATABASE", "office.sqlite3")
    file = OFFICE.having(ada={"activate": False})
    Path("office.toml").write_text(file.text, encoding="utf-8")
    assert 0 == command("provision", "office.toml", "--show-passwords").code
    return command


def change(column: str, value: object) -> None:
    """
    Change a column of every credential.
    """
    with closing(sqlite3.connect("office.sqlite3")) as connection:
        connection.execute(f"UPDATE winbooks_credential SET {column} = ?", (value,))  # noqa: S608  Our name.
        connection.commit()


class TestInitialPassword:
    """
    `user show` says whether a user still has to begin.  [S5]
    """

    def test_until_when(self, command: CommandLine) -> None:
        """
        Its end, and none for a user who cannot sign in yet.
        """
        joan = command("user", "show", "joan@example.org")
        ada = command("user", "show", "ada@example.org")

        assert "yes, to be changed at the first sign-in, until 20" in joan.out
        assert "yes, to be changed at the first sign-in" in ada.out
        assert "until" not in ada.out

    def test_in_json(self, command: CommandLine) -> None:
        """
        The same for programs.
        """
        document = command("user", "show", "joan@example.org", "--json").document

        found = document["user"]["initial_password"]
        assert (True, False) == (found["must_change"], found["has_ended"])
        assert found["ends_at"]

    def test_it_ended(self, command: CommandLine) -> None:
        """
        Then the way on is said.
        """
        change("expires_at", 1_000_000_000_000_000)

        ended = command("user", "show", "joan@example.org")

        assert "but it ended on" in ended.out

    def test_it_was_changed(self, command: CommandLine) -> None:
        """
        They have begun.
        """
        change("must_change", 0)

        shown = " ".join(command("user", "show", "joan@example.org").out.split())

        assert "Initial password no" in shown

    def test_colleagues_do_not_see_it(self, command: CommandLine) -> None:
        """
        Personal data is for those who manage the user.  [S2]
        """
        command("user", "activate", "ada@example.org")

        document = command(
            "user", "show", "boss@example.org", "--as", "ada@example.org", "--json"
        ).document

        assert "initial_password" not in document["user"]


class TestLockOut:
    """
    Too many attempts are shown, and ended by a command.  [S54]
    """

    def test_unlock(self, command: CommandLine) -> None:
        """
        A dry run ends nothing.
        """

        def is_locked_out() -> bool:
            with open_office("office.sqlite3", hasher=Argon2Hasher(CHEAPEST)) as portal:
                try:
                    portal.sign_in.verify(
                        WinBooksId("joan@example.org"), Password("Wrong-Horse-1")
                    )
                except TooManyAttempts:
                    return True
                except SignInRefused:
                    return False
            raise AssertionError

        assert [False] * 10 == [is_locked_out() for _ in range(10)]
        assert is_locked_out()
        shown = command("user", "show", "joan@example.org")
        assert "10, the last one on" in shown.out
        assert 0 == command("user", "unlock", "joan@example.org", "--dry-run").code
        assert is_locked_out()

        ended = command("user", "unlock", "joan@example.org")

        assert "1 done" in ended.out
        assert not is_locked_out()


class TestEdit:
    """
    Who is renamed is shown under the present name.
    """

    def test_the_new_name(self, command: CommandLine) -> None:
        """
        In the table and in the change.
        """
        ended = command("user", "edit", "joan@example.org", "--last-name", "Murray")

        assert "Joan Murray" in ended.out
        assert "Last name: Clarke → Murray" in ended.out


class TestStates:
    """
    A state is asked for by the words that are shown.
    """

    @pytest.mark.parametrize(
        "state, others",
        [
            ("held", ["given-up", "waiting", "sent"]),
            ("dead", ["given-up", "withdrawn"]),
        ],
    )
    def test_held_back(
        self, command: CommandLine, state: str, others: list[str]
    ) -> None:
        """
        What was held back is no mail that was given up.
        """
        reset = ("user", "reset-password", "joan@example.org", "--generate-password")
        command(*reset, "--send-credentials", *MAILED)
        command("mail", "hold")

        found = json.loads(command("mail", "list", "--state", state, "--json").out)
        rest = [command("mail", "list", "--state", other).out for other in others]

        assert ["joan@example.org"] == [each["winbooks_id"] for each in found["mails"]]
        assert all("There is no such mail." in each for each in rest)

    def test_given_up(self, command: CommandLine) -> None:
        """
        And the other way round.
        """
        reset = ("user", "reset-password", "joan@example.org", "--generate-password")
        command(*reset, "--send-credentials", *MAILED)
        command("mail", "hold")
        with closing(sqlite3.connect("office.sqlite3")) as connection:
            connection.execute(
                "UPDATE winbooks_outbox SET reason = 'unavailable.mail_refused'"
            )
            connection.commit()

        given_up = command("mail", "list", "--state", "given-up", "--json").document
        held = command("mail", "list", "--state", "held", "--json").document

        assert (1, 0) == (len(given_up["mails"]), len(held["mails"]))
