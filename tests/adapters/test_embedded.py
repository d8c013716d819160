"""
What the embedded default says of files that it cannot use.
"""

import subprocess
import sys
from pathlib import Path

import pytest

from winbooks_identity.adapters.embedded import open_office
from winbooks_identity.adapters.files import (
    FileDenied,
    FileMissing,
    FileUnavailable,
    NotAKeyRing,
    because,
)
from winbooks_identity.testing import samples


class TestKeys:
    """
    The keys that seal the mails lie in a file of their own.
    """

    def test_a_folder_that_is_missing(self, tmp_path: Path) -> None:
        """
        No folder is made for them.
        """
        with (
            pytest.raises(FileMissing),
            open_office(
                tmp_path / "o.sqlite3", new=True, key_file=tmp_path / "no" / "keys"
            ),
        ):
            pass

    def test_a_file_that_holds_none(self, tmp_path: Path) -> None:
        """
        Something else is not taken for keys.
        """
        file = tmp_path / "keys"
        file.touch(mode=0o600)

        with (
            pytest.raises(NotAKeyRing),
            open_office(tmp_path / "o.sqlite3", new=True, key_file=file),
        ):
            pass

    def test_a_folder_in_their_place(self, tmp_path: Path) -> None:
        """
        A folder holds no keys.
        """
        with (
            pytest.raises(FileUnavailable),
            open_office(tmp_path / "o.sqlite3", new=True, key_file=tmp_path),
        ):
            pass


class TestOpenedTwice:
    """
    A process may open one file again; SQLite's locks are those of the process.
    """

    def test_what_is_stored_stays(self, tmp_path: Path) -> None:
        """
        Another process that takes itself for the last user does not remove the log.
        """
        path = tmp_path / "o.sqlite3"
        other = (
            "import sqlite3, sys\n"
            "connection = sqlite3.connect(sys.argv[1])\n"
            "print(connection.execute('SELECT count(*) FROM winbooks_user').fetchone())\n"
            "connection.close()"
        )
        look = [sys.executable, "-c", other, str(path)]
        with open_office(path, new=True) as office:
            office.storage.run(
                lambda unit: unit.licences.register(samples.licence(), [])
            )
            with open_office(path):
                subprocess.run(look, check=True)  # noqa: S603  Our own program.
                office.storage.run(lambda unit: unit.users.add(samples.user()))
                found = subprocess.check_output(look, text=True)  # noqa: S603  As above.

        assert "(1,)\n" == found


class TestBecause:
    """
    What the operating system says is said in one of three sentences.
    """

    @pytest.mark.parametrize(
        "error,expected",
        [
            (FileNotFoundError(), FileMissing),
            (NotADirectoryError(), FileMissing),
            (PermissionError(), FileDenied),
            (IsADirectoryError(), FileUnavailable),
        ],
    )
    def test_each(self, error: OSError, expected: type[FileUnavailable]) -> None:
        """
        Missing, forbidden, or unusable for another reason.
        """
        assert expected is type(because(error, Path("o.sqlite3")))
