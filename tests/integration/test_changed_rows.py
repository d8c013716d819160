"""
Who can write to the database cannot send a mail elsewhere, nor longer.  [S10]
"""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import Engine, update

from winbooks_identity.adapters.aesgcm import AesGcmSealer
from winbooks_identity.adapters.memory import InMemoryMailer
from winbooks_identity.adapters.sqlalchemy import (
    SqlAlchemyOutboxQueue,
    SqlAlchemyStorage,
)
from winbooks_identity.adapters.sqlalchemy.schema import OUTBOX
from winbooks_identity.mail.outbox import Mail, MailKind, MailState, OutboxMail
from winbooks_identity.mail.relay import Relay
from winbooks_identity.ports import UnitOfWork
from winbooks_identity.services.mails import MailService
from winbooks_identity.testing import samples


SEALER = AesGcmSealer({"k": b"s" * 32})
MAIL = Mail(
    message_id="<1@portal.example>",
    sender="portal@portal.example",
    recipient="ada@kantoor.be",
    content=b"Subject: Hello\r\n\r\nPassword: canary\r\n",
)


@pytest.fixture
def queue(engine: Engine) -> SqlAlchemyOutboxQueue:
    """
    Return a queue in which one mail waits, to Ada.
    """
    queue = SqlAlchemyOutboxQueue(engine)
    now = queue.now()
    waiting = OutboxMail.close(
        MAIL,
        SEALER,
        mail_id=UUID(int=1),
        user_id=samples.identifier("ada"),
        kind=MailKind.CREDENTIALS,
        created_at=now,
        expires_at=now + timedelta(days=3),
    )

    def work(unit: UnitOfWork) -> None:
        unit.licences.register(samples.licence(), [])
        unit.users.add(samples.user())
        unit.users.add(samples.user("mallory"))
        unit.outbox.put(waiting)

    SqlAlchemyStorage(engine).run(work)
    return queue


def test_a_mail_of_a_newer_version(
    queue: SqlAlchemyOutboxQueue, engine: Engine
) -> None:
    """
    It waits for a relay that knows its kind; others, and operators, go on.
    """
    newer = OutboxMail.close(
        MAIL,
        SEALER,
        mail_id=UUID(int=2),
        user_id=samples.identifier("ada"),
        kind=MailKind.CHANGED,
        created_at=queue.now() - timedelta(days=1),
        expires_at=queue.now() + timedelta(days=3),
    )
    storage, service = SqlAlchemyStorage(engine), MailService(queue)
    storage.run(lambda unit: unit.outbox.put(newer))
    kind = update(OUTBOX).where(OUTBOX.c.mail_id == newer.id).values(kind="to come")
    with engine.begin() as connection:
        connection.execute(kind)
    mailer = InMemoryMailer()

    delivery = Relay(queue, mailer, SEALER).deliver()

    listed = [entry.mail_id for entry in service.entries(frozenset(MailState))]
    of_ada = storage.run(
        lambda unit: [x.mail_id for x in unit.outbox.of_user(newer.user_id)]
    )
    assert [MAIL] == mailer.sent
    assert 1 == len(delivery.attempts)
    assert [UUID(int=1)] == listed == of_ada
    assert 1 == queue.statistics().waiting
    assert 1 == service.hold()


def test_a_row_as_it_was_stored(queue: SqlAlchemyOutboxQueue) -> None:
    """
    It opens, and goes where it should.
    """
    mailer = InMemoryMailer()

    Relay(queue, mailer, SEALER).deliver()

    assert [MAIL] == mailer.sent


@pytest.mark.parametrize(
    "change",
    [
        {"recipient": "mallory@example.org"},
        {"sender": "mallory@example.org"},
        {"message_id": "<2@portal.example>"},
        {"kind": "set_password"},
        {"expires_at": samples.NOW + timedelta(days=3000)},
        {"created_at": samples.NOW - timedelta(days=1)},
        {"user_id": samples.identifier("mallory")},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_row_that_was_changed(
    engine: Engine, queue: SqlAlchemyOutboxQueue, change: dict[str, object]
) -> None:
    """
    It is not sent, to anyone, and the reason says that its seal is broken.
    """
    with engine.begin() as connection:
        connection.execute(update(OUTBOX).values(change))
    mailer = InMemoryMailer()

    Relay(queue, mailer, SEALER).deliver()

    (entry,) = queue.entries(frozenset(MailState), before=None, limit=9)
    assert [] == mailer.sent
    assert (MailState.WAITING, "unavailable.seal_broken") == (entry.state, entry.reason)
