"""
How is Ctrl-C heard without cutting a user or a mail in two?
"""

import signal
from threading import Event
from types import FrameType
from typing import Final, Self, final


__all__ = ["Interruption"]

#: Ctrl-C, and what a service manager sends to stop a process.
_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM)


class _WokenError(Exception):
    pass


@final
class Interruption:
    """
    Notes the first Ctrl-C inside a ``with`` block; the second one interrupts.

    It is heard also where a shell made the process deaf to it, as shells do to
    what they start in the background.  It fits where a relay takes a `Stop`.
    """

    def __init__(self) -> None:
        self._is_asked_for = False
        self._is_waiting = False

    def __enter__(self) -> Self:
        self._before = {each: signal.signal(each, self._note) for each in _SIGNALS}
        return self

    def __exit__(self, *_: object) -> None:
        self._restore()

    def is_set(self) -> bool:
        """
        Tell whether it is asked to end.
        """
        return self._is_asked_for

    def wait(self, timeout: float | None = None) -> bool:
        """
        Wait *timeout* seconds, or less if it is to end.
        """
        try:
            self._is_waiting = True
            if not self._is_asked_for:
                Event().wait(timeout)
        except _WokenError:
            pass
        finally:
            self._is_waiting = False
        return self._is_asked_for

    def _note(self, number: int, frame: FrameType | None) -> None:
        del number, frame
        self._is_asked_for = True
        self._restore()
        if self._is_waiting:
            raise _WokenError

    def _restore(self) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)
