"""
How is TOML from a stranger read in bounded time?

`tomllib` takes time with the square of the parts of a dotted key: 40,000 characters
of ``a.a.a`` cost it six seconds.  Nothing of ours has keys of more than two parts.
"""

import re
import tomllib
from typing import Any, Final


__all__ = ["MAX_KEY_PARTS", "load"]

#: The most parts of a key or of the name of a table; our choice, far more than any
#: document of ours has.
MAX_KEY_PARTS: Final = 20

#: A string, or one of the signs that matter outside of strings.
_TOKEN: Final = re.compile(r'"(?:[^"\\]|\\.)*+"|\'[^\']*+\'|[.=#]')


def load(text: str) -> dict[str, Any]:
    """
    Return the document in *text*; a byte order mark at its start does not count.

    Raises:
        ValueError: it is not TOML, or has a key of more than `MAX_KEY_PARTS` parts,
            or is nested too deeply.
    """
    text = text.removeprefix("\ufeff")
    for number, line in enumerate(text.split("\n"), start=1):
        if _parts_of_key(line) > MAX_KEY_PARTS:
            raise ValueError(f"a key has too many parts (at line {number}, column 1)")
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise ValueError("values are nested too deeply") from error


def _parts_of_key(line: str) -> int:
    parts = 1
    for token in _TOKEN.finditer(line):
        if token[0] in {"=", "#"} or parts > MAX_KEY_PARTS:
            break
        parts += token[0] == "."
    return parts
