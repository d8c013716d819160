"""
How is an export of licence management read from a file?

A file declares how many records it has in a last line of its own: ``#records``
and the number in CSV, ``{"records": 2}`` in JSON Lines.  A file without that
line, or with another number of records, was perhaps cut off.
"""

import codecs
import csv
import io
import json
import os
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, cast, final

import attrs

from ..errors import LicenceManagementUnavailable
from ..licence import Licence
from ..phone import PhoneNumber
from ..synchronisation.desired_user import COLUMNS, BadRecord, DesiredUser, read
from ..synchronisation.reason import Reason
from ..synchronisation.remarks import MalformedRecord
from ..synchronisation.snapshot import Snapshot, snapshot_of


__all__ = ["CsvExport", "JsonLinesExport"]

#: The first cell of the last line of a CSV file, and its key in JSON Lines.
_CSV_COUNT: Final = "#records"
_JSON_COUNT: Final = "records"

#: What separates the cells, by what Excel writes in Belgium and elsewhere.
_DELIMITERS: Final = (";", ",", "\t")


#: The line that names the separator of a file to Excel.
_SEPARATOR_LINE: Final = re.compile(r'"?sep=([;,\t])"?', re.IGNORECASE)

#: Few enough digits to be a number of records.
_DIGITS: Final = re.compile("[0-9]{1,9}")


def _folded(name: str) -> str:
    return "".join(filter(str.isalnum, name)).casefold()


#: What Excel's users call the columns, in the languages of the Portal.
_HEADINGS: Final = {
    "external_id": ("reference", "referentie", "référence", "Referenz"),
    "login": (
        "WinBooks ID",
        "e-mail",
        "e-mailadres",
        "adresse e-mail",
        "E-Mail-Adresse",
    ),
    "first_name": ("voornaam", "prénom", "Vorname"),
    "last_name": ("achternaam", "naam", "nom", "Nachname", "surname"),
    "language": ("taal", "langue", "Sprache"),
    "phone": ("telefoon", "téléphone", "Telefon", "telephone"),
    "is_active": ("active", "actief", "actif", "aktiv"),
    "is_licence_admin": (
        *("licence admin", "admin. licentie", "admin licence", "Lizenz-Admin"),
    ),
}
_NAMES: Final = {
    _folded(heading): name for name in COLUMNS for heading in (name, *_HEADINGS[name])
}


#: A record, the declared number of records, or neither of them.
_Line = Mapping[str, object] | int | None


@attrs.frozen
class _Export(ABC):
    """
    An export of the users of one licence.

    Args:
        path: the file.
        phone: reads a phone number; international notation by default.
    """

    path: str | os.PathLike[str]
    phone: Callable[[str], PhoneNumber] = PhoneNumber.parse

    def snapshot(self, licence: Licence) -> Snapshot:
        """
        Return the users in the file; complete if it has as many as it declares.

        Raises:
            LicenceManagementUnavailable: the file cannot be read.
        """
        del licence
        try:
            content = Path(self.path).read_bytes()
        except OSError as error:
            raise LicenceManagementUnavailable from error
        declared: int | None = None
        records: list[DesiredUser | BadRecord] = []
        for line in self._lines(_decoded(content)):
            place = len(records) + 1
            if isinstance(line, int):
                declared = line
            elif line is None:
                reasons = (Reason.of(MalformedRecord()),)
                records.append(BadRecord(place=place, reasons=reasons))
            else:
                records.append(read(line, place=place, phone=self.phone))
        return snapshot_of(records, declared=declared)

    @staticmethod
    @abstractmethod
    def _lines(text: str) -> Iterator[_Line]:
        """
        Yield the lines of *text* that are not empty.
        """


@final
@attrs.frozen
class CsvExport(_Export):
    """
    Reads an export in CSV, as a `LicenceManagementGateway`.

    The first line names the columns after the attributes of `DesiredUser`, or in
    Dutch, French, German or English, in any order and case; other columns, named or
    not, are left alone.  The
    separator is the one of the first line: semicolon, comma or tab; a line
    ``sep=;`` before it, as Excel reads and writes it, names it instead.
    """

    @staticmethod
    def _lines(text: str) -> Iterator[_Line]:
        first, _, rest = text.partition("\n")
        delimiter = max(_DELIMITERS, key=first.count)
        if named := _SEPARATOR_LINE.fullmatch(first.rstrip("\r")):
            delimiter, text = named[1], rest
        reader = csv.reader(
            io.StringIO(text, newline=""), delimiter=delimiter, strict=True
        )
        header: Sequence[str] | None = None
        for row in _rows(reader):
            if row is None:
                yield None
            elif not any(row):
                continue
            elif row[0] == _CSV_COUNT:
                yield _count(row[1] if len(row) > 1 else "")
            elif header is None:
                header = [_NAMES.get(_folded(name), "") for name in row]
            elif len(row) != len(header) or _repeats_a_name(header):
                yield None
            else:
                yield {
                    name: cell for name, cell in zip(header, row, strict=True) if name
                }


@final
@attrs.frozen
class JsonLinesExport(_Export):
    """
    Reads an export with one JSON object a line, as a `LicenceManagementGateway`.

    Its keys are the attributes of `DesiredUser`; others are left alone.
    """

    @staticmethod
    def _lines(text: str) -> Iterator[_Line]:
        # Not `splitlines`, which cuts at characters that JSON may hold.
        for line in filter(str.strip, text.split("\n")):
            try:
                found: object = json.loads(line)
            except (ValueError, RecursionError):
                found = None
            if not isinstance(found, dict):
                yield None
                continue
            record = cast("dict[str, object]", found)
            if _JSON_COUNT in record:
                yield _count(record[_JSON_COUNT])
            else:
                yield record


def _repeats_a_name(header: Sequence[str]) -> bool:
    # Two columns of one of our names contradict each other; others mean nothing.
    ours = [name for name in header if name]
    return len({*ours}) != len(ours)


def _rows(reader: Iterator[list[str]]) -> Iterator[list[str] | None]:
    while True:
        try:
            yield [cell.strip() for cell in next(reader)]
        except csv.Error:
            yield None
        except StopIteration:
            return


def _count(declared: object) -> int:
    """
    Return a declared number of records; one that no file has for nonsense.
    """
    text = str(declared)
    return int(text) if _DIGITS.fullmatch(text) else -1


def _decoded(content: bytes) -> str:
    """
    Return the text in *content*: UTF-8, UTF-16 with its mark, or Windows 1252.

    What is none becomes lone surrogates, which no record may hold, so a file
    that is broken in one place has one bad record there.
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = content.decode("utf-16", "replace")
    else:
        text = content.decode("utf-8-sig", "surrogateescape")
        beyond_ascii = {character for character in text if not character.isascii()}
        # All that is beyond ASCII is wrong in UTF-8: it is another encoding.  In
        # a file that was cut off within a character, the rest is right.
        if beyond_ascii and all(map(_is_surrogate, beyond_ascii)):
            text = content.decode("cp1252", "surrogateescape")
    return text.replace("\N{REPLACEMENT CHARACTER}", "\udcfd")


def _is_surrogate(character: str) -> bool:
    return "\ud800" <= character <= "\udfff"
