"""
What puts mails into words, keeps them waiting and takes them away?
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta
from enum import Enum
from typing import Protocol, final
from uuid import UUID

import attrs

from ..language import Language
from ..names import CompanyName
from ..passwords import Password
from ..secret import Secret
from ..winbooks_id import WinBooksId
from .outbox import Claimed, Mail, MailState, OutboxEntry, QueueStatistics


__all__ = [
    "Changed",
    "ChangedLetter",
    "CredentialsLetter",
    "IdChangeLetter",
    "Letters",
    "LinkLetter",
    "LinkLetters",
    "Mailer",
    "OutboxQueue",
    "RelayQueue",
]


class RelayQueue(Protocol):
    """
    The mails that wait, seen from a relay; each call is a transaction.

    Every *now* comes from the method `now`, so that a machine whose clock is wrong
    expires no mail.

    `touch`, `release`, `sent`, `retry` and `bury` answer whether the lease still
    held; where it did not, they changed nothing.  A lease that has ended still holds
    until another relay takes the mail.  An operator who stops a mail ends no lease:
    only `sent` still answers to it.

    Raises:
        StorageBusy: by every call; nothing was written.
        StorageNotReady, Unavailable: by every call; nothing was written, and to
            call again does not help.
        OutcomeUnknown: by every call that writes; the storage was lost at the
            commit.  A mail that was claimed all the same comes back when its
            lease ends; the other calls may be repeated.
    """

    def now(self) -> datetime:
        """
        Return the present in UTC, by the clock of the storage.
        """
        ...

    def claim(
        self, now: datetime, *, lease: timedelta, limit: int
    ) -> Sequence[Claimed]:
        """
        Take up to *limit* mails that are due, for the time of *lease*.

        No two relays hold the same mail at one time.  To claim a mail is not to try
        it: `touch` counts.
        """
        ...

    def touch(self, claimed: Claimed, *, until: datetime) -> bool:
        """
        Prolong the lease of a mail that is tried now; its attempt counts from here.

        Called again for the same claim, it counts no second one.
        """
        ...

    def release(self, claimed: Claimed, now: datetime) -> bool:
        """
        Give a mail back that was not tried, due *now*; its reason stays.
        """
        ...

    def sent(self, claimed: Claimed, now: datetime) -> bool:
        """
        Note the delivery of a mail and erase its content.

        Also that of a mail that was stopped by `OutboxQueue.hold` while it went out.
        """
        ...

    def retry(self, claimed: Claimed, *, at: datetime, reason: str) -> bool:
        """
        Give a mail back until *at*; *reason* is a code.
        """
        ...

    def bury(self, claimed: Claimed, now: datetime, *, reason: str) -> bool:
        """
        Give a mail up and keep its content; *reason* is a code.
        """
        ...

    def erase(self, before: datetime) -> int:
        """
        Erase the content of dead mails that expired *before*; return how many.
        """
        ...

    def hold_if_restored(self, now: datetime, *, reason: str) -> int:
        """
        Hold what waits where the database is a copy; return how many mails.  [S83]

        Of a dump that was restored, and of a database that was made from another one,
        the mails that wait may have gone out since: they are given up as by
        `OutboxQueue.hold`, once, and the links that were asked for are dropped.  What
        comes later goes out.  Several relays may ask at one time.  A storage that
        cannot tell returns 0.
        """
        ...

    def revive(self, now: datetime, *, reason: str) -> int:
        """
        Let dead mails wait again, due *now*; return how many.

        Those are meant that were given up for *reason*, have not expired and keep
        their content.
        """
        ...


class OutboxQueue(RelayQueue, Protocol):
    """
    The mails, seen from a relay and from an operator; each call is a transaction.

    Raises:
        As `RelayQueue`; a call that ended with `OutcomeUnknown` may be repeated.
    """

    def entries(
        self,
        states: AbstractSet[MailState],
        *,
        before: OutboxEntry | None,
        limit: int,
    ) -> Sequence[OutboxEntry]:
        """
        Return up to *limit* mails in one of *states*, the latest made first.

        Args:
            states: which mails are wanted.
            before: the last one of the page before; `None` for the first page.
            limit: how many at most.
        """
        ...

    def put_back(
        self, entry: OutboxEntry, now: datetime, *, unless: str | None = None
    ) -> bool:
        """
        Let a mail be tried again at *now*, with no attempt; say whether it will be.

        A dead mail waits again, and one that waits for another try is due now.  It
        stays as it is where a relay has it in hand, it has expired or was sent, or
        its content is erased, or was given up for the reason *unless*, whatever
        *entry* says.  The reason of the last failure is forgotten.
        """
        ...

    def discard(
        self,
        entry: OutboxEntry,
        now: datetime,
        *,
        reason: str,
        unless: str | None = None,
    ) -> bool:
        """
        Withdraw a mail that waits or is dead, erase its content, say whether it was.

        A relay that has it in hand may still send it; its lease is gone.  What was
        given up for the reason *unless* stays, whatever *entry* says.
        """
        ...

    def hold(self, now: datetime, *, reason: str) -> int:
        """
        Give up every mail that waits, keep its content, and return how many.

        A mail that a relay has in hand keeps its lease, so that it is not put back
        before the lease ends, and is noted as sent where the relay sent it.
        """
        ...

    def statistics(self) -> QueueStatistics:
        """
        Return how many mails wait and are dead, since when, and why.
        """
        ...


class Mailer(Protocol):
    """
    Takes mails to their recipients.
    """

    def send(self, mail: Mail) -> None:
        """
        Hand *mail* over; on return the mail server answers for it.

        Raises:
            TemporaryFailure: not now; the mail may have gone out all the same.
            MailServerUnusable: not now, and no other mail either: a relay stops
                after a few.
            PermanentFailure: never; the recipient or the content is at fault.
        """
        ...


@final
@attrs.frozen(kw_only=True)
class CredentialsLetter:
    """
    What the mail to a new user says, or to one whose password was reset.

    It holds no name of a person: the address is not confirmed yet, and a name
    can carry a link.  `password` is `None` where the user has it already, on
    on Web.  `expires_at` is in UTC.
    """

    message_id: UUID
    written_at: datetime
    winbooks_id: WinBooksId
    password: Password | None
    licence_holder: CompanyName
    language: Language
    is_active: bool
    is_reset: bool = False
    expires_at: datetime | None


@final
class Changed(Enum):
    """
    What of a login was changed by another hand.
    """

    PASSWORD = "password"  # noqa: S105  The name of a change.
    WINBOOKS_ID = "winbooks_id"
    ON_WEB = "on_web"


@final
@attrs.frozen(kw_only=True)
class ChangedLetter:
    """
    What the mail says that tells of a change; it holds no secret.  [S40]

    `recipient` is the address until then.  The new one is not told: who reads the old
    mailbox need not know.
    """

    message_id: UUID
    written_at: datetime
    recipient: WinBooksId
    licence_holder: CompanyName
    language: Language
    changed: Changed


class Letters(Protocol):
    """
    Puts into words what the Portal writes to people.
    """

    def credentials(self, letter: CredentialsLetter) -> Mail:
        """
        Return the mail that hands the login data to a new user.  [R57]

        The same letter always makes the same mail.
        """
        ...

    def changed(self, letter: ChangedLetter) -> Mail:
        """
        Return the mail that tells a user what of their login was changed.  [S40]

        The same letter always makes the same mail.
        """
        ...


@final
@attrs.frozen(kw_only=True)
class LinkLetter:
    """
    What a mail with a one-time link says.

    `recipient` is where it goes: the present address, or the new one that is to
    be confirmed.  Who opens the link only looks; what it does is done by a
    button, since mail programs open links on their own.  `expires_at` is in UTC.
    """

    message_id: UUID
    written_at: datetime
    recipient: WinBooksId
    token: Secret
    licence_holder: CompanyName
    language: Language
    expires_at: datetime


@final
@attrs.frozen(kw_only=True)
class IdChangeLetter:
    """
    What the mail to the present address says when the ID is to change.

    It does not tell the new address: who reads the old mailbox need not know.
    """

    message_id: UUID
    written_at: datetime
    recipient: WinBooksId
    licence_holder: CompanyName
    language: Language


class LinkLetters(Protocol):
    """
    Puts into words the mails with one-time links.

    The same letter always makes the same mail.
    """

    def set_password(self, letter: LinkLetter) -> Mail:
        """
        Return the mail to choose a password by a link.  [Q11]
        """
        ...

    def confirm_id(self, letter: LinkLetter) -> Mail:
        """
        Return the mail to confirm a new WinBooks ID by a link.  [Q14]
        """
        ...

    def id_change(self, letter: IdChangeLetter) -> Mail:
        """
        Return the mail that tells the present address of the change.  [Q14]
        """
        ...
