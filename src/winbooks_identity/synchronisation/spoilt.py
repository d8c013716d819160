"""
What do spreadsheets and wrong code pages leave in the place of what was meant?

A feed that another program opened and saved can look whole: a reference that lost its
digits would make a second person, and everyone would see a name with wrong letters.
"""

import re
from typing import ClassVar, Final

import attrs

from ..problems import Problem


__all__ = ["GarbledName", "SpoiltExternalId", "check_external_id", "check_name"]

#: What a spreadsheet shows where it has no value or no room: an error in one of its
#: languages, a row of number signs, a formula, and a number that lost its digits.
_SPOILT: Final = re.compile(
    r"#+|#(?:N/A|N/B|NV|[A-Z]+(?:/0)?[!?])|Err:\d+|=.*|\d(?:[.,]\d+)?[Ee]\+\d{2,3}"
)

#: What letters become in a wrong code page: UTF-8 read as Windows 1252 or of DOS,
#: Windows 1250, DOS or Mac OS read as Windows 1252 (where é becomes a capital Ž), and
#: what stands for a letter that was lost.
#: The apostrophe, the middle dot and the ordinals of Spanish names are none of these.
_GARBLED: Final = re.compile(
    "[?\u00a1-\u00a9\u00ab\u00ac\u00ae-\u00b3\u00b5\u00b6\u00b8\u00b9\u00bb-\u00bf"
    "\u00d7\u00f7\u02c6\u02dc\u201a\u201c-\u201e\u2020-\u2022\u2026\u2030\u2039"
    "\u203a\u20ac\u2122\u2500-\u259f\ufffd\udc80-\udcff]"
    "|(?<=[a-z\u00df-\u00ff])[\u0152\u0160\u017d\u0192]"
    "|(?<=[A-Z\u00c0-\u00de])[\u0152\u0160\u017d\u0192](?=[a-z\u00df-\u00ff])"
    "|\u00c3[\u00aa\u00b7\u00ba\u0152\u0153\u0160\u0161\u0178\u017d\u017e"
    "\u2013\u2014\u2018\u2019]"
)

#: An octet that no code page explains; see `table_file.decoded`.
_UNREADABLE: Final = re.compile("[\udc80-\udcff]")


@attrs.frozen
class SpoiltExternalId(Problem):
    """
    An external id is what licence management wrote, not what a spreadsheet shows.

    [R69]
    """

    code: ClassVar[str] = "synchronisation.spoilt_external_id"


@attrs.frozen
class GarbledName(Problem):
    """
    A name in a feed has no sign that only a wrong code page puts there.  [R69]
    """

    code: ClassVar[str] = "synchronisation.garbled_name"

    #: Each of the signs once, with a blank between them.
    characters: str


def check_external_id(text: str) -> tuple[Problem, ...]:
    """
    Return why *text* was not written by licence management.
    """
    return (SpoiltExternalId(),) if _SPOILT.fullmatch(text) else ()


def check_name(text: str) -> tuple[Problem, ...]:
    """
    Return why the letters of *text* were others before.
    """
    # What could not be read at all has no sign of its own.
    signs = (_UNREADABLE.sub("\ufffd", each) for each in _GARBLED.findall(text))
    found = dict.fromkeys(signs)
    return (GarbledName(" ".join(found)),) if found else ()
