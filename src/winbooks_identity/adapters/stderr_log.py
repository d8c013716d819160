"""
How does a program on the command line write what happens to standard error?
"""

import logging
import sys
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from typing import Final

from ..observing import Observer
from .log_observer import LogObserver


__all__ = ["logging_to_stderr", "observers"]

_LOGGER: Final = logging.getLogger("winbooks_identity.cli")

_FORMAT: Final = "%(asctime)s %(levelname)s %(message)s"


@contextmanager
def logging_to_stderr(*, asked: bool) -> Generator[None]:
    """
    Write what happens to standard error, a line each, if that is *asked*.

    Neither a secret nor an address is in it; see `Observation`.  [S81]
    """
    if not asked:
        yield
        return
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter(_FORMAT))
    level = _LOGGER.level
    _LOGGER.addHandler(handler)
    _LOGGER.setLevel(logging.INFO)
    try:
        yield
    finally:
        _LOGGER.removeHandler(handler)
        _LOGGER.setLevel(level)


def observers() -> Sequence[Observer]:
    """
    Return what listens to what happens: the log, where one is written.
    """
    is_on = _LOGGER.isEnabledFor(logging.INFO)
    return (LogObserver(_LOGGER),) if is_on else ()
