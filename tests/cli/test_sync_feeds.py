"""
Files as public bug reports about imports describe them are read rightly, or refused.

Nothing in between: what a person reads names the row and the column, or the file.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pytest
from openpyxl import Workbook

from command_line import CommandLine
from winbooks_identity.adapters.embedded import open_office
from winbooks_identity.authorization import WinBooksAdministration
from winbooks_identity.language import Language
from winbooks_identity.licence import Licence, Product
from winbooks_identity.names import CompanyName


COLUMNS: Final = "external_id;login;first_name;last_name;phone;is_active"
ADA: Final = "E-1;ada@example.org;Ada;Lovelace;0470 12 34 56;ja"
ZOE: Final = "E-2;zoe@example.org;Zoë;Müller;;WAAR"
WHOLE: Final = f"{COLUMNS}\n{ADA}\n{ZOE}\n#records;2\n"


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> str:
    """
    Return the path of a database with an on Web licence, which no test changes.
    """
    path = tmp_path_factory.mktemp("office") / "office.db"
    with open_office(path, new=True) as office:
        office.provisioning.register_licence(
            Licence(
                number="WB-1",
                product=Product.ON_WEB,
                holder=CompanyName("Fiduciaire Peeters"),
                language=Language.DUTCH,
            ),
            by=WinBooksAdministration(),
        )
    return str(path)


@pytest.fixture
def command(command: CommandLine, database: str) -> CommandLine:
    """
    Return what plans a synchronisation, in English.
    """
    return command.below("sync", "--database", database, "--language", "en")


def in_csv(*rows: str) -> bytes:
    """
    Return a feed with *rows*.
    """
    return "\n".join((COLUMNS, *rows, f"#records;{len(rows)}")).encode()


READ: Final = {
    "sep=; before the columns": f"sep=;\r\n{WHOLE}".encode("utf-8-sig"),
    "the code page of Windows": WHOLE.encode("cp1252"),
    "UTF-16 with tabs": WHOLE.replace(";", "\t").encode("utf-16"),
    "two byte order marks": f"\ufeff\ufeff{WHOLE}".encode(),
    "old Macs": WHOLE.replace("\n", "\r").encode(),
    "empty columns and rows at the end": (
        WHOLE.replace("\n", ";;;\n") + ";;;;;;;;\n" * 3
    ).encode(),
    "capitals and hard blanks": WHOLE.replace(
        COLUMNS, f"\u00a0{COLUMNS.upper()}\u00a0"
    ).encode(),
    "decimal commas": WHOLE.replace("\n", ";1.234,56\n")
    .replace("is_active;1.234,56", "is_active;salary")
    .encode(),
    "apostrophes and formulas": WHOLE.replace("E-1", "'1001")
    .replace("0470 12 34 56", '"=""+32470123456"""')
    .encode(),
}


@pytest.mark.parametrize("content", READ.values(), ids=READ.keys())
def test_what_is_read(command: CommandLine, content: bytes) -> None:
    """
    Both people are there, with their letters.
    """
    Path("feed.csv").write_bytes(content)

    ended = command("feed.csv", "--json")

    assert 0 == ended.code
    plan = ended.document["plan"]
    assert ([], [], None) == (plan["conflicts"], plan["remarks"], plan["partial"])
    assert {("Ada", "Lovelace"), ("Zoë", "Müller")} == {
        (change["after"]["first_name"], change["after"]["last_name"])
        for change in plan["changes"]
    }


REFUSED: Final = {
    "a name in Windows 1250": (
        WHOLE.replace("Zoë", "Łukasz").replace("Müller", "Nowak").encode("cp1250"),
        "Row 3, column first_name: This name has signs that no name has: £.",
    ),
    "a lost letter": (
        WHOLE.replace("Zoë", "Zo?").encode(),
        "Row 3, column first_name: This name has signs that no name has: ?.",
    ),
    "zeros in the place of text": (
        WHOLE.replace("Ada", "A\0da").encode(),
        "Row 2, column first_name: This name contains an invisible",
    ),
    "a quotation mark that is not closed": (
        WHOLE.replace("Ada", '"Ada').encode(),
        "Row 2: This record is damaged: a quotation mark is not closed",
    ),
    "more cells than columns": (
        WHOLE.replace("Ada", "Ada;Augusta").encode(),
        "Row 2: This record is damaged",
    ),
    "the columns twice": (
        in_csv(ADA, COLUMNS, ZOE),
        "Row 3, column login: A WinBooks ID is an e-mail address",
    ),
    "the same person twice": (
        in_csv(ADA, ADA.replace("Ada", "Eve")),
        "Row 3: Another record has the same identifier or the same login.",
    ),
    "two columns of one name": (
        WHOLE.replace("phone", "login").encode(),
        "Two columns of row 1 mean the same: login.",
    ),
    "an error of Excel": (
        WHOLE.replace("E-1", "#N/B").encode(),
        "Row 2, column external_id: A spreadsheet shows this in the place",
    ),
    "a number that lost its digits": (
        WHOLE.replace("E-1", "1,00234E+11").encode(),
        "Row 2, column external_id: A spreadsheet shows this in the place",
    ),
    "a formula": (
        WHOLE.replace(";ja", ";=WAAR()").encode(),
        "Row 2, column is_active: Yes or no is expected.",
    ),
    "a telephone number that lost its digits": (
        WHOLE.replace("0470 12 34 56", "3,2475E+10").encode(),
        "Row 2, column phone: A phone number consists of digits",
    ),
    "smart quotes": (
        WHOLE.replace("Ada", "“Ada”").encode(),
        "Row 2, column first_name: This name has signs that no name has: “ ”.",
    ),
    "each row one text": (
        "\n".join(f'"{line}"' for line in WHOLE.split("\n")).encode(),
        "Row 1 has to name the columns of the export; these are missing: external_id",
    ),
    "a workbook": (b"PK\x03\x04\x14\x00\x06\x00\x08", "Row 1 has to name the columns"),
    "nothing": (b"", "Row 1 has to name the columns"),
}


@pytest.mark.parametrize("content,said", REFUSED.values(), ids=REFUSED.keys())
def test_what_is_refused(command: CommandLine, content: bytes, said: str) -> None:
    """
    In words that lead to the cell, the row or the file.
    """
    Path("feed.csv").write_bytes(content)

    ended = command("feed.csv")

    assert said in ended.out + ended.err


def test_what_is_optional_stops_no_one(command: CommandLine) -> None:
    """
    Who has a telephone number that makes no sense is followed without it.
    """
    Path("feed.csv").write_bytes(in_csv(ADA.replace("0470 12 34 56", "3,2475E+10")))

    ended = command("feed.csv")

    assert 0 == ended.code
    assert "create" in ended.out
    assert "Row 2, column phone: A phone number consists of digits" in ended.out


SHEETS: Final[dict[str, tuple[Sequence[Sequence[object]], str, str]]] = {
    "numbers": (
        [[1001, "ada@example.org", "Ada", "Lovelace", 32470123456, True]],
        "",
        "phone: +32470123456",
    ),
    "numbers as text": (
        [["1001", "ada@example.org", "Ada", "Lovelace", "0470123456", "ONWAAR "]],
        "",
        "0 users are unchanged.",
    ),
    "an error": (
        [["E-1", "ada@example.org", "Ada", "Lovelace", None, "#N/A"]],
        "",
        "Row 2, column is_active: Yes or no is expected.",
    ),
    "a number that was rounded": (
        [[1.00234567890123e17, "ada@example.org", "Ada", "Lovelace"]],
        "",
        "Row 2, column external_id: A spreadsheet shows this",
    ),
    "merged cells": (
        [
            ["E-1", "ada@example.org", "Ada", "Lovelace", None, "nee"],
            ["E-2", "zoe@example.org", "Zoë", "Müller", None, None],
        ],
        "F2:F3",
        "Row 3, column is_active: Yes or no is expected.",
    ),
    "a title": ([], "A1:F1", "Row 1 has to name the columns"),
}


@pytest.mark.parametrize("rows,merged,said", SHEETS.values(), ids=SHEETS.keys())
def test_workbooks(
    command: CommandLine, rows: Sequence[Sequence[object]], merged: str, said: str
) -> None:
    """
    As Excel keeps them.
    """
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (COLUMNS.split(";"), *rows):
        sheet.append([*row])
    if merged:
        sheet.merge_cells(merged)
    book.save("feed.xlsx")

    ended = command("feed.xlsx")

    assert said in ended.out + ended.err


@pytest.mark.parametrize(
    "content",
    [
        b"<html><table><tr><td>external_id</td></tr></table></html>",
        bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600),
        WHOLE.encode(),
    ],
    ids=["a web page", "locked or of old Excel", "CSV"],
)
def test_no_workbook(command: CommandLine, content: bytes) -> None:
    """
    What is called one and is none.
    """
    Path("feed.xlsx").write_bytes(content)

    ended = command("feed.xlsx")

    assert 69 == ended.code
    assert "This is no Excel workbook that can be read." in ended.err
