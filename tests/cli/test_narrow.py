"""
Rows fit a terminal of 80 columns, and nothing that is copied is broken in two.
"""

from collections.abc import Sequence
from typing import Final

import pytest
from rich.text import Text

from winbooks_identity.cli.narrow import Column, below, pairs, records
from winbooks_identity.cli.screen import Screen


ADA: Final = "ada@example.org"
LONG: Final = f"{'a' * 42}@example.org"
COLUMNS: Final = (
    Column("WinBooks ID"),
    Column("Subject", gives_way=True),
    Column("Attempts", gives_way=True, is_labelled=True),
)


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> Screen:
    """
    Return a terminal of 80 columns.
    """
    monkeypatch.setattr(Screen, "is_watched", True)
    screen = Screen("en")
    screen.out.width = 80
    return screen


def row(*cells: str) -> Sequence[Text]:
    """
    Return a row of *cells*.
    """
    return [*map(Text, cells)]


class TestRecords:
    """
    A table where it fits, and otherwise blocks.
    """

    def test_a_table(self, screen: Screen, capsys: pytest.CaptureFixture[str]) -> None:
        """
        What gives way is folded.
        """
        words = "a subject of many words " * 3

        screen.show(records(screen, COLUMNS, [row(ADA, words, "1")]))

        lines = capsys.readouterr().out.splitlines()
        assert lines[1].split() == ["WinBooks", "ID", "Subject", "Attempts"]
        assert f" {ADA}   a subject" in lines[3]
        assert "words" in lines[4]

    def test_blocks(self, screen: Screen, capsys: pytest.CaptureFixture[str]) -> None:
        """
        What would be broken stands above the rest; empty cells have no place.
        """
        screen.out.width = 70
        rows = [row(LONG, "a change", "1"), row(LONG, "", ""), row("", "", "2")]

        screen.show(records(screen, COLUMNS, rows))

        assert [
            LONG,
            "  a change, Attempts: 1",
            LONG,
            "",
            "  Attempts: 2",
        ] == capsys.readouterr().out.splitlines()

    @pytest.mark.parametrize("width,lines", [(86, 2), (87, 6)])
    def test_the_boundary(
        self,
        screen: Screen,
        capsys: pytest.CaptureFixture[str],
        width: int,
        lines: int,
    ) -> None:
        """
        The last column that gives way has room for twenty letters.
        """
        screen.out.width = width
        wide = [Column("WinBooks ID"), Column("Subject", gives_way=True)]

        screen.show(records(screen, [*wide, Column("")], [row(LONG, "b" * 33, "1234")]))

        assert lines == len(capsys.readouterr().out.splitlines())

    def test_a_file_gets_a_table(self, capsys: pytest.CaptureFixture[str]) -> None:
        """
        A line is a line, where no terminal is.
        """
        screen = Screen("en")

        screen.show(records(screen, COLUMNS, [row(LONG, "c" * 90, "1")]))

        assert f" {LONG}   {'c' * 90}   1 " in capsys.readouterr().out


class TestPairs:
    """
    What is said of each of several.
    """

    def test_side_by_side(
        self, screen: Screen, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """
        As long as no word is broken.
        """
        screen.show(pairs(screen, [(ADA, Text("mailed")), (ADA, Text("active"))]))

        first, second = capsys.readouterr().out.splitlines()
        assert (f"{ADA}  mailed", f"{ADA}  active") == (first.rstrip(), second.rstrip())

    @pytest.mark.parametrize(
        "name,said", [(LONG, "a" * 30), (ADA, f"is now {LONG} and {LONG}x{'y' * 10}")]
    )
    def test_below(
        self,
        screen: Screen,
        capsys: pytest.CaptureFixture[str],
        name: str,
        said: str,
    ) -> None:
        """
        Each name stands there once, and what is said of it below.
        """
        screen.show(pairs(screen, [(name, Text(said)), (name, Text("mailed"))]))

        lines = [line.rstrip() for line in capsys.readouterr().out.splitlines()]
        assert (name, "  mailed") == (lines[0], lines[-1])
        assert said.split() == " ".join(lines[1:-1]).split()


def test_what_is_folded_keeps_its_place(
    screen: Screen, capsys: pytest.CaptureFixture[str]
) -> None:
    """
    The second line of a sentence does not begin at the edge.
    """
    screen.show(below(Text("Sign-in"), Text("- " + "words " * 20)))

    heading, *lines = capsys.readouterr().out.splitlines()
    assert ("Sign-in", 2) == (heading, len(lines))
    assert all(line.startswith("  ") for line in lines)
