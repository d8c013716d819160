"""
The command line as its users meet it: processes, pipes and terminals.
"""

import json
import os
import pty
import re
import select
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest


OFFICE = Path(__file__).parents[2] / "docs/examples/office.toml"

#: Seconds; far more than any command needs, and an end for one that waits.
PATIENCE = 20

PROGRAM = (sys.executable, "-m", "winbooks_identity")

LICENCE = """\
[licence]
number = "WB-1"
product = "Classic"
holder = "Fiduciaire Peeters & Dubois BV"
language = "nl"

[[dossier]]
number = "D-1"
name = "Bakkerij De Korenaar BV"
"""

GRACE = """
[[end_customer]]
winbooks_id = "grace@example.org"
generate_password = true
first_name = "Grace"
last_name = "Hopper"
company_name = "Bakkerij De Korenaar BV"
language = "en"
dossiers = ["D-1"]
roles = ["View.User"]
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Run each test in a folder of its own, in English.
    """
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "120")


def run(*arguments: str, typed: bytes = b"") -> tuple[int, str, str]:
    """
    Return exit code, standard output and standard error of a command in pipes.
    """
    done = subprocess.run(  # noqa: S603  Our own program.
        [*PROGRAM, *arguments], input=typed, capture_output=True, check=False
    )
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def converse(*arguments: str, answers: tuple[tuple[str, str], ...]) -> tuple[int, str]:
    """
    Return exit code and screen of a command on a terminal.

    Each answer is typed once its question stands on the screen.
    """
    ours, theirs = pty.openpty()
    process = subprocess.Popen(  # noqa: S603  Our own program.
        [*PROGRAM, *arguments],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    screen, seen, waiting = "", 0, list(answers)
    with process:
        while written := _read(ours):
            screen += written
            while waiting and waiting[0][0] in screen[seen:]:
                question, answer = waiting.pop(0)
                seen = screen.index(question, seen) + len(question)
                os.write(ours, f"{answer}\n".encode())
    os.close(ours)
    return process.returncode, screen


def _read(terminal: int) -> str:
    readable, _, _ = select.select([terminal], [], [], PATIENCE)
    assert readable, "the command waits for an answer that the test does not have"
    try:
        return os.read(terminal, 65536).decode()
    except OSError:  # Linux says so when the other end is closed.
        return ""


class TestFirstCommand:
    """
    The command of the README works as it is written there.
    """

    def test_an_office_is_provisioned(self) -> None:
        """
        Eight people, seven mails, no words where no one looks.
        """
        code, out, err = run(
            "provision", str(OFFICE), "--database", "office.sqlite3",
            "--mail-dir", "mails",
        )  # fmt: skip

        assert 0 == code, err
        assert "8 created" in out
        assert "" == err
        assert 7 == len(list(Path("mails").glob("*.eml")))
        assert 0o600 == Path("office.sqlite3.key").stat().st_mode & 0o777

    def test_on_a_terminal(self) -> None:
        """
        There is colour and progress, and a password to hand over is shown.
        """
        Path("office.toml").write_text(LICENCE + GRACE, encoding="utf-8")

        code, screen = converse(
            "provision", "office.toml", "--database", "office.sqlite3", answers=()
        )

        assert 0 == code
        assert "\x1b[" in screen
        assert "Creating users" in screen
        assert "Hand over this password yourself" in screen

    def test_no_color(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """
        Whoever wants no colours gets none (no-color.org).
        """
        monkeypatch.setenv("NO_COLOR", "1")
        Path("office.toml").write_text(LICENCE + GRACE, encoding="utf-8")

        _, screen = converse(
            "provision", "office.toml", "--database", "office.sqlite3", answers=()
        )

        assert "\x1b[3" not in screen.replace("\x1b[?25", "")


class TestPasswordCheck:
    """
    A password is asked for, or read; never an argument.
    """

    @pytest.mark.parametrize(
        "typed,code",
        [
            (b"Correct-Horse-9\n", 0),
            (b"Correct-Horse-9\r\nsecond line\n", 0),
            (b"Correct-Horse-9", 0),
            (b" blanks count 1 \n", 0),
            (b"short\n", 1),
            (b"", 1),
            (b"\xff\xfe not utf-8 at all\n", 1),
        ],
    )
    def test_from_standard_input(self, typed: bytes, code: int) -> None:
        """
        The first line counts, as it is.
        """
        assert code == run("password", "check", typed=typed)[0]

    def test_problems_are_words(self) -> None:
        """
        Standard output stays free.
        """
        code, out, err = run("password", "check", typed=b"Canary\n")

        assert (1, "") == (code, out)
        assert "Use at least 12 characters: 6 more." in err
        assert "Canary" not in err

    def test_for_programs(self) -> None:
        """
        One document, with codes.
        """
        _, out, _ = run("password", "check", "--json", typed=b"Canary\n")

        assert ["password.too_short", "password.too_few_kinds"] == [
            problem["code"] for problem in json.loads(out)["problems"]
        ]

    def test_from_a_terminal(self) -> None:
        """
        What is typed does not show.
        """
        code, screen = converse(
            "password", "check", answers=(("Password: ", "Correct-Horse-9"),)
        )

        assert 0 == code
        assert "The Portal accepts this password." in screen
        assert "Horse" not in screen

    def test_the_end_of_the_terminal(self) -> None:
        """
        Ctrl-D and Ctrl-C leave without a traceback.
        """
        code, screen = converse("password", "check", answers=(("Password: ", "\x04"),))

        assert code in {1, 130}
        assert "Traceback" not in screen


class TestCreate:
    """
    What is missing is asked for on a terminal.
    """

    def test_questions(self) -> None:
        """
        Wrong answers are explained and asked again; the password does not show.
        """
        Path("office.toml").write_text(LICENCE, encoding="utf-8")
        run("provision", "office.toml", "--database", "office.sqlite3")

        code, screen = converse(
            "user", "create", "--database", "office.sqlite3", "--level", "User",
            answers=(
                ("WinBooks ID: ", "grace"),
                ("generated): ", "Correct-Horse-9"),
                ("again: ", "Correct-Horse-8"),
                ("generated): ", "Correct-Horse-9"),
                ("again: ", "Correct-Horse-9"),
                ("Dossiers: ", "D-1"),
                ("Roles (Connect.Entrepreneur, View.User): ", "view.user"),
                ("First name: ", "Grace"),
                ("Last name: ", "Hopper"),
                ("Company name: ", "De Korenaar"),
                ("Language (nl, fr, en): ", "en"),
                ("WinBooks ID: ", "grace@example.org"),
            ),
        )  # fmt: skip

        assert 0 == code, screen
        assert "These were two different passwords." in screen
        assert "Horse" not in screen

    def test_an_empty_password_is_generated(self) -> None:
        """
        It is shown, because someone looks.
        """
        Path("office.toml").write_text(LICENCE, encoding="utf-8")
        run("provision", "office.toml", "--database", "office.sqlite3")

        code, screen = converse(
            "user", "create", "ada@example.org", "--database", "office.sqlite3",
            "--level", "Administrator", "--first-name", "Ada", "--last-name", "L.",
            answers=(("generated): ", ""),),
        )  # fmt: skip

        assert 0 == code, screen
        assert "Hand over this password yourself" in screen

    def test_a_password_from_standard_input(self) -> None:
        """
        It is the first line, and is not repeated.
        """
        Path("office.toml").write_text(LICENCE, encoding="utf-8")
        run("provision", "office.toml", "--database", "office.sqlite3")

        code, out, err = run(
            "user", "create", "ada@example.org", "--database", "office.sqlite3",
            "--level", "Administrator", "--first-name", "Ada", "--last-name", "L.",
            typed=b"Canary-Horse-9\n",
        )  # fmt: skip

        assert 0 == code, err
        assert "Canary" not in out + err


def passwords_in(lines: Sequence[str]) -> Sequence[str]:
    """
    Return the passwords in what `provision` wrote, in words or in JSON.
    """
    found = (
        re.match(r"grace\d+@example.org  (\S.*)", line)
        or re.match(r'    \{"line": .*"password": "(.+)"\},?$', line)
        for line in lines
    )
    return [each[1] for each in found if each]


class TestResetPassword:
    """
    The password of one user is asked for on a terminal.
    """

    def test_an_empty_password_is_generated(self) -> None:
        """
        It is shown, because someone looks.
        """
        Path("office.toml").write_text(LICENCE + GRACE, encoding="utf-8")
        database = ("--database", "office.sqlite3")
        run("provision", "office.toml", *database, "--show-passwords")

        code, screen = converse(
            *("user", "reset-password", "grace@example.org", *database),
            answers=(("generated): ", ""),),
        )

        assert 0 == code, screen
        plain = re.sub(r"\x1b\[[0-9?;]*[A-Za-z]", "", screen)
        assert re.search(r"grace@example\.org  \S{16}\r\n", plain), plain


class TestKilled:
    """
    A password that has to be handed over is on the screen when its user is stored.
    """

    @pytest.mark.parametrize("options", [(), ("--json",)], ids=["words", "json"])
    def test_while_it_provisions(self, options: tuple[str, ...]) -> None:
        """
        The last user at most was stored and not yet shown.
        """
        people = "".join(
            GRACE.replace("grace@", f"grace{number}@") for number in range(40)
        )
        Path("office.toml").write_text(LICENCE + people, encoding="utf-8")
        command = (
            *(*PROGRAM, "provision", "office.toml", "-d", "o.sqlite3"),
            *("--show-passwords", *options),
        )

        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
            assert process.stdout is not None
            shown = [process.stdout.readline() for _ in range(4)]
            while not passwords_in(shown):
                shown.append(process.stdout.readline())
            shown += [process.stdout.readline() for _ in range(2)]
            process.kill()
            shown += process.stdout.readlines()

        with closing(sqlite3.connect("o.sqlite3")) as connection:
            (stored,) = connection.execute(
                "SELECT count(*) FROM winbooks_user"
            ).fetchone()
        passwords = passwords_in(shown)
        assert 3 <= len(passwords) < 40
        assert stored - 1 <= len(passwords) <= stored


class TestDeliver:
    """
    A relay can stay.
    """

    @pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
    def test_until_it_is_stopped(self, number: signal.Signals) -> None:
        """
        It delivers what waits, tells so, and leaves without a traceback.
        """
        text = LICENCE + GRACE + "send_credentials = true\n"
        Path("office.toml").write_text(text, encoding="utf-8")
        run(
            "provision", "office.toml", "-d", "o.sqlite3",
            "--sender=portal@example.org", "--portal-url=https://example.org/",
        )  # fmt: skip
        command = (*PROGRAM, "deliver", "-d", "o.sqlite3", "--mail-dir=m", "--loop")

        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as relay:  # noqa: S603
            assert relay.stderr is not None
            told = relay.stderr.readline()
            relay.send_signal(number)
            _, rest = relay.communicate(timeout=60)

        assert "1 mail delivered\n" == told
        assert 130 == relay.returncode
        assert rest.endswith("Interrupted.\n")
        assert "Traceback" not in rest
        assert 1 == len(list(Path("m").glob("*.eml")))


class TestSurroundings:
    """
    What the machine does not have or does not allow is said in a sentence.
    """

    def test_without_the_packages(self) -> None:
        """
        The extra is named, in the language of the environment.
        """
        program = (
            "import sys; sys.modules['cyclopts'] = None;"
            "from winbooks_identity.__main__ import main; main()"
        )

        done = subprocess.run(  # noqa: S603  Our own program.
            [sys.executable, "-c", program], capture_output=True, text=True, check=False
        )

        assert 69 == done.returncode
        assert "pip install 'winbooks-identity[cli]'\n" in done.stderr
        assert "Traceback" not in done.stderr

    def test_a_damaged_installation_is_not_taken_for_a_missing_extra(self) -> None:
        """
        A module of ours that is gone is told as Python tells it.
        """
        program = (
            "import sys; sys.modules['winbooks_identity.cli.application'] = None;"
            "from winbooks_identity.__main__ import main; main()"
        )

        done = subprocess.run(  # noqa: S603  Our own program.
            [sys.executable, "-c", program], capture_output=True, text=True, check=False
        )

        assert (1, True) == (done.returncode, "ModuleNotFoundError" in done.stderr)

    def test_a_screen_without_accents(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """
        What it cannot show does not stop a command.
        """
        monkeypatch.setenv("PYTHONIOENCODING", "ascii")
        Path("office.toml").write_text(
            LICENCE.replace("Fiduciaire", "Société"), encoding="utf-8"
        )

        code, out, err = run("provision", "office.toml", "--database", "o.sqlite3")

        assert 0 == code, err
        assert "Soci?t? Peeters" in out

    def test_a_database_that_is_locked_by_nobody(self) -> None:
        """
        Another process may read while we are done.
        """
        run("provision", str(OFFICE), "-d", "o.sqlite3", "--mail-dir", "mails")

        address = "file:o.sqlite3?mode=ro"
        with closing(sqlite3.connect(address, uri=True)) as connection:
            (number,) = connection.execute(
                "SELECT count(*) FROM winbooks_user"
            ).fetchone()

        assert 8 == number
