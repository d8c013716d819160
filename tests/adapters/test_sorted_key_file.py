"""
A long list of leaked passwords is a sorted file, of which a block is read at a time.
"""

import os
import resource
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha1
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from winbooks_identity.adapters.sorted_key_file import SortedKeyFile, keys_in_text
from winbooks_identity.passwords.breached import Found, NotFound, NotReachable, key_of


def keys(count: int) -> list[bytes]:
    """
    Return the keys of so many passwords.
    """
    return [key_of(str(number)) for number in range(count)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """
    Return where a file goes.
    """
    return tmp_path / "leaked.keys"


class TestWrite:
    """
    The keys are in order, once each, and need not fit into memory.
    """

    @pytest.mark.parametrize("size", [1, 2, 3, 100])
    @pytest.mark.parametrize("at_a_time", [1, 7, 1000])
    def test_finds_what_was_written(
        self, size: int, at_a_time: int, path: Path
    ) -> None:
        """
        Every key that was written is found, and no other.
        """
        there, absent = keys(2 * size)[:size], keys(2 * size)[size:]

        count = SortedKeyFile.write(path, there * 2, at_a_time=at_a_time)

        with SortedKeyFile(path) as file:
            assert [Found(1)] * size == [file.look_up(key) for key in there]
            assert [NotFound()] * size == [file.look_up(key) for key in absent]
        assert size == count

    def test_leaves_nothing_else(self, path: Path) -> None:
        """
        What waited on the disk is gone.
        """
        SortedKeyFile.write(path, keys(50), at_a_time=7)

        assert [path] == [*path.parent.iterdir()]

    def test_replaces_a_file_whole(self, path: Path) -> None:
        """
        A failure leaves the earlier file.
        """
        SortedKeyFile.write(path, keys(3))
        before = path.read_bytes()

        def broken() -> object:
            yield from keys(10)
            raise OSError("the source is gone")

        with pytest.raises(OSError, match="source"):
            SortedKeyFile.write(path, broken(), at_a_time=2)  # type: ignore[arg-type]

        assert before == path.read_bytes()
        assert [path] == [*path.parent.iterdir()]

    def test_of_nothing(self, path: Path) -> None:
        """
        A file that finds nothing is a mistake.
        """
        with pytest.raises(ValueError, match="no key"):
            SortedKeyFile.write(path, [])

        assert not path.exists()

    def test_needs_little_memory(self, path: Path) -> None:
        """
        Twenty times the keys need no more than twice the memory.
        """
        peaks = []
        for count in (20_000, 400_000):
            made = (
                sha1(str(n).encode(), usedforsecurity=False).digest()
                for n in range(count)
            )
            tracemalloc.start()
            SortedKeyFile.write(path, made, at_a_time=10_000)
            peaks.append(tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()

        assert peaks[1] < 2 * peaks[0]


class TestOpen:
    """
    What is no whole file of keys is refused, and never answers "has not leaked".
    """

    @pytest.mark.parametrize(
        "content",
        [
            b"",
            b"123456789",
            b"5BAA61E4C9B93F3F0682250B6CF8331B7EE68FD8:3\n" * 8,
            b"".join(sorted(keys(8))),
            b"".join(key[:8] for key in sorted(keys(8))),
        ],
        ids=["empty", "short", "text", "twenty bytes each", "no header"],
    )
    def test_another_file(self, content: bytes, path: Path) -> None:
        """
        Text, hashes of another length, a file without a header.
        """
        path.write_bytes(content)

        with pytest.raises(ValueError, match="file of keys"):
            SortedKeyFile(path)

    @given(cut=st.integers(0, 888))
    @settings(max_examples=40)
    def test_half_a_copy(
        self, cut: int, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        """
        A file that was cut anywhere is refused.
        """
        path = tmp_path_factory.mktemp("keys") / "leaked.keys"
        SortedKeyFile.write(path, keys(100))
        path.write_bytes(path.read_bytes()[:cut])

        with pytest.raises(ValueError, match="file of keys"):
            SortedKeyFile(path)

    def test_one_that_is_longer(self, path: Path) -> None:
        """
        Two files one behind the other are none.
        """
        SortedKeyFile.write(path, keys(10))
        path.write_bytes(path.read_bytes() * 2)

        with pytest.raises(ValueError, match="file of keys"):
            SortedKeyFile(path)

    @pytest.mark.parametrize("count", [1, 2048, 2049, 10_000])
    def test_a_head_or_an_index_that_was_changed(self, count: int, path: Path) -> None:
        """
        One bit is enough.
        """
        SortedKeyFile.write(path, keys(count))
        whole = path.read_bytes()
        head = len(whole) - 8 * count - 24 * -(-count // 2048)

        for place in (head - 1, head - 32, len(whole) - 1, head + 8 * count):
            changed = bytearray(whole)
            changed[place] ^= 1
            path.write_bytes(changed)

            with pytest.raises(ValueError, match="damaged"):
                SortedKeyFile(path)


class TestDamage:
    """
    Keys that are not as they were written say nothing, and never "has not leaked".
    """

    COUNT = 10_000

    @pytest.fixture
    def there(self, path: Path) -> list[bytes]:
        """
        Write a file and return its keys in order.
        """
        SortedKeyFile.write(path, keys(self.COUNT))
        return sorted(keys(self.COUNT))

    def change(self, path: Path, first: int, content: bytes) -> None:
        """
        Write *content* in the place of the key *first*, counted from 0.
        """
        whole = path.stat().st_size
        start = whole - 24 * 5 - 8 * self.COUNT + 8 * first
        with path.open("r+b") as file:
            file.seek(start)
            file.write(content)

    def test_a_block_of_zeros(self, path: Path, there: list[bytes]) -> None:
        """
        As a drive that was full, or failed, leaves it; the other blocks answer.
        """
        self.change(path, 5_000, bytes(4096))

        with SortedKeyFile(path) as file:
            found = [file.look_up(key) for key in there]

        assert found == (
            [Found(1)] * 4096 + [NotReachable()] * 2048 + [Found(1)] * (10_000 - 6144)
        )

    def test_nearly_everything(self, path: Path, there: list[bytes]) -> None:
        """
        Zeros but for two keys in a thousand: no leaked password passes.
        """
        for first in range(2, self.COUNT - 1000, 1000):
            self.change(path, first, bytes(8 * 998))

        with SortedKeyFile(path) as file:
            assert NotFound() not in map(file.look_up, there)

    def test_keys_that_changed_places(self, path: Path, there: list[bytes]) -> None:
        """
        Two keys are enough.
        """
        self.change(path, 7, there[8][:8] + there[7][:8])

        with SortedKeyFile(path) as file:
            assert NotReachable() == file.look_up(there[7])
            assert Found(1) == file.look_up(there[-1])

    def test_a_file_that_is_written_over(self, path: Path, there: list[bytes]) -> None:
        """
        As ``cp`` does; the process goes on, and knows that it knows nothing.
        """
        with SortedKeyFile(path) as file, path.open("r+b") as other:
            other.truncate(1000)
            other.flush()
            answers = [file.look_up(key) for key in there]

        assert [NotReachable()] * self.COUNT == answers
        assert NotReachable() == file.look_up(there[0])

    def test_a_drive_that_fails(
        self, path: Path, there: list[bytes], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        An error of the system is no answer.
        """

        def fail(descriptor: int, size: int, start: int) -> bytes:
            raise OSError(descriptor, size, start)

        monkeypatch.setattr(os, "pread", fail)

        with SortedKeyFile(path) as file:
            assert NotReachable() == file.look_up(there[0])


class TestSystems:
    """
    Every system can do it.
    """

    def test_few_open_files(self, path: Path) -> None:
        """
        Keys in any number of runs are merged with a few files at a time.
        """
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(256, soft), hard))
        try:
            count = SortedKeyFile.write(path, keys(5_000), at_a_time=1)
        finally:
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))

        with SortedKeyFile(path) as file:
            assert [Found(1)] * 5_000 == [file.look_up(key) for key in keys(5_000)]
        assert (5_000, [path]) == (count, [*path.parent.iterdir()])

    def test_without_pread(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """
        On Windows, threads take turns.
        """
        monkeypatch.delattr(os, "pread")
        SortedKeyFile.write(path, keys(5_000))

        with SortedKeyFile(path) as file, ThreadPoolExecutor(4) as threads:
            found = [*threads.map(file.look_up, keys(10_000))]

        assert [Found(1)] * 5_000 + [NotFound()] * 5_000 == found


class TestText:
    """
    Lists of leaked passwords are downloaded as text.
    """

    def test_lines(self) -> None:
        """
        With counts or without, in either case, with a byte order mark.
        """
        digits = key_of("password").hex()

        assert [key_of("password")] * 3 == [
            *keys_in_text(
                [f"\ufeff{digits}:3\r\n", "\n", digits.upper(), f"{digits}\n"]
            )
        ]

    @pytest.mark.parametrize("line", ["password", "5BAA6:3", "5baa" * 8, "5baa" * 16])
    def test_another_list(self, line: str) -> None:
        """
        Passwords in clear, ranges, NTLM and SHA-256; the line is not repeated.
        """
        with pytest.raises(ValueError, match="line 2") as refusal:
            [*keys_in_text(["5baa" * 10, line])]

        assert line not in str(refusal.value)
