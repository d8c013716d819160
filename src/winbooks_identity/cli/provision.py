"""
How does a provisioning file become an office with users and mails?
"""

from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Annotated

import attrs
from cyclopts import Parameter

from ..adapters.files import because
from ..adapters.phonenumbers import NationalPhoneParser
from ..authorization import Actor, WinBooksAdministration
from ..errors import Refused, Unavailable
from ..forms.provisioning_file import InvalidFile, Office
from ..licence import Product
from ..passwords import PasswordJudge
from ..portal import Portal
from ..ports import UnitOfWork
from ..refusals import UnknownUser
from ..services.provisioning import ProvisioningService
from ..services.registration import additions
from ..winbooks_id import WinBooksId
from .acting import NoOnWebConnection, actor_in, distributor_in, owner_of
from .answer import Answer, failed
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
from .plan import Fate, Row, make_plan
from .policy_file import judge_of
from .provision_answer import Progress, Run, of_plan, of_run, of_withheld


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
    rules: PasswordRules | None = None,
    mailing: Mailing | None = None,
    screen: OnScreen,
    hasher: Hasher = None,
) -> Answer:
    """
    Create the users of an office from a file.

    The whole file is checked first, and every problem is shown with its line.
    What is there already stays as it is: running it again is safe.
    """
    mailing = mailing or Mailing()
    mailer = mailer_of(mailing)
    judge = judge_of(rules, screen)
    try:
        office = _read(file, judge)
    except InvalidFile as invalid:
        return failed(invalid, screen, source=str(file))
    if office.licence.product is Product.ON_WEB and office.people:
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
        if portal:
            _ensure_same_licence(portal, office)
        by = _actor(portal, office, acting_as, operator)
        owner = partial(owner_of, portal) if portal else _nobody
        rows = make_plan(office, by=by, owner_of=owner)
        if dry_run or any(row.fate is Fate.REFUSED for row in rows):
            return of_plan(office, rows, screen)
        if not shows and any(row.hands_over for row in rows):
            return of_withheld(rows, screen, source=str(file))
        portal = portal or open_(new=True)
        if acting_as is None:
            portal.provisioning.register_licence(
                office.licence, office.dossiers, by=WinBooksAdministration()
            )
        progress = Progress(office, screen)
        with Interruption() as interruption:
            rows, failure = _carry_out(
                rows, portal.provisioning, by, interruption, progress
            )
            delivery = deliver_waiting(portal, mailer)
    run = Run(
        office=office,
        rows=rows,
        delivery=delivery,
        failure=failure,
        is_interrupted=interruption.is_set(),
    )
    return of_run(run, screen)


def _ensure_same_licence(portal: Portal, office: Office) -> None:
    """
    Refuse what `register_licence` would refuse, so that a plan can tell.
    """

    def compare(unit: UnitOfWork) -> None:
        number = office.licence.number
        stored = {each.number: each for each in unit.licences.dossiers(number)}
        additions(
            office.licence,
            office.dossiers,
            stored=unit.licences.find(number),
            stored_dossiers=stored,
        )

    portal.storage.read(compare)


def _nobody(winbooks_id: WinBooksId) -> None:
    del winbooks_id


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


def _carry_out(
    rows: tuple[Row, ...],
    service: ProvisioningService,
    by: Actor,
    interruption: Interruption,
    progress: Progress,
) -> tuple[tuple[Row, ...], Unavailable | None]:
    """
    Create the users that are new, one after the other.

    An interruption counts between two users, so that no
    password is lost; so does a failure of the world around us.
    """
    done: list[Row] = []
    failure: Unavailable | None = None
    for row in progress.follow(rows):
        after = row
        if row.fate is Fate.NEW:
            after = attrs.evolve(row, fate=Fate.NOT_REACHED)
            if not (failure or interruption.is_set()):
                try:
                    after = _create(row, service, by)
                except Unavailable as unavailable:
                    failure = unavailable
        progress.show(after)
        done.append(after)
    return tuple(done), failure


def _create(row: Row, service: ProvisioningService, by: Actor) -> Row:
    try:
        created = service.create(row.person.new, by=by)
    except Refused as refused:
        return attrs.evolve(row, fate=Fate.REFUSED, problems=refused.problems)
    return attrs.evolve(row, fate=Fate.CREATED, created=created)
