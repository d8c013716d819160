"""
How is a database opened that is named by one text: a path, or an address?

An address never holds a password: command lines stand in the list of processes and in
the shell's memory, and settings in backups.
"""

import os
import re
from pathlib import Path
from typing import ClassVar, Final, Unpack, final

from sqlalchemy import URL, Engine, make_url
from sqlalchemy.exc import ArgumentError

from ..errors import Unavailable
from ..portal import Portal
from . import embedded, key_ring
from .files import because_of_keys
from .opening import Parts, portal_on
from .sqlalchemy import migrations, open_postgresql, open_standby


__all__ = [
    "DriverMissing",
    "KeyFileMissing",
    "PasswordInAddress",
    "WrongAddress",
    "is_server",
    "open_database",
    "upgrade_tables",
]

#: How addresses of PostgreSQL begin; libpq knows the first two.
_SCHEMES: Final = frozenset({"postgresql", "postgres", "postgresql+psycopg"})

#: Parameters of libpq that hold a secret.
_SECRETS: Final = frozenset(
    {"password", "sslpassword", "scram_client_key", "oauth_client_secret"}
)

#: What no path begins with or contains: an address in another notation of libpq, or
#: one that was mistyped.
_NO_PATH: Final = re.compile(r"postgres(?:ql)?:|.*\bpassword\s*=", re.IGNORECASE)


class WrongAddress(ValueError):
    """
    A text with ``://`` is no address of a PostgreSQL database; it is not repeated.
    """


class PasswordInAddress(WrongAddress):
    """
    An address holds a password.
    """


class KeyFileMissing(WrongAddress):
    """
    An address comes without keys, for which it has no place.
    """


@final
class DriverMissing(Unavailable):
    """
    The extra ``[postgresql]`` is not installed.
    """

    code: ClassVar[str] = "unavailable.no_postgresql"


def is_server(database: str) -> bool:
    """
    Tell whether *database* is an address, and not the path of a file.

    Raises:
        WrongAddress: it is one of something else.
        PasswordInAddress: it holds a password.
    """
    return _address(database) is not None


def open_database(
    database: str,
    *,
    key_file: str | os.PathLike[str] | None,
    new: bool = False,
    standby: str | None = None,
    **parts: Unpack[Parts],
) -> Portal:
    """
    Return the portal on *database*; close it after use.

    Args:
        database: the path of a SQLite file, or the address of a PostgreSQL
            database, such as ``postgresql://portal@db.example.org/identities``,
            whose tables have to be there.
        key_file: the keys; beside the file by default.
        new: make the file, as `open_office` does.
        standby: the address of a server that follows *database*, for `reports`.
        parts: see `Parts`.

    Raises:
        WrongAddress, PasswordInAddress: as `is_server`; *standby* is the path of a
            file, or *database* is while there is a standby.
        KeyFileMissing: an address comes without *key_file*.
        DriverMissing: psycopg is not installed.
        FileUnavailable, StorageNotReady, StorageBusy: as `open_office`.
    """
    url = _address(database)
    second = None if standby is None else _address(standby)
    if standby is not None and (url is None or second is None):
        raise WrongAddress
    if url is None:
        return embedded.open_office(database, new=new, key_file=key_file, **parts)
    if key_file is None:
        raise KeyFileMissing
    with because_of_keys(Path(key_file)):
        keys = key_ring.load(Path(key_file))
    engine = _engine(url)
    try:
        migrations.check(engine)
        follower = None if second is None else open_standby(second)
        return portal_on(engine, keys, standby=follower, **parts)
    except Unavailable:
        engine.dispose()
        raise


def upgrade_tables(database: str) -> None:
    """
    Bring the tables of *database* up to date; a server without any gets them.

    Raises:
        WrongAddress, PasswordInAddress: as `is_server`.
        DriverMissing: psycopg is not installed.
        FileUnavailable, StorageNotReady, StorageBusy: as `upgrade_database`.
    """
    url = _address(database)
    if url is None:
        embedded.upgrade_database(Path(database))
        return
    engine = _engine(url)
    try:
        migrations.upgrade(engine)
    finally:
        engine.dispose()


def _address(database: str) -> URL | None:
    if "://" not in database:
        if _NO_PATH.match(database):
            raise WrongAddress
        return None
    try:
        url = make_url(database)
    except (ArgumentError, ValueError):
        raise WrongAddress from None
    if url.drivername not in _SCHEMES:
        raise WrongAddress
    if url.password or _SECRETS & url.query.keys():
        raise PasswordInAddress
    return url.set(drivername="postgresql")


def _engine(url: URL) -> Engine:
    try:
        return open_postgresql(url)
    except ModuleNotFoundError as error:
        raise DriverMissing from error
