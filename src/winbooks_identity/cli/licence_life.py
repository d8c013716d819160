"""
How is a dossier closed, and how does a licence move to WinBooks on Web?
"""

from pathlib import Path
from typing import Annotated

import attrs
from cyclopts import Parameter
from rich.console import RenderableType
from rich.text import Text

from ..adapters.export_file import export_of
from ..adapters.files import because
from ..adapters.phonenumbers import NationalPhoneParser
from ..portal import Portal
from ..services.closing import Closed
from ..synchronisation import Move, MoveStopped
from ..winbooks_id import WinBooksId
from .answer import Answer, failed
from .exit_code import ExitCode
from .licence import DossierNumber, Place, in_json
from .mailing import letters_with
from .narrow import pairs
from .opening import opened
from .options import DryRun, OnScreen, PortalUrl, Sender
from .screen import Screen


__all__ = ["close_dossier", "move_to_on_web"]


def close_dossier(
    number: DossierNumber,
    /,
    *,
    place: Place,
    dry_run: DryRun = False,
    screen: OnScreen,
) -> Answer:
    """
    Remove a dossier; access to it and its notices go.
    """

    def work(portal: Portal) -> Closed:
        by, licence = place.actor(portal)
        return portal.licences.close_dossier(licence, number, by=by)

    with opened(place.database, key_file=place.key_file) as portal:
        closed = portal.rehearse(work) if dry_run else work(portal)
    name = str(closed.dossier.name)
    said = screen.text(
        "cli.licence.close", number=len(closed.lost), dossier=number, name=name
    )
    rows = [
        (
            lost,
            "cli.licence.deactivated"
            if lost in closed.deactivated
            else "cli.licence.loses",
        )
        for lost in sorted(closed.lost)
    ]
    return Answer(
        document={
            "dry_run": dry_run,
            "dossier": {"number": number, "name": name},
            "people": [
                {"winbooks_id": str(lost), "deactivated": lost in closed.deactivated}
                for lost in closed.lost
            ],
        },
        results=(Text(said, "bold"), *_table(rows, screen), *_plan(screen, dry_run)),
    )


def move_to_on_web(
    source: Annotated[Path, Parameter(help="cli.option.logins")],
    /,
    *,
    place: Place,
    sender: Sender = None,
    portal_url: PortalUrl = None,
    dry_run: DryRun = False,
    screen: OnScreen,
) -> Answer:
    """
    Make a Classic licence one of WinBooks on Web.

    Staff with a login in the export sign in with the password of on Web from then on.
    """
    letters = None if dry_run else letters_with(sender, portal_url, screen.translator)
    try:
        source.open("rb").close()  # A missing file is reported as such.
    except OSError as error:
        raise because(error, source) from error
    gateway = export_of(source, phone=NationalPhoneParser())
    with opened(place.database, key_file=place.key_file, letters=letters) as portal:
        by, number = place.actor(portal)
        move = portal.moves.plan(number, gateway, by=by)
        if not dry_run:
            try:
                move = portal.moves.apply(move, by=by)
            except MoveStopped as failure:
                stopped = failed(failure, screen)
                return attrs.evolve(stopped, code=ExitCode.TRY_AGAIN)
    return _moved(move, screen, dry_run=dry_run)


def _moved(move: Move, screen: Screen, *, dry_run: bool) -> Answer:
    rows = [
        *((each, "cli.licence.moves") for each in move.moving),
        *((each, "cli.licence.no_login") for each in move.without_login),
    ]
    counts = (
        ("cli.licence.on_web_before", move.on_web),
        ("cli.licence.on_the_portal", move.on_the_portal),
    )
    licence = move.licence
    heading = Text(str(licence.holder), "bold")
    before, after = move.before.product.value, licence.product.value
    product = after if before == after else f"{before} → {after}"
    heading.append(f"  {licence.number}, {product}", "not bold dim")
    return Answer(
        document={
            "dry_run": dry_run,
            "licence": in_json(licence),
            "moving": [str(each) for each in move.moving],
            "without_login": [str(each) for each in move.without_login],
            "on_the_portal": move.on_the_portal,
            "on_web": move.on_web,
        },
        results=(
            heading,
            *_table(rows, screen),
            *(Text(screen.text(code, number=n)) for code, n in counts if n),
            *_plan(screen, dry_run),
        ),
    )


def _table(
    rows: list[tuple[WinBooksId, str]], screen: Screen
) -> tuple[RenderableType, ...]:
    said = [(str(each), Text(screen.text(code))) for each, code in rows]
    return (pairs(screen, said),) if said else ()


def _plan(screen: Screen, dry_run: bool) -> tuple[RenderableType, ...]:  # noqa: FBT001  As the option says.
    if not dry_run:
        return ()
    return (Text(screen.text("cli.provision.nothing_done"), "bold"),)
