"""
What is old enough to go?
"""

from datetime import datetime
from typing import Protocol

from ..retention import Kept


__all__ = ["Housekeeping"]


class Housekeeping(Protocol):
    """
    What has been kept for long enough, inside a unit of work.  [S80]

    `Kept.FAILED_ATTEMPTS` are as old as the attempt, `Kept.MAILS` as the instant at
    which they were sent, given up or withdrawn; one that waits never goes.  Of
    `Kept.REQUESTS` those go whose user has a first event that is as old; of
    `Kept.HISTORY` all events but the last one of a user who is there.
    """

    def count(self, kept: Kept, before: datetime) -> int:
        """
        Return how many are older than *before*.
        """
        ...

    def forget(self, kept: Kept, before: datetime, *, limit: int) -> int:
        """
        Remove up to *limit* that are older than *before*; return how many.

        A number below *limit* says that no more was there.
        """
        ...
