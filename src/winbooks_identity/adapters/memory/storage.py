"""
What does a storage do, with nothing but dictionaries?
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import suppress
from datetime import datetime
from threading import Lock
from typing import Self, TypeAlias, TypeVar, final
from uuid import UUID

import attrs

from ... import left_ids
from ...attempts import FailedAttempt
from ...credential import Credential
from ...dossier import Dossier, DossierNumber, LicenceNumber
from ...events import Event
from ...level import Level
from ...licence import Licence
from ...mail.link_request import LinkRequest
from ...mail.outbox import OVERTAKEN, MailKind, MailState, OutboxEntry, OutboxMail
from ...passwords.impact import Stamp
from ...portal_user import IdChange, PortalUser
from ...ports import Request, UnitOfWork
from ...product_links import LinkedProduct, ProductLink
from ...refusals import (
    DuplicateWinBooksId,
    OutOfDate,
    UnknownDossiers,
    UnknownLicence,
)
from ...services.registration import additions
from ...winbooks_id import WinBooksId


__all__ = ["InMemoryStorage", "State", "StoredMail"]

K = TypeVar("K")
V = TypeVar("V")
T = TypeVar("T")

#: Licence, product, and the place in the product.
Place: TypeAlias = tuple[str, LinkedProduct, str]


@final
@attrs.frozen(kw_only=True)
class Left:
    """
    Who left a WinBooks ID, and when.
    """

    user_id: UUID
    at: datetime


@final
@attrs.frozen(kw_only=True)
class StoredMail:
    """
    A mail in the outbox, and how far its delivery is; `mail` ends with its content.
    """

    entry: OutboxEntry
    mail: OutboxMail | None
    lease: UUID | None = None

    @classmethod
    def new(cls, mail: OutboxMail) -> Self:
        """
        Return *mail* as it waits from now on.
        """
        entry = OutboxEntry(
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
        return cls(entry=entry, mail=mail)

    @property
    def is_open(self) -> bool:
        """
        Tell whether it waits, or is dead.
        """
        return self.entry.state in {MailState.WAITING, MailState.DEAD}

    def can_go_out(self, now: datetime) -> bool:
        """
        Tell whether it is dead, in no hand, its content there, and not expired.

        A dead mail has a lease where it was stopped while a relay had it in hand.
        """
        entry = self.entry
        is_kept = entry.state is MailState.DEAD and entry.is_kept
        is_in_hand = self.lease is not None and entry.due_at > now
        return is_kept and not is_in_hand and entry.expires_at > now

    def ended(self, state: MailState, now: datetime, reason: str | None) -> Self:
        """
        Return what is left of it: its content stays only where it is dead.
        """
        mail = self.mail if state is MailState.DEAD else None
        return type(self)(
            entry=attrs.evolve(
                self.entry,
                state=state,
                reason=reason,
                done_at=now,
                is_kept=mail is not None,
            ),
            mail=mail,
        )


@final
@attrs.frozen
class State:
    """
    Everything that is stored; the values are frozen, the dictionaries are not.
    """

    licences: dict[LicenceNumber, Licence] = attrs.field(
        factory=dict[LicenceNumber, Licence]
    )
    dossiers: dict[LicenceNumber, dict[DossierNumber, Dossier]] = attrs.field(
        factory=dict[LicenceNumber, dict[DossierNumber, Dossier]]
    )
    users: dict[UUID, PortalUser] = attrs.field(factory=dict[UUID, PortalUser])
    logins: dict[WinBooksId, UUID] = attrs.field(factory=dict[WinBooksId, UUID])
    left_ids: dict[WinBooksId, Left] = attrs.field(factory=dict[WinBooksId, Left])
    credentials: dict[UUID, Credential] = attrs.field(factory=dict[UUID, Credential])
    requests: dict[UUID, Request] = attrs.field(factory=dict[UUID, Request])
    outbox: dict[UUID, StoredMail] = attrs.field(factory=dict[UUID, StoredMail])
    history: dict[UUID, tuple[Event, ...]] = attrs.field(
        factory=dict[UUID, tuple[Event, ...]]
    )
    product_links: dict[Place, ProductLink] = attrs.field(
        factory=dict[Place, ProductLink]
    )
    link_requests: dict[UUID, LinkRequest] = attrs.field(
        factory=dict[UUID, LinkRequest]
    )
    failed_attempts: dict[UUID, FailedAttempt] = attrs.field(
        factory=dict[UUID, FailedAttempt]
    )

    def copy(self) -> Self:
        """
        Return a state that changes apart from this one.
        """
        return type(self)(
            licences=self.licences.copy(),
            dossiers={number: each.copy() for number, each in self.dossiers.items()},
            users=self.users.copy(),
            logins=self.logins.copy(),
            left_ids=self.left_ids.copy(),
            credentials=self.credentials.copy(),
            requests=self.requests.copy(),
            outbox=self.outbox.copy(),
            history=self.history.copy(),
            product_links=self.product_links.copy(),
            link_requests=self.link_requests.copy(),
            failed_attempts=self.failed_attempts.copy(),
        )


@final
class InMemoryStorage:
    """
    Keeps everything in this process; for several threads.

    A unit of work changes a copy, which takes the place of the state at the
    end, so the time that it takes grows with what is stored.
    """

    def __init__(self) -> None:
        self._state = State()
        self._lock = Lock()

    def run(self, work: Callable[[UnitOfWork], T]) -> T:
        """
        Call *work* in a transaction and return its result: all or nothing.
        """
        return self.change(lambda state: work(_UnitOfWork(state)))

    def change(self, work: Callable[[State], T]) -> T:
        """
        Call *work* on a copy of the state, and keep the copy unless it raises.
        """
        with self._lock:
            draft = self._state.copy()
            result = work(draft)
            # A unit of work that was kept must not reach what is stored.
            self._state = draft.copy()
        return result


@final
class _UnitOfWork:
    def __init__(self, state: State) -> None:
        self.licences = _Licences(state)
        self.users = _Users(state)
        self.left_ids = _LeftIds(state)
        self.credentials = _Credentials(state)
        self.requests = _Requests(state)
        self.outbox = _Outbox(state)
        self.history = _History(state)
        self.product_links = _ProductLinks(state)
        self.link_requests = _LinkRequests(state)
        self.failed_attempts = _FailedAttempts(state)


@final
@attrs.frozen
class _Licences:
    _state: State

    def register(self, licence: Licence, dossiers: Sequence[Dossier]) -> bool:
        number = licence.number
        stored = self._state.licences.get(number)
        stored_dossiers = self._state.dossiers.get(number, {})
        new = additions(
            licence, dossiers, stored=stored, stored_dossiers=stored_dossiers
        )
        self._state.licences[number] = licence
        self._state.dossiers[number] = stored_dossiers | {
            dossier.number: dossier for dossier in new
        }
        return stored is None or bool(new)

    def save(self, licence: Licence, dossiers: Sequence[Dossier]) -> None:
        number = licence.number
        if number not in self._state.licences:
            raise UnknownLicence
        named = {dossier.number: dossier for dossier in dossiers}
        if unknown := self.unknown(number, named.keys()):
            raise UnknownDossiers(tuple(sorted(unknown)))
        self._state.licences[number] = licence
        self._state.dossiers[number] = self._state.dossiers[number] | named

    def find(self, number: LicenceNumber) -> Licence | None:
        return self._state.licences.get(number)

    def numbers(self) -> Sequence[LicenceNumber]:
        return sorted(self._state.licences)

    def dossiers(self, number: LicenceNumber) -> Sequence[Dossier]:
        stored = self._state.dossiers.get(number, {})
        return [stored[each] for each in sorted(stored)]

    def unknown(
        self, number: LicenceNumber, dossiers: AbstractSet[DossierNumber]
    ) -> AbstractSet[DossierNumber]:
        return dossiers - self._state.dossiers.get(number, {}).keys()


@final
@attrs.frozen
class _Users:
    _state: State

    def add(self, user: PortalUser) -> None:
        if not self._is_free_for(user.id, user.winbooks_id):
            raise DuplicateWinBooksId(user.winbooks_id)
        self._state.logins[user.winbooks_id] = user.id
        self._state.users[user.id] = user

    def add_all(self, users: Sequence[PortalUser]) -> Sequence[PortalUser]:
        refused: list[PortalUser] = []
        for user in users:
            try:
                self.add(user)
            except DuplicateWinBooksId:
                refused.append(user)
        return refused

    def taken(
        self, winbooks_ids: AbstractSet[WinBooksId], *, now: datetime
    ) -> AbstractSet[WinBooksId]:
        users, logins = self._state.users, self._state.logins
        return {
            each
            for each in winbooks_ids & logins.keys()
            if not left_ids.has_ended(each, users[logins[each]], now)
        }

    def save(self, user: PortalUser) -> PortalUser:
        stored = self._state.users.get(user.id)
        if stored is None or stored.version != user.version:
            raise OutOfDate(user.version)
        if _claims(stored) != _claims(user):
            self._move(stored, user)
        saved = attrs.evolve(user, version=user.version + 1)
        self._state.users[saved.id] = saved
        return saved

    def _move(self, stored: PortalUser, user: PortalUser) -> None:
        for login in _logins(user):
            if not self._is_free_for(user.id, login):
                raise DuplicateWinBooksId(login)
        self._let_go(stored)
        for login in _logins(user):
            self._state.logins[login] = user.id
            self._state.left_ids.pop(login, None)

    def _is_free_for(self, user_id: UUID, login: WinBooksId) -> bool:
        left = self._state.left_ids.get(login)
        is_held = left is not None and left.user_id != user_id
        return self._state.logins.get(login, user_id) == user_id and not is_held

    def _let_go(self, user: PortalUser) -> None:
        # What a reservation lost may be another user's by now.
        for login in _logins(user):
            if self._state.logins.get(login) == user.id:
                del self._state.logins[login]

    def save_all(self, users: Sequence[PortalUser]) -> Sequence[PortalUser]:
        saved: list[PortalUser] = []
        for user in users:
            with suppress(OutOfDate, DuplicateWinBooksId):
                saved.append(self.save(user))
        return saved

    def remove(self, user: PortalUser) -> None:
        state, stored = self._state, self._state.users.get(user.id)
        if stored is None or stored.version != user.version:
            raise OutOfDate(user.version)
        self._let_go(stored)
        del state.users[user.id]
        state.credentials.pop(user.id, None)
        for request in state.requests.values():
            if request.user_id == user.id:
                state.requests[request.id] = attrs.evolve(request, digest=b"")
        _drop(state.outbox, lambda stored: stored.entry.user_id == user.id)
        _drop(state.product_links, lambda link: link.user_id == user.id)
        _drop(state.failed_attempts, lambda failed: failed.user_id == user.id)

    def lock(self, user_ids: AbstractSet[UUID]) -> None:
        # One unit of work runs at a time.
        del user_ids

    def has_other_administrator(self, user: PortalUser) -> bool:
        return any(
            other.licence == user.licence
            and other.level is Level.ADMINISTRATOR
            and other.is_active
            and other.id != user.id
            for other in self._state.users.values()
        )

    def find(self, user_id: UUID) -> PortalUser | None:
        return self._state.users.get(user_id)

    def find_all(self, user_ids: AbstractSet[UUID]) -> Sequence[PortalUser]:
        return [user for each in user_ids if (user := self.find(each)) is not None]

    def find_by_winbooks_id(self, winbooks_id: WinBooksId) -> PortalUser | None:
        user_id = self._state.logins.get(winbooks_id)
        user = None if user_id is None else self._state.users[user_id]
        return user if user and user.winbooks_id == winbooks_id else None

    def of_licence(
        self, number: LicenceNumber, *, after: UUID | None = None, limit: int
    ) -> Sequence[PortalUser]:
        members = [
            user
            for user in self._state.users.values()
            if user.licence == number and (after is None or user.id > after)
        ]
        return sorted(members, key=lambda user: user.id)[:limit]


@final
@attrs.frozen
class _LeftIds:
    _state: State

    def put(self, winbooks_id: WinBooksId, *, of: UUID, at: datetime) -> None:
        self._state.left_ids[winbooks_id] = Left(user_id=of, at=at)

    def held(
        self, winbooks_ids: AbstractSet[WinBooksId], *, left_before: datetime
    ) -> Mapping[WinBooksId, UUID]:
        return {
            each: left.user_id
            for each, left in self._state.left_ids.items()
            if each in winbooks_ids and self._is_held(each, left, left_before)
        }

    def release(
        self,
        winbooks_ids: AbstractSet[WinBooksId],
        *,
        left_before: datetime,
        now: datetime,
    ) -> None:
        state = self._state
        for each in winbooks_ids:
            left = state.left_ids.get(each)
            if left is not None and not self._is_held(each, left, left_before):
                del state.left_ids[each]
            owner = state.logins.get(each)
            if owner and left_ids.has_ended(each, state.users[owner], now):
                del state.logins[each]

    def forget(self, left_before: datetime) -> None:
        for each, left in list(self._state.left_ids.items()):
            if not self._is_held(each, left, left_before):
                del self._state.left_ids[each]

    def _is_held(
        self, winbooks_id: WinBooksId, left: Left, left_before: datetime
    ) -> bool:
        links = _ProductLinks(self._state).of_user(left.user_id)
        return left_ids.is_held(
            winbooks_id, left.at, left_before=left_before, links=links
        )


@final
@attrs.frozen
class _Credentials:
    _state: State

    def put(self, credential: Credential) -> None:
        self._state.credentials[credential.user_id] = credential

    def replace(self, earlier: Credential, credential: Credential) -> bool:
        stored = self.find(earlier.user_id)
        if stored is None or stored.password_hash != earlier.password_hash:
            return False
        self.put(credential)
        return True

    def find(self, user_id: UUID) -> Credential | None:
        return self._state.credentials.get(user_id)

    def stamps(self, licence: LicenceNumber | None = None) -> Mapping[Stamp, int]:
        users = self._state.users
        stamps = (
            Stamp(users[credential.user_id].licence, credential.policy)
            for credential in self._state.credentials.values()
        )
        return Counter(stamp for stamp in stamps if licence in {None, stamp.licence})


@final
@attrs.frozen
class _Requests:
    _state: State

    def remember(self, request: Request) -> Request | None:
        known = self._state.requests.get(request.id)
        if known is None:
            self._state.requests[request.id] = request
        return known


@final
@attrs.frozen
class _Outbox:
    _state: State

    def put(self, mail: OutboxMail) -> None:
        self._state.outbox[mail.id] = StoredMail.new(mail)

    def withdraw(
        self, user_ids: AbstractSet[UUID], kinds: AbstractSet[MailKind], now: datetime
    ) -> None:
        outbox = self._state.outbox
        for mail_id, stored in outbox.items():
            entry = stored.entry
            if stored.is_open and entry.user_id in user_ids and entry.kind in kinds:
                outbox[mail_id] = stored.ended(MailState.WITHDRAWN, now, OVERTAKEN)

    def of_user(self, user_id: UUID) -> Sequence[OutboxEntry]:
        entries = (stored.entry for stored in self._state.outbox.values())
        found = [entry for entry in entries if entry.user_id == user_id]
        return sorted(found, key=lambda entry: entry.position, reverse=True)


@final
@attrs.frozen
class _History:
    _state: State

    def add(self, event: Event) -> None:
        self._state.history[event.user_id] = (*self.of_user(event.user_id), event)

    def add_all(self, events: Iterable[Event]) -> None:
        for event in events:
            self.add(event)

    def of_user(self, user_id: UUID) -> Sequence[Event]:
        return self._state.history.get(user_id, ())

    def anonymise(self, user_id: UUID) -> None:
        kept = tuple(event.anonymised() for event in self.of_user(user_id))
        self._state.history[user_id] = kept


@final
@attrs.frozen
class _ProductLinks:
    _state: State

    def put(self, link: ProductLink) -> None:
        self._state.product_links[_place_of(link)] = link

    def find(
        self, licence: LicenceNumber, product: LinkedProduct, place: str
    ) -> ProductLink | None:
        return self._state.product_links.get((licence, product, place))

    def of_user(self, user_id: UUID) -> Sequence[ProductLink]:
        links = self._state.product_links.values()
        return sorted(
            (link for link in links if link.user_id == user_id),
            key=lambda link: (link.product.value, link.place),
        )

    def remove(self, link: ProductLink) -> None:
        self._state.product_links.pop(_place_of(link), None)


@final
@attrs.frozen
class _LinkRequests:
    _state: State

    def put(self, request: LinkRequest) -> None:
        self._state.link_requests[request.id] = request

    def waiting(
        self, *, after: LinkRequest | None, limit: int
    ) -> Sequence[LinkRequest]:
        stored = sorted(self._state.link_requests.values(), key=_position)
        left = [
            each
            for each in stored
            if after is None or _position(each) > _position(after)
        ]
        return left[:limit]

    def take(self, request: LinkRequest) -> bool:
        return self._state.link_requests.pop(request.id, None) is not None


@final
@attrs.frozen
class _FailedAttempts:
    _state: State

    def add(self, failed: FailedAttempt) -> None:
        self._state.failed_attempts[failed.id] = failed

    def of_user(self, user_id: UUID) -> Sequence[FailedAttempt]:
        stored = self._state.failed_attempts.values()
        return sorted(
            (failed for failed in stored if failed.user_id == user_id),
            key=lambda failed: (failed.at, failed.id),
            reverse=True,
        )

    def forget(self, before: datetime) -> None:
        _drop(self._state.failed_attempts, lambda failed: failed.at < before)


def _logins(user: PortalUser) -> set[WinBooksId]:
    """
    Return the IDs that *user* owns: their own, and the one that waits.
    """
    if user.id_change is None:
        return {user.winbooks_id}
    return {user.winbooks_id, user.id_change.winbooks_id}


def _claims(user: PortalUser) -> tuple[WinBooksId, IdChange | None]:
    return user.winbooks_id, user.id_change


def _position(request: LinkRequest) -> tuple[datetime, UUID]:
    return request.asked_at, request.id


def _place_of(link: ProductLink) -> Place:
    return link.licence, link.product, link.place


def _drop(values: dict[K, V], is_gone: Callable[[V], bool]) -> None:
    for key in [key for key, value in values.items() if is_gone(value)]:
        del values[key]
