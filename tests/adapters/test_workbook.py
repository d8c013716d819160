"""
An export is read from an Excel workbook, with whatever Excel keeps in its cells.
"""

import sys
from collections.abc import Sequence
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook

from winbooks_identity.adapters import workbook
from winbooks_identity.adapters.export_file import (
    CsvExport,
    ExcelExport,
    JsonLinesExport,
    export_of,
)
from winbooks_identity.adapters.phonenumbers import NationalPhoneParser
from winbooks_identity.adapters.workbook import ExcelMissing, NotAWorkbook
from winbooks_identity.language import Language
from winbooks_identity.licence import Licence, Product
from winbooks_identity.names import CompanyName
from winbooks_identity.phone import PhoneNumber
from winbooks_identity.synchronisation import Complete, Snapshot


LICENCE = Licence(
    number="WB-1",
    product=Product.ON_WEB,
    holder=CompanyName("Fiduciaire Peeters"),
    language=Language.DUTCH,
)
HEADER = ("Referentie", "E-mail", "Voornaam", "Naam", "Telefoon", "Actief")


def package(*rows: Sequence[object]) -> bytes:
    """
    Return a workbook with the header and *rows* on its first sheet.
    """
    book = Workbook()
    for row in (HEADER, *rows):
        book.worksheets[0].append([*row])
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def edited(content: bytes, old: str, new: str) -> bytes:
    """
    Return a workbook in whose first sheet *new* stands for *old*.
    """
    made = BytesIO()
    with ZipFile(BytesIO(content)) as source, ZipFile(made, "w", ZIP_DEFLATED) as copy:
        for name in source.namelist():
            part = source.read(name)
            if name.endswith("sheet1.xml"):
                assert old.encode() in part
                part = part.replace(old.encode(), new.encode())
            copy.writestr(name, part)
    return made.getvalue()


def snapshot_of(folder: Path, content: bytes) -> Snapshot:
    """
    Return what an export with *content* says.
    """
    path = folder / "export.xlsx"
    path.write_bytes(content)
    return ExcelExport(path, phone=NationalPhoneParser()).snapshot(LICENCE)


def ada(phone: object = None, *, active: object = None) -> tuple[object, ...]:
    """
    Return a row.
    """
    return ("E-1", "ada@example.org", "Ada", "Lovelace", phone, active)


class TestCells:
    """
    A cell is read as Excel shows it, or it is refused by its row and column.
    """

    def test_numbers_and_truth_values(self, tmp_path: Path) -> None:
        """
        Excel makes numbers of what people type, and drops the zero in front.
        """
        content = package(
            (1001, "ada@example.org", "Ada", "Lovelace", 470123456, False),
            (1002, "zoe@example.org", "Zoë", "Müller", "0470/12.34.56", 1),
            ("#records", 2),
        )

        scientific = edited(content, "<v>1002</v>", "<v>1.002E3</v>")
        snapshot = snapshot_of(tmp_path, scientific)

        assert isinstance(snapshot, Complete)
        assert [("1001", False), ("1002", True)] == [
            (user.external_id, user.is_active) for user in snapshot.users
        ]
        assert {PhoneNumber("+32470123456")} == {user.phone for user in snapshot.users}

    @pytest.mark.parametrize(
        "cell", [date(2026, 2, 1), 1.5, "#N/A", "=1=1", "=NOSUCH()"]
    )
    def test_what_is_no_yes_and_no_no(self, tmp_path: Path, cell: object) -> None:
        """
        A date, an error and a formula without a result are not taken for empty.
        """
        [bad] = snapshot_of(tmp_path, package(ada(active=cell))).bad

        assert (2, "field.flag_expected", "is_active") == (
            bad.place,
            bad.reasons[0].code,
            bad.reasons[0].field,
        )

    @pytest.mark.parametrize(
        "cell,code",
        [
            (date(2026, 2, 1), "field.not_text"),
            ("#REF!", "synchronisation.spoilt_external_id"),
            ("=A1", "synchronisation.spoilt_external_id"),
        ],
    )
    def test_what_is_no_text(self, tmp_path: Path, cell: object, code: str) -> None:
        """
        Excel makes a date of an identifier such as 1-2.
        """
        row = (cell, "ada@example.org", "Ada", "Lovelace")

        [bad] = snapshot_of(tmp_path, package(row)).bad

        assert [("external_id", code)] == [
            (reason.field, reason.code) for reason in bad.reasons
        ]

    def test_what_keeps_text_from_excel(self, tmp_path: Path) -> None:
        """
        An apostrophe that came from another file is no part of the identifier.
        """
        [user] = snapshot_of(
            tmp_path, package(("'0071", *ada("'+32470123456")[1:]))
        ).users

        assert ("0071", PhoneNumber("+32470123456")) == (user.external_id, user.phone)

    def test_a_formula_counts_for_its_result(self, tmp_path: Path) -> None:
        """
        As Excel worked it out when it saved the file.
        """
        content = edited(
            package(ada(active="=1=2")),
            '<c r="F2"><f>1=2</f><v /></c>',
            '<c r="F2" t="b"><f>1=2</f><v>0</v></c>',
        )

        [user] = snapshot_of(tmp_path, content).users

        assert not user.is_active

    def test_what_does_not_show(self, tmp_path: Path) -> None:
        """
        A cell of blanks is empty, which means yes.
        """
        [user] = snapshot_of(tmp_path, package(ada(" ", active="\u00a0"))).users

        assert (None, True) == (user.phone, user.is_active)

    @pytest.mark.parametrize("number", [10**15, 123_456_789_012_345_678, 1.5e300])
    def test_a_number_that_was_rounded(self, tmp_path: Path, number: object) -> None:
        """
        Excel keeps 15 digits: what it kept of more is another identifier.
        """
        [bad] = snapshot_of(tmp_path, package((number, *ada()[1:]))).bad

        assert ("external_id", "synchronisation.spoilt_external_id") == (
            bad.reasons[0].field,
            bad.reasons[0].code,
        )

    @pytest.mark.parametrize(
        "merged,bad",
        [
            ("F2:F3", {3: ["is_active"]}),
            ("C2:D2", {2: ["last_name"]}),
            ("C2:D3", {2: ["last_name"], 3: ["first_name", "last_name"]}),
            ("H2:J3", {}),
            ("F2:F3 C2:D2", {2: ["last_name"], 3: ["is_active"]}),
        ],
        ids=["down", "across", "both", "of nothing", "two"],
    )
    def test_merged_cells(
        self, tmp_path: Path, merged: str, bad: dict[int, list[str]]
    ) -> None:
        """
        One "no" over two rows is no empty cell, which means yes, in the second.
        """
        book = Workbook()
        sheet = book.worksheets[0]
        for row in (HEADER, ada(active="nee"), ("E-2", "g@b.be", "Grace", "Hopper")):
            sheet.append([*row])
        for each in merged.split():
            sheet.merge_cells(each)
        made = BytesIO()
        book.save(made)

        snapshot = snapshot_of(tmp_path, made.getvalue())

        assert bad == {
            each.place: [reason.field for reason in each.reasons]
            for each in snapshot.bad
        }

    def test_a_range_ends_with_its_element(self, tmp_path: Path) -> None:
        """
        Looking beyond the next one would read a sheet again for each of them.
        """
        content = edited(
            package(ada(active="nee"), ("E-2", "g@b.be", "Grace", "Hopper")),
            "</sheetData>",
            '</sheetData><!-- <mergeCell <a ref="F2:F3"/> -->',
        )

        assert () == snapshot_of(tmp_path, content).bad


class TestSheets:
    """
    The first sheet that people see counts, whole.
    """

    def test_a_hidden_sheet_is_passed_over(self, tmp_path: Path) -> None:
        """
        It holds lists for other cells.
        """
        book = Workbook()
        book.worksheets[0].append(("nothing",))
        book.worksheets[0].sheet_state = "hidden"
        sheet = book.create_sheet("Users")
        sheet.append(HEADER)
        sheet.append(ada())
        made = BytesIO()
        book.save(made)

        [user] = snapshot_of(tmp_path, made.getvalue()).users

        assert "E-1" == user.external_id

    def test_a_wrong_dimension(self, tmp_path: Path) -> None:
        """
        Other programs say that a sheet ends where it begins.
        """
        content = package(ada(), (), ("#records", 1))
        wrong = edited(content, '<dimension ref="A1:F4"', '<dimension ref="A1"')

        snapshot = snapshot_of(tmp_path, wrong)

        assert isinstance(snapshot, Complete)
        assert [2] == [user.place for user in snapshot.users]


class TestNoWorkbook:
    """
    What cannot be read says so; it is not an empty list of users.  [Q17]
    """

    @pytest.mark.parametrize(
        "content",
        [
            b"",
            b"external_id;login\n",
            bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600),
            package(ada())[:-200],
            edited(package(ada()), "</row>", "</raw>"),
            edited(
                package(ada()), "<worksheet", '<!DOCTYPE a [<!ENTITY b "c">]><worksheet'
            ),
        ],
        ids=["empty", "CSV", "old or locked", "cut off", "broken XML", "entities"],
    )
    def test_it_is_refused(self, tmp_path: Path, content: bytes) -> None:
        """
        With a sentence that says what to do.
        """
        with pytest.raises(NotAWorkbook):
            snapshot_of(tmp_path, content)

    @pytest.mark.parametrize(
        "row",
        [
            '<row r="99999999"><c><v>1</v></c></row>',
            '<row><c r="XFD9"><v>1</v></c></row>',
        ],
        ids=["far below", "far beside"],
    )
    def test_what_lies_far_off(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, row: str
    ) -> None:
        """
        A small file must not make millions of empty cells.
        """
        monkeypatch.setattr(workbook, "_MAX_ROWS", 100)
        monkeypatch.setattr(workbook, "_MAX_CELLS", 1_000)
        content = edited(package(ada()), "</sheetData>", f"{row}</sheetData>")

        with pytest.raises(NotAWorkbook):
            snapshot_of(tmp_path, content)

    def test_merged_ranges_that_overlap(self, tmp_path: Path) -> None:
        """
        Excel makes none, and thousands that never end would cost their square.
        """
        content = edited(
            package(ada(), ada()),
            "</sheetData>",
            "</sheetData><mergeCells>"
            '<mergeCell ref="B2:B1048576"/><mergeCell ref="A3:B1048576"/>'
            "</mergeCells>",
        )

        with pytest.raises(NotAWorkbook):
            snapshot_of(tmp_path, content)

    def test_a_sheet_that_is_none(self, tmp_path: Path) -> None:
        """
        A workbook needs one that is not hidden.
        """
        content = package(ada())
        made = BytesIO()
        with ZipFile(BytesIO(content)) as source, ZipFile(made, "w") as copy:
            for name in source.namelist():
                part = source.read(name).replace(b'state="visible"', b'state="hidden"')
                copy.writestr(name, part)

        with pytest.raises(NotAWorkbook):
            snapshot_of(tmp_path, made.getvalue())

    def test_a_strict_workbook(
        self, tmp_path: Path, recwarn: pytest.WarningsRecorder
    ) -> None:
        """
        Its parts have other names; what openpyxl says of them is not for the screen.
        """
        made = BytesIO()
        with ZipFile(BytesIO(package(ada()))) as source, ZipFile(made, "w") as copy:
            for name in source.namelist():
                part = source.read(name)
                for old, new in (
                    (b"spreadsheetml/2006/main", b"spreadsheetml/main"),
                    (b"officeDocument/2006/", b"officeDocument/"),
                ):
                    part = part.replace(
                        b"http://schemas.openxmlformats.org/" + old,
                        b"http://purl.oclc.org/ooxml/" + new,
                    )
                copy.writestr(name, part)

        with pytest.raises(NotAWorkbook):
            snapshot_of(tmp_path, made.getvalue())

        assert [] == recwarn.list

    def test_a_bomb(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """
        What unpacks to more than any licence needs is not unpacked.
        """
        monkeypatch.setattr(workbook, "_MAX_UNPACKED", 1_000)

        with pytest.raises(NotAWorkbook):
            snapshot_of(tmp_path, package(ada()))

    def test_the_package_is_missing(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        The extra is named.
        """
        monkeypatch.setitem(sys.modules, "openpyxl", None)

        with pytest.raises(ExcelMissing):
            snapshot_of(tmp_path, package(ada()))


@pytest.mark.parametrize(
    "name,kind",
    [
        ("a.csv", CsvExport),
        ("a.txt", CsvExport),
        ("a.XLSX", ExcelExport),
        ("a.xls", ExcelExport),
        ("a.ods", ExcelExport),
        ("a.jsonl", JsonLinesExport),
        ("a.ndjson", JsonLinesExport),
    ],
)
def test_the_name_tells_the_kind(name: str, kind: type) -> None:
    """
    By its end, in any case.
    """
    assert isinstance(export_of(name), kind)
