"""
What happened to a user, who did it, and what was it before and after?

An event is stored in the transaction of its step.  It never holds a secret.
When a person is erased, their events stay, with their internal key and nothing else
of them.
"""

from collections.abc import Iterator
from datetime import datetime
from enum import Enum
from functools import cache
from typing import Self, TypeAlias, cast, final
from uuid import UUID

import attrs

from .authorization import Actor, Distributor, ensure_actor
from .dossier import LicenceNumber
from .life_cycle import Step
from .plain import Json, plain
from .portal_user import PortalUser


__all__ = [
    "Author",
    "Change",
    "Event",
    "Outsider",
    "author_of",
    "changes",
    "operator_of",
]


@final
class Outsider(Enum):
    """
    Who acts from outside the licence.
    """

    DISTRIBUTOR = "distributor"
    WINBOOKS = "winbooks"


Author: TypeAlias = UUID | Outsider
"""
Who took a step: a user by their internal key, or someone from outside.
"""


def author_of(actor: Actor) -> Author:
    """
    Return *actor* as the history names them.

    Raises:
        TypeError: *actor* is none of the known kinds.
    """
    ensure_actor(actor)
    if isinstance(actor, PortalUser):
        return actor.id
    is_distributor = isinstance(actor, Distributor)
    return Outsider.DISTRIBUTOR if is_distributor else Outsider.WINBOOKS


def operator_of(actor: Actor) -> str | None:
    """
    Return who was at the keyboard for *actor*, if that was said.  [S4]

    Raises:
        TypeError: *actor* is none of the known kinds.
    """
    ensure_actor(actor)
    return actor.operator if isinstance(actor, Distributor) else None


@final
@attrs.frozen
class Change:
    """
    One field, before and after a step, as text; `None` where it had no value.
    """

    field: str
    before: str | None = attrs.field(repr=False)
    after: str | None = attrs.field(repr=False)


@final
@attrs.frozen(kw_only=True)
class Event:
    """
    A step in a user's life.

    `user_id` and `version` name it: it made the user what they are in that
    version.  `operator` is the person at the keyboard of an outsider, where that was
    said.  [S4]  `at` is in UTC.
    """

    user_id: UUID
    version: int
    licence: LicenceNumber
    step: Step
    by: Author
    operator: str | None = None
    at: datetime
    changes: tuple[Change, ...] = ()

    @classmethod
    def of(
        cls,
        step: Step,
        before: PortalUser | None,
        after: PortalUser,
        *,
        by: Actor,
        at: datetime,
    ) -> Self:
        """
        Return what *step* made of *before*, `None` for a new user.

        Args:
            step: what happened.
            before: the user as they were.
            after: the user as they are stored now.
            by: who took the step.
            at: when, in UTC.
        """
        return cls(
            user_id=after.id,
            version=after.version,
            licence=after.licence,
            step=step,
            by=author_of(by),
            operator=operator_of(by),
            at=at,
            changes=tuple(changes(before, after)),
        )

    @classmethod
    def erased(cls, user: PortalUser, *, by: Actor, at: datetime) -> Self:
        """
        Return the end of the history of *user*, who was erased.
        """
        return cls(
            user_id=user.id,
            version=user.version + 1,
            licence=user.licence,
            step=Step.ERASE,
            by=author_of(by),
            operator=operator_of(by),
            at=at,
        )

    def anonymised(self) -> Self:
        """
        Return what is kept of the event once the person is erased.

        That something happened stays, and whom it concerned by the internal
        key; what it was about is gone.
        """
        return attrs.evolve(self, changes=())


def changes(before: PortalUser | None, after: PortalUser) -> Iterator[Change]:
    """
    Yield what a step made different, field by field; all fields of a new user.

    Args:
        before: the user as they were, `None` for a new one.
        after: the user as they are.
    """
    for field in _fields():
        new = _value(after, field)
        old = None if before is None else _value(before, field)
        # Few differ, so the others need no words.
        if (before is None or old != new) and (told := _text(plain(old))) != (
            tells := _text(plain(new))
        ):
            yield Change(field, told, tells)


@cache
def _fields() -> tuple[str, ...]:
    """
    Return the names of what can change in a user.
    """
    return tuple(
        field.name
        for field in attrs.fields(PortalUser)
        if field.name not in {"id", "licence", "version"}
    )


def _value(user: PortalUser, field: str) -> object:
    # Two spellings of one ID are equal, and still another text.
    if field == "winbooks_id":
        return user.winbooks_id.address
    if field == "id_change":
        waiting = user.id_change
        return None if waiting is None else waiting.winbooks_id.address
    return getattr(user, field)


def _text(value: Json) -> str | None:
    match value:
        case None | str():
            return value
        case bool():
            return "yes" if value else "no"
        case _:
            return ", ".join(map(str, cast("list[Json]", value)))
