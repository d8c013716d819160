"""
Which statements do the outbox of a unit of work and the queue share?
"""

from typing import Any, Final

from sqlalchemy import Select, Update, bindparam, null, select, text, update
from sqlalchemy.dialects.postgresql.base import PGDialect
from sqlalchemy.engine import Dialect
from sqlalchemy.sql.selectable import TextualSelect

from ...mail.outbox import MailKind, MailState
from .columns import Instant
from .schema import OUTBOX


__all__ = ["IS_KNOWN", "NOW_OF_SQLITE", "now_of", "select_entries", "withdrawing"]

#: Holds for mails that this version can read.  While programs are renewed one by
#: one, a newer one leaves kinds of mails here that only newer ones can send.
IS_KNOWN: Final = OUTBOX.c.kind.in_([kind.value for kind in MailKind]) & (
    OUTBOX.c.state.in_([state.value for state in MailState])
)

_NOW: Final = text("SELECT clock_timestamp() AS now").columns(now=Instant)

#: SQLite counts in milliseconds; a mail that was made in this one is due.
NOW_OF_SQLITE: Final = (
    "SELECT CAST(strftime('%s', 'now') AS INTEGER) * 1000000"
    " + CAST(substr(strftime('%f', 'now'), 4) AS INTEGER) * 1000 + 999 AS now"
)
_NOW_OF_SQLITE: Final = text(NOW_OF_SQLITE).columns(now=Instant)


def now_of(dialect: Dialect) -> TextualSelect:
    """
    Return the statement that asks the database for the present.
    """
    return _NOW if isinstance(dialect, PGDialect) else _NOW_OF_SQLITE


def select_entries() -> Select[Any]:
    """
    Return the statement that reads what an operator may see of mails.
    """
    columns = (each for each in OUTBOX.c if each.name not in {"sealed", "recipient"})
    is_kept = OUTBOX.c.sealed.is_not(None).label("is_kept")
    return select(*columns, is_kept).where(IS_KNOWN)


def withdrawing(at: str, reason: str) -> Update:
    """
    Return the statement that withdraws mails that wait or are dead.

    Args:
        at: the name of the parameter with the instant.
        reason: the name of the parameter with the code.
    """
    return (
        update(OUTBOX)
        .where(OUTBOX.c.state.in_(["waiting", "dead"]))
        .values(
            state="withdrawn",
            done_at=bindparam(at),
            reason=bindparam(reason),
            lease=null(),
            sealed=null(),
            recipient=null(),
        )
    )
