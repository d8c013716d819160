"""
How does everything fit together on one machine, without a server?

A SQLite file holds the data, a key ring beside it the keys that seal the mails.
Whoever has both can read the mails that wait: keep them apart in backups.
"""

import os
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from sqlite3 import SQLITE_NOTADB, DatabaseError
from typing import Final, Self, final

import attrs
from sqlalchemy import Engine, select

from ..errors import Unavailable
from ..mail.relay import Relay
from ..passwords import PasswordPolicy
from ..portal_user import PortalUser
from ..ports import Letters, Mailer, PasswordHasher
from ..services.provisioning import ProvisioningService
from ..winbooks_id import WinBooksId
from . import key_ring
from .aesgcm import AesGcmSealer
from .argon2 import Argon2Hasher
from .files import FileDenied, FileMissing, NotADatabase, NotAKeyRing, because
from .letters import StandardLetters
from .sqlalchemy import (
    SqlAlchemyOutboxQueue,
    SqlAlchemyStorage,
    migrations,
    open_sqlite,
)
from .sqlalchemy.forks import connect_sqlite
from .sqlalchemy.schema import LICENCE


__all__ = [
    "EmbeddedOffice",
    "is_there",
    "key_file_of",
    "open_office",
    "upgrade_database",
]

#: Addresses that nobody has (RFC 2606, 3): for mails that only get looked at.
INVENTED_SENDER: Final = "portal@winbooks.example"
INVENTED_PORTAL: Final = "https://portal.winbooks.example/"


@final
@attrs.frozen(kw_only=True)
class EmbeddedOffice:
    """
    The service and its real parts, on one SQLite file; close it after use.
    """

    service: ProvisioningService
    storage: SqlAlchemyStorage
    queue: SqlAlchemyOutboxQueue
    _engine: Engine = attrs.field(alias="engine")
    _sealer: AesGcmSealer = attrs.field(alias="sealer")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """
        Let go of the file.
        """
        self._engine.dispose()

    def relay(self, mailer: Mailer) -> Relay:
        """
        Return what takes the mails that wait to *mailer*.
        """
        return Relay(self.queue, mailer, self._sealer)

    def owner_of(self, winbooks_id: WinBooksId) -> PortalUser | None:
        """
        Return who has that ID, in whatever licence.

        Only whoever has the file can ask this: `ProvisioningService.find`
        keeps to one licence.
        """
        return self.storage.run(
            lambda unit: unit.users.find_by_winbooks_id(winbooks_id)
        )

    def licences(self) -> Sequence[str]:
        """
        Return the numbers of all licences in the file, in their order.
        """
        with self._engine.connect() as connection:
            numbers = select(LICENCE.c.number).order_by(LICENCE.c.number)
            return connection.scalars(numbers).all()


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
    database: Path,
    *,
    new: bool = False,
    key_file: Path | None = None,
    policy: PasswordPolicy | None = None,
    hasher: PasswordHasher | None = None,
    letters: Letters | None = None,
) -> EmbeddedOffice:
    """
    Return the embedded default on the SQLite file *database*.

    Args:
        database: the file.
        new: make the file, with its tables; otherwise it has to be there, and
            its tables are looked at and not changed.
        key_file: the key ring; beside the database by default, and made with
            a new database.
        policy: what passwords keep to; the Portal's by default.
        hasher: turns passwords into what is stored; Argon2id by default.
        letters: puts the mails into words; those of the Portal with invented
            addresses by default, which is enough to look at them.

    Raises:
        FileUnavailable: a file is missing, may not be used, or is of another
            kind.
        StorageNotReady: the tables are those of another version.
        StorageBusy: somebody else works on the file for too long.
    """
    keys = key_file or key_file_of(database)
    _ensure_usable(database, new=new)
    if new:
        _make_keys(keys)
    engine = open_sqlite(database)
    try:
        (migrations.upgrade if new else migrations.check)(engine)
        sealer = AesGcmSealer(_load_keys(keys))
    except Unavailable:
        engine.dispose()
        raise
    storage = SqlAlchemyStorage(engine)
    return EmbeddedOffice(
        service=ProvisioningService(
            storage,
            hasher=hasher or Argon2Hasher(),
            letters=letters or StandardLetters(INVENTED_SENDER, INVENTED_PORTAL),
            sealer=sealer,
            policy=policy,
        ),
        storage=storage,
        queue=SqlAlchemyOutboxQueue(engine),
        engine=engine,
        sealer=sealer,
    )


def upgrade_database(database: Path) -> None:
    """
    Bring the tables in the SQLite file *database* up to date.

    Raises:
        FileUnavailable: the file is missing, may not be used, or is of another
            kind.
        StorageBusy: somebody else works on the file for too long.
    """
    _ensure_usable(database, new=False)
    engine = open_sqlite(database)
    try:
        migrations.upgrade(engine)
    finally:
        engine.dispose()


def _ensure_usable(database: Path, *, new: bool) -> None:
    if not new and not is_there(database):
        raise FileMissing(database)
    place = database if database.exists() else database.parent
    try:
        if not os.access(place, os.R_OK | os.W_OK):
            place.stat()  # A missing folder is told from a forbidden one.
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


def _make_keys(file: Path) -> None:
    try:
        if not file.exists():
            key_ring.create(file)
    except OSError as error:
        raise because(error, file) from error


def _load_keys(file: Path) -> Mapping[str, bytes]:
    try:
        return key_ring.load(file)
    except PermissionError as error:
        # Either we may not read it, or others may.
        is_readable = os.access(file, os.R_OK)
        raise (NotAKeyRing(file) if is_readable else FileDenied(file)) from error
    except OSError as error:
        raise because(error, file) from error
    except ValueError as error:
        raise NotAKeyRing(file) from error
