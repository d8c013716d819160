"""
What is kept, with nothing but dictionaries?
"""

from collections.abc import Callable
from datetime import datetime
from typing import Self, TypeAlias, TypeVar, final
from uuid import UUID

import attrs

from ...attempts import FailedAttempt
from ...credential import Credential
from ...dossier import Dossier, DossierNumber, LicenceNumber
from ...events import Event
from ...licence import Licence
from ...mail.link_request import LinkRequest
from ...mail.outbox import MailState, OutboxEntry, OutboxMail
from ...portal_user import PortalUser
from ...ports import Request
from ...product_links import LinkedProduct, ProductLink
from ...winbooks_id import WinBooksId


__all__ = ["Left", "Place", "State", "StoredMail", "drop"]

K = TypeVar("K")
V = TypeVar("V")

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


def drop(values: dict[K, V], is_gone: Callable[[V], bool]) -> None:
    """
    Forget each of *values* that *is_gone*.
    """
    for key in [key for key, value in values.items() if is_gone(value)]:
        del values[key]
