"""
How do relays take mails out of a table without taking the same one twice?
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import final
from uuid import uuid4

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Min, QuerySet

from winbooks_identity.mail.outbox import (
    Claimed,
    DeadLetter,
    OutboxMail,
    QueueStatistics,
)

from . import models
from .rows import value_of
from .transactions import Transaction, in_transaction


@final
class DjangoOutboxQueue:
    """
    The mails that wait in a database of the project; each call is a transaction.
    """

    def __init__(self, *, using: str = DEFAULT_DB_ALIAS) -> None:
        self._using = using

    def claim(
        self, now: datetime, *, lease: timedelta, limit: int
    ) -> Sequence[Claimed]:
        def take(unit: Transaction) -> Sequence[Claimed]:
            due = _waiting(unit).filter(due_at__lte=now).order_by("due_at")
            # Relays pass over the mails that another one is claiming.
            rows = due.select_for_update(skip_locked=True)[:limit]
            return [_claim(unit, row, now + lease) for row in rows]

        return in_transaction(take, using=self._using)

    def touch(self, claimed: Claimed, *, until: datetime) -> bool:
        return self._if_held(claimed, lambda held: held.update(due_at=until))

    def sent(self, claimed: Claimed, now: datetime) -> bool:
        del now  # What was sent leaves no row.
        return self._if_held(claimed, lambda held: held.delete()[0])

    def retry(self, claimed: Claimed, *, at: datetime, reason: str) -> bool:
        return self._if_held(
            claimed,
            lambda held: held.update(
                due_at=at, attempts=claimed.attempts, reason=reason, lease=None
            ),
        )

    def bury(self, claimed: Claimed, now: datetime, *, reason: str) -> bool:
        return self._if_held(
            claimed,
            lambda held: held.update(
                died_at=now, reason=reason, lease=None, recipient="", sealed=b""
            ),
        )

    def dead_letters(self, *, limit: int) -> Sequence[DeadLetter]:
        def latest(unit: Transaction) -> Sequence[DeadLetter]:
            dead = unit.rows(models.OutboxMail).exclude(died_at=None)
            return [
                DeadLetter(
                    mail_id=row.id,
                    user_id=row.user_id,
                    message_id=row.message_id,
                    reason=row.reason,
                    attempts=row.attempts,
                    died_at=row.died_at,
                )
                for row in dead.order_by("-died_at")[:limit]
            ]

        return in_transaction(latest, using=self._using)

    def statistics(self) -> QueueStatistics:
        def count(unit: Transaction) -> QueueStatistics:
            waiting, mails = _waiting(unit), unit.rows(models.OutboxMail)
            return QueueStatistics(
                waiting=waiting.count(),
                dead=mails.exclude(died_at=None).count(),
                oldest=waiting.aggregate(oldest=Min("created_at"))["oldest"],
            )

        return in_transaction(count, using=self._using)

    def _if_held(
        self, claimed: Claimed, change: Callable[[QuerySet[models.OutboxMail]], int]
    ) -> bool:
        def work(unit: Transaction) -> bool:
            mails = unit.rows(models.OutboxMail)
            return change(mails.filter(id=claimed.mail.id, lease=claimed.lease)) == 1

        return in_transaction(work, using=self._using)


def _waiting(unit: Transaction) -> QuerySet[models.OutboxMail]:
    return unit.rows(models.OutboxMail).filter(died_at=None)


def _claim(unit: Transaction, row: models.OutboxMail, until: datetime) -> Claimed:
    claimed = Claimed(
        mail=value_of(OutboxMail, row), attempts=row.attempts + 1, lease=uuid4()
    )
    unit.rows(models.OutboxMail).filter(id=row.id).update(
        attempts=claimed.attempts, lease=claimed.lease, due_at=until
    )
    return claimed
