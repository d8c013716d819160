"""
How does a relay take mails out of memory?
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import final
from uuid import UUID

import attrs

from ... import system
from ...mail.outbox import Claimed, DeadLetter, QueueStatistics
from .storage import InMemoryStorage, State, Waiting


__all__ = ["InMemoryOutboxQueue"]


@final
class InMemoryOutboxQueue:
    """
    The mails that wait in *storage*, seen from a relay.

    Args:
        storage: where the units of work put the mails.
        new_id: makes the tokens of the leases.
    """

    def __init__(
        self, storage: InMemoryStorage, *, new_id: Callable[[], UUID] = system.new_id
    ) -> None:
        self._storage = storage
        self._new_id = new_id

    def claim(
        self, now: datetime, *, lease: timedelta, limit: int
    ) -> Sequence[Claimed]:
        """
        Take up to *limit* mails that are due, for the time of *lease*.
        """

        def take(state: State) -> Sequence[Claimed]:
            due = [each for each in state.outbox.values() if each.due <= now]
            due.sort(key=lambda each: each.due)
            taken = [
                Claimed(
                    mail=each.mail, attempts=each.attempts + 1, lease=self._new_id()
                )
                for each in due[:limit]
            ]
            for claimed in taken:
                state.outbox[claimed.mail.id] = Waiting(
                    mail=claimed.mail,
                    due=now + lease,
                    attempts=claimed.attempts,
                    lease=claimed.lease,
                )
            return taken

        return self._storage.change(take)

    def touch(self, claimed: Claimed, *, until: datetime) -> bool:
        """
        Prolong the lease of a mail.
        """

        def prolong(state: State, held: Waiting) -> None:
            state.outbox[held.mail.id] = attrs.evolve(held, due=until)

        return self._if_held(claimed, prolong)

    def sent(self, claimed: Claimed, now: datetime) -> bool:
        """
        Note the delivery of a mail and erase its content.
        """
        del now

        def erase(state: State, held: Waiting) -> None:
            del state.outbox[held.mail.id]

        return self._if_held(claimed, erase)

    def retry(self, claimed: Claimed, *, at: datetime, reason: str) -> bool:
        """
        Give a mail back until *at*; *reason* is a code.
        """
        del reason

        def give_back(state: State, held: Waiting) -> None:
            state.outbox[held.mail.id] = attrs.evolve(
                held, due=at, attempts=claimed.attempts, lease=None
            )

        return self._if_held(claimed, give_back)

    def bury(self, claimed: Claimed, now: datetime, *, reason: str) -> bool:
        """
        Give a mail up and erase its content; *reason* is a code.
        """

        def give_up(state: State, held: Waiting) -> None:
            mail = state.outbox.pop(held.mail.id).mail
            state.dead[mail.id] = DeadLetter(
                mail_id=mail.id,
                user_id=mail.user_id,
                message_id=mail.message_id,
                reason=reason,
                attempts=held.attempts,
                died_at=now,
            )

        return self._if_held(claimed, give_up)

    def dead_letters(self, *, limit: int) -> Sequence[DeadLetter]:
        """
        Return the mails that were given up, the latest first.
        """

        def latest(state: State) -> Sequence[DeadLetter]:
            by_death = sorted(
                state.dead.values(), key=lambda dead: dead.died_at, reverse=True
            )
            return by_death[:limit]

        return self._storage.change(latest)

    def statistics(self) -> QueueStatistics:
        """
        Return how many mails wait and are dead, and since when.
        """
        return self._storage.change(
            lambda state: QueueStatistics(
                waiting=len(state.outbox),
                dead=len(state.dead),
                oldest=min(
                    (each.mail.created_at for each in state.outbox.values()),
                    default=None,
                ),
            )
        )

    def _if_held(
        self, claimed: Claimed, change: Callable[[State, Waiting], None]
    ) -> bool:
        def work(state: State) -> bool:
            held = state.outbox.get(claimed.mail.id)
            if held is None or held.lease != claimed.lease:
                return False
            change(state, held)
            return True

        return self._storage.change(work)
