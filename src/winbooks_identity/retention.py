"""
How long is what happened kept, and what goes first?

Source: GDPR, article 5(1)(e): personal data is kept no longer than its purpose needs.
The times are our choice; each has its reason, and a product sets its own.
"""

from datetime import datetime, timedelta
from enum import Enum
from typing import Final, final

import attrs

from .attempts import KEPT_FOR


__all__ = ["Kept", "Retention"]

_LEAST: Final = timedelta(days=1)


@final
class Kept(Enum):
    """
    What is kept for a while, in the order in which it goes: personal data first.
    """

    #: Who failed to sign in, with an IP address.
    FAILED_ATTEMPTS = "failed_attempts"
    #: Mails that were sent, given up or withdrawn; the dead ones have an address.
    MAILS = "mails"
    #: The ids of creations, so that a repeated call makes no second user.
    REQUESTS = "requests"
    #: What happened to the users; what they are now is no part of it.
    HISTORY = "history"


@final
@attrs.frozen(kw_only=True)
class Retention:
    """
    How long what happened is kept.  [S80]

    Args:
        failed_attempts: 90 days by default: long enough to look into an attack.
        mails: 90 days from the day a mail was sent, given up or withdrawn: who misses
            a mail says so within weeks.
        requests: 90 days from the creation, as long as an ID that was left is held
            back: until then a repeated call returns its user.
        history: seven years, as long as the books (Belgian Code of Economic Law,
            art. III.88) to which it says who had access.  The last event of a user
            who is there stays.

    Raises:
        ValueError: a time is less than a day, or requests would outlive the history
            that tells their age.
    """

    failed_attempts: timedelta = KEPT_FOR
    mails: timedelta = timedelta(days=90)
    requests: timedelta = timedelta(days=90)
    history: timedelta = timedelta(days=7 * 366)

    def __attrs_post_init__(self) -> None:
        for kept in Kept:
            if self.of(kept) < _LEAST:
                raise ValueError(f"{kept.value} are kept for a day or longer")
        if self.requests > self.history:
            raise ValueError("requests are kept no longer than the history")

    def of(self, kept: Kept) -> timedelta:
        """
        Return how long *kept* is.
        """
        times: dict[Kept, timedelta] = {
            Kept.FAILED_ATTEMPTS: self.failed_attempts,
            Kept.MAILS: self.mails,
            Kept.REQUESTS: self.requests,
            Kept.HISTORY: self.history,
        }
        return times[kept]

    def before(self, kept: Kept, now: datetime) -> datetime:
        """
        Return the instant such that what is older goes at *now*.

        A time that reaches back beyond the calendar keeps everything.
        """
        earliest = datetime.min.replace(tzinfo=now.tzinfo)
        time = self.of(kept)
        return now - time if time < now - earliest else earliest
