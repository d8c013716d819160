"""
What is said after a provisioning file was looked at or carried out?
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final, final

import attrs
from rich.console import RenderableType
from rich.text import Text

from ..errors import Unavailable
from ..events import Change
from .answer import Answer, in_json
from .exit_code import ExitCode
from .licence_changes import licence_in_words
from .mailing import Delivery
from .narrow import pairs
from .office_document import head, row_in_json, tail
from .people import people_table
from .plan import Absent, Fate, Planned, Row
from .screen import Screen
from .user.report import change_in_words


__all__ = [
    "Run",
    "of_plan",
    "of_run",
    "of_withheld",
]

_STYLES: Final = {
    Fate.NEW: "cyan",
    Fate.CREATED: "green",
    Fate.UNCHANGED: "dim",
    Fate.DIFFERENT: "yellow",
    Fate.TO_CHANGE: "cyan",
    Fate.CHANGED: "green",
    Fate.REFUSED: "red",
    Fate.NOT_REACHED: "yellow",
}


@final
@attrs.frozen(kw_only=True)
class Run:
    """
    What became of a provisioning file that was carried out.
    """

    planned: Planned
    delivery: Delivery
    failure: Unavailable | None
    is_interrupted: bool

    @property
    def code(self) -> ExitCode:
        """
        Return the exit code.
        """
        fates = {row.fate for row in self.planned.everyone}
        if self.is_interrupted:
            return ExitCode.INTERRUPTED
        if self.failure and not fates & {Fate.CREATED, Fate.CHANGED}:
            return ExitCode.UNAVAILABLE
        if self.failure or self.delivery.has_failures:
            return ExitCode.TRY_AGAIN
        is_refused = Fate.REFUSED in fates or self.planned.differs
        return ExitCode.REFUSED if is_refused else ExitCode.DONE


def of_plan(planned: Planned, screen: Screen) -> Answer:
    """
    Return the answer that shows what would be done, and that nothing was.
    """
    is_fine = not (planned.is_refused or planned.differs)
    people = [row_in_json(row, screen) for row in planned.rows]
    problems = list(planned.problems)
    return Answer(
        code=ExitCode.DONE if is_fine else ExitCode.REFUSED,
        document={
            **head(planned),
            "people": people,
            **tail(planned, screen),
            "problems": [in_json(problem, screen) for problem in problems],
        },
        results=(
            *_tables(planned, screen),
            Text(screen.text("cli.provision.nothing_done"), "bold"),
        ),
        words=tuple(Text(screen.message(problem), "red") for problem in problems),
    )


def of_withheld(rows: tuple[Row, ...], screen: Screen, *, source: str) -> Answer:
    """
    Return the refusal to make passwords that no one would ever see.
    """
    lost = [row.person for row in rows if row.hands_over]
    message = screen.text("cli.provision.withheld", number=len(lost))
    places = [
        Text(f"{source}:{person.line}  {person.new.winbooks_id}") for person in lost
    ]
    problems = [
        {"line": person.line, "code": "cli.provision.withheld", "message": message}
        for person in lost
    ]
    return Answer(
        code=ExitCode.USAGE,
        document={"problems": problems},
        words=(*places, Text(message, "red")),
    )


def of_run(run: Run, screen: Screen) -> Answer:
    """
    Return the answer after the users were created and the mails delivered.
    """
    words: list[Text] = []
    if run.failure:
        words.append(Text(screen.message(run.failure), "red"))
    if run.is_interrupted:
        words.append(Text(screen.text("cli.provision.interrupted"), "yellow"))
    return Answer(
        code=run.code,
        # What became of the people was said while it happened.
        document={**tail(run.planned, screen), **run.delivery.document()},
        results=(
            *_tables(run.planned, screen),
            *run.delivery.results(screen),
            Text(_summary(run.planned, screen), "bold"),
        ),
        words=tuple(words),
    )


def _tables(planned: Planned, screen: Screen) -> tuple[RenderableType, ...]:
    licence, rows = planned.office.licence, planned.rows
    heading = Text(str(licence.holder), "bold")
    heading.append(f"  {licence.product.value}, {licence.number}", "not bold dim")
    if rows:
        people = [
            (row.person.new, Text(_name(row.fate, screen), _STYLES[row.fate]))
            for row in rows
        ]
        table: RenderableType = people_table(screen, people, last_column="result")
    else:
        table = Text(screen.text("cli.provision.nobody"))
    left: tuple[Text, ...] = ()
    if planned.differs:
        left = (Text(screen.text("cli.provision.left_alone"), "yellow"),)
    return (
        heading,
        *licence_in_words(planned, screen),
        table,
        *_remarks(planned, screen),
        *_absent_table(planned.absent, screen),
        *left,
    )


def _absent_table(
    absent: Sequence[Absent], screen: Screen
) -> tuple[RenderableType, ...]:
    """
    Return who is stored and not in the file.
    """
    if not absent:
        return ()
    people = [
        (row.user, Text(_absent_fate(row, screen), _STYLES[row.fate])) for row in absent
    ]
    heading = Text(screen.text("cli.provision.absent"), "bold")
    return (heading, people_table(screen, people, last_column="result"))


def _absent_fate(row: Absent, screen: Screen) -> str:
    if row.fate is Fate.UNCHANGED:
        return screen.text("cli.provision.stays")
    return _name(row.fate, screen)


def _name(fate: Fate, screen: Screen) -> str:
    return screen.text(f"cli.fate.{fate.value}")


def _remarks(planned: Planned, screen: Screen) -> tuple[RenderableType, ...]:
    """
    Return what there is to say about single people, below their table.
    """
    said = [
        (str(row.winbooks_id), words)
        for row in planned.everyone
        for words in _said(row, screen)
    ]
    return (pairs(screen, said), Text()) if said else ()


def _said(row: Row | Absent, screen: Screen) -> Iterator[Text]:
    for problem in row.problems:
        yield Text(screen.message(problem), "red")
    if isinstance(row, Row):
        for change in row.changes:
            text = Change(change.field, change.before or None, change.after or None)
            yield Text(change_in_words(text, screen))
        for notice in row.created.notices if row.created else ():
            yield Text(screen.message(notice), "yellow")
    for remark in row.remarks:
        yield Text(screen.message(remark), "yellow")


def _summary(planned: Planned, screen: Screen) -> str:
    numbers = Counter(row.fate for row in planned.rows)
    numbers.update(row.fate for row in planned.absent if row.fate is not Fate.UNCHANGED)
    if not (numbers.keys() - {Fate.UNCHANGED} or planned.changes_licence):
        return screen.text("cli.provision.nothing_changed")
    return ", ".join(
        screen.text(f"cli.fates.{fate.value}", number=numbers[fate])
        for fate in Fate
        if numbers[fate]
    )
