"""
How does each rule of a policy read a password, one character at a time?

Each part is a small deterministic automaton. It sees a character as a *symbol*:
characters with the same symbol are the same to it. Its states are numbers;
`BROKEN` is the one that nothing leads out of.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from math import prod
from typing import Final, Protocol, Self, final

import attrs

from .canonical import Kind, kind_of, stands_alone


__all__ = [
    "BROKEN",
    "CharacterSet",
    "KindCounts",
    "Part",
    "PlainStart",
    "Runs",
    "WholeTexts",
    "Words",
]

#: The state of a part whose rule is broken, whatever follows.
BROKEN: Final = -1

#: Where the count of each kind stands.
_PLACES: Final = {kind.value: place for place, kind in enumerate(Kind)}

#: Stands for every letter that is in none of the words; no password has it.
_OTHER: Final = "\0"

#: The highest code point with an upper and a lower case, up to Unicode 17: the
#: script Adlam ends there.
_LAST_WITH_CASE: Final = 0x1E943


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


def _spelled(text: str, *, fold: bool) -> str:
    return text.casefold() if fold else text


def _read_as(letters: frozenset[str], *, fold: bool) -> frozenset[str]:
    if not fold:
        return letters
    return letters.union(*(_unfolded().get(letter, ()) for letter in letters))


@cache
def _unfolded() -> dict[str, set[str]]:
    """
    Return, for each letter of a folded text, the other characters it comes from.
    """
    origins: defaultdict[str, set[str]] = defaultdict(set)
    for point in range(_LAST_WITH_CASE + 1):
        character = chr(point)
        folded = character.casefold()
        if folded != character and stands_alone(character):
            for letter in folded:
                origins[letter].add(character)
    return dict(origins)


@final
@attrs.frozen
class Words:
    """
    Breaks when one of the words has been read (Aho and Corasick, 1975).

    A character whose case is folded may be several letters, such as ß; they
    are read one after the other.
    """

    words: frozenset[str]
    fold: bool
    _nodes: tuple[dict[str, int], ...] = attrs.field(eq=False, repr=False)
    _tails: tuple[int, ...] = attrs.field(eq=False, repr=False)
    _letters: frozenset[str] = attrs.field(eq=False, repr=False)

    @property
    def mentioned(self) -> frozenset[str]:
        """
        Return the letters, in either case if that is folded.
        """
        return _read_as(self._letters, fold=self.fold)

    @classmethod
    def of(cls, words: Iterable[str], *, fold: bool) -> Self:
        """
        Return the automaton for *words*.
        """
        spelled = frozenset(_spelled(word, fold=fold) for word in words)
        nodes: list[dict[str, int]] = [{}]
        for word in sorted(spelled):
            node = 0
            for letter in word[:-1]:
                # A word that begins with another one is never read to its end.
                if node != BROKEN:
                    node = _child(nodes, node, letter)
            if node != BROKEN:
                nodes[node][word[-1]] = BROKEN
        tails = _with_tails(nodes)
        return cls(spelled, fold, tuple(nodes), tails, frozenset("".join(spelled)))

    def symbol(self, character: str) -> str:
        """
        Return the letters that *character* is read as, those in no word as one.
        """
        return "".join(
            letter if letter in self._letters else _OTHER
            for letter in _spelled(character, fold=self.fold)
        )

    def step(self, state: int, symbol: str, repeats: bool) -> int:
        """
        Read on in every word that may have begun.
        """
        for letter in symbol:
            while state and letter not in self._nodes[state]:
                state = self._tails[state]
            state = self._nodes[state].get(letter, 0)
            if state == BROKEN:
                break
        return state


def _child(nodes: list[dict[str, int]], node: int, letter: str) -> int:
    child = nodes[node].setdefault(letter, len(nodes))
    if child == len(nodes):
        nodes.append({})
    return child


def _with_tails(nodes: list[dict[str, int]]) -> tuple[int, ...]:
    """
    Return for each node the longest other one that what was read ends with.

    Where that one breaks, the node breaks too: a word ends inside another.
    """
    tails = [0] * len(nodes)
    for node in _by_depth(nodes):
        for letter, child in nodes[node].items():
            tail = tails[node]
            while tail and letter not in nodes[tail]:
                tail = tails[tail]
            behind = nodes[tail].get(letter, 0) if node else 0
            if behind == BROKEN:
                nodes[node][letter] = BROKEN
            elif child != BROKEN:
                tails[child] = behind
    return tuple(tails)


def _by_depth(nodes: list[dict[str, int]]) -> Iterator[int]:
    layer = [0]
    while layer:
        yield from layer
        layer = [
            child for node in layer for child in nodes[node].values() if child != BROKEN
        ]


@final
@attrs.frozen
class WholeTexts:
    """
    Tells whether the whole text is one of a list.
    """

    texts: frozenset[str]
    fold: bool
    _nodes: tuple[dict[str, int], ...] = attrs.field(eq=False, repr=False)
    _letters: frozenset[str] = attrs.field(eq=False, repr=False)
    ends: frozenset[int] = attrs.field(eq=False, repr=False)

    @property
    def mentioned(self) -> frozenset[str]:
        """
        Return the letters, in either case if that is folded.
        """
        return _read_as(self._letters, fold=self.fold)

    @classmethod
    def of(cls, texts: Iterable[str], *, fold: bool) -> Self:
        """
        Return the automaton for *texts*; its state 1 is for all others.
        """
        spelled = frozenset(_spelled(text, fold=fold) for text in texts)
        prefixes = {text[:end] for text in spelled for end in range(len(text) + 1)}
        ordered = ["", None, *sorted(prefixes - {""})]
        numbers = {prefix: n for n, prefix in enumerate(ordered)}
        nodes: list[dict[str, int]] = [{} for _ in ordered]
        for prefix in prefixes - {""}:
            nodes[numbers[prefix[:-1]]][prefix[-1]] = numbers[prefix]
        return cls(
            spelled,
            fold,
            tuple(nodes),
            frozenset("".join(spelled)),
            frozenset(numbers[text] for text in spelled),
        )

    def symbol(self, character: str) -> str:
        """
        Return the letters that *character* is read as, those in no text as one.
        """
        return "".join(
            letter if letter in self._letters else _OTHER
            for letter in _spelled(character, fold=self.fold)
        )

    def step(self, state: int, symbol: str, repeats: bool) -> int:
        """
        Read on in the texts that begin like that.
        """
        for letter in symbol:
            state = self._nodes[state].get(letter, 1)
        return state
