"""
What is said after a provisioning file was looked at or carried out?
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, final

import attrs
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from ..errors import Unavailable
from ..forms.provisioning_file import Office
from .answer import Answer, in_json
from .exit_code import ExitCode
from .mailing import Delivery
from .people import people_table, person_in_json
from .plan import Fate, Row
from .screen import Screen


__all__ = [
    "Progress",
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
    Fate.REFUSED: "red",
    Fate.NOT_REACHED: "yellow",
}


@final
@attrs.frozen(kw_only=True)
class Run:
    """
    What became of a provisioning file that was carried out.
    """

    office: Office
    rows: tuple[Row, ...]
    delivery: Delivery
    failure: Unavailable | None
    is_interrupted: bool

    @property
    def code(self) -> ExitCode:
        """
        Return the exit code.
        """
        fates = {row.fate for row in self.rows}
        if self.is_interrupted:
            return ExitCode.INTERRUPTED
        if self.failure and Fate.CREATED not in fates:
            return ExitCode.UNAVAILABLE
        if self.failure or self.delivery.has_failures:
            return ExitCode.TRY_AGAIN
        if fates & {Fate.REFUSED, Fate.DIFFERENT}:
            return ExitCode.REFUSED
        return ExitCode.DONE


def of_plan(office: Office, rows: tuple[Row, ...], screen: Screen) -> Answer:
    """
    Return the answer that shows what would be done, and that nothing was.
    """
    is_fine = not any(row.fate in {Fate.REFUSED, Fate.DIFFERENT} for row in rows)
    return Answer(
        code=ExitCode.DONE if is_fine else ExitCode.REFUSED,
        document=_head(office)
        | {"people": [_row_in_json(row, screen) for row in rows]},
        results=(
            *_tables(office, rows, screen),
            Text(screen.text("cli.provision.nothing_done"), "bold"),
        ),
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
        document=run.delivery.document(),
        results=(
            *_tables(run.office, run.rows, screen),
            *run.delivery.results(screen),
            Text(_summary(run.rows, screen), "bold"),
        ),
        words=tuple(words),
    )


def _tables(
    office: Office, rows: Sequence[Row], screen: Screen
) -> tuple[RenderableType, ...]:
    licence = office.licence
    heading = Text(str(licence.holder), "bold")
    heading.append(f"  {licence.product.value}, {licence.number}", "not bold dim")
    if not rows:
        return (heading, Text(screen.text("cli.provision.nobody")))
    people = [
        (row.person.new, Text(_name(row.fate, screen), _STYLES[row.fate]))
        for row in rows
    ]
    table = people_table(screen, people, last_column="result")
    return (heading, table, *_remarks(rows, screen))


def _name(fate: Fate, screen: Screen) -> str:
    return screen.text(f"cli.fate.{fate.value}")


def _remarks(rows: Iterable[Row], screen: Screen) -> tuple[RenderableType, ...]:
    """
    Return what there is to say about single people, below their table.
    """
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 1))
    table.add_column(overflow="fold")
    table.add_column(overflow="fold", ratio=1)
    for row in rows:
        notices = row.created.notices if row.created else ()
        said = [
            *((screen.message(problem), "red") for problem in row.problems),
            *((screen.message(notice), "yellow") for notice in notices),
        ]
        if row.differences:
            names = (screen.text(f"cli.field.{name}") for name in row.differences)
            different = screen.text("cli.provision.differs", fields=", ".join(names))
            said.append((different, "yellow"))
        for words, style in said:
            table.add_row(str(row.person.new.winbooks_id), Text(words, style))
    return (table, Text()) if table.row_count else ()


@final
class Progress:
    """
    Says what becomes of each person, as soon as it is stored.

    So a run that is killed has shown the passwords of those whom it created: each
    on a line, or in JSON with its person.
    """

    def __init__(self, office: Office, screen: Screen) -> None:
        self._office = office
        self._screen = screen

    def follow(self, rows: Sequence[Row]) -> Iterator[Row]:
        """
        Yield *rows* under a progress bar, after a word about their passwords.
        """
        number = sum(row.hands_over and row.fate is Fate.NEW for row in rows)
        if self._screen.answers_in_json:
            self._screen.begin(_head(self._office), "people")
        elif number:
            heading = self._screen.text("cli.provision.passwords", number=number)
            self._screen.show(Text(heading, "bold yellow"))
        yield from self._screen.track(rows, "cli.provision.creating")

    def show(self, row: Row) -> None:
        """
        Write what became of *row*: all of it in JSON, a password in words.
        """
        if self._screen.answers_in_json:
            self._screen.add(_row_in_json(row, self._screen))
        elif row.created and row.hands_over and row.created.password:
            # As text, so that nothing in a password is taken for a style.
            line = Text(f"{row.created.user.winbooks_id}  ")
            self._screen.show(line.append(row.created.password.reveal(), "bold"))
            self._screen.out.file.flush()


def _summary(rows: Iterable[Row], screen: Screen) -> str:
    numbers = Counter(row.fate for row in rows)
    if not numbers.keys() - {Fate.UNCHANGED}:
        return screen.text("cli.provision.nothing_changed")
    return ", ".join(
        screen.text(f"cli.fates.{fate.value}", number=numbers[fate])
        for fate in Fate
        if numbers[fate]
    )


def _head(office: Office) -> dict[str, object]:
    licence = office.licence
    return {
        "licence": {
            "number": licence.number,
            "product": licence.product.value,
            "holder": str(licence.holder),
        }
    }


def _row_in_json(row: Row, screen: Screen) -> Mapping[str, object]:
    created = row.created
    password = created.password if created and row.hands_over else None
    return {
        "line": row.person.line,
        **person_in_json(row.person.new),
        "fate": row.fate.value,
        "differences": list(row.differences),
        "problems": [in_json(problem, screen) for problem in row.problems],
        "notices": [in_json(each, screen) for each in created.notices]
        if created
        else [],
        "password": password.reveal() if password else None,
    }
