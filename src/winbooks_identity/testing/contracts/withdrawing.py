"""
When are mails not to go out any more?
"""

from contextlib import suppress

from ...mail.outbox import (
    OVERTAKEN,
    MailKind,
    MailState,
)
from ...ports import OutboxQueue, Storage, UnitOfWork
from .. import samples
from .queue_suite import (
    MINUTE,
    NOTHING_WAITS,
    QueueSuite,
    claim,
    entries_of,
    entry_of,
    is_mail,
    put,
)
from .suite import Interrupted


__all__ = ["Withdrawing"]


class Withdrawing(QueueSuite):
    """
    Mails that are void are withdrawn, in the unit of work that made them so.
    """

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
            samples.mail("waits", created_at=samples.NOW + MINUTE),
            samples.mail("other", kind=MailKind.ID_CHANGE),
            samples.mail("others", to="grace"),
        ]
        put(storage, *mails)
        claims = {each.mail.id: each for each in claim(queue)}
        queue.bury(claims[mails[1].id], samples.NOW, reason="mail.refused")
        queue.sent(claims[mails[2].id], samples.NOW)

        storage.run(
            lambda unit: unit.outbox.withdraw(
                {samples.identifier("ada")}, {MailKind.CREDENTIALS}, samples.NOW
            )
        )

        withdrawn = entries_of(queue, MailState.WITHDRAWN)
        assert {mails[0].id, mails[1].id, mails[3].id} == {x.mail_id for x in withdrawn}
        assert {(OVERTAKEN, False)} == {(x.reason, x.is_kept) for x in withdrawn}
        assert not queue.touch(claims[mails[0].id], until=samples.NOW)
        assert {mails[4].id, mails[5].id} == {
            each.mail.id for each in claim(queue, samples.NOW + 9 * MINUTE)
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

        put(storage, samples.mail())
        with suppress(Interrupted):
            storage.run(work)

        assert [samples.mail()] == [each.mail for each in claim(queue)]

    def test_a_user_has_their_mails(self, storage: Storage, queue: OutboxQueue) -> None:
        """
        In every state, the latest first.
        """
        put(
            storage,
            samples.mail("sent"),
            samples.mail("new", created_at=samples.NOW + MINUTE),
            samples.mail("others", to="grace"),
        )
        sent = next(each for each in claim(queue) if is_mail(each, "sent"))
        queue.sent(sent, samples.NOW)

        found = storage.run(
            lambda unit: [*unit.outbox.of_user(samples.identifier("ada"))]
        )

        assert [
            entry_of(samples.mail("new", created_at=samples.NOW + MINUTE)),
            entry_of(
                samples.mail("sent"),
                state=MailState.SENT,
                due_at=samples.NOW + MINUTE,
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
        put(storage, samples.mail("held"), samples.mail("dead"), samples.mail("new"))
        held, dead = claim(queue, limit=2)
        queue.bury(dead, samples.NOW, reason="mail.refused")

        storage.run(lambda unit: unit.users.remove(samples.user()))

        assert not queue.sent(held, samples.NOW)
        assert NOTHING_WAITS == queue.statistics()
