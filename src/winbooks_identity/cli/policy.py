"""
How are password policies shown, compared and audited from a shell?
"""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Final, cast

from cyclopts import Parameter
from cyclopts.validators import Number
from rich import box
from rich.table import Table
from rich.text import Text

from .. import system
from ..authorization import Actor, WinBooksAdministration
from ..passwords import PasswordPolicy
from ..passwords.audit import Finding, Standard, Verdict
from ..passwords.change import PolicyChange, policy_change
from ..passwords.change_formats import (
    ReportFormat,
    as_data,
    as_github,
    as_gitlab,
    as_markdown,
    as_text,
)
from ..passwords.impact import StoredPasswordOutcome
from ..passwords.named import NAMED
from .acting import whoever_acts
from .answer import Answer
from .console import in_json_text
from .exit_code import Difference, ExitCode
from .opening import opened
from .options import ActingAs, Database, KeyFile, LicenceNumber, OnScreen, Standby
from .policy_file import MAX_COMPARED, leaked_passwords, lists_of, path_of, policies
from .screen import Screen
from .usage import WrongUsage


__all__ = ["audit", "diff", "impact", "show"]

_ASKED: Final = "cli.option.policy"

#: How many words of a list are shown to people.
_SHOWN: Final = 20


def show(
    policy: Annotated[str, Parameter(help=_ASKED)], /, *, screen: OnScreen
) -> Answer:
    """
    Show the rules of a policy.
    """
    (found,) = policies(policy)
    rules = found.to_mapping()
    sentences = found.help(screen.language, translator=screen.translator)
    shown = _table(screen, "rule", "value")
    for rule, value in _flat(rules):
        shown.add_row(rule, _in_few_words(value, screen))
    shown.add_row(screen.text("cli.policy.fingerprint"), found.fingerprint)
    return Answer(
        document={"policy": rules, "fingerprint": found.fingerprint, "help": sentences},
        results=(shown, *map(Text, sentences)),
    )


def diff(
    old: Annotated[str, Parameter(help=_ASKED)],
    new: Annotated[str, Parameter(help=_ASKED)],
    /,
    *,
    report: Annotated[
        ReportFormat, Parameter(name="--format", help="cli.option.report_format")
    ] = "text",
    people: Annotated[tuple[str, ...], Parameter(help="cli.option.people")] = (),
    breached: Annotated[Path | None, Parameter(help="cli.option.breached")] = None,
    length: Annotated[
        int, Parameter(help="cli.option.share_length", validator=Number(gte=1, lte=128))
    ] = 16,
    screen: OnScreen,
) -> Answer:
    """
    Say what a new policy is, seen from the old one, why, and whom it hits.
    """
    screen.answers_in_json |= report == "json"
    before, after = policies(old, new, most=MAX_COMPARED)
    change = policy_change(
        before,
        after,
        lists=lists_of(people or ("habits", "public")),
        length=length,
        breached=leaked_passwords(breached, screen, before, after),
    )
    share = change.comparison.share_refused(length)
    counted = {
        "length": length,
        "numerator": share.numerator,
        "denominator": share.denominator,
    }
    return Answer(
        code=Difference[change.verdict.upper()],
        document={**as_data(change), "share_refused": counted},
        raw=_written(change, report, new, screen),
    )


def _written(
    change: PolicyChange, report: ReportFormat, new: str, screen: Screen
) -> str:
    language, translator = screen.language, screen.translator
    match report:
        case "markdown":
            return as_markdown(change, language, name=new, translator=translator)
        case "github":
            path = path_of(new)
            return as_github(change, language, path=path, translator=translator)
        case "gitlab":
            path = path_of(new) or new
            found = as_gitlab(change, language, path=path, translator=translator)
            return in_json_text(found, indent=2) + "\n"
        case _:
            width = screen.out.width if screen.is_watched else None
            return as_text(
                change, language, name=new, width=width, translator=translator
            )


def audit(
    policy: Annotated[str, Parameter(help=_ASKED)],
    standard: Annotated[Standard, Parameter(help="cli.option.standard")],
    /,
    *,
    screen: OnScreen,
) -> Answer:
    """
    Hold a policy against a standard, clause by clause.
    """
    (found,) = policies(policy, most=MAX_COMPARED)
    findings = found.audit(standard)
    shown = _table(screen, "clause", "asks", "verdict")
    for each in findings:
        accepted = each.accepted(screen.language, translator=screen.translator)
        asked = (screen.message(each), accepted, _compensation(each, screen))
        verdict = screen.text(f"cli.policy.verdict.{each.verdict.name.lower()}")
        shown.add_row(each.reference, "\n".join(filter(None, asked)), verdict)
    is_met = all(each.verdict is not Verdict.NOT_MET for each in findings)
    return Answer(
        code=ExitCode.DONE if is_met else ExitCode.REFUSED,
        document={
            "standard": standard.value,
            "findings": [
                {
                    "reference": each.reference,
                    "topic": each.topic,
                    "needed": each.needed,
                    "verdict": each.verdict.name.lower(),
                    "message": screen.message(each),
                    "example": each.example or None,
                    "person": each.person or None,
                    "compensation": _compensation(each, screen) or None,
                }
                for each in findings
            ],
        },
        results=(shown,),
    )


def impact(
    new: Annotated[str, Parameter(help=_ASKED)],
    /,
    *,
    database: Database,
    standby: Standby = None,
    key_file: KeyFile = None,
    known: Annotated[tuple[str, ...], Parameter(help="cli.option.known")] = (),
    licence: LicenceNumber = None,
    acting_as: ActingAs = None,
    day: Annotated[
        str | None, Parameter(name="--on", help="cli.option.rollout_day")
    ] = None,
    screen: OnScreen,
) -> Answer:
    """
    Say what a new policy means for the passwords that are stored.
    """
    to_come, *earlier = policies(new, *known, most=MAX_COMPARED)
    before = to_come.asked_on(date.min)
    rollout = _rollout(to_come, day)
    with opened(database, key_file=key_file, standby=standby) as portal:
        by: Actor = WinBooksAdministration()
        if licence is not None or acting_as is not None:
            by = whoever_acts(portal, acting_as=acting_as, licence=licence)
        found = portal.reports.impact(
            to_come, known=(*NAMED.values(), before, *earlier), by=by
        )
    shown = _table(
        screen, "licence", *(each.name.lower() for each in StoredPasswordOutcome)
    )
    total = (screen.text("cli.policy.total"), found.total)
    by_licence = sorted(found.by_licence.items())
    for number, counts in (*by_licence, total):
        shown.add_row(
            number, *(str(counts[outcome]) for outcome in StoredPasswordOutcome)
        )
    return Answer(
        document={
            "licences": [
                {"licence": number, **_counts(counts)} for number, counts in by_licence
            ],
            "total": _counts(found.total),
            "rollout": rollout,
        },
        results=(shown, *_told(rollout, screen)),
    )


def _rollout(
    policy: PasswordPolicy, day: str | None
) -> Mapping[str, str | None] | None:
    """
    Return how far the rollout of *policy* is on *day*, today by default.
    """
    try:
        today = system.now().date() if day is None else date.fromisoformat(day)
    except ValueError:
        raise WrongUsage("cli.usage.no_day") from None
    if policy.rollout is None:
        return None
    coming = policy.rollout.next_after(today)
    return {
        "day": today.isoformat(),
        "stage": policy.stage_on(today).name.lower(),
        "next_stage": None if coming is None else coming[0].name.lower(),
        "next_day": None if coming is None else coming[1].isoformat(),
    }


def _told(rollout: Mapping[str, str | None] | None, screen: Screen) -> Iterator[Text]:
    if rollout is None:
        return
    said = screen.text(f"policy_change.stage.{rollout['stage']}")
    yield Text(f"{rollout['day']}: {said}")
    if rollout["next_day"] is not None:
        said = screen.text(f"policy_change.stage.{rollout['next_stage']}")
        yield Text(f"{rollout['next_day']}: {said}")


def _flat(said: Mapping[str, object], within: str = "") -> Iterator[tuple[str, object]]:
    """
    Yield what a policy says, entries of a table with the name of the table.
    """
    for name, value in said.items():
        if isinstance(value, dict):
            yield from _flat(cast("Mapping[str, object]", value), f"{within}{name}.")
        else:
            yield within + name, value


def _in_few_words(value: object, screen: Screen) -> str:
    """
    Return the *value* of a rule, and of a long list its beginning.
    """
    left = ""
    if isinstance(value, list):
        words = cast("list[str]", value)
        if (more := len(words) - _SHOWN) > 0:
            left = " " + screen.text("cli.policy.more", number=more)
        value = words[:_SHOWN]
    return json.dumps(value, ensure_ascii=False) + left


def _compensation(finding: Finding, screen: Screen) -> str:
    return finding.compensation(screen.language, translator=screen.translator)


def _counts(counts: Mapping[StoredPasswordOutcome, int]) -> Mapping[str, int]:
    return {outcome.name.lower(): counts[outcome] for outcome in StoredPasswordOutcome}


def _table(screen: Screen, *columns: str) -> Table:
    table = Table(
        box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1), header_style="bold"
    )
    for column in columns:
        table.add_column(screen.text(f"cli.column.{column}"), overflow="fold")
    return table
