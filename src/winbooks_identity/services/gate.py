"""
How does every door ask before it opens, and tell when it does not?
"""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import datetime
from typing import final
from uuid import UUID

import attrs

from ..attempts import Admitted, Attempt, Door, Outcome, Standing
from ..ports import Attempts, Storage
from ..refusals import LinkRefused, SignInRefused


__all__ = ["Gate", "Trial"]


@final
@attrs.define
class Trial:
    """
    An attempt that is looked at, and whom it is about, once that is known.
    """

    standing: Standing
    user_id: UUID | None = None


@final
@attrs.frozen(kw_only=True)
class Gate:
    """
    Counts attempts before they are looked at, and keeps those that failed.

    Args:
        attempts: limits attempts; without it, none is refused.
        storage: where failed attempts are kept.
        clock: tells the present, in UTC.
        new_id: makes an identifier that nothing else has.
    """

    attempts: Attempts | None
    storage: Storage
    clock: Callable[[], datetime]
    new_id: Callable[[], UUID]

    @contextmanager
    def attempt(
        self, door: Door, *, subject: str | None, source: str | None
    ) -> Generator[Trial]:
        """
        Try *door* inside the block, which raises where it does not open.  [S20, S22]

        Where it raises `SignInRefused` or `LinkRefused`, the attempt failed, which is
        kept.  What else it raises says nothing about the person who tries.

        Raises:
            TooManyAttempts: the block was not begun.
        """
        attempt = Attempt(door=door, subject=subject, source=source)
        admitted = self._begin(attempt)
        trial = Trial(admitted.standing)
        try:
            yield trial
        except (SignInRefused, LinkRefused):
            self._end(admitted, Outcome.WRONG)
            self._keep(attempt, trial)
            raise
        except BaseException:
            self._end(admitted, Outcome.UNKNOWN)
            raise
        self._end(admitted, Outcome.RIGHT)

    @contextmanager
    def request(
        self, door: Door, *, subject: str, source: str | None
    ) -> Generator[None]:
        """
        Count a request that anyone may make, but not often; the block makes it.

        Raises:
            TooManyAttempts: the block was not begun.
        """
        admitted = self._begin(Attempt(door=door, subject=subject, source=source))
        try:
            yield
        except BaseException:
            self._end(admitted, Outcome.UNKNOWN)
            raise

    def _begin(self, attempt: Attempt) -> Admitted:
        if self.attempts is None:
            return Admitted(attempt, Standing.NEW)
        return self.attempts.begin(attempt)

    def _end(self, admitted: Admitted, outcome: Outcome) -> None:
        if self.attempts is not None:
            self.attempts.end(admitted, outcome)

    def _keep(self, attempt: Attempt, trial: Trial) -> None:
        failed = attempt.failed(
            attempt_id=self.new_id(), user_id=trial.user_id, at=self.clock()
        )
        self.storage.run(lambda unit: unit.failed_attempts.add(failed))
