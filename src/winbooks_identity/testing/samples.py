"""
What do a user, a licence and a mail look like in a test?

Every function returns a valid value and takes the fields that matter to the
test; one name always makes the same value.
"""

from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID, uuid5

from ..attempts import Door, FailedAttempt
from ..credential import Credential
from ..dossier import Dossier
from ..events import Author, Change, Event, Outsider
from ..language import Language
from ..level import Level
from ..licence import Licence, Product
from ..life_cycle import Step
from ..mail.link_request import LinkRequest
from ..mail.outbox import MailKind, OutboxMail
from ..names import CompanyName, PersonName
from ..phone import PhoneNumber
from ..portal_user import CredentialSource, IdChange, PortalUser, Status
from ..ports import Request
from ..product_links import LinkedProduct, ProductLink
from ..role import Role
from ..winbooks_id import WinBooksId


__all__ = [
    "NOW",
    "credential",
    "dossier",
    "event",
    "failed_attempt",
    "identifier",
    "licence",
    "link",
    "link_request",
    "mail",
    "request",
    "user",
]

#: A moment in the life of a test.
NOW: Final = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)

_NAMESPACE: Final = UUID("5f1c9a52-7d0e-4b6f-9a3d-2f4c1f0e8b77")


def identifier(name: str) -> UUID:
    """
    Return the identifier that belongs to *name*.
    """
    return uuid5(_NAMESPACE, name)


def licence(
    number: str = "4711",
    *,
    product: Product = Product.CLASSIC,
    holder: str = "Kantoor Lovelace",
    language: Language = Language.DUTCH,
) -> Licence:
    """
    Return a licence.
    """
    return Licence(
        number=number, product=product, holder=CompanyName(holder), language=language
    )


def dossier(number: str = "D1", *, name: str = "Bakkerij Peeters") -> Dossier:
    """
    Return a dossier.
    """
    return Dossier(number=number, name=CompanyName(name))


def user(
    name: str = "ada",
    *,
    address: str | None = None,
    licence: str = "4711",
    level: Level = Level.POWER_USER,
    status: Status = Status.ACTIVE,
    phone: str | None = "+32475123456",
    dossiers: frozenset[str] = frozenset(),
    roles: frozenset[Role] = frozenset({Role.VIEW_ADMIN}),
    id_change: str | None = None,
    deactivated_by_feed: bool = False,
    address_proven: bool = False,
    version: int = 1,
) -> PortalUser:
    """
    Return the user called *name*, with an address of their own.
    """
    return PortalUser(
        id=identifier(name),
        winbooks_id=WinBooksId(address or f"{name}@kantoor.be"),
        licence=licence,
        level=level,
        status=status,
        credential_source=CredentialSource.PORTAL,
        first_name=PersonName(name.capitalize()),
        last_name=PersonName("Lovelace"),
        company_name=CompanyName("Kantoor Lovelace"),
        language=Language.FRENCH,
        phone=None if phone is None else PhoneNumber(phone),
        dossiers=dossiers,
        roles=roles,
        notify_all_dossiers=bool(dossiers),
        deactivated_by_feed=deactivated_by_feed,
        address_proven=address_proven,
        id_change=(
            None
            if id_change is None
            else IdChange(
                winbooks_id=WinBooksId(id_change), expires_at=NOW + timedelta(days=1)
            )
        ),
        version=version,
    )


def credential(
    name: str = "ada",
    *,
    password_hash: str = "$argon2id$of-ada",  # noqa: S107  No password, and no hash.
    policy: str = "portal",
    expires_at: datetime | None = None,
) -> Credential:
    """
    Return a credential of the user called *name*.
    """
    return Credential(
        user_id=identifier(name),
        password_hash=password_hash,
        policy=policy,
        must_change=expires_at is not None,
        expires_at=expires_at,
    )


def request(name: str = "first", *, of: str = "ada", digest: bytes = b"\1") -> Request:
    """
    Return the request called *name* that made the user called *of*.
    """
    return Request(id=identifier(name), user_id=identifier(of), digest=digest)


def mail(
    name: str = "letter",
    *,
    to: str = "ada",
    kind: MailKind = MailKind.CREDENTIALS,
    sealed: bytes = b"\0sealed\xff",
    created_at: datetime = NOW,
) -> OutboxMail:
    """
    Return the mail called *name* to the user called *to*.
    """
    return OutboxMail(
        id=identifier(name),
        user_id=identifier(to),
        kind=kind,
        message_id=f"<{identifier(name)}@portal.winbooks.be>",
        sender="portal@winbooks.be",
        recipient=f"{to}@kantoor.be",
        sealed=sealed,
        created_at=created_at,
        expires_at=created_at + timedelta(days=3),
    )


def event(
    of: str = "ada",
    *,
    version: int = 1,
    by: Author = Outsider.DISTRIBUTOR,
    operator: str | None = None,
) -> Event:
    """
    Return what happened to the user called *of* in that version.
    """
    return Event(
        user_id=identifier(of),
        version=version,
        licence="4711",
        step=Step.CREATE,
        by=by,
        operator=operator,
        at=NOW,
        changes=(Change("first_name", None, of), Change("phone", "+3247512345", None)),
    )


def link(
    of: str = "ada",
    *,
    product: LinkedProduct = LinkedProduct.CONNECT,
    licence: str = "4711",
    windows_user: str | None = None,
    linked_at: datetime = NOW,
) -> ProductLink:
    """
    Return the link of the user called *of* to *product*.
    """
    return ProductLink(
        product=product,
        licence=licence,
        windows_user=windows_user,
        user_id=identifier(of),
        winbooks_id=WinBooksId(f"{of}@kantoor.be"),
        linked_at=linked_at,
    )


def failed_attempt(
    name: str = "first",
    *,
    of: str | None = "ada",
    door: Door = Door.PASSWORD,
    source: str | None = "192.0.2.7",
    at: datetime = NOW,
) -> FailedAttempt:
    """
    Return the attempt called *name* on the login of the user called *of*.
    """
    return FailedAttempt(
        id=identifier(name),
        user_id=None if of is None else identifier(of),
        door=door,
        source=source,
        at=at,
    )


def link_request(
    name: str = "first",
    *,
    sealed: bytes = b"\0sealed\xff",
    asked_at: datetime = NOW,
) -> LinkRequest:
    """
    Return the request called *name* for a link.
    """
    return LinkRequest(id=identifier(name), asked_at=asked_at, sealed=sealed)
