"""
How long does a relay have a mail, and how does a delivery end?
"""

from datetime import timedelta

from ...mail.outbox import (
    MailState,
)
from ...ports import OutboxQueue, Storage
from .. import samples
from .queue_suite import MINUTE, QueueSuite, claim, entries_of, entry_of, put


__all__ = ["Leases"]


class Leases(QueueSuite):
    """
    A mail is with one relay until it is sent, tried later, or buried.
    """

    def test_a_mail_has_one_holder(self, storage: Storage, queue: OutboxQueue) -> None:
        """
        A mail that is held has no other holder until its lease ends.
        """
        put(storage, samples.mail())
        claim(queue)

        just_before = samples.NOW + MINUTE - timedelta(microseconds=1)

        assert [] == claim(queue, samples.NOW)
        assert [] == claim(queue, just_before)

    def test_a_mail_is_free_when_its_lease_ends(
        self, storage: Storage, queue: OutboxQueue
    ) -> None:
        """
        The next relay gets it with a lease of its own; no one has tried it yet.
        """
        put(storage, samples.mail())
        (first,) = claim(queue)

        (second,) = claim(queue, samples.NOW + MINUTE)

        assert 1 == second.attempts
        assert first.lease != second.lease

    def test_a_try_counts_when_it_begins(
        self, storage: Storage, queue: OutboxQueue
    ) -> None:
        """
        Once for each claim; a relay that dies in the middle has tried.
        """
        put(storage, samples.mail())
        (claimed,) = claim(queue)

        for _ in range(2):
            queue.touch(claimed, until=samples.NOW + MINUTE)

        assert [1] == [x.attempts for x in entries_of(queue, MailState.WAITING)]
        assert [2] == [x.attempts for x in claim(queue, samples.NOW + MINUTE)]

    def test_a_lease_is_prolonged(self, storage: Storage, queue: OutboxQueue) -> None:
        """
        To touch a mail is to hold it for longer.
        """
        put(storage, samples.mail())
        (claimed,) = claim(queue)

        held = queue.touch(claimed, until=samples.NOW + 2 * MINUTE)

        assert held
        assert [] == claim(queue, samples.NOW + MINUTE)
        assert 1 == len(claim(queue, samples.NOW + 2 * MINUTE))

    def test_a_lost_lease_changes_nothing(
        self, storage: Storage, queue: OutboxQueue
    ) -> None:
        """
        A relay that lost a mail to another learns it, and can do nothing to it.
        """
        put(storage, samples.mail())
        (lost,) = claim(queue)
        (holder,) = claim(queue, samples.NOW + MINUTE)

        answers = [
            queue.touch(lost, until=samples.NOW),
            queue.release(lost, samples.NOW),
            queue.retry(lost, at=samples.NOW, reason="mail.refused"),
            queue.sent(lost, samples.NOW),
            queue.bury(lost, samples.NOW, reason="mail.refused"),
        ]

        assert answers == [False] * 5
        assert [] == claim(queue, samples.NOW + MINUTE)
        assert queue.sent(holder, samples.NOW)

    def test_a_lease_that_ended_holds_while_nobody_else_has_the_mail(
        self, storage: Storage, queue: OutboxQueue
    ) -> None:
        """
        A relay that was slow, and alone, still notes what it did: no second copy.
        """
        put(storage, samples.mail())
        (claimed,) = claim(queue)

        assert queue.sent(claimed, samples.NOW + 2 * MINUTE)
        assert [] == claim(queue, samples.NOW + 2 * MINUTE)

    def test_a_sent_mail_is_gone(self, storage: Storage, queue: OutboxQueue) -> None:
        """
        What was sent is not sent again, and its holder has nothing more to say.
        """
        put(storage, samples.mail())
        (claimed,) = claim(queue)

        assert queue.sent(claimed, samples.NOW)
        assert [] == claim(queue, samples.NOW + 9 * MINUTE)
        assert not queue.retry(claimed, at=samples.NOW, reason="mail.refused")

    def test_a_mail_that_failed_is_tried_again(
        self, storage: Storage, queue: OutboxQueue
    ) -> None:
        """
        It comes back at the moment that was asked for.
        """
        put(storage, samples.mail())
        (claimed,) = claim(queue)
        queue.touch(claimed, until=samples.NOW + MINUTE)
        again = samples.NOW + 5 * MINUTE

        assert queue.retry(claimed, at=again, reason="mail.refused")
        assert [] == claim(queue, again - timedelta(microseconds=1))
        assert [2] == [each.attempts for each in claim(queue, again)]

    def test_a_mail_that_was_not_tried_counts_no_attempt(
        self, storage: Storage, queue: OutboxQueue
    ) -> None:
        """
        A relay that stops gives its mails back as if it had not claimed them.
        """
        put(storage, samples.mail())
        (tried,) = claim(queue)
        queue.touch(tried, until=samples.NOW)
        queue.retry(tried, at=samples.NOW, reason="mail.refused")
        (claimed,) = claim(queue)

        assert queue.release(claimed, samples.NOW)
        assert not queue.release(claimed, samples.NOW)
        assert [(1, "mail.refused")] == [
            (x.attempts, x.reason) for x in entries_of(queue, MailState.WAITING)
        ]
        assert [2] == [each.attempts for each in claim(queue)]

    def test_a_mail_that_was_given_back_is_held_by_nobody(
        self, storage: Storage, queue: OutboxQueue
    ) -> None:
        """
        A relay that gave a mail back has no lease.
        """
        put(storage, samples.mail())
        (claimed,) = claim(queue)
        queue.retry(claimed, at=samples.NOW + MINUTE, reason="mail.refused")

        assert not queue.sent(claimed, samples.NOW)

    def test_a_buried_mail_is_a_dead_letter(
        self, storage: Storage, queue: OutboxQueue
    ) -> None:
        """
        What was given up is not sent, and is listed with its reason.
        """
        put(storage, samples.mail())
        (claimed,) = claim(queue)
        queue.touch(claimed, until=samples.NOW + MINUTE)

        assert queue.bury(claimed, samples.NOW, reason="mail.refused")
        assert [] == claim(queue, samples.NOW + 9 * MINUTE)
        assert [
            entry_of(
                claimed.mail,
                state=MailState.DEAD,
                reason="mail.refused",
                attempts=1,
                due_at=samples.NOW + MINUTE,
                done_at=samples.NOW,
            )
        ] == entries_of(queue, MailState.DEAD)
