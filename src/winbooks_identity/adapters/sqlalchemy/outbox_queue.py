"""
How do relays take mails out of a table without taking the same one twice?

They look for mails that are due and then claim each one by compare and set,
which every database can do.  Where rows can be locked and skipped, relays do
not even look at the same mails.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any, Final, final
from uuid import UUID

from sqlalchemy import Engine, Row, bindparam, func, select, update

from ... import system
from ...mail.outbox import Claimed, DeadLetter, QueueStatistics
from . import rows
from .schema import OUTBOX
from .statements import Statements
from .transactions import Transactions


__all__ = ["SqlAlchemyOutboxQueue"]

_WAITING: Final = OUTBOX.c.state == "waiting"
_DEAD: Final = OUTBOX.c.state == "dead"

_SELECT_DUE: Final = (
    select(OUTBOX)
    .where(_WAITING, OUTBOX.c.due_at <= bindparam("now"))
    .order_by(OUTBOX.c.due_at)
    .limit(bindparam("limit"))
)
_LOCK_DUE: Final = _SELECT_DUE.with_for_update(skip_locked=True)

_OF_MAIL: Final = (
    (OUTBOX.c.user_id == bindparam("of_user"))
    & (OUTBOX.c.mail_id == bindparam("of_mail"))
    & _WAITING
)
_CLAIM: Final = (
    update(OUTBOX)
    .where(_OF_MAIL, OUTBOX.c.attempts == bindparam("seen_attempts"))
    .where(OUTBOX.c.due_at == bindparam("seen_due_at"))
    .returning(OUTBOX.c.mail_id)
)
_HELD: Final = (
    update(OUTBOX)
    .where(_OF_MAIL, OUTBOX.c.lease == bindparam("held_lease"))
    .returning(OUTBOX.c.mail_id)
)
_SELECT_DEAD: Final = (
    select(OUTBOX)
    .where(_DEAD)
    .order_by(OUTBOX.c.done_at.desc())
    .limit(bindparam("limit"))
)
_COUNT_WAITING: Final = select(
    func.count().label("mails"), func.min(OUTBOX.c.created_at).label("oldest")
).where(_WAITING)
_COUNT_DEAD: Final = select(func.count().label("mails")).where(_DEAD)


@final
class SqlAlchemyOutboxQueue:
    """
    The mails that wait in the database behind *engine*, seen from a relay.

    Every method raises what `SqlAlchemyStorage.run` raises.  A relay that does
    not know whether it claimed a mail finds it again when the lease has ended.

    Args:
        engine: the one of the storage.
        new_id: makes the tokens of the leases.
    """

    def __init__(
        self, engine: Engine, *, new_id: Callable[[], UUID] = system.new_id
    ) -> None:
        self._transactions = Transactions(engine)
        self._new_id = new_id
        skips_locked = self._transactions.capabilities.skips_locked
        self._select_due = _LOCK_DUE if skips_locked else _SELECT_DUE

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
        Prolong the lease of a mail.
        """
        return self._if_held(claimed, due_at=until)

    def sent(self, claimed: Claimed, now: datetime) -> bool:
        """
        Note the delivery of a mail and erase its content.
        """
        return self._if_held(
            claimed, state="sent", done_at=now, lease=None, sealed=None, recipient=None
        )

    def retry(self, claimed: Claimed, *, at: datetime, reason: str) -> bool:
        """
        Give a mail back until *at*; *reason* is a code.
        """
        return self._if_held(
            claimed, due_at=at, attempts=claimed.attempts, reason=reason, lease=None
        )

    def bury(self, claimed: Claimed, now: datetime, *, reason: str) -> bool:
        """
        Give a mail up and erase its content; *reason* is a code.
        """
        return self._if_held(
            claimed,
            state="dead",
            done_at=now,
            reason=reason,
            lease=None,
            sealed=None,
            recipient=None,
        )

    def dead_letters(self, *, limit: int) -> Sequence[DeadLetter]:
        """
        Return the mails that were given up, the latest first.
        """
        found = self._transactions.run(
            lambda statements: statements.rows(_SELECT_DEAD, {"limit": limit})
        )
        return [rows.read_dead_letter(row) for row in found]

    def statistics(self) -> QueueStatistics:
        """
        Return how many mails wait and are dead, and since when.
        """

        def count(statements: Statements) -> QueueStatistics:
            (waiting,) = statements.rows(_COUNT_WAITING)
            (dead,) = statements.rows(_COUNT_DEAD)
            return QueueStatistics(
                waiting=waiting.mails, dead=dead.mails, oldest=waiting.oldest
            )

        return self._transactions.run(count)

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
                "attempts": claimed.attempts,
                "due_at": until,
                "lease": claimed.lease,
            },
        )
        return None if won is None else claimed

    def _if_held(self, claimed: Claimed, **changes: object) -> bool:
        held = {
            "of_user": claimed.mail.user_id,
            "of_mail": claimed.mail.id,
            "held_lease": claimed.lease,
        }
        found = self._transactions.run(
            lambda statements: statements.row(_HELD, held | changes)
        )
        return found is not None
