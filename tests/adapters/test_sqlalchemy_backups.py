"""
A copy of a SQLite file is one state of it, whole and for its owner only.
"""

import resource
import sqlite3
import stat
from collections.abc import Generator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest
from sqlalchemy import Engine

from winbooks_identity.adapters.files import FileExists, FileMissing
from winbooks_identity.adapters.sqlalchemy import (
    SqlAlchemyOutboxQueue,
    SqlAlchemyStorage,
    open_sqlite,
)
from winbooks_identity.adapters.sqlalchemy.backups import back_up_sqlite
from winbooks_identity.errors import StorageBusy, StorageNotReady
from winbooks_identity.mail.link_request import LinkRequest
from winbooks_identity.ports import UnitOfWork
from winbooks_identity.testing import samples


def tables(path: Path) -> tuple[int, int, int]:
    """
    Return how many users, credentials and mails are in the file.
    """
    with closing(sqlite3.connect(path)) as connection:
        users, credentials, mails = (
            connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608  Our names.
            for table in ("winbooks_user", "winbooks_credential", "winbooks_outbox")
        )
    return users, credentials, mails


def waiting(path: Path) -> int:
    """
    Return how many mails of the file a relay would send.
    """
    with closing(sqlite3.connect(path)) as connection:
        statement = "SELECT count(*) FROM winbooks_outbox WHERE state = 'waiting'"
        number: int = connection.execute(statement).fetchone()[0]
    return number


def asked_for(unit: UnitOfWork) -> Sequence[LinkRequest]:
    """
    Return the links that were asked for and wait.
    """
    return unit.link_requests.waiting(after=None, limit=9)


@contextmanager
def no_file_larger_than(size: int) -> Generator[None, None, None]:
    """
    Let the system refuse what is written behind *size* bytes of a file.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


class TestBackUp:
    """
    No one stops for it, and nothing half done is in it.
    """

    def test_while_others_write(
        self, sqlite: Engine, sqlite_path: Path, tmp_path: Path
    ) -> None:
        """
        Each copy has whole units of work only.
        """
        storage = SqlAlchemyStorage(sqlite)
        storage.run(lambda unit: unit.licences.register(samples.licence(), []))
        begun, ends = Event(), Event()

        def create_for_ever() -> None:
            number = 0
            while not ends.is_set():
                name = f"u{number}"

                def work(unit: UnitOfWork, name: str = name) -> None:
                    unit.users.add(samples.user(name))
                    unit.credentials.put(samples.credential(name))
                    unit.outbox.put(samples.mail(f"to {name}", to=name))

                storage.run(work)
                number += 1
                begun.set()

        thread = Thread(target=create_for_ever)
        thread.start()
        begun.wait(10)
        copies = [tmp_path / f"copy{number}" for number in range(10)]
        for copy in copies:
            back_up_sqlite(sqlite_path, copy)
        ends.set()
        thread.join()

        found = [tables(copy) for copy in copies]
        assert found == sorted(found)
        assert found[-1][0] > 0
        assert all(users == kept == mails for users, kept, mails in found)

    def test_what_is_only_in_the_log(
        self, sqlite: Engine, sqlite_path: Path, tmp_path: Path
    ) -> None:
        """
        It is in the copy, which is one file that serves as a database at once.
        """
        storage = SqlAlchemyStorage(sqlite)
        storage.run(lambda unit: unit.licences.register(samples.licence(), []))

        back_up_sqlite(sqlite_path, tmp_path / "copy")

        assert ["copy"] == [each.name for each in tmp_path.glob("*copy*")]
        engine = open_sqlite(tmp_path / "copy")
        found = SqlAlchemyStorage(engine).run(lambda unit: unit.licences.find("4711"))
        engine.dispose()
        assert samples.licence() == found

    def test_what_relays_would_do_again(
        self, sqlite: Engine, sqlite_path: Path, tmp_path: Path
    ) -> None:
        """
        Mails that wait are held back, and links that were asked for are not made.
        """
        storage = SqlAlchemyStorage(sqlite)

        def work(unit: UnitOfWork) -> None:
            unit.licences.register(samples.licence(), [])
            unit.users.add(samples.user())
            unit.outbox.put(samples.mail())
            unit.link_requests.put(samples.link_request())

        storage.run(work)

        back_up_sqlite(sqlite_path, tmp_path / "copy")

        engine = open_sqlite(tmp_path / "copy")
        copied = SqlAlchemyStorage(engine).read(asked_for)
        reasons = SqlAlchemyOutboxQueue(engine).statistics().reasons
        engine.dispose()
        assert ({"mail.held": 1}, []) == (reasons, [*copied])
        assert [samples.link_request()] == [*storage.read(asked_for)]
        assert 1 == waiting(sqlite_path)

    def test_a_drive_with_little_room(
        self, sqlite: Engine, sqlite_path: Path, tmp_path: Path
    ) -> None:
        """
        A copy is done with its mails held back, or it is not there.
        """
        storage = SqlAlchemyStorage(sqlite)

        def work(unit: UnitOfWork) -> None:
            unit.licences.register(samples.licence(), [])
            unit.users.add(samples.user())
            for number in range(300):
                unit.outbox.put(samples.mail(f"mail {number}"))

        storage.run(work)
        sqlite.dispose()
        size = sqlite_path.stat().st_size
        failed = 0

        for more in range(-4096, 65_536, 4096):
            copy = tmp_path / f"copy{more}"
            try:
                with no_file_larger_than(size + more):
                    back_up_sqlite(sqlite_path, copy)
            except StorageBusy:
                failed += 1
                assert not [*tmp_path.glob("*copy*")]
            else:
                assert 0 == waiting(copy)
                copy.unlink()

        # The copy itself fails at the first size, and the holding at others.
        assert 1 < failed < 17

    def test_a_database_of_others(self, tmp_path: Path) -> None:
        """
        What has no mails is copied as it is.
        """
        with closing(sqlite3.connect(tmp_path / "theirs")) as connection:
            connection.execute("CREATE TABLE letter (text)")

        back_up_sqlite(tmp_path / "theirs", tmp_path / "copy")

        with closing(sqlite3.connect(tmp_path / "copy")) as connection:
            found = connection.execute("SELECT name FROM sqlite_master").fetchall()
        assert [("letter",)] == found

    def test_it_is_for_its_owner(self, sqlite_path: Path, tmp_path: Path) -> None:
        """
        What is in the database is in the copy.
        """
        back_up_sqlite(sqlite_path, tmp_path / "copy")

        assert 0o600 == stat.S_IMODE((tmp_path / "copy").stat().st_mode)

    def test_nothing_is_overwritten(self, sqlite_path: Path, tmp_path: Path) -> None:
        """
        Not even an empty file, and nothing else is left behind.
        """
        (tmp_path / "copy").touch()

        with pytest.raises(FileExists, match="copy"):
            back_up_sqlite(sqlite_path, tmp_path / "copy")

        assert b"" == (tmp_path / "copy").read_bytes()
        assert ["copy"] == [each.name for each in tmp_path.glob("*copy*")]

    @pytest.mark.parametrize(
        "source, target", [("no", "copy"), ("identities.db", "no/copy")]
    )
    def test_what_is_missing(
        self, sqlite_path: Path, tmp_path: Path, source: str, target: str
    ) -> None:
        """
        It is named, and not made.
        """
        assert sqlite_path.exists()

        with pytest.raises(FileMissing, match="no"):
            back_up_sqlite(tmp_path / source, tmp_path / target)

        assert ["identities.db"] == [each.name for each in tmp_path.iterdir()]

    def test_a_damaged_file(
        self, sqlite: Engine, sqlite_path: Path, tmp_path: Path
    ) -> None:
        """
        No copy is better than one that is trusted and damaged.
        """
        sqlite.dispose()
        content = bytearray(sqlite_path.read_bytes())
        content[4096:8192] = bytes(4096)
        sqlite_path.write_bytes(content)

        with pytest.raises(StorageNotReady, match="damaged"):
            back_up_sqlite(sqlite_path, tmp_path / "copy")

        assert not list(tmp_path.glob("*copy*"))

    def test_a_file_that_is_no_database(self, tmp_path: Path) -> None:
        """
        What the driver says reaches no one.
        """
        (tmp_path / "letter").write_text("Dear Ada, " * 1000)

        with pytest.raises(StorageNotReady):
            back_up_sqlite(tmp_path / "letter", tmp_path / "copy")
