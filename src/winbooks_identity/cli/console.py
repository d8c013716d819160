"""
How is text from files and databases kept from driving a terminal?

A terminal obeys control characters: a name could move the cursor, hide a line of a
plan, or put a link behind another text (ECMA-48; OSC 8).  So none reaches it, and
neither do the characters that turn the direction of writing around (Unicode
Technical Report 36, 2.6).
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, final

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment


__all__ = ["SafeConsole", "in_json_text", "without_controls"]

#: C0 without tab and line feed, delete, C1, ends of lines and paragraphs, and what
#: turns the direction of writing around.
_CONTROLS: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)

#: What stands in the place of such a character (Unicode, 5.22).
_REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"


def without_controls(text: str) -> str:
    """
    Return *text* as a terminal may get it; tabs and line feeds stay.  [S32]
    """
    return _CONTROLS.sub(_REPLACEMENT, text)


def in_json_text(
    document: Mapping[str, object] | Sequence[object], *, indent: int | None = None
) -> str:
    """
    Return *document* as JSON whose text no terminal obeys: it is escaped.  [S32]
    """
    text = json.dumps(document, indent=indent, ensure_ascii=False)
    # JSON escapes C0 itself; the others may stand in its strings only.
    return _CONTROLS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


@final
class SafeConsole(Console):
    """
    A console that writes no control character but its own.  [S32]
    """

    def render(
        self, renderable: RenderableType, options: ConsoleOptions | None = None
    ) -> Iterable[Segment]:
        """
        Yield the segments of *renderable*, their text without control characters.
        """
        for segment in super().render(renderable, options):
            if segment.control:
                yield segment
            else:
                yield segment._replace(text=without_controls(segment.text))
