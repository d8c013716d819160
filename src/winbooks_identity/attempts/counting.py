"""
How does an attempt pass all its limits, or none?

The way is one for every adapter; each of them only keeps the counters.
"""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Protocol, final

import attrs

from ..refusals import TooManyAttempts
from .attempt import Admitted, Attempt, Outcome, Standing
from .limits import KNOWN_FOR, AttemptLimits, Limit, Scope, digest


__all__ = ["Count", "Counters", "begin", "end", "forgive", "look"]


@final
@attrs.frozen
class Count:
    """
    How many attempts a counter has, and in what time it begins anew.
    """

    attempts: int
    ends_in: timedelta


class Counters(Protocol):
    """
    Counts under keyed digests; a counter that has ended counts from nothing.

    Each call is atomic.
    """

    def add(self, counter: bytes, limit: int, within: timedelta) -> Count:
        """
        Count one more, unless there are *limit* already; return the count.

        One that is more than *limit* says that nothing was counted.  The first of
        a counter lets it end after *within*.
        """
        ...

    def count(self, counter: bytes) -> Count | None:
        """
        Return what was counted; None for nothing, or where it has ended.
        """
        ...

    def take_back(self, counter: bytes) -> None:
        """
        Count one less, if there is any.
        """
        ...

    def clear(self, counter: bytes) -> None:
        """
        Count from nothing.
        """
        ...

    def mark(self, counter: bytes, within: timedelta) -> None:
        """
        Let *counter* stand for *within* from now, however long it had.
        """
        ...

    def is_marked(self, counter: bytes) -> bool:
        """
        Tell whether *counter* was marked and has not ended.
        """
        ...


def begin(
    counters: Counters, attempt: Attempt, *, limits: AttemptLimits, key: bytes
) -> Admitted:
    """
    Count *attempt* as one that failed, until `end` says otherwise.  [S20, S21]

    Raises:
        TooManyAttempts: a limit is reached; nothing was counted.
    """
    mark = _mark(attempt, limits, key)
    is_known = mark is not None and counters.is_marked(mark)
    is_suspect = False
    counted: list[bytes] = []
    for limit, counter in _counters(attempt, limits, key, is_known=is_known):
        count = counters.add(counter, limit.times, limit.within)
        if count.attempts > limit.times:
            for each in counted:
                counters.take_back(each)
            raise TooManyAttempts(count.ends_in)
        counted.append(counter)
        is_suspect |= (count.attempts - 1) * 4 > limit.times
    if is_known:
        return Admitted(attempt, Standing.KNOWN)
    return Admitted(attempt, Standing.SUSPECT if is_suspect else Standing.NEW)


def end(
    counters: Counters,
    admitted: Admitted,
    outcome: Outcome,
    *,
    limits: AttemptLimits,
    key: bytes,
) -> None:
    """
    Take back what *admitted* counted, unless it is wrong.  [S20]

    One that is right also forgives those about its subject from its source, and
    makes the source known to its subject.
    """
    if outcome is Outcome.WRONG:
        return
    attempt, is_right = admitted.attempt, outcome is Outcome.RIGHT
    is_known = admitted.standing is Standing.KNOWN
    for limit, counter in _counters(attempt, limits, key, is_known=is_known):
        if is_right and limit.scope is Scope.BOTH:
            counters.clear(counter)
        else:
            counters.take_back(counter)
    mark = _mark(attempt, limits, key)
    if is_right and mark is not None:
        counters.mark(mark, KNOWN_FOR)


def forgive(
    counters: Counters,
    attempts: Iterable[Attempt],
    *,
    limits: AttemptLimits,
    key: bytes,
) -> None:
    """
    Forget what was counted of the subjects of *attempts*, also from their sources.

    What is counted of a source whatever it is about stays.  [S54]
    """
    for attempt in attempts:
        for limit, counter in _counters(attempt, limits, key, is_known=False):
            if limit.scope is not Scope.SOURCE:
                counters.clear(counter)


def look(
    counters: Counters,
    attempts: Iterable[Attempt],
    *,
    limits: AttemptLimits,
    key: bytes,
) -> list[timedelta | None]:
    """
    Return for each of *attempts* when it would be admitted, and count none.

    That is the longest time that a full limit has left; None means now.
    """
    found: list[timedelta | None] = []
    for attempt in attempts:
        mark = _mark(attempt, limits, key)
        is_known = mark is not None and counters.is_marked(mark)
        full = [
            count.ends_in
            for limit, counter in _counters(attempt, limits, key, is_known=is_known)
            if (count := counters.count(counter)) and count.attempts >= limit.times
        ]
        found.append(max(full, default=None))
    return found


def _counters(
    attempt: Attempt, limits: AttemptLimits, key: bytes, *, is_known: bool
) -> Iterator[tuple[Limit, bytes]]:
    for limit in limits.of(attempt):
        counter = limit.counter(attempt, key)
        if counter is not None and not (is_known and limit.spares_known):
            yield limit, counter


def _mark(attempt: Attempt, limits: AttemptLimits, key: bytes) -> bytes | None:
    """
    Return what says that the source of *attempt* is known to its subject.

    `None` where no limit asks for it, or there is no source.
    """
    if attempt.source is None or attempt.subject is None:
        return None
    if not any(limit.spares_known for limit in limits.of(attempt)):
        return None
    return digest(key, [attempt.door.value, "known", attempt.subject, attempt.source])
