"""
Which text is a phone number?

The core knows numbers with their country code.  National notation needs
metadata that changes twice a month; an adapter with the shape of `PhoneParser`
brings it: see `winbooks_identity.adapters.phonenumbers`.
"""

import re
from collections.abc import Callable, Iterator
from typing import ClassVar, Final, Self, final

import attrs

from .errors import Invalid
from .problems import Missing, Problem, text_problem


__all__ = [
    "ForbiddenCharacter",
    "NotCanonical",
    "NotInternational",
    "NotPossible",
    "PhoneNumber",
    "PhoneParser",
    "TooLong",
    "WrongLength",
    "check_characters",
    "without_separators",
]

#: Characters as typed: twice the digits of the longest number, and some signs.
MAX_LENGTH: Final = 40

#: Digits with the country code; the maximum is that of ITU-T E.164, 6.2.1, the
#: minimum is ours: no country's numbers are shorter.
MIN_DIGITS: Final = 7
MAX_DIGITS: Final = 15


@attrs.frozen
class TooLong(Problem):
    """
    A phone number is typed with at most `MAX_LENGTH` characters.  [Q24]
    """

    code: ClassVar[str] = "phone.too_long"

    maximum: int = MAX_LENGTH


@attrs.frozen
class ForbiddenCharacter(Problem):
    """
    A phone number is digits, blanks and the signs ``+ ( ) . / -``.  [Q24]

    Blanks and dashes of any kind separate its digits.

    Letters would be dialled: ``0470-WIN-BOK`` is a number on a keypad.
    """

    code: ClassVar[str] = "phone.forbidden_character"


@attrs.frozen
class NotInternational(Problem):
    """
    A phone number begins with ``+`` or ``00`` and its country code.  [Q24]
    """

    code: ClassVar[str] = "phone.not_international"


@attrs.frozen
class WrongLength(Problem):
    """
    A phone number has `MIN_DIGITS` to `MAX_DIGITS` digits.  [Q24]
    """

    code: ClassVar[str] = "phone.wrong_length"

    minimum: int = MIN_DIGITS
    maximum: int = MAX_DIGITS


@attrs.frozen
class NotPossible(Problem):
    """
    A phone number is possible in its country.  [Q24]
    """

    code: ClassVar[str] = "phone.not_possible"


@attrs.frozen
class NotCanonical(Problem):
    """
    A stored phone number is in its canonical spelling.  [Q24]
    """

    code: ClassVar[str] = "phone.not_canonical"


@final
@attrs.frozen
class PhoneNumber:
    """
    A phone number (nl *telefoon*) with its country code.  [Q24]

    It reaches people and proves nothing: numbers are shared and handed on, so
    they neither identify nor recover a user.

    Args:
        e164: the number as ITU-T E.164 writes it, such as ``+3225123456``.

    Raises:
        Invalid: *e164* is no such number, or is spelled otherwise.
    """

    e164: str

    def __attrs_post_init__(self) -> None:
        # What is stored is spelled like this, and comes back by the thousand.
        if _BELGIAN.fullmatch(self.e164) and self.e164[3] != "0":
            return
        if problems := self.check(self.e164):
            raise Invalid(problems)
        if self.e164 != _canonical(self.e164):
            raise Invalid((NotCanonical(),))

    def __str__(self) -> str:
        return self.e164

    def __repr__(self) -> str:
        return f"<PhoneNumber {self.e164[:3]}…{self.e164[-2:]}>"

    @classmethod
    def check(cls, text: str) -> tuple[Problem, ...]:
        """
        Return why *text* is no number with its country code; empty: it is one.
        """
        return check_characters(text) or tuple(_problems(_canonical(text)))

    @classmethod
    def parse(cls, text: str) -> Self:
        """
        Bring *text* into its canonical spelling and construct.

        Raises:
            Invalid: *text* is no phone number with its country code.
        """
        if problems := cls.check(text):
            raise Invalid(problems)
        return cls(_canonical(text))


#: What reads a phone number as it was typed.  It raises `Invalid` with the problems
#: of this module.  `PhoneNumber.parse` is one.
PhoneParser = Callable[[str], PhoneNumber]


def check_characters(text: str) -> tuple[Problem, ...]:
    """
    Return why *text* cannot be a phone number in any notation.

    Every `PhoneParser` asks this first.
    """
    if problems := text_problem(text):
        return problems
    if not text:
        return (Missing(),)
    if len(text) > MAX_LENGTH:
        return (TooLong(),)
    return () if _SPELLED.fullmatch(text) else (ForbiddenCharacter(),)


def without_separators(text: str) -> str:
    """
    Return the digits in *text*, behind a ``+`` where it begins with ``+`` or ``00``.
    """
    digits = _SEPARATOR.sub("", text)
    return f"+{digits[2:]}" if digits.startswith("00") else digits


#: Every blank and every dash of Unicode (categories Zs and Pd) and the minus sign:
#: formatted numbers are copied with those that do not break a line or are as wide as a
#: digit.
_BLANKS: Final = "\u0020\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_DASHES: Final = (
    "\u002d\u058a\u05be\u1400\u1806\u2010-\u2015\u2212\u2e17\u2e1a\u2e3a\u2e3b"
    "\u2e40\u2e5d\u301c\u3030\u30a0\ufe31\ufe32\ufe58\ufe63\uff0d\U00010d6e\U00010ead"
)
_SEPARATORS: Final = rf"().\/{_BLANKS}\{_DASHES}"
_SEPARATOR: Final = re.compile(f"[{_SEPARATORS}]")
_SPELLED: Final = re.compile(
    f"[{_SEPARATORS}]*[+]?[0-9{_SEPARATORS}]*"  # No + among the digits.
)


#: Country codes in whose countries a zero is dialled before national numbers and
#: only there, so that none follows the code (ITU-T E.164 and the national plans; a
#: test holds them against the metadata of ``phonenumbers``).
_TRUNK_ZERO: Final = frozenset(
    [
        "20",
        "27",
        "31",
        "32",
        "33",
        "40",
        "41",
        "43",
        "44",
        "46",
        "49",
        "51",
        "53",
        "54",
        "55",
        "57",
        "58",
        "60",
        "61",
        "62",
        "63",
        "64",
        "66",
        "81",
        "82",
        "84",
        "86",
        "90",
        "91",
        "92",
        "93",
        "94",
        "95",
        "98",
        "211",
        "212",
        "213",
        "218",
        "231",
        "232",
        "233",
        "234",
        "243",
        "249",
        "250",
        "251",
        "252",
        "254",
        "255",
        "256",
        "260",
        "261",
        "262",
        "263",
        "264",
        "265",
        "291",
        "353",
        "355",
        "358",
        "359",
        "370",
        "373",
        "374",
        "377",
        "380",
        "381",
        "382",
        "383",
        "385",
        "386",
        "387",
        "389",
        "421",
        "423",
        "508",
        "590",
        "591",
        "593",
        "594",
        "595",
        "596",
        "598",
        "686",
        "850",
        "855",
        "856",
        "880",
        "886",
        "961",
        "962",
        "963",
        "964",
        "966",
        "967",
        "970",
        "971",
        "972",
        "976",
        "977",
        "994",
        "995",
        "996",
    ]
)

#: Belgian numbers have eight or nine digits, and mobile ones nine: none of eight begins
#: like them (BIPT, the national numbering plan; ``phonenumbers`` knows the same lengths).
_BELGIAN: Final = re.compile(r"\+32(?!4[5-9][0-9]{6}$)[0-9]{8,9}")


def _without_trunk_zero(number: str) -> str:
    for digits in (2, 3):
        code, rest = number[1 : 1 + digits], number[1 + digits :]
        if code in _TRUNK_ZERO and rest.startswith("0"):
            return f"+{code}{rest[1:]}"
    return number


def _problems(number: str) -> Iterator[Problem]:
    if not re.match(r"\+[1-9]", number):
        yield NotInternational()
    elif not MIN_DIGITS <= len(number) - 1 <= MAX_DIGITS:
        yield WrongLength()
    elif _without_trunk_zero(number) != number or (
        number.startswith("+32") and not _BELGIAN.fullmatch(number)
    ):
        yield NotPossible()


#: The zero that is not dialled from abroad, as letterheads write it.
_BRACKETED_ZERO: Final = re.compile(rf"\([{_BLANKS}]*0[{_BLANKS}]*\)")

#: A number without separators is spelled as it is.
_BARE: Final = re.compile(r"\+[0-9]*")


def _canonical(text: str) -> str:
    if _BARE.fullmatch(text):
        return _without_trunk_zero(text)
    # The (0) of +32 (0)2 is not dialled from abroad; Italy alone keeps its zero.
    number = without_separators(text)
    if number.startswith("+39"):
        return number
    return _without_trunk_zero(without_separators(_BRACKETED_ZERO.sub("", text)))
