"""
How do our values look to JSON, a table, a plan file and the history?
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from enum import Enum
from functools import cache
from types import NoneType
from typing import Any, TypeAlias, cast

import attrs


__all__ = ["Json", "plain", "plain_fields"]

Json: TypeAlias = "str | int | bool | Sequence[Json] | Mapping[str, Json] | None"
"""
What stands in a JSON document.
"""


def plain(value: object) -> Json:
    """
    Return *value* as JSON has it.

    Enumerations become their values, times ISO 8601, sets sorted lists, and
    every other value its text: a WinBooks ID its address, a phone number its
    E.164 form.  The text of a password is its mask.
    """
    return _way(cast("Any", type(value)))(value)


@cache
def _way(kind: type[Any]) -> Callable[[Any], Json]:
    """
    Return what makes JSON of the values of *kind*.
    """
    if issubclass(kind, NoneType | int | str) and not issubclass(kind, Enum):
        return _as_it_is
    if issubclass(kind, Enum):
        return lambda value: plain(value.value)
    if issubclass(kind, datetime):
        return lambda value: str(value.isoformat())
    if issubclass(kind, AbstractSet):
        return lambda values: sorted(map(_text, values))
    if issubclass(kind, list | tuple):
        return lambda values: [plain(each) for each in values]
    return str


def _as_it_is(value: Any) -> Json:  # noqa: ANN401  What JSON has too.
    return cast("Json", value)


def plain_fields(
    value: "attrs.AttrsInstance", *, without: Collection[str] = ()
) -> dict[str, Any]:
    """
    Return the fields of *value* in their order, each as `plain` has it.

    Args:
        value: a user, or what is planned for one.
        without: the names of fields that are left out.
    """
    return {
        name: plain(getattr(value, name))
        for name in _names(type(value))
        if name not in without
    }


@cache
def _names(kind: type["attrs.AttrsInstance"]) -> tuple[str, ...]:
    return tuple(field.name for field in attrs.fields(kind))


def _text(value: object) -> str:
    return str(plain(value))
