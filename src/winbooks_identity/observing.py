"""
How does a host listen to what happens?

An observer hears of the steps in the users' lives, of sign-ins, of attempts that
failed or were refused, and of deliveries; of what the database keeps, once it does.
"""

import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Any, Protocol, TypeVar, cast, final
from uuid import UUID

import attrs

from .attempts import Admitted, Attempt, FailedAttempt, Outcome
from .dossier import LicenceNumber
from .events import Event
from .mail import relay
from .ports import Attempts, Storage, UnitOfWork
from .refusals import TooManyAttempts


__all__ = [
    "Observation",
    "ObservedAttempts",
    "ObservedStorage",
    "Observer",
    "of_delivery",
    "of_sign_in",
    "tell",
]

T = TypeVar("T")


@final
@attrs.frozen(kw_only=True)
class Observation:
    """
    What happened; no secret, no name, no address and no IP address is in it.  [S81]

    Args:
        what: ``user.`` and a `Step`, such as ``user.create``; ``sign_in``;
            ``attempt.failed`` and ``attempt.limited``; ``mail.`` and a
            `DeliveryOutcome`, such as ``mail.sent``.
        user_id: whom it is about, by their internal key.
        licence: the number of their licence.
        door: what was tried, by its name in `Door`.
        mail: the Message-ID of a mail.
        reason: the code of why it was not sent.
    """

    what: str
    user_id: UUID | None = None
    licence: LicenceNumber | None = None
    door: str | None = None
    mail: str | None = None
    reason: str | None = None

    @property
    def fields(self) -> dict[str, str]:
        """
        Return what is known besides `what`, as text.
        """
        known = attrs.asdict(self)
        del known["what"]
        return {name: str(value) for name, value in known.items() if value is not None}


class Observer(Protocol):
    """
    Listens to what happens.
    """

    def observe(self, observation: Observation) -> None:
        """
        Take note of *observation*, quickly: who caused it waits.

        It happened already, so what this raises is only a warning.
        """
        ...


def tell(observers: Iterable[Observer], observation: Observation) -> None:
    """
    Tell every one of *observers*; none of them can undo what happened.
    """
    for observer in observers:
        try:
            observer.observe(observation)
        except Exception as failure:  # noqa: BLE001  Whatever it is, it happened.
            name, kind = type(observer).__name__, type(failure).__name__
            # Where warnings are errors, it stays one that no caller sees.
            with suppress(Warning):
                warnings.warn(
                    f"the observer {name} raised {kind}", RuntimeWarning, stacklevel=2
                )


def of_sign_in(user_id: UUID, licence: LicenceNumber) -> Observation:
    """
    Return that a user signed in.
    """
    return Observation(what="sign_in", user_id=user_id, licence=licence)


def of_delivery(attempt: relay.Attempt) -> Observation:
    """
    Return what became of a mail.
    """
    what = f"mail.{attempt.outcome.name.lower()}"
    return Observation(what=what, mail=attempt.message_id, reason=attempt.reason)


def _of_event(event: Event) -> Observation:
    what = f"user.{event.step.value}"
    return Observation(what=what, user_id=event.user_id, licence=event.licence)


def _of_failed(failed: FailedAttempt) -> Observation:
    door = failed.door.value
    return Observation(what="attempt.failed", user_id=failed.user_id, door=door)


@final
@attrs.frozen
class ObservedAttempts:
    """
    Attempts whose limits *observers* hear of.
    """

    _attempts: Attempts
    _observers: Sequence[Observer]

    def begin(self, attempt: Attempt) -> Admitted:
        """
        Count *attempt*, and tell where it is refused.
        """
        try:
            return self._attempts.begin(attempt)
        except TooManyAttempts:
            door = attempt.door.value
            tell(self._observers, Observation(what="attempt.limited", door=door))
            raise

    def end(self, admitted: Admitted, outcome: Outcome) -> None:
        """
        Say how an attempt ended.
        """
        self._attempts.end(admitted, outcome)

    def forgive(self, attempts: Iterable[Attempt]) -> None:
        """
        Forget what was counted of the subjects of *attempts*.
        """
        self._attempts.forgive(attempts)

    def look(self, attempts: Iterable[Attempt]) -> Sequence[timedelta | None]:
        """
        Say when attempts would be admitted: that is no attempt.
        """
        return self._attempts.look(attempts)


@final
@attrs.frozen
class ObservedStorage:
    """
    A storage whose commits *observers* hear of: the history and the failed attempts.

    What was undone is not told, nor is what may or may not be kept.
    """

    _storage: Storage
    _observers: Sequence[Observer]

    def run(self, work: Callable[[UnitOfWork], T]) -> T:
        """
        Call *work* in a transaction, and tell what it kept.
        """
        happened: list[Observation] = []

        def observed(unit: UnitOfWork) -> T:
            happened.clear()  # It may be called again.
            return work(cast("UnitOfWork", _ObservedUnit(unit, happened.append)))

        result = self._storage.run(observed)
        for each in happened:
            tell(self._observers, each)
        return result

    def read(self, work: Callable[[UnitOfWork], T]) -> T:
        """
        Call *work*, which only reads.
        """
        return self._storage.read(work)


@final
@attrs.frozen
class _ObservedUnit:
    _unit: UnitOfWork
    _note: Callable[[Observation], None]

    def __getattr__(self, port: str) -> Any:  # noqa: ANN401  It stands for any port.
        found = getattr(self._unit, port)
        match port:
            case "history":
                return _ObservedHistory(found, self._note)
            case "failed_attempts":
                return _ObservedAttempts(found, self._note)
            case _:
                return found


@final
@attrs.frozen
class _ObservedHistory:
    _history: Any
    _note: Callable[[Observation], None]

    def __getattr__(self, method: str) -> Any:  # noqa: ANN401  Any other method.
        return getattr(self._history, method)

    def add(self, event: Event) -> None:
        self._history.add(event)
        self._note(_of_event(event))

    def add_all(self, events: Iterable[Event]) -> None:
        self._history.add_all(self._noted(events))

    def _noted(self, events: Iterable[Event]) -> Iterator[Event]:
        for event in events:
            self._note(_of_event(event))
            yield event


@final
@attrs.frozen
class _ObservedAttempts:
    _failed_attempts: Any
    _note: Callable[[Observation], None]

    def __getattr__(self, method: str) -> Any:  # noqa: ANN401  Any other method.
        return getattr(self._failed_attempts, method)

    def add(self, failed: FailedAttempt) -> None:
        self._failed_attempts.add(failed)
        self._note(_of_failed(failed))
