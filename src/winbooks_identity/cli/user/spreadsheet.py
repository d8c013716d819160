"""
How are users written for a spreadsheet, as a Belgian Excel opens it?

Excel takes the separator from the machine's region, which is a semicolon in
Belgium, and the encoding from the mark in front.
"""

import csv
import os
from collections.abc import Mapping, Sequence
from io import StringIO
from pathlib import Path
from typing import Final, Literal

from ...adapters.files import because
from ..people import in_words
from ..screen import Screen


__all__ = ["Separator", "cell", "write_spreadsheet"]

Separator = Literal["semicolon", "comma", "tab"]
"""
What Excel takes for the end of a cell, by its region.
"""

_SIGN_OF: Final[Mapping[Separator, str]] = {"semicolon": ";", "comma": ",", "tab": "\t"}

#: What a formula begins with, in the widths that Excel and LibreOffice know.
_SIGNS: Final = tuple("=+-@\uff1d\uff0b\uff0d\uff20")


def write_spreadsheet(
    path: Path,
    rows: Sequence[Mapping[str, object]],
    screen: Screen,
    *,
    separator: Separator = "semicolon",
) -> None:
    """
    Write *rows* to a new file that only its owner may read.

    Args:
        path: where it goes; a file that is there is not overwritten.
        rows: the fields of each user; all have the same.
        screen: gives the language of the headings.
        separator: what stands between two cells.

    Raises:
        FileUnavailable: it cannot be written.
    """
    text = StringIO()
    writer = csv.writer(text, delimiter=_SIGN_OF[separator], lineterminator="\r\n")
    fields = list(rows[0]) if rows else ["winbooks_id"]
    writer.writerow(screen.text(f"cli.field.{field}") for field in fields)
    for row in rows:
        writer.writerow(
            cell(in_words(row[field], screen, between=", ")) for field in fields
        )
    try:
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
        with os.fdopen(os.open(path, flags, 0o600), "wb") as file:
            file.write(text.getvalue().encode("utf-8-sig"))
    except OSError as error:
        raise because(error, path) from error


def cell(text: str) -> str:
    """
    Return *text* so that no spreadsheet takes it for a formula.

    An apostrophe in front makes it a text; phone numbers get one too, which also
    keeps their plus sign.
    """
    return f"'{text}" if text.lstrip().startswith(_SIGNS) else text
