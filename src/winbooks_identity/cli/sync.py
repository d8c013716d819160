"""
How does an on Web licence follow an export of licence management?
"""

from functools import partial
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from ..adapters.export_file import export_of
from ..adapters.files import because
from ..adapters.phonenumbers import NationalPhoneParser
from ..authorization import Actor
from ..errors import Refused, Unavailable
from ..portal import Portal
from ..synchronisation import (
    ChangeOutcome,
    Options,
    Plan,
    SynchronisationService,
)
from .acting import whoever_acts
from .answer import Answer
from .changing import limits_of
from .interruption import Interruption
from .mailing import letters_with
from .opening import opened
from .options import (
    Database,
    KeyFile,
    LicenceNumber,
    Mailing,
    OnScreen,
    Operator,
)
from .screen import Screen
from .sync_all import Followed, follow_all
from .sync_answer import Run, of_plan, of_refusal, of_run
from .sync_report import post_of, reported
from .usage import WrongUsage


__all__ = ["carry_out", "sync"]


def sync(
    source: Annotated[Path, Parameter(help="cli.option.export")],
    /,
    *,
    database: Database,
    key_file: KeyFile = None,
    licence: LicenceNumber = None,
    operator: Operator = None,
    every: Annotated[
        bool, Parameter(name="--all", help="cli.option.all_feeds")
    ] = False,
    apply: Annotated[bool, Parameter(help="cli.option.apply")] = False,
    deactivate: Annotated[bool, Parameter(help="cli.option.deactivate")] = False,
    reactivate: Annotated[bool, Parameter(help="cli.option.reactivate")] = False,
    at_most: Annotated[int | None, Parameter(help="cli.option.at_most")] = None,
    report_to: Annotated[str | None, Parameter(help="cli.option.report_to")] = None,
    mailing: Mailing | None = None,
    screen: OnScreen,
) -> Answer:
    """
    Make the users of an on Web licence follow licence management.

    Without *apply* the plan is shown and nothing changes.  With *every*, the source is
    a folder with the feeds of many licences, and *report_to* gets what became of them.
    """
    if source.suffix == ".json" and (deactivate or reactivate or at_most is not None):
        raise WrongUsage("cli.usage.saved_plan")
    options = Options(
        deactivate=deactivate, reactivate=reactivate, limits=limits_of(at_most)
    )
    mails = mailing or Mailing()
    post = post_of(report_to, mails, every=every)
    letters = None
    if mails.portal_url is not None or (mails.sender is not None and post is None):
        letters = letters_with(mails.sender, mails.portal_url, screen.translator)
    if every and licence is not None:
        raise WrongUsage("cli.usage.wrong")

    def follow(portal: Portal, file: Path, number: str | None) -> Answer:
        by = whoever_acts(portal, acting_as=None, licence=number, operator=operator)
        plan = _plan(portal, file, by, options)
        if not apply:
            return of_plan(plan, portal.saved_plans.document(plan), screen)
        # The letters of a portal that was given none come from an invented address.
        service = SynchronisationService(
            portal.storage,
            letters=letters,
            sealer=portal.sealer,
            held_back=portal.held_back,
        )
        try:
            return of_run(carry_out(service, plan, by, screen), screen)
        except Refused as refused:
            return of_refusal(refused, plan, screen)

    def run() -> Followed:
        # A database that cannot be opened is reported, too.
        with opened(database, key_file=key_file) as portal:
            return follow_all(source, partial(follow, portal), screen)

    if every:
        return reported(run, post, screen)
    with opened(database, key_file=key_file) as portal:
        return follow(portal, source, licence)


def _plan(portal: Portal, source: Path, by: Actor, options: Options) -> Plan:
    try:
        if source.suffix == ".json":
            text = source.read_text(encoding="utf-8-sig", errors="replace")
            return portal.saved_plans.load(text)
        source.open("rb").close()  # A missing file is reported as such.
    except OSError as error:
        raise because(error, source) from error
    gateway = export_of(source, phone=NationalPhoneParser())
    return portal.synchronisation.plan(gateway, by=by, options=options)


def carry_out(
    service: SynchronisationService, plan: Plan, by: Actor, screen: Screen
) -> Run:
    """
    Carry *plan* out; an interruption counts between two changes.
    """
    outcomes: list[ChangeOutcome] = []
    failure: Unavailable | None = None
    steps = zip(
        screen.track(plan.changes, "cli.sync.applying"),
        service.apply(plan, by=by),
        strict=True,
    )
    with Interruption() as interruption:
        try:
            for _, outcome in steps:
                outcomes.append(outcome)
                if interruption.is_set():
                    break
        except Unavailable as unavailable:
            failure = unavailable
    return Run(
        plan=plan,
        outcomes=outcomes,
        failure=failure,
        is_interrupted=interruption.is_set(),
    )
