"""
What is said after a step was taken for several users?
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from rich.console import RenderableType
from rich.text import Text

from ...events import Change, changes
from ..answer import Answer, in_json
from ..exit_code import ExitCode
from ..narrow import Column, pairs, records
from ..people import person_in_json
from ..screen import Screen
from .carrying_out import Fate, Report, Row
from .whom import Target


__all__ = ["change_in_words", "of_report", "place_of", "show_password"]

_STYLES: Final = {
    Fate.DONE: "green",
    Fate.WOULD_BE_DONE: "cyan",
    Fate.UNCHANGED: "dim",
    Fate.REFUSED: "red",
    Fate.NOT_REACHED: "yellow",
    Fate.UNKNOWN: "yellow",
}

#: What an operator sees in the other fields of a user.
_NOT_SHOWN: Final = frozenset({"address_proven", "deactivated_by_feed"})

#: Fields that hold several values: what comes and goes is shown.
_LISTS: Final = frozenset({"dossiers", "roles"})


def of_report(report: Report, screen: Screen, *, dry_run: bool) -> Answer:
    """
    Return the answer: a row for each user, and what there is to say about it.
    """
    words: list[Text] = []
    if report.failure:
        words.append(Text(screen.message(report.failure), "red"))
    if report.is_interrupted:
        words.append(Text(screen.text("cli.provision.interrupted"), "yellow"))
    last = "cli.provision.nothing_done" if dry_run else None
    summary = screen.text(last) if last else _summary(report.rows, screen)
    return Answer(
        code=_code(report),
        document={
            "dry_run": dry_run,
            "people": [_row_in_json(row, screen) for row in report.rows],
        },
        results=(*_tables(report.rows, screen), Text(summary, "bold")),
        words=tuple(words),
    )


def show_password(row: Row, screen: Screen) -> None:
    """
    Write the password that is to be handed over, as soon as it is stored.

    In JSON it stands in the one document at the end.
    """
    if row.password is None or screen.answers_in_json:
        return
    # As text, so that nothing in a password is taken for a style.
    line = Text(f"{_whom(row, screen)}  ")
    screen.show(line.append(row.password.reveal(), "bold"))
    screen.out.file.flush()


def _code(report: Report) -> ExitCode:
    fates = {row.fate for row in report.rows}
    if report.is_interrupted:
        return ExitCode.INTERRUPTED
    if report.failure:
        is_open = bool(fates & {Fate.DONE, Fate.UNKNOWN})
        return ExitCode.TRY_AGAIN if is_open else ExitCode.UNAVAILABLE
    return ExitCode.REFUSED if Fate.REFUSED in fates else ExitCode.DONE


def place_of(target: Target, screen: Screen) -> str:
    """
    Return the WinBooks ID; what is none may be a secret, so its place stands for it.
    """
    if target.is_id:
        return target.id.address
    if target.line is None:
        return screen.text("cli.user.an_argument")
    return screen.text("cli.user.line", number=target.line)


def change_in_words(change: Change, screen: Screen) -> str:
    """
    Return a change for people: what a list gets and loses, or both values.
    """
    name = screen.field(change.field)
    before, after = change.before, change.after
    if change.field not in _LISTS:
        shown = f"{_shown(before, screen)} → {_shown(after, screen)}"
        return screen.labelled(name, shown)
    had, has = _items(before), _items(after)
    come = [f"+{each}" for each in has if each not in had]
    gone = [f"-{each}" for each in had if each not in has]
    return screen.labelled(name, " ".join([*come, *gone]))


def _whom(row: Row, screen: Screen) -> str:
    if row.before is not None:
        return row.before.winbooks_id.address
    return place_of(row.target, screen)


def _tables(rows: Sequence[Row], screen: Screen) -> tuple[RenderableType, ...]:
    columns = [
        Column(screen.text("cli.column.winbooks_id")),
        Column(screen.text("cli.column.name"), gives_way=True),
        Column(screen.text("cli.column.result")),
    ]
    cells: list[tuple[Text, Text, Text]] = []
    remarks: list[tuple[str, Text]] = []
    for row in rows:
        # The one who is changed goes by their new name from now on.
        shown = (row.taken.user if row.taken else None) or row.before
        name = f"{shown.first_name} {shown.last_name}" if shown else ""
        fate = Text(screen.text(f"cli.fate.{row.fate.value}"), _STYLES[row.fate])
        whom = _whom(row, screen)
        cells.append((Text(whom), Text(name), fate))
        remarks += [(whom, remark) for remark in _remarks(row, screen)]
    said = (pairs(screen, remarks), Text()) if remarks else ()
    return (records(screen, columns, cells), *said)


def _remarks(row: Row, screen: Screen) -> Iterator[Text]:
    for field, problem in row.problems:
        said = screen.message(problem)
        is_own = field in {None, "winbooks_id"}
        yield Text(
            said if is_own else screen.labelled(screen.field(field), said), "red"
        )
    for change in _changes(row):
        yield Text(change_in_words(change, screen))
    for notice in row.taken.notices if row.taken else ():
        yield Text(screen.message(notice), "yellow")
    if row.taken is not None and row.taken.mailed:
        is_planned = row.fate is Fate.WOULD_BE_DONE
        code = "cli.user.would_be_mailed" if is_planned else "cli.user.mailed"
        yield Text(screen.text(code))


def _changes(row: Row) -> list[Change]:
    if row.taken is None or row.taken.user is None:
        return []
    found = changes(row.before, row.taken.user)
    return [change for change in found if change.field not in _NOT_SHOWN]


def _items(text: str | None) -> list[str]:
    return text.split(", ") if text else []


def _shown(text: str | None, screen: Screen) -> str:
    known = {
        "yes": "cli.yes",
        "no": "cli.no",
        "active": "cli.status.active",
        "inactive": "cli.status.inactive",
    }
    if not text:
        return "-"
    return screen.text(known[text]) if text in known else text


def _summary(rows: Iterable[Row], screen: Screen) -> str:
    numbers = Counter(row.fate for row in rows)
    return ", ".join(
        screen.text(f"cli.fates.{fate.value}", number=numbers[fate])
        for fate in Fate
        if numbers[fate]
    )


def _row_in_json(row: Row, screen: Screen) -> dict[str, object]:
    taken, before = row.taken, row.before
    user = None if taken is None else taken.user
    known = row.target.id.address if row.target.is_id else None
    return {
        "winbooks_id": known if before is None else before.winbooks_id.address,
        "line": row.target.line,
        "fate": row.fate.value,
        "user": None if user is None else person_in_json(user),
        "changes": [
            {"field": each.field, "before": each.before, "after": each.after}
            for each in _changes(row)
        ],
        "problems": [
            {"field": field} | in_json(problem, screen)
            for field, problem in row.problems
        ],
        "notices": [in_json(each, screen) for each in taken.notices] if taken else [],
        "mailed": taken is not None and taken.mailed and row.fate is Fate.DONE,
        "password": row.password.reveal() if row.password else None,
    }
