"""
What can an operator do with mails that wait, and with dead ones?
"""

from collections.abc import Sequence
from datetime import timedelta

from ...mail.outbox import (
    MailState,
    OutboxEntry,
)
from ...ports import OutboxQueue, Storage
from .. import samples
from .queue_suite import (
    MINUTE,
    QueueSuite,
    claim,
    entries_of,
    is_mail,
    put,
)


__all__ = ["Decisions"]


class Decisions(QueueSuite):
    """
    Mails are listed, put back, tried at once, held and discarded.
    """

    def test_a_dead_mail_can_be_put_back(
        self, storage: Storage, queue: OutboxQueue
    ) -> None:
        """
        It comes out as it went in, at its first attempt and without a reason.
        """
        put(storage, samples.mail())
        (claimed,) = claim(queue)
        queue.touch(claimed, until=samples.NOW)
        (waiting,) = entries_of(queue, MailState.WAITING)
        queue.bury(claimed, samples.NOW, reason="mail.refused")
        later = samples.NOW + 9 * MINUTE

        assert not queue.put_back(waiting, waiting.expires_at)
        assert queue.put_back(waiting, later)
        assert [None] == [each.reason for each in entries_of(queue, MailState.WAITING)]
        assert [] == claim(queue, later - timedelta(microseconds=1))
        assert [(samples.mail(), 1)] == [
            (each.mail, each.attempts) for each in claim(queue, later)
        ]

    def test_a_postponed_mail_can_be_tried_at_once(
        self, storage: Storage, queue: OutboxQueue
    ) -> None:
        """
        It is not taken out of the hands of a relay, nor when it has expired.
        """
        put(storage, samples.mail())
        (claimed,) = claim(queue)
        queue.touch(claimed, until=samples.NOW + MINUTE)
        (entry,) = entries_of(queue, MailState.WAITING)
        in_hand = queue.put_back(entry, samples.NOW)
        queue.retry(claimed, at=samples.NOW + 9 * MINUTE, reason="unavailable.mail")

        expired = queue.put_back(entry, entry.expires_at)
        done = queue.put_back(entry, samples.NOW + MINUTE)

        assert (False, False, True) == (in_hand, expired, done)
        (entry,) = entries_of(queue, MailState.WAITING)
        assert (0, None) == (entry.attempts, entry.reason)
        assert [1] == [each.attempts for each in claim(queue, samples.NOW + MINUTE)]

    def test_what_was_sent_stays_sent(
        self, storage: Storage, queue: OutboxQueue
    ) -> None:
        """
        It is not put back, and the reason of an earlier failure is forgotten.
        """
        put(storage, samples.mail())
        (claimed,) = claim(queue)
        queue.retry(claimed, at=samples.NOW, reason="unavailable.mail")
        (claimed,) = claim(queue)
        queue.sent(claimed, samples.NOW)

        (entry,) = entries_of(queue, MailState.SENT)
        assert entry.reason is None
        assert not queue.put_back(entry, samples.NOW)

    def test_the_content_of_a_dead_mail_ends_with_it(
        self, storage: Storage, queue: OutboxQueue
    ) -> None:
        """
        What expired before is erased and cannot be put back; what waits stays.
        """
        put(storage, samples.mail("dead"), samples.mail("waits"))
        dead = next(each for each in claim(queue) if is_mail(each, "dead"))
        queue.bury(dead, samples.NOW, reason="mail.refused")
        ends = samples.mail().expires_at

        too_early = queue.erase(ends)
        erased = queue.erase(ends + timedelta(microseconds=1))

        (entry,) = entries_of(queue, MailState.DEAD)
        assert (0, 1, False) == (too_early, erased, entry.is_kept)
        assert 0 == queue.erase(ends + timedelta(microseconds=1))
        assert not queue.put_back(entry, samples.NOW)
        assert 0 == queue.revive(samples.NOW, reason="mail.refused")
        assert [True] == [x.is_kept for x in entries_of(queue, MailState.WAITING)]

    def test_mails_of_one_reason_are_revived(
        self, storage: Storage, queue: OutboxQueue
    ) -> None:
        """
        They wait with their attempts, if they have not expired; others stay dead.
        """
        late = samples.mail("late", created_at=samples.NOW - MINUTE)
        put(storage, samples.mail("expired"), late, samples.mail("refused"))
        for claimed in claim(queue):
            queue.touch(claimed, until=samples.NOW)
            reason = "mail.refused" if is_mail(claimed, "refused") else "expired"
            queue.bury(claimed, samples.NOW, reason=reason)

        revived = queue.revive(late.expires_at, reason="expired")

        assert 1 == revived
        assert [] == claim(queue, late.expires_at - timedelta(microseconds=1))
        assert [(samples.mail("expired"), 2)] == [
            (each.mail, each.attempts) for each in claim(queue, late.expires_at)
        ]
        assert {late.id, samples.identifier("refused")} == {
            each.mail_id for each in entries_of(queue, MailState.DEAD)
        }

    def test_what_is_held_stays_for_those_who_saw_it_wait(
        self, storage: Storage, queue: OutboxQueue
    ) -> None:
        """
        The reason that is stored decides, and not the one that was listed.
        """
        put(storage, samples.mail("held"), samples.mail("waits"))
        listed = entries_of(queue, MailState.WAITING)
        (held,) = (x for x in listed if x.mail_id == samples.identifier("held"))
        (waits,) = (x for x in listed if x != held)
        queue.discard(waits, samples.NOW, reason="mail.discarded")
        queue.hold(samples.NOW, reason="mail.held")

        back = queue.put_back(held, samples.NOW, unless="mail.held")
        gone = queue.discard(
            held, samples.NOW, reason="mail.discarded", unless="mail.held"
        )

        assert (False, False) == (back, gone)
        assert ["mail.held"] == [x.reason for x in entries_of(queue, MailState.DEAD)]
        assert queue.put_back(held, samples.NOW, unless="mail.refused")
        assert queue.put_back(held, samples.NOW, unless="mail.held")
        assert queue.discard(
            held, samples.NOW, reason="mail.discarded", unless="mail.held"
        )

    def test_a_mail_is_discarded_once(
        self, storage: Storage, queue: OutboxQueue
    ) -> None:
        """
        A mail that waits, or is dead, is withdrawn; one that was sent is not.
        """
        put(storage, samples.mail("held"), samples.mail("dead"), samples.mail("sent"))
        claims = {each.mail.id: each for each in claim(queue)}
        dead, sent = (claims[samples.identifier(name)] for name in ("dead", "sent"))
        held = claims[samples.identifier("held")]
        queue.bury(dead, samples.NOW, reason="mail.refused")
        queue.sent(sent, samples.NOW)
        entries = {each.mail_id: each for each in entries_of(queue, *MailState)}

        answers = [
            queue.discard(entries[each.mail.id], samples.NOW, reason="mail.discarded")
            for each in (held, dead, sent, dead)
        ]

        assert answers == [True, True, False, False]
        assert [("mail.discarded", False)] * 2 == [
            (each.reason, each.is_kept)
            for each in entries_of(queue, MailState.WITHDRAWN)
        ]
        assert not queue.touch(held, until=samples.NOW)
        assert [] == claim(queue, samples.NOW + 9 * MINUTE)

    def test_what_waits_can_be_held(self, storage: Storage, queue: OutboxQueue) -> None:
        """
        Held mails are dead and keep their content; no relay begins to send one.
        """
        put(storage, samples.mail("held"), samples.mail("waits"))
        (claimed,) = claim(queue, limit=1)

        assert 2 == queue.hold(samples.NOW, reason="mail.held")
        assert 0 == queue.hold(samples.NOW, reason="mail.held")
        assert [False] * 4 == [
            queue.touch(claimed, until=samples.NOW),
            queue.release(claimed, samples.NOW),
            queue.retry(claimed, at=samples.NOW, reason="mail.refused"),
            queue.bury(claimed, samples.NOW, reason="mail.refused"),
        ]
        assert [("mail.held", True)] * 2 == [
            (each.reason, each.is_kept) for each in entries_of(queue, MailState.DEAD)
        ]
        assert [] == claim(queue, samples.NOW + 9 * MINUTE)

    def test_a_mail_that_goes_out_while_it_is_held_was_sent(
        self, storage: Storage, queue: OutboxQueue
    ) -> None:
        """
        It is noted, with no reason and no content, and does not go out again.
        """
        put(storage, samples.mail())
        (claimed,) = claim(queue)
        queue.hold(samples.NOW, reason="mail.held")
        (held,) = entries_of(queue, MailState.DEAD)

        assert queue.sent(claimed, samples.NOW)

        (sent,) = entries_of(queue, MailState.SENT)
        assert (None, False) == (sent.reason, sent.is_kept)
        assert not queue.put_back(held, samples.NOW + 9 * MINUTE)
        assert not queue.sent(claimed, samples.NOW)

    def test_a_held_mail_is_not_put_back_while_a_relay_may_send_it(
        self, storage: Storage, queue: OutboxQueue
    ) -> None:
        """
        It can be when the lease has ended; then it is another relay's.
        """
        put(storage, samples.mail("put back"), samples.mail("revived"))
        claims = claim(queue)
        queue.hold(samples.NOW, reason="mail.held")
        held, ended = entries_of(queue, MailState.DEAD), samples.NOW + MINUTE
        just_before = ended - timedelta(microseconds=1)

        assert not queue.put_back(held[0], just_before)
        assert 0 == queue.revive(just_before, reason="mail.held")
        assert queue.put_back(held[0], ended)
        assert 1 == queue.revive(ended, reason="mail.held")
        assert [False] * 2 == [queue.sent(claimed, ended) for claimed in claims]
        assert 2 == len(claim(queue, ended))

    def test_mails_are_listed_in_pages(
        self, storage: Storage, queue: OutboxQueue
    ) -> None:
        """
        The latest come first, mails of one instant too, each on one page.
        """
        ages = {"a": 1, "b": 0, "c": 2, "d": 0, "e": 1}
        put(
            storage,
            *(
                samples.mail(name, created_at=samples.NOW - age * MINUTE)
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
