"""
The command that finds accounts which would share a WinBooks ID.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

from command_line import CommandLine, Ended
from winbooks_identity.cli.application import run


ACCOUNTS = """\
1;ada@kantoor.be
2;Ada@Kantoor.be
3;mike@kantoor.be
4;rnike@kantoor.be

5;ada+books@kantoor.be
"""

Command: TypeAlias = Callable[..., Ended]


@pytest.fixture
def searched(command: CommandLine) -> Command:
    """
    Return what searches a file with the given content.
    """

    def ended(content: bytes, *arguments: str) -> Ended:
        Path("accounts.csv").write_bytes(content)
        return command("collisions", "accounts.csv", *arguments)

    return ended


class TestCollisions:
    """
    Twins come first, and make the exit code 1.
    """

    @pytest.mark.parametrize("delimiter", [";", ",", "\t"])
    def test_for_programs(self, searched: Command, delimiter: str) -> None:
        """
        Whatever separates the cells, and with a mark in front.
        """
        content = f"\ufeff{ACCOUNTS}".replace(";", delimiter)

        ended = searched(content.encode(), "--json")

        assert [("twins", "1"), ("look_alikes", "3"), ("variants", "1")] == [
            (each["likeness"], each["survivor"])
            for each in ended.document["collisions"]
        ]
        assert {"identifier": "2", "address": "Ada@Kantoor.be"} == (
            ended.document["collisions"][0]["accounts"][1]
        )

    def test_addresses_alone(self, searched: Command) -> None:
        """
        Their lines stand for the identifiers, and look-alikes are no refusal.
        """
        ended = searched(b"mike@kantoor.be\r\n\r\nrnike@kantoor.be\r\n", "--json")

        (collision,) = ended.document["collisions"]
        assert 0 == ended.code
        assert ["1", "3"] == [each["identifier"] for each in collision["accounts"]]

    @pytest.mark.parametrize("content", [b"", b"1;ada@kantoor.be\n2;\xe9@x.be\n"])
    def test_none(self, searched: Command, content: bytes) -> None:
        """
        An empty file has none, and another encoding stops nothing.
        """
        ended = searched(content)

        assert (0, "0 collisions were found.\n") == (ended.code, ended.out)

    def test_a_file_that_is_no_table(self, searched: Command) -> None:
        """
        It is named.
        """
        ended = searched(b'1;"' + b"x" * 200_000)

        assert 69 == ended.code
        assert "accounts.csv" in ended.err

    def test_a_file_that_is_not_there(
        self, searched: Command, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """
        It is named.
        """
        searched(b"")

        assert 69 == run(["collisions", "no.csv"])
        assert "no.csv" in capsys.readouterr().err
