"""
How is the first sheet of an Excel workbook read?

With openpyxl: other readers give an empty cell for an error and for a formula that was
never worked out, and here an empty cell means something.
"""

import io
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, ClassVar, Final, NamedTuple, TypeAlias, TypeVar, cast, final
from warnings import catch_warnings
from zipfile import BadZipFile, ZipFile

from ..errors import LicenceManagementUnavailable
from .table_file import TableRow, bare


__all__ = ["ExcelMissing", "NotAWorkbook", "rows_of_workbook"]

#: Bytes of a workbook once it is unpacked; our choice, far above 100,000 people.
_MAX_UNPACKED: Final = 256 * 1024 * 1024

#: Rows and cells of a sheet, with the empty ones that a file need not hold; our choice,
#: above 100,000 people: a small file must not make much work.
_MAX_ROWS: Final = 150_000
_MAX_CELLS: Final = 1_000_000

#: Excel keeps 15 digits of a number; what goes beyond was rounded.
_ROUNDED: Final = 10**15

#: The range of cells that were merged, in the XML of a sheet of either standard.
_MERGED: Final = re.compile(
    rb"<(?:\w+:)?mergeCell\s[^<>]*?ref\s*=\s*[\"']"
    rb"([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})[\"']"
)

#: openpyxl's name of a cell with a formula.
_FORMULA: Final = "f"

T = TypeVar("T")

_Bounds: TypeAlias = tuple[int, int, int, int]


@final
class NotAWorkbook(LicenceManagementUnavailable):
    """
    A file is no workbook that can be read: it is damaged, locked or of old Excel.
    """

    code: ClassVar[str] = "unavailable.not_a_workbook"


@final
class ExcelMissing(LicenceManagementUnavailable):
    """
    The extra ``[excel]`` is not installed.
    """

    code: ClassVar[str] = "unavailable.no_excel"


@final
class _Shared:
    """
    Stands for a cell that was merged with another: whether it has its value is not known.
    """


_SHARED: Final = _Shared()


def rows_of_workbook(content: bytes) -> Iterator[TableRow]:
    """
    Yield the rows of the first sheet in *content* that is not hidden.

    A formula counts for its result, as Excel stored it.  A whole number is text, as
    Excel shows it; an error, a formula without a result and a number that was rounded
    are, too, and no field takes them.  Of merged cells, only the first has a value.

    Raises:
        NotAWorkbook: *content* is none, is not whole, merges cells twice, or has
            more rows or cells than any licence needs.
        ExcelMissing: openpyxl is not installed.
    """
    try:
        # Read as it was worked out, and once more to tell which cells never were.
        results = _Sheet(content, with_results=True)
        formulas = _Sheet(content, with_results=False)
    except ModuleNotFoundError as error:
        raise ExcelMissing from error
    merged, open_ranges = results.merged(), list[_Merged]()
    walked = 0
    pairs = zip(results.rows(), formulas.rows(), strict=True)
    for number, (values, written) in enumerate(pairs, start=1):
        cells = [_cell(*each) for each in zip(values, written, strict=True)]
        open_ranges = [each for each in open_ranges if number <= each.bottom]
        if opened := [each for each in merged[number] if each.has_value(cells)]:
            open_ranges = _apart([*open_ranges, *opened])
        for each in open_ranges:
            first = each.left if each.top == number else each.left - 1
            cells += [""] * (each.right - len(cells))  # Empty ones may be left out.
            cells[first : each.right] = [_SHARED] * (each.right - first)
        walked += len(cells)
        if number > _MAX_ROWS or walked > _MAX_CELLS:
            raise NotAWorkbook
        yield TableRow(number, cells)


@final
class _Merged(NamedTuple):
    """
    Cells that were merged, by the numbers of their columns and rows.
    """

    left: int
    top: int
    right: int
    bottom: int

    def has_value(self, cells: Sequence[object]) -> bool:
        """
        Tell whether the first of them, which is in the row *cells*, holds something.
        """
        return self.left <= len(cells) and cells[self.left - 1] != ""


def _apart(ranges: Iterable[_Merged]) -> list[_Merged]:
    """
    Return *ranges* that share a row, from left to right.

    Raises:
        NotAWorkbook: they share a cell, too, which Excel takes for damage.
    """
    in_order = sorted(ranges)
    for before, after in pairwise(in_order):
        if after.left <= max(before.left, before.right):
            raise NotAWorkbook
    return in_order


@final
class _Sheet:
    """
    The first sheet of a workbook that people see.
    """

    def __init__(self, content: bytes, *, with_results: bool) -> None:
        from openpyxl import load_workbook

        def load() -> Any:  # noqa: ANN401  The types of openpyxl know no cell.
            _refuse_bombs(content)
            book = load_workbook(
                io.BytesIO(content), read_only=True, data_only=with_results
            )
            seen = [each for each in book.worksheets if each.sheet_state == "visible"]
            seen[0].reset_dimensions()  # Other programs write wrong ones.
            return seen[0]

        self._sheet = _readable(load)

    def merged(self) -> Mapping[int, Sequence[_Merged]]:
        """
        Return the ranges of cells that were merged, by their first rows.
        """
        from openpyxl.utils import range_boundaries

        def find() -> Mapping[int, Sequence[_Merged]]:
            # A sheet that is read row by row does not say what was merged.
            with self._sheet._get_source() as source:  # noqa: SLF001  See above.
                found = _MERGED.findall(source.read())
            by_row = defaultdict[int, list[_Merged]](list)
            for each in found:
                found_at = cast("_Bounds", range_boundaries(each.decode()))
                merged = _Merged(*found_at)
                by_row[merged.top].append(merged)
            return by_row

        return _readable(find)

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """
        Yield the cells of each row.
        """
        rows = self._sheet.iter_rows()
        while (row := _readable(lambda: next(rows, None))) is not None:
            yield row


def _refuse_bombs(content: bytes) -> None:
    with ZipFile(io.BytesIO(content)) as package:
        if sum(each.file_size for each in package.infolist()) > _MAX_UNPACKED:
            raise BadZipFile


def _readable(read: Callable[[], T]) -> T:
    try:
        # Of what openpyxl leaves out, such as colours, it warns those at the screen.
        with catch_warnings(action="ignore"):
            return read()
    except Exception as error:
        # A package that is broken anywhere in it raises almost anything.
        raise NotAWorkbook from error


def _cell(result: Any, written: Any) -> object:  # noqa: ANN401  See `_Sheet`.
    # A formula that was never worked out stands for itself; no field takes one.
    is_open = written.data_type == _FORMULA and result.value is None
    return _value(written.value if is_open else result.value)


def _value(found: object) -> object:
    match found:
        case None:
            return ""
        case str():
            return bare(found)
        case int() | float() if not isinstance(found, bool):
            return _digits(found)
        case _:
            return found


def _digits(number: float) -> object:
    if abs(number) >= _ROUNDED:
        return f"{number:.14E}"  # As Excel shows it: no field takes that.
    return str(int(number)) if float(number).is_integer() else number
