"""
How is the plan of a provisioning file carried out, before the eyes of a person?
"""

from collections.abc import Iterator
from itertools import takewhile
from typing import final

import attrs
from rich.text import Text

from ..errors import Unavailable
from ..synchronisation import ChangeOutcome
from ..winbooks_id import WinBooksId
from .interruption import Interruption
from .office_document import head, row_in_json
from .plan import Planned, Row, is_to_be_done, left_over, reached
from .screen import Screen


__all__ = ["carry_out"]


@final
class Progress:
    """
    Says what becomes of each person, as soon as it is stored.

    So a run that is killed has shown the passwords of those whom it created: each
    on a line, or in JSON with its person.
    """

    def __init__(self, planned: Planned, screen: Screen) -> None:
        self._planned = planned
        self._screen = screen
        self._shown: set[WinBooksId] = set()

    def follow(
        self, outcomes: Iterator[ChangeOutcome], number: int
    ) -> Iterator[ChangeOutcome]:
        """
        Yield that *number* of *outcomes* under a progress bar.

        Before the first, there is a word about the passwords.
        """
        passwords = sum(row.hands_over for row in self._planned.rows)
        if self._screen.answers_in_json:
            # The licence was changed before the first user.
            begun = attrs.evolve(self._planned, is_done=True)
            self._screen.begin(head(begun), "people")
        elif passwords:
            heading = self._screen.text("cli.provision.passwords", number=passwords)
            self._screen.show(Text(heading, "bold yellow"))
        code = (
            "cli.sync.applying" if self._planned.applies else "cli.provision.creating"
        )
        steps = self._screen.track(range(number), code)
        for _, outcome in zip(steps, outcomes, strict=True):
            yield outcome

    def end(self, planned: Planned) -> None:
        """
        Write what became of the rows that were not shown yet.
        """
        for row in planned.rows:
            if self._screen.answers_in_json and row.winbooks_id not in self._shown:
                self._write(row)

    def show(self, row: Row) -> None:
        """
        Write what became of *row*: all of it in JSON, a password in words.

        In JSON, those before it to whom nothing happens come first.
        """
        others = takewhile(
            lambda other: other.winbooks_id != row.winbooks_id, self._planned.rows
        )
        for earlier in others:
            if not (is_to_be_done(earlier) or earlier.winbooks_id in self._shown):
                self._write(earlier)
        self._write(row)

    def _write(self, row: Row) -> None:
        self._shown.add(row.winbooks_id)
        if self._screen.answers_in_json:
            self._screen.add(row_in_json(row, self._screen))
        elif row.created and row.hands_over and row.created.password:
            # As text, so that nothing in a password is taken for a style.
            line = Text(f"{row.created.user.winbooks_id}  ")
            self._screen.show(line.append(row.created.password.reveal(), "bold"))
            self._screen.out.file.flush()


def carry_out(
    planned: Planned,
    outcomes: Iterator[ChangeOutcome],
    interruption: Interruption,
    screen: Screen,
) -> tuple[Planned, Unavailable | None]:
    """
    Return what became of the plan, one user after the other.

    An interruption counts between two users, so that no password is lost; so does a
    failure of the world around us.

    Args:
        planned: what is to be done.
        outcomes: does it, a change at a time.
        interruption: whether it is to end.
        screen: where each row is told as soon as it is stored.
    """
    rows = {row.winbooks_id: row for row in planned.rows}
    absent = {row.winbooks_id: row for row in planned.absent}
    failure: Unavailable | None = None
    progress = Progress(planned, screen)
    number = sum(map(is_to_be_done, planned.everyone))
    try:
        for outcome in progress.follow(outcomes, number):
            key = outcome.change.winbooks_id
            if key in rows:
                row = reached(rows[key], outcome)
                rows[key] = attrs.evolve(row, created=outcome.created)
                progress.show(rows[key])
            else:
                absent[key] = reached(absent[key], outcome)
            if interruption.is_set():
                break
    except Unavailable as unavailable:
        failure = unavailable
    done = attrs.evolve(
        planned,
        rows=tuple(map(left_over, rows.values())),
        absent=tuple(map(left_over, absent.values())),
        is_done=True,
    )
    progress.end(done)
    return done, failure
