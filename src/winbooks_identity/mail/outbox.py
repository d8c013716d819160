"""
How does a mail wait between the commit and its delivery?

The user and the intent to mail are stored in one transaction; what waits is
sealed, so that the storage never holds a password.  A relay delivers it at
least once; every copy of a mail has the same Message-ID.
"""

from datetime import datetime, timedelta
from typing import Final, Protocol, Self, final
from uuid import UUID

import attrs


__all__ = [
    "RETRY_DELAYS",
    "Claimed",
    "DeadLetter",
    "Mail",
    "OutboxMail",
    "QueueStatistics",
    "Sealer",
    "next_try",
]


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
@attrs.frozen(kw_only=True)
class Mail:
    """
    A mail that is ready to go: envelope and content.

    `sender` and `recipient` are the addresses of the envelope; `content` is
    the whole message as RFC 5322 bytes with CRLF line ends.
    """

    message_id: str
    sender: str
    recipient: str = attrs.field(repr=False)
    content: bytes = attrs.field(repr=False)


@final
@attrs.frozen(kw_only=True)
class OutboxMail:
    """
    One mail in the outbox, its content sealed.

    `message_id` names nobody.  After `expires_at`, in UTC, the mail is not
    worth delivering: what it carries has ended.
    """

    id: UUID
    user_id: UUID
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
        created_at: datetime,
        expires_at: datetime,
    ) -> Self:
        """
        Return *mail* with its content sealed for just this row.
        """
        context = _context(mail_id, user_id, mail.recipient)
        return cls(
            id=mail_id,
            user_id=user_id,
            message_id=mail.message_id,
            sender=mail.sender,
            recipient=mail.recipient,
            sealed=sealer.seal(mail.content, context),
            created_at=created_at,
            expires_at=expires_at,
        )

    def open(self, sealer: Sealer) -> Mail:
        """
        Return the mail as it was before `close`.

        Raises:
            SealBroken: the row was altered, or its key is gone.
        """
        context = _context(self.id, self.user_id, self.recipient)
        return Mail(
            message_id=self.message_id,
            sender=self.sender,
            recipient=self.recipient,
            content=sealer.unseal(self.sealed, context),
        )


def _context(mail_id: UUID, user_id: UUID, recipient: str) -> bytes:
    # Both identifiers have a fixed length, so no two rows share a context.
    return mail_id.bytes + user_id.bytes + recipient.encode()


@final
@attrs.frozen(kw_only=True)
class Claimed:
    """
    A mail that one relay has taken for a while.

    `attempts` counts this one; `lease` is the token that its owner shows.
    """

    mail: OutboxMail
    attempts: int
    lease: UUID


@final
@attrs.frozen(kw_only=True)
class DeadLetter:
    """
    A mail that will not be tried again, and the code of the reason.
    """

    mail_id: UUID
    user_id: UUID
    message_id: str
    reason: str
    attempts: int
    died_at: datetime


@final
@attrs.frozen(kw_only=True)
class QueueStatistics:
    """
    How the outbox is doing; `oldest` is when the longest waiting mail was made.
    """

    waiting: int
    dead: int
    oldest: datetime | None


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
