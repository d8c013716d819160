"""
How is text from files and databases kept from driving a terminal?

A terminal obeys control characters: a name could move the cursor, hide a line of a
plan, or put a link behind another text (ECMA-48; OSC 8).  So none reaches it, and
neither do the characters that turn the direction of writing around (Unicode
Technical Report 36, 2.6).
"""

import re
from typing import Final


__all__ = ["CONTROLS", "without_controls"]

#: C0 without tab and line feed, delete, C1, ends of lines and paragraphs, what turns
#: the direction of writing around, and lone surrogates, which no encoding can write.
CONTROLS: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
    "\ud800-\udfff]"
)

#: What stands in the place of such a character (Unicode, 5.22).
_REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"


def without_controls(text: str) -> str:
    """
    Return *text* as a terminal may get it; tabs and line feeds stay.  [S32]
    """
    return CONTROLS.sub(_REPLACEMENT, text)
