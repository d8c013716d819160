"""
How are secret keys kept in a file, and how does a new one take over?
"""

import base64
import errno
import os
import re
import stat
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from winbooks_identity.adapters import key_ring, private_files


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
            r"[0-9a-f]{8} [A-Za-z0-9_-]{43}= \d{4}-\d\d-\d\d\n",
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

    @pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
    def test_a_comment_in_any_encoding(self, tmp_path: Path, encoding: str) -> None:
        """
        It stays, octet by octet.
        """
        path = tmp_path / "keys"
        comment = "# Clés du bureau\n".encode(encoding)
        path.write_bytes(comment + f"a {A}\n".encode())
        path.chmod(0o600)

        key_ring.rotate(path)
        new = key_ring.rotate(path)

        assert comment in path.read_bytes()
        assert [new.id, "a"] == [*key_ring.load(path)][::2]
        assert [path] == list(tmp_path.iterdir())

    @pytest.mark.parametrize("step", [key_ring.create, key_ring.rotate])
    def test_a_drive_that_fails(
        self,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        step: Callable[[Path], object],
    ) -> None:
        """
        Half of a key ring is not left beside the keys.
        """

        def fail(descriptor: int) -> None:
            raise OSError(errno.ENOSPC, "no space", descriptor)

        path = tmp_path / "keys"
        if step is key_ring.rotate:
            written(path, f"a {A}\n")
        before = [*tmp_path.iterdir()]
        monkeypatch.setattr(os, "fsync", fail)

        with pytest.raises(OSError, match="no space"):
            step(path)

        assert before == [*tmp_path.iterdir()]

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

    def test_what_a_killed_rotation_left_is_no_obstacle(self, tmp_path: Path) -> None:
        """
        The file beside the keys belongs to the rotation that holds the lock.
        """
        path = written(tmp_path / "keys", f"a {A}\n")
        written(tmp_path / "keys.new", f"b {B[:7]}")

        new = key_ring.rotate(path)

        assert [new.id, "a"] == [*key_ring.load(path)]
        assert [path] == list(tmp_path.iterdir())

    def test_a_link_stays_a_link(self, tmp_path: Path) -> None:
        """
        The file that a link leads to is replaced, in its own folder.
        """
        place = tmp_path / "secrets"
        place.mkdir()
        path = written(place / "keys", f"a {A}\n")
        link = tmp_path / "keys"
        link.symlink_to(path)

        new = key_ring.rotate(link)

        assert link.is_symlink()
        assert [new.id, "a"] == [*key_ring.load(path)] == [*key_ring.load(link)]
        assert [path] == list(place.iterdir())

    def test_keeps_the_owner(self, tmp_path: Path) -> None:
        """
        Whoever rotates, the program that owned the keys still reads them.
        """
        path = written(tmp_path / "keys", f"a {A}\n", 0o400)
        is_root = os.geteuid() == 0
        owner = (12345, 23456) if is_root else (os.geteuid(), os.getgroups()[-1])
        os.chown(path, *owner)

        key_ring.rotate(path)

        found = path.stat()
        assert (*owner, 0o400) == (
            found.st_uid,
            found.st_gid,
            stat.S_IMODE(found.st_mode),
        )

    def test_changes_nothing_where_it_cannot_keep_the_owner(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        Keys that their program cannot read would stop every mail.
        """

        def denied(path: Path, owner: int, group: int) -> None:
            raise PermissionError(path, owner, group)

        path = written(tmp_path / "keys", f"a {A}\n")
        monkeypatch.setattr(os, "chown", denied)

        with pytest.raises(PermissionError):
            key_ring.rotate(path)

        assert f"a {A}\n" == path.read_text(encoding="ascii")
        assert [path] == list(tmp_path.iterdir())

    @pytest.mark.slow
    def test_a_file_that_was_replaced_while_it_waited(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        It looks again, so that the key of the other rotation stays.
        """
        path = written(tmp_path / "keys", f"b {B}\n")
        others = [written(tmp_path / "other", f"a {A}\nb {B}\n")]

        def wait(_: object) -> None:
            if others:
                others.pop().replace(path)

        monkeypatch.setattr(private_files, "_wait_for_lock", wait)
        key_ring.rotate(path)

        assert ["a", "b"] == [entry.id for entry in key_ring.entries(path)][1:]

    def test_many_at_one_time(self, tmp_path: Path) -> None:
        """
        Of rotations in several processes, each puts its key in front.
        """
        path = written(tmp_path / "keys", f"a {A}\n")
        script = (
            "from pathlib import Path\n"
            "from winbooks_identity.adapters import key_ring\n"
            f"for _ in range(10): key_ring.rotate(Path({str(path)!r}))\n"
        )

        command = [sys.executable, "-c", script]
        runs = [subprocess.Popen(command) for _ in range(4)]  # noqa: S603

        assert [0] * 4 == [run.wait(timeout=60) for run in runs]
        assert 41 == len(key_ring.load(path))

    @pytest.mark.slow
    def test_killed_at_any_time(self, tmp_path: Path) -> None:
        """
        The file holds the keys from before or one more, and the next one works.
        """
        path = written(tmp_path / "keys", f"a {A}\n")
        script = (
            "from pathlib import Path\n"
            "from winbooks_identity.adapters import key_ring\n"
            "print(flush=True)\n"
            f"while True: key_ring.rotate(Path({str(path)!r}))\n"
        )
        known = ["a"]

        for _ in range(20):
            command = [sys.executable, "-c", script]
            with subprocess.Popen(command, stdout=subprocess.PIPE) as run:  # noqa: S603
                assert run.stdout is not None
                run.stdout.readline()
                run.kill()
            found = [*key_ring.load(path)]
            assert known == found[-len(known) :]
            known = [key_ring.rotate(path).id, *found]

        assert [path] == list(tmp_path.iterdir())

    def test_refuses_what_is_no_key_ring(self, tmp_path: Path) -> None:
        """
        A file that would not load is not made worse.
        """
        path = written(tmp_path / "keys", "no key\n")

        with pytest.raises(ValueError, match="line 1"):
            key_ring.rotate(path)

        assert "no key\n" == path.read_text(encoding="ascii")


class TestEntries:
    """
    What may be shown of the keys: ids and days, never a secret.
    """

    def test_new_keys_have_their_day(self, tmp_path: Path) -> None:
        """
        The day, in UTC, when a key was made stands behind it.
        """
        before = datetime.now(UTC).date()
        key_ring.create(tmp_path / "keys")
        key_ring.rotate(tmp_path / "keys")
        after = datetime.now(UTC).date()

        days = [entry.made_on for entry in key_ring.entries(tmp_path / "keys")]

        assert [True, True] == [
            day is not None and before <= day <= after for day in days
        ]

    def test_a_day_is_optional(self, tmp_path: Path) -> None:
        """
        Keys that were written by hand have none.
        """
        path = written(tmp_path / "keys", f"b {B} 2026-11-27\na {A}\n")

        assert [
            key_ring.Entry(id="b", made_on=date(2026, 11, 27)),
            key_ring.Entry(id="a", made_on=None),
        ] == key_ring.entries(path)
        assert [*key_ring.load(path)] == ["b", "a"]

    def test_a_day_that_is_none(self, tmp_path: Path) -> None:
        """
        The line is no key.
        """
        path = written(tmp_path / "keys", f"b {B} 2026-11-31\n")

        with pytest.raises(ValueError, match="line 1"):
            key_ring.load(path)


class TestRemove:
    """
    Old keys go; what they sealed is lost for good.
    """

    def test_removes(self, tmp_path: Path) -> None:
        """
        The others and the comments stay.
        """
        path = written(tmp_path / "keys", f"# Ours\nc {A}\nb {B}\na {A}\n")

        key_ring.remove(path, ["a", "b"])

        assert ["c"] == [*key_ring.load(path)]
        assert "# Ours\n" in path.read_text(encoding="ascii")

    def test_never_the_one_in_use(self, tmp_path: Path) -> None:
        """
        What is new would have no key.
        """
        path = written(tmp_path / "keys", f"b {B}\na {A}\n")

        with pytest.raises(ValueError, match="key b is in use"):
            key_ring.remove(path, ["b", "a"])

        assert ["b", "a"] == [*key_ring.load(path)]

    def test_an_unknown_one(self, tmp_path: Path) -> None:
        """
        One misspelled id, and nothing changes.
        """
        path = written(tmp_path / "keys", f"b {B}\na {A}\n")

        with pytest.raises(KeyError, match="x"):
            key_ring.remove(path, ["a", "x"])

        assert ["b", "a"] == [*key_ring.load(path)]
