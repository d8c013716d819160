"""
How does a value become a row, and a row a value again?

The constructors of the values check what comes out of the database.
"""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import Row

from ...credential import Credential
from ...dossier import Dossier, LicenceNumber
from ...language import Language
from ...level import Level
from ...licence import Licence, Product
from ...mail.outbox import MailKind, MailState, OutboxEntry, OutboxMail
from ...names import CompanyName, PersonName
from ...phone import PhoneNumber
from ...portal_user import CredentialSource, IdChange, PortalUser, Status
from ...ports import Request
from ...winbooks_id import WinBooksId
from . import grants


__all__ = [
    "credential_row",
    "dossier_row",
    "licence_row",
    "mail_row",
    "read_credential",
    "read_dossier",
    "read_entry",
    "read_licence",
    "read_mail",
    "read_request",
    "read_user",
    "request_row",
    "user_row",
]

#: What an enumeration would look up in Python; what is none is left to it.
_LEVELS: Final = {each.value: each for each in Level}
_STATUSES: Final = {each.value: each for each in Status}
_SOURCES: Final = {each.value: each for each in CredentialSource}
_LANGUAGES: Final = {each.value: each for each in Language}


def licence_row(licence: Licence) -> Mapping[str, object]:
    """
    Return the row of *licence*.
    """
    return {
        "number": licence.number,
        "product": licence.product.value,
        "holder": licence.holder.text,
        "language": licence.language.value,
    }


def read_licence(row: Row[Any]) -> Licence:
    """
    Return the licence in *row*.
    """
    return Licence(
        number=row.number,
        product=Product(row.product),
        holder=CompanyName(row.holder),
        language=Language(row.language),
    )


def dossier_row(licence: LicenceNumber, dossier: Dossier) -> Mapping[str, object]:
    """
    Return the row of *dossier* in the licence with that number.
    """
    return {"licence": licence, "number": dossier.number, "name": dossier.name.text}


def read_dossier(row: Row[Any]) -> Dossier:
    """
    Return the dossier in *row*.
    """
    return Dossier(number=row.number, name=CompanyName(row.name))


def user_row(user: PortalUser) -> Mapping[str, object]:
    """
    Return the row of *user*, without their dossiers and roles.
    """
    change = user.id_change
    return {
        "user_id": user.id,
        "winbooks_id": user.winbooks_id.address,
        "licence": user.licence,
        "level": user.level.value,
        "status": user.status.value,
        "credential_source": user.credential_source.value,
        "first_name": user.first_name.text,
        "last_name": user.last_name.text,
        "company_name": user.company_name.text,
        "language": user.language.value,
        "phone": None if user.phone is None else user.phone.e164,
        "notify_all_dossiers": user.notify_all_dossiers,
        "pending_id": change.winbooks_id.address if change else None,
        "pending_until": change.expires_at if change else None,
        "external_id": user.external_id,
        "address_proven": user.address_proven,
        "deactivated_by_feed": user.deactivated_by_feed,
        "version": user.version,
    }


def read_user(row: Row[Any]) -> PortalUser:
    """
    Return the user in *row*, one of `SELECT_USERS`.
    """
    return PortalUser(
        id=row.user_id,
        winbooks_id=WinBooksId(row.winbooks_id),
        licence=row.licence,
        level=_LEVELS.get(row.level) or Level(row.level),
        status=_STATUSES.get(row.status) or Status(row.status),
        credential_source=(
            _SOURCES.get(row.credential_source)
            or CredentialSource(row.credential_source)
        ),
        first_name=PersonName(row.first_name),
        last_name=PersonName(row.last_name),
        company_name=CompanyName(row.company_name),
        language=_LANGUAGES.get(row.language) or Language(row.language),
        phone=None if row.phone is None else PhoneNumber(row.phone),
        dossiers=grants.read(row.dossiers),
        roles=grants.read_roles(row.roles),
        notify_all_dossiers=row.notify_all_dossiers,
        id_change=(
            None
            if row.pending_id is None
            else IdChange(
                winbooks_id=WinBooksId(row.pending_id), expires_at=row.pending_until
            )
        ),
        external_id=row.external_id,
        deactivated_by_feed=row.deactivated_by_feed,
        address_proven=row.address_proven,
        version=row.version,
    )


def credential_row(credential: Credential) -> Mapping[str, object]:
    """
    Return the row of *credential*.
    """
    return {
        "user_id": credential.user_id,
        "password_hash": credential.password_hash,
        "policy": credential.policy,
        "must_change": credential.must_change,
        "expires_at": credential.expires_at,
    }


def read_credential(row: Row[Any]) -> Credential:
    """
    Return the credential in *row*.
    """
    return Credential(
        user_id=row.user_id,
        password_hash=row.password_hash,
        policy=row.policy,
        must_change=row.must_change,
        expires_at=row.expires_at,
    )


def request_row(request: Request) -> Mapping[str, object]:
    """
    Return the row of *request*.
    """
    return {
        "request_id": request.id,
        "user_id": request.user_id,
        "digest": request.digest,
    }


def read_request(row: Row[Any]) -> Request:
    """
    Return the request in *row*.
    """
    return Request(id=row.request_id, user_id=row.user_id, digest=bytes(row.digest))


def mail_row(mail: OutboxMail) -> Mapping[str, object]:
    """
    Return the row of *mail*, which waits from now on.
    """
    return {
        "user_id": mail.user_id,
        "mail_id": mail.id,
        "kind": mail.kind.value,
        "message_id": mail.message_id,
        "sender": mail.sender,
        "recipient": mail.recipient,
        "sealed": mail.sealed,
        "created_at": mail.created_at,
        "expires_at": mail.expires_at,
        "state": "waiting",
        "due_at": mail.created_at,
        "attempts": 0,
    }


def read_mail(row: Row[Any]) -> OutboxMail:
    """
    Return the mail that waits in *row*.
    """
    return OutboxMail(
        id=row.mail_id,
        user_id=row.user_id,
        kind=MailKind(row.kind),
        message_id=row.message_id,
        sender=row.sender,
        recipient=row.recipient,
        sealed=bytes(row.sealed),
        created_at=row.created_at,
        expires_at=row.expires_at,
    )


def read_entry(row: Row[Any]) -> OutboxEntry:
    """
    Return what an operator may see of the mail in *row*.
    """
    return OutboxEntry(
        mail_id=row.mail_id,
        user_id=row.user_id,
        kind=MailKind(row.kind),
        message_id=row.message_id,
        state=MailState(row.state),
        reason=row.reason,
        attempts=row.attempts,
        created_at=row.created_at,
        expires_at=row.expires_at,
        due_at=row.due_at,
        done_at=row.done_at,
        is_kept=bool(row.is_kept),
    )
