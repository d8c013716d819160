"""
How is an export of licence management read from a file?

A file declares how many records it has in a last line of its own: ``#records``
and the number in CSV and Excel, ``{"records": 2}`` in JSON Lines.  A file without
that line, or with another number of records, was perhaps cut off; one with two of
them was perhaps put together from parts.
"""

import json
import os
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple, cast, final

import attrs

from ..errors import LicenceManagementUnavailable
from ..licence import Licence
from ..phone import PhoneNumber
from ..synchronisation.desired_user import BadRecord, DesiredUser, read
from ..synchronisation.reason import Reason
from ..synchronisation.remarks import MalformedRecord
from ..synchronisation.snapshot import Snapshot, snapshot_of
from .table_columns import columns_of
from .table_file import TableRow, decoded, rows_of_text
from .workbook import rows_of_workbook


__all__ = ["CsvExport", "ExcelExport", "JsonLinesExport", "export_of"]

#: The first cell of the last row of a table, and its key in JSON Lines.
_TABLE_COUNT: Final = "#records"
_JSON_COUNT: Final = "records"

#: A number of records that no file has.
_NONSENSE: Final = -1

#: Few enough digits to be a number of records.
_DIGITS: Final = re.compile("[0-9]{1,9}")


class _Line(NamedTuple):
    """
    A line of a file: a record, the declared number of records, or neither.

    `place` is the row of a spreadsheet, or the line of the file.
    """

    place: int
    content: Mapping[str, object] | int | None


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
            Invalid: it is a table whose first row names the columns wrongly.
        """
        del licence
        try:
            content = Path(self.path).read_bytes()
        except OSError as error:
            raise LicenceManagementUnavailable from error
        declared: int | None = None
        records: list[DesiredUser | BadRecord] = []
        for place, line in self._lines(content):
            if isinstance(line, int):
                declared = line if declared is None else _NONSENSE
            elif line is None:
                reasons = (Reason.of(MalformedRecord()),)
                records.append(BadRecord(place=place, reasons=reasons))
            else:
                records.append(read(line, place=place, phone=self.phone))
        return snapshot_of(records, declared=declared)

    @staticmethod
    @abstractmethod
    def _lines(content: bytes) -> Iterator[_Line]:
        """
        Yield the lines of *content* that are not empty.
        """


@final
@attrs.frozen
class CsvExport(_Export):
    """
    Reads an export in CSV, as a `LicenceManagementGateway`.

    The first row names the columns after the attributes of `DesiredUser`, or in
    Dutch, French, German or English, in any order and case, with accents or without;
    other columns, named or not, are left alone.  `table_file` says what is read.
    """

    @staticmethod
    def _lines(content: bytes) -> Iterator[_Line]:
        return _records(rows_of_text(decoded(content)))


@final
@attrs.frozen
class ExcelExport(_Export):
    """
    Reads an export in an Excel workbook, as a `LicenceManagementGateway`.

    It needs the extra ``[excel]``.  The first sheet that is not hidden has the rows of
    `CsvExport`.  Truth values may be Excel's own, numbers may be numbers; a date, an
    error or a formula without a result is refused where text or yes or no belongs.

    Raises:
        NotAWorkbook, ExcelMissing: from `snapshot`; see `workbook`.
    """

    @staticmethod
    def _lines(content: bytes) -> Iterator[_Line]:
        return _records(rows_of_workbook(content))


@final
@attrs.frozen
class JsonLinesExport(_Export):
    """
    Reads an export with one JSON object a line, as a `LicenceManagementGateway`.

    Its keys are the attributes of `DesiredUser`; others are left alone.  A key that is
    there twice makes a bad record.  [R69]
    """

    @staticmethod
    def _lines(content: bytes) -> Iterator[_Line]:
        # Not `splitlines`, which cuts at characters that JSON may hold.
        for place, line in enumerate(decoded(content).split("\n"), start=1):
            if line.strip():
                yield _Line(place, _in_json(line))


def export_of(
    path: str | os.PathLike[str],
    *,
    phone: Callable[[str], PhoneNumber] = PhoneNumber.parse,
) -> CsvExport | ExcelExport | JsonLinesExport:
    """
    Return the gateway to the file *path*; the end of its name tells its kind.

    ``.xlsx`` and ``.xlsm`` are workbooks, and so are ``.xls`` and ``.ods``, which are
    refused when they are read; ``.jsonl`` and ``.ndjson`` are JSON Lines, all others
    CSV.
    """
    match Path(path).suffix.lower():
        case ".xlsx" | ".xlsm" | ".xls" | ".xlsb" | ".ods":
            return ExcelExport(path, phone=phone)
        case ".jsonl" | ".ndjson":
            return JsonLinesExport(path, phone=phone)
        case _:
            return CsvExport(path, phone=phone)


def _records(rows: Iterable[TableRow]) -> Iterator[_Line]:
    """
    Yield what the rows of a table say, the first of which names the columns.
    """
    header: Sequence[str] | None = None
    for row in rows:
        number, cells = row
        if row.is_empty:
            continue
        if header is None:
            header = columns_of(row)
        elif cells is None:
            yield _Line(number, None)
        elif str(cells[0]).casefold() == _TABLE_COUNT:
            yield _Line(number, _count(cells[1] if len(cells) > 1 else ""))
        else:
            yield _Line(number, _record(header, cells))
    if header is None:
        columns_of(TableRow(1, ()))


def _record(
    header: Sequence[str], cells: Sequence[object]
) -> Mapping[str, object] | None:
    if any(cell != "" for cell in cells[len(header) :]):
        return None
    # Excel leaves empty cells at the end of a row out, or adds some.
    given = dict(zip(header, cells, strict=False))
    return {name: cell for name, cell in given.items() if name}


def _in_json(line: str) -> Mapping[str, object] | int | None:
    try:
        found: object = json.loads(line, object_pairs_hook=_object)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        return None
    record = cast("dict[str, object]", found)
    return _count(record[_JSON_COUNT]) if _JSON_COUNT in record else record


def _count(declared: object) -> int:
    """
    Return a declared number of records; one that no file has for nonsense.
    """
    text = str(declared)
    return int(text) if _DIGITS.fullmatch(text) else _NONSENSE


def _object(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    """
    Return the object of JSON that has *pairs*.

    Raises:
        ValueError: a key is there twice, and which value counts is not known.
    """
    made = dict(pairs)
    if len(made) < len(pairs):
        raise ValueError("a key is there twice")
    return made
