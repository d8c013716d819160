"""
How is a submitted form read, so that every problem of every field is known?

A form trims its text; the values behind the fields do not.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Final, Generic, Self, TypeVar, cast

from .errors import Invalid, InvalidFields
from .problems import Missing, NotText, NotYesOrNo, Problem


__all__ = ["Fields", "Reading"]

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

#: What nobody sees at the ends of what he pasted, beside white space: zero
#: width space, word joiner, byte order mark.
_INVISIBLE: Final = "\u200b\u2060\ufeff"

_BOXES: Final = {
    **dict.fromkeys(("on", "yes", "true", "1"), True),
    **dict.fromkeys(("off", "no", "false", "0", ""), False),
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


class Fields:
    """
    One submitted form; remembers the problems of the fields that were read.
    """

    def __init__(self, form: Mapping[str, object]) -> None:
        self._form = form
        self._problems: dict[str, tuple[Problem, ...]] = {}

    def read(self, name: str, parse: Callable[[str], T], *default: T) -> Reading[T]:
        """
        Read a field of text; without a *default* it is mandatory.
        """
        text = self._form.get(name)
        if text is None or (isinstance(text, str) and not _trimmed(text)):
            problems = () if default else (Missing(),)
            return self.keep(name, Reading[T](*default, problems=problems))
        return self.keep(name, _attempt(parse, text))

    def read_each(self, name: str, parse: Callable[[str], T]) -> Reading[frozenset[T]]:
        """
        Read a field with several choices; one choice may come as plain text.
        """
        readings = [
            _attempt(parse, choice)
            for choice in _choices(self._form.get(name))
            if choice != ""
        ]
        problems = tuple(
            dict.fromkeys(problem for each in readings for problem in each.problems)
        )
        values = frozenset(each.value for each in readings if not each.problems)
        return self.keep(name, Reading(values, problems=problems))

    def box(self, name: str, *, default: bool) -> Reading[bool]:
        """
        Read a box: a truth value, or what a web form sends for one.
        """
        ticked = self._form.get(name)
        if ticked is None:
            ticked = default
        if isinstance(ticked, str):
            ticked = _BOXES.get(_trimmed(ticked).lower(), ticked)
        if isinstance(ticked, bool):
            return self.keep(name, Reading(ticked))
        return self.keep(name, Reading[bool](problems=(NotYesOrNo(),)))

    def secret(self, name: str, parse: Callable[[str], T]) -> Reading[T] | None:
        """
        Read a mandatory field that is never trimmed; `None` where it is empty.
        """
        given = self._form.get(name)
        if given is None or given == "":
            return None
        if not isinstance(given, str):
            return Reading[T](problems=(NotText(),))
        return Reading[T].of(parse, given)

    def keep(self, name: str, reading: Reading[T]) -> Reading[T]:
        """
        Remember the problems of *reading* under the field's name.
        """
        self.refuse(name, reading.problems)
        return reading

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


def _trimmed(text: str) -> str:
    return text.strip(_INVISIBLE + " \t\r\n\f\v\u00a0\u202f\u3000")


def _choices(given: object) -> Iterable[object]:
    if given is None:
        return ()
    # What cannot be gone through is one wrong choice.
    if isinstance(given, Iterable) and not isinstance(given, str | bytes):
        return cast("Iterable[object]", given)
    return (given,)


def _attempt(parse: Callable[[str], T], given: object) -> Reading[T]:
    if not isinstance(given, str):
        return Reading[T](problems=(NotText(),))
    return Reading[T].of(parse, _trimmed(given))
