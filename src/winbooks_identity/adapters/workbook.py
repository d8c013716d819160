"""
How is the first sheet of an Excel workbook read?

With openpyxl: other readers give an empty cell for an error and for a formula that was
never worked out, and here an empty cell means something.
"""

import io
from collections.abc import Callable, Iterator
from typing import Any, ClassVar, Final, final
from zipfile import BadZipFile, ZipFile

from ..errors import LicenceManagementUnavailable
from .table_file import TableRow


__all__ = ["ExcelMissing", "NotAWorkbook", "rows_of_workbook"]

#: Bytes of a workbook once it is unpacked; our choice, far above 100,000 people.
_MAX_UNPACKED: Final = 256 * 1024 * 1024

#: openpyxl's names of a cell with a formula, and of one with an error.
_FORMULA: Final = "f"
_ERROR: Final = "e"


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
class _NoResult:
    """
    Stands for what a cell has no value for: an error, or a formula without a result.
    """


_NO_RESULT: Final = _NoResult()


def rows_of_workbook(content: bytes) -> Iterator[TableRow]:
    """
    Yield the rows of the first sheet in *content* that is not hidden.

    A formula counts for its result, as Excel stored it.  A whole number is text, as
    Excel shows it.

    Raises:
        NotAWorkbook: *content* is none, or is not whole.
        ExcelMissing: openpyxl is not installed.
    """
    try:
        # Read as it was worked out, and once more to tell which cells never were.
        results = _Sheet(content, with_results=True)
        formulas = _Sheet(content, with_results=False)
    except ModuleNotFoundError as error:
        raise ExcelMissing from error
    pairs = zip(results.rows(), formulas.rows(), strict=True)
    for number, (values, written) in enumerate(pairs, start=1):
        cells = [_cell(*each) for each in zip(values, written, strict=True)]
        yield TableRow(number, cells)


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


def _readable(read: Callable[[], Any]) -> Any:  # noqa: ANN401  See `_Sheet`.
    try:
        return read()
    except Exception as error:
        # A package that is broken anywhere in it raises almost anything.
        raise NotAWorkbook from error


def _cell(result: Any, written: Any) -> object:  # noqa: ANN401  See `_Sheet`.
    never = written.data_type == _FORMULA and result.value is None
    if never or result.data_type == _ERROR:
        return _NO_RESULT
    return _value(result.value)


def _value(found: object) -> object:
    match found:
        case None:
            return ""
        case str():
            return found.strip()
        case bool():
            return found
        case int():
            return str(found)
        case float() if found.is_integer():
            return str(int(found))
        case _:
            return found
