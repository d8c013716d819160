"""
How are the mails of a table counted, without a look at each that was ever sent?
"""

from typing import Final

from sqlalchemy import func, select

from ...mail.outbox import QueueStatistics
from .schema import OUTBOX
from .statements import Statements


__all__ = ["read_statistics"]

_COUNT_WAITING: Final = select(
    func.count().label("mails"),
    func.min(OUTBOX.c.created_at).label("oldest"),
    func.min(OUTBOX.c.due_at).label("next_try"),
).where(OUTBOX.c.state == "waiting")
_COUNT_DEAD: Final = (
    select(OUTBOX.c.reason, func.count().label("mails"))
    .where(OUTBOX.c.state == "dead")
    .group_by(OUTBOX.c.reason)
)
#: SQLite takes the index of what is done only where it reads that something is.
_LAST_SENT: Final = select(func.max(OUTBOX.c.done_at).label("at")).where(
    OUTBOX.c.state == "sent", OUTBOX.c.done_at.is_not(None)
)


def read_statistics(statements: Statements) -> QueueStatistics:
    """
    Return how many mails wait and are dead, since when, and why.
    """
    (waiting,) = statements.rows(_COUNT_WAITING)
    dead = statements.rows(_COUNT_DEAD)
    (last_sent,) = statements.rows(_LAST_SENT)
    return QueueStatistics(
        waiting=waiting.mails,
        dead=sum(row.mails for row in dead),
        reasons={row.reason or "": row.mails for row in dead},
        last_sent=last_sent.at,
        oldest=waiting.oldest,
        next_try=waiting.next_try,
    )
