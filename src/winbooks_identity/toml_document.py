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

#: A string, a comment, or one of the signs between keys and values.  A string may
#: span lines, so that nothing in one hides a key behind it.  One that never ends is
#: swallowed as far as it goes: no character is looked at twice, and TOML stops there.
_TOKEN: Final = re.compile(
    r"""
      \"{3} (?: [^"\\] | \\. | "(?!"") )*+ (?: "{3,5} )?
    | '{3} (?: [^'] | '(?!'') )*+ (?: '{3,5} )?
    | " (?: [^"\\\n] | \\[^\n] )*+ "?
    | ' [^'\n]*+ '?
    | \# [^\n]*+
    | [.=,\n{}] | [][]
    """,
    re.VERBOSE | re.DOTALL,
)


def load(text: str) -> dict[str, Any]:
    """
    Return the document in *text*; a byte order mark at its start does not count.

    [S39]

    Raises:
        ValueError: it is not TOML, or has a key of more than `MAX_KEY_PARTS` parts,
            or is nested too deeply.
    """
    text = text.removeprefix("\ufeff")
    if line := _line_of_long_key(text):
        raise ValueError(f"a key has too many parts (at line {line}, column 1)")
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise ValueError("values are nested too deeply") from error


def _line_of_long_key(text: str) -> int | None:
    """
    Return the line of the first key of more than `MAX_KEY_PARTS` parts, from 1.
    """
    parts = 1
    for token in _TOKEN.finditer(text):
        match token[0][0]:
            case ".":
                parts += 1
            case "=" | "," | "\n" | "{" | "}" | "[" | "]":
                parts = 1
            case _:  # A string may be a part; a comment ends with its line.
                continue
        if parts > MAX_KEY_PARTS:
            return text.count("\n", 0, token.start()) + 1
    return None
