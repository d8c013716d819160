"""
How is the rollout of a policy written down, and read again?
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, Final, cast

from ..errors import Invalid
from ..problems import Problem
from .notation import UnknownRule, WrongType, checked, to_mapping, to_toml
from .rollout import DATES, Rollout
from .rules import Rules


__all__ = [
    "ROLLOUT",
    "checked_with_rollout",
    "rollout_in_plain_data",
    "rollout_in_toml",
]

#: The name of the table in a written policy.
ROLLOUT: Final = "rollout"

_BEFORE: Final = "before"


def checked_with_rollout(
    rules: Mapping[str, object],
    read: Callable[[Mapping[str, object]], Rules],
) -> dict[str, Any]:
    """
    Return *rules* by their names and the rollout among them, ready for a policy.

    Args:
        rules: what is written.
        read: returns the policy that other rules describe.

    Raises:
        Invalid: a rule or an entry of the rollout is unknown, has the wrong type or
            means nothing: every problem.
    """
    others = {rule: value for rule, value in rules.items() if rule != ROLLOUT}
    problems: list[Problem] = []
    found: dict[str, Any] = {}
    try:
        found |= checked(others)
    except Invalid as invalid:
        problems += invalid.problems
    if ROLLOUT in rules:
        try:
            found[ROLLOUT] = _rollout(rules[ROLLOUT], read)
        except Invalid as invalid:
            problems += invalid.problems
    if problems:
        raise Invalid(tuple(problems))
    return found


def rollout_in_plain_data(rollout: Rollout) -> dict[str, object]:
    """
    Return what *rollout* says as plain data: days in the form of ISO 8601.
    """
    said: dict[str, object] = {
        name: day.isoformat()
        for name in DATES
        if (day := getattr(rollout, name)) is not None
    }
    if rollout.before is not None:
        said[_BEFORE] = to_mapping(rollout.before)
    return said


def rollout_in_toml(rollout: Rollout) -> str:
    """
    Return what *rollout* says as tables of a TOML document.
    """
    days = {name: getattr(rollout, name) for name in DATES}
    lines = [f"{name} = {day.isoformat()}\n" for name, day in days.items() if day]
    if rollout.before is not None:
        lines += [f"\n[{ROLLOUT}.{_BEFORE}]\n", to_toml(rollout.before)]
    return "".join([f"\n[{ROLLOUT}]\n", *lines])


def _rollout(said: object, read: Callable[[Mapping[str, object]], Rules]) -> Rollout:
    if not isinstance(said, Mapping):
        raise Invalid((WrongType(ROLLOUT, "table"),))
    entries = cast("Mapping[str, object]", said)
    if problems := tuple(_misfits(entries)):
        raise Invalid(problems)
    before = entries.get(_BEFORE)
    days = {name: _day(entries.get(name)) for name in DATES}
    return Rollout(
        **days,
        before=None if before is None else read(cast("Mapping[str, object]", before)),
    )


def _misfits(entries: Mapping[str, object]) -> Iterator[Problem]:
    for name, value in entries.items():
        rule = f"{ROLLOUT}.{name}"
        if name == _BEFORE:
            if not isinstance(value, Mapping):
                yield WrongType(rule, "table")
        elif name not in DATES:
            yield UnknownRule(rule)
        elif _day(value) is None:
            yield WrongType(rule, "date")


def _day(value: object) -> date | None:
    """
    Return the day that *value* is or says, if any.
    """
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
