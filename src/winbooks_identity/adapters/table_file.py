"""
How is a table read from a text file, whatever program wrote it?

Excel writes CSV in the code page of the machine, in UTF-8 or in UTF-16, with the
separator of the region, and leaves empty cells at the end of a row out.
"""

import codecs
import csv
import io
import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple


__all__ = ["TableRow", "bare", "decoded", "rows_of_text"]

#: What separates the cells, by what Excel writes in Belgium and elsewhere.
_DELIMITERS: Final = (";", ",", "\t")

#: The line that names the separator of a file to Excel.
_SEPARATOR_LINE: Final = re.compile(r'"?sep=([;,\t|])"?[;,\t]*', re.IGNORECASE)

#: How text is protected from Excel: as a formula that gives it, or by an apostrophe in
#: front of what would be a formula or a number.
_PROTECTED: Final = re.compile(r'="([^"]*)"|\'([=+\-@0-9].*)', re.DOTALL)

#: The end of a line, on Windows, Unix and old Macs.
_LINE_END: Final = re.compile("\r\n|\n|\r")


class TableRow(NamedTuple):
    """
    One row of a table.

    `number` is the one that a spreadsheet shows beside it.  `cells` are text, numbers
    and truth values, without blanks around them; `None` if the row is damaged.  What
    is none of these, such as a date or an error, stays as it was found.
    """

    number: int
    cells: Sequence[object] | None

    @property
    def is_empty(self) -> bool:
        """
        Tell whether the row is there and holds nothing.
        """
        return self.cells is not None and all(cell == "" for cell in self.cells)


def rows_of_text(text: str) -> Iterator[TableRow]:
    """
    Yield the rows of *text*, CSV, empty ones included.

    The separator is the one that the first line that is not empty has most of:
    semicolon, comma or tab.  A line ``sep=;`` before it, as Excel reads and writes it, names it instead;
    that is no row to a spreadsheet.
    """
    first, *rest = _LINE_END.split(text, maxsplit=1)
    header = _LINE_END.split(text.lstrip(), maxsplit=1)[0]
    delimiter = max(_DELIMITERS, key=header.count)
    if named := _SEPARATOR_LINE.fullmatch(first):
        delimiter, text = named[1], "".join(rest)
    lines = io.StringIO(text, newline="")
    reader = csv.reader(lines, delimiter=delimiter, skipinitialspace=True, strict=True)
    number = 0
    while True:
        number += 1
        try:
            yield TableRow(number, [bare(cell) for cell in next(reader)])
        except csv.Error:
            yield TableRow(number, None)
        except StopIteration:
            return


def bare(cell: str) -> str:
    """
    Return what *cell* says, without blanks around it and what keeps it from Excel.
    """
    text = cell.strip()
    protected = _PROTECTED.fullmatch(text)
    return (protected[1] or protected[2] or "").strip() if protected else text


def decoded(content: bytes) -> str:
    """
    Return the text in *content*: UTF-8, UTF-16 or Windows 1252.

    What is none becomes lone surrogates, which no value may hold, so a file that is
    broken in one place has one bad row there.
    """
    if encoding := _wide(content):
        text = content.decode(encoding, "replace").lstrip("\ufeff")
    else:
        # A program that adds a mark to a file that has one leaves two.
        while content.startswith(codecs.BOM_UTF8):
            content = content.removeprefix(codecs.BOM_UTF8)
        text = content.decode("utf-8", "surrogateescape")
        beyond_ascii = {character for character in text if not character.isascii()}
        # All that is beyond ASCII is wrong in UTF-8: it is another encoding.  In
        # a file that was cut off within a character, the rest is right.
        if beyond_ascii and all(map(_is_surrogate, beyond_ascii)):
            text = content.decode("cp1252", "surrogateescape")
    return text.replace("\N{REPLACEMENT CHARACTER}", "\udcfd")


def _wide(content: bytes) -> str | None:
    """
    Return which UTF-16 it is, by its mark or by a first character of ASCII.
    """
    match tuple(content[:2]):
        case (0xFF, 0xFE):
            return "utf-16-le"
        case (0xFE, 0xFF):
            return "utf-16-be"
        case (0, first) if first:
            return "utf-16-be"
        case (first, 0) if first:
            return "utf-16-le"
        case _:
            return None


def _is_surrogate(character: str) -> bool:
    return "\ud800" <= character <= "\udfff"
