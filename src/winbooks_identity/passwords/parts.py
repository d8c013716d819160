"""
How does each rule of a policy read a password, one character at a time?

Each part is a small deterministic automaton. It sees a character as a *symbol*:
characters with the same symbol are the same to it. Its states are numbers;
`BROKEN` is the one that nothing leads out of.
"""

from functools import cached_property
from math import prod
from typing import Final, Protocol, final

import attrs

from .canonical import Kind, kind_of


__all__ = [
    "BROKEN",
    "CharacterSet",
    "KindCounts",
    "Part",
    "PlainStart",
    "Runs",
]

#: The state of a part whose rule is broken, whatever follows.
BROKEN: Final = -1

#: Where the count of each kind stands.
_PLACES: Final = {kind.value: place for place, kind in enumerate(Kind)}


class Part(Protocol):
    """
    A deterministic automaton over characters.
    """

    @property
    def mentioned(self) -> frozenset[str]:
        """
        Return the characters that may differ from others of their kind.
        """
        ...

    def symbol(self, character: str) -> str:
        """
        Return all that the part wants to know of *character*.
        """
        ...

    def step(self, state: int, symbol: str, repeats: bool) -> int:
        """
        Return the state behind *state*, from 0, when *symbol* comes.

        Args:
            state: a state that is not `BROKEN`.
            symbol: of the character that comes.
            repeats: whether it is the same character as the one before.
        """
        ...


@final
@attrs.frozen
class KindCounts:
    """
    Counts the characters of each kind, each up to its cap.

    The four counts are the digits of the state, in the order of `Kind`.
    """

    caps: tuple[int, ...]

    @property
    def mentioned(self) -> frozenset[str]:
        """
        Return none: only the kind matters.
        """
        return frozenset()

    def symbol(self, character: str) -> str:
        """
        Return the kind of *character*, if it has one.
        """
        kind = kind_of(character)
        return "" if kind is None else kind.value

    def step(self, state: int, symbol: str, repeats: bool) -> int:
        """
        Count one more of a kind.
        """
        if not symbol:
            return state
        place = _PLACES[symbol]
        unit, cap = self._units[place], self.caps[place]
        return state if state // unit % (cap + 1) == cap else state + unit

    @cached_property
    def _units(self) -> tuple[int, ...]:
        """
        Return what one more of each kind adds to the state.
        """
        return tuple(
            prod(cap + 1 for cap in self.caps[:place])
            for place in range(len(self.caps))
        )

    def counts(self, state: int) -> tuple[int, ...]:
        """
        Return how many of each kind *state* stands for, up to the caps.
        """
        counts: list[int] = []
        for cap in self.caps:
            state, count = divmod(state, cap + 1)
            counts.append(count)
        return tuple(counts)


@final
@attrs.frozen
class CharacterSet:
    """
    Breaks at a character that is not allowed.
    """

    allowed: frozenset[str] | None
    forbidden: frozenset[str]

    @property
    def mentioned(self) -> frozenset[str]:
        """
        Return what is allowed or forbidden by name.
        """
        return (self.allowed or frozenset()) | self.forbidden

    def symbol(self, character: str) -> str:
        """
        Tell whether *character* may occur.
        """
        in_place = self.allowed is None or character in self.allowed
        return "may" if in_place and character not in self.forbidden else ""

    def step(self, state: int, symbol: str, repeats: bool) -> int:
        """
        Stay, or break.
        """
        return state if symbol else BROKEN


@final
@attrs.frozen
class Runs:
    """
    Breaks when a character follows itself too often; the state is the run so far.
    """

    longest: int

    @property
    def mentioned(self) -> frozenset[str]:
        """
        Return none: all characters are the same.
        """
        return frozenset()

    def symbol(self, character: str) -> str:
        """
        Tell nothing: any character can be repeated.
        """
        return ""

    def step(self, state: int, symbol: str, repeats: bool) -> int:
        """
        Count the run.
        """
        run = state + 1 if repeats else 1
        return run if run <= self.longest else BROKEN


@final
@attrs.frozen
class PlainStart:
    """
    Breaks where the first character is neither a letter nor a digit.
    """

    @property
    def mentioned(self) -> frozenset[str]:
        """
        Return none: this part is for drawing from an alphabet.
        """
        return frozenset()

    def symbol(self, character: str) -> str:
        """
        Tell whether *character* may come first.
        """
        return "may" if character.isalnum() else ""

    def step(self, state: int, symbol: str, repeats: bool) -> int:
        """
        Let everything pass behind the first character.
        """
        return 1 if state or symbol else BROKEN
