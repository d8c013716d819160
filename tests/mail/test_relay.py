"""
How do the mails that wait get to their recipients, without losing one?
"""

import threading
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest

from winbooks_identity import system
from winbooks_identity.adapters.aesgcm import AesGcmSealer
from winbooks_identity.adapters.memory import (
    InMemoryMailer,
    InMemoryOutboxQueue,
    InMemoryStorage,
)
from winbooks_identity.errors import (
    MailServerUnusable,
    OutcomeUnknown,
    PermanentFailure,
    SendingNotAllowed,
    StorageBusy,
    StorageNotReady,
    TemporaryFailure,
    Unavailable,
)
from winbooks_identity.mail.outbox import Claimed, Mail, MailKind, MailState, OutboxMail
from winbooks_identity.mail.relay import Attempt, Delivery, DeliveryOutcome, Relay
from winbooks_identity.ports import Mailer, OutboxQueue
from winbooks_identity.services.mails import MailService
from winbooks_identity.testing.doubles import FrozenClock
from winbooks_identity.testing.samples import NOW, identifier


SEALER = AesGcmSealer({"1": b"k" * 32})
MINUTE = timedelta(minutes=1)


class Office:
    """
    A relay with real parts, all in memory.
    """

    def __init__(
        self, mailer: Mailer | None = None, sealer: AesGcmSealer = SEALER
    ) -> None:
        self.clock = FrozenClock(NOW)
        self.storage = InMemoryStorage()
        self.queue = InMemoryOutboxQueue(self.storage, clock=self.clock)
        self.mailer = InMemoryMailer()
        self.relay = Relay(
            self.queue,
            mailer or self.mailer,
            sealer,
            stopwatch=self.stopwatch,
            spread=lambda: 1.0,
            batch=2,
        )

    def stopwatch(self) -> float:
        """
        Return the seconds that have passed by the office's clock.
        """
        return (self.clock.now - NOW).total_seconds()

    def reasons(self) -> list[str | None]:
        """
        Return why mails were given up.
        """
        dead = self.queue.entries({MailState.DEAD}, before=None, limit=9)
        return [entry.reason for entry in dead]

    def post(
        self,
        name: str,
        lifetime: timedelta = timedelta(days=3),
        made_at: datetime = NOW,
    ) -> Mail:
        """
        Let a mail called *name* wait.
        """
        mail = Mail(
            message_id=f"<{name}@example.be>",
            sender="portal@example.be",
            recipient=f"{name}@example.org",
            content=f"Wachtwoord van {name}\r\n".encode(),
        )
        waiting = OutboxMail.close(
            mail,
            SEALER,
            mail_id=identifier(name),
            user_id=identifier("user"),
            kind=MailKind.CREDENTIALS,
            created_at=made_at,
            expires_at=made_at + lifetime,
        )
        self.storage.run(lambda unit: unit.outbox.put(waiting))
        return mail


def attempt(name: str, outcome: DeliveryOutcome, reason: str | None = None) -> Attempt:
    """
    Return the report of the mail called *name*.
    """
    return Attempt(message_id=f"<{name}@example.be>", outcome=outcome, reason=reason)


class _Raises:
    """
    A mailer that raises one and the same error.
    """

    def __init__(self, error: Exception) -> None:
        self.calls = 0
        self._error = error

    def send(self, mail: Mail) -> None:
        """
        Raise.
        """
        del mail
        self.calls += 1
        raise self._error


class _FailsUnlessThird:
    """
    A server that lets every third mail through.
    """

    def __init__(self) -> None:
        self.calls = 0

    def send(self, mail: Mail) -> None:
        """
        Raise two times out of three.
        """
        del mail
        self.calls += 1
        if self.calls % 3:
            raise MailServerUnusable


class _BusyAfter:
    """
    A queue that answers *claims* times and is busy from then on.
    """

    def __init__(self, queue: InMemoryOutboxQueue, *, claims: int) -> None:
        self._queue = queue
        self._left = claims

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  Whatever the queue has.
        return getattr(self._queue, name)

    def claim(
        self, now: datetime, *, lease: timedelta, limit: int
    ) -> Sequence[Claimed]:
        """
        Claim, or be busy.
        """
        self._left -= 1
        if self._left < 0:
            raise StorageBusy
        return self._queue.claim(now, lease=lease, limit=limit)


class _FailsAtNotes:
    """
    A queue that is busy when a relay notes what became of a mail, *times* times.
    """

    def __init__(self, queue: InMemoryOutboxQueue, *, times: int) -> None:
        self._queue = queue
        self._left = times

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  Whatever the queue has.
        if name in {"sent", "retry", "bury"} and self._left > 0:
            self._left -= 1
            raise StorageBusy
        return getattr(self._queue, name)


class _Restored(_BusyAfter):
    """
    A queue whose database is a copy at the first pass.
    """

    _is_copy = True

    def hold_if_restored(self, now: datetime, *, reason: str) -> int:
        """
        Hold what waits, once.
        """
        was_copy, self._is_copy = self._is_copy, False
        return self._queue.hold(now, reason=reason) if was_copy else 0


class TestDelivery:
    """
    What waits is delivered, once, as it was before it was sealed.  [R70]
    """

    def test_nothing_waits(self) -> None:
        """
        A pass over nothing does nothing.
        """
        assert Delivery(()) == Office().relay.deliver()

    def test_everything_that_is_due(self) -> None:
        """
        More mails than are claimed at a time are still one pass.
        """
        office = Office()
        mails = [office.post(name) for name in ("a", "b", "c", "d", "e")]

        delivery = office.relay.deliver()

        assert {(mail.message_id, mail.content) for mail in mails} == {
            (mail.message_id, mail.content) for mail in office.mailer.sent
        }
        assert 5 == delivery.count(DeliveryOutcome.SENT)

    def test_only_once(self) -> None:
        """
        What was sent does not wait any more.
        """
        office = Office()
        office.post("a")
        office.relay.deliver()

        office.clock.now += timedelta(days=1)

        assert Delivery(()) == office.relay.deliver()

    def test_the_report_names_nobody(self) -> None:
        """
        It is made of Message-IDs and codes, so it may be logged.
        """
        office = Office()
        office.post("a")

        assert "@example.org" not in repr(office.relay.deliver())


class TestRestored:
    """
    What waited in a copy stays until an operator decides.  [S83]
    """

    @pytest.mark.parametrize(
        "claims, stopped_by", [(9, None), (0, "unavailable.storage_busy")]
    )
    def test_what_waits_is_held(self, claims: int, stopped_by: str | None) -> None:
        """
        Before any mail is made or tried; the report says so, whatever fails then.
        """
        office = Office()
        office.post("a")
        queue = _Restored(office.queue, claims=claims)
        relay = Relay(
            queue,
            office.mailer,
            SEALER,
            stopwatch=office.stopwatch,
            prepare=lambda: office.post("made now"),
        )

        first = relay.deliver()

        assert (1, stopped_by) == (first.held, first.stopped_by)
        assert ["mail.held"] == office.reasons()
        assert {"<a@example.be>"}.isdisjoint(x.message_id for x in office.mailer.sent)

    def test_what_comes_later_goes_out(self) -> None:
        """
        One pass holds, and the same one sends what is made in it.
        """
        office = Office()
        office.post("a")
        queue = _Restored(office.queue, claims=9)
        relay = Relay(queue, office.mailer, SEALER, stopwatch=office.stopwatch)
        relay.deliver()
        office.post("b")

        later = relay.deliver()

        assert (0, 1) == (later.held, later.count(DeliveryOutcome.SENT))
        assert ["mail.held"] == office.reasons()


class TestFailures:
    """
    A mail that fails is tried again; the user stays.  [R71]
    """

    def test_temporary(self) -> None:
        """
        It waits for its next try, and the reason is noted as a code.
        """
        office = Office()
        office.post("a")
        office.mailer.failure = TemporaryFailure()

        assert (
            Delivery((attempt("a", DeliveryOutcome.POSTPONED, "unavailable.mail"),))
            == office.relay.deliver()
        )

    @pytest.mark.parametrize("seconds,sent", [(59, 0), (60, 1)])
    def test_the_next_try(self, seconds: int, sent: int) -> None:
        """
        A minute later, not before.
        """
        office = Office()
        office.post("a")
        office.mailer.failure = TemporaryFailure()
        office.relay.deliver()
        office.mailer.failure = None

        office.clock.now += timedelta(seconds=seconds)
        office.relay.deliver()

        assert sent == len(office.mailer.sent)

    def test_relays_that_failed_together_try_apart(self) -> None:
        """
        Chance takes up to half of the wait away.
        """
        office = Office()
        office.post("a")
        office.mailer.failure = TemporaryFailure()
        relay = Relay(
            office.queue,
            office.mailer,
            SEALER,
            stopwatch=office.stopwatch,
            spread=lambda: 0.0,
        )
        relay.deliver()
        office.mailer.failure = None

        office.clock.now += timedelta(seconds=30)

        assert 1 == relay.deliver().count(DeliveryOutcome.SENT)

    def test_no_time_for_another_try(self) -> None:
        """
        A mail that will have expired by then is given up now, with its reason.
        """
        office = Office()
        office.post("a", lifetime=MINUTE)
        office.mailer.failure = TemporaryFailure()

        assert (
            Delivery((attempt("a", DeliveryOutcome.BURIED, "unavailable.mail"),))
            == office.relay.deliver()
        )

    def test_permanent(self) -> None:
        """
        It is given up with its reason, and its content stays until it has expired.
        """
        office = Office()
        office.post("a")
        office.mailer.failure = PermanentFailure()

        delivery = office.relay.deliver()

        assert (
            Delivery(
                (attempt("a", DeliveryOutcome.BURIED, "unavailable.mail_refused"),)
            )
            == delivery
        )
        assert ["unavailable.mail_refused"] == office.reasons()

    def test_a_key_that_is_gone(self) -> None:
        """
        The mails wait for their key, and go out once it is back.
        """
        office = Office(sealer=AesGcmSealer({"2": b"x" * 32}))
        for name in "abcdefg":
            office.post(name)

        delivery = office.relay.deliver()

        assert "unavailable.seal_broken" == delivery.stopped_by
        assert 3 == delivery.count(DeliveryOutcome.POSTPONED)
        assert 7 == office.queue.statistics().waiting
        assert [] == office.mailer.sent

        office.clock.now += timedelta(hours=1)
        Relay(office.queue, office.mailer, SEALER, stopwatch=office.stopwatch).deliver()

        assert 7 == len(office.mailer.sent)
        assert 0 == office.queue.statistics().dead

    def test_a_server_that_refuses_us(self) -> None:
        """
        A handful of mails is touched, and none is given up.
        """
        office = Office(mailer := _Raises(SendingNotAllowed()))
        for name in "abcdefg":
            office.post(name)

        delivery = office.relay.deliver()

        assert "unavailable.sending_not_allowed" == delivery.stopped_by
        assert 3 == mailer.calls == len(delivery.attempts)
        untried = office.queue.claim(office.clock.now, lease=MINUTE, limit=9)
        assert [1, 1, 1, 1] == [each.attempts for each in untried]
        assert all(each.is_about_us for each in delivery.attempts)
        assert 7 == office.queue.statistics().waiting

    def test_failures_that_are_about_mails_do_not_stop_a_pass(self) -> None:
        """
        A greylisted recipient says nothing about the next one.
        """
        office = Office(mailer := _Raises(TemporaryFailure()))
        for name in "abcdefg":
            office.post(name)

        assert office.relay.deliver().stopped_by is None
        assert 7 == mailer.calls

    def test_only_failures_in_a_row_stop_a_pass(self) -> None:
        """
        A mail that goes out in between starts the count again.
        """
        office = Office(mailer := _FailsUnlessThird())
        for name in "abcdefg":
            office.post(name)

        assert office.relay.deliver().stopped_by is None
        assert 7 == mailer.calls

    @pytest.mark.parametrize(
        "error", [ValueError("a bad challenge"), UnicodeError(), KeyError("x")]
    )
    def test_whatever_a_mailer_raises(self, error: Exception) -> None:
        """
        The mail is postponed, and the pass goes on.
        """
        office = Office(mailer := _Raises(error))
        for name in "abcd":
            office.post(name)

        delivery = office.relay.deliver()

        assert 4 == mailer.calls == delivery.count(DeliveryOutcome.POSTPONED)
        assert {"unavailable.mailer"} == {each.reason for each in delivery.attempts}

    def test_a_storage_that_fails_midway(self) -> None:
        """
        The report says what was done before.
        """
        office = Office()
        for name in "abcd":
            office.post(name)
        queue = _BusyAfter(office.queue, claims=1)
        relay = Relay(queue, office.mailer, SEALER, stopwatch=office.stopwatch, batch=2)

        delivery = relay.deliver()

        assert 2 == delivery.count(DeliveryOutcome.SENT)
        assert "unavailable.storage_busy" == delivery.stopped_by

    def test_a_storage_that_fails_at_the_note(self) -> None:
        """
        What was sent is reported, is noted first of all, and goes out once.
        """
        office = Office()
        for name in "ab":
            office.post(name)
        queue = _FailsAtNotes(office.queue, times=2)
        relay = Relay(queue, office.mailer, SEALER, stopwatch=office.stopwatch)

        first = relay.deliver()
        with pytest.raises(StorageBusy):
            relay.deliver()
        office.clock.now += timedelta(hours=1)
        third = relay.deliver()

        assert "unavailable.storage_busy" == first.stopped_by
        assert [(1, None), (1, None)] == [
            (each.count(DeliveryOutcome.SENT), each.attempts[0].reason)
            for each in (first, third)
        ]
        assert 2 == len(office.mailer.sent) == len(set(office.mailer.sent))

    @pytest.mark.parametrize("failure", [TemporaryFailure(), PermanentFailure()])
    def test_a_storage_that_fails_after_a_failure(self, failure: Unavailable) -> None:
        """
        The mail waits until its lease ends, and the report says why.
        """
        office = Office()
        office.post("a")
        office.mailer.failure = failure
        queue = _FailsAtNotes(office.queue, times=1)
        relay = Relay(queue, office.mailer, SEALER, stopwatch=office.stopwatch)

        assert (
            Delivery(
                (attempt("a", DeliveryOutcome.POSTPONED, failure.code),),
                "unavailable.storage_busy",
            )
            == relay.deliver()
        )
        assert 1 == office.queue.statistics().waiting

    def test_a_clock_that_was_wrong_for_one_pass(self) -> None:
        """
        What it gave up goes out as soon as the clock is right again.
        """
        office = Office()
        for name in "abc":
            office.post(name)
        office.clock.now += timedelta(days=7)
        wrong = office.relay.deliver()
        office.clock.now -= timedelta(days=7)

        right = office.relay.deliver()

        assert 3 == wrong.count(DeliveryOutcome.BURIED)
        assert 3 == right.count(DeliveryOutcome.SENT) == len(office.mailer.sent)

    def test_the_end_of_many_mails_at_a_server_that_is_gone(self) -> None:
        """
        A last try that failed is about us as well: the pass ends after three.
        """
        office = Office(mailer := _Raises(MailServerUnusable()))
        for name in "abcdef":
            office.post(name, lifetime=MINUTE)

        delivery = office.relay.deliver()

        assert 3 == mailer.calls == delivery.count(DeliveryOutcome.BURIED)
        assert "unavailable.mail_server" == delivery.stopped_by

    def test_the_last_try(self) -> None:
        """
        A mail is tried once more just before it ends.
        """
        office = Office(_Raises(TemporaryFailure()))
        office.post("a", lifetime=timedelta(minutes=30))

        for _ in range(3):
            office.relay.deliver()
            office.clock.now += timedelta(minutes=10)
        assert 0 == office.queue.statistics().dead
        office.clock.now = NOW + timedelta(minutes=29)
        office.relay.deliver()

        assert ["unavailable.mail"] == office.reasons()

    @pytest.mark.parametrize(
        "after,outcome",
        [
            (timedelta(minutes=1) - timedelta(microseconds=1), DeliveryOutcome.SENT),
            (timedelta(minutes=1), DeliveryOutcome.BURIED),
        ],
    )
    def test_expired(self, after: timedelta, outcome: DeliveryOutcome) -> None:
        """
        A password that opens nothing any more is not mailed.
        """
        office = Office()
        office.post("a", lifetime=MINUTE)
        office.clock.now += after

        reason = "expired" if outcome is DeliveryOutcome.BURIED else None
        assert Delivery((attempt("a", outcome, reason),)) == office.relay.deliver()

    def test_one_does_not_stop_the_others(self) -> None:
        """
        A mail that was refused is followed by one that is taken.
        """
        office = Office(mailer := _RefusesOnce())
        office.post("a")
        office.post("b")

        delivery = office.relay.deliver()

        assert (1, 1) == (
            delivery.count(DeliveryOutcome.BURIED),
            delivery.count(DeliveryOutcome.SENT),
        )
        assert 2 == mailer.calls


class _RefusesOnce:
    """
    A mailer that refuses its first mail for good.
    """

    def __init__(self) -> None:
        self.calls = 0

    def send(self, mail: Mail) -> None:
        """
        Refuse the first *mail*.
        """
        del mail
        self.calls += 1
        if self.calls == 1:
            raise PermanentFailure


class _Meanwhile:
    """
    A mailer during whose work something else happens.
    """

    def __init__(self, failure: Exception | None = None) -> None:
        self.happens: Callable[[], object] = bool
        self.sent: list[Mail] = []
        self._failure = failure

    def send(self, mail: Mail) -> None:
        """
        Take *mail* after what happens.
        """
        self.happens()
        self.sent.append(mail)
        if self._failure is not None:
            raise self._failure


class TestLease:
    """
    No two relays send one mail while both are alive.
    """

    def test_is_prolonged_before_each_mail(self) -> None:
        """
        The second mail of a batch is not lost to the time that the first one took.
        """
        mailer = _Meanwhile()
        office = Office(mailer)
        other = Relay(office.queue, mailer, SEALER, stopwatch=office.stopwatch)
        office.post("a")
        office.post("b")

        def slowly() -> None:
            office.clock.now += timedelta(minutes=4)
            mailer.happens = slowly_again

        def slowly_again() -> None:
            office.clock.now += timedelta(minutes=4)
            mailer.happens = bool
            other.deliver()

        mailer.happens = slowly
        office.relay.deliver()

        assert 2 == len({mail.message_id for mail in mailer.sent}) == len(mailer.sent)

    def test_outlasts_the_batch(self) -> None:
        """
        What waits behind slow mails is given back in time, and no one loses it.
        """
        mailer = _Meanwhile()
        office = Office(mailer)
        for name in "abcde":
            office.post(name)

        def slowly() -> None:
            office.clock.now += timedelta(minutes=2)

        mailer.happens = slowly
        relay = Relay(office.queue, mailer, SEALER, stopwatch=office.stopwatch, batch=5)
        delivery = relay.deliver()

        assert [DeliveryOutcome.SENT] * 5 == [
            attempt.outcome for attempt in delivery.attempts
        ]
        assert 5 == len({mail.message_id for mail in mailer.sent})
        sent = office.queue.entries({MailState.SENT}, before=None, limit=9)
        assert [1] * 5 == [entry.attempts for entry in sent]

    def test_that_was_lost_before_sending(self) -> None:
        """
        What an operator held back meanwhile is not sent.
        """
        mailer = _Meanwhile()
        office = Office(mailer)
        office.post("a")
        office.post("b")

        def hold() -> None:
            mailer.happens = bool
            office.queue.hold(office.clock.now, reason="mail.held")

        mailer.happens = hold
        delivery = office.relay.deliver()

        assert [DeliveryOutcome.SENT, DeliveryOutcome.LEFT] == [
            attempt.outcome for attempt in delivery.attempts
        ]
        assert 1 == len(mailer.sent)

    def test_of_a_batch_that_took_too_long(self) -> None:
        """
        What another relay took when the lease had ended is left to it.
        """
        mailer = _Meanwhile()
        office = Office(mailer)
        other = Relay(
            office.queue, InMemoryMailer(), SEALER, stopwatch=office.stopwatch
        )
        office.post("a")
        office.post("b")

        def too_slowly() -> None:
            office.clock.now += timedelta(minutes=6)
            other.deliver()

        mailer.happens = too_slowly
        delivery = office.relay.deliver()

        assert 1 == len(delivery.attempts) == len(mailer.sent)

    @pytest.mark.parametrize("failure", [TemporaryFailure(), PermanentFailure()])
    def test_that_was_lost_while_failing(self, failure: Exception) -> None:
        """
        A relay that lost a mail changes nothing about it.
        """
        mailer = _Meanwhile(failure)
        office = Office(mailer)
        other = Relay(
            office.queue, InMemoryMailer(), SEALER, stopwatch=office.stopwatch
        )
        office.post("a")

        def too_slowly() -> None:
            office.clock.now += timedelta(minutes=6)
            other.deliver()

        mailer.happens = too_slowly
        delivery = office.relay.deliver()

        assert 1 == delivery.count(DeliveryOutcome.LEFT)
        assert [] == office.reasons()

    def test_of_a_relay_that_died(self) -> None:
        """
        Another relay sends its mails when the lease has run out, not before.
        """
        office = Office()
        office.post("a")
        office.queue.claim(office.clock.now, lease=timedelta(minutes=5), limit=1)

        before = office.relay.deliver()
        office.clock.now += timedelta(minutes=5)
        after = office.relay.deliver()

        assert (0, 1) == (
            before.count(DeliveryOutcome.SENT),
            after.count(DeliveryOutcome.SENT),
        )

    def test_of_a_relay_that_died_in_the_middle(self) -> None:
        """
        The mail that it tried counts an attempt, those behind it count none.
        """
        office = Office(mailer := _Meanwhile())
        office.post("a")
        office.post("b")

        def die() -> None:
            raise KeyboardInterrupt

        mailer.happens = die
        with pytest.raises(KeyboardInterrupt):
            office.relay.deliver()

        waiting = office.queue.entries({MailState.WAITING}, before=None, limit=9)
        assert [0, 1] == sorted(entry.attempts for entry in waiting)

    def test_that_was_lost_while_sending(self) -> None:
        """
        The report says that the mail may go out twice; what was noted stays.
        """
        mailer = _Meanwhile()
        office = Office(mailer)
        other = Relay(office.queue, mailer, SEALER, stopwatch=office.stopwatch)
        office.post("a")

        def too_slowly() -> None:
            mailer.happens = bool
            office.clock.now += timedelta(minutes=6)
            other.deliver()

        mailer.happens = too_slowly
        delivery = office.relay.deliver()

        assert (
            Delivery((attempt("a", DeliveryOutcome.LEFT, "mail.sent_too_late"),))
            == delivery
        )
        assert 2 == len(mailer.sent)

    def test_of_a_mail_that_was_held_while_it_went_out(self) -> None:
        """
        It was sent, once, whatever an operator lets go afterwards.
        """
        mailer = _Meanwhile()
        office = Office(mailer)
        service = MailService(office.queue)
        office.post("a")

        def hold() -> None:
            mailer.happens = bool
            service.hold()
            service.put_back(service.entries({MailState.DEAD}))

        mailer.happens = hold
        delivery = office.relay.deliver()
        service.put_back(service.entries({MailState.DEAD}))
        office.clock.now += timedelta(hours=1)
        office.relay.deliver()

        assert Delivery((attempt("a", DeliveryOutcome.SENT),)) == delivery
        assert 1 == len(mailer.sent)


class TestPass:
    """
    A pass has an end, however long its mails take.
    """

    def test_tries_no_mail_twice(self) -> None:
        """
        Mails that failed and are due again wait for the next pass.
        """
        mailer = _Meanwhile(TemporaryFailure())
        office = Office(mailer)
        for number in range(31):
            office.post(f"mail{number}", lifetime=timedelta(days=9))

        def slowly() -> None:
            office.clock.now += timedelta(seconds=45)

        mailer.happens = slowly
        first = office.relay.deliver()
        second = office.relay.deliver()

        for attempts in (first.attempts, second.attempts):
            assert len({each.message_id for each in attempts}) == len(attempts)
        assert 31 == len(first.attempts)
        assert 1 < len(second.attempts)

    def test_leaves_what_comes_meanwhile_to_the_next(self) -> None:
        """
        So there is a report at some time, however many mails are made.
        """
        mailer = _Meanwhile()
        office = Office(mailer)
        office.post("a")

        def more() -> None:
            office.clock.now += MINUTE
            office.post(f"more{len(mailer.sent)}", made_at=office.clock.now)

        mailer.happens = more
        first = office.relay.deliver()
        mailer.happens = bool
        second = office.relay.deliver()

        assert (1, 1) == (len(first.attempts), len(second.attempts))


class _FailsOnce:
    """
    A queue that fails when it is first asked.
    """

    def __init__(
        self, queue: OutboxQueue, failure: type[Exception] = StorageBusy
    ) -> None:
        self._queue = queue
        self._failure = failure
        self._failed = False

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  Whatever the queue has.
        return getattr(self._queue, name)

    def claim(
        self, now: datetime, *, lease: timedelta, limit: int
    ) -> Sequence[Claimed]:
        """
        Fail, or take mails.
        """
        if not self._failed:
            self._failed = True
            raise self._failure
        return self._queue.claim(now, lease=lease, limit=limit)


class TestChance:
    """
    What spreads the tries of relays is different each time.
    """

    def test_is_a_part_of_one(self) -> None:
        """
        From 0 up to 1, and all over.
        """
        drawn = [system.random_fraction() for _ in range(1000)]

        assert 0 <= min(drawn) < 0.1
        assert 0.9 < max(drawn) < 1


class _Stop:
    """
    Stops a relay at its first rest, and notes how long that would have been.

    One that never rests is stopped as well, after a while.
    """

    def __init__(self) -> None:
        self.rests: list[float | None] = []
        self._asked = 0

    def is_set(self) -> bool:
        """
        Tell whether the relay has rested, or asked too often.
        """
        self._asked += 1
        return bool(self.rests) or self._asked > 9

    def wait(self, timeout: float | None = None) -> bool:
        """
        Note *timeout*.
        """
        self.rests.append(timeout)
        return True


class TestRun:
    """
    A relay runs until it is told to stop, and then leaves nothing hanging.
    """

    def test_again_and_again(self) -> None:
        """
        What arrives between two passes goes out with the second.
        """
        office = Office()
        office.post("a")
        stop = threading.Event()
        reports: list[Delivery] = []

        def report(delivery: Delivery) -> None:
            reports.append(delivery)
            office.post("b") if len(reports) == 1 else stop.set()

        office.relay.run(stop, pause=timedelta(0), report=report)

        assert [1, 1] == [each.count(DeliveryOutcome.SENT) for each in reports]

    @pytest.mark.parametrize("pause", [timedelta(seconds=5), timedelta(minutes=1)])
    def test_rests_between_two_passes(self, pause: timedelta) -> None:
        """
        The storage is not asked without a rest, though nothing is due.
        """
        stop = _Stop()

        Office().relay.run(stop, pause=pause)

        assert [pause.total_seconds()] == stop.rests

    def test_takes_no_more_than_a_batch(self) -> None:
        """
        What it has not claimed is free for the other relays meanwhile.
        """
        mailer = _Meanwhile()
        office = Office(mailer)
        for name in "abc":
            office.post(name)
        free: list[int] = []

        def look() -> None:
            mailer.happens = bool
            claimed = office.queue.claim(office.clock.now, lease=MINUTE, limit=9)
            free.append(len(claimed))

        mailer.happens = look
        Relay(
            office.queue, mailer, SEALER, stopwatch=office.stopwatch, batch=2
        ).deliver()

        assert [1] == free

    def test_stopped_before_it_began(self) -> None:
        """
        Nothing is sent.
        """
        office = Office()
        office.post("a")
        stop = threading.Event()
        stop.set()

        office.relay.run(stop)

        assert [] == office.mailer.sent

    def test_stopped_within_a_batch(self) -> None:
        """
        The mail under way is finished; the next one is free for others at once.
        """
        mailer = _Meanwhile()
        office = Office(mailer)
        office.post("a")
        office.post("b")
        stop = threading.Event()
        mailer.happens = stop.set

        office.relay.run(stop)

        assert 1 == len(mailer.sent)
        other = Relay(office.queue, office.mailer, SEALER, stopwatch=office.stopwatch)
        assert 1 == other.deliver().count(DeliveryOutcome.SENT)

    @pytest.mark.parametrize(
        "failure", [StorageBusy, StorageNotReady, Unavailable, OutcomeUnknown]
    )
    def test_a_storage_that_fails(self, failure: type[Exception]) -> None:
        """
        It is asked again after the pause: tables that are made meanwhile are found.
        """
        office = Office()
        office.post("a")
        stop = threading.Event()
        relay = Relay(
            _FailsOnce(office.queue, failure),
            office.mailer,
            SEALER,
            stopwatch=office.stopwatch,
        )
        reports: list[int] = []

        def report(delivery: Delivery) -> None:
            reports.append(delivery.count(DeliveryOutcome.SENT))
            if len(reports) == 2:
                stop.set()

        relay.run(stop, pause=timedelta(0), report=report)

        assert [0, 1] == reports

    def test_a_pass_tells_of_a_storage_that_fails(self) -> None:
        """
        Who makes one pass hears of it.
        """
        office = Office()
        relay = Relay(
            _FailsOnce(office.queue), office.mailer, SEALER, stopwatch=office.stopwatch
        )

        with pytest.raises(StorageBusy):
            relay.deliver()
