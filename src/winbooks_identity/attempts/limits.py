"""
How many attempts may fail, of whom, from where, in what time?
"""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from enum import Enum
from typing import Final, final

import attrs

from .attempt import Attempt, Door


__all__ = ["KNOWN_FOR", "LIMITS", "AttemptLimits", "Limit", "Scope"]

#: How long a source is known after a sign-in from there; our choice: a month, so
#: that holidays pass.
KNOWN_FOR: Final = timedelta(days=30)


@final
class Scope(Enum):
    """
    Which attempts are counted together.
    """

    #: Those about one subject that come from one source.
    BOTH = "both"
    #: Those that come from one source.
    SOURCE = "source"
    #: Those about one subject.
    SUBJECT = "subject"


@final
@attrs.frozen(kw_only=True)
class Limit:
    """
    So many attempts may fail within a time, which the first of them begins.

    Args:
        scope: which attempts are counted together.
        times: how many may fail.
        within: in what time.
        spares_known: attempts from a source that the subject signed in from are
            not counted, nor refused.
    """

    scope: Scope
    times: int = attrs.field(validator=attrs.validators.ge(1))
    within: timedelta = attrs.field(validator=attrs.validators.gt(timedelta(0)))
    spares_known: bool = False

    def counter(self, attempt: Attempt, key: bytes) -> bytes | None:
        """
        Return what *attempt* is counted under; `None` if this limit is not for it.

        It is a keyed digest, so that counters name no one.
        """
        named = [each for each in self._named(attempt) if each is not None]
        if len(named) < len(self._named(attempt)):
            return None
        # Two limits of one scope count apart.
        name = f"{self.scope.value} {self.within.total_seconds()}"
        return digest(key, [attempt.door.value, name, *named])

    def _named(self, attempt: Attempt) -> tuple[str | None, ...]:
        if self.scope is Scope.SOURCE:
            return (attempt.source,)
        if self.scope is Scope.SUBJECT:
            return (attempt.subject,)
        # Attempts from nowhere have one source.
        return (attempt.subject, attempt.source or "")


@final
@attrs.frozen
class AttemptLimits:
    """
    The limits of every door, the narrowest first.

    What a limit refuses is not counted in the wider ones.
    """

    of_door: Mapping[Door, tuple[Limit, ...]]

    def of(self, attempt: Attempt) -> Iterable[Limit]:
        """
        Return the limits for *attempt*.
        """
        return self.of_door.get(attempt.door, ())


def digest(key: bytes, parts: Iterable[str]) -> bytes:
    """
    Return a keyed digest of *parts*, of 32 bytes.
    """
    import hmac

    # Lengths first: no two lists of parts are written alike.
    written = b"".join(
        len(raw).to_bytes(4) + raw for raw in (part.encode() for part in parts)
    )
    return hmac.digest(key, written, "sha256")


_QUARTER: Final = timedelta(minutes=15)
_HOUR: Final = timedelta(hours=1)

#: What is limited unless a product says otherwise: our choice.  A password has 100
#: attempts an hour, the most that NIST SP 800-63B (5.2.2) lets fail, and ten from
#: one source; a mailbox gets five links a day.  An identity provider deactivates as
#: many users of a licence a day as one plan of a synchronisation may.
LIMITS: Final = AttemptLimits(
    {
        Door.PASSWORD: (
            Limit(scope=Scope.BOTH, times=10, within=_QUARTER),
            Limit(scope=Scope.SOURCE, times=100, within=_QUARTER),
            Limit(scope=Scope.SUBJECT, times=100, within=_HOUR, spares_known=True),
        ),
        Door.FORGOTTEN_PASSWORD: (
            Limit(scope=Scope.SOURCE, times=20, within=_HOUR),
            Limit(scope=Scope.SUBJECT, times=5, within=timedelta(days=1)),
        ),
        Door.LINK: (
            Limit(scope=Scope.SOURCE, times=30, within=_QUARTER),
            Limit(scope=Scope.SUBJECT, times=30, within=_QUARTER),
        ),
        Door.TOKEN: (Limit(scope=Scope.SOURCE, times=30, within=_QUARTER),),
        Door.DEACTIVATION: (
            Limit(scope=Scope.SUBJECT, times=100, within=timedelta(days=1)),
        ),
    }
)
