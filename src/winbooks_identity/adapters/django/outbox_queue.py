"""
How do relays take mails out of a table without taking the same one twice?
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta
from typing import final
from uuid import uuid4

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Count, Max, Min, Q, QuerySet

from ...mail.outbox import (
    Claimed,
    MailKind,
    MailState,
    OutboxEntry,
    OutboxMail,
    QueueStatistics,
)
from . import models
from .homes import moves_in
from .rows import entry_of, value_of
from .transactions import Transaction, in_transaction


__all__ = ["DjangoOutboxQueue", "readable", "withdraw"]


@final
class DjangoOutboxQueue:
    """
    The mails in a database of the project; each call is a transaction.
    """

    def __init__(self, *, using: str = DEFAULT_DB_ALIAS) -> None:
        self._using = using

    def now(self) -> datetime:
        def ask(unit: Transaction) -> datetime:
            return unit.now()

        return in_transaction(ask, using=self._using, reads_only=True)

    def claim(
        self, now: datetime, *, lease: timedelta, limit: int
    ) -> Sequence[Claimed]:
        def take(unit: Transaction) -> Sequence[Claimed]:
            due = readable(_waiting(unit)).filter(due_at__lte=now).order_by("due_at")
            # Relays pass over the mails that another one is claiming.
            rows = due.select_for_update(skip_locked=True)[:limit]
            return [_claim(unit, row, now + lease) for row in rows]

        return in_transaction(take, using=self._using)

    def touch(self, claimed: Claimed, *, until: datetime) -> bool:
        return self._if_held(claimed, due_at=until, attempts=claimed.attempts)

    def release(self, claimed: Claimed, now: datetime) -> bool:
        return self._if_held(claimed, due_at=now, lease=None)

    def sent(self, claimed: Claimed, now: datetime) -> bool:
        # An operator may have stopped the mail while it went out.
        return self._if_held(
            claimed,
            among=(MailState.WAITING, MailState.DEAD),
            state=MailState.SENT,
            done_at=now,
            reason=None,
            **_WITHOUT_CONTENT,
        )

    def retry(self, claimed: Claimed, *, at: datetime, reason: str) -> bool:
        return self._if_held(claimed, due_at=at, reason=reason, lease=None)

    def bury(self, claimed: Claimed, now: datetime, *, reason: str) -> bool:
        return self._if_held(
            claimed, state=MailState.DEAD, done_at=now, reason=reason, lease=None
        )

    def erase(self, before: datetime) -> int:
        return self._change(
            Q(state=MailState.DEAD, expires_at__lt=before) & ~Q(sealed=b""),
            **_WITHOUT_CONTENT,
        )

    def hold_if_restored(self, now: datetime, *, reason: str) -> int:
        def work(unit: Transaction) -> int:
            if not moves_in(unit, using=self._using):
                return 0
            unit.rows(models.LinkRequest).delete()
            return _waiting(unit).update(**_held(now, reason))

        return in_transaction(work, using=self._using)

    def revive(self, now: datetime, *, reason: str) -> int:
        return self._change(
            _can_go_out(now) & Q(reason=reason),
            state=MailState.WAITING,
            due_at=now,
            lease=None,
            done_at=None,
        )

    def entries(
        self,
        states: AbstractSet[MailState],
        *,
        before: OutboxEntry | None,
        limit: int,
    ) -> Sequence[OutboxEntry]:
        def page(unit: Transaction) -> Sequence[OutboxEntry]:
            mails = readable(unit.rows(models.OutboxMail)).filter(state__in=states)
            if before is not None:
                made_at, last = before.position
                mails = mails.filter(
                    Q(created_at__lt=made_at) | Q(created_at=made_at, id__lt=last)
                )
            found = mails.order_by("-created_at", "-id")[:limit]
            return [entry_of(row) for row in found]

        return in_transaction(page, using=self._using, reads_only=True)

    def put_back(
        self, entry: OutboxEntry, now: datetime, *, unless: str | None = None
    ) -> bool:
        changed = self._change(
            (_can_go_out(now) | _is_postponed(now))
            & Q(id=entry.mail_id)
            & _is_not(unless),
            state=MailState.WAITING,
            due_at=now,
            lease=None,
            attempts=0,
            done_at=None,
            reason=None,
        )
        return changed == 1

    def discard(
        self,
        entry: OutboxEntry,
        now: datetime,
        *,
        reason: str,
        unless: str | None = None,
    ) -> bool:
        def work(unit: Transaction) -> bool:
            mails = unit.rows(models.OutboxMail).filter(
                _is_not(unless), id=entry.mail_id
            )
            return withdraw(mails, now, reason=reason) == 1

        return in_transaction(work, using=self._using)

    def hold(self, now: datetime, *, reason: str) -> int:
        return self._change(Q(state=MailState.WAITING), **_held(now, reason))

    def statistics(self) -> QueueStatistics:
        def count(unit: Transaction) -> QueueStatistics:
            waiting, mails = _waiting(unit), unit.rows(models.OutboxMail)
            dead = mails.filter(state=MailState.DEAD).values_list("reason")
            reasons = {why or "": number for why, number in dead.annotate(Count("id"))}
            sent = mails.filter(state=MailState.SENT)
            return QueueStatistics(
                waiting=waiting.count(),
                dead=sum(reasons.values()),
                reasons=reasons,
                last_sent=sent.aggregate(at=Max("done_at"))["at"],
                **waiting.aggregate(oldest=Min("created_at"), next_try=Min("due_at")),
            )

        return in_transaction(count, using=self._using, reads_only=True)

    def _if_held(
        self,
        claimed: Claimed,
        *,
        among: Sequence[MailState] = (MailState.WAITING,),
        **changes: object,
    ) -> bool:
        held = Q(id=claimed.mail.id, lease=claimed.lease, state__in=among)
        return self._change(held, **changes) == 1

    def _change(self, meant: Q, **changes: object) -> int:
        def work(unit: Transaction) -> int:
            return unit.rows(models.OutboxMail).filter(meant).update(**changes)

        return in_transaction(work, using=self._using)


_WITHOUT_CONTENT = {"lease": None, "recipient": "", "sealed": b""}


def readable(mails: QuerySet[models.OutboxMail]) -> QuerySet[models.OutboxMail]:
    """
    Return those of *mails* that this version can read.

    While servers are renewed one by one, a newer one leaves kinds of mails here that
    only newer ones can send.
    """
    return mails.filter(kind__in=[*MailKind], state__in=[*MailState])


def withdraw(mails: QuerySet[models.OutboxMail], now: datetime, *, reason: str) -> int:
    """
    Withdraw those of *mails* that wait or are dead; return how many.
    """
    return mails.filter(state__in=[MailState.WAITING, MailState.DEAD]).update(
        state=MailState.WITHDRAWN, done_at=now, reason=reason, **_WITHOUT_CONTENT
    )


def _held(now: datetime, reason: str) -> dict[str, object]:
    return {"state": MailState.DEAD, "done_at": now, "reason": reason}


def _waiting(unit: Transaction) -> QuerySet[models.OutboxMail]:
    return unit.rows(models.OutboxMail).filter(state=MailState.WAITING)


def _can_go_out(now: datetime) -> Q:
    # A dead mail has a lease where it was stopped while a relay had it in hand.
    in_no_hand = Q(lease=None) | Q(due_at__lte=now)
    return Q(state=MailState.DEAD, expires_at__gt=now) & ~Q(sealed=b"") & in_no_hand


def _is_not(reason: str | None) -> Q:
    """
    Return the condition that a mail was not given up for *reason*.
    """
    return Q() if reason is None else ~Q(reason=reason) | Q(reason=None)


def _is_postponed(now: datetime) -> Q:
    return Q(state=MailState.WAITING, lease=None, expires_at__gt=now)


def _claim(unit: Transaction, row: models.OutboxMail, until: datetime) -> Claimed:
    claimed = Claimed(
        mail=value_of(OutboxMail, row), attempts=row.attempts + 1, lease=uuid4()
    )
    unit.rows(models.OutboxMail).filter(id=row.id).update(
        lease=claimed.lease, due_at=until
    )
    return claimed
