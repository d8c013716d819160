"""
How are the attempts that failed kept in a table?
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, final
from uuid import UUID

import attrs
from sqlalchemy import bindparam, delete, insert, select

from ...attempts import Door, FailedAttempt
from .schema import FAILED_ATTEMPT
from .statements import Statements


__all__ = ["FailedAttempts"]

_INSERT: Final = insert(FAILED_ATTEMPT)
_SELECT: Final = (
    select(FAILED_ATTEMPT)
    .where(FAILED_ATTEMPT.c.user_id == bindparam("of_user"))
    .order_by(FAILED_ATTEMPT.c.at.desc(), FAILED_ATTEMPT.c.attempt_id.desc())
)
_FORGET: Final = delete(FAILED_ATTEMPT).where(FAILED_ATTEMPT.c.at < bindparam("before"))


@final
@attrs.frozen
class FailedAttempts:
    """
    The attempts that were not their owners', inside a transaction.
    """

    _statements: Statements

    def add(self, failed: FailedAttempt) -> None:
        """
        Store *failed*.
        """
        self._statements.run(
            _INSERT,
            {
                "attempt_id": failed.id,
                "user_id": failed.user_id,
                "door": failed.door.value,
                "source": failed.source,
                "at": failed.at,
            },
        )

    def of_user(self, user_id: UUID) -> Sequence[FailedAttempt]:
        """
        Return those about the user with that internal key, the latest first.
        """
        return [
            FailedAttempt(
                id=row.attempt_id,
                user_id=row.user_id,
                door=Door(row.door),
                source=row.source,
                at=row.at,
            )
            for row in self._statements.rows(_SELECT, {"of_user": user_id})
        ]

    def forget(self, before: datetime) -> None:
        """
        Remove all that are older than *before*.
        """
        self._statements.run(_FORGET, {"before": before})
