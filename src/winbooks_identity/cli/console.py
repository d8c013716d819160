"""
How does what the library writes reach a terminal that obeys none of it?
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import final

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment

from ..adapters.terminal import CONTROLS, without_controls


__all__ = ["SafeConsole", "in_json_text"]


def in_json_text(
    document: Mapping[str, object] | Sequence[object], *, indent: int | None = None
) -> str:
    """
    Return *document* as JSON whose text no terminal obeys: it is escaped.  [S32]
    """
    text = json.dumps(document, indent=indent, ensure_ascii=False)
    # JSON escapes C0 itself; the others may stand in its strings only.
    return CONTROLS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


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
