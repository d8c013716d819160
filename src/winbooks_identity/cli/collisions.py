"""
Which accounts of a table would share a WinBooks ID, or seem to?
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Annotated, Final

from cyclopts import Parameter
from rich import box
from rich.table import Table
from rich.text import Text

from ..adapters.files import FileUnavailable, because
from ..collisions import Account, Collision, Likeness, find_collisions
from .answer import Answer
from .exit_code import ExitCode
from .options import OnScreen
from .screen import Screen


__all__ = ["collisions"]

#: What separates the cells, by what spreadsheets and databases write.
_DELIMITERS: Final = (";", "\t", ",")


def collisions(
    file: Annotated[Path, Parameter(help="cli.option.accounts")],
    /,
    *,
    screen: OnScreen,
) -> Answer:
    """
    Find accounts that would share a WinBooks ID, or seem to; nothing is merged.
    """
    try:
        # What is not UTF-8 is in no address, and must not stop the search.
        with file.open(encoding="utf-8-sig", errors="replace", newline="") as lines:
            found = sorted(
                find_collisions(_rows(lines)),
                key=lambda each: [*Likeness].index(each.likeness),
            )
    except OSError as error:
        raise because(error, file) from error
    except csv.Error as error:
        raise FileUnavailable(file) from error
    are_twins = any(each.likeness is Likeness.TWINS for each in found)
    said = screen.text("cli.collisions.found", number=len(found))
    return Answer(
        code=ExitCode.REFUSED if are_twins else ExitCode.DONE,
        document={"collisions": [_in_json(each) for each in found]},
        results=(*((_table(found, screen),) if found else ()), Text(said, "bold")),
    )


def _rows(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    every = iter(lines)
    first = next(every, "")
    delimiter = next((each for each in _DELIMITERS if each in first), ";")
    reader = csv.reader(chain([first], every), delimiter=delimiter)
    for cells in reader:
        match [cell.strip() for cell in cells]:
            case [identifier, address, *_]:
                yield identifier, address
            case [address] if address:
                yield str(reader.line_num), address
            case _:  # A blank line.
                continue


def _in_json(collision: Collision) -> dict[str, object]:
    return {
        "likeness": collision.likeness.value,
        "accounts": [_account(each) for each in collision.accounts],
        "survivor": collision.survivor.identifier,
    }


def _account(account: Account) -> dict[str, str]:
    return {"identifier": account.identifier, "address": account.address}


def _table(found: Sequence[Collision], screen: Screen) -> Table:
    table = Table(
        box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1), header_style="bold"
    )
    table.add_column(screen.text("cli.column.likeness"), no_wrap=True)
    for code in ("account", "address"):
        table.add_column(screen.text(f"cli.column.{code}"), overflow="fold")
    table.add_column(screen.text("cli.column.survivor"), no_wrap=True)
    for collision in found:
        likeness = screen.text(f"cli.likeness.{collision.likeness.value}")
        for account in collision.accounts:
            stays = "*" if account is collision.survivor else ""
            table.add_row(likeness, account.identifier, account.address, stays)
            likeness = ""
        table.add_section()
    return table
