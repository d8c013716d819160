"""
In which tables does everything stand?

Each rule of uniqueness is the primary key of a table of its own.  Columns are
named after the attributes of the library's values.  They are read and written
through the services, which ask who may.
"""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import CompositePrimaryKey, Q

from ...attempts import Door
from ...licence import Product
from ...life_cycle import Step
from ...mail.outbox import MailKind, MailState
from ...portal_user import CredentialSource, Status
from ...product_links import LinkedProduct
from .model_fields import (
    CompanyNameField,
    LanguageField,
    LevelField,
    PersonNameField,
    PhoneField,
    ValueField,
    WinBooksIdField,
)


__all__ = [
    "Account",
    "AttemptCount",
    "Credential",
    "Dossier",
    "Event",
    "FailedAttempt",
    "Home",
    "Licence",
    "LinkRequest",
    "Login",
    "OutboxMail",
    "ProductLink",
    "Request",
    "User",
]


class _Row(models.Model):
    class Meta:
        """
        What Django has to know besides.
        """

        abstract = True

    def __str__(self) -> str:
        # A key can be a WinBooks ID: nothing shows a person by accident.
        return str(self._meta.verbose_name)


class Licence(_Row):
    """
    A licence that was registered.
    """

    number: "models.TextField[str, str]" = models.TextField(primary_key=True)
    product: ValueField[Product] = ValueField(kind=Product)
    holder: CompanyNameField = CompanyNameField()
    language: LanguageField = LanguageField()


class Dossier(_Row):
    """
    A dossier of a licence.
    """

    pk: Any = CompositePrimaryKey("licence", "number")
    licence: "models.TextField[str, str]" = models.TextField()
    number: "models.TextField[str, str]" = models.TextField()
    name: CompanyNameField = CompanyNameField()


class User(_Row):
    """
    A user of the Portal; they are read and changed through the services.
    """

    id: "models.UUIDField[UUID, UUID]" = models.UUIDField(primary_key=True)
    winbooks_id: WinBooksIdField = WinBooksIdField()
    licence: "models.TextField[str, str]" = models.TextField()
    level: LevelField = LevelField()
    status: ValueField[Status] = ValueField(kind=Status)
    credential_source: ValueField[CredentialSource] = ValueField(kind=CredentialSource)
    first_name: PersonNameField = PersonNameField()
    last_name: PersonNameField = PersonNameField()
    company_name: CompanyNameField = CompanyNameField()
    language: LanguageField = LanguageField()
    phone: Any = PhoneField(null=True)
    dossiers: "models.JSONField[Any, Any]" = models.JSONField()
    roles: "models.JSONField[Any, Any]" = models.JSONField()
    notify_all_dossiers: "models.BooleanField[bool, bool]" = models.BooleanField()
    pending_id: Any = WinBooksIdField(null=True)
    pending_until: "models.DateTimeField[datetime | None, datetime | None]" = (
        models.DateTimeField(null=True)
    )
    external_id: "models.TextField[str | None, str | None]" = models.TextField(
        null=True
    )
    deactivated_by_feed: "models.BooleanField[bool, bool]" = models.BooleanField()
    address_proven: "models.BooleanField[bool, bool]" = models.BooleanField()
    version: "models.PositiveIntegerField[int, int]" = models.PositiveIntegerField()

    class Meta(_Row.Meta):
        """
        What Django has to know besides.
        """

        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["licence", "id"])]


class Login(_Row):
    """
    Who owns a WinBooks ID, the one of a user or the one they are about to confirm.

    One that was left keeps its row, so that no one else gets it at once; it outlives
    its user.
    """

    key: "models.TextField[str, str]" = models.TextField(primary_key=True)
    user_id: "models.UUIDField[UUID, UUID]" = models.UUIDField(db_index=True)
    left_at: "models.DateTimeField[datetime | None, datetime | None]" = (
        models.DateTimeField(null=True)
    )


class Credential(_Row):
    """
    What a sign-in is checked against; never the password.
    """

    user_id: UUID
    user: "models.OneToOneField[User, User]" = models.OneToOneField(
        User, models.CASCADE, primary_key=True
    )
    password_hash: "models.TextField[str, str]" = models.TextField()
    policy: "models.TextField[str, str]" = models.TextField()
    must_change: "models.BooleanField[bool, bool]" = models.BooleanField()
    expires_at: "models.DateTimeField[datetime | None, datetime | None]" = (
        models.DateTimeField(null=True)
    )


class Account(_Row):
    """
    Which account of the project's own user model a user signs in to.

    There is no foreign key to it, so the app works with any user model, and without.
    """

    user_id: UUID
    user: "models.OneToOneField[User, User]" = models.OneToOneField(
        User, models.CASCADE, primary_key=True
    )
    account: "models.TextField[str, str]" = models.TextField(unique=True)


class Request(_Row):
    """
    A creation that was carried out; it stays when the user is gone.
    """

    id: "models.UUIDField[UUID, UUID]" = models.UUIDField(primary_key=True)
    user_id: "models.UUIDField[UUID, UUID]" = models.UUIDField(db_index=True)
    digest: "models.BinaryField[bytes, bytes]" = models.BinaryField()


class OutboxMail(_Row):
    """
    A mail: its content is kept while it waits, or is dead and can be sent again.
    """

    id: "models.UUIDField[UUID, UUID]" = models.UUIDField(primary_key=True)
    user_id: UUID
    user: "models.ForeignKey[User, User]" = models.ForeignKey(User, models.CASCADE)
    kind: ValueField[MailKind] = ValueField(kind=MailKind)
    message_id: "models.TextField[str, str]" = models.TextField()
    sender: "models.TextField[str, str]" = models.TextField()
    recipient: "models.TextField[str, str]" = models.TextField()
    sealed: "models.BinaryField[bytes, bytes]" = models.BinaryField()
    created_at: "models.DateTimeField[datetime, datetime]" = models.DateTimeField()
    expires_at: "models.DateTimeField[datetime, datetime]" = models.DateTimeField()
    state: ValueField[MailState] = ValueField(kind=MailState)
    due_at: "models.DateTimeField[datetime, datetime]" = models.DateTimeField()
    attempts: "models.PositiveIntegerField[int, int]" = models.PositiveIntegerField()
    lease: "models.UUIDField[UUID | None, UUID | None]" = models.UUIDField(null=True)
    reason: "models.TextField[str | None, str | None]" = models.TextField(null=True)
    done_at: "models.DateTimeField[datetime | None, datetime | None]" = (
        models.DateTimeField(null=True)
    )

    class Meta(_Row.Meta):
        """
        What Django has to know besides.
        """

        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["state", "due_at"]),
            models.Index(
                fields=["state", "done_at"], name="winbooks_identity_mails_done"
            ),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(state__in=[MailState.WAITING.value, MailState.DEAD.value])
                | Q(recipient="", sealed=b""),
                name="winbooks_identity_content_is_erased",
            )
        ]


class Event(_Row):
    """
    What happened to a user; it stays when they are gone.
    """

    pk: Any = CompositePrimaryKey("user_id", "version")
    user_id: "models.UUIDField[UUID, UUID]" = models.UUIDField()
    version: "models.PositiveIntegerField[int, int]" = models.PositiveIntegerField()
    licence: "models.TextField[str, str]" = models.TextField()
    step: ValueField[Step] = ValueField(kind=Step)
    by: "models.TextField[str, str]" = models.TextField()
    operator: "models.TextField[str | None, str | None]" = models.TextField(null=True)
    at: "models.DateTimeField[datetime, datetime]" = models.DateTimeField()
    changes: "models.JSONField[Any, Any]" = models.JSONField()


class ProductLink(_Row):
    """
    A place in another product that holds an ID.
    """

    pk: Any = CompositePrimaryKey("licence", "product", "place")
    licence: "models.TextField[str, str]" = models.TextField()
    product: ValueField[LinkedProduct] = ValueField(kind=LinkedProduct)
    place: "models.TextField[str, str]" = models.TextField()
    windows_user: "models.TextField[str | None, str | None]" = models.TextField(
        null=True
    )
    user_id: "models.UUIDField[UUID, UUID]" = models.UUIDField(db_index=True)
    winbooks_id: WinBooksIdField = WinBooksIdField()
    linked_at: "models.DateTimeField[datetime, datetime]" = models.DateTimeField()


class AttemptCount(_Row):
    """
    How many attempts there were; a counter is a keyed digest, so it names no one.
    """

    counter: "models.CharField[str, str]" = models.CharField(
        max_length=64, primary_key=True
    )
    attempts: "models.PositiveIntegerField[int, int]" = models.PositiveIntegerField()
    ends_at: "models.DateTimeField[datetime, datetime]" = models.DateTimeField(
        db_index=True
    )


class FailedAttempt(_Row):
    """
    An attempt on a login that was not its owner's; of no one's, no source is kept.
    """

    id: "models.UUIDField[UUID, UUID]" = models.UUIDField(primary_key=True)
    user_id: "models.UUIDField[UUID | None, UUID | None]" = models.UUIDField(
        null=True, db_index=True
    )
    door: ValueField[Door] = ValueField(kind=Door)
    source: "models.TextField[str | None, str | None]" = models.TextField(null=True)
    at: "models.DateTimeField[datetime, datetime]" = models.DateTimeField(db_index=True)


class LinkRequest(_Row):
    """
    A link to choose a password that was asked for; a relay answers it.
    """

    id: "models.UUIDField[UUID, UUID]" = models.UUIDField(primary_key=True)
    asked_at: "models.DateTimeField[datetime, datetime]" = models.DateTimeField()
    sealed: "models.BinaryField[bytes, bytes]" = models.BinaryField()

    class Meta(_Row.Meta):
        """
        What Django has to know besides.
        """

        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["asked_at", "id"])
        ]


class Home(_Row):
    """
    Where relays found the mails last, in one row; on PostgreSQL only.
    """

    id: "models.PositiveIntegerField[int, int]" = models.PositiveIntegerField(
        primary_key=True
    )
    system_identifier: "models.TextField[str | None, str | None]" = models.TextField(
        null=True
    )
    database_oid: "models.TextField[str | None, str | None]" = models.TextField(
        null=True
    )
    table_oid: "models.TextField[str | None, str | None]" = models.TextField(null=True)

    class Meta(_Row.Meta):
        """
        What Django has to know besides.
        """

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(id=1), name="winbooks_identity_home_is_one"
            )
        ]
