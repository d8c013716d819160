"""
What does a queue of mails do, with nothing but a dictionary?
"""

from collections import Counter
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta
from typing import Any, final
from uuid import UUID

import attrs

from ... import system
from ...mail.outbox import Claimed, MailState, OutboxEntry, QueueStatistics
from .state import State, StoredMail
from .storage import InMemoryStorage


__all__ = ["InMemoryOutboxQueue"]


@final
class InMemoryOutboxQueue:
    """
    The mails that wait in an `InMemoryStorage`, seen from relays and operators.

    Args:
        storage: where the mails are put.
        clock: tells the present, in UTC.
        new_id: makes the tokens of the leases.
    """

    def __init__(
        self,
        storage: InMemoryStorage,
        *,
        clock: Callable[[], datetime] = system.now,
        new_id: Callable[[], UUID] = system.new_id,
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._new_id = new_id

    def now(self) -> datetime:
        """
        Return the present in UTC.
        """
        return self._clock()

    def claim(
        self, now: datetime, *, lease: timedelta, limit: int
    ) -> Sequence[Claimed]:
        """
        Take up to *limit* mails that are due, for the time of *lease*.
        """

        def take(state: State) -> Sequence[Claimed]:
            due = [
                stored
                for stored in state.outbox.values()
                if _is_waiting(stored) and stored.entry.due_at <= now
            ]
            due.sort(key=lambda stored: stored.entry.due_at)
            return [self._take(state, stored, now + lease) for stored in due[:limit]]

        return self._storage.change(take)

    def touch(self, claimed: Claimed, *, until: datetime) -> bool:
        """
        Prolong the lease of a mail that is tried now; its attempt counts from here.
        """
        return self._if_held(
            claimed,
            lambda held: _changed(held, due_at=until, attempts=claimed.attempts),
        )

    def release(self, claimed: Claimed, now: datetime) -> bool:
        """
        Give a mail back that was not tried, due *now*; its reason stays.
        """
        return self._if_held(claimed, lambda held: _free(held, due_at=now))

    def sent(self, claimed: Claimed, now: datetime) -> bool:
        """
        Note the delivery of a mail and erase its content.
        """
        return self._if_held(
            claimed,
            lambda held: held.ended(MailState.SENT, now, None),
            # An operator may have stopped it while it went out.
            among=frozenset({MailState.WAITING, MailState.DEAD}),
        )

    def retry(self, claimed: Claimed, *, at: datetime, reason: str) -> bool:
        """
        Give a mail back until *at*; *reason* is a code.
        """
        return self._if_held(
            claimed, lambda held: _free(held, due_at=at, reason=reason)
        )

    def bury(self, claimed: Claimed, now: datetime, *, reason: str) -> bool:
        """
        Give a mail up and keep its content; *reason* is a code.
        """
        return self._if_held(
            claimed, lambda held: held.ended(MailState.DEAD, now, reason)
        )

    def erase(self, before: datetime) -> int:
        """
        Erase the content of dead mails that expired *before*; return how many.
        """

        def forget(stored: StoredMail) -> StoredMail:
            return attrs.evolve(_changed(stored, is_kept=False), mail=None)

        return self._change(
            lambda stored: (
                stored.entry.state is MailState.DEAD
                and stored.entry.is_kept
                and stored.entry.expires_at < before
            ),
            forget,
        )

    def hold_if_restored(self, now: datetime, *, reason: str) -> int:
        """
        Hold nothing: what is in memory has no copy.
        """
        del now, reason
        return 0

    def revive(self, now: datetime, *, reason: str) -> int:
        """
        Let dead mails wait again that were given up for *reason*; return how many.
        """
        return self._change(
            lambda stored: stored.can_go_out(now) and stored.entry.reason == reason,
            lambda stored: _wait(stored, due_at=now),
        )

    def entries(
        self,
        states: AbstractSet[MailState],
        *,
        before: OutboxEntry | None,
        limit: int,
    ) -> Sequence[OutboxEntry]:
        """
        Return up to *limit* mails in one of *states*, the latest made first.
        """

        def page(state: State) -> Sequence[OutboxEntry]:
            found = [
                stored.entry
                for stored in state.outbox.values()
                if stored.entry.state in states
                and (before is None or stored.entry.position < before.position)
            ]
            found.sort(key=lambda entry: entry.position, reverse=True)
            return found[:limit]

        return self._storage.look(page)

    def put_back(
        self, entry: OutboxEntry, now: datetime, *, unless: str | None = None
    ) -> bool:
        """
        Let a mail be tried again at *now*, with no attempt; say whether it will be.
        """
        changed = self._change(
            lambda stored: (
                stored.entry.mail_id == entry.mail_id
                and not _is_exempt(stored, unless)
                and (stored.can_go_out(now) or _is_postponed(stored, now))
            ),
            lambda stored: _wait(stored, due_at=now, attempts=0, reason=None),
        )
        return changed == 1

    def discard(
        self,
        entry: OutboxEntry,
        now: datetime,
        *,
        reason: str,
        unless: str | None = None,
    ) -> bool:
        """
        Withdraw a mail that waits or is dead, erase its content, say whether it was.

        A relay that has it in hand may still send it.
        """
        return (
            self._change(
                lambda stored: (
                    stored.entry.mail_id == entry.mail_id
                    and not _is_exempt(stored, unless)
                    and stored.is_open
                ),
                lambda stored: stored.ended(MailState.WITHDRAWN, now, reason),
            )
            == 1
        )

    def hold(self, now: datetime, *, reason: str) -> int:
        """
        Give up every mail that waits, keep its content, and return how many.
        """

        def stop(stored: StoredMail) -> StoredMail:
            stopped = stored.ended(MailState.DEAD, now, reason)
            return attrs.evolve(stopped, lease=stored.lease)

        return self._change(_is_waiting, stop)

    def statistics(self) -> QueueStatistics:
        """
        Return how many mails wait and are dead, and since when.
        """

        def count(state: State) -> QueueStatistics:
            entries = [stored.entry for stored in state.outbox.values()]
            waiting = [entry for entry in entries if entry.state is MailState.WAITING]
            dead = [entry for entry in entries if entry.state is MailState.DEAD]
            sent = [entry for entry in entries if entry.state is MailState.SENT]
            return QueueStatistics(
                waiting=len(waiting),
                dead=len(dead),
                reasons=Counter(entry.reason or "" for entry in dead),
                last_sent=max(
                    (each.done_at for each in sent if each.done_at), default=None
                ),
                oldest=min((entry.created_at for entry in waiting), default=None),
                next_try=min((entry.due_at for entry in waiting), default=None),
            )

        return self._storage.look(count)

    def _take(self, state: State, due: StoredMail, until: datetime) -> Claimed:
        taken = attrs.evolve(_changed(due, due_at=until), lease=self._new_id())
        assert taken.mail is not None  # noqa: S101  It waits.
        assert taken.lease is not None  # noqa: S101  Just made.
        state.outbox[taken.entry.mail_id] = taken
        return Claimed(
            mail=taken.mail, attempts=taken.entry.attempts + 1, lease=taken.lease
        )

    def _if_held(
        self,
        claimed: Claimed,
        change: Callable[[StoredMail], StoredMail],
        *,
        among: AbstractSet[MailState] = frozenset({MailState.WAITING}),
    ) -> bool:
        return (
            self._change(
                lambda stored: (
                    stored.entry.mail_id == claimed.mail.id
                    and stored.lease == claimed.lease
                    and stored.entry.state in among
                ),
                change,
            )
            == 1
        )

    def _change(
        self,
        is_meant: Callable[[StoredMail], bool],
        change: Callable[[StoredMail], StoredMail],
    ) -> int:
        def work(state: State) -> int:
            meant = [stored for stored in state.outbox.values() if is_meant(stored)]
            for stored in meant:
                state.outbox[stored.entry.mail_id] = change(stored)
            return len(meant)

        return self._storage.change(work)


def _is_waiting(stored: StoredMail) -> bool:
    return stored.entry.state is MailState.WAITING


def _is_exempt(stored: StoredMail, reason: str | None) -> bool:
    return reason is not None and stored.entry.reason == reason


def _is_postponed(stored: StoredMail, now: datetime) -> bool:
    is_free = _is_waiting(stored) and stored.lease is None
    return is_free and stored.entry.expires_at > now


def _changed(stored: StoredMail, **changes: Any) -> StoredMail:  # noqa: ANN401  Fields of an entry.
    return attrs.evolve(stored, entry=attrs.evolve(stored.entry, **changes))


def _free(held: StoredMail, **changes: Any) -> StoredMail:  # noqa: ANN401  Fields of an entry.
    return attrs.evolve(_changed(held, **changes), lease=None)


def _wait(stored: StoredMail, **changes: Any) -> StoredMail:  # noqa: ANN401  Fields of an entry.
    return _free(stored, state=MailState.WAITING, done_at=None, **changes)
