"""
How are keys made, looked at and replaced?

No key is ever shown: its id and the day when it was made stand for it.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Final

from cyclopts import Parameter
from rich.text import Text

from ..adapters import key_ring
from ..adapters.files import because_of_keys
from ..mail.outbox import MailState
from .answer import Answer
from .opening import opened
from .options import OnScreen
from .screen import Screen
from .usage import WrongUsage


__all__ = ["create", "list_keys", "remove", "rotate"]

#: How long processes may go on with the old key before they are restarted: our choice.
_RESTARTED: Final = timedelta(days=1)

KeyRing = Annotated[Path, Parameter(help="cli.option.key_ring")]
"""
The file that the keys are in.
"""


def create(file: KeyRing, /, *, screen: OnScreen) -> Answer:
    """
    Make a file with one new key.
    """
    with because_of_keys(file):
        key_ring.create(file)
    return _answer(file, screen)


def list_keys(
    file: KeyRing,
    /,
    *,
    database: Annotated[
        str | None, Parameter(name=["--database", "-d"], help="cli.option.key_needed")
    ] = None,
    screen: OnScreen,
) -> Answer:
    """
    List the keys of a file, the one in use first.
    """
    if database is None:
        return _answer(file, screen)
    with opened(database, key_file=file) as portal:
        kept = portal.mails.entries({MailState.WAITING, MailState.DEAD})
        made = [entry.created_at.date() for entry in kept if entry.is_kept]
    return _answer(file, screen, made=made)


def rotate(file: KeyRing, /, *, screen: OnScreen) -> Answer:
    """
    Put a new key in front.
    """
    with because_of_keys(file):
        key_ring.rotate(file)
    return _answer(file, screen)


def remove(
    file: KeyRing,
    ids: Annotated[list[str], Parameter(help="cli.option.key_ids")],
    /,
    *,
    screen: OnScreen,
) -> Answer:
    """
    Remove old keys; what they sealed is lost for good.
    """
    with because_of_keys(file):
        current, *old = (entry.id for entry in key_ring.entries(file))
        if current in ids:
            raise WrongUsage("cli.usage.key_in_use", id=current)
        if not {*ids} <= {*old}:
            raise WrongUsage("cli.usage.no_such_key")
        key_ring.remove(file, ids)
    return _answer(file, screen)


def _answer(
    file: Path, screen: Screen, *, made: Sequence[date] | None = None
) -> Answer:
    """
    Return what is in *file*, and of the mails *made* on some days how many need it.
    """
    with because_of_keys(file):
        keys = key_ring.entries(file)
    lines = [_line("cli.key.in_use", keys[0], screen)]
    document = [_in_json(keys[0], in_use=True)]
    for newer, old in pairwise(keys):
        line, item = _line("cli.key.opens", old, screen), _in_json(old, in_use=False)
        if made is not None:
            number = sum(_may_need(day, old, newer) for day in made)
            line.append(f"; {screen.text('cli.key.needed', number=number)}")
            item["mails"] = number
        lines.append(line)
        document.append(item)
    return Answer(document={"keys": document}, results=tuple(lines))


def _may_need(day: date, old: key_ring.Entry, newer: key_ring.Entry) -> bool:
    """
    Tell whether a mail made on *day* was perhaps sealed before *newer* came into use.
    """
    began = old.made_on is None or old.made_on <= day
    return began and (newer.made_on is None or day <= newer.made_on + _RESTARTED)


def _in_json(entry: key_ring.Entry, *, in_use: bool) -> dict[str, object]:
    made_on = None if entry.made_on is None else entry.made_on.isoformat()
    return {"id": entry.id, "made_on": made_on, "in_use": in_use}


def _line(code: str, entry: key_ring.Entry, screen: Screen) -> Text:
    unknown = screen.text("cli.key.day_unknown")
    day = unknown if entry.made_on is None else entry.made_on.isoformat()
    return Text(screen.text(code, id=entry.id, day=day))
