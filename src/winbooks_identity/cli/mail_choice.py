"""
Which mails are meant, and in whose name are they looked after?
"""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from typing import Annotated, Final, Literal, Self, final

import attrs
from cyclopts import Parameter

from ..authorization import Actor
from ..fields import trimmed
from ..mail.outbox import MailState, OutboxEntry
from ..portal import Portal
from ..refusals import UnknownUser
from ..services.mails import HELD
from ..winbooks_id import WinBooksId
from .acting import actor_in, owner_of
from .options import ActingAs, Database, KeyFile
from .usage import WrongUsage


__all__ = [
    "OPEN",
    "Choice",
    "Ids",
    "MailPlace",
    "Mails",
    "State",
    "States",
    "shown_as",
    "stored_as",
]

#: As they are shown; `dead` means those that were given up and those held back.
State = Literal["waiting", "sent", "given-up", "held", "dead", "withdrawn"]

States = Annotated[
    list[State] | None, Parameter(name="--state", help="cli.option.mail_state")
]
"""
Which mails are wanted.
"""

Ids = Annotated[list[str] | None, Parameter(help="cli.option.mail_ids")]
"""
The mails that are meant.
"""


@final
@Parameter(name="*")
@attrs.frozen(kw_only=True)
class MailPlace:
    """
    Where the mails are, and who looks after them.
    """

    database: Database
    key_file: KeyFile = None
    acting_as: ActingAs = None


@final
@Parameter(name="*")
@attrs.frozen(kw_only=True)
class Choice:
    """
    Which mails are meant that no id names.
    """

    reason: Annotated[str | None, Parameter(help="cli.option.mail_reason")] = None
    everything: Annotated[bool, Parameter(name="--all", help="cli.option.mail_all")] = (
        False
    )


#: What an operator may have to act on.
OPEN: Final = frozenset({MailState.WAITING, MailState.DEAD})


@final
@attrs.frozen
class Mails:
    """
    The mails that an operator sees, who has the database, or that a user may see.

    `by` is None for the operator.
    """

    portal: Portal
    by: Actor | None

    @classmethod
    def seen_by(cls, acting_as: str | None, portal: Portal) -> Self:
        """
        Return the mails as the user with that ID sees them, or the operator.

        Raises:
            Invalid, UnknownUser: as `actor_in`.
        """
        return cls(portal, None if acting_as is None else actor_in(portal, acting_as))

    def entries(self, states: AbstractSet[MailState]) -> Iterable[OutboxEntry]:
        """
        Return every mail in one of *states*, the latest made first.

        Raises:
            NotAuthorised, UnknownUser: as `ManagedMailService`.
        """
        if self.by is None:
            return self.portal.mails.entries(states)
        return self.portal.managed_mails.entries(states, by=self.by)

    def to(
        self, winbooks_id: str, states: AbstractSet[MailState]
    ) -> Sequence[OutboxEntry]:
        """
        Return the mails to one user, the latest made first.

        Raises:
            Invalid: *winbooks_id* is none.
            UnknownUser: a user acts who may not read what is kept of that one.
        """
        user = owner_of(self.portal, WinBooksId.parse(trimmed(winbooks_id)))
        found: Sequence[OutboxEntry] = ()
        if self.by is not None:
            if user is None:
                raise UnknownUser
            found = self.portal.administration.mails(user, by=self.by)
        elif user is not None:
            key = user.id
            found = self.portal.storage.read(lambda unit: unit.outbox.of_user(key))
        return [entry for entry in found if entry.state in states]

    def chosen(self, ids: Sequence[str] | None, choice: Choice) -> list[OutboxEntry]:
        """
        Return the mails that are meant, of those that wait or were given up.

        Raises:
            WrongUsage: they are named in no way or several, or are not there.
        """
        given = (bool(ids), choice.reason is not None, choice.everything)
        if sum(given) != 1:
            raise WrongUsage("cli.usage.which_mails")
        if ids:
            return self.named(ids, OPEN)
        return [
            entry
            for entry in self.entries(OPEN)
            if choice.everything or entry.reason == choice.reason
        ]

    def named(
        self, ids: Sequence[str], states: AbstractSet[MailState]
    ) -> list[OutboxEntry]:
        """
        Return the mails whose ids begin as *ids* say.

        Raises:
            WrongUsage: one of them means no mail, or several.
        """
        wanted = {each.strip().lower() for each in ids}
        found = {
            entry.mail_id: (entry, begins)
            for entry in self.entries(states)
            for begins in wanted
            if begins and str(entry.mail_id).startswith(begins)
        }
        # Each of them means one mail, and none is meant twice.
        if sorted(begins for _, begins in found.values()) != sorted(wanted):
            raise WrongUsage("cli.usage.no_such_mail")
        return [entry for entry, _ in found.values()]

    def may_put_back(self, entries: Sequence[OutboxEntry]) -> Sequence[OutboxEntry]:
        """
        Return those of *entries* that can be sent again by the one who asks.
        """
        now = self.portal.outbox.now()
        kept = [each for each in entries if each.is_kept and each.expires_at > now]
        if self.by is None:
            return kept
        return self.portal.managed_mails.may_put_back(kept, by=self.by)

    def put_back(self, entries: Sequence[OutboxEntry]) -> Sequence[OutboxEntry]:
        """
        Let *entries* be due now; return those that are.
        """
        if self.by is None:
            return self.portal.mails.put_back(entries)
        return self.portal.managed_mails.put_back(entries, by=self.by)

    def may_discard(self, entries: Sequence[OutboxEntry]) -> Sequence[OutboxEntry]:
        """
        Return those of *entries* that the one who asks can withdraw.
        """
        if self.by is None:
            return entries
        return self.portal.managed_mails.may_discard(entries, by=self.by)

    def discard(self, entries: Sequence[OutboxEntry]) -> Sequence[OutboxEntry]:
        """
        Withdraw *entries*; return those that were.
        """
        if self.by is None:
            return self.portal.mails.discard(entries)
        return self.portal.managed_mails.discard(entries, by=self.by)


def stored_as(state: State) -> MailState:
    """
    Return the state that the mails of a command's *state* are stored with.
    """
    return MailState.DEAD if state in {"given-up", "held"} else MailState(state)


def shown_as(entry: OutboxEntry) -> AbstractSet[str]:
    """
    Return the names that the state of *entry* has in a command.
    """
    if entry.state is not MailState.DEAD:
        return {entry.state.value}
    return {"dead", "held" if entry.reason == HELD else "given-up"}
