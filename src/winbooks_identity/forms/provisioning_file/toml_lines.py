"""
On which line of a TOML document is each key?

`tomllib` returns values without their places.  This reads a document that
`tomllib` has accepted once more, for the places alone; so it need not find
mistakes, only keep keys apart from what they hold.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple


__all__ = ["Path", "line_of", "lines_of"]

#: What leads to a value: names of keys, and places in arrays from 0.
Path = tuple[str | int, ...]

#: Strings first: inside them, nothing else has a meaning.  A string of several
#: lines may end in up to five quotation marks, two of which belong to it.
_TOKEN: Final = re.compile(
    r"""
      (?P<string> "{3} (?: [^"\\] | \\. | "{1,2}(?!") )*+ "{3,5}
                | '{3} (?: [^'] | '{1,2}(?!') )*+ '{3,5}
                | " (?: [^"\\\n] | \\. )*+ "
                | ' [^'\n]*+ ' )
    | (?P<comment> \#[^\n]* )
    | (?P<blank> [\ \t]+ )
    | (?P<mark> [][{}=,.\n] )
    | (?P<bare> [^][{}=,.\n\ \t"'\#]+ )
    """,
    re.VERBOSE | re.DOTALL,
)


class _Token(NamedTuple):
    text: str
    line: int


def lines_of(document: str) -> Mapping[Path, int]:
    """
    Return the line, from 1, of every table, every key and every item of an array.

    Args:
        document: a text that ``tomllib.loads`` accepts.
    """
    reader = _Reader(document)
    reader.read_document()
    return reader.lines


def line_of(path: Path, lines: Mapping[Path, int]) -> int:
    """
    Return the line of *path*, or of what is nearest around it; at worst 1.
    """
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


class _Reader:
    """
    Reads the tokens in order and notes where each path begins.
    """

    def __init__(self, document: str) -> None:
        self.lines: dict[Path, int] = {}
        self._items: dict[Path, int] = {}
        self._tokens = _tokens(document.replace("\r\n", "\n"))
        self._next = next(self._tokens)

    def read_document(self) -> None:
        table: Path = ()
        self._skip("\n")
        while self._next.text:
            if self._at("["):
                table = self._read_header()
            else:
                self._read_pair(table)
            self._skip("\n")

    def _at(self, *texts: str) -> bool:
        return self._next.text in texts

    def _take(self) -> _Token:
        taken, self._next = self._next, next(self._tokens)
        return taken

    def _skip(self, *texts: str) -> None:
        while self._at(*texts):
            self._take()

    def _read_header(self) -> Path:
        """
        Read ``[table]`` or ``[[table]]`` and return where it leads.
        """
        line = self._take().line
        is_item = self._at("[")
        self._skip("[")
        *parents, name = self._read_key()
        self._skip("]")
        path: Path = ()
        for parent in parents:
            path = self._in_last_item((*path, parent))
        path = (*path, name)
        if is_item:
            self.lines.setdefault(path, line)
            self._items[path] = self._items.get(path, 0) + 1
            path = self._in_last_item(path)
        self.lines.setdefault(path, line)
        return path

    def _in_last_item(self, path: Path) -> Path:
        return (*path, self._items[path] - 1) if path in self._items else path

    def _read_key(self) -> list[str]:
        parts = [_name(self._take().text)]
        while self._at("."):
            self._take()
            parts.append(_name(self._take().text))
        return parts

    def _read_pair(self, table: Path) -> None:
        line, path = self._next.line, table
        for part in self._read_key():
            path = (*path, part)
            self.lines.setdefault(path, line)
        self._skip("=")
        self._read_value(path)

    def _read_value(self, path: Path) -> None:
        if self._at("["):
            self._take()
            self._read_items(path)
        elif self._at("{"):
            self._take()
            self._read_pairs(path)
        else:
            while not self._at(",", "]", "}", "\n", ""):
                self._take()

    def _read_items(self, path: Path) -> None:
        place = 0
        self._skip("\n")
        while not self._at("]"):
            self.lines[*path, place] = self._next.line
            self._read_value((*path, place))
            place += 1
            self._skip("\n", ",")
        self._take()

    def _read_pairs(self, path: Path) -> None:
        self._skip("\n")
        while not self._at("}"):
            self._read_pair(path)
            self._skip("\n", ",")
        self._take()


def _tokens(document: str) -> Iterator[_Token]:
    line = 1
    for match in _TOKEN.finditer(document):
        if match.lastgroup not in {"comment", "blank"}:
            yield _Token(match[0], line)
        line += match[0].count("\n")
    while True:
        yield _Token("", line)


def _name(key: str) -> str:
    if key[0] not in "\"'":
        return key
    return next(iter(tomllib.loads(f"{key} = 0")))
