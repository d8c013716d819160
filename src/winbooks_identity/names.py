"""
Which text can be the name of a person or of a company?

There is no list of letters that names are made of, no split at blanks and no
change of case: ``O``, ``Ng``, ``van der Straeten`` and ``X Æ A-12`` are names.
Only what breaks a screen, a log line or a mail header is refused.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import ClassVar, Final, Self, final

import attrs

from .errors import Invalid
from .invisible import HIDDEN
from .problems import Missing, Problem, text_problem


__all__ = [
    "Backtick",
    "CompanyName",
    "ForbiddenCharacter",
    "InvisibleCharacter",
    "MisplacedMark",
    "NoLetter",
    "NoLetterOrDigit",
    "NotCanonical",
    "PersonName",
    "TooLong",
]

#: Marks on one letter; Vietnamese and Hebrew need up to three, we allow one more.
MAX_MARKS: Final = 4

#: A name may be pasted with this many times its characters: accents apart from
#: their letters and rows of blanks become fewer.
_MAX_GROWTH: Final = 4


@attrs.frozen
class TooLong(Problem):
    """
    A person's name has at most 100 characters, a company's 200.  [Q1]
    """

    code: ClassVar[str] = "name.too_long"

    maximum: int


@attrs.frozen
class InvisibleCharacter(Problem):
    """
    A name has no control, invisible, private or unassigned character.  [Q1]

    The joiners that Persian and Indic names need may stand between letters.
    """

    code: ClassVar[str] = "name.invisible_character"


@attrs.frozen
class MisplacedMark(Problem):
    """
    A name does not begin with an accent, nor has over `MAX_MARKS` in a row.  [Q1]
    """

    code: ClassVar[str] = "name.misplaced_mark"


@attrs.frozen
class ForbiddenCharacter(Problem):
    """
    A name has no sign of markup, of addresses or of encoded words.  [Q1]

    Mail programs decode ``=?...?=`` (RFC 2047), and a link in a name would be
    mailed in our name.
    """

    code: ClassVar[str] = "name.forbidden_character"

    #: Each of the signs once, with a blank between them.
    characters: str


@attrs.frozen
class Backtick(Problem):
    """
    The apostrophe in a name is an apostrophe, as in ``d'Hondt``.  [Q1]
    """

    code: ClassVar[str] = "name.backtick"


@attrs.frozen
class NoLetter(Problem):
    """
    A person's name has a letter.  [Q1]
    """

    code: ClassVar[str] = "name.no_letter"


@attrs.frozen
class NoLetterOrDigit(Problem):
    """
    A company's name has a letter or a digit.  [R33]
    """

    code: ClassVar[str] = "name.no_letter_or_digit"


@attrs.frozen
class NotCanonical(Problem):
    """
    A stored name is in its canonical spelling.  [Q1]
    """

    code: ClassVar[str] = "name.not_canonical"


@attrs.frozen
class _Name:
    """
    What the names of persons and companies have in common.

    Raises:
        Invalid: *text* is no such name, or is not in its canonical spelling.
    """

    max_length: ClassVar[int]
    _forbidden: ClassVar[re.Pattern[str]]
    _needed_categories: ClassVar[frozenset[str]]
    _without_needed: ClassVar[Problem]

    #: The name in its canonical spelling: see `parse`.
    text: str

    def __attrs_post_init__(self) -> None:
        # Most are plain, and come back from the database by the thousand.
        if _is_short_and_plain(self.text, self.max_length):
            return
        if problems := self.check(self.text):
            raise Invalid(problems)
        if self.text != _canonical(self.text):
            raise Invalid((NotCanonical(),))

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.text[0]}…>"

    @classmethod
    def check(cls, text: str) -> tuple[Problem, ...]:
        """
        Return why *text* is no such name; empty means that it is one.
        """
        if problems := text_problem(text):
            return problems
        if not text:
            return (Missing(),)
        if len(text) > cls.max_length * _MAX_GROWTH:
            return (TooLong(cls.max_length),)  # Nothing looks at unbounded text.
        if _is_short_and_plain(text, cls.max_length):
            return ()
        return tuple(cls._problems(_canonical(text)))

    @classmethod
    def parse(cls, text: str) -> Self:
        """
        Bring *text* into its canonical spelling and construct.

        That is Unicode's form NFC, with one blank for each row of blanks and
        none at the ends.

        Raises:
            Invalid: *text* is no such name.
        """
        if problems := cls.check(text):
            raise Invalid(problems)
        return cls(_canonical(text))

    @classmethod
    def _problems(cls, name: str) -> Iterator[Problem]:
        if not name:
            yield Missing()
            return
        categories = [unicodedata.category(character) for character in name]
        if len(name) > cls.max_length:
            yield TooLong(cls.max_length)
        if _has_invisible(name, categories):
            yield InvisibleCharacter()
        if _MISPLACED_MARK.search("".join(category[0] for category in categories)):
            yield MisplacedMark()
        found = dict.fromkeys(cls._forbidden.findall(name))
        if any(sign in _BACKTICKS for sign in found):
            yield Backtick()
        if others := " ".join(sign for sign in found if sign not in _BACKTICKS):
            yield ForbiddenCharacter(others)
        if cls._needed_categories.isdisjoint(categories):
            yield cls._without_needed


_LETTERS: Final = frozenset({"Lu", "Ll", "Lt", "Lm", "Lo"})


#: Keys beside the apostrophe that people hit in its place, and what is taken for them.
_BACKTICKS: Final = frozenset("`\xb4\u02ca\u02cb\uff40")


@final
@attrs.frozen(repr=False)
class PersonName(_Name):
    """
    The first or the last name of a person (nl *voornaam*, *achternaam*).  [Q1]
    """

    max_length = 100
    _forbidden = re.compile(r"[<>\\@\"{}\[\]|^~;=*#%$`\xb4\u02ca\u02cb\uff40]|://")
    _needed_categories = _LETTERS
    _without_needed = NoLetter()


@final
@attrs.frozen(repr=False)
class CompanyName(_Name):
    """
    The name of a company (nl *naam bedrijf*), such as ``C&A`` or ``3M``.  [R33]
    """

    max_length = 200
    _forbidden = re.compile(r"[<>\\]|=\?|\?=|://")
    _needed_categories = _LETTERS | {"Nd"}
    _without_needed = NoLetterOrDigit()


#: Names of Western European letters and the signs common in them need no second
#: look: they begin with a letter, break no rule and are canonical as they stand.
_LETTER: Final = "a-zA-Z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00ff"
_PLAIN: Final = re.compile(
    rf"[{_LETTER}][{_LETTER}0-9&.,'()+-]*+(?: [{_LETTER}0-9&.,'()+-]++)*+"
)


def _is_short_and_plain(text: object, max_length: int) -> bool:
    return (
        isinstance(text, str)
        and len(text) <= max_length
        and _PLAIN.fullmatch(text) is not None
    )


def _canonical(text: str) -> str:
    if _PLAIN.fullmatch(text):
        return text
    blanks_alike = (
        " " if unicodedata.category(character) == "Zs" else character
        for character in unicodedata.normalize("NFC", text)
    )
    return re.sub(" +", " ", "".join(blanks_alike)).strip(" ")


#: No character of these general categories is fit to be shown.
_INVISIBLE_CATEGORIES: Final = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})

#: Letters, marks and symbols that show nothing.
_HIDDEN: Final = re.compile(f"[{HIDDEN}]")

#: ZERO WIDTH NON-JOINER and ZERO WIDTH JOINER.
_JOINERS: Final = frozenset({"\u200c", "\u200d"})


def _has_invisible(name: str, categories: list[str]) -> bool:
    # Nothing stands before the first character and behind the last one.
    before = ["Zs", *categories]
    behind = [*categories[1:], "Zs"]
    return any(
        not (character in _JOINERS and left[0] in "LM" and right[0] == "L")
        if category in _INVISIBLE_CATEGORIES
        else _HIDDEN.match(character) is not None
        for character, category, left, right in zip(
            name, categories, before, behind, strict=False
        )
    )


#: In the string of the characters' major categories.
_MISPLACED_MARK: Final = re.compile(rf"^M|M{{{MAX_MARKS + 1}}}")
