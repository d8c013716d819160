"""
How are secret keys kept in a file, and how does a new one take over?
"""

import base64
import re
import stat
from pathlib import Path

import pytest

from winbooks_identity.adapters import key_ring


A = base64.urlsafe_b64encode(b"a" * 32).decode()
B = base64.urlsafe_b64encode(b"\xff" * 32).decode()


def written(path: Path, text: str, mode: int = 0o600) -> Path:
    """
    Return *path* after writing *text* to it.
    """
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)
    return path


class TestGenerateKey:
    """
    A key is fresh randomness.
    """

    def test_length(self) -> None:
        """
        It is as long as AES-256 wants it.
        """
        assert 32 == len(key_ring.generate_key())

    def test_differs(self) -> None:
        """
        No two of them are the same.
        """
        assert 100 == len({key_ring.generate_key() for _ in range(100)})


class TestCreate:
    """
    A new key ring holds one key, for its owner's eyes only.
    """

    def test_can_be_loaded(self, tmp_path: Path) -> None:
        """
        What is created loads.
        """
        key_ring.create(tmp_path / "keys")

        assert [32] == [len(key) for key in key_ring.load(tmp_path / "keys").values()]

    def test_is_private(self, tmp_path: Path) -> None:
        """
        Only the owner may read and write it.
        """
        key_ring.create(tmp_path / "keys")

        assert 0o600 == stat.S_IMODE((tmp_path / "keys").stat().st_mode)

    def test_says_what_it_is(self, tmp_path: Path) -> None:
        """
        Who opens the file reads what the order means, and one key.
        """
        key_ring.create(tmp_path / "keys")

        assert re.fullmatch(
            r"# The first key is in use, the others only open\.\n"
            r"[0-9a-f]{8} [A-Za-z0-9_-]{43}=\n",
            (tmp_path / "keys").read_text(encoding="ascii"),
        )

    def test_never_overwrites(self, tmp_path: Path) -> None:
        """
        Keys that are there already stay as they are.
        """
        path = written(tmp_path / "keys", f"a {A}\n")

        with pytest.raises(FileExistsError):
            key_ring.create(path)

        assert f"a {A}\n" == path.read_text(encoding="ascii")


class TestLoad:
    """
    A key ring is a line for each key; the first one is in use.
    """

    def test_keeps_the_order(self, tmp_path: Path) -> None:
        """
        Comments and empty lines do not count.
        """
        path = written(tmp_path / "keys", f"# Keys\n\nnew-1 {B}\n# Old\nold {A}\n")

        assert [("new-1", b"\xff" * 32), ("old", b"a" * 32)] == list(
            key_ring.load(path).items()
        )

    @pytest.mark.parametrize("mode", [0o640, 0o620, 0o604, 0o602, 0o610, 0o601])
    def test_refuses_what_others_may_touch(self, tmp_path: Path, mode: int) -> None:
        """
        A key that others could read or replace is no secret.
        """
        path = written(tmp_path / "keys", f"a {A}\n", mode)

        with pytest.raises(PermissionError):
            key_ring.load(path)

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "# Nothing\n",
            f"{A}\n",
            f"a  {A}\n",
            f" a {A}\n",
            f"A {A}\n",
            f"{'a' * 33} {A}\n",
            f"a {A[:-5]}=\n",
            f"a {A} more\n",
            f"a {A}\na {B}\n",
            f"é {A}\n",
        ],
        ids=[
            "empty",
            "comments only",
            "no id",
            "two blanks",
            "indented",
            "capital",
            "long id",
            "short key",
            "more",
            "id twice",
            "accent",
        ],
    )
    def test_refuses_what_is_no_key_ring(self, tmp_path: Path, text: str) -> None:
        """
        The refusal names the file and repeats nothing of it.
        """
        path = written(tmp_path / "keys", text)

        with pytest.raises(ValueError, match="keys") as refusal:
            key_ring.load(path)

        assert A[:8] not in str(refusal.value)

    def test_an_id_of_32_characters(self, tmp_path: Path) -> None:
        """
        That is the longest one.
        """
        path = written(tmp_path / "keys", f"{'a' * 32} {A}\n")

        assert {"a" * 32: b"a" * 32} == key_ring.load(path)


class TestRotate:
    """
    A new key takes over; the old ones still open.
    """

    def test_puts_a_new_key_in_front(self, tmp_path: Path) -> None:
        """
        The others follow in their order, and the comments stay.
        """
        path = written(tmp_path / "keys", f"# Of the Portal\nb {B}\na {A}\n")

        key_ring.rotate(path)

        _, *others = key_ring.load(path).items()
        assert [("b", b"\xff" * 32), ("a", b"a" * 32)] == others
        assert "# Of the Portal\n" in path.read_text(encoding="ascii")

    def test_says_what_it_is_once(self, tmp_path: Path) -> None:
        """
        Two rotations leave one heading and three keys.
        """
        path = tmp_path / "keys"
        key_ring.create(path)

        key_ring.rotate(path)
        key_ring.rotate(path)

        lines = path.read_text(encoding="ascii").splitlines()
        assert [True, False, False, False] == [line[0] == "#" for line in lines]

    def test_stays_private(self, tmp_path: Path) -> None:
        """
        The file is replaced by one that is as private, and nothing else is left.
        """
        path = written(tmp_path / "keys", f"a {A}\n")

        key_ring.rotate(path)

        assert 0o600 == stat.S_IMODE(path.stat().st_mode)
        assert [path] == list(tmp_path.iterdir())

    def test_one_at_a_time(self, tmp_path: Path) -> None:
        """
        A second rotation beside the first changes nothing.
        """
        path = written(tmp_path / "keys", f"a {A}\n")
        written(tmp_path / "keys.new", "")

        with pytest.raises(FileExistsError):
            key_ring.rotate(path)

        assert f"a {A}\n" == path.read_text(encoding="ascii")

    def test_refuses_what_is_no_key_ring(self, tmp_path: Path) -> None:
        """
        A file that would not load is not made worse.
        """
        path = written(tmp_path / "keys", "no key\n")

        with pytest.raises(ValueError, match="line 1"):
            key_ring.rotate(path)

        assert "no key\n" == path.read_text(encoding="ascii")
