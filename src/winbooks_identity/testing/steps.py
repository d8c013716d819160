"""
What is left when a process dies between any two steps?

A scenario wraps its ports with `Steps.watch`; each call of a port is two
steps, one before it and one behind it.  `fail_each_step` runs the scenario
again and again and lets it die one step later each time.

    def scenario(steps: Steps) -> None:
        storage = InMemoryStorage()
        with steps.until_crash():
            do_something(steps.watch(storage))
        do_something(storage)
        assert ...

    fail_each_step(scenario)
"""

from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from typing import Any, TypeVar, cast, final


__all__ = ["Crash", "Steps", "fail_each_step"]

P = TypeVar("P")


class Crash(BaseException):
    """
    The end of a process; no ``except Exception`` holds it up.
    """


@final
class Steps:
    """
    Counts the steps that watched ports take, and crashes at one of them.

    Args:
        crash_at: the number of the step, from 0.
        crash: how to die; raises `Crash` by default.
    """

    def __init__(
        self, crash_at: int, *, crash: Callable[[], None] | None = None
    ) -> None:
        self._crash_at = crash_at
        self._crash = crash or _raise
        self._taken = 0

    @property
    def crashed(self) -> bool:
        """
        Tell whether the step was reached.
        """
        return self._taken > self._crash_at

    def take(self) -> None:
        """
        Count one step, or crash.
        """
        self._taken += 1
        if self._taken == self._crash_at + 1:
            self._crash()

    def watch(self, port: P) -> P:
        """
        Return *port* such that each call of it is two steps.

        So are the calls of the ports that it hands out: those of a unit of work.
        """
        return cast("P", _Watched(port, self))

    def until_crash(self) -> AbstractContextManager[None]:
        """
        Return a context that ends without a word at the crash.
        """
        return suppress(Crash)


def fail_each_step(scenario: Callable[[Steps], None]) -> int:
    """
    Run *scenario* with a crash at each of its steps, and once without.

    Returns how many steps there were.
    """
    steps = 0
    while _crashes(scenario, Steps(steps)):
        steps += 1
    return steps


def _crashes(scenario: Callable[[Steps], None], steps: Steps) -> bool:
    scenario(steps)
    return steps.crashed


def _raise() -> None:
    raise Crash


class _Watched:
    def __init__(self, port: object, steps: Steps) -> None:
        self._port = port
        self._steps = steps

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  It stands for any port.
        found = getattr(self._port, name)
        if not callable(found):
            return _Watched(found, self._steps)

        def call(*arguments: object, **options: object) -> object:
            self._steps.take()
            result = found(*map(self._watch_work, arguments), **options)
            self._steps.take()
            return result

        return call

    def _watch_work(self, argument: object) -> object:
        """
        Return *argument*; if it is work for a storage, with its unit watched.
        """
        if not callable(argument):
            return argument

        def watched(unit: object) -> object:
            return argument(_Watched(unit, self._steps))

        return watched
