"""
How is Ctrl-C heard without cutting a user in two?
"""

import signal
from types import FrameType
from typing import Self, final


__all__ = ["Interruption"]


@final
class Interruption:
    """
    Notes the first Ctrl-C inside a ``with`` block; the second one interrupts.
    """

    def __init__(self) -> None:
        self.is_asked_for: bool = False

    def __enter__(self) -> Self:
        self._before = signal.signal(signal.SIGINT, self._note)
        return self

    def __exit__(self, *_: object) -> None:
        signal.signal(signal.SIGINT, self._before)

    def _note(self, number: int, frame: FrameType | None) -> None:
        del number, frame
        self.is_asked_for = True
        signal.signal(signal.SIGINT, self._before)
