"""
How is a SQLite file copied while others work with it?

SQLite's online backup reads one state of it, log included; a copy of the files
would mix several ("How To Corrupt An SQLite Database File", 1.2).
"""

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from tempfile import mkstemp
from typing import Any, Final

from sqlalchemy.exc import DBAPIError

from ...errors import StorageNotReady
from ...services.mails import HELD
from ..files import FileMissing, because
from .failures import of_statement
from .forks import connect_sqlite
from .mails import NOW_OF_SQLITE
from .sqlite_engine import open_sqlite


__all__ = ["back_up_sqlite"]

_FIND_OUTBOX: Final = (
    "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'winbooks_outbox'"
)


def back_up_sqlite(source: Path, target: Path) -> None:
    """
    Copy the SQLite file *source*, in use or not, to the new file *target*.

    The copy is made beside *target*, checked, and put in its place whole, for
    its owner's eyes only.  Nothing is overwritten.  Writers go on meanwhile; what
    they commit after the beginning is not in it.  The mails that wait are held back
    in the copy, as by `MailService.hold`: when it is used, they may have been sent.
    For the same reason no link that was asked for waits in it.

    Raises:
        FileUnavailable: a folder is missing or may not be used; `FileExists`
            where *target* is there already.
        StorageBusy: *source* is locked for too long, or the drive is full.
        StorageNotReady: *source* is damaged, or no SQLite file.
    """
    if not source.exists():
        raise FileMissing(source)
    unfinished = _new_file_beside(target)
    try:
        _copy(source, unfinished)
        _put_in_place(unfinished, target)
    finally:
        # Where the drive failed, SQLite's own files may be left as well.
        for suffix in ("", "-journal", "-wal", "-shm"):
            unfinished.with_name(unfinished.name + suffix).unlink(missing_ok=True)


def _new_file_beside(target: Path) -> Path:
    try:
        descriptor, name = mkstemp(prefix=f".{target.name}.", dir=target.parent)
    except OSError as error:
        raise because(error, target) from error
    os.close(descriptor)
    return Path(name)


def _copy(source: Path, target: Path) -> None:
    engine = open_sqlite(source)
    try:
        with closing(connect_sqlite(str(target), timeout=0)) as copy:
            with closing(engine.raw_connection()) as connection:
                driver: Any = connection.driver_connection
                driver.backup(copy)
            # One file, without a log beside it, until it is opened.
            copy.execute("PRAGMA journal_mode = DELETE")
            _leave_nothing_to_relays(copy)
            (found,) = copy.execute("PRAGMA integrity_check(1)").fetchone()
    except sqlite3.Error as error:
        wrapped = DBAPIError.instance("BACKUP", None, error, sqlite3.Error)
        raise of_statement(wrapped) from error
    finally:
        engine.dispose()
    if found != "ok":
        raise StorageNotReady("the file is damaged")


def _leave_nothing_to_relays(copy: sqlite3.Connection) -> None:
    if copy.execute(_FIND_OUTBOX).fetchone() is None:
        return  # A file without our tables has no mails.
    with copy:
        (now,) = copy.execute(NOW_OF_SQLITE).fetchone()
        copy.execute(
            "UPDATE winbooks_outbox SET state = 'dead', done_at = ?, reason = ?,"
            " lease = NULL WHERE state = 'waiting'",
            (now, HELD),
        )
        # Who asked had their answer since, or can ask again.
        copy.execute("DELETE FROM winbooks_link_request")


def _put_in_place(unfinished: Path, target: Path) -> None:
    try:
        # To take the name first is what refuses to overwrite.
        target.touch(mode=0o600, exist_ok=False)
        unfinished.replace(target)
        folder = os.open(target.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)
    except OSError as error:
        raise because(error, target) from error
