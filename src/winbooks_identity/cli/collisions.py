"""
Which accounts of a table would share a WinBooks ID, or seem to?
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from rich import box
from rich.table import Table
from rich.text import Text

from ..adapters.files import FileUnavailable, because
from ..adapters.table_file import decoded, rows_of_text
from ..collisions import Account, Collision, Likeness, find_collisions
from .answer import Answer
from .exit_code import ExitCode
from .options import OnScreen
from .screen import Screen


__all__ = ["collisions"]


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
        content = file.read_bytes()
    except OSError as error:
        raise because(error, file) from error
    found = sorted(
        find_collisions(_accounts(file, content)),
        key=lambda each: [*Likeness].index(each.likeness),
    )
    are_twins = any(each.likeness is Likeness.TWINS for each in found)
    said = screen.text("cli.collisions.found", number=len(found))
    return Answer(
        code=ExitCode.REFUSED if are_twins else ExitCode.DONE,
        document={"collisions": [_in_json(each) for each in found]},
        results=(*((_table(found, screen),) if found else ()), Text(said, "bold")),
    )


def _accounts(file: Path, content: bytes) -> Iterator[tuple[str, str]]:
    for row in rows_of_text(decoded(content)):
        match row.cells:
            case None:
                raise FileUnavailable(file)
            case [str() as identifier, str() as address, *_]:
                yield identifier, address
            case [str() as address] if address:
                yield str(row.number), address
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
