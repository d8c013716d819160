"""
No text from a file or a database drives a terminal.  [S32]
"""

import json
import re
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.control import Control
from rich.table import Table
from rich.text import Text

from winbooks_identity.adapters.terminal import without_controls
from winbooks_identity.cli.console import SafeConsole, in_json_text
from winbooks_identity.cli.screen import Screen


#: What a terminal obeys, or a reader is deceived by; the last two turn writing around.
OBEYED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)

#: Colours and their end: what Rich itself writes.
COLOURS = re.compile(r"\x1b\[[0-9;]*m")

ATTACKS = {
    "colours": "\x1b[31mred",
    "a line that is hidden": "harmless\x1b[2K\x1b[1A",
    "a title": "\x1b]0;title\x07",
    "a link": "\x1b]8;;https://evil.example/\x1b\\portal\x1b]8;;\x1b\\",
    "C1": "\x9b2J\x9d8;;https://evil.example/\x9c",
    "a line written over": "create eve\rkeep eve",
    "another direction": "\u202egro.elpmaxe@adA\u202c",
    "the end of a line": "one\u2028two\u2029three\x85four",
}

TEXTS = st.text(
    st.characters() | st.sampled_from("\x00\x07\b\x1b\x7f\x9b\r\u202e\u2066[]8;mABC"),
    max_size=60,
)


def written(*what: object, is_terminal: bool = True) -> str:
    """
    Return what a console writes, without its own colours.
    """
    file = StringIO()
    console = SafeConsole(file=file, force_terminal=is_terminal, markup=False)
    for each in what:
        console.print(each, style="bold red")
    return COLOURS.sub("", file.getvalue())


def in_a_table(text: str) -> Table:
    """
    Return a table with *text* in its heading, in a cell and in a styled cell.
    """
    table = Table(text)
    table.add_row(text)
    table.add_row(Text(text, "bold"))
    return table


class TestConsole:
    """
    Control characters are replaced wherever they stand.
    """

    @pytest.mark.parametrize("text", ATTACKS.values(), ids=ATTACKS.keys())
    @pytest.mark.parametrize("is_terminal", [True, False])
    def test_attacks(self, text: str, is_terminal: bool) -> None:
        """
        In a line, in a heading and in a cell.
        """
        output = written(text, Text(text), in_a_table(text), is_terminal=is_terminal)

        assert None is OBEYED.search(output)

    @given(TEXTS)
    def test_no_text_is_obeyed(self, text: str) -> None:
        """
        Whatever it is.
        """
        assert None is OBEYED.search(written(text, Text(text), in_a_table(text)))

    def test_what_people_read_stays(self) -> None:
        """
        Accents, other scripts, joined signs and line feeds are no commands.
        """
        text = "José Ŝtrobl 李\nთბილისი 👩\u200d💻"

        assert f"{text}\n" == written(text)

    def test_colours_are_the_librarys(self) -> None:
        """
        A console that paints still paints.
        """
        file = StringIO()
        SafeConsole(file=file, force_terminal=True).print(Text("red", "red"))

        assert "\x1b[31mred\x1b[0m\n" == file.getvalue()

    def test_a_progress_bar_moves_the_cursor(self) -> None:
        """
        What the library itself writes to a terminal stays.
        """
        assert "\x1b[2J" == written(Control.clear()).rstrip("\n")

    def test_they_can_be_seen(self) -> None:
        """
        What was there is not passed over in silence.
        """
        assert "a\ufffd[31m\tb\n" == without_controls("a\x1b[31m\tb\n")

    def test_the_name_of_a_file_that_is_no_text(self) -> None:
        """
        Python makes lone surrogates of it, which neither a terminal nor a mail takes.
        """
        assert "\ufffd.csv" == without_controls("\udcff.csv")
        assert '"\\udcff"' == in_json_text("\udcff")


class TestJson:
    """
    A document on a terminal is text too.
    """

    @given(TEXTS, st.none() | st.just(2))
    def test_it_is_the_same_document(self, text: str, indent: int | None) -> None:
        """
        What a terminal would obey is escaped, so nothing is lost.
        """
        document = {text: [text, {"a": text}]}

        output = in_json_text(document, indent=indent)

        assert document == json.loads(output)
        assert None is OBEYED.search(output)

    def test_a_screen_escapes(self, capsys: pytest.CaptureFixture[str]) -> None:
        """
        Both kinds of documents.
        """
        screen = Screen("en")

        screen.emit({"name": "\x9b2J"})
        screen.emit_line({"name": "\x9b2J"})

        output = capsys.readouterr().out
        assert 2 == output.count('"name": "\\u009b2J"')
        assert None is OBEYED.search(output)


class TestScreen:
    """
    Everything that the command line says goes through such a console.
    """

    def test_both_streams(self, capsys: pytest.CaptureFixture[str]) -> None:
        """
        Results and words.
        """
        screen = Screen("en")

        screen.show(in_a_table(ATTACKS["a link"]))
        screen.err.print(ATTACKS["a link"])

        both = capsys.readouterr()
        assert None is OBEYED.search(both.out + both.err)
