"""
How do the docstrings of the code become pages?

They are plain text with names between single backticks and examples that are
indented.  Sphinx has to know which names are links and what is literal.
"""

import re
from collections.abc import Iterator
from typing import Final

import winbooks_identity


__all__ = ["to_restructured_text"]

#: The names that are imported from the root, and where they are described.
_TARGETS: Final = {
    name: f"{getattr(winbooks_identity, name).__module__}.{name}"
    for name in winbooks_identity.__all__
}

_SINGLE_BACKTICKS: Final = re.compile(r"(?<![`:])`([^`\n]+)`(?!`)")
_SECTION: Final = re.compile(r"(Args|Returns|Raises|Yields):$")


def to_restructured_text(  # noqa: PLR0917  As Sphinx calls it.
    app: object,
    what: str,
    name: str,
    subject: object,
    options: object,
    lines: list[str],
) -> None:
    """
    Rewrite the docstring in *lines*, as Sphinx asks it of a listener.
    """
    del app, name, subject, options
    lines[:] = _with_literal_blocks([_with_links(line) for line in lines])
    if what in {"attribute", "data", "property"}:
        # Napoleon takes what stands before a colon on the first line for a type.
        lines.insert(0, "")


def _with_links(line: str) -> str:
    if line.startswith("    ") and "``" not in line and "`" not in line:
        return line
    if "`" not in line:
        line = line.replace("|", "\\|")  # A signature like ``int | str`` is in them.
    return _SINGLE_BACKTICKS.sub(_link, line)


def _link(found: re.Match[str]) -> str:
    target = _TARGETS.get(found[1])
    return f":py:obj:`~{target}`" if target else f"``{found[1]}``"


def _with_literal_blocks(lines: list[str]) -> Iterator[str]:
    previous = ""
    in_section = in_block = False
    for line in lines:
        if _SECTION.match(line):
            in_section = True
        elif line and not line.startswith(" "):
            in_section = in_block = False
        begins = line.startswith("    ") and not previous and not in_block
        if begins and not in_section:
            yield from ("::", "")
            in_block = True
        yield line
        previous = line
