"""
How is what happened to the users kept in a table?
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from json.encoder import encode_basestring_ascii as _quoted
from typing import Any, Final, final
from uuid import UUID

import attrs
from sqlalchemy import Row, bindparam, func, select, update

from ...events import Author, Change, Event, Outsider
from ...life_cycle import Step
from ...ports import Span
from .logins import BATCH
from .schema import EVENT
from .statements import Statements


__all__ = ["History"]

_SELECT: Final = (
    select(EVENT)
    .where(EVENT.c.user_id == bindparam("user_id"))
    .order_by(EVENT.c.version)
)
_LATEST: Final = (
    select(EVENT)
    .where(EVENT.c.user_id == bindparam("user_id"))
    .where(EVENT.c.step.in_(bindparam("steps", expanding=True)))
    .where(EVENT.c.version <= bindparam("until"))
    .order_by(EVENT.c.version.desc())
    .limit(1)
)
_SPANS: Final = select(
    EVENT.c.user_id,
    func.min(EVENT.c.at).label("first"),
    func.max(EVENT.c.at).label("last"),
).group_by(EVENT.c.user_id)
_SELECT_SPANS: Final = _SPANS.where(
    EVENT.c.user_id.in_(bindparam("user_ids", expanding=True))
)
#: A list of values is worded each time; one value is not.
_SELECT_SPAN: Final = _SPANS.where(EVENT.c.user_id == bindparam("user_id"))
_UPDATE: Final = (
    update(EVENT)
    .where(EVENT.c.user_id == bindparam("old_id"))
    .where(EVENT.c.version == bindparam("old_version"))
)


@final
@attrs.frozen
class History:
    """
    What happened to the users, inside a transaction.
    """

    _statements: Statements

    def add(self, event: Event) -> None:
        """
        Store *event*; its user has no other of that version.
        """
        self.add_all([event])

    def add_all(self, events: Iterable[Event]) -> None:
        """
        Store *events*, which are read once; no user has another of such a version.
        """
        self._statements.insert(EVENT, map(_row, events))

    def of_user(self, user_id: UUID) -> Sequence[Event]:
        """
        Return the events of that user by their versions, erased or not.
        """
        return [
            _read(row) for row in self._statements.rows(_SELECT, {"user_id": user_id})
        ]

    def latest(
        self, user_id: UUID, steps: AbstractSet[Step], *, until: int
    ) -> Event | None:
        """
        Return the last of *steps* that happened to that user, up to a version.
        """
        asked = {
            "user_id": user_id,
            "steps": [step.value for step in steps],
            "until": until,
        }
        row = self._statements.row(_LATEST, asked)
        return None if row is None else _read(row)

    def spans(self, user_ids: AbstractSet[UUID]) -> Mapping[UUID, Span]:
        """
        Return when something happened to those users first and last.
        """
        asked = list(user_ids)
        if len(asked) == 1:
            rows = self._statements.rows(_SELECT_SPAN, {"user_id": asked[0]})
        else:
            rows = [
                row
                for start in range(0, len(asked), BATCH)
                for row in self._statements.rows(
                    _SELECT_SPANS, {"user_ids": asked[start : start + BATCH]}
                )
            ]
        return {row.user_id: Span(row.first, row.last) for row in rows}

    def anonymise(self, user_id: UUID) -> None:
        """
        Replace the events of that user by what `Event.anonymised` keeps of them.
        """
        for event in self.of_user(user_id):
            row = dict(_row(event.anonymised()))
            old = {"old_id": row.pop("user_id"), "old_version": row.pop("version")}
            self._statements.run(_UPDATE, row | old)


def _row(event: Event) -> Mapping[str, object]:
    outsider = event.by if isinstance(event.by, Outsider) else None
    return {
        "user_id": event.user_id,
        "version": event.version,
        "licence": event.licence,
        "step": event.step.value,
        "author": event.by if outsider is None else None,
        "outsider": None if outsider is None else outsider.value,
        "operator": event.operator,
        "at": event.at,
        "changes": _written(event.changes),
    }


def _written(changes: Iterable[Change]) -> str:
    """
    Return *changes* as JSON: what `json.dumps` makes of their tuples, in less time.
    """
    told = [
        f"[{_quoted(each.field)}, {_or_null(each.before)}, {_or_null(each.after)}]"
        for each in changes
    ]
    return f"[{', '.join(told)}]"


def _or_null(text: str | None) -> str:
    return "null" if text is None else _quoted(text)


def _read(row: Row[Any]) -> Event:
    by: Author = row.author if row.outsider is None else Outsider(row.outsider)
    return Event(
        user_id=row.user_id,
        version=row.version,
        licence=row.licence,
        step=Step(row.step),
        by=by,
        operator=row.operator,
        at=row.at,
        changes=tuple(Change(*change) for change in json.loads(row.changes)),
    )
