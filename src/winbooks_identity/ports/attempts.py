"""
Who counts the attempts of strangers?
"""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Protocol

from ..attempts import Admitted, Attempt, Outcome


__all__ = ["Attempts"]


class Attempts(Protocol):
    """
    Limits attempts by their subject and their source.

    Whether the subject is anyone's is not known here, so the answer cannot tell.

    Raises:
        StorageBusy: by every call; nothing was counted.
        StorageNotReady, Unavailable: by every call; nothing was counted, and to call
            again does not help.
        OutcomeUnknown: by every call; it was counted or not.
    """

    def begin(self, attempt: Attempt) -> Admitted:
        """
        Count *attempt* as one that failed, until `end` says otherwise.  [S20]

        Of any number that begin at one time, no more are admitted than the limits
        let fail.

        Raises:
            TooManyAttempts: a limit is reached; nothing was counted.
        """
        ...

    def end(self, admitted: Admitted, outcome: Outcome) -> None:
        """
        Say how an attempt ended.

        One that is right is taken back, forgives those about its subject from its
        source, and makes the source known to its subject.  One whose outcome is
        unknown is taken back.  One that is wrong counts until its time is over.
        """
        ...

    def forgive(self, attempts: Iterable[Attempt]) -> None:
        """
        Forget what was counted of the subjects of *attempts*, also from their sources.

        What is counted of a source, whatever it is about, stays.  [S54]
        """
        ...

    def look(self, attempts: Iterable[Attempt]) -> Sequence[timedelta | None]:
        """
        Return for each of *attempts* in what time it would be admitted.

        None means that it would be now.  Nothing is counted, nor kept from anyone.
        """
        ...
