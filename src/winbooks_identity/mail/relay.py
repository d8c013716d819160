"""
How do the mails that wait get to their recipients, without losing one?

Any number of relays may run side by side.  Each mail is sent under a lease that
was prolonged right before, outside any transaction; a relay that dies leaves its
mails to the others.  A mail may go out twice, with the same Message-ID, where a
relay dies between the server's word and its own note; it is never lost.  [R70, R71]
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Final, Protocol, final

import attrs

from .. import system
from ..errors import (
    MailServerUnusable,
    OutcomeUnknown,
    PermanentFailure,
    SealBroken,
    TemporaryFailure,
    Unavailable,
)
from .home import HELD
from .outbox import Claimed, Sealer, next_try
from .ports import Mailer, RelayQueue


__all__ = [
    "EXPIRED",
    "SENT_TOO_LATE",
    "Attempt",
    "Delivery",
    "DeliveryOutcome",
    "Relay",
    "Stop",
]

#: The reason of mails that were no longer worth delivering.
EXPIRED: Final = "expired"

#: How long one mail is ours.  A mailer has to give up before that.
LEASE: Final = timedelta(minutes=5)

#: How many mails are claimed at a time: few, as they wait for each other.
BATCH: Final = 10

#: After so many failures in a row that are about us and not about a mail, a pass
#: ends: our choice, so that a wrong setting touches a handful of mails.
FAILURES_IN_A_ROW: Final = 3

#: The reason of mails on which a mailer raised what no mailer may raise.
MAILER_FAILED: Final = "unavailable.mailer"

#: The reason of mails that were sent and could not be noted as sent, as the lease
#: was gone: two copies of one Message-ID, or a copy of what was withdrawn.
SENT_TOO_LATE: Final = "mail.sent_too_late"

#: The reason of a pass in which a mail could not be made of what was asked for.
LETTERS_FAILED: Final = "unavailable.letters"

#: How long the sealed content of a dead mail stays after the mail has expired: our
#: choice, so that a clock that was wrong for a while destroys nothing.
KEPT_EXPIRED: Final = timedelta(days=7)

#: How long `Relay.run` rests when no mail is due.
PAUSE: Final = timedelta(seconds=5)


def _ignore(_: object) -> None:
    """
    Tell no one.
    """


def _nothing() -> None:
    """
    Prepare nothing.
    """


@final
class DeliveryOutcome(Enum):
    """
    What became of a mail.
    """

    #: The mail server answers for it now.
    SENT = auto()
    #: It waits for another try.
    POSTPONED = auto()
    #: It is given up: a dead letter.
    BURIED = auto()
    #: The lease was gone: another relay has it, or it was withdrawn.  Where the
    #: reason is `SENT_TOO_LATE`, this relay had sent it already.
    LEFT = auto()


@final
@attrs.frozen(kw_only=True)
class Attempt:
    """
    One mail, what became of it, and the code of the reason if it was not sent.

    `is_about_us` says that no mail would have been sent: our keys, our sign-in or
    the server's connection failed.
    """

    message_id: str
    outcome: DeliveryOutcome
    reason: str | None = None
    is_about_us: bool = False


@final
@attrs.frozen
class Delivery:
    """
    What one pass over the mails that were due has done; it names no one.
    """

    attempts: tuple[Attempt, ...]

    #: The code of the failure that ended the pass before all mails were tried, or
    #: kept some from being made.
    stopped_by: str | None = None

    #: How many mails were held back at the beginning, as the database is a copy: see
    #: `RelayQueue.hold_if_restored`.
    held: int = 0

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

    A mail that a server took, and that the storage could not note as sent, is
    remembered and noted before the next mails are claimed.

    Args:
        queue: where the mails wait.
        mailer: takes them on; it gives up in less time than *lease*.
        sealer: opens what was sealed.
        stopwatch: returns the seconds since any moment; the present is what the
            queue said at the last claim, and the time since.
        spread: returns a number from 0 to 1, which makes relays that failed
            together try apart.
        prepare: called at the beginning of each pass: makes the mails that were
            asked for, see `Portal.relay`.  Where it raises anything but what the
            storage raises, the pass goes on, and its report says so.
        observe: told of each attempt, once it is noted.
        lease: how long a mail is ours alone; a batch that takes longer than half of
            it is given back, and what is left is claimed anew.
        batch: how many mails are claimed at a time.
    """

    def __init__(
        self,
        queue: RelayQueue,
        mailer: Mailer,
        sealer: Sealer,
        *,
        stopwatch: Callable[[], float] = system.elapsed,
        spread: Callable[[], float] = system.random_fraction,
        prepare: Callable[[], object] = _nothing,
        observe: Callable[[Attempt], object] = _ignore,
        lease: timedelta = LEASE,
        batch: int = BATCH,
    ) -> None:
        self._queue = queue
        self._mailer = mailer
        self._sealer = sealer
        self._clock = _Clock(queue=queue, stopwatch=stopwatch)
        self._spread = spread
        self._prepare = prepare
        self._observe = observe
        self._lease = lease
        self._batch = batch
        self._unnoted: list[Claimed] = []

    def deliver(self, *, stop: Stop | None = None) -> Delivery:
        """
        Try every mail that is due now once, or as many as come before *stop*.

        A mail that becomes due meanwhile, as one that failed does after a while, is
        for the next pass: no mail is tried twice, however long a pass takes.

        Where the database was restored since the last pass of any relay, the mails
        that waited are held back first: see `Delivery.held`.

        A pass ends after `FAILURES_IN_A_ROW` failures that are about us: the
        server does not let us send, or our keys do not open what was sealed.
        The mails wait, and `Delivery.stopped_by` says why.

        Raises:
            Unavailable, OutcomeUnknown: the storage failed before any mail was
                tried.  Later, it ends the pass, and the report says what was done.
        """
        attempts: list[Attempt] = []
        held = self._queue.hold_if_restored(self._clock(), reason=HELD)
        try:
            stopped_by = self._pass(attempts, stop)
        except (Unavailable, OutcomeUnknown) as failure:
            if not attempts and not held:
                raise
            stopped_by = failure.code
        return Delivery(tuple(attempts), stopped_by, held)

    def run(
        self,
        stop: Stop,
        *,
        pause: timedelta = PAUSE,
        report: Callable[[Delivery], object] | None = None,
    ) -> None:
        """
        Deliver again and again until *stop*, and tell *report* of each pass.

        A storage that fails, or is not ready, is asked again after the next *pause*:
        what is mended meanwhile needs no restart.
        """
        while not stop.is_set():
            try:
                delivery = self.deliver(stop=stop)
            except (Unavailable, OutcomeUnknown) as failure:
                delivery = Delivery((), failure.code)
            if report is not None:
                report(delivery)
            stop.wait(pause.total_seconds())

    def _pass(self, attempts: list[Attempt], stop: Stop | None) -> str | None:
        claimed: list[Claimed] = []
        failures = 0
        self._note_sent()
        unprepared = self._prepared()
        until = began = self._clock.read()
        self._queue.erase(began - KEPT_EXPIRED)
        # What has not expired was given up by a clock that was wrong for a while.
        self._queue.revive(began, reason=EXPIRED)
        while stop is None or not stop.is_set():
            if claimed and self._clock() > until:
                self._give_back(claimed, began)
                claimed.clear()
            if not claimed:
                now = self._clock.read()
                until = now + self._lease / 2
                claimed += self._claim(began, now)
            if not claimed:
                return unprepared
            self._attempt(claimed.pop(0), attempts)
            self._observe(attempts[-1])
            failures = failures + 1 if attempts[-1].is_about_us else 0
            if failures == FAILURES_IN_A_ROW:
                self._give_back(claimed, began)
                return attempts[-1].reason
        self._give_back(claimed, began)
        return unprepared

    def _claim(self, began: datetime, now: datetime) -> Sequence[Claimed]:
        """
        Take mails that were due when the pass *began*; the lease is from *now* on.
        """
        lease = now - began + self._lease
        return self._queue.claim(began, lease=lease, limit=self._batch)

    def _prepared(self) -> str | None:
        """
        Make the mails that were asked for; return the code of what kept some back.
        """
        try:
            self._prepare()
        except (PermanentFailure, TemporaryFailure):
            return LETTERS_FAILED  # No mailer was asked yet.
        except (Unavailable, OutcomeUnknown):
            raise
        except Exception:  # noqa: BLE001  The mails that wait are not to blame.
            return LETTERS_FAILED
        return None

    def _give_back(self, claimed: Sequence[Claimed], began: datetime) -> None:
        for left in claimed:
            # Another relay need not wait for the end of our lease, and this pass
            # takes what was due when it *began*.
            self._queue.release(left, began)

    def _attempt(self, claimed: Claimed, attempts: list[Attempt]) -> None:
        """
        Try one mail and add to *attempts* what became of it.

        That stands there before it is noted, so that a storage that fails at the
        note costs no line of the report.
        """
        now = self._clock()
        if claimed.mail.expires_at <= now:
            ended = _attempt(claimed, DeliveryOutcome.POSTPONED, EXPIRED)
            attempts.append(self._bury(claimed, ended, EXPIRED))
            return
        if not self._queue.touch(claimed, until=now + self._lease):
            attempts.append(_attempt(claimed, DeliveryOutcome.LEFT))
            return
        try:
            self._mailer.send(claimed.mail.open(self._sealer))
        except Exception as failure:  # noqa: BLE001  One mail must not starve others.
            waits = _attempt(claimed, DeliveryOutcome.POSTPONED, _reason(failure))
            attempts.append(attrs.evolve(waits, is_about_us=_is_about_us(failure)))
            attempts[-1] = self._settle(claimed, attempts[-1], failure)
        else:
            self._unnoted.append(claimed)
            attempts.append(_attempt(claimed, DeliveryOutcome.SENT))
            if not self._note_sent():
                left = _attempt(claimed, DeliveryOutcome.LEFT, SENT_TOO_LATE)
                attempts[-1] = left

    def _note_sent(self) -> bool:
        """
        Note what was sent, and tell whether the last of it was still ours.
        """
        held = True
        while self._unnoted:
            held = self._queue.sent(self._unnoted[0], self._clock())
            del self._unnoted[0]
        return held

    def _settle(
        self, claimed: Claimed, attempt: Attempt, failure: Exception
    ) -> Attempt:
        at = next_try(claimed, self._clock(), self._spread())
        if at is None or isinstance(failure, PermanentFailure):
            return self._bury(claimed, attempt, _reason(failure))
        held = self._queue.retry(claimed, at=at, reason=_reason(failure))
        return attempt if held else attrs.evolve(attempt, outcome=DeliveryOutcome.LEFT)

    def _bury(self, claimed: Claimed, attempt: Attempt, reason: str) -> Attempt:
        held = self._queue.bury(claimed, self._clock(), reason=reason)
        outcome = DeliveryOutcome.BURIED if held else DeliveryOutcome.LEFT
        return attrs.evolve(attempt, outcome=outcome)


@final
class _Clock:
    """
    The clock of the storage, which is asked for once in a while.
    """

    def __init__(self, *, queue: RelayQueue, stopwatch: Callable[[], float]) -> None:
        self._queue = queue
        self._stopwatch = stopwatch
        self._at: datetime | None = None
        self._since = 0.0

    def read(self) -> datetime:
        """
        Ask the storage for the present, and return it.
        """
        self._at, self._since = self._queue.now(), self._stopwatch()
        return self._at

    def __call__(self) -> datetime:
        at = self._at or self.read()
        return at + timedelta(seconds=self._stopwatch() - self._since)


def _reason(failure: Exception) -> str:
    if isinstance(failure, TemporaryFailure | PermanentFailure | SealBroken):
        return failure.code
    return MAILER_FAILED


def _is_about_us(failure: Exception) -> bool:
    return isinstance(failure, MailServerUnusable | SealBroken)


def _attempt(
    claimed: Claimed, outcome: DeliveryOutcome, reason: str | None = None
) -> Attempt:
    return Attempt(message_id=claimed.mail.message_id, outcome=outcome, reason=reason)
