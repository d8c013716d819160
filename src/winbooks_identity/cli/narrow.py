"""
How do rows look on a terminal that is too narrow for their table?

A WinBooks ID or a path is copied, so it stays on one line.  Where that would leave too
little for the rest, each row becomes a block: what is copied, and the rest below it.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final, final

import attrs
from rich import box
from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from .screen import Screen


__all__ = ["Column", "below", "pairs", "records"]

#: What a column that gives way is wide at least; our choice.
_LEAST: Final = 20

#: Blanks and lines between two columns of a table, and of a pair.
_BETWEEN: Final = 3
_BETWEEN_PAIRS: Final = 2


@final
@attrs.frozen
class Column:
    """
    A column; one that gives way is folded, and stands below the others in a block.

    There, one that is labelled is named, as its values say little by themselves.
    """

    heading: str
    gives_way: bool = False
    is_labelled: bool = False


def below(heading: Text, *lines: Text) -> RenderableType:
    """
    Return *heading* with *lines* below it, indented where they are folded, too.
    """
    return Group(
        heading, *(Padding(each, (0, 0, 0, 2), expand=False) for each in lines)
    )


def records(
    screen: Screen, columns: Sequence[Column], rows: Sequence[Sequence[Text]]
) -> RenderableType:
    """
    Return *rows* as a table, or as blocks where it would break what is copied.
    """
    if screen.is_watched and _width(columns, rows) > screen.out.width:
        return Group(*(_block(screen, columns, row) for row in rows))
    table = Table(
        box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1), header_style="bold"
    )
    for column in columns:
        table.add_column(column.heading, no_wrap=not column.gives_way, overflow="fold")
    for row in rows:
        table.add_row(*row)
    return table


def pairs(screen: Screen, rows: Sequence[tuple[str, Text]]) -> RenderableType:
    """
    Return what is said of each of several, who may stand there more than once.
    """
    widest = max(cell_len(name) for name, _ in rows)
    words = [word for _, said in rows for word in said.plain.split()]
    longest = max(_LEAST, *map(cell_len, words), 0)
    if screen.is_watched and widest + _BETWEEN_PAIRS + longest > screen.out.width:
        return Group(
            *(
                below(Text(name, "bold"), *(said for _, said in group))
                for name, group in groupby(rows, key=lambda row: row[0])
            )
        )
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 1))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold", ratio=1)
    for name, said in rows:
        table.add_row(name, said)
    return table


def _width(columns: Sequence[Column], rows: Sequence[Sequence[Text]]) -> int:
    """
    Return how many columns of a terminal the table needs at least.
    """
    needed = 0
    for at, column in enumerate(columns):
        cells = (row[at].cell_len for row in rows)
        widest = max(cell_len(column.heading), *cells)
        needed += _BETWEEN + (min(_LEAST, widest) if column.gives_way else widest)
    return needed


def _block(
    screen: Screen, columns: Sequence[Column], row: Sequence[Text]
) -> RenderableType:
    heading = Text("  ").join(_shown(screen, columns, row, gives_way=False))
    rest = Text(", ").join(_shown(screen, columns, row, gives_way=True))
    return below(heading, *([rest] if rest else []))


def _shown(
    screen: Screen, columns: Sequence[Column], row: Sequence[Text], *, gives_way: bool
) -> Iterator[Text]:
    for column, cell in zip(columns, row, strict=True):
        if cell and column.gives_way is gives_way:
            said = screen.labelled(column.heading, cell.plain)
            yield Text(said) if column.is_labelled else cell
