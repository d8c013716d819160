"""
How often may anyone try what only its owner should succeed in?

A sign-in, a forgotten password and a mailed link can be tried by strangers.  Each
attempt is counted before it is looked at, by whom it is about and where it comes
from; one that succeeds is taken back.
"""

from .attempt import (
    KEPT_FOR,
    Admitted,
    Attempt,
    Door,
    FailedAttempt,
    Outcome,
    Standing,
    source_of,
)
from .counting import Count, Counters, begin, end, forgive, look
from .limits import KNOWN_FOR, LIMITS, AttemptLimits, Limit, Scope


__all__ = [
    "KEPT_FOR",
    "KNOWN_FOR",
    "LIMITS",
    "Admitted",
    "Attempt",
    "AttemptLimits",
    "Count",
    "Counters",
    "Door",
    "FailedAttempt",
    "Limit",
    "Outcome",
    "Scope",
    "Standing",
    "begin",
    "end",
    "forgive",
    "look",
    "source_of",
]
