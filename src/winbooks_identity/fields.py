"""
How is a submitted form read, so that every problem of every field is known?

A form trims its text; the values behind the fields do not.
"""

from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from typing import Final, Generic, Protocol, Self, TypeVar, cast

from .errors import Invalid, InvalidFields
from .invisible import hidden_characters
from .problems import (
    FlagExpected,
    HiddenCharacter,
    Masked,
    Missing,
    NotText,
    NotYesOrNo,
    Problem,
)


__all__ = [
    "MASK",
    "Fields",
    "Reading",
    "is_blank",
    "read_box",
    "read_each",
    "read_flag",
    "read_secret",
    "read_text",
    "trimmed",
]

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

#: Stands for a secret where one has to be shown.
MASK: Final = "**********"

#: What masks are made of.
_MASKING: Final = "*\u2022\u25cf"

#: Characters that people paste without seeing them: soft hyphen, zero width characters, word
#: joiner, marks of direction, byte order mark and all others that show nothing.
_INVISIBLE: Final = hidden_characters() + "\u200d"

#: White space of any width.
_SPACES: Final = (
    " \t\r\n\f\v\u0085\u00a0\u1680\u2028\u2029\u202f\u205f\u3000"
    + "".join(map(chr, range(0x2000, 0x200B)))
)

#: A text of these alone is empty; behind a sign, U+FE0F gives it its colours.
_UNSEEN: Final = _INVISIBLE + _SPACES + "\ufe0f"

_BOXES: Final = {
    **dict.fromkeys(("on", "yes", "true", "1"), True),
    **dict.fromkeys(("off", "no", "false", "0", ""), False),
}


#: How spreadsheets write truth values in Dutch, French, German and English, how people
#: do, and how ``COPY`` of PostgreSQL (``t``) and tables of numbers (``1.0``) do; an
#: example of each is in `tests/test_fields.py`.
_FLAGS: Final = {
    **_BOXES,
    **dict.fromkeys(("y", "ja", "j", "oui", "o", "waar", "vrai", "wahr"), True),
    **dict.fromkeys(("t", "1.0"), True),
    **dict.fromkeys(("n", "nee", "nein", "non", "onwaar", "faux", "falsch"), False),
    **dict.fromkeys(("f", "0.0"), False),
}


class Reading(Generic[T_co]):
    """
    What one field holds: a value, or the problems that keep it from being one.
    """

    __slots__ = ("_values", "problems")

    def __init__(self, *values: T_co, problems: tuple[Problem, ...] = ()) -> None:
        self._values = values
        self.problems: tuple[Problem, ...] = problems

    @classmethod
    def of(cls, parse: Callable[[str], T_co], text: str) -> Self:
        """
        Return what *parse* makes of *text*, untrimmed.
        """
        try:
            return cls(parse(text))
        except Invalid as invalid:
            return cls(problems=invalid.problems)

    @property
    def value(self) -> T_co:
        """
        Return the value.

        Raises:
            Invalid: the field has problems.
        """
        if self.problems:
            raise Invalid(self.problems)
        return self._values[0]


def is_blank(given: object) -> bool:
    """
    Tell whether *given* is nothing, or text without a visible character.
    """
    return given is None or (isinstance(given, str) and not given.strip(_UNSEEN))


def read_text(given: object, parse: Callable[[str], T], *default: T) -> Reading[T]:
    """
    Read text; without a *default* it is mandatory.

    White space and invisible characters at its ends are trimmed.  Inside,
    an invisible character is the one problem of what *parse* refuses, since
    no other sentence would help to find it.  A member of an enumeration is
    read as its value.
    """
    if is_blank(given):
        return Reading[T](*default, problems=() if default else (Missing(),))
    return _attempt(parse, given)


def read_each(
    given: object, parse: Callable[[str], T], *, is_required: bool = False
) -> Reading[frozenset[T]]:
    """
    Read several choices; one choice may come as plain text, blank ones are none.
    """
    readings = [
        _attempt(parse, choice) for choice in _choices(given) if not is_blank(choice)
    ]
    problems = tuple(
        dict.fromkeys(problem for each in readings for problem in each.problems)
    )
    if is_required and not readings:
        problems = (Missing(),)
    values = frozenset(each.value for each in readings if not each.problems)
    return Reading(values, problems=problems)


def read_box(given: object, *, default: bool) -> Reading[bool]:
    """
    Read a box: a truth value, or what a web form sends for one.

    `None` stands for the *default*; a blank text is a box that is not ticked.
    """
    ticked = default if given is None else given
    if isinstance(ticked, str):
        ticked = _BOXES.get(trimmed(ticked).lower(), ticked)
    if isinstance(ticked, bool):
        return Reading(ticked)
    return Reading[bool](problems=(NotYesOrNo(),))


def read_flag(given: object, *, default: bool) -> Reading[bool]:
    """
    Read yes or no as a file has it: a truth value, 1 or 0, or a word.

    What is blank, `None` or without a visible character, stands for the *default*.
    """
    if is_blank(given):
        return Reading(default)
    word = str(given) if isinstance(given, int | float) else given
    if isinstance(word, str):
        word = _FLAGS.get(trimmed(word).casefold())
    if isinstance(word, bool):
        return Reading(word)
    return Reading[bool](problems=(FlagExpected(),))


def read_secret(given: object, parse: Callable[[str], T], *default: T) -> Reading[T]:
    """
    Read a secret, which is never trimmed; without a *default* it is mandatory.

    A mask, so a text of asterisks or bullets, is refused: it is what a form or
    a file shows in the place of a secret.  [R19, R20]
    """
    if given is None or given == "":
        return Reading[T](*default, problems=() if default else (Missing(),))
    if not isinstance(given, str):
        return Reading[T](problems=(NotText(),))
    if not given.strip(_MASKING):
        return Reading[T](problems=(Masked(),))
    return Reading[T].of(parse, given)


class Fields:
    """
    One submitted form; remembers the values and problems of what was read.

    A mapping that can hold several values under one name is what a browser
    posted: one with a method ``getlist`` (Django, Starlette, Werkzeug) or
    ``getall`` (aiohttp, WebOb).  Of such a form the last value under a name
    counts, all of them for a field with several choices; and since a browser
    sends nothing for an empty box, a box that is missing is not ticked.  In any
    other mapping, such as parsed JSON, it has its default.

    Args:
        form: what was submitted, by the name of the field.
    """

    def __init__(self, form: Mapping[str, object]) -> None:
        self._form = form
        self._posted = _values_of(form)
        self._values: dict[str, object] = {}
        self._problems: dict[str, tuple[Problem, ...]] = {}

    @classmethod
    def of(cls, form: "Mapping[str, object] | Fields") -> "Fields":
        """
        Return *form* as fields, which show nothing of it, unless it is that already.
        """
        return form if isinstance(form, Fields) else cls(form)

    def read(self, name: str, parse: Callable[[str], T], *default: T) -> Reading[T]:
        """
        Read a field of text; without a *default* it is mandatory.
        """
        return self.keep(name, read_text(self._last(name), parse, *default))

    def read_number(self, name: str, parse: Callable[[str], T]) -> Reading[T]:
        """
        Read digits, or the number that JSON has in their place; it is mandatory.
        """
        given = self._last(name)
        text = str(given) if type(given) is int else given
        return self.keep(name, read_text(text, parse))

    def read_each(self, name: str, parse: Callable[[str], T]) -> Reading[frozenset[T]]:
        """
        Read a field with several choices; one choice may come as plain text.
        """
        given = self._all(name) if self._posted else self._form.get(name)
        return self.keep(name, read_each(given, parse))

    def read_box(self, name: str, *, default: bool) -> Reading[bool]:
        """
        Read a box: a truth value, or what a web form sends for one.
        """
        absent = default and not self._posted
        return self.keep(name, read_box(self._last(name), default=absent))

    def read_flag(self, name: str, *, default: bool) -> Reading[bool]:
        """
        Read yes or no as a file has it; see `read_flag` of this module.
        """
        return self.keep(name, read_flag(self._last(name), default=default))

    def read_secret(
        self, name: str, parse: Callable[[str], T], *default: T
    ) -> Reading[T]:
        """
        Read a field that is never trimmed; without a *default* it is mandatory.
        """
        return self.keep(name, read_secret(self._last(name), parse, *default))

    def keep(self, name: str, reading: Reading[T]) -> Reading[T]:
        """
        Remember what *reading* says under the field's name, and no earlier reading.
        """
        self._values[name] = None if reading.problems else reading.value
        self._problems[name] = reading.problems
        return reading

    def kept(self, name: str, kind: type[T]) -> T | None:
        """
        Return the value that was read for a field, of the type *kind*.

        It is `None` where the field was not read, or had problems by itself.
        """
        value = self._values.get(name)
        return value if isinstance(value, kind) else None

    def refuse(self, name: str, problems: tuple[Problem, ...]) -> None:
        """
        Remember more problems of a field.
        """
        self._problems[name] = self._problems.get(name, ()) + problems

    def raise_if_any(self) -> None:
        """
        Raise unless every field that was read is without problems.

        Raises:
            InvalidFields: with the problems of all fields, in reading order.
        """
        InvalidFields.raise_if_any(self._problems)

    def _last(self, name: str) -> object:
        if not self._posted:
            return self._form.get(name)
        return next(reversed(self._all(name)), None)

    def _all(self, name: str) -> list[object]:
        return list(self._posted(name)) if self._posted and name in self._form else []


class _Values(Protocol):
    def __call__(self, name: str, /) -> Iterable[object]: ...


def _values_of(form: Mapping[str, object]) -> _Values | None:
    """
    Return what gives all values under a name, if *form* can hold several.
    """
    found = getattr(form, "getlist", None) or getattr(form, "getall", None)
    return cast("_Values | None", found)


def trimmed(text: str) -> str:
    """
    Return *text* without white space and invisible characters at its ends.
    """
    return text.strip(_INVISIBLE + _SPACES)


def _choices(given: object) -> Iterable[object]:
    if given is None:
        return ()
    # What cannot be gone through is one wrong choice.
    if isinstance(given, Iterable) and not isinstance(given, str | bytes):
        return cast("Iterable[object]", given)
    return (given,)


def _attempt(parse: Callable[[str], T], given: object) -> Reading[T]:
    text = given.value if isinstance(given, Enum) else given
    if not isinstance(text, str):
        return Reading[T](problems=(NotText(),))
    shown = trimmed(text)
    reading = Reading[T].of(parse, shown)
    if reading.problems and not {*shown}.isdisjoint(_INVISIBLE):
        return Reading[T](problems=(HiddenCharacter(),))
    return reading
