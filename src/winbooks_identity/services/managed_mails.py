"""
What may people who manage users find out about their mails, and decide?
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Final, final
from uuid import UUID

from .. import authorization
from ..authorization import Actor, ensure_actor
from ..mail.outbox import MailKind, MailState, OutboxEntry
from ..mail.ports import OutboxQueue
from ..portal_user import PortalUser
from ..ports import PAGE_SIZE, Storage, UnitOfWork
from .admission import reader
from .mails import HELD, MailService


__all__ = ["ManagedMailService"]

#: What tells people of a change by another hand; that hand does not stop it.  [S40]
_NOTICES: Final = frozenset({MailKind.CHANGED, MailKind.ID_CHANGE})


@final
class ManagedMailService:
    """
    Lists and decides about mails in someone's name.  [S2, S55]

    `MailService` does the same for people who have the database.  Every method raises
    `TypeError` where *by* is no `Actor`, `UnknownUser` where they are not there any
    more, `NotAuthorised` where they cannot sign in, and what `OutboxQueue` raises.

    Args:
        storage: where the users are.
        queue: where the mails are.
    """

    def __init__(self, storage: Storage, queue: OutboxQueue) -> None:
        self._storage = storage
        self._queue = queue
        self._mails = MailService(queue)

    def entries(
        self, states: AbstractSet[MailState], *, by: Actor
    ) -> Iterator[OutboxEntry]:
        """
        Return every mail in one of *states* to whom *by* manages, or is.

        The latest made comes first.
        """
        ensure_actor(by)
        return self._entries(states, by)

    def may_put_back(
        self, entries: Iterable[OutboxEntry], *, by: Actor
    ) -> Sequence[OutboxEntry]:
        """
        Return those of *entries* that *by* may send again.

        They manage the user, and no operator held the mail back.
        """
        ensure_actor(by)
        asked = [entry for entry in entries if entry.reason != HELD]
        return self._to_managed(asked, by)

    def put_back(
        self, entries: Iterable[OutboxEntry], *, by: Actor
    ) -> Sequence[OutboxEntry]:
        """
        Let mails be due now, as `MailService.put_back`; return them.
        """
        # An operator may have held them back since they were listed.
        return self._mails.put_back(self.may_put_back(entries, by=by), unless=HELD)

    def may_discard(
        self, entries: Iterable[OutboxEntry], *, by: Actor
    ) -> Sequence[OutboxEntry]:
        """
        Return those of *entries* that *by* may withdraw.

        As `may_put_back`; but a mail that tells of a change always stays.
        """
        asked = [entry for entry in entries if entry.kind not in _NOTICES]
        return self.may_put_back(asked, by=by)

    def discard(
        self, entries: Iterable[OutboxEntry], *, by: Actor
    ) -> Sequence[OutboxEntry]:
        """
        Withdraw mails, as `MailService.discard`; return those that were.
        """
        return self._mails.discard(self.may_discard(entries, by=by), unless=HELD)

    def _entries(
        self, states: AbstractSet[MailState], by: Actor
    ) -> Iterator[OutboxEntry]:
        last: OutboxEntry | None = None
        while page := self._queue.entries(states, before=last, limit=PAGE_SIZE):
            actor, users = self._users(page, by)
            for entry in page:
                user = users.get(entry.user_id)
                if user and authorization.reads_personal_data(actor, user):
                    yield entry
            last = page[-1]

    def _to_managed(
        self, entries: Sequence[OutboxEntry], by: Actor
    ) -> Sequence[OutboxEntry]:
        found: list[OutboxEntry] = []
        for start in range(0, len(entries), PAGE_SIZE):
            page = entries[start : start + PAGE_SIZE]
            actor, users = self._users(page, by)
            found += [
                entry
                for entry in page
                if (user := users.get(entry.user_id))
                and not authorization.check(actor, before=user, after=user)
            ]
        return found

    def _users(
        self, entries: Iterable[OutboxEntry], by: Actor
    ) -> tuple[Actor, Mapping[UUID, PortalUser]]:
        """
        Return *by* and the users of *entries*, as stored.
        """
        keys = frozenset(entry.user_id for entry in entries)

        def read(unit: UnitOfWork) -> tuple[Actor, Sequence[PortalUser]]:
            return reader(unit, by), unit.users.find_all(keys)

        actor, users = self._storage.read(read)
        return actor, {user.id: user for user in users}
