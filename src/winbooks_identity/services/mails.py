"""
How does an operator find out what became of the mails, and mend it?
"""

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from typing import Final, final

from ..mail import metrics
from ..mail.home import HELD
from ..mail.outbox import MailState, OutboxEntry
from ..mail.ports import OutboxQueue
from ..ports import PAGE_SIZE


__all__ = ["DISCARDED", "HELD", "MailService"]

#: The reason of mails that an operator withdrew.
DISCARDED: Final = "mail.discarded"


@final
class MailService:
    """
    Lists the mails of all licences, and decides about those that did not go out.

    It is for people who have the database, as a relay is, so it asks no one for
    rights; `AdministrationService.mails` is for everyone else.  Nothing here shows
    a content or an address.  Every method raises what `OutboxQueue` raises.

    Args:
        queue: where the mails are.
    """

    def __init__(self, queue: OutboxQueue) -> None:
        self._queue = queue

    def entries(self, states: AbstractSet[MailState]) -> Iterator[OutboxEntry]:
        """
        Yield every mail in one of *states*, the latest made first.
        """
        last: OutboxEntry | None = None
        while page := self._queue.entries(states, before=last, limit=PAGE_SIZE):
            yield from page
            last = page[-1]

    def put_back(
        self, entries: Iterable[OutboxEntry], *, unless: str | None = None
    ) -> list[OutboxEntry]:
        """
        Let mails that are dead or wait for another try be due now; return them.  [R71]

        Those that expired, were sent, whose content is erased, or that a relay has in
        hand, stay as they are; so do those given up for the reason *unless* by now.
        """
        now = self._queue.now()
        return [
            entry
            for entry in entries
            if self._queue.put_back(entry, now, unless=unless)
        ]

    def discard(
        self, entries: Iterable[OutboxEntry], *, unless: str | None = None
    ) -> list[OutboxEntry]:
        """
        Withdraw mails that wait or are dead; return those that were.

        Their content is erased, so none of them is sent later; a relay that has one
        in hand at this moment may still send it.  Those given up for the reason
        *unless* by now stay.
        """
        now, reason = self._queue.now(), DISCARDED
        return [
            entry
            for entry in entries
            if self._queue.discard(entry, now, reason=reason, unless=unless)
        ]

    def held(self) -> int:
        """
        Return how many mails `hold` or a restore stopped that were not let go since.
        """
        return self._queue.statistics().reasons.get(HELD, 0)

    def figures(self) -> dict[str, object]:
        """
        Return how the mails are doing, as JSON: see `mail.metrics.figures`.
        """
        return metrics.figures(self._queue.statistics(), self._queue.now())

    def metrics(self) -> str:
        """
        Return how the mails are doing, in the text format of Prometheus.

        Mails that wait, the age of the oldest, dead letters by the code of their
        reason, and the last success; no address is in it.
        """
        return metrics.exposition(self._queue.statistics(), self._queue.now())

    def hold(self) -> int:
        """
        Stop every mail that waits and return how many; `put_back` lets them go.

        After a restore, so that no mail goes out a second time unasked.  A mail that a
        relay has in hand is noted as sent if it goes out, and can be put back once
        the lease has ended.
        """
        return self._queue.hold(self._queue.now(), reason=HELD)
