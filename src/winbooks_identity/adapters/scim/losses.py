"""
How many users may an identity provider take away in a day?
"""

from collections.abc import Generator
from contextlib import contextmanager
from typing import Final

from ...attempts import Admitted, Attempt, Door, Outcome
from ...dossier import LicenceNumber
from ...ports import Attempts
from ...synchronisation.guards import Limits


__all__ = ["counted"]

#: A tenth of an office a day, three at least, and a hundred at most.
_LIMITS: Final = Limits()


@contextmanager
def counted(
    attempts: Attempts | None, licence: LicenceNumber, size: int, *, is_lost: bool
) -> Generator[None, None, None]:
    """
    Count a user who is lost, so that a mistake does not deactivate all.  [Q17, S62]

    The attempts of a day are the whole of what a plan of a synchronisation may touch:
    in an office of ten each user takes a third of them.

    Args:
        attempts: counts them; `None` sets no limit.
        licence: the licence of the user.
        size: how many users it has.
        is_lost: whether the block takes a user away; others are not counted.

    Raises:
        TooManyAttempts: too many were lost today; the block is not entered.
    """
    if attempts is None or not is_lost:
        yield
        return
    attempt = Attempt(door=Door.DEACTIVATION, subject=licence, source=None)
    admitted: list[Admitted] = []
    try:
        for _ in range(_LIMITS.count // _LIMITS.allowed(size)):
            admitted.append(  # noqa: PERF401  A refusal takes these back.
                attempts.begin(attempt)
            )
        yield
    except BaseException:
        for each in admitted:
            attempts.end(each, Outcome.UNKNOWN)
        raise
