"""
What does a class have to do to be an `OutboxQueue`?
"""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from threading import Thread
from typing import Final

import attrs
import pytest

from ...mail.outbox import Claimed, DeadLetter, OutboxMail, QueueStatistics
from ...ports import OutboxQueue, Storage, UnitOfWork
from .. import samples
from .stateful_outbox_queue import check_any_sequence
from .suite import Interrupted, StorageSuite, in_threads, needs_threads


__all__ = ["OutboxQueueContract"]

_MINUTE: Final = timedelta(minutes=1)


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
        A mail that is held is nobody else's until its lease ends.
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
        The next relay gets it with a lease of its own, and it counts.
        """
        _put(storage, samples.mail())
        (first,) = _claim(queue)

        (second,) = _claim(queue, samples.NOW + _MINUTE)

        assert 2 == second.attempts
        assert first.lease != second.lease

    def test_a_lease_is_prolonged(self, storage: Storage, queue: OutboxQueue) -> None:
        """
        Whoever touches a mail holds it for longer.
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
        Whoever lost a mail to another relay is told, and can do nothing to it.
        """
        _put(storage, samples.mail())
        (lost,) = _claim(queue)
        (holder,) = _claim(queue, samples.NOW + _MINUTE)

        answers = [
            queue.touch(lost, until=samples.NOW),
            queue.retry(lost, at=samples.NOW, reason="mail.refused"),
            queue.sent(lost, samples.NOW),
            queue.bury(lost, samples.NOW, reason="mail.refused"),
        ]

        assert answers == [False] * 4
        assert [] == _claim(queue, samples.NOW + _MINUTE)
        assert queue.sent(holder, samples.NOW)

    def test_a_lease_that_ended_holds_while_nobody_else_has_the_mail(
        self, storage: Storage, queue: OutboxQueue
    ) -> None:
        """
        Whoever was slow, and alone, still notes what they did: no second copy.
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
        It comes back at the moment that was asked for, and counts.
        """
        _put(storage, samples.mail())
        (claimed,) = _claim(queue)
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
        (claimed,) = _claim(queue)
        untried = attrs.evolve(claimed, attempts=claimed.attempts - 1)

        assert queue.retry(untried, at=samples.NOW, reason="stopped")
        assert [1] == [each.attempts for each in _claim(queue)]

    def test_a_mail_that_was_given_back_is_held_by_nobody(
        self, storage: Storage, queue: OutboxQueue
    ) -> None:
        """
        Whoever gave a mail back has no lease any more.
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

        assert queue.bury(claimed, samples.NOW, reason="mail.refused")
        assert [] == _claim(queue, samples.NOW + 9 * _MINUTE)
        assert [
            DeadLetter(
                mail_id=claimed.mail.id,
                user_id=claimed.mail.user_id,
                message_id=claimed.mail.message_id,
                reason="mail.refused",
                attempts=1,
                died_at=samples.NOW,
            )
        ] == list(queue.dead_letters(limit=9))

    def test_the_latest_dead_letters_come_first(
        self, storage: Storage, queue: OutboxQueue
    ) -> None:
        """
        The list begins with the latest and has as many as were asked for.
        """
        _put(storage, *(samples.mail(name) for name in "abc"))
        for claimed in _claim(queue):
            age = "bca".index(next(n for n in "abc" if _is(claimed, n)))
            queue.bury(claimed, samples.NOW - age * _MINUTE, reason="mail.refused")

        dead = queue.dead_letters(limit=2)

        assert [samples.identifier(name) for name in "bc"] == [
            each.mail_id for each in dead
        ]

    def test_mails_of_somebody_who_left_are_gone(
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
        assert QueueStatistics(waiting=0, dead=0, oldest=None) == queue.statistics()

    # Statistics

    def test_an_empty_queue(self, queue: OutboxQueue) -> None:
        """
        Where nothing waits, nothing is old.
        """
        assert QueueStatistics(waiting=0, dead=0, oldest=None) == queue.statistics()

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

        assert QueueStatistics(waiting=3, dead=0, oldest=made["c"]) == before
        assert (
            QueueStatistics(waiting=2, dead=1, oldest=made["b"]) == queue.statistics()
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
        unit.users.add(samples.user())
        for mail in mails:
            unit.outbox.put(mail)

    storage.run(work)


def _claim(
    queue: OutboxQueue, now: datetime = samples.NOW, *, limit: int = 9
) -> Sequence[Claimed]:
    return list(queue.claim(now, lease=_MINUTE, limit=limit))


def _is(claimed: Claimed, name: str) -> bool:
    return claimed.mail.id == samples.identifier(name)
