"""
How is what belongs to users kept by Django?
"""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import final
from uuid import UUID

import attrs
from django.db.models import Count, Max, Min, Q, QuerySet

from ...attempts import FailedAttempt
from ...credential import Credential
from ...events import Event
from ...life_cycle import Step
from ...mail.link_request import LinkRequest
from ...mail.outbox import (
    OVERTAKEN,
    MailKind,
    MailState,
    OutboxEntry,
    OutboxMail,
)
from ...passwords.impact import Stamp
from ...ports import Request, Span
from ...product_links import LinkedProduct, ProductLink
from . import models
from .outbox_queue import readable, withdraw
from .rows import entry_of, event_of, event_row, row_of, value_of
from .transactions import Transaction


__all__ = [
    "Credentials",
    "FailedAttempts",
    "History",
    "LinkRequests",
    "Outbox",
    "ProductLinks",
    "Requests",
]


@final
@attrs.frozen
class Credentials:
    """
    What passwords are checked against.
    """

    _unit: Transaction

    def put(self, credential: Credential) -> None:
        self._unit.rows(models.Credential).update_or_create(
            user_id=credential.user_id, defaults=row_of(credential)
        )

    def replace(self, earlier: Credential, credential: Credential) -> bool:
        stored = self._unit.rows(models.Credential).filter(
            user_id=earlier.user_id, password_hash=earlier.password_hash
        )
        return bool(stored.update(**row_of(credential)))

    def remove(self, user_ids: AbstractSet[UUID]) -> None:
        self._unit.rows(models.Credential).filter(user_id__in=user_ids).delete()

    def find(self, user_id: UUID) -> Credential | None:
        row = self._unit.rows(models.Credential).filter(user_id=user_id).first()
        return None if row is None else value_of(Credential, row)

    def stamps(self, licence: str | None = None) -> Mapping[Stamp, int]:
        rows = self._unit.rows(models.Credential)
        asked = rows if licence is None else rows.filter(user__licence=licence)
        counted = asked.values_list("user__licence", "policy").annotate(Count("user"))
        return {Stamp(number, policy): count for number, policy, count in counted}


@final
@attrs.frozen
class Requests:
    """
    The creations that were carried out.
    """

    _unit: Transaction

    def remember(self, request: Request) -> Request | None:
        # Locked, it makes the commit wait for a synchronous standby: what the first
        # call stored may be on this server alone.
        requests = self._unit.rows(models.Request).select_for_update()
        row, is_new = requests.get_or_create(id=request.id, defaults=row_of(request))
        return None if is_new else value_of(Request, row)


@final
@attrs.frozen
class Outbox:
    """
    The mails that go out once the transaction is committed.
    """

    _unit: Transaction

    def put(self, mail: OutboxMail) -> None:
        self._unit.rows(models.OutboxMail).create(
            **row_of(mail),
            state=MailState.WAITING,
            due_at=mail.created_at,
            attempts=0,
        )

    def withdraw(
        self, user_ids: AbstractSet[UUID], kinds: AbstractSet[MailKind], now: datetime
    ) -> None:
        mails = self._unit.rows(models.OutboxMail).filter(
            user_id__in=user_ids, kind__in=kinds
        )
        withdraw(mails, now, reason=OVERTAKEN)

    def of_user(self, user_id: UUID) -> Sequence[OutboxEntry]:
        mails = readable(self._unit.rows(models.OutboxMail)).filter(user_id=user_id)
        return [entry_of(row) for row in mails.order_by("-created_at", "-id")]


@final
@attrs.frozen
class History:
    """
    What happened to users.
    """

    _unit: Transaction

    def add(self, event: Event) -> None:
        self.add_all([event])

    def add_all(self, events: Iterable[Event]) -> None:
        self._unit.rows(models.Event).bulk_create(
            [models.Event(**event_row(event)) for event in events]
        )

    def of_user(self, user_id: UUID) -> Sequence[Event]:
        rows = self._unit.rows(models.Event).filter(user_id=user_id)
        return [event_of(row) for row in rows.order_by("version")]

    def latest(
        self, user_id: UUID, steps: AbstractSet[Step], *, until: int
    ) -> Event | None:
        rows = self._unit.rows(models.Event).filter(
            user_id=user_id, step__in=steps, version__lte=until
        )
        row = rows.order_by("-version").first()
        return None if row is None else event_of(row)

    def spans(self, user_ids: AbstractSet[UUID]) -> Mapping[UUID, Span]:
        rows = self._unit.rows(models.Event).filter(user_id__in=user_ids)
        spans = rows.values("user_id").annotate(first=Min("at"), last=Max("at"))
        return {
            row["user_id"]: Span(row["first"], row["last"]) for row in spans.order_by()
        }

    def anonymise(self, user_id: UUID) -> None:
        kept = [event.anonymised() for event in self.of_user(user_id)]
        self._unit.rows(models.Event).filter(user_id=user_id).delete()
        self.add_all(kept)


@final
@attrs.frozen
class ProductLinks:
    """
    The places in other products that hold an ID.
    """

    _unit: Transaction

    def put(self, link: ProductLink) -> None:
        self._unit.rows(models.ProductLink).update_or_create(
            licence=link.licence,
            product=link.product,
            place=link.place,
            defaults=row_of(link),
        )

    def find(
        self, licence: str, product: LinkedProduct, place: str
    ) -> ProductLink | None:
        row = self._at(licence, product, place).first()
        return None if row is None else value_of(ProductLink, row)

    def of_user(self, user_id: UUID) -> Sequence[ProductLink]:
        rows = self._unit.rows(models.ProductLink).filter(user_id=user_id)
        return sorted(
            (value_of(ProductLink, row) for row in rows),
            key=lambda link: (link.product.value, link.place),
        )

    def remove(self, link: ProductLink) -> None:
        self._at(link.licence, link.product, link.place).delete()

    def _at(
        self, licence: str, product: LinkedProduct, place: str
    ) -> QuerySet[models.ProductLink]:
        return self._unit.rows(models.ProductLink).filter(
            licence=licence, product=product, place=place
        )


@final
@attrs.frozen
class LinkRequests:
    """
    The links that were asked for.
    """

    _unit: Transaction

    def put(self, request: LinkRequest) -> None:
        self._unit.rows(models.LinkRequest).create(**row_of(request))

    def waiting(
        self, *, after: LinkRequest | None, limit: int
    ) -> Sequence[LinkRequest]:
        rows = self._unit.rows(models.LinkRequest).order_by("asked_at", "id")
        if after is not None:
            same = Q(asked_at=after.asked_at, id__gt=after.id)
            rows = rows.filter(Q(asked_at__gt=after.asked_at) | same)
        return [value_of(LinkRequest, row) for row in rows[:limit]]

    def take(self, request: LinkRequest) -> bool:
        # The number of rows that this transaction deleted, not those it saw.
        rows = self._unit.rows(models.LinkRequest).filter(id=request.id)
        return rows.delete()[0] == 1


@final
@attrs.frozen
class FailedAttempts:
    """
    The attempts that failed.
    """

    _unit: Transaction

    def add(self, failed: FailedAttempt) -> None:
        self._unit.rows(models.FailedAttempt).create(**row_of(failed))

    def of_user(self, user_id: UUID) -> Sequence[FailedAttempt]:
        rows = self._unit.rows(models.FailedAttempt).filter(user_id=user_id)
        return [value_of(FailedAttempt, row) for row in rows.order_by("-at", "-id")]

    def forget(self, before: datetime) -> None:
        self._unit.rows(models.FailedAttempt).filter(at__lt=before).delete()
