"""
What the embedded default says of files that it cannot use.
"""

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
