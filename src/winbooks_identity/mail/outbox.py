"""
How does a mail wait between the commit and its delivery?

The user and the intent to mail are stored in one transaction; what waits is
sealed, so that the storage never holds a password.  A relay delivers it at
least once; every copy of a mail has the same Message-ID.
"""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import Enum
from typing import Final, Protocol, Self, final
from uuid import UUID

import attrs

from ..secret import Concealed


__all__ = [
    "OVERTAKEN",
    "RETRY_DELAYS",
    "Claimed",
    "Mail",
    "MailKind",
    "MailState",
    "OutboxEntry",
    "OutboxMail",
    "QueueStatistics",
    "Sealer",
    "next_try",
]


_JSON: Final = json.JSONEncoder(separators=(",", ":"))


class Sealer(Protocol):
    """
    Encrypts and authenticates what waits in the outbox.
    """

    def seal(self, clear: bytes, context: bytes) -> bytes:
        """
        Return *clear* so that only `unseal` with the same *context* reads it.
        """
        ...

    def unseal(self, sealed: bytes, context: bytes) -> bytes:
        """
        Return what was sealed.

        Raises:
            SealBroken: *sealed* was altered, belongs to another context, or
                its key is gone.
        """
        ...


@final
class Mail(Concealed):
    """
    A mail that is ready to go: envelope and content.  [S36]

    `sender` and `recipient` are the addresses of the envelope; `content` is
    the whole message as RFC 5322 bytes with CRLF line ends.  It may hold a password,
    so it is neither pickled nor turned into a mapping.
    """

    __slots__ = ("content", "message_id", "recipient", "sender")

    def __init__(
        self, *, message_id: str, sender: str, recipient: str, content: bytes
    ) -> None:
        self.message_id: Final = message_id
        self.sender: Final = sender
        self.recipient: Final = recipient
        self.content: Final = content

    def __repr__(self) -> str:
        return f"Mail(message_id={self.message_id!r}, sender={self.sender!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Mail) and _parts(self) == _parts(other)

    def __hash__(self) -> int:
        return hash(_parts(self))


def _parts(mail: Mail) -> tuple[object, ...]:
    return mail.message_id, mail.sender, mail.recipient, mail.content


@final
class MailKind(Enum):
    """
    What a mail is about; it decides which later step makes it void.
    """

    CREDENTIALS = "credentials"
    SET_PASSWORD = "set_password"  # noqa: S105  The name of a letter.
    CONFIRM_ID = "confirm_id"
    ID_CHANGE = "id_change"
    CHANGED = "changed"


@final
class MailState(Enum):
    """
    How far the delivery of a mail is.
    """

    #: A relay will try it when it is due.
    WAITING = "waiting"
    #: A mail server has it.
    SENT = "sent"
    #: Given up; it can be put back while its content is there.
    DEAD = "dead"
    #: Not to be sent: what it says is void.
    WITHDRAWN = "withdrawn"


@final
@attrs.frozen(kw_only=True)
class OutboxMail:
    """
    One mail in the outbox, its content sealed together with the rest.  [S10]

    `message_id` names no person.  After `expires_at`, in UTC, the mail is not
    worth delivering: what it carries has ended.
    """

    id: UUID
    user_id: UUID
    kind: MailKind
    message_id: str
    sender: str
    recipient: str = attrs.field(repr=False)
    sealed: bytes = attrs.field(repr=False)
    created_at: datetime
    expires_at: datetime

    @classmethod
    def close(
        cls,
        mail: Mail,
        sealer: Sealer,
        *,
        mail_id: UUID,
        user_id: UUID,
        kind: MailKind,
        created_at: datetime,
        expires_at: datetime,
    ) -> Self:
        """
        Return *mail* with its content sealed for just this row and this envelope.
        """
        row = cls(
            id=mail_id,
            user_id=user_id,
            kind=kind,
            message_id=mail.message_id,
            sender=mail.sender,
            recipient=mail.recipient,
            sealed=b"",
            created_at=created_at,
            expires_at=expires_at,
        )
        return attrs.evolve(row, sealed=sealer.seal(mail.content, row.context()))

    def open(self, sealer: Sealer) -> Mail:
        """
        Return the mail as it was before `close`.

        Raises:
            SealBroken: the row was altered, or its key is gone.
        """
        return Mail(
            message_id=self.message_id,
            sender=self.sender,
            recipient=self.recipient,
            content=sealer.unseal(self.sealed, self.context()),
        )

    def context(self) -> bytes:
        """
        Return what the content is sealed together with: the rest of the row.

        So an address or an end that was changed in the database breaks the seal.
        """
        fields = (
            str(self.id),
            str(self.user_id),
            self.kind.value,
            self.message_id,
            self.sender,
            self.recipient,
            self.created_at.timestamp(),
            self.expires_at.timestamp(),
        )
        return _JSON.encode(fields).encode()


@final
@attrs.frozen(kw_only=True)
class Claimed:
    """
    A mail that one relay has taken for a while.

    `attempts` counts the one that it was taken for; `lease` is the token that its
    owner shows.
    """

    mail: OutboxMail
    attempts: int
    lease: UUID


@final
@attrs.frozen(kw_only=True)
class OutboxEntry:
    """
    What an operator may see of a mail: never its content, nor an address.

    `reason` is the code of the latest failure, or of why it was given up or
    withdrawn.  `due_at` is when a relay tries a mail that waits, `done_at` when
    another one was sent, given up or withdrawn.  `is_kept` says whether the
    sealed content is there.  Instants are in UTC.
    """

    mail_id: UUID
    user_id: UUID
    kind: MailKind
    message_id: str
    state: MailState
    reason: str | None
    attempts: int
    created_at: datetime
    expires_at: datetime
    due_at: datetime
    done_at: datetime | None
    is_kept: bool

    @property
    def position(self) -> tuple[datetime, UUID]:
        """
        Return what entries are sorted by: when the mail was made, then its id.
        """
        return self.created_at, self.mail_id


@final
@attrs.frozen(kw_only=True)
class QueueStatistics:
    """
    How the outbox is doing; the times are `None` where nothing waits.

    `oldest` is when the longest waiting mail was made, and `next_try` from when on
    the first of them is due: a mail that a relay has in hand is due when its lease
    ends.  `reasons` counts the dead ones by the codes of their reasons, and `last_sent`
    is when a mail was sent last; a mail that is forgotten counts no more.
    """

    waiting: int
    dead: int
    oldest: datetime | None
    next_try: datetime | None
    reasons: Mapping[str, int] = {}
    last_sent: datetime | None = None


#: The reason of mails that a later step made void.
OVERTAKEN: Final = "mail.overtaken"

#: The wait after each failed attempt; the last one repeats until the mail
#: expires.  Our choice: minutes first, for greylisting, then hours.
RETRY_DELAYS: Final = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=4),
)


#: How long before the end of a mail it is tried for the last time.
LAST_TRY: Final = timedelta(minutes=1)


def next_try(claimed: Claimed, now: datetime, spread: float) -> datetime | None:
    """
    Return when to try again after a failure at *now*; `None` for never.  [R71]

    Args:
        claimed: the mail whose delivery failed.
        now: the present, in UTC.
        spread: from 0 to 1; makes relays that failed together try apart.
    """
    delay = RETRY_DELAYS[min(claimed.attempts, len(RETRY_DELAYS)) - 1]
    then = now + delay * (0.5 + spread / 2)
    if then < claimed.mail.expires_at:
        return then
    last = claimed.mail.expires_at - LAST_TRY
    return last if now < last else None
