"""
How is what was kept for long enough removed from the database?
"""

from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated, Final, final

import attrs
from cyclopts import Parameter
from rich import box
from rich.table import Table
from rich.text import Text

from ..errors import Unavailable
from ..retention import Kept, Retention
from .answer import Answer, failed
from .exit_code import ExitCode
from .interruption import Interruption
from .opening import opened
from .options import Database, DryRun, KeyFile, OnScreen
from .screen import Screen
from .usage import WrongUsage


__all__ = ["Times", "housekeep"]

_DEFAULTS: Final = Retention()


@final
@Parameter(name="*")
@attrs.frozen(kw_only=True)
class Times:
    """
    How many days what happened is kept.
    """

    failed_attempts: Annotated[
        int, Parameter(name="--failed-attempts", help="cli.option.keep_failed_attempts")
    ] = _DEFAULTS.failed_attempts.days
    mails: Annotated[int, Parameter(name="--mails", help="cli.option.keep_mails")] = (
        _DEFAULTS.mails.days
    )
    requests: Annotated[
        int, Parameter(name="--requests", help="cli.option.keep_requests")
    ] = _DEFAULTS.requests.days
    history: Annotated[
        int, Parameter(name="--history", help="cli.option.keep_history")
    ] = _DEFAULTS.history.days

    def retention(self) -> Retention:
        """
        Return it as times.

        Raises:
            WrongUsage: a time is less than a day, or requests outlive the history.
        """
        try:
            return Retention(
                failed_attempts=timedelta(days=self.failed_attempts),
                mails=timedelta(days=self.mails),
                requests=timedelta(days=self.requests),
                history=timedelta(days=self.history),
            )
        except (ValueError, OverflowError):
            raise WrongUsage("cli.usage.wrong_times") from None


def housekeep(
    *,
    database: Database,
    key_file: KeyFile = None,
    times: Times | None = None,
    dry_run: DryRun = False,
    screen: OnScreen,
) -> Answer:
    """
    Remove what was kept for long enough, in small steps, while others work.
    """
    retention = (times or Times()).retention()
    removed = Counter[Kept]()
    with opened(database, key_file=key_file, retention=retention) as portal:
        if dry_run:
            return _answer(portal.housekeeping.due(), screen, has_removed=False)
        with Interruption() as interruption:
            try:
                for step in portal.housekeeping.run():
                    removed[step.kept] += step.number
                    if interruption.is_set():
                        break
            except Unavailable as failure:
                if not removed:
                    raise
                return _stopped(_answer(removed, screen), failed(failure, screen))
    answer = _answer(removed, screen)
    if interruption.is_set():
        word = Text(screen.text("cli.interrupted"), "yellow")
        return attrs.evolve(answer, code=ExitCode.INTERRUPTED, words=(word,))
    return answer


def _stopped(answer: Answer, failure: Answer) -> Answer:
    return attrs.evolve(
        answer,
        code=ExitCode.TRY_AGAIN,
        document={**answer.document, **failure.document},
        words=failure.words,
    )


def _answer(
    numbers: Mapping[Kept, int], screen: Screen, *, has_removed: bool = True
) -> Answer:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    table.add_column(screen.text("cli.column.kept"))
    table.add_column(
        screen.text("cli.column.removed" if has_removed else "cli.column.due"),
        justify="right",
    )
    for kept in Kept:
        table.add_row(screen.text(f"cli.kept.{kept.value}"), str(numbers.get(kept, 0)))
    said = "cli.housekeeping.done" if has_removed else "cli.provision.nothing_done"
    return Answer(
        document={
            "removed" if has_removed else "due": {
                kept.value: numbers.get(kept, 0) for kept in Kept
            }
        },
        results=(table, Text(screen.text(said), "bold")),
    )
