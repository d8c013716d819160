"""
How are the tokens of identity providers made, looked at, replaced and ended?

A token is shown once, when it is made; its id stands for it from then on.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter
from rich import box
from rich.table import Table
from rich.text import Text

from ... import system
from ...secret import Secret
from ..acting import whoever_acts
from ..answer import Answer
from ..opening import opened
from ..options import Database, KeyFile, LicenceNumber, OnScreen
from ..screen import Screen
from ..usage import WrongUsage
from .place import TokenPlace, needing_scim, token_file


if TYPE_CHECKING:
    from ...adapters.scim import ScimToken, TokenFile


__all__ = ["create", "list_tokens", "revoke", "rotate"]

TokenId = Annotated[str, Parameter(help="cli.option.scim_token_id")]
"""
What names a token.
"""

ShowToken = Annotated[bool, Parameter(help="cli.option.show_token")]
"""
Whether a token may go to a file or another program.
"""

Days = Annotated[int | None, Parameter(help="cli.option.scim_days")]
"""
How many days a token is good.
"""


def create(
    *,
    client: Annotated[str, Parameter(help="cli.option.scim_client")],
    licence: LicenceNumber = None,
    days: Days = None,
    show_token: ShowToken = False,
    database: Database,
    key_file: KeyFile = None,
    tokens: TokenPlace = None,
    screen: OnScreen,
) -> Answer:
    """
    Make a token by which an identity provider provisions one licence.
    """
    file = token_file(database, tokens)
    _ensure_seen(screen, show_token=show_token)
    with opened(database, key_file=key_file) as portal:
        actor = whoever_acts(portal, acting_as=None, licence=licence, operator=client)
        number = portal.provisioning.licence(by=actor).number
    text = file.issue(number, client, expires_at=_in_days(days))
    return _issued(file, text, screen)


def list_tokens(
    *, database: Database, tokens: TokenPlace = None, screen: OnScreen
) -> Answer:
    """
    List the tokens; none of them is shown, only its id.
    """
    return _listed(token_file(database, tokens).all(), screen)


def rotate(
    token_id: TokenId,
    /,
    *,
    keep_hours: Annotated[int, Parameter(help="cli.option.keep_hours")] = 24,
    show_token: ShowToken = False,
    database: Database,
    tokens: TokenPlace = None,
    screen: OnScreen,
) -> Answer:
    """
    Make a token in place of another one, which stays good for a while.
    """
    file = token_file(database, tokens)
    _ensure_seen(screen, show_token=show_token)
    now = system.now()
    ends_at = now + timedelta(hours=max(keep_hours, 0))
    text = file.rotate(token_id, now=now, ends_at=ends_at)
    if text is None:
        raise WrongUsage("cli.usage.no_such_token")
    return _issued(file, text, screen)


def revoke(
    token_id: TokenId,
    /,
    *,
    database: Database,
    tokens: TokenPlace = None,
    screen: OnScreen,
) -> Answer:
    """
    End a token at once.
    """
    file = token_file(database, tokens)
    if token_id not in {each.id for each in file.all()} or not file.revoke(token_id):
        raise WrongUsage("cli.usage.no_such_token")
    said = screen.text("cli.scim.revoked", id=token_id)
    return Answer(document={"revoked": token_id}, results=(Text(said),))


def _ensure_seen(screen: Screen, *, show_token: bool) -> None:
    """
    Raise before a token is made that goes where no one looks.
    """
    if not (show_token or screen.is_watched):
        raise WrongUsage("cli.usage.token_not_seen")


def _in_days(days: int | None) -> datetime | None:
    if days is None:
        return None
    if days < 1:
        raise WrongUsage("cli.usage.wrong_value", name="--days")
    return system.now() + timedelta(days=days)


def _issued(file: "TokenFile", text: Secret, screen: Screen) -> Answer:
    with needing_scim():
        from ...adapters.scim.tokens import find

    token = find(file, text.reveal(), now=system.now())
    return Answer(
        document={
            "token": text.reveal(),
            **({} if token is None else _in_json(token)),
        },
        raw=f"{text.reveal()}\n",
        words=(Text(screen.text("cli.scim.shown_once"), "yellow"),),
    )


def _listed(tokens: Sequence["ScimToken"], screen: Screen) -> Answer:
    table = Table(
        box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1), header_style="bold"
    )
    for column in ("id", "licence", "client", "expires_at"):
        table.add_column(screen.text(f"cli.scim.{column}"), overflow="fold")
    for each in tokens:
        ends = each.expires_at
        never = screen.text("cli.scim.never")
        until = never if ends is None else screen.moment(ends)
        table.add_row(each.id, each.licence, each.client, until)
    none = Text(screen.text("cli.scim.none"))
    return Answer(
        document={"tokens": [_in_json(each) for each in tokens]},
        results=(table,) if tokens else (none,),
    )


def _in_json(token: "ScimToken") -> dict[str, str | None]:
    ends = token.expires_at
    return {
        "id": token.id,
        "licence": token.licence,
        "client": token.client,
        "expires_at": None if ends is None else ends.isoformat(),
    }
