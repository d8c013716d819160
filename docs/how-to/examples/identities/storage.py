"""
How is everything kept by Django, with all or nothing?
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import suppress
from datetime import datetime
from typing import TypeVar, final
from uuid import UUID

import attrs
from django.db import DEFAULT_DB_ALIAS, IntegrityError
from django.db.models import Count, F, Q, QuerySet

from winbooks_identity import Dossier, Level, Licence, PortalUser, WinBooksId
from winbooks_identity.attempts import FailedAttempt
from winbooks_identity.credential import Credential
from winbooks_identity.events import Event
from winbooks_identity.left_ids import has_ended, is_held
from winbooks_identity.mail.link_request import LinkRequest
from winbooks_identity.mail.outbox import (
    OVERTAKEN,
    MailKind,
    OutboxEntry,
    OutboxMail,
)
from winbooks_identity.passwords.impact import Stamp
from winbooks_identity.portal_user import Status
from winbooks_identity.ports import Request, UnitOfWork
from winbooks_identity.product_links import LinkedProduct, ProductLink
from winbooks_identity.refusals import DuplicateWinBooksId, OutOfDate
from winbooks_identity.services.registration import additions

from . import models
from .outbox import withdraw
from .rows import entry_of, event_of, event_row, row_of, user_of, user_row, value_of
from .transactions import Transaction, in_transaction


T = TypeVar("T")


@final
class DjangoStorage:
    """
    Keeps everything in a database of the project.
    """

    def __init__(self, *, using: str = DEFAULT_DB_ALIAS) -> None:
        self._using = using

    def run(self, work: Callable[[UnitOfWork], T]) -> T:
        """
        Call *work* in a transaction and return its result: all or nothing.
        """
        return in_transaction(lambda unit: work(_UnitOfWork(unit)), using=self._using)


class _UnitOfWork:
    def __init__(self, unit: Transaction) -> None:
        self.licences = _Licences(unit)
        self.users = _Users(unit)
        self.credentials = _Credentials(unit)
        self.requests = _Requests(unit)
        self.outbox = _Outbox(unit)
        self.history = _History(unit)
        self.product_links = _ProductLinks(unit)
        self.link_requests = _LinkRequests(unit)
        self.failed_attempts = _FailedAttempts(unit)
        self.left_ids = _LeftIds(unit, self.users, self.product_links)


@attrs.frozen
class _Licences:
    _unit: Transaction

    def register(self, licence: Licence, dossiers: Sequence[Dossier]) -> bool:
        number = licence.number
        with self._unit.savepoint():
            stored, is_new = self._unit.rows(models.Licence).get_or_create(
                number=number, defaults=row_of(licence)
            )
            new = additions(
                licence,
                dossiers,
                stored=value_of(Licence, stored),
                stored_dossiers={each.number: each for each in self.dossiers(number)},
            )
            self._unit.rows(models.Dossier).bulk_create(
                [models.Dossier(licence=number, **row_of(dossier)) for dossier in new]
            )
        return is_new or bool(new)

    def find(self, number: str) -> Licence | None:
        row = self._unit.rows(models.Licence).filter(number=number).first()
        return None if row is None else value_of(Licence, row)

    def numbers(self) -> Sequence[str]:
        rows = self._unit.rows(models.Licence)
        # A database would sort text by the customs of some country.
        return sorted(rows.values_list("number", flat=True))

    def dossiers(self, number: str) -> Sequence[Dossier]:
        rows = self._unit.rows(models.Dossier).filter(licence=number)
        # A database would sort text by the customs of some country.
        return sorted(
            (value_of(Dossier, row) for row in rows), key=lambda dossier: dossier.number
        )

    def unknown(self, number: str, dossiers: AbstractSet[str]) -> AbstractSet[str]:
        rows = self._unit.rows(models.Dossier).filter(licence=number)
        return dossiers - set(rows.values_list("number", flat=True))


@attrs.frozen
class _Users:
    _unit: Transaction

    def add(self, user: PortalUser) -> None:
        with self._unit.savepoint():
            self._unit.rows(models.User).create(**user_row(user))
            self._own(user)

    def add_all(self, users: Sequence[PortalUser]) -> Sequence[PortalUser]:
        logins = self._unit.rows(models.Login)
        # This does not tell which of them were there, so owners are compared.
        logins.bulk_create(
            [models.Login(key=user.winbooks_id.key, user_id=user.id) for user in users],
            ignore_conflicts=True,
        )
        stored = logins.in_bulk([user.winbooks_id.key for user in users])
        owners = {login.user_id for login in stored.values() if not login.left_at}
        self._unit.rows(models.User).bulk_create(
            [models.User(**user_row(user)) for user in users if user.id in owners]
        )
        return [user for user in users if user.id not in owners]

    def taken(
        self, winbooks_ids: AbstractSet[WinBooksId], *, now: datetime
    ) -> AbstractSet[WinBooksId]:
        rows = self._unit.rows(models.Login).filter(left_at=None)
        stored = rows.in_bulk([winbooks_id.key for winbooks_id in winbooks_ids])
        owned = [each for each in winbooks_ids if each.key in stored]
        users = {
            user.id: user
            for user in self.find_all({row.user_id for row in stored.values()})
        }
        return {
            each
            for each in owned
            if not has_ended(each, users[stored[each.key].user_id], now)
        }

    def save(self, user: PortalUser) -> PortalUser:
        saved = attrs.evolve(user, version=user.version + 1)
        with self._unit.savepoint():
            stored = self._in_version(user).select_for_update().first()
            if stored is None:
                raise OutOfDate(user.version)
            self._in_version(user).update(**user_row(saved))
            before = user_of(stored)
            # What a reservation lost is theirs again only if they ask for it anew.
            if (before.winbooks_id, before.id_change) != (
                user.winbooks_id,
                user.id_change,
            ):
                self._own(saved)
        return saved

    def save_all(self, users: Sequence[PortalUser]) -> Sequence[PortalUser]:
        saved: dict[UUID, PortalUser] = {}
        # All who save many go in one order, so that none waits for the other.
        for user in sorted(users, key=lambda user: user.id):
            with suppress(OutOfDate, DuplicateWinBooksId):
                saved[user.id] = self.save(user)
        return [saved[user.id] for user in users if user.id in saved]

    def remove(self, user: PortalUser) -> None:
        stored = self._in_version(user).select_for_update().first()
        if stored is None:
            raise OutOfDate(user.version)
        self._unit.rows(models.Request).filter(user_id=user.id).update(digest=b"")
        self._unit.rows(models.ProductLink).filter(user_id=user.id).delete()
        self._unit.rows(models.FailedAttempt).filter(user_id=user.id).delete()
        self._unit.rows(models.Login).filter(user_id=user.id, left_at=None).delete()
        # Credential and mails have foreign keys that cascade.
        stored.delete()

    def lock(self, user_ids: AbstractSet[UUID]) -> None:
        # In one order, so that two who lock the same users do not deadlock.
        locked = self._unit.rows(models.User).filter(id__in=user_ids).order_by("id")
        list(locked.select_for_update(no_key=True).values_list("id"))

    def has_other_administrator(self, user: PortalUser) -> bool:
        # Those who ask for one licence wait for each other.
        self._unit.rows(models.Licence).filter(number=user.licence).update(
            holder=F("holder")
        )
        administrators = self._unit.rows(models.User).filter(
            licence=user.licence, level=Level.ADMINISTRATOR, status=Status.ACTIVE
        )
        return administrators.exclude(id=user.id).exists()

    def find(self, user_id: UUID) -> PortalUser | None:
        row = self._unit.rows(models.User).filter(id=user_id).first()
        return None if row is None else user_of(row)

    def find_all(self, user_ids: AbstractSet[UUID]) -> Sequence[PortalUser]:
        rows = self._unit.rows(models.User).in_bulk(list(user_ids))
        return [user_of(row) for row in rows.values()]

    def find_by_winbooks_id(self, winbooks_id: WinBooksId) -> PortalUser | None:
        login = self._unit.rows(models.Login).filter(key=winbooks_id.key).first()
        user = None if login is None else self.find(login.user_id)
        # An ID that waits for its confirmation finds no one, nor one that was left.
        return user if user and user.winbooks_id == winbooks_id else None

    def of_licence(
        self, number: str, *, after: UUID | None = None, limit: int
    ) -> Sequence[PortalUser]:
        rows = self._unit.rows(models.User).filter(licence=number).order_by("id")
        behind = rows if after is None else rows.filter(id__gt=after)
        return [user_of(row) for row in behind[:limit]]

    def _in_version(self, user: PortalUser) -> QuerySet[models.User]:
        return self._unit.rows(models.User).filter(id=user.id, version=user.version)

    def _own(self, user: PortalUser) -> None:
        """
        Make the keys of their ID, and of the one that waits, theirs and no others.

        Called in a savepoint, which keeps the transaction usable after a refusal.
        """
        ids = {user.winbooks_id}
        if user.id_change is not None:
            ids.add(user.id_change.winbooks_id)
        keys = [each.key for each in ids]
        logins = self._unit.rows(models.Login)
        mine = logins.filter(user_id=user.id)
        mine.filter(left_at=None).exclude(key__in=keys).delete()
        # What they left themselves they may take again.
        mine.filter(key__in=keys).update(left_at=None)
        owned = set(mine.values_list("key", flat=True))
        for new in ids:
            if new.key in owned:
                continue
            try:
                logins.create(key=new.key, user_id=user.id)
            except IntegrityError:
                # From None: the database's sentence repeats the ID.
                raise DuplicateWinBooksId(new) from None


@attrs.frozen
class _LeftIds:
    _unit: Transaction
    _users: _Users
    _links: "_ProductLinks"

    def put(self, winbooks_id: WinBooksId, *, of: UUID, at: datetime) -> None:
        self._unit.rows(models.Login).create(
            key=winbooks_id.key, user_id=of, left_at=at
        )

    def held(
        self, winbooks_ids: AbstractSet[WinBooksId], *, left_before: datetime
    ) -> Mapping[WinBooksId, UUID]:
        return {
            WinBooksId(row.key): row.user_id
            for row in self._rows(winbooks_ids).exclude(left_at=None)
            if self._is_held(row, left_before)
        }

    def release(
        self,
        winbooks_ids: AbstractSet[WinBooksId],
        *,
        left_before: datetime,
        now: datetime,
    ) -> None:
        for row in self._rows(winbooks_ids):
            if row.left_at is None:
                self._end(row, now)
            elif not self._is_held(row, left_before):
                row.delete()

    def forget(self, left_before: datetime) -> None:
        past = self._unit.rows(models.Login).filter(left_at__lte=left_before)
        for row in past:
            if not self._is_held(row, left_before):
                row.delete()

    def _rows(self, winbooks_ids: AbstractSet[WinBooksId]) -> QuerySet[models.Login]:
        keys = [winbooks_id.key for winbooks_id in winbooks_ids]
        return self._unit.rows(models.Login).filter(key__in=keys)

    def _end(self, row: models.Login, now: datetime) -> None:
        # They may prolong it at this moment, so they wait and are read again.
        if self._has_ended(row, now):
            self._users.lock({row.user_id})
            if self._has_ended(row, now):
                row.delete()

    def _has_ended(self, row: models.Login, now: datetime) -> bool:
        owner = self._users.find(row.user_id)
        return owner is not None and has_ended(WinBooksId(row.key), owner, now)

    def _is_held(self, row: models.Login, left_before: datetime) -> bool:
        links = self._links.of_user(row.user_id)
        return is_held(
            WinBooksId(row.key), row.left_at, left_before=left_before, links=links
        )


@attrs.frozen
class _Credentials:
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

    def find(self, user_id: UUID) -> Credential | None:
        row = self._unit.rows(models.Credential).filter(user_id=user_id).first()
        return None if row is None else value_of(Credential, row)

    def stamps(self, licence: str | None = None) -> Mapping[Stamp, int]:
        rows = self._unit.rows(models.Credential)
        asked = rows if licence is None else rows.filter(user__licence=licence)
        counted = asked.values_list("user__licence", "policy").annotate(Count("user"))
        return {Stamp(number, policy): count for number, policy, count in counted}


@attrs.frozen
class _Requests:
    _unit: Transaction

    def remember(self, request: Request) -> Request | None:
        row, is_new = self._unit.rows(models.Request).get_or_create(
            id=request.id, defaults=row_of(request)
        )
        return None if is_new else value_of(Request, row)


@attrs.frozen
class _Outbox:
    _unit: Transaction

    def put(self, mail: OutboxMail) -> None:
        self._unit.rows(models.OutboxMail).create(
            **row_of(mail), due_at=mail.created_at
        )

    def withdraw(
        self, user_ids: AbstractSet[UUID], kinds: AbstractSet[MailKind], now: datetime
    ) -> None:
        mails = self._unit.rows(models.OutboxMail).filter(
            user_id__in=user_ids, kind__in=kinds
        )
        withdraw(mails, now, reason=OVERTAKEN)

    def of_user(self, user_id: UUID) -> Sequence[OutboxEntry]:
        mails = self._unit.rows(models.OutboxMail).filter(user_id=user_id)
        return [entry_of(row) for row in mails.order_by("-created_at", "-id")]


@attrs.frozen
class _History:
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

    def anonymise(self, user_id: UUID) -> None:
        kept = [event.anonymised() for event in self.of_user(user_id)]
        self._unit.rows(models.Event).filter(user_id=user_id).delete()
        self.add_all(kept)


@attrs.frozen
class _ProductLinks:
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


@attrs.frozen
class _LinkRequests:
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


@attrs.frozen
class _FailedAttempts:
    _unit: Transaction

    def add(self, failed: FailedAttempt) -> None:
        self._unit.rows(models.FailedAttempt).create(**row_of(failed))

    def of_user(self, user_id: UUID) -> Sequence[FailedAttempt]:
        rows = self._unit.rows(models.FailedAttempt).filter(user_id=user_id)
        return [value_of(FailedAttempt, row) for row in rows.order_by("-at", "-id")]

    def forget(self, before: datetime) -> None:
        self._unit.rows(models.FailedAttempt).filter(at__lt=before).delete()
