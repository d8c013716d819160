"""
How are keys made, looked at and replaced?

No key is ever shown: its id and the day when it was made stand for it.
"""

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from rich.text import Text

from ..adapters import key_ring
from ..adapters.files import because_of_keys
from .answer import Answer
from .options import OnScreen
from .screen import Screen
from .usage import WrongUsage


__all__ = ["create", "list_keys", "remove", "rotate"]

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


def list_keys(file: KeyRing, /, *, screen: OnScreen) -> Answer:
    """
    List the keys of a file, the one in use first.
    """
    return _answer(file, screen)


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


def _answer(file: Path, screen: Screen) -> Answer:
    with because_of_keys(file):
        current, *old = key_ring.entries(file)
    lines = [
        _line("cli.key.in_use", current, screen),
        *(_line("cli.key.opens", entry, screen) for entry in old),
    ]
    document = [
        {
            "id": entry.id,
            "made_on": None if entry.made_on is None else entry.made_on.isoformat(),
            "in_use": entry is current,
        }
        for entry in (current, *old)
    ]
    return Answer(document={"keys": document}, results=tuple(lines))


def _line(code: str, entry: key_ring.Entry, screen: Screen) -> Text:
    unknown = screen.text("cli.key.day_unknown")
    day = unknown if entry.made_on is None else entry.made_on.isoformat()
    return Text(screen.text(code, id=entry.id, day=day))
