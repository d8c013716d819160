"""
A policy and leaked passwords are asked wherever a command takes a password.
"""

import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from command_line import Ended
from winbooks_identity.adapters.argon2 import CHEAPEST, Argon2Hasher
from winbooks_identity.adapters.sorted_key_file import SortedKeyFile
from winbooks_identity.cli.application import run
from winbooks_identity.passwords import PasswordJudge
from winbooks_identity.passwords.breached import Found, LookUp, NotFound, key_of
from winbooks_identity.passwords.named import NAMED


OFFICE = """\
[licence]
number = "WB-1"
product = "Classic"
holder = "Fiduciaire Verhoeven"
language = "nl"

[[dossier]]
number = "D-1"
name = "Bakkerij Zonnebloem"

[[employee]]
winbooks_id = "jan@example.org"
password = "{password}"
level = "Power User"
dossiers = ["D-1"]
first_name = "Jan"
last_name = "Verhoeven"
"""

LEAKED = "Gelekt!Kasteel-7481-Vijver"
OWN = "VerhoevenJan-2026-Verhoeven"
DOSSIER = "Zonnebloem-Zonnebloem-1!"
GOOD = "krokus Zadel 71 ventilator?"
RULES = ("--policy", "recommended", "--breached", "leaked.keys")

Run = Callable[..., Ended]


@pytest.fixture
def command(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Run:
    """
    Return what runs a command in a folder with a file of leaked passwords.
    """
    monkeypatch.chdir(tmp_path)
    SortedKeyFile.write(Path("leaked.keys"), [key_of(LEAKED)])

    def ended(*arguments: str, typed: str = "") -> Ended:
        sent = io.TextIOWrapper(io.BytesIO(typed.encode()))
        monkeypatch.setattr(sys, "stdin", sent)
        code = run(arguments, hasher=Argon2Hasher(CHEAPEST))
        written = capsys.readouterr()
        return Ended(code, written.out, written.err)

    return ended


def codes(ended: Ended) -> list[str]:
    """
    Return the codes of the problems that a command named.
    """
    return [each["code"] for each in ended.document["problems"]]


CASES = pytest.mark.parametrize(
    "password,code",
    [
        (OWN, "password.personal_words"),
        (DOSSIER, "password.personal_words"),
        (LEAKED, "password.breached"),
    ],
)


class TestProvision:
    """
    An office file keeps to the rules that the command names.
    """

    @CASES
    def test_refuses(self, command: Run, password: str, code: str) -> None:
        """
        The line of the password is named, and nothing is made.
        """
        Path("office.toml").write_text(OFFICE.format(password=password), "utf-8")

        ended = command("provision", "office.toml", "-d", "office.db", *RULES, "--json")

        assert code in codes(ended)
        assert not Path("office.db").exists()

    def test_accepts(self, command: Run) -> None:
        """
        What is good is stored.
        """
        Path("office.toml").write_text(OFFICE.format(password=GOOD), "utf-8")

        ended = command("provision", "office.toml", "-d", "office.db", *RULES)

        assert (0, "") == (ended.code, ended.err)


class TestCreate:
    """
    One person on the command line, likewise.
    """

    @pytest.fixture(autouse=True)
    def office(self, command: Run) -> None:
        """
        Make an office with Jan in it.
        """
        Path("office.toml").write_text(OFFICE.format(password=GOOD), "utf-8")
        command("provision", "office.toml", "-d", "office.db")

    @CASES
    def test_refuses(self, command: Run, password: str, code: str) -> None:
        """
        The dossiers are known by their names.
        """
        ended = self.created(command, password)

        assert code in codes(ended)

    def test_accepts(self, command: Run) -> None:
        """
        What is good is stored.
        """
        assert 0 == self.created(command, GOOD).code

    @staticmethod
    def created(command: Run, password: str) -> Ended:
        """
        Return how the creation of another Verhoeven ended.
        """
        return command(
            *("user", "create", "jan.verhoeven@example.org", "-d", "office.db"),
            *("--level", "Power User", "--first-name", "Jan"),
            *("--last-name", "Verhoeven", "--dossier", "D-1", *RULES, "--json"),
            typed=f"{password}\n",
        )


class TestCheck:
    """
    A password is checked for a person.
    """

    def test_for_a_person(self, command: Run) -> None:
        """
        What others know of the person is told with --about.
        """
        about = ("--about", "Jan", "--about", "Verhoeven")

        ended = command(
            *("password", "check", *about, *RULES, "--json"), typed=f"{OWN}\n"
        )

        assert "password.personal_words" in codes(ended)

    def test_leaked(self, command: Run) -> None:
        """
        The file is asked.
        """
        ended = command("password", "check", *RULES, "--json", typed=f"{LEAKED}\n")

        assert ["password.breached"] == codes(ended)

    def test_a_mark_in_front(self, command: Run) -> None:
        """
        PowerShell hands one over with the first line.
        """
        ended = command("password", "check", "--json", typed=f"\ufeff{GOOD}\r\n")

        assert (0, []) == (ended.code, codes(ended))

    def test_no_list(self, command: Run) -> None:
        """
        A policy that refuses what was not looked up says that there is none.
        """
        asked = ("password", "check", "--policy", "asvs-5")
        ended = command(*asked, "--json", typed=f"{GOOD}\n")
        said = command(*asked, "--language", "en", typed=f"{GOOD}\n")

        assert (1, ["password.no_leaked_passwords"]) == (ended.code, codes(ended))
        assert "--breached" in said.err

    @pytest.mark.parametrize(
        "arguments",
        [
            ("password", "check", "--policy", "portal"),
            ("password", "generate"),
            ("policy", "diff", "portal", "bsi-ccb"),
        ],
    )
    def test_a_list_that_is_not_asked(
        self, command: Run, arguments: tuple[str, ...]
    ) -> None:
        """
        The command goes on, and says that the list changes nothing.
        """
        without = command(*arguments, typed=f"{GOOD}\n")
        ended = command(*arguments, "--breached", "leaked.keys", typed=f"{GOOD}\n")

        assert without.code == ended.code
        assert "--breached changes nothing here" in ended.err
        assert "--breached" not in without.err

    @pytest.mark.parametrize(
        "arguments",
        [
            ("password", "check", *RULES),
            ("policy", "diff", "portal", "asvs-5", "--breached", "leaked.keys"),
        ],
    )
    def test_a_list_that_is_asked(
        self, command: Run, arguments: tuple[str, ...]
    ) -> None:
        """
        Nothing is remarked on where one of the policies looks passwords up.
        """
        assert "changes nothing" not in command(*arguments, typed=f"{GOOD}\n").err


class TestIndexLeaks:
    """
    A list that was downloaded becomes a file for --breached.
    """

    def test_makes_a_file(self, command: Run) -> None:
        """
        What is in the list is refused from then on.
        """
        Path("leaks.txt").write_text(f"{key_of(LEAKED).hex()}:7\n", "ascii")

        made = command("password", "index-leaks", "leaks.txt", "made.keys", "--json")
        ended = command(
            *("password", "check", "--policy", "recommended"),
            *("--breached", "made.keys", "--json"),
            typed=f"{LEAKED}\n",
        )

        assert (0, 1) == (made.code, made.document["keys"])
        assert ["password.breached"] == codes(ended)

    @pytest.mark.parametrize(
        "source,said",
        [
            ("gone.txt", "gone.txt  This file is not there."),
            ("office.toml", "office.toml  This is no list of leaked passwords"),
        ],
    )
    def test_what_is_no_list(self, command: Run, source: str, said: str) -> None:
        """
        The file is named, and none is made.
        """
        Path("office.toml").write_text(OFFICE, "utf-8")

        ended = command("password", "index-leaks", source, "made.keys")

        assert 69 == ended.code
        assert said in ended.err
        assert not Path("made.keys").exists()

    def test_a_mark_in_front(self, command: Run) -> None:
        """
        Editors on Windows put it there.
        """
        Path("leaks.txt").write_text(f"{key_of(LEAKED).hex()}\n", "utf-8-sig")

        made = command("password", "index-leaks", "leaks.txt", "made.keys", "--json")

        assert (0, 1) == (made.code, made.document["keys"])

    @pytest.mark.parametrize("target", ["office.sqlite3", "leaks.txt"])
    def test_another_file_is_never_replaced(self, command: Run, target: str) -> None:
        """
        A database and the list itself stay; an earlier file of keys gives way.
        """
        Path("office.sqlite3").write_bytes(b"SQLite format 3\0")
        Path("leaks.txt").write_text(f"{key_of(LEAKED).hex()}\n", "ascii")
        before = Path(target).read_bytes()

        ended = command("password", "index-leaks", "leaks.txt", target)
        made = [command("password", "index-leaks", "leaks.txt", "k") for _ in range(2)]

        assert 69 == ended.code
        assert f"{target}  This file is there already" in ended.err
        assert before == Path(target).read_bytes()
        assert [0, 0] == [each.code for each in made]

    def test_where_it_cannot_go(self, command: Run) -> None:
        """
        The target is named.
        """
        Path("leaks.txt").write_text(f"{key_of(LEAKED).hex()}\n", "ascii")

        ended = command("password", "index-leaks", "leaks.txt", "gone/made.keys")

        assert 69 == ended.code
        assert "made.keys  This file is not there." in ended.err

    def test_another_file_in_its_place(self, command: Run) -> None:
        """
        The list itself is no such file, and the answer says what makes one.
        """
        Path("leaks.txt").write_text(f"{key_of(LEAKED).hex()}\n", "ascii")

        ended = command(
            "password", "check", "--breached", "leaks.txt", typed=f"{GOOD}\n"
        )

        assert 69 == ended.code
        assert "index-leaks makes one" in ended.err


class TestGenerate:
    """
    A generated password keeps to the policy, too.
    """

    def test_a_policy(self, command: Run) -> None:
        """
        It is long enough for it.
        """
        Path("policy.toml").write_text("min_length = 20\n", "utf-8")

        ended = command(
            *("password", "generate", "--length", "20"),
            *("--policy", "policy.toml", "--json"),
        )

        assert [20] == [len(each) for each in ended.document["passwords"]]


class TestMistakes:
    """
    A file that cannot be used is named before anything is asked.
    """

    def test_no_such_file(self, command: Run) -> None:
        """
        It is missing.
        """
        ended = command("password", "check", "--breached", "none.keys", "--json")

        assert ["unavailable.file_missing"] == codes(ended)

    def test_a_file_of_something_else(self, command: Run) -> None:
        """
        It holds no keys.
        """
        Path("text.keys").write_text("no keys here", "utf-8")

        ended = command("password", "check", "--breached", "text.keys", "--json")

        assert ["unavailable.not_a_key_file"] == codes(ended)

    def test_no_such_policy(self, command: Run) -> None:
        """
        The names are listed.
        """
        ended = command("password", "generate", "--policy", "strictest")

        assert "recommended" in ended.err


class Leaks:
    """
    What stands in the file of leaked passwords.
    """

    def look_up(self, key: bytes) -> LookUp:
        """
        Return what is known about the password with this key.
        """
        return Found(1) if key == key_of(LEAKED) else NotFound()


KNOWN: Final = (
    *("Jan", "Verhoeven", "jan@example.org", "Fiduciaire Verhoeven"),
    *("WB-1", "Bakkerij Zonnebloem", "D-1"),
)


@pytest.mark.parametrize("policy", NAMED)
class TestOneVerdict:
    """
    Every command that takes a password gives the verdict of every named policy.
    """

    PASSWORDS: Final = (OWN, DOSSIER, LEAKED, "aaaaaaaaaaaA1-aaaaaaa", "kort", GOOD)

    def rules(self, policy: str) -> tuple[str, ...]:
        """
        Return the options that name *policy* and the leaked passwords.
        """
        return ("--policy", policy, "--breached", "leaked.keys", "--json")

    def expected(self, password: str, policy: str) -> list[str]:
        """
        Return the verdict of a judge who knows everything.
        """
        judge = PasswordJudge(policy=NAMED[policy], breached=Leaks())
        return [each.code for each in judge.check(password, personal=KNOWN)]

    def test_check(self, command: Run, policy: str) -> None:
        """
        What is known of the person is given.
        """
        about = [word for each in KNOWN for word in ("--about", each)]

        for password in self.PASSWORDS:
            ended = command(
                *("password", "check", *about, *self.rules(policy)),
                typed=f"{password}\n",
            )
            assert self.expected(password, policy) == codes(ended)

    def test_provision(self, command: Run, policy: str) -> None:
        """
        The file says who the person is.
        """
        for password in self.PASSWORDS:
            Path("office.toml").write_text(OFFICE.format(password=password), "utf-8")
            ended = command(
                *("provision", "office.toml", "-d", "office.db", "--dry-run"),
                *self.rules(policy),
            )
            found = [] if ended.code == 0 else codes(ended)
            assert self.expected(password, policy) == found

    def test_create(self, command: Run, policy: str) -> None:
        """
        The options say who the person is.
        """
        office, _, _ = OFFICE.partition("[[employee]]")
        Path("office.toml").write_text(office, "utf-8")

        for number, password in enumerate(self.PASSWORDS):
            database = ("-d", f"office-{number}.db")
            command("provision", "office.toml", *database)
            ended = command(
                *("user", "create", "jan@example.org", *database),
                *("--level", "Power User", "--first-name", "Jan"),
                *("--last-name", "Verhoeven", "--dossier", "D-1"),
                *self.rules(policy),
                typed=f"{password}\n",
            )
            found = [] if ended.code == 0 else codes(ended)
            assert self.expected(password, policy) == found


class TestPlainStart:
    """
    A list of passwords can go into a spreadsheet.
    """

    def test_begins_with_a_letter_or_digit(self, command: Run) -> None:
        """
        None of them is a formula.
        """
        ended = command(
            "password", "generate", "--count", "100", "--plain-start", "--json"
        )

        assert all(each[0].isalnum() for each in ended.document["passwords"])
