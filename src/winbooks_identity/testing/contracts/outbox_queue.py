"""
What does a class have to do to be an `OutboxQueue`?
"""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from threading import Thread
from typing import Any, Final

import attrs
import pytest

from ...mail.outbox import (
    OVERTAKEN,
    Claimed,
    MailKind,
    MailState,
    OutboxEntry,
    OutboxMail,
    QueueStatistics,
)
from ...ports import OutboxQueue, Storage, UnitOfWork
from .. import samples
from .stateful_outbox_queue import check_any_sequence
from .suite import Interrupted, StorageSuite, in_threads, needs_threads


__all__ = ["OutboxQueueContract"]

_MINUTE: Final = timedelta(minutes=1)
_NOTHING_WAITS: Final = QueueStatistics(waiting=0, dead=0, oldest=None, next_try=None)


class OutboxQueueContract(StorageSuite):
    """
    A queue gives each mail to one relay at a time, until it is sent or buried.

    Supply the fixture `storage`, an empty one for each test, and `queue`, the
    queue of the mails that are put there.
    """

    @pytest.fixture
    def queue(self, storage: Storage) -> OutboxQueue:
        """
        Return the queue of *storage*.
        """
        raise NotImplementedError("supply the fixture queue")

    # Time

    def test_the_present_goes_on(self, queue: OutboxQueue) -> None:
        """
        The storage has a clock, in UTC, that does not run backwards.
        """
        earlier = queue.now()

        assert earlier.utcoffset() == timedelta(0)
        assert earlier <= queue.now()

    # Waiting

    def test_a_mail_comes_out_as_it_went_in(
        self, storage: Storage, queue: OutboxQueue
    ) -> None:
        """
        A relay gets the very mail, at its first attempt.
        """
        _put(storage, samples.mail())

        (claimed,) = _claim(queue)

        assert samples.mail() == claimed.mail
        assert 1 == claimed.attempts

    def test_no_mail_of_undone_work_waits(
        self, storage: Storage, queue: OutboxQueue
    ) -> None:
        """
        No mail goes out for what was not stored.  [R70]
        """

        def work(unit: UnitOfWork) -> None:
            unit.outbox.put(samples.mail())
            raise Interrupted

        _put(storage)
        with suppress(Interrupted):
            storage.run(work)

        assert [] == _claim(queue)

    def test_a_mail_is_not_due_before_it_was_made(
        self, storage: Storage, queue: OutboxQueue
    ) -> None:
        """
        A mail is due from the moment that it was made, and not before.
        """
        _put(storage, samples.mail())

        assert [] == _claim(queue, samples.NOW - timedelta(microseconds=1))
        assert 1 == len(_claim(queue, samples.NOW))

    def test_the_longest_due_come_first(
        self, storage: Storage, queue: OutboxQueue
    ) -> None:
        """
        A relay gets as many as it asked for, those first that wait longest.
        """
        ages = [2, 0, 3, 1]
        _put(
            storage,
            *(
                samples.mail(f"{age}", created_at=samples.NOW - age * _MINUTE)
                for age in ages
            ),
        )

        claimed = _claim(queue, limit=3)

        assert [samples.identifier(age) for age in "321"] == [
            each.mail.id for each in claimed
        ]

    # Leases

    def test_a_mail_has_one_holder(self, storage: Storage, queue: OutboxQueue) -> None:
        """
        A mail that is held has no other holder until its lease ends.
        """
        _put(storage, samples.mail())
        _claim(queue)

        just_before = samples.NOW + _MINUTE - timedelta(microseconds=1)

        assert [] == _claim(queue, samples.NOW)
        assert [] == _claim(queue, just_before)

    def test_a_mail_is_free_when_its_lease_ends(
        self, storage: Storage, queue: OutboxQueue
    ) -> None:
        """
        The next relay gets it with a lease of its own; no one has tried it yet.
        """
        _put(storage, samples.mail())
        (first,) = _claim(queue)

        (second,) = _claim(queue, samples.NOW + _MINUTE)

        assert 1 == second.attempts
        assert first.lease != second.lease

    def test_a_try_counts_when_it_begins(
        self, storage: Storage, queue: OutboxQueue
    ) -> None:
        """
        Once for each claim; a relay that dies in the middle has tried.
        """
        _put(storage, samples.mail())
        (claimed,) = _claim(queue)

        for _ in range(2):
            queue.touch(claimed, until=samples.NOW + _MINUTE)

        assert [1] == [x.attempts for x in _entries(queue, MailState.WAITING)]
        assert [2] == [x.attempts for x in _claim(queue, samples.NOW + _MINUTE)]

    def test_a_lease_is_prolonged(self, storage: Storage, queue: OutboxQueue) -> None:
        """
        To touch a mail is to hold it for longer.
        """
        _put(storage, samples.mail())
        (claimed,) = _claim(queue)

        held = queue.touch(claimed, until=samples.NOW + 2 * _MINUTE)

        assert held
        assert [] == _claim(queue, samples.NOW + _MINUTE)
        assert 1 == len(_claim(queue, samples.NOW + 2 * _MINUTE))

    def test_a_lost_lease_changes_nothing(
        self, storage: Storage, queue: OutboxQueue
    ) -> None:
        """
        A relay that lost a mail to another learns it, and can do nothing to it.
        """
        _put(storage, samples.mail())
        (lost,) = _claim(queue)
        (holder,) = _claim(queue, samples.NOW + _MINUTE)

        answers = [
            queue.touch(lost, until=samples.NOW),
            queue.release(lost, samples.NOW),
            queue.retry(lost, at=samples.NOW, reason="mail.refused"),
            queue.sent(lost, samples.NOW),
            queue.bury(lost, samples.NOW, reason="mail.refused"),
        ]

        assert answers == [False] * 5
        assert [] == _claim(queue, samples.NOW + _MINUTE)
        assert queue.sent(holder, samples.NOW)

    def test_a_lease_that_ended_holds_while_nobody_else_has_the_mail(
        self, storage: Storage, queue: OutboxQueue
    ) -> None:
        """
        A relay that was slow, and alone, still notes what it did: no second copy.
        """
        _put(storage, samples.mail())
        (claimed,) = _claim(queue)

        assert queue.sent(claimed, samples.NOW + 2 * _MINUTE)
        assert [] == _claim(queue, samples.NOW + 2 * _MINUTE)

    # Ends

    def test_a_sent_mail_is_gone(self, storage: Storage, queue: OutboxQueue) -> None:
        """
        What was sent is not sent again, and its holder has nothing more to say.
        """
        _put(storage, samples.mail())
        (claimed,) = _claim(queue)

        assert queue.sent(claimed, samples.NOW)
        assert [] == _claim(queue, samples.NOW + 9 * _MINUTE)
        assert not queue.retry(claimed, at=samples.NOW, reason="mail.refused")

    def test_a_mail_that_failed_is_tried_again(
        self, storage: Storage, queue: OutboxQueue
    ) -> None:
        """
        It comes back at the moment that was asked for.
        """
        _put(storage, samples.mail())
        (claimed,) = _claim(queue)
        queue.touch(claimed, until=samples.NOW + _MINUTE)
        again = samples.NOW + 5 * _MINUTE

        assert queue.retry(claimed, at=again, reason="mail.refused")
        assert [] == _claim(queue, again - timedelta(microseconds=1))
        assert [2] == [each.attempts for each in _claim(queue, again)]

    def test_a_mail_that_was_not_tried_counts_no_attempt(
        self, storage: Storage, queue: OutboxQueue
    ) -> None:
        """
        A relay that stops gives its mails back as if it had not claimed them.
        """
        _put(storage, samples.mail())
        (tried,) = _claim(queue)
        queue.touch(tried, until=samples.NOW)
        queue.retry(tried, at=samples.NOW, reason="mail.refused")
        (claimed,) = _claim(queue)

        assert queue.release(claimed, samples.NOW)
        assert not queue.release(claimed, samples.NOW)
        assert [(1, "mail.refused")] == [
            (x.attempts, x.reason) for x in _entries(queue, MailState.WAITING)
        ]
        assert [2] == [each.attempts for each in _claim(queue)]

    def test_a_mail_that_was_given_back_is_held_by_nobody(
        self, storage: Storage, queue: OutboxQueue
    ) -> None:
        """
        A relay that gave a mail back has no lease.
        """
        _put(storage, samples.mail())
        (claimed,) = _claim(queue)
        queue.retry(claimed, at=samples.NOW + _MINUTE, reason="mail.refused")

        assert not queue.sent(claimed, samples.NOW)

    def test_a_buried_mail_is_a_dead_letter(
        self, storage: Storage, queue: OutboxQueue
    ) -> None:
        """
        What was given up is not sent, and is listed with its reason.
        """
        _put(storage, samples.mail())
        (claimed,) = _claim(queue)
        queue.touch(claimed, until=samples.NOW + _MINUTE)

        assert queue.bury(claimed, samples.NOW, reason="mail.refused")
        assert [] == _claim(queue, samples.NOW + 9 * _MINUTE)
        assert [
            _entry(
                claimed.mail,
                state=MailState.DEAD,
                reason="mail.refused",
                attempts=1,
                due_at=samples.NOW + _MINUTE,
                done_at=samples.NOW,
            )
        ] == _entries(queue, MailState.DEAD)

    def test_a_dead_mail_can_be_put_back(
        self, storage: Storage, queue: OutboxQueue
    ) -> None:
        """
        It comes out as it went in, at its first attempt and without a reason.
        """
        _put(storage, samples.mail())
        (claimed,) = _claim(queue)
        queue.touch(claimed, until=samples.NOW)
        (waiting,) = _entries(queue, MailState.WAITING)
        queue.bury(claimed, samples.NOW, reason="mail.refused")
        later = samples.NOW + 9 * _MINUTE

        assert not queue.put_back(waiting, waiting.expires_at)
        assert queue.put_back(waiting, later)
        assert [None] == [each.reason for each in _entries(queue, MailState.WAITING)]
        assert [] == _claim(queue, later - timedelta(microseconds=1))
        assert [(samples.mail(), 1)] == [
            (each.mail, each.attempts) for each in _claim(queue, later)
        ]

    def test_a_postponed_mail_can_be_tried_at_once(
        self, storage: Storage, queue: OutboxQueue
    ) -> None:
        """
        It is not taken out of the hands of a relay, nor when it has expired.
        """
        _put(storage, samples.mail())
        (claimed,) = _claim(queue)
        queue.touch(claimed, until=samples.NOW + _MINUTE)
        (entry,) = _entries(queue, MailState.WAITING)
        in_hand = queue.put_back(entry, samples.NOW)
        queue.retry(claimed, at=samples.NOW + 9 * _MINUTE, reason="unavailable.mail")

        expired = queue.put_back(entry, entry.expires_at)
        done = queue.put_back(entry, samples.NOW + _MINUTE)

        assert (False, False, True) == (in_hand, expired, done)
        (entry,) = _entries(queue, MailState.WAITING)
        assert (0, None) == (entry.attempts, entry.reason)
        assert [1] == [each.attempts for each in _claim(queue, samples.NOW + _MINUTE)]

    def test_what_was_sent_stays_sent(
        self, storage: Storage, queue: OutboxQueue
    ) -> None:
        """
        It is not put back, and the reason of an earlier failure is forgotten.
        """
        _put(storage, samples.mail())
        (claimed,) = _claim(queue)
        queue.retry(claimed, at=samples.NOW, reason="unavailable.mail")
        (claimed,) = _claim(queue)
        queue.sent(claimed, samples.NOW)

        (entry,) = _entries(queue, MailState.SENT)
        assert entry.reason is None
        assert not queue.put_back(entry, samples.NOW)

    def test_the_content_of_a_dead_mail_ends_with_it(
        self, storage: Storage, queue: OutboxQueue
    ) -> None:
        """
        What expired before is erased and cannot be put back; what waits stays.
        """
        _put(storage, samples.mail("dead"), samples.mail("waits"))
        dead = next(each for each in _claim(queue) if _is(each, "dead"))
        queue.bury(dead, samples.NOW, reason="mail.refused")
        ends = samples.mail().expires_at

        too_early = queue.erase(ends)
        erased = queue.erase(ends + timedelta(microseconds=1))

        (entry,) = _entries(queue, MailState.DEAD)
        assert (0, 1, False) == (too_early, erased, entry.is_kept)
        assert 0 == queue.erase(ends + timedelta(microseconds=1))
        assert not queue.put_back(entry, samples.NOW)
        assert 0 == queue.revive(samples.NOW, reason="mail.refused")
        assert [True] == [x.is_kept for x in _entries(queue, MailState.WAITING)]

    def test_mails_of_one_reason_are_revived(
        self, storage: Storage, queue: OutboxQueue
    ) -> None:
        """
        They wait with their attempts, if they have not expired; others stay dead.
        """
        late = samples.mail("late", created_at=samples.NOW - _MINUTE)
        _put(storage, samples.mail("expired"), late, samples.mail("refused"))
        for claimed in _claim(queue):
            queue.touch(claimed, until=samples.NOW)
            reason = "mail.refused" if _is(claimed, "refused") else "expired"
            queue.bury(claimed, samples.NOW, reason=reason)

        revived = queue.revive(late.expires_at, reason="expired")

        assert 1 == revived
        assert [] == _claim(queue, late.expires_at - timedelta(microseconds=1))
        assert [(samples.mail("expired"), 2)] == [
            (each.mail, each.attempts) for each in _claim(queue, late.expires_at)
        ]
        assert {late.id, samples.identifier("refused")} == {
            each.mail_id for each in _entries(queue, MailState.DEAD)
        }

    def test_a_mail_is_discarded_once(
        self, storage: Storage, queue: OutboxQueue
    ) -> None:
        """
        A mail that waits, or is dead, is withdrawn; one that was sent is not.
        """
        _put(storage, samples.mail("held"), samples.mail("dead"), samples.mail("sent"))
        claims = {each.mail.id: each for each in _claim(queue)}
        dead, sent = (claims[samples.identifier(name)] for name in ("dead", "sent"))
        held = claims[samples.identifier("held")]
        queue.bury(dead, samples.NOW, reason="mail.refused")
        queue.sent(sent, samples.NOW)
        entries = {each.mail_id: each for each in _entries(queue, *MailState)}

        answers = [
            queue.discard(entries[each.mail.id], samples.NOW, reason="mail.discarded")
            for each in (held, dead, sent, dead)
        ]

        assert answers == [True, True, False, False]
        assert [("mail.discarded", False)] * 2 == [
            (each.reason, each.is_kept) for each in _entries(queue, MailState.WITHDRAWN)
        ]
        assert not queue.touch(held, until=samples.NOW)
        assert [] == _claim(queue, samples.NOW + 9 * _MINUTE)

    def test_what_waits_can_be_held(self, storage: Storage, queue: OutboxQueue) -> None:
        """
        Held mails are dead and keep their content; no relay begins to send one.
        """
        _put(storage, samples.mail("held"), samples.mail("waits"))
        (claimed,) = _claim(queue, limit=1)

        assert 2 == queue.hold(samples.NOW, reason="mail.held")
        assert 0 == queue.hold(samples.NOW, reason="mail.held")
        assert [False] * 4 == [
            queue.touch(claimed, until=samples.NOW),
            queue.release(claimed, samples.NOW),
            queue.retry(claimed, at=samples.NOW, reason="mail.refused"),
            queue.bury(claimed, samples.NOW, reason="mail.refused"),
        ]
        assert [("mail.held", True)] * 2 == [
            (each.reason, each.is_kept) for each in _entries(queue, MailState.DEAD)
        ]
        assert [] == _claim(queue, samples.NOW + 9 * _MINUTE)

    def test_a_mail_that_goes_out_while_it_is_held_was_sent(
        self, storage: Storage, queue: OutboxQueue
    ) -> None:
        """
        It is noted, with no reason and no content, and does not go out again.
        """
        _put(storage, samples.mail())
        (claimed,) = _claim(queue)
        queue.hold(samples.NOW, reason="mail.held")
        (held,) = _entries(queue, MailState.DEAD)

        assert queue.sent(claimed, samples.NOW)

        (sent,) = _entries(queue, MailState.SENT)
        assert (None, False) == (sent.reason, sent.is_kept)
        assert not queue.put_back(held, samples.NOW + 9 * _MINUTE)
        assert not queue.sent(claimed, samples.NOW)

    def test_a_held_mail_is_not_put_back_while_a_relay_may_send_it(
        self, storage: Storage, queue: OutboxQueue
    ) -> None:
        """
        It can be when the lease has ended; then it is another relay's.
        """
        _put(storage, samples.mail("put back"), samples.mail("revived"))
        claims = _claim(queue)
        queue.hold(samples.NOW, reason="mail.held")
        held, ended = _entries(queue, MailState.DEAD), samples.NOW + _MINUTE
        just_before = ended - timedelta(microseconds=1)

        assert not queue.put_back(held[0], just_before)
        assert 0 == queue.revive(just_before, reason="mail.held")
        assert queue.put_back(held[0], ended)
        assert 1 == queue.revive(ended, reason="mail.held")
        assert [False] * 2 == [queue.sent(claimed, ended) for claimed in claims]
        assert 2 == len(_claim(queue, ended))

    def test_mails_are_listed_in_pages(
        self, storage: Storage, queue: OutboxQueue
    ) -> None:
        """
        The latest come first, mails of one instant too, each on one page.
        """
        ages = {"a": 1, "b": 0, "c": 2, "d": 0, "e": 1}
        _put(
            storage,
            *(
                samples.mail(name, created_at=samples.NOW - age * _MINUTE)
                for name, age in ages.items()
            ),
        )
        pages: list[Sequence[OutboxEntry]] = []
        last: OutboxEntry | None = None
        for _ in range(4):
            pages.append(queue.entries({MailState.WAITING}, before=last, limit=2))
            last = pages[-1][-1] if pages[-1] else None

        listed = [each for page in pages for each in page]

        assert [2, 2, 1, 0] == [*map(len, pages)]
        assert sorted(listed, key=lambda each: each.position, reverse=True) == listed
        assert {samples.identifier(name) for name in ages} == {
            each.mail_id for each in listed
        }

    # Void

    def test_mails_of_a_kind_are_withdrawn(
        self, storage: Storage, queue: OutboxQueue
    ) -> None:
        """
        Those that wait, are held or are dead; not other kinds, nor those of others.
        """
        mails = [
            samples.mail("held"),
            samples.mail("dead"),
            samples.mail("sent"),
            samples.mail("waits", created_at=samples.NOW + _MINUTE),
            samples.mail("other", kind=MailKind.ID_CHANGE),
            samples.mail("others", to="grace"),
        ]
        _put(storage, *mails)
        claims = {each.mail.id: each for each in _claim(queue)}
        queue.bury(claims[mails[1].id], samples.NOW, reason="mail.refused")
        queue.sent(claims[mails[2].id], samples.NOW)

        storage.run(
            lambda unit: unit.outbox.withdraw(
                {samples.identifier("ada")}, {MailKind.CREDENTIALS}, samples.NOW
            )
        )

        withdrawn = _entries(queue, MailState.WITHDRAWN)
        assert {mails[0].id, mails[1].id, mails[3].id} == {x.mail_id for x in withdrawn}
        assert {(OVERTAKEN, False)} == {(x.reason, x.is_kept) for x in withdrawn}
        assert not queue.touch(claims[mails[0].id], until=samples.NOW)
        assert {mails[4].id, mails[5].id} == {
            each.mail.id for each in _claim(queue, samples.NOW + 9 * _MINUTE)
        }

    def test_withdrawing_is_part_of_the_unit_of_work(
        self, storage: Storage, queue: OutboxQueue
    ) -> None:
        """
        What is undone leaves the mails as they were.
        """

        def work(unit: UnitOfWork) -> None:
            ada = {samples.identifier("ada")}
            unit.outbox.withdraw(ada, {MailKind.CREDENTIALS}, samples.NOW)
            raise Interrupted

        _put(storage, samples.mail())
        with suppress(Interrupted):
            storage.run(work)

        assert [samples.mail()] == [each.mail for each in _claim(queue)]

    def test_a_user_has_their_mails(self, storage: Storage, queue: OutboxQueue) -> None:
        """
        In every state, the latest first.
        """
        _put(
            storage,
            samples.mail("sent"),
            samples.mail("new", created_at=samples.NOW + _MINUTE),
            samples.mail("others", to="grace"),
        )
        sent = next(each for each in _claim(queue) if _is(each, "sent"))
        queue.sent(sent, samples.NOW)

        found = storage.run(
            lambda unit: [*unit.outbox.of_user(samples.identifier("ada"))]
        )

        assert [
            _entry(samples.mail("new", created_at=samples.NOW + _MINUTE)),
            _entry(
                samples.mail("sent"),
                state=MailState.SENT,
                due_at=samples.NOW + _MINUTE,
                done_at=samples.NOW,
                is_kept=False,
            ),
        ] == found

    def test_mails_of_an_erased_user_are_gone(
        self, storage: Storage, queue: OutboxQueue
    ) -> None:
        """
        Nothing goes out to the erased, and no dead letter speaks of them.
        """
        _put(storage, samples.mail("held"), samples.mail("dead"), samples.mail("new"))
        held, dead = _claim(queue, limit=2)
        queue.bury(dead, samples.NOW, reason="mail.refused")

        storage.run(lambda unit: unit.users.remove(samples.user()))

        assert not queue.sent(held, samples.NOW)
        assert _NOTHING_WAITS == queue.statistics()

    # Statistics

    def test_an_empty_queue(self, queue: OutboxQueue) -> None:
        """
        Where nothing waits, nothing is old.
        """
        assert _NOTHING_WAITS == queue.statistics()

    def test_what_waits_is_counted(self, storage: Storage, queue: OutboxQueue) -> None:
        """
        A mail waits until it is sent or buried, also while a relay holds it.
        """
        made = {name: samples.NOW - age * _MINUTE for age, name in enumerate("abcd")}
        _put(storage, *(samples.mail(name, created_at=made[name]) for name in made))
        oldest, next_oldest = _claim(queue, limit=2)
        queue.sent(oldest, samples.NOW)
        before = queue.statistics()

        queue.bury(next_oldest, samples.NOW, reason="mail.refused")

        first = made["b"]
        assert (
            QueueStatistics(waiting=3, dead=0, oldest=made["c"], next_try=first)
            == before
        )
        assert (
            QueueStatistics(waiting=2, dead=1, oldest=first, next_try=first)
            == queue.statistics()
        )

    # Any order

    def test_any_sequence_of_calls_does_what_a_dictionary_does(
        self, storage: Storage, queue: OutboxQueue
    ) -> None:
        """
        Relays that come in any order find what a model of the queue says.
        """
        check_any_sequence(storage, queue)

    # Threads

    @needs_threads
    def test_no_mail_goes_out_before_the_commit(
        self, storage: Storage, queue: OutboxQueue
    ) -> None:
        """
        A relay that comes by during a unit of work finds nothing of it.  [R70]
        """
        found: list[Claimed] = []
        relay = Thread(target=lambda: found.extend(_claim(queue)))

        def work(unit: UnitOfWork) -> None:
            unit.outbox.put(samples.mail())
            relay.start()
            # Where relays wait for units of work, this one has to end first.
            relay.join(timeout=0.25)
            raise Interrupted

        _put(storage)
        with suppress(Interrupted):
            storage.run(work)
        relay.join()

        assert [] == found

    @needs_threads
    def test_no_two_relays_get_one_mail(
        self, storage: Storage, queue: OutboxQueue
    ) -> None:
        """
        Relays that claim at one time share the mails; none is in two hands.
        """
        names = [f"mail{number}" for number in range(16)]
        _put(storage, *map(samples.mail, names))

        def relay(_: int) -> list[Claimed]:
            return [each for _ in range(4) for each in _claim(queue, limit=3)]

        claimed = [each.mail.id for hands in in_threads(relay) for each in hands]

        assert len(set(claimed)) == len(claimed)
        assert 16 == len(claimed) + len(_claim(queue, limit=16))


def _put(storage: Storage, *mails: OutboxMail) -> None:
    def work(unit: UnitOfWork) -> None:
        unit.licences.register(samples.licence(), [])
        for name in ("ada", "grace"):
            unit.users.add(samples.user(name))
        for mail in mails:
            unit.outbox.put(mail)

    storage.run(work)


def _claim(
    queue: OutboxQueue, now: datetime = samples.NOW, *, limit: int = 9
) -> Sequence[Claimed]:
    return list(queue.claim(now, lease=_MINUTE, limit=limit))


def _is(claimed: Claimed, name: str) -> bool:
    return claimed.mail.id == samples.identifier(name)


def _entries(queue: OutboxQueue, *states: MailState) -> list[OutboxEntry]:
    return [*queue.entries({*states}, before=None, limit=99)]


def _entry(mail: OutboxMail, **changes: Any) -> OutboxEntry:  # noqa: ANN401  Fields of an entry.
    waiting = OutboxEntry(
        mail_id=mail.id,
        user_id=mail.user_id,
        kind=mail.kind,
        message_id=mail.message_id,
        state=MailState.WAITING,
        reason=None,
        attempts=0,
        created_at=mail.created_at,
        expires_at=mail.expires_at,
        due_at=mail.created_at,
        done_at=None,
        is_kept=True,
    )
    return attrs.evolve(waiting, **changes)
