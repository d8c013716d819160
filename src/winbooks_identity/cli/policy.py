"""
How are password policies shown, compared and audited from a shell?
"""

import json
from collections.abc import Iterator, Mapping
from typing import Annotated, Final

from cyclopts import Parameter
from cyclopts.validators import Number
from rich import box
from rich.table import Table
from rich.text import Text

from ..authorization import Actor, WinBooksAdministration
from ..passwords.attribution import Attribution, Shares
from ..passwords.audit import Finding, Standard, Verdict
from ..passwords.comparison import PolicyComparison
from ..passwords.impact import StoredPasswordOutcome
from ..passwords.named import NAMED
from ..passwords.notation import in_plain_data
from ..passwords.undecided import combined, heuristic_relation
from ..services.password_impact import impact as impact_on
from .acting import whoever_acts
from .answer import Answer
from .exit_code import Difference, ExitCode
from .opening import opened
from .options import ActingAs, Database, KeyFile, LicenceNumber, OnScreen
from .policy_file import policies
from .screen import Screen


__all__ = ["audit", "diff", "impact", "show"]

#: Of so many passwords, the answer says how many are refused.
_MANY: Final = 10_000

_ASKED: Final = "cli.option.policy"


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
    for rule, value in rules.items():
        shown.add_row(rule, json.dumps(value, ensure_ascii=False))
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
    length: Annotated[
        int, Parameter(help="cli.option.share_length", validator=Number(gte=1, lte=128))
    ] = 16,
    screen: OnScreen,
) -> Answer:
    """
    Say what a new policy is, seen from the old one.
    """
    before, after = policies(old, new)
    comparison = before.compare(after)
    verdict = combined((comparison.relation, heuristic_relation(before, after)))
    share = comparison.share_refused(length)
    attribution = before.attribute(after)
    return Answer(
        code=Difference[verdict.upper()],
        document={
            "relation": comparison.relation,
            "newly_refused": comparison.newly_refused,
            "newly_accepted": comparison.newly_accepted,
            "refused_example": comparison.refused_example,
            "accepted_example": comparison.accepted_example,
            "undecided": comparison.undecided,
            "why": _why(attribution),
            "share_refused": {
                "length": length,
                "numerator": share.numerator,
                "denominator": share.denominator,
            },
        },
        results=(
            Text(screen.text(f"cli.policy.{verdict}"), "bold"),
            *_witnesses(comparison, attribution, screen),
            Text(
                screen.text(
                    "cli.policy.share_refused",
                    length=length,
                    number=round(share * _MANY),
                    many=_MANY,
                )
            ),
            *_left_out(comparison, attribution, screen),
        ),
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
    (found,) = policies(policy)
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
    key_file: KeyFile = None,
    known: Annotated[tuple[str, ...], Parameter(help="cli.option.known")] = (),
    licence: LicenceNumber = None,
    acting_as: ActingAs = None,
    screen: OnScreen,
) -> Answer:
    """
    Say what a new policy means for the passwords that are stored.
    """
    to_come, *earlier = policies(new, *known)
    with opened(database, key_file=key_file) as portal:
        by: Actor = WinBooksAdministration()
        if licence is not None or acting_as is not None:
            by = whoever_acts(portal, acting_as=acting_as, licence=licence)
        found = impact_on(
            portal.storage, to_come, known=(*NAMED.values(), *earlier), by=by
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
        },
        results=(shown,),
    )


def _compensation(finding: Finding, screen: Screen) -> str:
    return finding.compensation(screen.language, translator=screen.translator)


def _counts(counts: Mapping[StoredPasswordOutcome, int]) -> Mapping[str, int]:
    return {outcome.name.lower(): counts[outcome] for outcome in StoredPasswordOutcome}


def _why(attribution: Attribution) -> Mapping[str, object]:
    return {
        "changes": [
            {
                "rule": each.rule,
                "old": in_plain_data(each.old),
                "new": in_plain_data(each.new),
                "direction": each.direction,
            }
            for each in attribution.changes
        ],
        "refusing": attribution.refusing,
        "admitting": attribution.admitting,
        "undecided": attribution.undecided,
        "shares_refused": _shares(attribution.shares_refused()),
        "shares_accepted": _shares(attribution.shares_accepted()),
    }


def _shares(shares: Mapping[int, Shares]) -> list[Mapping[str, object]]:
    return [
        {
            "length": length,
            "of": each.accepted,
            "together": each.refused,
            "by_rule": each.by_rule,
        }
        for length, each in shares.items()
    ]


def _witnesses(
    comparison: PolicyComparison, attribution: Attribution, screen: Screen
) -> Iterator[Text]:
    for flip, witness, rules in (
        ("refused", comparison.refused_example, attribution.refusing),
        ("accepted", comparison.accepted_example, attribution.admitting),
    ):
        if witness is not None:
            example = json.dumps(witness, ensure_ascii=False)
            yield Text(screen.text(f"cli.policy.newly_{flip}", password=example))
            because = screen.text(f"cli.policy.{flip}_because", rules=", ".join(rules))
            yield Text(because)


def _left_out(
    comparison: PolicyComparison, attribution: Attribution, screen: Screen
) -> Iterator[Text]:
    if comparison.undecided:
        rules = ", ".join(comparison.undecided)
        yield Text(screen.text("cli.policy.undecided", rules=rules), "yellow")
    for rule, direction in attribution.undecided.items():
        code = f"cli.policy.undecided_{direction}"
        yield Text(f"  {screen.text(code, rule=rule)}", "yellow")


def _table(screen: Screen, *columns: str) -> Table:
    table = Table(
        box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1), header_style="bold"
    )
    for column in columns:
        table.add_column(screen.text(f"cli.column.{column}"), overflow="fold")
    return table
