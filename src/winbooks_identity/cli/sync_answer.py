"""
What is said of a synchronisation that was planned or carried out?
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, final

import attrs
from rich.console import RenderableType
from rich.text import Text

from ..errors import Refused, Unavailable
from ..synchronisation import ChangeOutcome, Plan, Reason, Result
from .answer import Answer, failed, in_json
from .exit_code import ExitCode
from .narrow import Column, records
from .screen import Screen


__all__ = ["Run", "of_plan", "of_refusal", "of_run"]

_COLUMNS: Final = ("action", "external_id", "winbooks_id", "detail")


@final
@attrs.frozen(kw_only=True)
class Run:
    """
    What became of a plan that was carried out.
    """

    plan: Plan
    outcomes: Sequence[ChangeOutcome]
    failure: Unavailable | None
    is_interrupted: bool

    @property
    def counts(self) -> dict[str, int]:
        """
        Return how many changes came to what.
        """
        counted = Counter(outcome.result for outcome in self.outcomes)
        left = len(self.plan.changes) - len(self.outcomes)
        return {**{each.value: counted[each] for each in Result}, "left": left}

    @property
    def refused(self) -> Sequence[ChangeOutcome]:
        """
        Return the changes that were refused.
        """
        return [each for each in self.outcomes if each.result is Result.REFUSED]

    @property
    def code(self) -> ExitCode:
        """
        Return the exit code.
        """
        if self.is_interrupted:
            return ExitCode.INTERRUPTED
        if self.failure:
            return ExitCode.TRY_AGAIN if self.outcomes else ExitCode.UNAVAILABLE
        is_refused = self.refused or self.plan.conflicts
        return ExitCode.REFUSED if is_refused else ExitCode.DONE


def of_plan(plan: Plan, document: Mapping[str, object], screen: Screen) -> Answer:
    """
    Return the answer that shows what would be done, and that nothing was.

    Args:
        plan: what would be done.
        document: *plan* as it is saved; see `PlanFiles.document`.
        screen: gives the language.
    """
    is_refused = plan.conflicts or plan.quarantine
    return Answer(
        code=ExitCode.REFUSED if is_refused else ExitCode.DONE,
        document=document,
        results=(
            *_table(plan, screen),
            Text(screen.text("cli.provision.nothing_done"), "bold"),
        ),
        words=_warnings(plan, screen),
    )


def of_refusal(refused: Refused, plan: Plan, screen: Screen) -> Answer:
    """
    Return the answer after a plan was refused as a whole; it says what is too much.
    """
    answer = failed(refused, screen)
    quarantine = [in_json(reason, screen) for reason in plan.quarantine]
    return attrs.evolve(
        answer,
        document={**answer.document, "quarantine": quarantine},
        words=(*answer.words, *_warnings(plan, screen)),
    )


def of_run(run: Run, screen: Screen) -> Answer:
    """
    Return the answer after a plan was carried out.
    """
    plan, failure = run.plan, run.failure
    words = [] if failure is None else [Text(screen.message(failure), "red")]
    if run.is_interrupted:
        words.append(Text(screen.text("cli.interrupted"), "yellow"))
    return Answer(
        code=run.code,
        document={
            "licence": plan.licence,
            **run.counts,
            "conflicts": len(plan.conflicts),
            "problems": [_refusal(outcome, screen) for outcome in run.refused],
        },
        results=(
            *_refusals(run.refused, screen),
            *_findings(plan, screen),
            Text(screen.text("cli.sync.summary", **run.counts), "bold"),
        ),
        words=(*_warnings(plan, screen), *words),
    )


def _warnings(plan: Plan, screen: Screen) -> tuple[Text, ...]:
    partial: Sequence[Reason] = () if plan.partial is None else (plan.partial,)
    return (
        *(Text(screen.message(reason), "yellow") for reason in partial),
        *(Text(screen.message(reason), "red") for reason in plan.quarantine),
    )


def _table(plan: Plan, screen: Screen) -> tuple[RenderableType, ...]:
    unchanged = Text(screen.text("cli.sync.unchanged", number=plan.unchanged), "dim")
    nothing = Text(screen.text("cli.sync.nothing"))
    return (*(_rows(plan, screen) or (nothing,)), unchanged)


def _findings(plan: Plan, screen: Screen) -> tuple[RenderableType, ...]:
    """
    Return what was not done by intent: conflicts, and who keeps their status.
    """
    return _rows(attrs.evolve(plan, changes=()), screen)


def _rows(plan: Plan, screen: Screen) -> tuple[RenderableType, ...]:
    columns = [
        Column(screen.text(f"cli.column.{name}"), gives_way=name == "detail")
        for name in _COLUMNS
    ]
    rows = [
        [*map(Text, row)]
        for row in plan.rows(screen.language, translator=screen.translator)
    ]
    return (records(screen, columns, rows),) if rows else ()


def _refusals(
    refused: Iterable[ChangeOutcome], screen: Screen
) -> tuple[RenderableType, ...]:
    return tuple(
        Text(f"{outcome.change.winbooks_id}  {screen.message(problem)}", "red")
        for outcome in refused
        for problem in outcome.problems
    )


def _refusal(outcome: ChangeOutcome, screen: Screen) -> dict[str, object]:
    return {
        "external_id": outcome.change.after.external_id,
        "winbooks_id": outcome.change.winbooks_id.address,
        "problems": [in_json(problem, screen) for problem in outcome.problems],
    }
