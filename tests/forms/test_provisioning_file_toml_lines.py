"""
The place of every key in a TOML document.
"""

import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winbooks_identity.forms.provisioning_file.toml_lines import Path, line_of, lines_of


class TestLines:
    """
    A key stands where a reader sees it.
    """

    def test_tables_and_keys(self) -> None:
        """
        Each table has a line, each key has its own.
        """
        document = 'top = 1\n\n[licence]\n# A comment.\nnumber = "1"\nname = "x"\n'

        assert {
            ("top",): 1,
            ("licence",): 3,
            ("licence", "number"): 5,
            ("licence", "name"): 6,
        } == lines_of(document)

    def test_items_of_an_array_of_tables(self) -> None:
        """
        Rows are told apart by their place, and the array begins at the first.
        """
        document = "[[employee]]\na = 1\n[[employee]]\na = 2\n"

        assert {
            ("employee",): 1,
            ("employee", 0): 1,
            ("employee", 0, "a"): 2,
            ("employee", 1): 3,
            ("employee", 1, "a"): 4,
        } == lines_of(document)

    def test_a_table_below_the_last_item(self) -> None:
        """
        A header belongs to the item above it.
        """
        document = "[[a]]\n[[a]]\n[a.b]\nc = 1\n[[a.d]]\n"

        lines = lines_of(document)

        assert [3, 4, 5] == [
            lines["a", 1, "b"],
            lines["a", 1, "b", "c"],
            lines["a", 1, "d", 0],
        ]

    @pytest.mark.parametrize(
        "value",
        [
            '"""\nb = 9\n[c]\n"""',
            "'''\nb = 9\n[c]\n'''",
            '"""\n\\"""\nb = 9"""',
            '"""\nb = 9""\n"""""',
            "'''\nb = 9''\n'''''",
            '[\n  "b = 9", # ]\n  "]",\n]',
            "[ # b = 9\n [1,\n 2],\n {x = 1}, ]",
            "1 # b = 9 \"\"\" '''",
            '"# no comment"',
            '"\\" # b = 9"',
            "'\\'",
            '""',
            "''",
            "{ x = [1, 2], y.z = '}' }",
            "1979-05-27 07:32:00.5",
            "-1.5e3",
            '"a\\\\"',
        ],
    )
    def test_values_do_not_look_like_keys(self, value: str) -> None:
        """
        Strings, comments and arrays hold what looks like TOML and is not.
        """
        document = f"a = {value}\nb = 1\n"
        tomllib.loads(document)

        found = lines_of(document)

        assert document[: document.rindex("b = 1")].count("\n") + 1 == found["b",]
        assert ("c",) not in found

    def test_line_ends_of_windows(self) -> None:
        """
        A file made on Windows has the same lines.
        """
        assert {("a",): 1, ("b",): 4} == lines_of('a = """\r\n\r\n"""\r\nb = 1\r\n')

    def test_rows_in_one_array(self) -> None:
        """
        Rows may stand in an array, each on its line.
        """
        document = "employee = [\n  {a = 1},\n\n  {a = 2},\n]\n"

        lines = lines_of(document)

        assert [2, 4] == [lines["employee", 0], lines["employee", 1, "a"]]

    @pytest.mark.parametrize(
        "key,parts",
        [
            ("a.b", ("a", "b")),
            ("a . 'b.c'", ("a", "b.c")),
            (r'"a\u0020b"', ("a b",)),
            ("1.2", ("1", "2")),
        ],
    )
    def test_keys_in_every_notation(self, key: str, parts: Path) -> None:
        """
        A dotted or quoted key is found under its parts.
        """
        assert 2 == lines_of(f"\n{key} = true\n")[parts]

    def test_an_empty_document(self) -> None:
        """
        There is nothing to find.
        """
        assert {} == lines_of("")


class TestNearestLine:
    """
    What a document does not have is missing somewhere.
    """

    @pytest.mark.parametrize(
        "path,line", [(("a", "b"), 2), (("a", "c"), 1), (("x", "y"), 1), ((), 1)]
    )
    def test_what_is_missing_is_missing_from_what_is_around_it(
        self, path: Path, line: int
    ) -> None:
        """
        A missing field is shown at its table, a missing table at the start.
        """
        assert line == line_of(path, {("a",): 1, ("a", "b"): 2})


TEXTS = st.sampled_from(
    ["", "x", '"', "'", "\n", "#", "\\", "[[a]]\n", "a = 1\n", ",", "]", "}", "\n\n"]
)

STRINGS = st.lists(TEXTS, max_size=6).map("".join)


def basic(text: str) -> str:
    """
    Return *text* as a string of one line.
    """
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def multi_line(text: str) -> str:
    """
    Return *text* as a string of several lines.
    """
    escaped = text.replace("\\", "\\\\").replace('"""', '""\\"')
    return f'"""\n{escaped}"""'


VALUES = st.recursive(
    STRINGS.map(basic)
    | STRINGS.map(multi_line)
    | st.sampled_from(["1", "1.5", "true", "2026-11-23", "'''\n#'\n'''", '\'"""\'']),
    lambda inner: (
        st.lists(inner, max_size=3).map(
            lambda items: "[\n" + ",\n# ]\n".join(items) + "\n]"
        )
        | inner.map(lambda value: f"{{k = {value}, 'a b'.c = 1}}")
    ),
    max_leaves=4,
)

PAIRS = st.lists(VALUES, max_size=3).map(
    lambda values: "".join(
        f"key{place} = {value}  # x = 1\n\n" for place, value in enumerate(values)
    )
)


def paths(value: Any, path: Path = ()) -> Iterator[Path]:  # noqa: ANN401  TOML.
    """
    Yield the path of everything inside *value*.
    """
    inside: Any = ()
    if isinstance(value, dict):
        inside = value.items()
    elif isinstance(value, list):
        inside = enumerate(value)
    for key, below in inside:
        yield (*path, key)
        yield from paths(below, (*path, key))


class TestLaws:
    """
    Whatever a document holds, its keys are found where they stand.
    """

    @given(st.lists(PAIRS, min_size=1, max_size=4))
    def test_rows_are_found_where_they_were_written(self, rows: list[str]) -> None:
        """
        The line of a row is the number of line ends before it, and one.
        """
        document, expected = "", []
        for pairs in rows:
            expected.append(document.count("\n") + 1)
            document += f"[[row]]\n{pairs}"

        lines = lines_of(document)

        assert expected == [lines["row", place] for place in range(len(rows))]

    @given(st.lists(PAIRS, min_size=1, max_size=4))
    def test_the_paths_are_those_of_tomllib(self, rows: list[str]) -> None:
        """
        Nothing is missed and nothing is found that is not there.
        """
        document = "".join(f"[[row]]\n{pairs}" for pairs in rows)

        assert set(paths(tomllib.loads(document))) == set(lines_of(document))
