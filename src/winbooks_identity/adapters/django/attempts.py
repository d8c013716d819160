"""
How are attempts counted in the database of a Django project?

One transaction counts an attempt everywhere or nowhere.  The counters of an attempt
are locked in one order, the narrowest first, so no two transactions wait for each
other.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final, final

import attrs
from django.db import DEFAULT_DB_ALIAS
from django.db.models import F, QuerySet

from ...attempts import (
    LIMITS,
    Admitted,
    Attempt,
    AttemptLimits,
    Count,
    Outcome,
    begin,
    end,
    forgive,
    look,
)
from . import models
from .transactions import Transaction, in_transaction


__all__ = ["DjangoAttempts"]

#: How many counters that ended are thrown away with each attempt; more than one
#: attempt can make, so that they do not pile up.
_SWEPT: Final = 10


@final
class DjangoAttempts:
    """
    Counts attempts in a database of the project, for any number of processes.

    They are counted outside of atomic blocks of the host: what a block undoes would
    not count.  Every method raises what `DjangoStorage.run` raises, and
    `ImproperlyConfigured` inside such a block.

    Args:
        using: the alias of the database in ``DATABASES``.
        key: a secret from outside the database, `mail.one_time_link.KEY_LENGTH`
            bytes or more: the counters are keyed digests, so the table names no one.
        limits: how many attempts may fail.
        clock: tells the present, in UTC, in the place of the database: for tests.
    """

    def __init__(
        self,
        *,
        key: bytes,
        using: str = DEFAULT_DB_ALIAS,
        limits: AttemptLimits = LIMITS,
        clock: Callable[[], datetime] | None = None,
    ) -> None:
        self._using = using
        self._key = key
        self._limits = limits
        self._clock = clock

    def begin(self, attempt: Attempt) -> Admitted:
        """
        Count *attempt* as one that failed, until `end` says otherwise.

        Raises:
            TooManyAttempts: a limit is reached; nothing was counted.
        """

        def count(unit: Transaction) -> Admitted:
            counters = _Counters(unit, self._now(unit))
            admitted = begin(counters, attempt, limits=self._limits, key=self._key)
            counters.sweep()
            return admitted

        return in_transaction(count, using=self._using, durable=True)

    def end(self, admitted: Admitted, outcome: Outcome) -> None:
        """
        Say how an attempt ended.
        """
        if outcome is Outcome.WRONG:
            return  # It is counted already.

        def note(unit: Transaction) -> None:
            counters = _Counters(unit, self._now(unit))
            end(counters, admitted, outcome, limits=self._limits, key=self._key)

        in_transaction(note, using=self._using, durable=True)

    def forgive(self, attempts: Iterable[Attempt]) -> None:
        """
        Forget what was counted of the subjects of *attempts*.  [S54]
        """

        def note(unit: Transaction) -> None:
            counters = _Counters(unit, self._now(unit))
            forgive(counters, forgiven, limits=self._limits, key=self._key)

        forgiven = list(attempts)
        in_transaction(note, using=self._using, durable=True)

    def look(self, attempts: Iterable[Attempt]) -> Sequence[timedelta | None]:
        """
        Return for each of *attempts* in what time it would be admitted; None: now.
        """

        def read(unit: Transaction) -> list[timedelta | None]:
            counters = _Counters(unit, self._now(unit))
            return look(counters, asked, limits=self._limits, key=self._key)

        asked = list(attempts)
        return in_transaction(read, using=self._using, reads_only=True)

    def _now(self, unit: Transaction) -> datetime:
        return unit.now() if self._clock is None else self._clock()


@final
@attrs.frozen
class _Counters:
    """
    The counters in the table, inside a transaction.
    """

    _unit: Transaction
    _now: datetime

    def add(self, counter: bytes, limit: int, within: timedelta) -> Count:
        new = {"attempts": 1, "ends_at": self._now + within}
        row, is_new = self._rows.select_for_update().get_or_create(
            new, counter=counter.hex()
        )
        if is_new:
            return Count(1, within)
        if row.ends_at <= self._now:
            self._at(counter).update(**new)
            return Count(1, within)
        if row.attempts >= limit:
            return Count(limit + 1, row.ends_at - self._now)
        self._at(counter).update(attempts=row.attempts + 1)
        return Count(row.attempts + 1, row.ends_at - self._now)

    def count(self, counter: bytes) -> Count | None:
        row = self._at(counter).filter(ends_at__gt=self._now).first()
        return None if row is None else Count(row.attempts, row.ends_at - self._now)

    def take_back(self, counter: bytes) -> None:
        self._at(counter).filter(attempts__gt=0).update(attempts=F("attempts") - 1)

    def clear(self, counter: bytes) -> None:
        self._at(counter).delete()

    def mark(self, counter: bytes, within: timedelta) -> None:
        new = {"attempts": 1, "ends_at": self._now + within}
        self._rows.update_or_create(new, counter=counter.hex())

    def is_marked(self, counter: bytes) -> bool:
        return self._at(counter).filter(ends_at__gt=self._now).exists()

    def sweep(self) -> None:
        """
        Throw some counters away that ended, but for those that others hold.
        """
        ended = self._rows.filter(ends_at__lte=self._now).order_by("ends_at")
        free = ended.select_for_update(skip_locked=True).values_list("pk", flat=True)
        if found := list(free[:_SWEPT]):
            self._rows.filter(pk__in=found).delete()

    @property
    def _rows(self) -> QuerySet[models.AttemptCount]:
        return self._unit.rows(models.AttemptCount)

    def _at(self, counter: bytes) -> QuerySet[models.AttemptCount]:
        return self._rows.filter(counter=counter.hex())
