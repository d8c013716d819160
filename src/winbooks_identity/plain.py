"""
How do our values look to JSON, a table, a plan file and the history?
"""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from enum import Enum
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
    match value:
        case None | bool() | int() | str():
            return value
        case Enum():
            return plain(value.value)
        case datetime():
            return value.isoformat()
        case AbstractSet():
            return sorted(map(_text, cast("AbstractSet[object]", value)))
        case list() | tuple():
            return [plain(each) for each in cast("Sequence[object]", value)]
        case _:
            return str(value)


def plain_fields(
    value: "attrs.AttrsInstance", *, without: Iterable[str] = ()
) -> dict[str, Any]:
    """
    Return the fields of *value* in their order, each as `plain` has it.

    Args:
        value: a user, or what is planned for one.
        without: the names of fields that are left out.
    """
    left_out = frozenset(without)
    return {
        field.name: plain(getattr(value, field.name))
        for field in attrs.fields(type(value))
        if field.name not in left_out
    }


def _text(value: object) -> str:
    return str(plain(value))
