"""
A mail expires by the clock of the database, whatever the relay's machine says.
"""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import Engine

from winbooks_identity import system
from winbooks_identity.adapters.aesgcm import AesGcmSealer
from winbooks_identity.adapters.memory import InMemoryMailer
from winbooks_identity.adapters.sqlalchemy import (
    SqlAlchemyOutboxQueue,
    SqlAlchemyStorage,
)
from winbooks_identity.mail.outbox import Mail, MailKind, MailState, OutboxMail
from winbooks_identity.mail.relay import KEPT_EXPIRED, DeliveryOutcome, Relay
from winbooks_identity.ports import UnitOfWork
from winbooks_identity.testing import samples


SEALER = AesGcmSealer({"k": b"s" * 32})
WEEK = timedelta(days=7)


def post(engine: Engine, number: int, *, ends: datetime) -> None:
    """
    Let a mail to Ada wait that ends at *ends*.
    """
    mail = OutboxMail.close(
        Mail(
            message_id=f"<{number}@portal.example>",
            sender="portal@portal.example",
            recipient="ada@kantoor.be",
            content=b"Subject: Hello\r\n\r\n",
        ),
        SEALER,
        mail_id=UUID(int=number),
        user_id=samples.identifier("ada"),
        kind=MailKind.CREDENTIALS,
        created_at=ends - timedelta(days=30),
        expires_at=ends,
    )

    def work(unit: UnitOfWork) -> None:
        unit.licences.register(samples.licence(), [])
        if unit.users.find(samples.identifier("ada")) is None:
            unit.users.add(samples.user())
        unit.outbox.put(mail)

    SqlAlchemyStorage(engine).run(work)


class TestClock:
    """
    One clock decides for all relays.
    """

    def test_is_that_of_the_database(self, engine: Engine) -> None:
        """
        In UTC, and here the one of this machine.
        """
        before = system.now()
        found = SqlAlchemyOutboxQueue(engine).now()
        after = system.now()

        blur = timedelta(milliseconds=1)
        assert before - blur <= found <= after + blur

    def test_can_be_given_in_tests(self, engine: Engine) -> None:
        """
        A clock that stands still.
        """
        queue = SqlAlchemyOutboxQueue(engine, clock=lambda: samples.NOW)

        assert samples.NOW == queue.now()

    def test_a_machine_that_is_a_week_ahead_expires_nothing(
        self, engine: Engine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        Its mails go out like those of the others.
        """
        queue, mailer = SqlAlchemyOutboxQueue(engine), InMemoryMailer()
        for number in range(1, 21):
            post(engine, number, ends=queue.now() + timedelta(days=3))
        ahead = system.now() + WEEK
        monkeypatch.setattr(system, "now", lambda: ahead)

        delivery = Relay(queue, mailer, SEALER).deliver()

        assert 20 == delivery.count(DeliveryOutcome.SENT) == len(mailer.sent)

    def test_a_database_that_was_ahead_destroyed_nothing(self, engine: Engine) -> None:
        """
        What it gave up as expired goes out once the clock is right again.
        """
        present = SqlAlchemyOutboxQueue(engine).now()
        post(engine, 1, ends=present + timedelta(days=3))
        wrong = SqlAlchemyOutboxQueue(engine, clock=lambda: present + WEEK)
        right = SqlAlchemyOutboxQueue(engine)
        mailer = InMemoryMailer()

        Relay(wrong, mailer, SEALER).deliver()
        (dead,) = right.entries({MailState.DEAD}, before=None, limit=9)
        assert ("expired", []) == (dead.reason, mailer.sent)
        Relay(right, mailer, SEALER).deliver()

        assert 1 == len(mailer.sent)

    def test_what_ended_long_ago_is_erased(self, engine: Engine) -> None:
        """
        Each pass of a relay erases the content of such mails.
        """
        queue, mailer = SqlAlchemyOutboxQueue(engine), InMemoryMailer()
        hour = timedelta(hours=1)
        post(engine, 1, ends=queue.now() - KEPT_EXPIRED - hour)
        post(engine, 2, ends=queue.now() - KEPT_EXPIRED + hour)

        Relay(queue, mailer, SEALER).deliver()
        Relay(queue, mailer, SEALER).deliver()

        dead = queue.entries({MailState.DEAD}, before=None, limit=9)
        assert {UUID(int=1): False, UUID(int=2): True} == {
            each.mail_id: each.is_kept for each in dead
        }
