"""
Which database does a command work on?
"""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Unpack

from ..adapters import addresses
from ..adapters.addresses import KeyFileMissing, PasswordInAddress, WrongAddress
from ..adapters.embedded import is_there
from ..adapters.opening import Parts
from ..adapters.stderr_log import observers
from ..portal import Portal
from .usage import WrongUsage


__all__ = ["because_of_address", "is_made", "is_server", "opened"]


@contextmanager
def because_of_address() -> Generator[None]:
    """
    Raise what is wrong with the address of a database as wrong usage.

    Raises:
        WrongUsage: it is none, holds a password, or comes without keys.
    """
    try:
        yield
    except KeyFileMissing:
        raise WrongUsage("cli.usage.no_key_file") from None
    except PasswordInAddress:
        raise WrongUsage("cli.usage.password_in_address") from None
    except WrongAddress:
        raise WrongUsage("cli.usage.wrong_address") from None


def is_server(database: str) -> bool:
    """
    Tell whether *database* is an address, and not the path of a file.

    Raises:
        WrongUsage: it is one of something else, or holds a password.
    """
    with because_of_address():
        return addresses.is_server(database)


def is_made(database: str) -> bool:
    """
    Tell whether the database is there; a server has to be.

    Raises:
        WrongUsage: as `is_server`.
    """
    return is_server(database) or is_there(Path(database))


def opened(
    database: str,
    *,
    key_file: Path | None,
    new: bool = False,
    standby: str | None = None,
    **parts: Unpack[Parts],
) -> Portal:
    """
    Return the portal on *database*; close it after use.

    Args:
        database: a file, or the address of a PostgreSQL database.
        key_file: the keys; beside a file by default.
        new: make the file.
        standby: the address of a server that follows *database*.
        parts: see `Parts`.

    Raises:
        WrongUsage: as `because_of_address`.
        Unavailable: as `open_database`.
    """
    parts["observers"] = observers()
    with because_of_address():
        return addresses.open_database(
            database, key_file=key_file, new=new, standby=standby, **parts
        )
