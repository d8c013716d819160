"""
Some users of a licence, on a screen, for programs and for a spreadsheet.
"""

import csv
import io
import stat
import sys
from pathlib import Path

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.table import Table
from rich.text import Text

from command_line import CommandLine
from winbooks_identity.cli.application import run
from winbooks_identity.cli.people import people_table
from winbooks_identity.cli.screen import Screen
from winbooks_identity.cli.user.spreadsheet import cell
from winbooks_identity.testing import samples
from winbooks_identity.winbooks_id import WinBooksId


OFFICE = """\
[licence]
number = "WB-1"
product = "Classic"
holder = "Fiduciaire Peeters; Dubois"
language = "nl"

[[dossier]]
number = "D-1"
name = "Bakkerij De Korenaar BV"

[[employee]]
winbooks_id = "ada@example.org"
password = "Canary-Typed-1815"
level = "Administrator"
roles = ["View.Admin"]
first_name = "Ada"
last_name = "Lovelace"

[[employee]]
winbooks_id = "edsger@example.org"
password = "Canary-Typed-1972"
level = "Power User"
activate = false
dossiers = ["D-1"]
first_name = "Edsger"
last_name = "Dijkstra"
phone = "02 512 34 56"

[[end_customer]]
winbooks_id = "grace@example.org"
password = "Canary-Typed-1906"
first_name = "Grâce"
last_name = "Hopper"
company_name = "=Korenaar"
language = "en"
dossiers = ["D-1"]
roles = ["View.User"]
"""


@pytest.fixture
def listed(command: CommandLine, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    """
    Return what lists users, in an office of three people.
    """
    monkeypatch.setenv("WINBOOKS_IDENTITY_DATABASE", "office.sqlite3")
    Path("office.toml").write_text(OFFICE, encoding="utf-8")
    assert 0 == command("provision", "office.toml").code
    return command.below("user", "list")


class TestFilters:
    """
    Several filters together narrow the list.
    """

    @pytest.mark.parametrize(
        "filters,names",
        [
            ((), ["ada", "edsger", "grace"]),
            (("--level", "Licence Admin"), ["ada"]),
            (("--status", "inactive"), ["edsger"]),
            (("--status", "active"), ["ada", "grace"]),
            (("--dossier", "D-1"), ["edsger", "grace"]),
            (("--role", "view.admin"), ["ada"]),
            (("--must-change",), ["ada", "edsger", "grace"]),
            (("--never-signed-in", "--must-change"), ["ada", "edsger", "grace"]),
            (("--never-signed-in", "--level", "User"), ["grace"]),
            (("--text", "GRÂCE HOP"), ["grace"]),
            (("--text", "+322"), ["edsger"]),
            (("--text", "fiduciaire"), ["ada", "edsger"]),
            (("--dossier", "D-1", "--status", "active"), ["grace"]),
            (("--text", "nobody"), []),
        ],
    )
    def test_who_is_left(
        self, listed: CommandLine, filters: tuple[str, ...], names: list[str]
    ) -> None:
        """
        Names of levels and roles are read as everywhere.
        """
        ended = listed(*filters, "--json")

        assert 0 == ended.code
        assert [f"{name}@example.org" for name in names] == [
            each["winbooks_id"] for each in ended.document["people"]
        ]

    @pytest.mark.parametrize(
        "filters", [("--level", "Emperor"), ("--role", "x"), ("--dossier", "")]
    )
    def test_what_is_no_value(
        self, listed: CommandLine, filters: tuple[str, ...]
    ) -> None:
        """
        It is refused, and no list without the filter is shown.
        """
        ended = listed(*filters)

        assert (1, "") == (ended.code, ended.out)
        assert ended.err

    def test_a_licence_that_is_not_there(self, listed: CommandLine) -> None:
        """
        It is refused: an empty list would say that it has no users.
        """
        ended = listed("--licence", "WB-9")

        assert (1, "") == (ended.code, ended.out)
        assert "This licence is not registered." in ended.err

    def test_what_colleagues_see(
        self, listed: CommandLine, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """
        Personal data are for the person and those who manage them.
        """
        run(("user", "activate", "edsger@example.org"))
        capsys.readouterr()

        people = listed("--as", "edsger@example.org", "--json").document["people"]

        ada, edsger, grace = people
        assert (None, None, []) == (ada["phone"], ada["id"], ada["dossiers"])
        assert "+3225123456" == edsger["phone"]
        assert ["D-1"] == edsger["dossiers"] == grace["dossiers"]

    def test_no_one(self, listed: CommandLine) -> None:
        """
        That is said in words.
        """
        ended = listed("--text", "nobody")

        assert (0, "There is no such user.\n") == (ended.code, ended.out)

    def test_who_has_a_password_of_their_own(
        self, listed: CommandLine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        An end customer does not learn whether others began.
        """
        text = io.TextIOWrapper(io.BytesIO(b""))
        monkeypatch.setattr(sys, "stdin", text)

        ended = listed("--must-change", "--as", "grace@example.org", "--json")

        assert ["grace@example.org"] == [
            each["winbooks_id"] for each in ended.document["people"]
        ]


class TestSpreadsheet:
    """
    A Belgian Excel opens the file with a double click.
    """

    def test_semicolons_and_a_mark_in_front(self, listed: CommandLine) -> None:
        """
        Headings are words, and a value with a semicolon stays one value.
        """
        ended = listed("--csv", "users.csv", "--language", "nl")

        content = Path("users.csv").read_bytes()
        headings, ada, edsger, grace = csv.reader(
            io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"
        )
        people = [
            dict(zip(headings, each, strict=True)) for each in (ada, edsger, grace)
        ]
        assert 0 == ended.code
        assert content.startswith(b"\xef\xbb\xbfWinBooks ID;Niveau;")
        assert "3 gebruikers staan in users.csv." in ended.out
        assert "Fiduciaire Peeters; Dubois" == people[0]["Naam bedrijf"]
        assert "Grâce" == people[2]["Voornaam"]
        assert "D-1" == people[1]["Dossiers"]

    @pytest.mark.parametrize("name,sign", [("comma", ","), ("tab", "\t")])
    def test_in_another_region(self, listed: CommandLine, name: str, sign: str) -> None:
        """
        Excel splits cells where the region of the machine does.
        """
        listed("--csv", "users.csv", "--separator", name)

        content = Path("users.csv").read_text("utf-8-sig")
        rows = list(csv.reader(io.StringIO(content), delimiter=sign))
        assert {len(rows[0])} == {len(row) for row in rows}
        assert "Fiduciaire Peeters; Dubois" in rows[1]

    def test_no_formula_and_no_number(self, listed: CommandLine) -> None:
        """
        A name or phone that Excel would reckon with becomes a text.
        """
        listed("--csv", "users.csv")

        content = Path("users.csv").read_text("utf-8-sig")
        assert ";'=Korenaar;" in content
        assert ";'+3225123456;" in content

    def test_only_its_owner_reads_it_and_nothing_is_overwritten(
        self, listed: CommandLine
    ) -> None:
        """
        It holds personal data.
        """
        listed("--csv", "users.csv")
        again = listed("--csv", "users.csv", "--status", "active")

        assert 69 == again.code
        assert "users.csv" in again.err
        assert 0o600 == stat.S_IMODE(Path("users.csv").stat().st_mode)
        assert "edsger" in Path("users.csv").read_text("utf-8-sig")

    def test_nobody(self, listed: CommandLine) -> None:
        """
        A file without users has a heading; programs learn where it is.
        """
        ended = listed("--csv", "users.csv", "--text", "nobody", "--json")

        assert "users.csv" == ended.document["file"]
        assert "WinBooks ID\r\n" == Path("users.csv").read_bytes().decode("utf-8-sig")

    @given(st.text(), st.sampled_from("=+-@\uff1d\uff0b\uff0d\uff20"), st.text())
    def test_no_text_begins_like_a_formula(
        self, blanks: str, sign: str, rest: str
    ) -> None:
        """
        Blanks in front hide nothing, and all other texts stay as they are.
        """
        text = f"{' ' * len(blanks)}{sign}{rest}"

        assert f"'{text}" == cell(text)
        assert f"x{text}" == cell(f"x{text}")


class TestTable:
    """
    An ID is never broken, so that it can be copied.
    """

    @pytest.mark.parametrize(
        "width,last_column,columns",
        [
            (109, "company_name", 4),
            (110, "company_name", 5),
            (109, "result", 3),
            (110, "result", 5),
        ],
    )
    def test_a_narrow_terminal(
        self,
        monkeypatch: pytest.MonkeyPatch,
        width: int,
        last_column: str,
        columns: int,
    ) -> None:
        """
        Companies give way, and level and status do; what became of people does not.
        """
        monkeypatch.setattr(Screen, "is_watched", True)
        screen = Screen("en")
        screen.out.width = width

        table = people_table(
            screen, [(samples.user(), Text("done"))], last_column=last_column
        )

        assert isinstance(table, Table)
        assert columns == len(table.columns)
        assert table.columns[0].no_wrap

    @pytest.mark.parametrize(
        "last_column,below", [("result", "done"), ("company_name", ", ")]
    )
    def test_a_long_id(
        self,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
        last_column: str,
        below: str,
    ) -> None:
        """
        What is known of its user stands below it, and nothing is pushed out.
        """
        monkeypatch.setattr(Screen, "is_watched", True)
        screen = Screen("en")
        screen.out.width = 80
        long = WinBooksId.parse(f"{'a' * 50}@example.org")
        user = attrs.evolve(samples.user(), winbooks_id=long)

        screen.show(
            people_table(screen, [(user, Text("done"))], last_column=last_column)
        )

        first, second = capsys.readouterr().out.splitlines()
        assert long.address == first.strip()
        assert below in second
