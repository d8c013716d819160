"""
The command line in this process: what it says, what it does, how it ends.
"""

import contextlib
import io
import signal
import socket
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import final
from uuid import UUID

import attrs
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink
from cyclopts import CycloptsError

from command_line import Ended
from winbooks_identity.adapters import key_ring
from winbooks_identity.adapters.argon2 import CHEAPEST, Argon2Hasher
from winbooks_identity.attempts import Standing
from winbooks_identity.cli.answer import failed
from winbooks_identity.cli.application import application, run
from winbooks_identity.cli.screen import Screen
from winbooks_identity.cli.usage import explain
from winbooks_identity.errors import HasherBusy, IdentityError
from winbooks_identity.passwords import Password
from winbooks_identity.ports import PasswordHasher


LICENCE = """\
[licence]
number = "WB-1"
product = "Classic"
holder = "Fiduciaire Peeters & Dubois BV"
language = "nl"

[[dossier]]
number = "D-1"
name = "Bakkerij De Korenaar BV"

[[dossier]]
number = "D-2"
name = "Menuiserie Lefebvre SRL"
"""

ADA = """
[[employee]]
winbooks_id = "Ada@example.org"
generate_password = true
level = "Administrator"
send_credentials = true
roles = ["Connect.Accountant", "View.Admin"]
first_name = "Ada"
last_name = "Lovelace"
"""

EDSGER = """
[[employee]]
winbooks_id = "edsger@example.org"
password = "Canary-Typed-1972"
level = "Power User"
dossiers = ["D-1"]
first_name = "Edsger"
last_name = "Dijkstra"
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

DATABASE = ("--database", "office.sqlite3")


@final
class CommandLine:
    """
    Runs commands in an empty folder, with cheap hashes.
    """

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def run(self, *arguments: str, hasher: PasswordHasher | None = None) -> Ended:
        """
        Return how the command in *arguments* ended.
        """
        code = run(arguments, hasher=hasher or Argon2Hasher(CHEAPEST))
        written = self._capsys.readouterr()
        return Ended(code, written.out, written.err)

    def provision(
        self, text: str, *arguments: str, hasher: PasswordHasher | None = None
    ) -> Ended:
        """
        Return how provisioning the office in *text* ended.
        """
        Path("office.toml").write_text(text, encoding="utf-8")
        fixed = ("provision", "office.toml", *DATABASE, "--mail-dir", "mails")
        return self.run(*fixed, *arguments, hasher=hasher)


@pytest.fixture
def cli(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> CommandLine:
    """
    Return a command line that speaks English, in a folder of its own.
    """
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    return CommandLine(capsys)


def users() -> list[str]:
    """
    Return who is in the database.
    """
    with closing(sqlite3.connect("office.sqlite3")) as connection:
        rows = connection.execute("SELECT winbooks_id FROM winbooks_user").fetchall()
    return sorted(row[0] for row in rows)


HOST = "127.0.0.1"


class NoSuchRecipient:
    """
    A server that knows none of the recipients.
    """

    async def handle_RCPT(self, *_: object) -> str:  # noqa: N802  The name is given.
        """
        Refuse the recipient for good.
        """
        return "550 5.1.1 no such user"


@contextlib.contextmanager
def refusing_recipients() -> Iterator[int]:
    """
    Yield the port of a server that knows none of the recipients.
    """
    with socket.create_server((HOST, 0)) as free:
        port = free.getsockname()[1]
    server = Controller(NoSuchRecipient(), hostname=HOST, port=port)
    server.start()
    yield port
    server.stop()


def mails(condition: str) -> int:
    """
    Return how many mails are as *condition* says.
    """
    counting = f"SELECT count(*) FROM winbooks_outbox WHERE {condition}"  # noqa: S608  Ours.
    with closing(sqlite3.connect("office.sqlite3")) as connection:
        (number,) = connection.execute(counting).fetchone()
    return int(number)


def make_due() -> None:
    """
    Let every mail be tried again at once.
    """
    with closing(sqlite3.connect("office.sqlite3", timeout=30)) as connection:
        connection.execute("UPDATE winbooks_outbox SET due_at = created_at")
        connection.commit()


def until(is_so: Callable[[], bool]) -> None:
    """
    Wait until something is so.
    """
    while not is_so():
        threading.Event().wait(0.05)


def fates(outcome: Ended) -> dict[str, str]:
    """
    Return what became of each person, by their WinBooks ID.
    """
    return {each["winbooks_id"]: each["fate"] for each in outcome.document["people"]}


class TestProvision:
    """
    A provisioning file becomes users and mails.
    """

    def test_users_are_created_and_mailed(self, cli: CommandLine) -> None:
        """
        The table tells who; the mail lies where its path says.
        """
        outcome = cli.provision(LICENCE + ADA + EDSGER, "--json")

        (mail,) = outcome.document["mails"]["delivered"]
        assert 0 == outcome.code
        assert ["Ada@example.org", "edsger@example.org"] == users()
        assert "Ada@example.org" == mail["to"]
        assert "To: Ada@example.org" in Path(mail["path"]).read_text(encoding="utf-8")

    def test_the_words(self, cli: CommandLine) -> None:
        """
        Results are on standard output, and nothing else is anywhere.
        """
        outcome = cli.provision(LICENCE + ADA + EDSGER)

        assert "Fiduciaire Peeters & Dubois BV" in outcome.out
        assert "Ada Lovelace" in outcome.out
        assert "Connect.Accountant, View.Admin" in outcome.out
        assert "1 mail delivered" in outcome.out
        assert "2 created" in outcome.out
        assert "" == outcome.err

    def test_the_words_in_dutch(self, cli: CommandLine) -> None:
        """
        Every word is in the language that was asked for.
        """
        outcome = cli.provision(LICENCE + EDSGER, "--language", "nl")

        assert "aangemaakt" in outcome.out
        assert "Nog niet klaar voor de digitale producten" in outcome.out

    def test_the_document(self, cli: CommandLine) -> None:
        """
        A program gets everything by the names of the form.
        """
        outcome = cli.provision(LICENCE + EDSGER, "--json")

        (person,) = outcome.document["people"]
        assert 1 == outcome.document["schema"]
        assert "done" == outcome.document["outcome"]
        assert {
            "number": "WB-1",
            "product": "WinBooks Classic",
            "holder": "Fiduciaire Peeters & Dubois BV",
        } == outcome.document["licence"]
        assert 15 == person["line"]
        assert "Power User" == person["level"]
        assert ["role.incomplete_for_digital_products"] == [
            notice["code"] for notice in person["notices"]
        ]

    def test_again_changes_nothing_and_says_so(self, cli: CommandLine) -> None:
        """
        No user, no mail, no password is made a second time.
        """
        cli.provision(LICENCE + ADA + EDSGER)
        before = Path("office.sqlite3").read_bytes(), *Path("mails").iterdir()

        outcome = cli.provision(LICENCE + ADA + EDSGER)

        assert 0 == outcome.code
        assert "Nothing changed: everybody is there already." in outcome.out
        assert before == (Path("office.sqlite3").read_bytes(), *Path("mails").iterdir())

    def test_more_people_are_added(self, cli: CommandLine) -> None:
        """
        Who is new is created, with dossiers that are new.
        """
        cli.provision(LICENCE + ADA)

        outcome = cli.provision(LICENCE + EDSGER + ADA, "--json")

        assert {
            "Ada@example.org": "unchanged",
            "edsger@example.org": "created",
        } == fates(outcome)

    def test_who_is_stored_differently_is_left_alone(self, cli: CommandLine) -> None:
        """
        The difference is reported, by the names of the form.
        """
        cli.provision(LICENCE + EDSGER)
        changed = EDSGER.replace("Power User", "Administrator") + "activate = false\n"

        outcome = cli.provision(LICENCE + changed, "--json")

        assert 1 == outcome.code
        assert ["level", "activate"] == outcome.document["people"][0]["differences"]
        assert {"edsger@example.org": "unchanged"} == fates(
            cli.provision(LICENCE + EDSGER, "--json")
        )

    def test_a_difference_in_words(self, cli: CommandLine) -> None:
        """
        The fields have the labels of the form.
        """
        cli.provision(LICENCE + EDSGER)

        outcome = cli.provision(LICENCE + EDSGER.replace('Edsger"', 'E."'))

        assert "First name: Edsger → E." in outcome.out
        assert "--apply-changes" in outcome.out

    def test_a_user_of_another_licence_is_a_conflict(self, cli: CommandLine) -> None:
        """
        No one is created next to a conflict.  [R2, Q15]
        """
        cli.provision(LICENCE + EDSGER)
        other = LICENCE.replace("WB-1", "WB-2")

        outcome = cli.provision(other + EDSGER + ADA, "--json")

        assert 1 == outcome.code
        assert {"edsger@example.org": "refused", "Ada@example.org": "new"} == fates(
            outcome
        )
        assert ["edsger@example.org"] == users()

    def test_a_licence_of_another_product_is_refused(self, cli: CommandLine) -> None:
        """
        No file moves a licence to another product.  [R32]
        """
        cli.provision(LICENCE)

        outcome = cli.provision(LICENCE.replace('"Classic"', '"on Web"'))

        assert 1 == outcome.code
        assert "with other data: product" in outcome.err

    def test_a_file_without_people_registers_the_licence(
        self, cli: CommandLine
    ) -> None:
        """
        An office can be there before its people.
        """
        outcome = cli.provision(LICENCE)

        assert 0 == outcome.code
        assert "The file has no users." in outcome.out

    def test_on_web_needs_a_connection(self, cli: CommandLine) -> None:
        """
        The command line cannot ask on Web, and says so before anything.  [R59]
        """
        typed = EDSGER.replace("Power User", "Administrator")

        outcome = cli.provision(LICENCE.replace("Classic", "on Web") + typed)

        assert 69 == outcome.code
        assert "no connection to WinBooks on Web" in outcome.err
        assert not Path("office.sqlite3").exists()


class TestDryRun:
    """
    A plan changes nothing.
    """

    def test_before_the_first_time(self, cli: CommandLine) -> None:
        """
        Not even the database is made.
        """
        outcome = cli.provision(LICENCE + ADA + GRACE, "--dry-run")

        assert 0 == outcome.code
        assert "to be created" in outcome.out
        assert "This is the plan: nothing was done." in outcome.out
        assert ["office.toml"] == [path.name for path in Path().iterdir()]

    def test_beside_those_who_are_there(self, cli: CommandLine) -> None:
        """
        The plan tells new from known.
        """
        cli.provision(LICENCE + EDSGER)

        outcome = cli.provision(LICENCE + EDSGER + ADA, "--dry-run", "--json")

        assert {"Ada@example.org": "new", "edsger@example.org": "unchanged"} == fates(
            outcome
        )
        assert ["edsger@example.org"] == users()


class TestPasswords:
    """
    Passwords appear where they must be handed over, and nowhere else.
    """

    def test_nobody_looks(self, cli: CommandLine) -> None:
        """
        A password that would reach no one is not even made.
        """
        outcome = cli.provision(LICENCE + ADA + GRACE)

        assert 2 == outcome.code
        assert "office.toml:24  grace@example.org" in outcome.err
        assert "--show-passwords" in outcome.err
        assert not Path("office.sqlite3").exists()

    def test_nobody_looks_at_a_document(self, cli: CommandLine) -> None:
        """
        A program is told the lines.
        """
        outcome = cli.provision(LICENCE + GRACE, "--json")

        assert "usage" == outcome.document["outcome"]
        assert [15] == [each["line"] for each in outcome.document["problems"]]

    def test_shown_on_request(self, cli: CommandLine) -> None:
        """
        It is shown once; the second run has none to show.
        """
        first = cli.provision(LICENCE + GRACE, "--show-passwords", "--json")
        second = cli.provision(LICENCE + GRACE, "--show-passwords", "--json")

        assert 16 == len(first.document["people"][0]["password"])
        assert second.document["people"][0]["password"] is None

    def test_in_words(self, cli: CommandLine) -> None:
        """
        There is a heading that says what to do with it.
        """
        outcome = cli.provision(LICENCE + GRACE, "--show-passwords")

        assert "Hand over this password yourself" in outcome.out

    def test_typed_and_mailed_ones_are_never_shown(self, cli: CommandLine) -> None:
        """
        The canary is neither on the screen nor in a file, but for the one mail.
        """
        mailed = EDSGER + "send_credentials = true\n"

        outcome = cli.provision(LICENCE + mailed, "--show-passwords", "--json")

        Path("office.toml").unlink()
        files = {path for path in Path().rglob("*") if path.is_file()}
        holding = {path for path in files if b"Canary-Typed-1972" in path.read_bytes()}
        assert "Canary" not in outcome.out + outcome.err
        assert set(Path("mails").iterdir()) == holding
        assert not [path for path in files if "Canary" in path.name]


class TestWrongFiles:
    """
    A wrong file is refused with every problem at its line, and nothing is done.
    """

    def test_every_problem_has_its_line(self, cli: CommandLine) -> None:
        """
        File, line, field, sentence; the sum at the end.
        """
        text = (
            LICENCE
            + ADA.replace("Administrator", "Boss")
            + EDSGER.replace("Canary-Typed-1972", "Canary")
        )

        outcome = cli.provision(text)

        assert 1 == outcome.code
        assert "" == outcome.out
        assert (
            "office.toml:18  employee.level  Choose one of: Power User, Administrator."
            in outcome.err
        )
        assert "office.toml:26  employee.password" in outcome.err
        assert "3 problems: nothing was done." in outcome.err
        assert "Canary" not in outcome.err
        assert not Path("office.sqlite3").exists()

    def test_the_document(self, cli: CommandLine) -> None:
        """
        A program gets line, table, field and code.
        """
        outcome = cli.provision(LICENCE + EDSGER + ADA + EDSGER.upper(), "--json")

        assert "refused" == outcome.document["outcome"]
        assert {"line", "table", "field", "code", "params", "message"} == set(
            outcome.document["problems"][0]
        )

    def test_not_toml(self, cli: CommandLine) -> None:
        """
        The place is named, the content is not.
        """
        outcome = cli.provision('password = "Canary\n')

        assert 1 == outcome.code
        assert "office.toml:1  This is not TOML, from column 19 on." in outcome.err
        assert "Canary" not in outcome.err

    def test_not_utf_8(self, cli: CommandLine) -> None:
        """
        Characters of another encoding are problems of their fields.
        """
        text = (LICENCE + ADA.replace("Lovelace", "Lovélace")).encode("latin-1")
        Path("office.toml").write_bytes(text)

        outcome = cli.run("provision", "office.toml", *DATABASE, "--mail-dir", "mails")

        assert 1 == outcome.code
        assert "office.toml:22  This file is not saved as UTF-8." in outcome.err
        assert "office.toml:22  employee.last_name" in outcome.err

    @pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
    def test_utf_16(self, cli: CommandLine, encoding: str) -> None:
        """
        Windows PowerShell writes it; TOML is UTF-8 (TOML 1.0, "Filename Extension").
        """
        Path("office.toml").write_bytes(("\ufeff" + LICENCE).encode(encoding))

        outcome = cli.run("provision", "office.toml", *DATABASE, "--mail-dir", "mails")

        assert 1 == outcome.code
        assert "office.toml:1  This file is not saved as UTF-8." in outcome.err
        assert "column" not in outcome.err

    def test_a_byte_order_mark_is_no_problem(self, cli: CommandLine) -> None:
        """
        Editors on Windows write one.
        """
        assert 0 == cli.provision("\ufeff" + LICENCE).code

    def test_a_missing_file(self, cli: CommandLine) -> None:
        """
        Its name is said.
        """
        outcome = cli.run("provision", "[red]x.toml", *DATABASE, "--language=fr")

        assert 69 == outcome.code
        assert "[red]x.toml  Ce fichier n\u2019existe pas.\n" == outcome.err


@final
@attrs.frozen
class Hooked:
    """
    A hasher that lets something happen before each hash.
    """

    before: Callable[[], None]
    hasher: Argon2Hasher = attrs.field(factory=lambda: Argon2Hasher(CHEAPEST))

    @property
    def dummy_hash(self) -> str:
        """
        Return the hash of no password.
        """
        return self.hasher.dummy_hash

    def hash(self, password: Password) -> str:
        """
        Return the hash, unless what happens before is a failure.
        """
        self.before()
        return self.hasher.hash(password)

    def verify(
        self, password_hash: str, password: Password, *, standing: Standing
    ) -> None:
        """
        Verify as ever.
        """
        self.hasher.verify(password_hash, password, standing=standing)

    def needs_rehash(self, password_hash: str) -> bool:
        """
        Judge as ever.
        """
        return self.hasher.needs_rehash(password_hash)


def interrupting() -> Hooked:
    """
    Return a hasher during whose first hash someone types Ctrl-C.
    """
    keys = iter([signal.SIGINT])

    def type_once() -> None:
        for key in keys:
            signal.raise_signal(key)

    return Hooked(type_once)


def failing(good_for: int) -> Hooked:
    """
    Return a hasher that is busy after a number of hashes.
    """
    left = iter(range(good_for))

    def count() -> None:
        if next(left, None) is None:
            raise HasherBusy

    return Hooked(count)


class TestInterruptions:
    """
    Whatever happens in the middle, users are complete and a second run finishes.
    """

    def test_ctrl_c(self, cli: CommandLine) -> None:
        """
        The user at hand is finished, password and mail included; then it ends.
        """
        arguments = (LICENCE + GRACE + ADA, "--show-passwords", "--json")

        outcome = cli.provision(*arguments, hasher=interrupting())

        assert 130 == outcome.code
        assert {"grace@example.org": "created", "Ada@example.org": "not_reached"} == (
            fates(outcome)
        )
        assert outcome.document["people"][0]["password"]
        assert {"grace@example.org": "unchanged", "Ada@example.org": "created"} == (
            fates(cli.provision(*arguments))
        )

    def test_ctrl_c_in_words(self, cli: CommandLine) -> None:
        """
        Someone is told that they can go on.
        """
        outcome = cli.provision(LICENCE + EDSGER + ADA, hasher=interrupting())

        assert "run the same command again" in outcome.err

    def test_the_world_breaks_in_the_middle(self, cli: CommandLine) -> None:
        """
        What was done is shown, and that the rest can be tried again.
        """
        outcome = cli.provision(LICENCE + EDSGER + ADA, hasher=failing(1))

        assert 75 == outcome.code
        assert "1 created, 1 not reached" in outcome.out
        assert "Too many requests at once" in outcome.err
        assert ["edsger@example.org"] == users()

    def test_the_world_is_broken_from_the_start(self, cli: CommandLine) -> None:
        """
        Nothing was done, so it is not half done.
        """
        outcome = cli.provision(LICENCE + EDSGER + ADA, hasher=failing(0))

        assert 69 == outcome.code
        assert [] == users()


class TestActing:
    """
    Who acts may do what they may, and the command line is no way around it.
    """

    def test_as_a_power_user(self, cli: CommandLine) -> None:
        """
        He makes end customers in their dossiers.  [R29]
        """
        cli.provision(LICENCE + EDSGER)
        mailed = GRACE + "send_credentials = true\n"

        outcome = cli.provision(LICENCE + mailed, "--as", " Edsger@example.org")

        assert 0 == outcome.code

    def test_a_power_user_makes_no_colleagues(self, cli: CommandLine) -> None:
        """
        They are refused before anyone is created.  [R29]
        """
        cli.provision(LICENCE + EDSGER)
        mailed = GRACE + "send_credentials = true\n"

        outcome = cli.provision(LICENCE + mailed + ADA, "--as", "edsger@example.org")

        assert 1 == outcome.code
        assert "creates and manages end customers only" in outcome.out
        assert ["edsger@example.org"] == users()

    def test_a_user_registers_no_dossiers(self, cli: CommandLine) -> None:
        """
        Only WinBooks administration registers.  [R32]
        """
        cli.provision(LICENCE + EDSGER + ADA)
        more = LICENCE + '[[dossier]]\nnumber = "D-3"\nname = "Nordic Bikes NV"\n'
        mailed = GRACE.replace("D-1", "D-3") + "send_credentials = true\n"

        outcome = cli.provision(more + mailed, "--as", "ada@example.org")

        assert 1 == outcome.code
        assert "Dossier D-3 is not in this licence" in outcome.out

    @pytest.mark.parametrize("whom", ["nobody@example.org", "nobody"])
    def test_as_nobody(self, cli: CommandLine, whom: str) -> None:
        """
        Whoever is not there cannot act.
        """
        cli.provision(LICENCE + EDSGER)

        assert 1 == cli.provision(LICENCE + ADA, "--as", whom).code

    def test_before_anybody_is_there(self, cli: CommandLine) -> None:
        """
        Without a database there are no users to act as.
        """
        assert 1 == cli.provision(LICENCE + ADA, "--as", "ada@example.org").code
        assert not Path("office.sqlite3").exists()


class TestOperator:
    """
    The history names the person at the keyboard of the distributor.  [S4]
    """

    def test_in_a_file_and_for_one_user(self, cli: CommandLine) -> None:
        """
        Both ways of creating people take the name.
        """
        cli.provision(LICENCE + EDSGER, "--operator", "An Peeters")
        cli.run(
            "user", "create", "ada@example.org", *DATABASE, "--generate-password",
            "--level", "Administrator", "--first-name", "Ada",
            "--last-name", "Lovelace", "--show-passwords", "--operator", "Marc Dubois",
        )  # fmt: skip

        with closing(sqlite3.connect("office.sqlite3")) as connection:
            rows = connection.execute("SELECT operator FROM winbooks_event").fetchall()
        assert [("An Peeters",), ("Marc Dubois",)] == sorted(rows)


class TestCreate:
    """
    One user is created from options; what is missing is said.
    """

    def test_an_employee(self, cli: CommandLine) -> None:
        """
        The password is generated and shown on request.
        """
        cli.provision(LICENCE)

        outcome = cli.run(
            "user", "create", "ada@example.org", *DATABASE, "--generate-password",
            "--level", "Licence Admin", "--first-name", "Ada",
            "--last-name", "Lovelace", "--role", "View.Admin",
            "--role", "Connect.Accountant", "--show-passwords", "--json",
        )  # fmt: skip

        assert 0 == outcome.code
        assert "Administrator" == outcome.document["user"]["level"]
        assert 16 == len(outcome.document["password"])
        assert [] == outcome.document["notices"]

    def test_an_end_customer_in_words(self, cli: CommandLine) -> None:
        """
        The level tells that they are one; the mail waits.
        """
        cli.provision(LICENCE)

        outcome = cli.run(
            "user", "create", "grace@example.org", *DATABASE, "--generate-password",
            "--level", "User", "--first-name", "Grace", "--last-name", "Hopper",
            "--company-name", "De Korenaar", "--user-language", "en",
            "--dossier", "D-1", "--role", "View.User", "--send-credentials",
            "--no-activate", "--sender", "portal@example.org",
            "--portal-url", "https://portal.example.org/",
        )  # fmt: skip

        assert 0 == outcome.code
        assert "created" in outcome.out
        assert "not active" in outcome.out
        assert "The mail says that the account is not active yet." in outcome.err
        assert "1 mail waits" in outcome.err

    def test_a_password_in_words(self, cli: CommandLine) -> None:
        """
        It stands on a line of its own.
        """
        cli.provision(LICENCE)

        outcome = cli.run(
            "user", "create", "ada@example.org", *DATABASE, "--generate-password",
            "--level", "Administrator", "--first-name", "Ada",
            "--last-name", "Lovelace", "--show-passwords",
        )  # fmt: skip

        assert 16 == len(outcome.out.splitlines()[-1].strip())

    def test_what_is_missing_is_said(self, cli: CommandLine) -> None:
        """
        Where no one can be asked, every missing field is named.
        """
        cli.provision(LICENCE)

        outcome = cli.run("user", "create", *DATABASE, "--generate-password", "--json")

        assert 1 == outcome.code
        assert ["winbooks_id", "level", "first_name", "last_name"] == [
            problem["field"] for problem in outcome.document["problems"]
        ]

    def test_an_unknown_level_is_told_every_level(self, cli: CommandLine) -> None:
        """
        The command makes staff and end customers, so all three can be chosen.
        """
        cli.provision(LICENCE)

        outcome = cli.run(
            "user", "create", "ada@example.org", *DATABASE, "--generate-password",
            "--level", "Boss", "--first-name", "Ada", "--last-name", "Lovelace",
        )  # fmt: skip

        assert "Level  Choose one of: User, Power User, Administrator.\n" == outcome.err

    def test_a_password_for_nobody(self, cli: CommandLine) -> None:
        """
        It is not even made.
        """
        cli.provision(LICENCE)

        outcome = cli.run(
            "user", "create", "ada@example.org", *DATABASE, "--generate-password",
            "--level", "Administrator", "--first-name", "Ada",
            "--last-name", "Lovelace",
        )  # fmt: skip

        assert 2 == outcome.code
        assert "--show-passwords or --send-credentials" in outcome.err
        assert [] == users()

    def test_a_second_user_with_the_same_id(self, cli: CommandLine) -> None:
        """
        The refusal names the field.  [R2]
        """
        cli.provision(LICENCE + EDSGER)

        outcome = cli.run(
            "user", "create", "EDSGER@example.org", *DATABASE, "--generate-password",
            "--level", "Administrator", "--first-name", "Ada",
            "--last-name", "Lovelace", "--show-passwords",
        )  # fmt: skip

        assert 1 == outcome.code
        assert "WinBooks ID  This WinBooks ID already exists.\n" == outcome.err

    def test_a_mail_needs_a_sender(self, cli: CommandLine) -> None:
        """
        No mail is written in an invented name.
        """
        cli.provision(LICENCE)

        outcome = cli.run("user", "create", *DATABASE, "--send-credentials")

        assert 2 == outcome.code
        assert "--sender" in outcome.err

    def test_on_web_needs_a_connection(self, cli: CommandLine) -> None:
        """
        The command line cannot ask on Web.  [R59]
        """
        cli.provision(LICENCE.replace("Classic", "on Web"))

        assert (
            69
            == cli.run(
                *("user", "create", *DATABASE, "--generate-password"),
                *("--level", "Power User"),
            ).code
        )


class TestList:
    """
    The users of one licence, by their IDs.
    """

    def test_in_words(self, cli: CommandLine) -> None:
        """
        One line for each.
        """
        cli.provision(LICENCE + EDSGER + ADA)

        outcome = cli.run("user", "list", *DATABASE)

        assert outcome.out.index("Ada@example.org") < outcome.out.index("edsger@")

    def test_for_programs(self, cli: CommandLine) -> None:
        """
        Every field, and nothing secret.
        """
        cli.provision(LICENCE + EDSGER)

        outcome = cli.run("user", "list", *DATABASE, "--json")

        (edsger,) = outcome.document["people"]
        assert 4 == UUID(edsger.pop("id")).version
        assert [
            {
                "winbooks_id": "edsger@example.org",
                "level": "Power User",
                "status": "active",
                "first_name": "Edsger",
                "last_name": "Dijkstra",
                "company_name": "Fiduciaire Peeters & Dubois BV",
                "phone": None,
                "language": "nl",
                "dossiers": ["D-1"],
                "roles": [],
                "notify_all_dossiers": False,
                "licence": "WB-1",
                "address_proven": False,
                "new_winbooks_id": None,
            }
        ] == [edsger]

    def test_one_of_several_licences(self, cli: CommandLine) -> None:
        """
        Where there are several, one has to be chosen.
        """
        cli.provision(LICENCE + EDSGER)
        cli.provision(LICENCE.replace("WB-1", "WB-2") + ADA)

        assert 1 == cli.run("user", "list", *DATABASE).code
        assert "Ada" in cli.run("user", "list", *DATABASE, "--licence", "WB-2").out

    def test_as_a_user(self, cli: CommandLine) -> None:
        """
        A User sees themselves.  [R29]
        """
        cli.provision(LICENCE + EDSGER + GRACE, "--show-passwords")

        outcome = cli.run(
            "user", "list", *DATABASE, "--as", "grace@example.org", "--json"
        )

        assert ["grace@example.org"] == [
            each["winbooks_id"] for each in outcome.document["people"]
        ]

    @pytest.mark.parametrize("content", [None, b"", b"no database", b"SQLite"])
    def test_what_is_no_database(self, cli: CommandLine, content: bytes | None) -> None:
        """
        It is said, and the file is left alone.
        """
        file = Path("office.sqlite3")
        if content is not None:
            file.write_bytes(content)

        outcome = cli.run("user", "list", *DATABASE)

        assert 69 == outcome.code
        assert outcome.err.startswith("office.sqlite3  This file ")
        assert content == (file.read_bytes() if file.exists() else None)

    def test_a_folder_is_no_database(self, cli: CommandLine) -> None:
        """
        The operating system's refusal is ours.
        """
        Path("office.sqlite3").mkdir()

        outcome = cli.run("user", "list", *DATABASE, "--json")

        (problem,) = outcome.document["problems"]
        assert "unavailable.file" == problem["code"]
        assert "office.sqlite3" == problem["path"]

    def test_a_database_of_another_program(self, cli: CommandLine) -> None:
        """
        Its tables are not ours: what to do is said, and nothing is done.
        """
        with closing(sqlite3.connect("office.sqlite3")) as connection:
            connection.execute("CREATE TABLE theirs (number INTEGER)")

        outcome = cli.provision(LICENCE)

        assert 69 == outcome.code
        assert "run: winbooks-identity database upgrade" in outcome.err

    def test_keys_that_others_may_read(self, cli: CommandLine) -> None:
        """
        Such a key protects nothing.
        """
        cli.provision(LICENCE)
        Path("office.sqlite3.key").chmod(0o644)

        outcome = cli.run("user", "list", *DATABASE)

        assert 69 == outcome.code
        assert "office.sqlite3.key  This file holds no keys, or others" in outcome.err

    def test_keys_that_are_gone(self, cli: CommandLine) -> None:
        """
        No new ones are made: they would not open what waits.
        """
        cli.provision(LICENCE)
        Path("office.sqlite3.key").unlink()

        outcome = cli.run("user", "list", *DATABASE)

        assert 69 == outcome.code
        assert "office.sqlite3.key  This file is not there." in outcome.err


class TestDatabase:
    """
    Tables are made or changed only when someone asks for it.
    """

    def test_upgrade(self, cli: CommandLine) -> None:
        """
        Up-to-date tables stay as they are.
        """
        cli.provision(LICENCE + EDSGER)

        outcome = cli.run("database", "upgrade", *DATABASE)

        assert 0 == outcome.code
        assert "The tables are up to date.\n" == outcome.out
        assert ["edsger@example.org"] == users()

    def test_check(self, cli: CommandLine) -> None:
        """
        It says what is there, in words and in a document.
        """
        cli.provision(LICENCE + ADA)

        words = cli.run("database", "check", *DATABASE)
        document = cli.run("database", "check", *DATABASE, "--json").document

        assert 0 == words.code
        assert "it has 1 licence." in words.out
        assert {"waiting": 0, "given_up": 0} == document["mails"]

    def test_backup(self, cli: CommandLine) -> None:
        """
        The copy is a database with everybody in it, and the answer says where.
        """
        cli.provision(LICENCE + EDSGER)

        outcome = cli.run("database", "backup", "copy.sqlite3", *DATABASE)
        Path("copy.sqlite3").replace("office.sqlite3")

        assert 0 == outcome.code
        assert "copy.sqlite3" in outcome.out
        assert "keys" in outcome.out
        assert ["edsger@example.org"] == users()

    def test_backup_in_json(self, cli: CommandLine) -> None:
        """
        A program learns where the copy is.
        """
        cli.provision(LICENCE)

        outcome = cli.run("database", "backup", "copy.sqlite3", *DATABASE, "--json")

        assert "copy.sqlite3" == outcome.document["copy"]

    def test_backup_overwrites_nothing(self, cli: CommandLine) -> None:
        """
        Yesterday's copy is worth more than a second one of today.
        """
        cli.provision(LICENCE)
        Path("copy.sqlite3").write_text("yesterday", encoding="utf-8")

        outcome = cli.run("database", "backup", "copy.sqlite3", *DATABASE)

        assert 69 == outcome.code
        assert "copy.sqlite3  This file is there already" in outcome.err
        assert "yesterday" == Path("copy.sqlite3").read_text(encoding="utf-8")

    def test_upgrade_makes_no_database(self, cli: CommandLine) -> None:
        """
        A mistyped name is no new database.
        """
        assert 69 == cli.run("database", "upgrade", *DATABASE).code
        assert not Path("office.sqlite3").exists()

    def test_in_a_folder_that_is_not_there(self, cli: CommandLine) -> None:
        """
        The folder is named; it is not made.
        """
        Path("office.toml").write_text(LICENCE, encoding="utf-8")

        outcome = cli.run("provision", "office.toml", "-d", "gone/office.sqlite3")

        assert 69 == outcome.code
        assert outcome.err.startswith("gone  This file is not there.")

    def test_keys_elsewhere(self, cli: CommandLine) -> None:
        """
        They may lie apart from the data.
        """
        Path("safe").mkdir()

        outcome = cli.provision(LICENCE + ADA, "--key-file", "safe/keys")

        assert 0 == outcome.code
        assert Path("safe/keys").is_file()
        assert not Path("office.sqlite3.key").exists()


class TestShow:
    """
    One user, field by field.
    """

    def test_in_words(self, cli: CommandLine) -> None:
        """
        The fields have the labels of the form.
        """
        cli.provision(LICENCE + EDSGER)

        outcome = cli.run(
            "user", "show", " EDSGER@example.org", *DATABASE, "--language", "nl"
        )

        assert "Voornaam" in outcome.out
        assert "Edsger" in outcome.out

    def test_for_programs(self, cli: CommandLine) -> None:
        """
        The same as in the list.
        """
        cli.provision(LICENCE + EDSGER)

        outcome = cli.run("user", "show", "edsger@example.org", *DATABASE, "--json")

        [person] = outcome.document["people"]
        assert ("edsger@example.org", "WB-1") == (
            person["winbooks_id"],
            person["user"]["licence"],
        )

    @pytest.mark.parametrize("verb", ["show", "explain"])
    def test_several(self, cli: CommandLine, verb: str) -> None:
        """
        As arguments and in a file; one who is not there hides no other.
        """
        cli.provision(LICENCE + EDSGER + GRACE, "--show-passwords")
        Path("whom.txt").write_text("nobody@example.org\ngrace@example.org\n", "utf-8")

        outcome = cli.run(
            "user", verb, "edsger@example.org", "--from", "whom.txt", *DATABASE
        )

        assert 1 == outcome.code
        lines = outcome.out.splitlines()
        edsger, grace = map(lines.index, ("edsger@example.org", "grace@example.org"))
        assert 0 == edsger < grace - 1
        assert "nobody@example.org  There is no such user here." in outcome.err

    @pytest.mark.parametrize("whom", ["nobody@example.org", "nobody"])
    def test_nobody(self, cli: CommandLine, whom: str) -> None:
        """
        Who is not there is not shown.
        """
        cli.provision(LICENCE + EDSGER)

        assert 1 == cli.run("user", "show", whom, *DATABASE).code

    def test_somebody_whom_the_actor_may_not_see(self, cli: CommandLine) -> None:
        """
        For them, no one is there.  [R29]
        """
        cli.provision(LICENCE + EDSGER + GRACE, "--show-passwords")

        outcome = cli.run(
            "user", "show", "edsger@example.org", *DATABASE, "--as", "grace@example.org"
        )

        assert 1 == outcome.code
        assert "There is no such user here." in outcome.err


class TestDeliver:
    """
    Mails wait until someone takes them, and are never lost.  [R70]
    """

    REAL = ("--sender", "portal@example.org", "--portal-url", "https://example.org/")

    def test_mails_wait_without_a_destination(self, cli: CommandLine) -> None:
        """
        Whoever gives none is told how to send them later.
        """
        Path("office.toml").write_text(LICENCE + ADA, encoding="utf-8")

        outcome = cli.run("provision", "office.toml", *DATABASE, *self.REAL)

        assert 0 == outcome.code
        assert "1 mail waits; winbooks-identity deliver sends it." in outcome.out

    def test_no_mail_is_written_in_an_invented_name(self, cli: CommandLine) -> None:
        """
        Unless it goes to a folder, a mail needs a real sender.
        """
        Path("office.toml").write_text(LICENCE + ADA, encoding="utf-8")

        outcome = cli.run("provision", "office.toml", *DATABASE)

        assert 2 == outcome.code
        assert "--sender and --portal-url" in outcome.err

    def test_a_sender_is_an_address(self, cli: CommandLine) -> None:
        """
        What would break a header is refused.
        """
        outcome = cli.provision(LICENCE + ADA, "--sender", "Portal")

        assert 2 == outcome.code
        assert "--sender takes an e-mail address" in outcome.err

    def test_waiting_mails_are_delivered_once(self, cli: CommandLine) -> None:
        """
        The second time, none is due.
        """
        Path("office.toml").write_text(LICENCE + ADA, encoding="utf-8")
        cli.run("provision", "office.toml", *DATABASE, *self.REAL)

        first = cli.run("deliver", *DATABASE, "--mail-dir", "mails", "--json")
        second = cli.run("deliver", *DATABASE, "--mail-dir", "mails")

        assert 1 == len(first.document["mails"]["delivered"])
        assert (0, "No mail was due.\n") == (second.code, second.out)

    def test_a_server_that_is_not_there(self, cli: CommandLine) -> None:
        """
        The users are made, the mail waits, and the shell is told to try again.
        """
        Path("office.toml").write_text(LICENCE + ADA, encoding="utf-8")
        # No one listens on port 1 (tcpmux, RFC 1078), and no one else may.
        server = ("--smtp-host=localhost", "--smtp-port=1", "--smtp-security=none")

        outcome = cli.run("provision", "office.toml", *DATABASE, *self.REAL, *server)

        assert 75 == outcome.code
        assert ["Ada@example.org"] == users()
        assert "(localhost:1, ConnectionRefusedError: " in outcome.out
        assert 75 == cli.run("deliver", *DATABASE, *server).code
        again = cli.run("provision", "office.toml", *DATABASE, *self.REAL, *server)
        assert 75 == again.code
        assert "1 mail waits; the next try is due at 20" in again.out

    def test_a_folder_that_is_a_file(self, cli: CommandLine) -> None:
        """
        It is said before anything is done.
        """
        Path("mails").touch()

        outcome = cli.provision(LICENCE + ADA)

        assert 69 == outcome.code
        assert outcome.err.startswith("mails  This file ")
        assert not Path("office.sqlite3").exists()

    def test_a_password_file_that_is_not_there(self, cli: CommandLine) -> None:
        """
        Its name is said.
        """
        outcome = cli.run(
            "deliver", *DATABASE, "--smtp-host=h", "--smtp-user=u",
            "--smtp-password-file=gone",
        )  # fmt: skip

        assert 69 == outcome.code
        assert outcome.err.startswith("gone  This file is not there.")

    def test_a_password_file(self, cli: CommandLine) -> None:
        """
        Its first line is the password; a user goes with it.
        """
        Path("secret").write_text("Canary\n", encoding="utf-8")

        outcome = cli.run(
            "deliver", *DATABASE, "--smtp-host=h", "--smtp-password-file=secret"
        )

        assert 2 == outcome.code
        assert "--smtp-user goes with --smtp-password-file" in outcome.err


class TestPasswordGenerate:
    """
    Generated passwords are a result, so they are shown.
    """

    def test_one(self, cli: CommandLine) -> None:
        """
        One line, sixteen characters.
        """
        assert 17 == len(cli.run("password", "generate").out)

    def test_several(self, cli: CommandLine) -> None:
        """
        Length and number can be chosen.
        """
        outcome = cli.run("password", "generate", "--length=20", "--count=3", "--json")

        assert [20, 20, 20] == [len(each) for each in outcome.document["passwords"]]

    def test_a_length_that_is_not_accepted(self, cli: CommandLine) -> None:
        """
        The policy's own problem is told.  [R16]
        """
        outcome = cli.run("password", "generate", "--length", "4")

        assert 1 == outcome.code
        assert "between 12 and 128" in outcome.err


class TestUsage:
    """
    Wrong usage is said in the reader's language, without what was typed.
    """

    @pytest.mark.parametrize(
        "arguments,said",
        [
            (("password", "check", "Canary"), "There is an argument too many."),
            (("password", "check", "--Canary=Canary"), "the nearest is --"),
            (
                ("Canary",),
                "Choose one of: collisions, completion, database, deliver",
            ),
            (("password", "Canary"), "Choose one of: check, generate, index-leaks."),
            (("password", "generate", "--length", "Canary"), "--length does not take"),
            (("password", "generate", "--length"), "--length is missing."),
            (("user", "list"), "--database is missing."),
            (("user", "list", "-d", "x", "-d", "Canary"), "Give -d once."),
            (("user", "list", "--json=Canary", "-d", "x"), "--json does not take"),
            (("deliver", *DATABASE), "Say where the mails go"),
            (
                ("deliver", *DATABASE, "--mail-dir=m", "--smtp-host=h"),
                "not both",
            ),
            (
                ("deliver", *DATABASE, "--smtp-host=h", "--smtp-security=none"),
                "on this machine only",
            ),
        ],
    )
    def test_it_is_said(
        self, cli: CommandLine, arguments: tuple[str, ...], said: str
    ) -> None:
        """
        Names of ours are named, values are not.
        """
        outcome = cli.run(*arguments)

        assert 2 == outcome.code
        assert said in outcome.err
        assert "Canary" not in outcome.out + outcome.err
        assert "" == outcome.out

    @pytest.mark.parametrize(
        "arguments,locale,said",
        [
            (("x", "--language", "nl"), "fr_BE.UTF-8", "Die opdracht bestaat niet"),
            (("x", "--language=fr"), "nl_BE.UTF-8", "Cette commande n"),
            (("x", "--language=xx"), "nl_BE.UTF-8", "--language aanvaardt deze"),
            (("x", "--language"), "nl_BE.UTF-8", "--language ontbreekt"),
            (("--language", "nl", "x"), "fr_BE.UTF-8", "Die opdracht bestaat niet"),
            (("x",), "", "There is no such command"),
        ],
    )
    def test_in_which_language(
        self,
        cli: CommandLine,
        monkeypatch: pytest.MonkeyPatch,
        arguments: tuple[str, ...],
        locale: str,
        said: str,
    ) -> None:
        """
        The option goes before the environment.
        """
        monkeypatch.setenv("LC_ALL", locale)
        monkeypatch.setenv("LANG", "en_GB.UTF-8")

        assert said in cli.run(*arguments).err

    def test_the_help_tells_the_exit_codes(self, cli: CommandLine) -> None:
        """
        No one has to look elsewhere.
        """
        outcome = cli.run("provision", "--help")

        assert 0 == outcome.code
        assert "69 something needed is unavailable" in " ".join(outcome.out.split())


class TestAround:
    """
    What happens seldom is answered like everything else.
    """

    REAL = ("--sender=portal@example.org", "--portal-url=https://portal.example.org/")

    def waiting(self, cli: CommandLine) -> None:
        """
        Let one mail wait.
        """
        Path("office.toml").write_text(LICENCE + ADA, encoding="utf-8")
        cli.run("provision", "office.toml", *DATABASE, *self.REAL)

    def test_a_mail_whose_key_is_gone_waits(self, cli: CommandLine) -> None:
        """
        It goes out once the key is back; meanwhile a program reads the reason.
        """
        self.waiting(cli)
        key_ring.create(Path("other.key"))
        other_keys = ("--key-file=other.key", "--mail-dir=mails")

        outcome = cli.run("deliver", *DATABASE, *other_keys, "--json")

        mails = outcome.document["mails"]
        assert (75, 1, 0) == (outcome.code, mails["waiting"], mails["given_up"])
        assert ["unavailable.seal_broken"] == [
            each["reason"] for each in mails["failed"]
        ]

    def test_a_server_that_refuses_us(self, cli: CommandLine) -> None:
        """
        The pass stops, the sentence says what to check, and the code is no success.
        """
        Path("office.toml").write_text(
            LICENCE + "".join(ADA.replace("Ada@", f"ada{n}@") for n in range(5)),
            encoding="utf-8",
        )
        cli.run("provision", "office.toml", *DATABASE, *self.REAL)
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        to = ("--smtp-host=127.0.0.1", f"--smtp-port={port}", "--smtp-security=none")

        outcome = cli.run("deliver", *DATABASE, *to)

        assert 69 == outcome.code
        assert "Delivery stopped for now" in outcome.out
        assert 1 == outcome.out.count("cannot be reached safely")
        assert "3 mails wait for another try" in outcome.out
        assert "5 mails wait" in outcome.out

    def test_a_recipient_who_is_unknown(self, cli: CommandLine) -> None:
        """
        The mail is given up, and that is said, with an exit code of its own.
        """
        self.waiting(cli)
        with refusing_recipients() as port:
            to = (f"--smtp-host={HOST}", f"--smtp-port={port}", "--smtp-security=none")

            outcome = cli.run("deliver", *DATABASE, *to)

        assert 1 == outcome.code
        assert "1 mail was given up: The mail was refused for good." in outcome.out

    @pytest.mark.slow(is_measured=True)  # A relay rests between its passes.
    def test_a_relay_that_goes_on_says_what_is_wrong(self, cli: CommandLine) -> None:
        """
        Once, and once more when mails go out again.
        """
        self.waiting(cli)
        cli.run("mail", "hold", *DATABASE)
        Path("office.toml").write_text(
            LICENCE + "".join(ADA.replace("Ada@", f"ada{n}@") for n in range(3)),
            encoding="utf-8",
        )
        cli.run("provision", "office.toml", *DATABASE, *self.REAL)
        with socket.create_server((HOST, 0)) as free:
            port = free.getsockname()[1]
        main, before = threading.main_thread().ident, signal.getsignal(signal.SIGTERM)
        assert main is not None

        def knock() -> None:
            until(lambda: 3 == mails("reason = 'unavailable.mail_server'"))
            server = Controller(Sink(), hostname=HOST, port=port)
            server.start()
            make_due()
            until(lambda: 3 == mails("state = 'sent'"))
            server.stop()
            signal.pthread_kill(main, signal.SIGTERM)

        thread = threading.Thread(target=knock)
        thread.start()

        outcome = cli.run(
            "deliver", *DATABASE, "--loop",
            f"--smtp-host={HOST}", f"--smtp-port={port}", "--smtp-security=none",
        )  # fmt: skip
        thread.join()

        assert signal.getsignal(signal.SIGTERM) == before
        assert 1 == outcome.err.count("1 mail is held back")
        assert 1 == outcome.err.count("3 mails wait for another try")
        assert 1 == outcome.err.count(f"({HOST}:{port}, ConnectionRefusedError: ")
        assert 1 == outcome.err.count("Mails go out again.")

    def test_a_mail_goes_through_a_server(self, cli: CommandLine) -> None:
        """
        Its recipient is shown, and no path.
        """
        self.waiting(cli)
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        server = Controller(Sink(), hostname="127.0.0.1", port=port)
        server.start()

        outcome = cli.run(
            "deliver", *DATABASE, "--json",
            "--smtp-host=127.0.0.1", f"--smtp-port={port}", "--smtp-security=none",
        )  # fmt: skip
        server.stop()

        (mail,) = outcome.document["mails"]["delivered"]
        assert ("Ada@example.org", None) == (mail["to"], mail["path"])

    def test_a_relay_that_stays_says_nothing_of_nothing(self, cli: CommandLine) -> None:
        """
        It waits for mails, and ends when it is asked to.
        """
        cli.provision(LICENCE)
        main, before = threading.main_thread().ident, signal.getsignal(signal.SIGTERM)
        assert main is not None

        def knock() -> None:
            while signal.getsignal(signal.SIGTERM) == before:
                threading.Event().wait(0.01)
            signal.pthread_kill(main, signal.SIGTERM)

        threading.Thread(target=knock).start()

        outcome = cli.run("deliver", *DATABASE, "--mail-dir=mails", "--loop")

        assert (130, "Interrupted.\n") == (outcome.code, outcome.err)

    def test_a_failure_that_nobody_foresaw_is_not_hidden(self) -> None:
        """
        It is raised, and not dressed up as an answer.
        """
        with pytest.raises(IdentityError):
            failed(IdentityError(), Screen("en"))

    def test_usage_that_nobody_foresaw_is_told(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """
        Without what was typed.
        """
        screen = Screen("en")

        explain(CycloptsError(msg="Canary"), application(screen), screen)

        said = capsys.readouterr().err
        assert ("--help" in said, "Canary" in said) == (True, False)

    def test_any_stream_will_do(self) -> None:
        """
        A program that calls the command line may put its own in place.
        """
        with contextlib.redirect_stdout(io.StringIO()) as written:
            run(["password", "generate", "--length", "20"])

        assert 20 == len(written.getvalue().strip())
