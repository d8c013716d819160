"""
Where is what happened, what was asked before, and what has to be mailed?
"""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import NamedTuple, Protocol, final
from uuid import UUID

import attrs

from ..events import Event
from ..life_cycle import Step
from ..mail.outbox import MailKind, OutboxEntry, OutboxMail


__all__ = ["History", "Outbox", "Request", "Requests", "Span"]


@final
@attrs.frozen(kw_only=True)
class Request:
    """
    A creation that was asked for: repeating it returns the same user.

    `digest` tells two requests apart; no secret went into it.
    """

    id: UUID
    user_id: UUID
    digest: bytes


class Span(NamedTuple):
    """
    When something happened first, and when last, in UTC.
    """

    first: datetime
    last: datetime


class Requests(Protocol):
    """
    The creations that were carried out, inside a unit of work.
    """

    def remember(self, request: Request) -> Request | None:
        """
        Store *request*, unless its id is known: then return what is known.

        Of two units of work with one id, one gets `None` and the other,
        once the first is committed, its request.  Its user need not be there:
        they come later in the unit of work, or has left.
        """
        ...


class Outbox(Protocol):
    """
    The mails that wait, seen from inside a unit of work.
    """

    def put(self, mail: OutboxMail) -> None:
        """
        Let *mail* wait from now on, if the unit of work is committed.

        Its user is there.
        """
        ...

    def withdraw(
        self, user_ids: AbstractSet[UUID], kinds: AbstractSet[MailKind], now: datetime
    ) -> None:
        """
        Withdraw the mails of these *kinds* to these users, and erase their content.

        Those that wait or are dead are meant; a relay that holds one of them finds
        its lease gone.
        """
        ...

    def of_user(self, user_id: UUID) -> Sequence[OutboxEntry]:
        """
        Return every mail to the user with that internal key, the latest first.
        """
        ...


class History(Protocol):
    """
    What happened to the users, inside a unit of work.
    """

    def add(self, event: Event) -> None:
        """
        Store *event*; its user has no other of that version, and may be gone.
        """
        ...

    def add_all(self, events: Iterable[Event]) -> None:
        """
        Store *events*, which are read once; no user has another of such a version.
        """
        ...

    def of_user(self, user_id: UUID) -> Sequence[Event]:
        """
        Return the events of that user by their versions, erased or not.
        """
        ...

    def latest(
        self, user_id: UUID, steps: AbstractSet[Step], *, until: int
    ) -> Event | None:
        """
        Return the last of *steps* that happened to that user, erased or not.

        Args:
            user_id: their internal key.
            steps: which steps count; at least one.
            until: the version behind which nothing counts.
        """
        ...

    def spans(self, user_ids: AbstractSet[UUID]) -> Mapping[UUID, Span]:
        """
        Return when something happened to those users first and last.

        A user to whom nothing did is left out.
        """
        ...

    def anonymise(self, user_id: UUID) -> None:
        """
        Replace the events of that user by what `Event.anonymised` keeps of them.
        """
        ...
