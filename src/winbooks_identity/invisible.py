"""
Which characters does no one see?

Nobody types them again, and nobody finds them in a text that is refused.  The end of
what a form holds is trimmed of them, and inside a password or a name they are refused.
[Q1, R20]
"""

from typing import Final


__all__ = ["HIDDEN", "hidden_characters"]

#: The property Default_Ignorable_Code_Point (UAX #44) but for U+200D and U+FE0F,
#: which hold emoji together; the other format characters (category Cf) but for those
#: that enclose a number, which are seen (Prepended_Concatenation_Mark); and symbols
#: that show nothing: the empty Braille pattern, the Khitan filler, the empty note head.
#: It is the inside of a class of a regular expression.
HIDDEN: Final = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200c\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0e\ufeff\uffa0\ufff0-\ufffb"
    "\U00013430-\U0001343f\U00016fe4\U0001bca0-\U0001bca3\U0001d159"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)


def hidden_characters() -> str:
    """
    Return every character of `HIDDEN`, one behind the other.
    """
    found: list[str] = []
    first, *others = HIDDEN.split("-")
    found += first
    for part in others:
        found += map(chr, range(ord(found[-1]) + 1, ord(part[0])))
        found += part
    return "".join(found)
