"""
What a support desk asks: who has not begun, under which name, and in which state.
"""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from command_line import CommandLine, Ended
from office_files import OFFICE
from winbooks_identity.adapters.argon2 import CHEAPEST, Argon2Hasher
from winbooks_identity.adapters.embedded import open_office
from winbooks_identity.cli.screen import Screen
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


def row(shown: Ended, name: str) -> str:
    """
    Return what stands behind *name* in a table.
    """
    (line,) = (each for each in shown.out.splitlines() if name in each)
    return line.partition(name)[2].strip()


def sign_in_of(told: Ended) -> tuple[str, str]:
    """
    Return what is explained of the sign-in, and what of the digital products.
    """
    sign_in, _, products = told.out.partition("Digital products\n")
    return sign_in, products


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

        found = document["people"][0]["user"]["initial_password"]
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

        assert "initial_password" not in document["people"][0]["user"]


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
        assert "10 in the log, the last one on" in shown.out
        assert "until 20" in row(shown, "Sign-in closed")
        assert "- Too many attempts failed" in " ".join(
            command("user", "explain", "joan@example.org").out.split()
        )
        assert 0 == command("user", "unlock", "joan@example.org", "--dry-run").code
        assert is_locked_out()

        ended = command("user", "unlock", "joan@example.org")

        assert "1 done" in ended.out
        shown = command("user", "show", "joan@example.org")
        assert ("", True) == (
            row(shown, "Sign-in closed"),
            "10 in the log" in row(shown, "Failed attempts"),
        )
        (sign_in, _) = sign_in_of(command("user", "explain", "joan@example.org"))
        assert "too many" not in sign_in.lower()
        assert not is_locked_out()


class TestExplained:
    """
    What keeps a person out, and what waits for them.  [S5, S20, Q11, Q14]
    """

    def test_an_initial_password(self, command: CommandLine) -> None:
        """
        Until it ends, and then that it did.
        """
        (open_ended, _) = sign_in_of(command("user", "explain", "ada@example.org"))
        (good, _) = sign_in_of(command("user", "explain", "joan@example.org"))
        change("expires_at", 1_000_000_000_000_000)
        ended = command("user", "explain", "joan@example.org", "--json")

        assert "first sign-in." in open_ended
        assert "first sign-in, until 20" in good
        (sign_in, _) = ended.document["people"][0]["answers"]
        assert (False, "cli.explain.password_ended") == (
            sign_in["has_access"],
            sign_in["missing"][0]["code"],
        )
        assert "2001-09-09T01:46:40+00:00" == sign_in["missing"][0]["params"]["until"]

    def test_a_link(self, command: CommandLine) -> None:
        """
        That its mail waits, that it is good, and nothing once it is void.
        """
        link = (*MAILED, "--page", "https://firm.example/password")
        told = []

        def ask() -> None:
            told.append(sign_in_of(command("user", "explain", "joan@example.org"))[0])

        command("user", "send-link", "joan@example.org", *link)
        ask()
        command("deliver", "--mail-dir", "mails")
        ask()
        command(
            *("user", "reset-password", "joan@example.org", "--generate-password"),
            "--show-passwords",
        )
        ask()
        command("mail", "hold")
        command("user", "send-link", "joan@example.org", *link)
        command("mail", "hold")
        ask()

        waits, good, void, given_up = told
        assert "A mail still waits (link to choose a password)" in waits
        assert "A link to choose a password was mailed; it is good until" in good
        assert "link" not in void
        assert "A mail did not go out (link to choose a password)" in given_up

    def test_a_new_id(self, command: CommandLine) -> None:
        """
        It waits, and its link ends.
        """
        page = ("--page", "https://firm.example/confirm")
        change_id = ("user", "change-id", "joan@example.org", "new@example.org")

        planned = command(*change_id, *MAILED, *page, "--dry-run")
        planned_json = command(*change_id, *MAILED, *page, "--dry-run", "--json")
        done = command(*change_id, *MAILED, *page)
        (waits, _) = sign_in_of(command("user", "explain", "joan@example.org"))
        with closing(sqlite3.connect("office.sqlite3")) as connection:
            connection.execute(
                "UPDATE winbooks_user SET pending_until = 1 WHERE pending_id > ''"
            )
            connection.commit()
        (ended, _) = sign_in_of(command("user", "explain", "joan@example.org"))

        assert "They would get a mail." in planned.out
        assert "waits: deliver" not in planned.out
        assert not planned_json.document["people"][0]["mailed"]
        assert "A mail to them waits: deliver sends it." in done.out
        assert "A new WinBooks ID, new@example.org, waits" in waits
        assert "The link to confirm the new WinBooks ID new@example.org ended" in ended

    def test_forgotten_too_often(self, command: CommandLine) -> None:
        """
        A person who gets no more links can still sign in.
        """
        with open_office("office.sqlite3", hasher=Argon2Hasher(CHEAPEST)) as portal:
            for _ in range(5):
                portal.own_login.send_password_link(
                    WinBooksId("joan@example.org"), source="192.0.2.7"
                )

        ended = command("user", "explain", "joan@example.org", "--json")

        (sign_in, _) = ended.document["people"][0]["answers"]
        assert sign_in["has_access"]
        assert "cli.explain.closed.forgotten_password" in {
            note["code"] for note in sign_in["notes"]
        }

    def test_colleagues_do_not_hear_of_it(self, command: CommandLine) -> None:
        """
        What is personal is for those who manage the user.  [S2]
        """
        command("user", "activate", "ada@example.org")

        ended = command(
            "user", "explain", "boss@example.org", "--as", "ada@example.org", "--json"
        )

        (answer,) = ended.document["people"][0]["answers"]
        assert "digital products" == answer["subject"]


class TestHistory:
    """
    Who did it is said by name, and whom it is about.
    """

    def test_by_the_internal_key(self, command: CommandLine) -> None:
        """
        The key stands above it.
        """
        shown = command("user", "show", "joan@example.org", "--json")
        key = shown.document["people"][0]["user"]["id"]

        ended = command("user", "history", key)
        unknown = command("user", "history", key[:-4] + "0000")

        assert ended.out.startswith(f"{key}\n")
        assert key[:-4] not in unknown.err

    def test_on_a_narrow_terminal(
        self, command: CommandLine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        Each change has a line of its own, so no ID is broken in two.
        """
        monkeypatch.setattr(Screen, "is_narrow", True)

        ended = command("user", "history", "joan@example.org")

        assert "\n  WinBooks ID: - → joan@example.org\n" in ended.out

    def test_an_identity_provider(self, command: CommandLine) -> None:
        """
        The token's name, in the words of the language.
        """
        command("user", "deactivate", "joan@example.org", "--operator", "Entra ID")

        ended = command("user", "history", "joan@example.org", "--language", "nl")

        assert "Entra ID (verdeler)" in ended.out


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

    def test_in_french(self, command: CommandLine) -> None:
        """
        A blank stands before the colon.
        """
        words = ("user", "edit", "joan@example.org", "--last-name", "Murray")

        assert "Nom\u202f: Clarke → Murray" in command(*words, "--language", "fr").out


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


class TestLog:
    """
    What happens is written to standard error where that is asked.  [S81]
    """

    def test_by_an_option_or_the_environment(
        self, command: CommandLine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        A line each, which names no one; the answer stays as it is.
        """
        step = ("user", "deactivate", "joan@example.org", "--json")

        asked = command(*step, "--log")
        silent = command("user", "activate", "joan@example.org")
        monkeypatch.setenv("WINBOOKS_IDENTITY_LOG", "1")
        again = command(*step)

        assert "done" == asked.document["people"][0]["fate"]
        for each in (asked, again):
            assert "INFO user.deactivate user_id=" in each.err
            assert "joan" not in each.err
        assert "" == silent.err


def test_a_password_of_their_own(command: CommandLine) -> None:
    """
    It has no end, so `explain` says nothing of it.
    """
    change("must_change", 0)

    assert "password" not in command("user", "explain", "joan@example.org").out
