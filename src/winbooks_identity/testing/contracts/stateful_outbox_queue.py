"""
Does a queue answer like a dictionary of mails, whatever relays do in which order?
"""

from contextlib import suppress
from datetime import datetime, timedelta
from enum import Enum, auto
from itertools import count
from typing import Final, final
from uuid import UUID

import attrs
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from ...mail.outbox import Claimed, MailState, OutboxMail, QueueStatistics
from ...portal_user import PortalUser
from ...ports import OutboxQueue, Storage, UnitOfWork
from .. import samples
from . import units
from .suite import SEQUENCES, Interrupted


__all__ = ["check_any_sequence"]

_MINUTE: Final = timedelta(minutes=1)

#: More than for a storage: what a relay did shows when the next one comes by.
_SEQUENCES: Final = settings(SEQUENCES, max_examples=60)

#: So few that relays meet the same mail, at the same minute, again and again.
_NAMES: Final = st.sampled_from(["letter", "reminder", "link"])
_OWNERS: Final = st.sampled_from(["ada", "grace"])
_WORK: Final = st.sampled_from(["put", "put", "put", "undo", "erase"])
_MINUTES: Final = st.integers(0, 2).map(lambda number: number * _MINUTE)

#: Which claim, counted from the latest; the earlier ones are often lost.
_CLAIMS: Final = st.integers(0, 2)


def check_any_sequence(storage: Storage, queue: OutboxQueue) -> None:
    """
    Compare *queue*, the one of *storage*, with a model, in short sequences of calls.

    Each sequence has users of its own and removes them in the end, so one
    storage serves them all.
    """
    sequences = count()
    units.register(storage)

    class Comparison(_Comparison):
        def __init__(self) -> None:
            super().__init__(storage, queue, f"s{next(sequences)}")

    run_state_machine_as_test(Comparison, settings=_SEQUENCES)


class _Word(Enum):
    TOUCH = auto()
    RELEASE = auto()
    RETRY = auto()
    SENT = auto()
    BURY = auto()


@final
@attrs.define
class _Waiting:
    mail: OutboxMail
    due: datetime
    attempts: int = 0
    lease: UUID | None = None


@final
@attrs.frozen
class _Dead:
    mail: OutboxMail
    attempts: int
    died_at: datetime


class _Comparison(RuleBasedStateMachine):
    def __init__(self, storage: Storage, queue: OutboxQueue, sequence: str) -> None:
        super().__init__()
        self._storage = storage
        self._queue = queue
        self._sequence = sequence
        self._now = samples.NOW
        self._made: set[UUID] = set()
        self._waiting: dict[UUID, _Waiting] = {}
        self._dead: dict[UUID, _Dead] = {}
        self._claims: list[Claimed] = []
        for owner in ("ada", "grace"):
            units.add(storage, self._user(owner))
            self._put(self._mail("letter", owner, _MINUTE), undone=False)

    def teardown(self) -> None:
        """
        Leave nothing to the next sequence.
        """

        def work(unit: UnitOfWork) -> None:
            for owner in ("ada", "grace"):
                unit.users.remove(self._user(owner))

        self._storage.run(work)

    def _user(self, owner: str) -> PortalUser:
        return samples.user(f"{owner}-{self._sequence}")

    def _mail(self, name: str, owner: str, age: timedelta) -> OutboxMail:
        return samples.mail(
            f"{name} to {owner}-{self._sequence}",
            to=f"{owner}-{self._sequence}",
            created_at=self._now - age,
        )

    # What is done to both

    @rule(name=_NAMES, owner=_OWNERS, age=_MINUTES, work=_WORK)
    def work(self, name: str, owner: str, age: timedelta, work: str) -> None:
        mail = self._mail(name, owner, age)
        if work == "erase":
            self._erase(self._user(owner))
        elif mail.id not in self._made:
            self._put(mail, undone=work == "undo")

    def _put(self, mail: OutboxMail, *, undone: bool) -> None:
        def work(unit: UnitOfWork) -> None:
            unit.outbox.put(mail)
            if undone:
                raise Interrupted

        with suppress(Interrupted):
            self._storage.run(work)

        if not undone:
            self._made.add(mail.id)
            self._waiting[mail.id] = _Waiting(mail, due=mail.created_at)

    def _erase(self, user: PortalUser) -> None:
        def work(unit: UnitOfWork) -> None:
            unit.users.remove(user)
            unit.users.add(user)

        self._storage.run(work)

        self._waiting = {
            mail_id: waiting
            for mail_id, waiting in self._waiting.items()
            if waiting.mail.user_id != user.id
        }
        self._dead = {
            mail_id: dead
            for mail_id, dead in self._dead.items()
            if dead.mail.user_id != user.id
        }

    @rule(
        after=_MINUTES,
        lease=_MINUTES,
        limit=st.integers(1, 2),
        words=st.lists(
            st.tuples(st.sampled_from(_Word), _CLAIMS, _MINUTES), max_size=3
        ),
    )
    def relay(
        self,
        after: timedelta,
        lease: timedelta,
        limit: int,
        words: list[tuple[_Word, int, timedelta]],
    ) -> None:
        self._now += after
        self._claim(lease, limit)
        for word, claim, later in words:
            if claim < len(self._claims):
                self._say(word, self._claims[-1 - claim], self._now + later)

    def _claim(self, lease: timedelta, limit: int) -> None:
        due = sorted(x.due for x in self._waiting.values() if x.due <= self._now)

        claims = list(self._queue.claim(self._now, lease=lease, limit=limit))

        found = [self._waiting.get(each.mail.id) for each in claims]
        # Mails that are due at one moment come in any order.
        assert due[:limit] == [each and each.due for each in found]
        assert len(claims) == len({each.mail.id for each in claims})
        assert not {each.lease for each in claims} & {x.lease for x in self._claims}
        for waiting, claimed in zip(found, claims, strict=True):
            assert waiting is not None
            assert waiting.mail == claimed.mail
            assert waiting.attempts + 1 == claimed.attempts
            waiting.due, waiting.lease = self._now + lease, claimed.lease
        self._claims += claims

    def _say(self, word: _Word, claimed: Claimed, then: datetime) -> None:
        waiting = self._waiting.get(claimed.mail.id)
        held = waiting if waiting and waiting.lease == claimed.lease else None

        answer = self._ask(claimed, word, then)

        assert (held is not None) is answer
        if held is not None:
            self._change(held, claimed, word, then)

    def _ask(self, claimed: Claimed, word: _Word, then: datetime) -> bool:
        queue, now, reason = self._queue, self._now, "mail.refused"
        answers = {
            _Word.TOUCH: lambda: queue.touch(claimed, until=then),
            _Word.RELEASE: lambda: queue.release(claimed, now),
            _Word.RETRY: lambda: queue.retry(claimed, at=then, reason=reason),
            _Word.SENT: lambda: queue.sent(claimed, now),
            _Word.BURY: lambda: queue.bury(claimed, now, reason=reason),
        }
        return answers[word]()

    def _change(
        self, held: _Waiting, claimed: Claimed, word: _Word, then: datetime
    ) -> None:
        if word is _Word.TOUCH:
            held.due, held.attempts = then, claimed.attempts
        elif word is _Word.RELEASE:
            held.due, held.lease = self._now, None
        elif word is _Word.RETRY:
            held.due, held.lease = then, None
        else:
            del self._waiting[held.mail.id]
        if word is _Word.BURY:
            self._dead[held.mail.id] = _Dead(held.mail, held.attempts, self._now)

    # What both must agree on

    @invariant()
    def the_counts_are_right(self) -> None:
        waiting = self._waiting.values()

        assert (
            QueueStatistics(
                waiting=len(waiting),
                dead=len(self._dead),
                oldest=min((each.mail.created_at for each in waiting), default=None),
                next_try=min((each.due for each in waiting), default=None),
            )
            # Reasons and the last success are compared by examples.
            == attrs.evolve(self._queue.statistics(), reasons={}, last_sent=None)
        )

    @invariant()
    def the_dead_letters_are_right(self) -> None:
        found = list(self._queue.entries({MailState.DEAD}, before=None, limit=9))

        assert {
            mail_id: (dead.attempts, dead.died_at)
            for mail_id, dead in self._dead.items()
        } == {each.mail_id: (each.attempts, each.done_at) for each in found}
