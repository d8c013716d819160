"""
How do the mails that wait get to their recipients, without losing one?

Any number of relays may run side by side.  Each mail is sent under a lease that
was prolonged right before, outside any transaction; a relay that dies leaves its
mails to the others.  A mail may go out twice, with the same Message-ID, where a
relay dies between the server's word and its own note; it is never lost.  [R70, R71]
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Final, Protocol, final

import attrs

from .. import system
from ..errors import (
    OutcomeUnknown,
    PermanentFailure,
    SealBroken,
    StorageBusy,
    TemporaryFailure,
)
from .outbox import Claimed, Sealer, next_try
from .ports import Mailer, OutboxQueue


__all__ = ["EXPIRED", "Attempt", "Delivery", "DeliveryOutcome", "Relay", "Stop"]

#: The reason of mails that were not worth delivering any more.
EXPIRED: Final = "expired"

#: How long one mail is ours.  A mailer has to give up before that.
LEASE: Final = timedelta(minutes=5)

#: How many mails are claimed at a time: few, as they wait for each other.
BATCH: Final = 10

#: How long `Relay.run` rests when no mail is due.
PAUSE: Final = timedelta(seconds=5)


@final
class DeliveryOutcome(Enum):
    """
    What became of a mail.
    """

    #: Somebody else answers for it now.
    SENT = auto()
    #: It waits for another try.
    POSTPONED = auto()
    #: It is given up: a dead letter.
    BURIED = auto()
    #: The lease was gone: another relay has it.
    LEFT = auto()


@final
@attrs.frozen(kw_only=True)
class Attempt:
    """
    One mail, what became of it, and the code of the reason if it was not sent.
    """

    message_id: str
    outcome: DeliveryOutcome
    reason: str | None = None


@final
@attrs.frozen
class Delivery:
    """
    What one pass over the mails that were due has done; it names nobody.
    """

    attempts: tuple[Attempt, ...]

    def count(self, outcome: DeliveryOutcome) -> int:
        """
        Return how many mails had that *outcome*.
        """
        return sum(attempt.outcome is outcome for attempt in self.attempts)


class Stop(Protocol):
    """
    Says when to stop; `threading.Event` does.
    """

    def is_set(self) -> bool:
        """
        Tell whether it is time to stop.
        """
        ...

    def wait(self, timeout: float | None = None) -> bool:
        """
        Wait *timeout* seconds, or less if it is time to stop.
        """
        ...


@final
class Relay:
    """
    Takes the mails that wait in *queue* to *mailer*.

    Args:
        queue: where the mails wait.
        mailer: takes them on; it gives up in less time than *lease*.
        sealer: opens what was sealed.
        clock: tells the present, in UTC.
        spread: returns a number from 0 to 1, which makes relays that failed
            together try apart.
        lease: how long a mail is ours alone.
        batch: how many mails are claimed at a time.
    """

    def __init__(
        self,
        queue: OutboxQueue,
        mailer: Mailer,
        sealer: Sealer,
        *,
        clock: Callable[[], datetime] = system.now,
        spread: Callable[[], float] = system.random_fraction,
        lease: timedelta = LEASE,
        batch: int = BATCH,
    ) -> None:
        self._queue = queue
        self._mailer = mailer
        self._sealer = sealer
        self._clock = clock
        self._spread = spread
        self._lease = lease
        self._batch = batch

    def deliver(self, *, stop: Stop | None = None) -> Delivery:
        """
        Try every mail that is due once, or as many as come before *stop*.

        Raises:
            StorageBusy, OutcomeUnknown: the storage failed; call again.
        """
        return Delivery(tuple(self._attempts(stop)))

    def run(
        self,
        stop: Stop,
        *,
        pause: timedelta = PAUSE,
        report: Callable[[Delivery], object] | None = None,
    ) -> None:
        """
        Deliver again and again until *stop*, and tell *report* of each pass.

        A storage that fails is asked again after the next *pause*.
        """
        while not stop.is_set():
            try:
                delivery = self.deliver(stop=stop)
            except (StorageBusy, OutcomeUnknown):
                delivery = Delivery(())
            if report is not None:
                report(delivery)
            stop.wait(pause.total_seconds())

    def _attempts(self, stop: Stop | None) -> Iterator[Attempt]:
        claimed: list[Claimed] = []
        while stop is None or not stop.is_set():
            if not claimed:
                claimed += self._queue.claim(
                    self._clock(), lease=self._lease, limit=self._batch
                )
            if not claimed:
                return
            yield self._attempt(claimed.pop(0))
        now = self._clock()
        for left in claimed:
            # Another relay need not wait for the end of our lease.
            self._queue.retry(left, at=now, reason="stopped")

    def _attempt(self, claimed: Claimed) -> Attempt:
        now = self._clock()
        if claimed.mail.expires_at <= now:
            return self._bury(claimed, EXPIRED)
        if not self._queue.touch(claimed, until=now + self._lease):
            return _attempt(claimed, DeliveryOutcome.LEFT)
        try:
            self._mailer.send(claimed.mail.open(self._sealer))
        except (PermanentFailure, SealBroken) as failure:
            return self._bury(claimed, failure.code)
        except TemporaryFailure as failure:
            return self._postpone(claimed, failure.code)
        # If the lease ran out meanwhile, there are two copies of one Message-ID.
        self._queue.sent(claimed, self._clock())
        return _attempt(claimed, DeliveryOutcome.SENT)

    def _postpone(self, claimed: Claimed, reason: str) -> Attempt:
        at = next_try(claimed, self._clock(), self._spread())
        if at is None:
            return self._bury(claimed, reason)
        held = self._queue.retry(claimed, at=at, reason=reason)
        return _attempt(
            claimed, DeliveryOutcome.POSTPONED if held else DeliveryOutcome.LEFT, reason
        )

    def _bury(self, claimed: Claimed, reason: str) -> Attempt:
        held = self._queue.bury(claimed, self._clock(), reason=reason)
        return _attempt(
            claimed, DeliveryOutcome.BURIED if held else DeliveryOutcome.LEFT, reason
        )


def _attempt(
    claimed: Claimed, outcome: DeliveryOutcome, reason: str | None = None
) -> Attempt:
    return Attempt(message_id=claimed.mail.message_id, outcome=outcome, reason=reason)
