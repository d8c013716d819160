"""
What does a queue do with mails that wait?
"""

from contextlib import suppress
from datetime import timedelta
from threading import Thread

from ...mail.outbox import (
    Claimed,
    QueueStatistics,
)
from ...ports import OutboxQueue, Storage, UnitOfWork
from .. import samples
from .queue_suite import MINUTE, NOTHING_WAITS, QueueSuite, claim, put
from .suite import Interrupted, in_threads, needs_threads


__all__ = ["Waiting"]


class Waiting(QueueSuite):
    """
    A mail waits from its creation on, and one relay at a time gets it.
    """

    def test_the_present_goes_on(self, queue: OutboxQueue) -> None:
        """
        The storage has a clock, in UTC, that does not run backwards.
        """
        earlier = queue.now()

        assert earlier.utcoffset() == timedelta(0)
        assert earlier <= queue.now()

    def test_a_mail_comes_out_as_it_went_in(
        self, storage: Storage, queue: OutboxQueue
    ) -> None:
        """
        A relay gets the very mail, at its first attempt.
        """
        put(storage, samples.mail())

        (claimed,) = claim(queue)

        assert samples.mail() == claimed.mail
        assert 1 == claimed.attempts

    def test_what_was_not_restored_goes_out(
        self, storage: Storage, queue: OutboxQueue
    ) -> None:
        """
        Only the mails of a copy are held back; one asks at each pass.  [S83]
        """
        put(storage, samples.mail())

        held = [
            queue.hold_if_restored(samples.NOW, reason="mail.held") for _ in range(2)
        ]

        assert [0, 0] == held
        assert 1 == len(claim(queue))

    def test_no_mail_of_undone_work_waits(
        self, storage: Storage, queue: OutboxQueue
    ) -> None:
        """
        No mail goes out for what was not stored.  [R70]
        """

        def work(unit: UnitOfWork) -> None:
            unit.outbox.put(samples.mail())
            raise Interrupted

        put(storage)
        with suppress(Interrupted):
            storage.run(work)

        assert [] == claim(queue)

    def test_a_mail_is_not_due_before_it_was_made(
        self, storage: Storage, queue: OutboxQueue
    ) -> None:
        """
        A mail is due from the moment that it was made, and not before.
        """
        put(storage, samples.mail())

        assert [] == claim(queue, samples.NOW - timedelta(microseconds=1))
        assert 1 == len(claim(queue, samples.NOW))

    def test_the_longest_due_come_first(
        self, storage: Storage, queue: OutboxQueue
    ) -> None:
        """
        A relay gets as many as it asked for, those first that wait longest.
        """
        ages = [2, 0, 3, 1]
        put(
            storage,
            *(
                samples.mail(f"{age}", created_at=samples.NOW - age * MINUTE)
                for age in ages
            ),
        )

        claimed = claim(queue, limit=3)

        assert [samples.identifier(age) for age in "321"] == [
            each.mail.id for each in claimed
        ]

    def test_an_empty_queue(self, queue: OutboxQueue) -> None:
        """
        Where nothing waits, nothing is old.
        """
        assert NOTHING_WAITS == queue.statistics()

    def test_what_waits_is_counted(self, storage: Storage, queue: OutboxQueue) -> None:
        """
        A mail waits until it is sent or buried, also while a relay holds it.
        """
        made = {name: samples.NOW - age * MINUTE for age, name in enumerate("abcd")}
        put(storage, *(samples.mail(name, created_at=made[name]) for name in made))
        oldest, next_oldest = claim(queue, limit=2)
        queue.sent(oldest, samples.NOW)
        before = queue.statistics()

        queue.bury(next_oldest, samples.NOW, reason="mail.refused")

        first = made["b"]
        assert (
            QueueStatistics(
                waiting=3,
                dead=0,
                oldest=made["c"],
                next_try=first,
                last_sent=samples.NOW,
            )
            == before
        )
        assert (
            QueueStatistics(
                waiting=2,
                dead=1,
                oldest=first,
                next_try=first,
                reasons={"mail.refused": 1},
                last_sent=samples.NOW,
            )
            == queue.statistics()
        )

    @needs_threads
    def test_no_mail_goes_out_before_the_commit(
        self, storage: Storage, queue: OutboxQueue
    ) -> None:
        """
        A relay that comes by during a unit of work finds nothing of it.  [R70]
        """
        found: list[Claimed] = []
        relay = Thread(target=lambda: found.extend(claim(queue)))

        def work(unit: UnitOfWork) -> None:
            unit.outbox.put(samples.mail())
            relay.start()
            # Where relays wait for units of work, this one has to end first.
            relay.join(timeout=0.25)
            raise Interrupted

        put(storage)
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
        put(storage, *map(samples.mail, names))

        def relay(_: int) -> list[Claimed]:
            return [each for _ in range(4) for each in claim(queue, limit=3)]

        claimed = [each.mail.id for hands in in_threads(relay) for each in hands]

        assert len(set(claimed)) == len(claimed)
        assert 16 == len(claimed) + len(claim(queue, limit=16))
