"""
In which tables does everything stand?

Each rule of uniqueness is the primary key of a table of its own.  Columns are
named after the attributes of the library's values.
"""

from django.db import models
from django.db.models import CompositePrimaryKey, Q

from winbooks_identity import Language, Level, Product, WinBooksId
from winbooks_identity.attempts import Door
from winbooks_identity.life_cycle import Step
from winbooks_identity.mail.outbox import MailKind, MailState
from winbooks_identity.names import CompanyName, PersonName
from winbooks_identity.phone import PhoneNumber
from winbooks_identity.portal_user import CredentialSource, Status
from winbooks_identity.product_links import LinkedProduct

from .fields import ValueField


class Licence(models.Model):
    number = models.TextField(primary_key=True)
    product = ValueField(Product)
    holder = ValueField(CompanyName)
    language = ValueField(Language)


class Dossier(models.Model):
    pk = CompositePrimaryKey("licence", "number")
    licence = models.TextField()
    number = models.TextField()
    name = ValueField(CompanyName)


class User(models.Model):
    id = models.UUIDField(primary_key=True)
    winbooks_id = ValueField(WinBooksId)
    licence = models.TextField()
    level = ValueField(Level)
    status = ValueField(Status)
    credential_source = ValueField(CredentialSource)
    first_name = ValueField(PersonName)
    last_name = ValueField(PersonName)
    company_name = ValueField(CompanyName)
    language = ValueField(Language)
    phone = ValueField(PhoneNumber, null=True)
    dossiers = models.JSONField()
    roles = models.JSONField()
    notify_all_dossiers = models.BooleanField()
    pending_id = ValueField(WinBooksId, null=True)
    pending_until = models.DateTimeField(null=True)
    external_id = models.TextField(null=True)
    deactivated_by_feed = models.BooleanField()
    address_proven = models.BooleanField()
    version = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["licence", "id"])]


class Login(models.Model):
    """
    Who owns a WinBooks ID, the one of a user or the one they are about to confirm.

    One that was left keeps its row, so that no one else gets it at once; it outlives
    its user.
    """

    key = models.TextField(primary_key=True)
    user_id = models.UUIDField(db_index=True)
    left_at = models.DateTimeField(null=True)


class Credential(models.Model):
    user = models.OneToOneField(User, models.CASCADE, primary_key=True)
    password_hash = models.TextField()
    policy = models.TextField()
    must_change = models.BooleanField()
    expires_at = models.DateTimeField(null=True)


class Request(models.Model):
    """
    A creation that was carried out; it stays when the user is gone.
    """

    id = models.UUIDField(primary_key=True)
    user_id = models.UUIDField(db_index=True)
    digest = models.BinaryField()


class OutboxMail(models.Model):
    """
    A mail: its content is kept while it waits, or is dead and can be sent again.
    """

    id = models.UUIDField(primary_key=True)
    user = models.ForeignKey(User, models.CASCADE)
    kind = ValueField(MailKind)
    message_id = models.TextField()
    sender = models.TextField()
    recipient = models.TextField()
    sealed = models.BinaryField()
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    state = ValueField(MailState, default=MailState.WAITING)
    due_at = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    lease = models.UUIDField(null=True)
    reason = models.TextField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["state", "due_at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[MailState.WAITING, MailState.DEAD])
                | Q(recipient="", sealed=b""),
                name="identities_content_is_erased",
            )
        ]


class Event(models.Model):
    """
    What happened to a user; it stays when they are gone.
    """

    pk = CompositePrimaryKey("user_id", "version")
    user_id = models.UUIDField()
    version = models.PositiveIntegerField()
    licence = models.TextField()
    step = ValueField(Step)
    by = models.TextField()
    operator = models.TextField(null=True)
    at = models.DateTimeField()
    changes = models.JSONField()


class ProductLink(models.Model):
    pk = CompositePrimaryKey("licence", "product", "place")
    licence = models.TextField()
    product = ValueField(LinkedProduct)
    place = models.TextField()
    windows_user = models.TextField(null=True)
    user_id = models.UUIDField(db_index=True)
    winbooks_id = ValueField(WinBooksId)
    linked_at = models.DateTimeField()


class FailedAttempt(models.Model):
    """
    An attempt on a login that was not its owner's; of no one's, no source is kept.
    """

    id = models.UUIDField(primary_key=True)
    user_id = models.UUIDField(null=True, db_index=True)
    door = ValueField(Door)
    source = models.TextField(null=True)
    at = models.DateTimeField(db_index=True)


class LinkRequest(models.Model):
    """
    A link to choose a password that was asked for; a relay answers it.
    """

    id = models.UUIDField(primary_key=True)
    asked_at = models.DateTimeField()
    sealed = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=["asked_at", "id"])]
