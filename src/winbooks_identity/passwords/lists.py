"""
How are forbidden words and denied passwords read, one character at a time?

Each is a part of a machine, like those in `parts`, and is built while it is read.
"""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import Final, Self, final

import attrs

from .beginnings import Beginnings
from .canonical import stands_alone
from .parts import BROKEN


__all__ = ["WholeTexts", "Words"]

#: Stands for every letter that is in none of the texts; no password has it.
_OTHER: Final = "\0"

#: The state of a text that no text of the list begins with.
_ELSEWHERE: Final = -2

#: The highest code point with an upper and a lower case, up to Unicode 17: the
#: script Adlam ends there.
_LAST_WITH_CASE: Final = 0x1E943


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


class _Reading:
    """
    What has been found out of how a text is read, for `Words`.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._begun = Beginnings(words)
        #: For each node that was reached: the longest other one that what was read
        #: ends with; `BROKEN` where a word ends there.
        self._tails = {0: 0}
        #: For each node that was left: where letters lead, but for those that lead
        #: there from the empty text too.
        self._moves: dict[int, dict[str, int]] = {0: {}}
        #: For each node: the one before it, and the letter between them.
        self._origins: dict[int, tuple[int, str]] = {}
        self._first = self._grown(0)

    def step(self, node: int, letter: str) -> int:
        """
        Return the node behind *node*, which was reached, when *letter* comes.
        """
        self._prepare(node)
        return self._reach(self._behind(node, letter))

    def _behind(self, node: int, letter: str) -> int:
        return self._moves[node].get(letter) or self._first.get(letter, 0)

    def _prepare(self, node: int) -> None:
        """
        Find out where letters lead from *node*, and from what it ends with.
        """
        new: list[int] = []
        while node not in self._moves:
            new.append(node)
            node = self._tails[node]
        for each in reversed(new):
            self._moves[each] = self._moves[node] | self._grown(each)
            node = each

    def _reach(self, node: int) -> int:
        """
        Return *node*, or `BROKEN` where a word ends there.
        """
        new: list[int] = []
        while node not in self._tails and not self._begun.is_whole(node):
            new.append(node)
            before, letter = self._origins[node]
            node = self._behind(self._tails[before], letter) if before else 0
        # Where a word ends inside another, that one is never read to its end.
        is_broken = self._tails.get(node, BROKEN) == BROKEN
        for each in reversed(new):
            self._tails[each] = BROKEN if is_broken else node
            node = each
        return BROKEN if is_broken else node

    def _grown(self, node: int) -> dict[str, int]:
        children = dict(self._begun.children(node))
        for letter, child in children.items():
            self._origins[child] = (node, letter)
        return children


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
    _letters: frozenset[str] = attrs.field(eq=False, repr=False)
    _reading: _Reading = attrs.field(eq=False, repr=False)

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
        return cls(spelled, fold, frozenset("".join(spelled)), _Reading(spelled))

    def symbol(self, character: str) -> str:
        """
        Return the letters that *character* is read as, those in no word as one.
        """
        return _symbol(character, self._letters, fold=self.fold)

    def step(self, state: int, symbol: str, repeats: bool) -> int:
        """
        Read on in every word that may have begun.
        """
        for letter in symbol:
            state = self._reading.step(state, letter)
            if state == BROKEN:
                break
        return state


@final
@attrs.frozen
class WholeTexts:
    """
    Tells whether the whole text is one of a list.
    """

    texts: frozenset[str]
    fold: bool
    _letters: frozenset[str] = attrs.field(eq=False, repr=False)
    _begun: Beginnings = attrs.field(eq=False, repr=False)

    @property
    def mentioned(self) -> frozenset[str]:
        """
        Return the letters, in either case if that is folded.
        """
        return _read_as(self._letters, fold=self.fold)

    @classmethod
    def of(cls, texts: Iterable[str], *, fold: bool) -> Self:
        """
        Return the automaton for *texts*.
        """
        spelled = frozenset(_spelled(text, fold=fold) for text in texts)
        return cls(spelled, fold, frozenset("".join(spelled)), Beginnings(spelled))

    def symbol(self, character: str) -> str:
        """
        Return the letters that *character* is read as, those in no text as one.
        """
        return _symbol(character, self._letters, fold=self.fold)

    def step(self, state: int, symbol: str, repeats: bool) -> int:
        """
        Read on in the texts that begin like that.
        """
        for letter in symbol:
            if state == _ELSEWHERE:
                break
            state = self._begun.children(state).get(letter, _ELSEWHERE)
        return state

    def is_listed(self, state: int) -> bool:
        """
        Tell whether what was read up to *state* is one of the texts.
        """
        return state >= 0 and self._begun.is_whole(state)


def _symbol(character: str, letters: frozenset[str], *, fold: bool) -> str:
    return "".join(
        letter if letter in letters else _OTHER
        for letter in _spelled(character, fold=fold)
    )
