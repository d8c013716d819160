"""
What happened to a user, who did it, and what was it before and after?

An event is stored in the transaction of its step.  It never holds a secret.
When a person is erased, their events stay, with their internal key and nothing else
of them.
"""

from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from datetime import datetime
from enum import Enum
from itertools import repeat
from operator import attrgetter
from typing import Any, Final, Self, TypeAlias, cast, final
from uuid import UUID

import attrs

from .authorization import Actor, Distributor, ensure_actor
from .dossier import LicenceNumber
from .life_cycle import Step
from .plain import plain
from .portal_user import IdChange, PortalUser
from .role import Role


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
    olds = repeat(None) if before is None else _values(before)
    for field, text, old, new in zip(
        _PLACES, _TEXTS, olds, _values(after), strict=False
    ):
        # Few differ, so the others need no words.
        if old != new:
            told = old if text is None or old is None else text(old)
            tells = new if text is None or new is None else text(new)
            if told != tells:
                yield Change(field, told, tells)


def _yes_or_no(flag: bool) -> str:  # noqa: FBT001  It is the value that is told.
    return "yes" if flag else "no"


def _list(values: AbstractSet[str] | AbstractSet[Role]) -> str:
    return ", ".join(cast("list[str]", plain(values))) if values else ""


def _waiting(change: IdChange) -> str:
    return change.winbooks_id.address


#: What can change in a user, and where the text or the value of it stands.  Two
#: spellings of one ID are equal, and still another text.  An enumeration has `_value_`
#: at hand, and looks for `value` in Python.
_PLACES: Final[Mapping[str, str]] = {
    "winbooks_id": "winbooks_id.address",
    "level": "level._value_",
    "status": "status._value_",
    "credential_source": "credential_source._value_",
    "first_name": "first_name.text",
    "last_name": "last_name.text",
    "company_name": "company_name.text",
    "language": "language._value_",
    "phone": "phone",
    "dossiers": "dossiers",
    "roles": "roles",
    "notify_all_dossiers": "notify_all_dossiers",
    "external_id": "external_id",
    "deactivated_by_feed": "deactivated_by_feed",
    "id_change": "id_change",
    "address_proven": "address_proven",
}

_values: Final[Callable[[PortalUser], tuple[Any, ...]]] = attrgetter(*_PLACES.values())

#: What makes text of a value that is none.
_TEXT_OF: Final[Mapping[str, Callable[[Any], str]]] = {
    "phone": str,
    "dossiers": _list,
    "roles": _list,
    "notify_all_dossiers": _yes_or_no,
    "deactivated_by_feed": _yes_or_no,
    "id_change": _waiting,
    "address_proven": _yes_or_no,
}
_TEXTS: Final = tuple(map(_TEXT_OF.get, _PLACES))
