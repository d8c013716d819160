"""
Where do time, chance and fresh identifiers come from?

This is the one module that reads the clock, draws and makes identifiers;
everything else is handed all three.
"""

import os
import time
from datetime import UTC, datetime
from uuid import UUID, uuid4


__all__ = ["elapsed", "new_id", "now", "random_fraction"]


def now() -> datetime:
    """
    Return the present in UTC.
    """
    return datetime.now(UTC)


def elapsed() -> float:
    """
    Return the seconds since any moment; a clock that is set does not change it.
    """
    return time.monotonic()


def new_id() -> UUID:
    """
    Return a random identifier (RFC 9562, version 4).

    Random ones spread evenly over the machines of a storage that is split by
    ranges of keys; the ordered ones of version 7 would all go to the last.
    """
    return uuid4()


def random_fraction() -> float:
    """
    Return a number from 0 up to 1, by chance.
    """
    return int.from_bytes(os.urandom(4)) / 2**32
