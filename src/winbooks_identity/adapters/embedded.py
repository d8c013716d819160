"""
How does everything fit together on one machine, without a server?

A SQLite file holds the data, a key ring beside it the keys that seal the mails.
Both together open the mails that wait: keep them apart in backups.
"""

import os
from contextlib import closing
from pathlib import Path
from sqlite3 import SQLITE_NOTADB, DatabaseError
from typing import Unpack

from ..portal import Portal
from . import key_ring
from .files import FileDenied, FileMissing, NotADatabase, because, because_of_keys
from .opening import Parts, portal_on
from .sqlalchemy import migrations, open_sqlite
from .sqlalchemy.backups import back_up_sqlite
from .sqlalchemy.forks import connect_sqlite


__all__ = [
    "back_up_database",
    "is_there",
    "key_file_of",
    "open_office",
    "upgrade_database",
]


def key_file_of(database: Path) -> Path:
    """
    Return where the key ring of *database* lies unless said otherwise.
    """
    return database.with_name(f"{database.name}.key")


def is_there(database: Path) -> bool:
    """
    Tell whether the file *database* has been made; an empty one has not.
    """
    return database.exists() and (database.is_dir() or database.stat().st_size > 0)


def open_office(
    database: str | os.PathLike[str],
    *,
    new: bool = False,
    key_file: str | os.PathLike[str] | None = None,
    **parts: Unpack[Parts],
) -> Portal:
    """
    Return the portal on the SQLite file *database*; close it after use.

    Args:
        database: the file.
        new: make the file, with its tables; otherwise it has to be there, and
            its tables are looked at and not changed.
        key_file: the key ring; beside the database by default, and made with
            a new database.
        parts: see `opening.Parts`.

    Raises:
        FileUnavailable: a file is missing, may not be used, or is of another
            kind.
        StorageNotReady: the tables are those of another version.
        StorageBusy: another program works on the file for too long.
    """
    file = Path(database)
    keys = Path(key_file) if key_file is not None else key_file_of(file)
    _ensure_usable(file, new=new)
    with because_of_keys(keys):
        if new and not keys.exists():
            key_ring.create(keys)
    engine = open_sqlite(file)
    try:
        (migrations.upgrade if new else migrations.check)(engine)
        with because_of_keys(keys):
            ring = key_ring.load(keys)
        return portal_on(engine, ring, **parts)
    except BaseException:
        engine.dispose()
        raise


def upgrade_database(database: Path) -> None:
    """
    Bring the tables in the SQLite file *database* up to date.

    Raises:
        FileUnavailable: the file is missing, may not be used, or is of another
            kind.
        StorageBusy: another program works on the file for too long.
    """
    _ensure_usable(database, new=False)
    engine = open_sqlite(database)
    try:
        migrations.upgrade(engine)
    finally:
        engine.dispose()


def back_up_database(database: Path, copy: Path) -> None:
    """
    Copy the SQLite file *database*, in use or not, to the new file *copy*.

    The keys are not in it: keep their copies in another place.

    Raises:
        FileUnavailable: the file is missing, may not be used, or is of another
            kind; or *copy* cannot be made, or is there already.
        StorageNotReady: the file is damaged.
        StorageBusy: another program locks the file for too long, or the drive is
            full.
    """
    _ensure_usable(database, new=False)
    back_up_sqlite(database, copy)


def _ensure_usable(database: Path, *, new: bool) -> None:
    if not new and not is_there(database):
        raise FileMissing(database)
    place = database if database.exists() else database.parent
    try:
        if not os.access(place, os.R_OK | os.W_OK):
            place.stat()  # A missing folder differs from a forbidden one.
            raise FileDenied(place)  # pragma: no cover  Nothing is denied to root.
        if is_there(database) and not _is_sqlite(database):
            raise NotADatabase(database)
    except OSError as error:
        raise because(error, place) from error


def _is_sqlite(file: Path) -> bool:
    if file.is_dir():
        raise IsADirectoryError
    # SQLite itself looks: to open and close the file here would take the locks
    # away that this process holds on it ("How To Corrupt ...", 2.2).
    try:
        with closing(connect_sqlite(str(file), timeout=0)) as connection:
            connection.execute("PRAGMA schema_version")
    except DatabaseError as error:
        return error.sqlite_errorcode != SQLITE_NOTADB
    return True
