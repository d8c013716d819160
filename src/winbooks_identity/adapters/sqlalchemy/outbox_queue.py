"""
How do relays take mails out of a table without taking the same one twice?

They look for mails that are due and then claim each one by compare and set,
which every database can do.  Where rows can be locked and skipped, relays do
not even look at the same mails.
"""

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta
from typing import Any, Final, final
from uuid import UUID

from sqlalchemy import (
    Engine,
    Executable,
    Row,
    and_,
    bindparam,
    null,
    or_,
    select,
    tuple_,
    update,
)

from ... import system
from ...mail.outbox import Claimed, MailState, OutboxEntry, QueueStatistics
from . import rows
from .homes import DROP_LINK_REQUESTS, moves_in
from .mails import IS_KNOWN, now_of, select_entries, withdrawing
from .outbox_statistics import read_statistics
from .schema import OUTBOX
from .statements import Statements
from .transactions import Transactions


__all__ = ["SqlAlchemyOutboxQueue"]

_WAITING: Final = OUTBOX.c.state == "waiting"
_DEAD: Final = OUTBOX.c.state == "dead"

_SELECT_DUE: Final = (
    select(OUTBOX)
    .where(_WAITING, IS_KNOWN, OUTBOX.c.due_at <= bindparam("now"))
    .order_by(OUTBOX.c.due_at)
    .limit(bindparam("limit"))
)
_LOCK_DUE: Final = _SELECT_DUE.with_for_update(skip_locked=True)

_IS_MAIL: Final = (OUTBOX.c.user_id == bindparam("of_user")) & (
    OUTBOX.c.mail_id == bindparam("of_mail")
)
_CLAIM: Final = (
    update(OUTBOX)
    .where(_IS_MAIL, _WAITING, OUTBOX.c.attempts == bindparam("seen_attempts"))
    .where(OUTBOX.c.due_at == bindparam("seen_due_at"))
    .returning(OUTBOX.c.mail_id)
)
_IN_HAND: Final = (
    update(OUTBOX)
    .where(_IS_MAIL, OUTBOX.c.lease == bindparam("held_lease"))
    .returning(OUTBOX.c.mail_id)
)
_CHANGE: Final = _IN_HAND.where(_WAITING)
#: An operator may have stopped a mail while it went out.
_SENT: Final = _IN_HAND.where(or_(_WAITING, _DEAD))
_POSITION: Final = tuple_(OUTBOX.c.created_at, OUTBOX.c.mail_id)
_SELECT_LATEST: Final = (
    select_entries()
    .where(OUTBOX.c.state.in_(bindparam("states", expanding=True)))
    .order_by(OUTBOX.c.created_at.desc(), OUTBOX.c.mail_id.desc())
    .limit(bindparam("limit"))
)
_SELECT_EARLIER: Final = _SELECT_LATEST.where(
    tuple_(
        bindparam("made_at", type_=OUTBOX.c.created_at.type),
        bindparam("last_id", type_=OUTBOX.c.mail_id.type),
    )
    > _POSITION
)
#: A dead mail has a lease where it was stopped while a relay had it in hand.
_CAN_GO_OUT: Final = and_(
    _DEAD,
    OUTBOX.c.sealed.is_not(None),
    OUTBOX.c.expires_at > bindparam("now"),
    or_(OUTBOX.c.lease.is_(None), OUTBOX.c.due_at <= bindparam("now")),
)
_IS_POSTPONED: Final = (
    _WAITING & OUTBOX.c.lease.is_(None) & (OUTBOX.c.expires_at > bindparam("now"))
)
_IS_NOT_EXEMPT: Final = OUTBOX.c.reason.is_distinct_from(bindparam("unless")) | (
    OUTBOX.c.reason.is_(None)
)
_PUT_BACK: Final = (
    update(OUTBOX)
    .where(_IS_MAIL, _IS_NOT_EXEMPT, or_(_CAN_GO_OUT, _IS_POSTPONED))
    .values(
        state="waiting",
        due_at=bindparam("now"),
        lease=null(),
        attempts=0,
        done_at=null(),
        reason=null(),
    )
    .returning(OUTBOX.c.mail_id)
)
_REVIVE: Final = (
    update(OUTBOX)
    .where(_CAN_GO_OUT, OUTBOX.c.reason == bindparam("why"))
    .values(state="waiting", due_at=bindparam("now"), lease=null(), done_at=null())
    .returning(OUTBOX.c.mail_id)
)
_DISCARD: Final = (
    withdrawing("now", "why")
    .where(_IS_MAIL, _IS_NOT_EXEMPT)
    .returning(OUTBOX.c.mail_id)
)
_HOLD: Final = (
    update(OUTBOX)
    .where(_WAITING)
    .values(state="dead", done_at=bindparam("now"), reason=bindparam("why"))
    .returning(OUTBOX.c.mail_id)
)
_ERASE: Final = (
    update(OUTBOX)
    .where(_DEAD, OUTBOX.c.sealed.is_not(None))
    .where(OUTBOX.c.expires_at < bindparam("before"))
    .values(sealed=null(), recipient=null())
    .returning(OUTBOX.c.mail_id)
)


@final
class SqlAlchemyOutboxQueue:
    """
    The mails that wait in the database behind *engine*, seen from a relay.

    Every method raises what `SqlAlchemyStorage.run` raises.  A relay that does
    not know whether it claimed a mail finds it again when the lease has ended.
    Mails of kinds that this version does not know are neither claimed nor listed:
    they wait for a newer one.

    Args:
        engine: the one of the storage.
        clock: tells the present, in UTC, in the place of the database: for tests.
        new_id: makes the tokens of the leases.
    """

    def __init__(
        self,
        engine: Engine,
        *,
        clock: Callable[[], datetime] | None = None,
        new_id: Callable[[], UUID] = system.new_id,
    ) -> None:
        self._clock = clock
        self._select_now = now_of(engine.dialect)
        self._transactions = Transactions(engine)
        self._new_id = new_id
        skips_locked = self._transactions.capabilities.skips_locked
        self._select_due = _LOCK_DUE if skips_locked else _SELECT_DUE

    def now(self) -> datetime:
        """
        Return the present in UTC, by the clock of the database.
        """
        if self._clock is not None:
            return self._clock()
        (found,) = self._transactions.read(
            lambda statements: statements.rows(self._select_now)
        )
        present: datetime = found.now
        return present

    def claim(
        self, now: datetime, *, lease: timedelta, limit: int
    ) -> Sequence[Claimed]:
        """
        Take up to *limit* mails that are due, for the time of *lease*.

        No two relays hold the same mail at one time.
        """
        until = now + lease

        def take(statements: Statements) -> Sequence[Claimed]:
            due = statements.rows(self._select_due, {"now": now, "limit": limit})
            taken = (self._take(statements, row, until) for row in due)
            return [claimed for claimed in taken if claimed is not None]

        return self._transactions.run(take)

    def touch(self, claimed: Claimed, *, until: datetime) -> bool:
        """
        Prolong the lease of a mail that is tried now; its attempt counts from here.
        """
        return self._if_held(claimed, due_at=until, attempts=claimed.attempts)

    def release(self, claimed: Claimed, now: datetime) -> bool:
        """
        Give a mail back that was not tried, due *now*; its reason stays.
        """
        return self._if_held(claimed, due_at=now, lease=None)

    def sent(self, claimed: Claimed, now: datetime) -> bool:
        """
        Note the delivery of a mail and erase its content.
        """
        return self._if_held(
            claimed,
            _SENT,
            state="sent",
            done_at=now,
            reason=None,
            lease=None,
            sealed=None,
            recipient=None,
        )

    def retry(self, claimed: Claimed, *, at: datetime, reason: str) -> bool:
        """
        Give a mail back until *at*; *reason* is a code.
        """
        return self._if_held(claimed, due_at=at, reason=reason, lease=None)

    def bury(self, claimed: Claimed, now: datetime, *, reason: str) -> bool:
        """
        Give a mail up and keep its content; *reason* is a code.
        """
        return self._if_held(
            claimed, state="dead", done_at=now, reason=reason, lease=None
        )

    def erase(self, before: datetime) -> int:
        """
        Erase the content of dead mails that expired *before*; return how many.
        """
        return self._count(_ERASE, before=before)

    def hold_if_restored(self, now: datetime, *, reason: str) -> int:
        """
        Hold what waits where the database is a copy; return how many mails.
        """
        if not self._transactions.capabilities.tells_copies:
            return 0  # A copy of a SQLite file is made with its mails held back.

        def work(statements: Statements) -> int:
            if not moves_in(statements):
                return 0
            statements.run(DROP_LINK_REQUESTS)
            return len(statements.rows(_HOLD, {"now": now, "why": reason}))

        return self._transactions.run(work)

    def revive(self, now: datetime, *, reason: str) -> int:
        """
        Let dead mails wait again that were given up for *reason*; return how many.
        """
        return self._count(_REVIVE, now=now, why=reason)

    def entries(
        self,
        states: AbstractSet[MailState],
        *,
        before: OutboxEntry | None,
        limit: int,
    ) -> Sequence[OutboxEntry]:
        """
        Return up to *limit* mails in one of *states*, the latest made first.
        """
        wanted = {"states": [state.value for state in states], "limit": limit}
        if before is None:
            statement = _SELECT_LATEST
        else:
            statement = _SELECT_EARLIER
            wanted |= {"made_at": before.created_at, "last_id": before.mail_id}
        found = self._transactions.read(
            lambda statements: statements.rows(statement, wanted)
        )
        return [rows.read_entry(row) for row in found]

    def put_back(
        self, entry: OutboxEntry, now: datetime, *, unless: str | None = None
    ) -> bool:
        """
        Let a mail be tried again at *now*, with no attempt; say whether it will be.
        """
        found = {"of_user": entry.user_id, "of_mail": entry.mail_id}
        return self._count(_PUT_BACK, now=now, unless=unless, **found) == 1

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

        A relay that has it in hand may still send it.
        """
        found = {"of_user": entry.user_id, "of_mail": entry.mail_id}
        return self._count(_DISCARD, now=now, why=reason, unless=unless, **found) == 1

    def hold(self, now: datetime, *, reason: str) -> int:
        """
        Give up every mail that waits, keep its content, and return how many.
        """
        return self._count(_HOLD, now=now, why=reason)

    def statistics(self) -> QueueStatistics:
        """
        Return how many mails wait and are dead, and since when.
        """
        return self._transactions.read(read_statistics)

    def _take(
        self, statements: Statements, due: Row[Any], until: datetime
    ) -> Claimed | None:
        claimed = Claimed(
            mail=rows.read_mail(due), attempts=due.attempts + 1, lease=self._new_id()
        )
        won = statements.row(
            _CLAIM,
            {
                "of_user": due.user_id,
                "of_mail": due.mail_id,
                "seen_attempts": due.attempts,
                "seen_due_at": due.due_at,
                "due_at": until,
                "lease": claimed.lease,
            },
        )
        return None if won is None else claimed

    def _count(self, statement: Executable, **parameters: object) -> int:
        changed = self._transactions.run(
            lambda statements: statements.rows(statement, parameters)
        )
        return len(changed)

    def _if_held(
        self, claimed: Claimed, statement: Executable = _CHANGE, **changes: object
    ) -> bool:
        held = {
            "of_user": claimed.mail.user_id,
            "of_mail": claimed.mail.id,
            "held_lease": claimed.lease,
        }
        found = self._transactions.run(
            lambda statements: statements.row(statement, held | changes)
        )
        return found is not None
