"""
Who is meant by the words of a command, and by the lines of a file?
"""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, final

import attrs

from ...adapters.files import because
from ...adapters.table_file import decoded
from ...fields import trimmed
from ...winbooks_id import WinBooksId
from ..usage import WrongUsage


__all__ = ["STANDARD_INPUT", "Target", "targets"]

#: What stands for standard input in the place of a file.
STANDARD_INPUT: Final = Path("-")


@final
@attrs.frozen(kw_only=True)
class Target:
    """
    What was typed for one user.

    `line` is where it stands in the file, None for an argument.  `more` is what
    stands behind the first semicolon of a line.
    """

    text: str = attrs.field(repr=False)
    line: int | None = None
    more: str = attrs.field(default="", repr=False)

    @property
    def key(self) -> str:
        """
        Return what two spellings of one WinBooks ID have in common.
        """
        return self.id.key if self.is_id else self.text.casefold()

    @property
    def is_id(self) -> bool:
        """
        Tell whether a WinBooks ID was typed.
        """
        return not WinBooksId.check(self.text)

    @property
    def id(self) -> WinBooksId:
        """
        Return the WinBooks ID that was typed.

        Raises:
            Invalid: it is none.
        """
        return WinBooksId.parse(self.text)


def targets(whom: Sequence[str] | None, source: Path | None) -> list[Target]:
    """
    Return who is meant, each once, in their order.

    Args:
        whom: the arguments.
        source: a file with a WinBooks ID on each line; ``-`` is standard input.
            Blank lines, and those that begin with ``#``, are left out.

    Raises:
        WrongUsage: no one is named.
        FileUnavailable: the file cannot be read.
    """
    found = [Target(text=trimmed(text)) for text in whom or ()]
    if source is not None:
        found += _in_lines(_read(source))
    if not found:
        raise WrongUsage("cli.usage.no_one")
    return [*{target.key: target for target in reversed(found)}.values()][::-1]


def _in_lines(text: str) -> Iterator[Target]:
    for number, line in enumerate(text.splitlines(), start=1):
        first, _, more = line.partition(";")
        if trimmed(first) and not trimmed(first).startswith("#"):
            yield Target(text=trimmed(first), line=number, more=trimmed(more))


def _read(source: Path) -> str:
    if source == STANDARD_INPUT:
        return decoded(sys.stdin.buffer.read())
    try:
        return decoded(source.read_bytes())
    except OSError as error:
        raise because(error, source) from error
