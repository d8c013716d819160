"""
How does a provisioning file become an office with users and mails?
"""

from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from ..adapters.files import because
from ..adapters.phonenumbers import NationalPhoneParser
from ..authorization import Actor, WinBooksAdministration
from ..forms.provisioning_file import InvalidFile, Office
from ..passwords import PasswordJudge
from ..portal import Portal
from ..refusals import UnknownUser
from ..synchronisation import plan_office
from .acting import NoOnWebConnection, actor_in, distributor_in
from .answer import Answer, failed
from .changing import Changing
from .interruption import Interruption
from .mailing import deliver_waiting, disconnecting, letters_of, mailer_of
from .opening import is_made, opened
from .options import (
    ActingAs,
    Database,
    DryRun,
    Hasher,
    KeyFile,
    Mailing,
    OnScreen,
    Operator,
    PasswordRules,
    ShowPasswords,
)
from .plan import Planned
from .policy_file import judge_of
from .provision_answer import Run, of_plan, of_run, of_withheld
from .provisioning import carry_out


__all__ = ["provision"]


def provision(
    file: Annotated[Path, Parameter(help="cli.option.file")],
    /,
    *,
    database: Database,
    key_file: KeyFile = None,
    acting_as: ActingAs = None,
    operator: Operator = None,
    dry_run: DryRun = False,
    show_passwords: ShowPasswords = False,
    changing: Changing | None = None,
    rules: PasswordRules | None = None,
    mailing: Mailing | None = None,
    screen: OnScreen,
    hasher: Hasher = None,
) -> Answer:
    """
    Make an office what its file says.

    The whole file is checked first, and every problem is shown with its line.
    What is there already stays as it is, unless it is to be changed.
    """
    mailing, changing = mailing or Mailing(), changing or Changing()
    options, applies = changing.options, changing.apply_changes
    mailer = mailer_of(mailing)
    judge = judge_of(rules, screen)
    try:
        office = _read(file, judge)
    except InvalidFile as invalid:
        return failed(invalid, screen, source=str(file))
    if any(each.new.is_on_web(office.licence) for each in office.people):
        raise NoOnWebConnection
    shows = show_passwords or screen.is_watched
    is_mailing = any(person.new.send_credentials for person in office.people)
    letters = None
    if is_mailing and not dry_run:
        letters = letters_of(mailing, screen.translator)
    with ExitStack() as stack, disconnecting(mailer):

        def open_(*, new: bool) -> Portal:
            return stack.enter_context(
                opened(
                    database,
                    new=new,
                    key_file=key_file,
                    hasher=hasher,
                    letters=letters,
                    policy=judge.policy,
                    breached=judge.breached,
                )
            )

        portal = open_(new=False) if is_made(database) else None
        by = _actor(portal, office, acting_as, operator)
        plan = (
            portal.offices.plan(office, by=by, options=options)
            if portal
            else plan_office(office, by=by, options=options)
        )
        planned = Planned.of(office, plan, by=by, applies=applies)
        if dry_run or planned.is_refused:
            return of_plan(planned, screen)
        if not shows and any(row.hands_over for row in planned.rows):
            return of_withheld(planned.rows, screen, source=str(file))
        portal = portal or open_(new=True)
        if plan.licence.before is None and acting_as is None:
            portal.provisioning.register_licence(
                office.licence, office.dossiers, by=WinBooksAdministration()
            )
        outcomes = portal.offices.apply(plan if applies else plan.additions_only, by=by)
        with Interruption() as interruption:
            done, failure = carry_out(planned, outcomes, interruption, screen)
            delivery = deliver_waiting(portal, mailer)
    run = Run(
        planned=done,
        delivery=delivery,
        failure=failure,
        is_interrupted=interruption.is_set(),
    )
    return of_run(run, screen)


def _read(file: Path, judge: PasswordJudge) -> Office:
    try:
        # Editors on Windows put a byte order mark at the start.  What is not
        # UTF-8 becomes characters that every field refuses.
        text = file.read_text(encoding="utf-8-sig", errors="surrogateescape")
    except OSError as error:
        raise because(error, file) from error
    return Office.parse(
        text,
        policy=judge.policy,
        breached=judge.breached,
        phone=NationalPhoneParser(),
    )


def _actor(
    portal: Portal | None, office: Office, acting_as: str | None, operator: str | None
) -> Actor:
    if acting_as is None:
        return distributor_in(office.licence.number, operator)
    if portal is None:
        raise UnknownUser
    return actor_in(portal, acting_as)
