"""
How does a value become a row, and a row a value again?
"""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar, cast
from uuid import UUID

import attrs

from ...events import Change, Event, Outsider
from ...mail.outbox import OutboxEntry
from ...portal_user import IdChange, PortalUser
from ...role import Role
from . import models


__all__ = [
    "entry_of",
    "event_of",
    "event_row",
    "row_of",
    "user_of",
    "user_row",
    "value_of",
]


T = TypeVar("T", bound=attrs.AttrsInstance)


def row_of(value: Any) -> dict[str, Any]:
    """
    Return the columns of *value*, for the models that are named alike.
    """
    return attrs.asdict(value, recurse=False)


def value_of(kind: type[T], row: Any) -> T:
    """
    Return the value of *kind* in *row*.
    """
    return kind(**_columns(row, attrs.fields_dict(kind)))


def _columns(row: Any, names: Iterable[str]) -> dict[str, Any]:
    return {name: _without_view(getattr(row, name)) for name in names}


def _without_view(column: Any) -> Any:
    # Bytes come out of PostgreSQL as a view of memory.
    is_view = isinstance(column, memoryview)
    return cast("memoryview[int]", column).tobytes() if is_view else column


def entry_of(row: models.OutboxMail) -> OutboxEntry:
    """
    Return what an operator may see of the mail in *row*.
    """
    of_mail = ("kind", "message_id", "state", "reason", "attempts")
    instants = ("created_at", "expires_at", "due_at", "done_at")
    return OutboxEntry(
        mail_id=row.id,
        user_id=row.user_id,
        is_kept=bool(row.sealed),
        **_columns(row, of_mail + instants),
    )


def user_row(user: PortalUser) -> Mapping[str, Any]:
    """
    Return the columns of *user*.
    """
    row = row_of(user)
    change = row.pop("id_change")
    return row | {
        "dossiers": sorted(user.dossiers),
        "roles": sorted(role.value for role in user.roles),
        "pending_id": change.winbooks_id if change else None,
        "pending_until": change.expires_at if change else None,
    }


def user_of(row: models.User) -> PortalUser:
    """
    Return the user in *row*.
    """
    columns = _columns(row, attrs.fields_dict(PortalUser).keys() - {"id_change"})
    columns["dossiers"] = frozenset(row.dossiers)
    columns["roles"] = frozenset(map(Role, row.roles))
    if row.pending_id and row.pending_until:
        columns["id_change"] = IdChange(
            winbooks_id=row.pending_id, expires_at=row.pending_until
        )
    return PortalUser(**columns)


def event_row(event: Event) -> Mapping[str, Any]:
    """
    Return the columns of *event*.
    """
    by = event.by.value if isinstance(event.by, Outsider) else str(event.by)
    changes = [attrs.astuple(change) for change in event.changes]
    return row_of(event) | {"by": by, "changes": changes}


def event_of(row: models.Event) -> Event:
    """
    Return the event in *row*.
    """
    outsiders = {outsider.value: outsider for outsider in Outsider}
    return Event(
        user_id=row.user_id,
        version=row.version,
        licence=row.licence,
        step=row.step,
        by=outsiders.get(row.by) or UUID(row.by),
        operator=row.operator,
        at=row.at,
        changes=tuple(Change(*change) for change in row.changes),
    )
