"""
Who is there?
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from rich import box
from rich.table import Table
from rich.text import Text

from ... import authorization, system
from ...attempts import FailedAttempt
from ...authorization import Actor
from ...credential import InitialPassword
from ...plain import plain_fields
from ...portal import Portal
from ...portal_user import PortalUser
from ..acting import whoever_acts
from ..answer import Answer
from ..opening import opened
from ..options import ActingAs, Database, KeyFile, LicenceNumber, OnScreen, Standby
from ..people import in_words, people_table, person_in_json, status_of
from ..screen import Screen
from .carrying_out import Actors, look_up
from .filtering import Wanted
from .inquiry import Found, of_all
from .options import Users, Whom
from .sign_in import closed_until
from .spreadsheet import Separator, write_spreadsheet
from .whom import Target


__all__ = ["list_users", "show"]


def list_users(
    *,
    database: Database,
    standby: Standby = None,
    key_file: KeyFile = None,
    licence: LicenceNumber = None,
    acting_as: ActingAs = None,
    wanted: Wanted | None = None,
    csv: Annotated[Path | None, Parameter(help="cli.option.csv")] = None,
    separator: Annotated[
        Separator, Parameter(help="cli.option.separator")
    ] = "semicolon",
    screen: OnScreen,
) -> Answer:
    """
    List the users of a licence that the one who acts may see.
    """
    chosen = (wanted or Wanted()).filter()
    with opened(database, key_file=key_file, standby=standby) as portal:
        by = whoever_acts(portal, acting_as=acting_as, licence=licence)
        users = sorted(chosen.of(portal, by=by), key=lambda user: user.winbooks_id)
    document = [_user_in_json(user, by=by) for user in users]
    if csv is not None:
        shown = [
            {**row, "status": status_of(user, screen)}
            for row, user in zip(document, users, strict=True)
        ]
        write_spreadsheet(csv, shown, screen, separator=separator)
        said = screen.text("cli.user.written", number=len(users), path=str(csv))
        return Answer(
            document={"people": document, "file": str(csv)}, results=(Text(said),)
        )
    if not users:
        none = Text(screen.text("cli.user.none"))
        return Answer(document={"people": document}, results=(none,))
    rows = [(user, Text(str(user.company_name))) for user in users]
    return Answer(
        document={"people": document},
        results=(people_table(screen, rows, last_column="company_name"),),
    )


def show(
    whom: Whom = None,
    /,
    *,
    users: Users,
    screen: OnScreen,
) -> Answer:
    """
    Show users, field by field.
    """

    def ask(portal: Portal, target: Target, actors: Actors) -> Found:
        user, by = look_up(portal, target, actors)
        document = _user_in_json(user, by=by)
        said: dict[str, object] = {}
        if authorization.reads_personal_data(by, user):
            found = portal.administration.initial_password(user, by=by)
            document["initial_password"] = plain_fields(found)
            failed = portal.administration.failed_attempts(user, by=by)
            document["failed_attempts"] = len(failed)
            closed = closed_until(portal.lock_outs.current(user, by=by), system.now())
            document["closed_until"] = closed and closed.isoformat()
            said = {
                "closed_until": closed
                and screen.text("cli.user.closed", moment=screen.moment(closed)),
                "initial_password": _initial_password(found, screen),
                "failed_attempts": _failed_attempts(failed, screen),
            }
        table = Table(box=box.SIMPLE, show_header=False, pad_edge=False)
        shown = {**document, "status": status_of(user, screen), **said}
        for field, value in shown.items():
            table.add_row(screen.text(f"cli.field.{field}"), in_words(value, screen))
        return Found({"user": document}, table)

    return of_all(whom, users, ask, screen)


def _initial_password(found: InitialPassword, screen: Screen) -> str:
    """
    Return whether a user still has to change a password, and until when, in words.
    """
    if not found.must_change:
        return screen.text("cli.user.password.no")
    if found.ends_at is None:
        return screen.text("cli.user.password.open")
    code = "cli.user.password.ended" if found.has_ended else "cli.user.password.until"
    return screen.text(code, moment=screen.moment(found.ends_at))


def _failed_attempts(failed: Sequence[FailedAttempt], screen: Screen) -> str:
    """
    Return how many attempts on a login failed, and when the last one did.
    """
    if not failed:
        return screen.text("cli.user.password.no")
    moment = screen.moment(failed[0].at)
    return screen.text("cli.user.attempts", number=len(failed), moment=moment)


def _user_in_json(user: PortalUser, *, by: Actor) -> dict[str, object]:
    """
    Return what *by* may read of *user*: all, or what colleagues see.  [S2]
    """
    whole = _whole_in_json(user)
    if authorization.reads_personal_data(by, user):
        return whole
    dossiers = sorted(each for each in user.dossiers if authorization.opens(by, each))
    return {
        **whole,
        **dict.fromkeys(("phone", "new_winbooks_id", "address_proven", "id")),
        "dossiers": dossiers,
    }


def _whole_in_json(user: PortalUser) -> dict[str, object]:
    change = user.id_change
    return {
        **person_in_json(user),
        "licence": user.licence,
        "address_proven": user.address_proven,
        "new_winbooks_id": change.winbooks_id.address if change else None,
        "id": str(user.id),
    }
