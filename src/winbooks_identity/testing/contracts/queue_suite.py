"""
What have all suites of a queue in common?
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

import attrs
import pytest

from ...mail.outbox import (
    Claimed,
    MailState,
    OutboxEntry,
    OutboxMail,
    QueueStatistics,
)
from ...ports import OutboxQueue, Storage, UnitOfWork
from .. import samples
from .suite import StorageSuite


__all__ = [
    "MINUTE",
    "NOTHING_WAITS",
    "QueueSuite",
    "claim",
    "entries_of",
    "entry_of",
    "is_mail",
    "put",
]

MINUTE: Final = timedelta(minutes=1)
NOTHING_WAITS: Final = QueueStatistics(waiting=0, dead=0, oldest=None, next_try=None)


class QueueSuite(StorageSuite):
    """
    A suite that works on a storage and the queue of its mails.
    """

    @pytest.fixture
    def queue(self, storage: Storage) -> OutboxQueue:
        """
        Return the queue of *storage*.
        """
        raise NotImplementedError("supply the fixture queue")


def put(storage: Storage, *mails: OutboxMail) -> None:
    """
    Store *mails* and the people that they are for.
    """

    def work(unit: UnitOfWork) -> None:
        unit.licences.register(samples.licence(), [])
        for name in ("ada", "grace"):
            unit.users.add(samples.user(name))
        for mail in mails:
            unit.outbox.put(mail)

    storage.run(work)


def claim(
    queue: OutboxQueue, now: datetime = samples.NOW, *, limit: int = 9
) -> Sequence[Claimed]:
    """
    Return what a relay gets that asks at *now*.
    """
    return list(queue.claim(now, lease=MINUTE, limit=limit))


def is_mail(claimed: Claimed, name: str) -> bool:
    """
    Return whether *claimed* is the mail called *name*.
    """
    return claimed.mail.id == samples.identifier(name)


def entries_of(queue: OutboxQueue, *states: MailState) -> list[OutboxEntry]:
    """
    Return the mails in *states*, or in any, as operators see them.
    """
    return [*queue.entries({*states}, before=None, limit=99)]


def entry_of(mail: OutboxMail, **changes: Any) -> OutboxEntry:  # noqa: ANN401  Fields of an entry.
    """
    Return the entry of *mail* as it waits, with *changes*.
    """
    waiting = OutboxEntry(
        mail_id=mail.id,
        user_id=mail.user_id,
        kind=mail.kind,
        message_id=mail.message_id,
        state=MailState.WAITING,
        reason=None,
        attempts=0,
        created_at=mail.created_at,
        expires_at=mail.expires_at,
        due_at=mail.created_at,
        done_at=None,
        is_kept=True,
    )
    return attrs.evolve(waiting, **changes)
