"""
An export of licence management is read from a file, however it was written.
"""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from winbooks_identity.adapters.export_file import CsvExport, JsonLinesExport
from winbooks_identity.adapters.phonenumbers import NationalPhoneParser
from winbooks_identity.adapters.table_columns import ColumnsDoubled, ColumnsMissing
from winbooks_identity.errors import Invalid
from winbooks_identity.language import Language
from winbooks_identity.licence import Licence, Product
from winbooks_identity.names import CompanyName
from winbooks_identity.phone import PhoneNumber
from winbooks_identity.problems import Problem
from winbooks_identity.synchronisation import Complete, Partial, Snapshot
from winbooks_identity.synchronisation.planning import plan
from winbooks_identity.synchronisation.remarks import CountDiffers, NotDeclared


LICENCE = Licence(
    number="WB-1",
    product=Product.ON_WEB,
    holder=CompanyName("Fiduciaire Peeters"),
    language=Language.DUTCH,
)
HEADER = "external_id;login;first_name;last_name\n"
NEEDED = "external_id, login, first_name, last_name"
ADA = "E-1;ada@example.org;Ada;Lovelace\n"
ZOE = "E-2;zoe@example.org;Zoë;Müller\n"


def csv_of(folder: Path, content: str | bytes) -> Snapshot:
    """
    Return what a CSV file with *content* says.
    """
    path = folder / "export.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return CsvExport(path).snapshot(LICENCE)


def json_of(folder: Path, content: str) -> Snapshot:
    """
    Return what a JSON Lines file with *content* says.
    """
    path = folder / "export.jsonl"
    path.write_text(content, "utf-8", newline="")
    return JsonLinesExport(path).snapshot(LICENCE)


def first_names(snapshot: Snapshot) -> list[str]:
    """
    Return the first names in *snapshot*.
    """
    return [desired.first_name.text for desired in snapshot.users]


class TestEncodings:
    """
    Whatever program wrote the file, names keep their letters.
    """

    @pytest.mark.parametrize(
        "encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1"]
    )
    def test_letters_stay(self, tmp_path: Path, encoding: str) -> None:
        """
        UTF-8 with and without its mark, UTF-16, and what old Windows writes.
        """
        snapshot = csv_of(tmp_path, (HEADER + ZOE).encode(encoding))

        assert ["Zoë"] == first_names(snapshot)

    @pytest.mark.parametrize("mark", ["\ufeff", ""])
    @pytest.mark.parametrize("order", ["utf-16-le", "utf-16-be"])
    def test_both_orders_of_utf_16(self, tmp_path: Path, order: str, mark: str) -> None:
        """
        The mark tells them apart, or the first character.
        """
        snapshot = csv_of(tmp_path, (mark + HEADER + ZOE).encode(order))

        assert ["Zoë"] == first_names(snapshot)

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "cp1252"])
    @pytest.mark.parametrize("first", ["", "sep=;\n"])
    def test_more_marks_than_one(
        self, tmp_path: Path, encoding: str, first: str
    ) -> None:
        """
        A program that adds one does not look whether it is there, nor what follows.
        """
        mark = "\ufeff".encode("utf-8" if encoding == "cp1252" else encoding)

        snapshot = csv_of(tmp_path, mark * 2 + (first + HEADER + ZOE).encode(encoding))

        assert ["Zo\u00eb"] == first_names(snapshot)

    def test_cut_off_within_a_character(self, tmp_path: Path) -> None:
        """
        The names before it are not read in another encoding.
        """
        whole = (HEADER + ZOE + "E-3;e@example.org;Edsger;Mü").encode()

        snapshot = csv_of(tmp_path, whole[:-1])

        assert ["Zoë"] == first_names(snapshot)
        assert 1 == len(snapshot.bad)

    def test_cut_off_within_utf_16(self, tmp_path: Path) -> None:
        """
        Half a character makes a bad record, not another name.
        """
        snapshot = csv_of(tmp_path, (HEADER + ZOE.strip()).encode("utf-16")[:-1])

        assert ([], 1) == (first_names(snapshot), len(snapshot.bad))

    def test_a_lost_character(self, tmp_path: Path) -> None:
        """
        What a program before us could not read is no name.
        """
        snapshot = csv_of(tmp_path, HEADER + ZOE.replace("ë", "\ufffd"))

        assert ([], 1) == (first_names(snapshot), len(snapshot.bad))


class TestCsv:
    """
    Columns are known by their names, and separated by what the file uses.
    """

    @pytest.mark.parametrize("separator", [";", ",", "\t"])
    @pytest.mark.parametrize("end", ["\n", "\r\n"])
    def test_separators(self, tmp_path: Path, separator: str, end: str) -> None:
        """
        Excel in Belgium writes semicolons.
        """
        content = (HEADER + ADA).replace(";", separator).replace("\n", end)

        assert ["Ada"] == first_names(csv_of(tmp_path, content))

    def test_spellings_and_order_of_the_columns(self, tmp_path: Path) -> None:
        """
        Case, blanks and other columns make no difference.
        """
        snapshot = csv_of(
            tmp_path,
            "Room,Last Name,FIRST_NAME,login,External ID,is-active\n"
            '7,"Lovelace",Ada, ada@example.org ,E-1,no\n',
        )

        [ada] = snapshot.users
        assert ("E-1", False) == (ada.external_id, ada.is_active)

    @pytest.mark.parametrize(
        "header,active",
        [
            ("Referentie;E-mailadres;Voornaam;Achternaam;Actief", "WAAR"),
            ("R\u00e9f\u00e9rence;Adresse e-mail;Pr\u00e9nom;Nom;Actif", "VRAI"),
            ("Referenz;E-Mail-Adresse;Vorname;Nachname;Aktiv", "WAHR"),
            ("Reference;E-mail;First name;Last name;Active", "TRUE"),
            ("EXTERNAL_ID;LOGIN;FIRST_NAME;LAST_NAME;IS_ACTIVE", "1"),
        ],
    )
    def test_as_excel_writes_it(self, tmp_path: Path, header: str, active: str) -> None:
        """
        With its words for yes and no, and people's words for the columns.
        """
        no = {"WAAR": "ONWAAR", "VRAI": "FAUX", "WAHR": "FALSCH", "TRUE": "FALSE"}
        rows = f"{ADA.strip()};{active}\n{ZOE.strip()};{no.get(active, '0')}\n"

        snapshot = csv_of(tmp_path, f"{header}\n{rows}".encode("utf-8-sig"))

        assert () == snapshot.bad
        assert ["Ada", "Zo\u00eb"] == first_names(snapshot)
        assert [True, False] == [user.is_active for user in snapshot.users]

    def test_the_record_and_the_column_are_named(self, tmp_path: Path) -> None:
        """
        What a person sees leads to the cell.
        """
        header = HEADER.strip() + ";is_active;phone\n"
        rows = f"{ADA.strip()};perhaps;\n{ZOE.strip()};ja;nonsense\n"

        snapshot = csv_of(tmp_path, header + rows + "#records;2;;;;\n")
        made = plan(snapshot, licence=LICENCE, users=())

        said = [row.detail for row in made.rows("en") if "Row" in row.detail]
        assert "Row 2, column is_active: Yes or no is expected." == said[0]
        assert said[1].startswith("Row 3, column phone: ")
        assert ["zoe@example.org"] == [
            change.winbooks_id.address for change in made.changes
        ]

    @pytest.mark.parametrize("blank", ["", " "])
    def test_quotes(self, tmp_path: Path, blank: str) -> None:
        """
        A separator within quotes separates nothing; a blank may stand before them.
        """
        snapshot = csv_of(
            tmp_path,
            "\n \nlogin,external_id,first_name,last_name\n"
            f'a@b.be,{blank}"1",{blank}"A, B",C\n',
        )

        [user] = snapshot.users
        assert ("1", "A, B") == (user.external_id, user.first_name.text)

    def test_an_apostrophe_before_an_identifier(self, tmp_path: Path) -> None:
        """
        It kept the zeros; other spreadsheets write it out.
        """
        [ada] = csv_of(tmp_path, HEADER + ADA.replace("E-1", "'0071")).users

        assert "0071" == ada.external_id

    def test_octets_of_zero(self, tmp_path: Path) -> None:
        """
        A machine that lost its power leaves them in the place of records.
        """
        snapshot = csv_of(tmp_path, HEADER.encode() + bytes(7) + b"\n" + ADA.encode())

        assert ["Ada"] == first_names(snapshot)
        assert [2] == [bad.place for bad in snapshot.bad]

    def test_empty_lines(self, tmp_path: Path) -> None:
        """
        They are no records, with or without separators.
        """
        snapshot = csv_of(tmp_path, f"\n{HEADER}\n{ADA};;;\n\n#records;1\n")

        assert isinstance(snapshot, Complete)

    @pytest.mark.parametrize(
        "line",
        [
            "E-1;ada@example.org;Ada;Lovelace;7\n",
            '"E-1";"ada"@example.org;Ada;Lovelace\n',
            f"E-1;{'a' * 140_000}@example.org;Ada;Lovelace\n",
        ],
        ids=["too many cells", "a quote too few", "endless"],
    )
    def test_a_damaged_line(self, tmp_path: Path, line: str) -> None:
        """
        It is one bad record, of which no one is sure whom it means.
        """
        snapshot = csv_of(tmp_path, HEADER + line + ZOE + "#records;2\n")

        assert ["Zoë"] == first_names(snapshot)
        assert [("synchronisation.malformed_record", None)] == [
            (bad.reasons[0].code, bad.external_id) for bad in snapshot.bad
        ]
        assert isinstance(snapshot, Complete)

    def test_a_quote_that_never_closes(self, tmp_path: Path) -> None:
        """
        It swallows the end, so the number cannot be right.
        """
        snapshot = csv_of(tmp_path, HEADER + ADA + '"E-2;' + ZOE + "#records;3\n")

        assert isinstance(snapshot, Partial)

    @pytest.mark.parametrize(
        "content,problem",
        [
            (b"", ColumnsMissing(1, NEEDED)),
            (b"\n;;\n", ColumnsMissing(1, NEEDED)),
            (f"Users of WB-1;;\n{HEADER}".encode(), ColumnsMissing(1, NEEDED)),
            (f"{ADA}{HEADER}".encode(), ColumnsMissing(1, NEEDED)),
            (f'"{HEADER}{ADA}'.encode(), ColumnsMissing(1, NEEDED)),
            (b"\n<html><table><tr><td>login</td>", ColumnsMissing(2, NEEDED)),
            (b"PK\x03\x04\x14\x00\x06\x00\x08", ColumnsMissing(1, NEEDED)),
            (
                b"reference;voornaam;nom;phone\n",
                ColumnsMissing(1, "login"),
            ),
            (
                b"external_id;LOGIN;login;first_name;last_name;naam\n",
                ColumnsDoubled(1, "login, last_name"),
            ),
        ],
        ids=[
            "empty",
            "blank rows",
            "a title above",
            "sorted",
            "an open quote",
            "a web page",
            "a workbook",
            "one missing",
            "doubled",
        ],
    )
    def test_a_first_row_that_names_no_columns(
        self, tmp_path: Path, content: bytes, problem: Problem
    ) -> None:
        """
        It is said once, and no record counts.
        """
        with pytest.raises(Invalid) as raised:
            csv_of(tmp_path, content)

        assert (problem,) == raised.value.problems

    def test_all_that_is_wrong_with_the_first_row(self, tmp_path: Path) -> None:
        """
        A column that is missing hides none that is doubled.
        """
        with pytest.raises(Invalid) as raised:
            csv_of(tmp_path, "external_id;naam;nom;first_name\n")

        assert (
            ColumnsMissing(1, "login"),
            ColumnsDoubled(1, "last_name"),
        ) == raised.value.problems

    @pytest.mark.parametrize(
        "first,separator",
        [("sep=;", ";"), ("SEP=,", ","), ('"sep=;"', ";"), ("sep=\t", "\t")],
    )
    def test_a_line_for_excel(self, tmp_path: Path, first: str, separator: str) -> None:
        """
        A first line that names the separator is no header.
        """
        table = (HEADER + ADA).replace(";", separator)

        assert ["Ada"] == first_names(csv_of(tmp_path, f"{first}\r\n{table}"))

    @pytest.mark.parametrize(
        "columns,cells",
        [(";;", ";;"), (";Note;Note", ";a;b"), (";;Remark", ";x;y"), (" ; ", "; ")],
    )
    def test_columns_without_a_meaning(
        self, tmp_path: Path, columns: str, cells: str
    ) -> None:
        """
        Nameless columns and two unknown ones of one name are left alone.
        """
        table = HEADER.strip() + columns + "\n" + ADA.strip() + cells + "\n"

        assert ["Ada"] == first_names(csv_of(tmp_path, table))

    def test_empty_cells_at_the_end_of_a_row(self, tmp_path: Path) -> None:
        """
        Excel leaves them out after some rows, or writes more than the header has.
        """
        header = HEADER.strip() + ";phone;is_active\n"

        snapshot = csv_of(tmp_path, f"{header}{ADA}{ZOE.strip()};;;;;\nE-3;e@b.be;E\n")

        assert [("Ada", True), ("Zoë", True)] == [
            (user.first_name.text, user.is_active) for user in snapshot.users
        ]
        [bad] = snapshot.bad
        assert (4, "E-3", "last_name") == (
            bad.place,
            bad.external_id,
            bad.reasons[0].field,
        )

    def test_rows_are_numbered_as_a_spreadsheet_does(self, tmp_path: Path) -> None:
        """
        Empty ones and lines within a cell count, the line with the separator does not.
        """
        table = f'sep=;\n{HEADER}\n"E-1";"a\nb";Ada;Lovelace\n"E-2"x\n{ZOE}'

        snapshot = csv_of(tmp_path, table)

        assert [3, 4] == [bad.place for bad in snapshot.bad]
        assert [5] == [user.place for user in snapshot.users]

    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    def test_ends_of_lines(self, tmp_path: Path, end: str) -> None:
        """
        Excel on a Mac still offers the old ones.
        """
        table = f"sep=;\n{HEADER}{ADA}#records;1\n".replace("\n", end)

        assert isinstance(csv_of(tmp_path, table), Complete)

    @pytest.mark.parametrize(
        "header",
        [
            "R\u00e9f\u00e9rence;Adresse e-mail;Pre\u0301nom;Nom",
            "REFERENCE;ADRESSE E-MAIL;PRENOM;NOM",
            "\u00a0R\u00e9f\u00e9rence\u00a0;\u00abadresse e\u2011mail\u00bb;Prénom :;nom*",
        ],
        ids=["accents of a Mac", "without accents", "signs and blanks"],
    )
    def test_spellings_of_headings(self, tmp_path: Path, header: str) -> None:
        """
        Only their letters and digits count.
        """
        assert ["Ada"] == first_names(csv_of(tmp_path, f"{header}\n{ADA}"))

    @pytest.mark.parametrize(
        "cell",
        [
            *('="0470123456"', '"=""0470123456"""', "'+32470123456", "'0470123456"),
            *("\u00a00470 12 34 56", "32470123456", "+32470123456"),
        ],
    )
    def test_what_is_kept_from_excel(self, tmp_path: Path, cell: str) -> None:
        """
        A formula that gives a text, and the apostrophe of our own lists, are undone.
        """
        path = tmp_path / "export.csv"
        path.write_text(f"{HEADER.strip()};phone\n{ADA.strip()};{cell}\n", "utf-8")

        [ada] = CsvExport(path, phone=NationalPhoneParser()).snapshot(LICENCE).users

        assert PhoneNumber("+32470123456") == ada.phone

    def test_phone_numbers_are_read_as_asked(self, tmp_path: Path) -> None:
        """
        An export from Belgium has Belgian notation.
        """
        path = tmp_path / "export.csv"
        path.write_text(HEADER.strip() + ";phone\n" + ADA.strip() + ";local\n")
        export = CsvExport(path, phone=lambda _: PhoneNumber("+32470123456"))

        [ada] = export.snapshot(LICENCE).users

        assert PhoneNumber("+32470123456") == ada.phone


class TestComplete:
    """
    A file is complete if it has as many records as it declares.  [Q17]
    """

    @pytest.mark.parametrize("count", ["#records;2", "#records;2;;", " #Records ; 2 "])
    def test_declared(self, tmp_path: Path, count: str) -> None:
        """
        The last line counts the others.
        """
        snapshot = csv_of(tmp_path, HEADER + ADA + ZOE + count)

        assert isinstance(snapshot, Complete)

    @pytest.mark.parametrize(
        "content,reason",
        [
            (HEADER, NotDeclared()),
            (HEADER + ADA, NotDeclared()),
            (HEADER + ADA + "#records;2\n", CountDiffers(declared=2, counted=1)),
            (HEADER + ADA + "#records;0\n", CountDiffers(declared=0, counted=1)),
            (HEADER + ADA + "#records\n", CountDiffers(declared=-1, counted=1)),
            (HEADER + ADA + "#records;all\n", CountDiffers(declared=-1, counted=1)),
            (
                (HEADER + ADA + "#records;1\n") * 2,
                CountDiffers(declared=-1, counted=3),
            ),
            (
                HEADER + ADA + "#records;2\n#records;1\n",
                CountDiffers(declared=-1, counted=1),
            ),
        ],
        ids=[
            "header only",
            "without its end",
            "too few",
            "too many",
            "no number",
            "a word",
            "sent twice over",
            "counted twice",
        ],
    )
    def test_not_complete(
        self, tmp_path: Path, content: str, reason: NotDeclared | CountDiffers
    ) -> None:
        """
        It says why.
        """
        snapshot = csv_of(tmp_path, content)

        assert isinstance(snapshot, Partial)
        assert reason == snapshot.reason

    @given(cut=st.integers(min_value=0, max_value=117))
    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_cut_off_anywhere(self, tmp_path: Path, cut: int) -> None:
        """
        Nothing that lost an byte of a record is complete.
        """
        whole = (HEADER + ADA + ZOE + "#records;2").encode()
        part = whole[: min(cut, len(whole) - 1)]

        assert isinstance(csv_of(tmp_path, whole), Complete)
        with suppress(Invalid):  # Within the first row.
            assert isinstance(csv_of(tmp_path, part), Partial)


class TestJsonLines:
    """
    One object a line.
    """

    ADA = (
        '{"external_id": "E-1", "login": "ada@example.org",'
        ' "first_name": "Ada", "last_name": "Lovelace", "is_active": false}\n'
    )

    def test_a_line_is_a_record(self, tmp_path: Path) -> None:
        """
        Truth values are JSON's own.
        """
        snapshot = json_of(tmp_path, f'\n{self.ADA}\n{{"records": 1}}')

        [ada] = snapshot.users
        assert ("Ada", False) == (ada.first_name.text, ada.is_active)
        assert isinstance(snapshot, Complete)

    @pytest.mark.parametrize("line", ["{", "[]", "7", "null", "[" * 100_000, "E-1;ada"])
    def test_a_damaged_line(self, tmp_path: Path, line: str) -> None:
        """
        It is one bad record.
        """
        snapshot = json_of(tmp_path, f"{line}\n{self.ADA}")

        assert (["Ada"], 1) == (first_names(snapshot), len(snapshot.bad))

    def test_a_key_that_is_there_twice(self, tmp_path: Path) -> None:
        """
        Which value counts is not known, so the record is a bad one.  [R69]
        """
        doubled = self.ADA.replace("}", ', "login": "eve@example.org"}')

        snapshot = json_of(tmp_path, f'{doubled}{{"records": 1}}')

        assert ((), 1) == (snapshot.users, len(snapshot.bad))

    @pytest.mark.parametrize("count", ['"1"', "1"])
    def test_the_number_as_text(self, tmp_path: Path, count: str) -> None:
        """
        Both spell the same number.
        """
        snapshot = json_of(tmp_path, f'{self.ADA}{{"records": {count}}}')

        assert isinstance(snapshot, Complete)

    @pytest.mark.parametrize("count", ["null", "true", "-1", "1.5", "[]", "1e3"])
    def test_no_number(self, tmp_path: Path, count: str) -> None:
        """
        Nonsense declares nothing.
        """
        snapshot = json_of(tmp_path, f'{self.ADA}{{"records": {count}}}')

        assert isinstance(snapshot, Partial)


class TestAnything:
    """
    No file makes the reader fail.  [R69]
    """

    @given(content=st.binary())
    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_any_octets(self, tmp_path: Path, content: bytes) -> None:
        """
        There is always a snapshot, and no one in this one.
        """
        assert () == csv_of(tmp_path, HEADER.encode() + content).users
