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

    It reaches somebody and proves nothing: numbers are shared and handed on, so
    they neither identify nor recover a user.

    Args:
        e164: the number as ITU-T E.164 writes it, such as ``+3225123456``.

    Raises:
        Invalid: *e164* is no such number, or is spelled otherwise.
    """

    e164: str

    def __attrs_post_init__(self) -> None:
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


#: Blanks are those that formatted numbers carry, two of them not breaking.
_SEPARATORS: Final = " \u00a0\u202f()./-"
_SPELLED: Final = re.compile(
    "[{0}]*[+]?[0-9{0}]*".format(re.escape(_SEPARATORS))  # No + among the digits.
)


def _problems(number: str) -> Iterator[Problem]:
    if not re.match(r"\+[1-9]", number):
        yield NotInternational()
    elif not MIN_DIGITS <= len(number) - 1 <= MAX_DIGITS:
        yield WrongLength()


#: A number without separators is spelled as it is.
_BARE: Final = re.compile(r"\+[0-9]*")


def _canonical(text: str) -> str:
    if _BARE.fullmatch(text):
        return text
    # The (0) of +32 (0)2 is not dialled from abroad; Italy alone keeps its zero.
    number = _without_separators(text)
    if number.startswith("+39"):
        return number
    return _without_separators(text.replace("(0)", ""))


def _without_separators(text: str) -> str:
    digits = text.translate(dict.fromkeys(map(ord, _SEPARATORS)))
    return f"+{digits[2:]}" if digits.startswith("00") else digits
