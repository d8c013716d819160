"""
How do the texts of a list go on, read one letter at a time?

A list is kept as it is, in order, and texts that begin alike stand together.  So
nothing is built for a text that is never read: a list of a hundred thousand words
costs its order, and beyond that what is asked of it.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from typing import final


__all__ = ["Beginnings"]


@final
class Beginnings:
    """
    A tree of what some texts begin with; its nodes are numbers, 0 is the empty text.

    Args:
        texts: what is read; none is empty.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = sorted(texts)
        #: For each node: the texts that begin like it, from the first to before the
        #: last, and how many letters that is.
        self._spans = [(0, len(self._texts), 0)]
        self._children: dict[int, Mapping[str, int]] = {}

    def __len__(self) -> int:
        """
        Return how many nodes were built so far.
        """
        return len(self._spans)

    def is_whole(self, node: int) -> bool:
        """
        Tell whether *node* is one of the texts, and not only the beginning of some.
        """
        first, _, letters = self._spans[node]
        # Of texts that begin alike, the shortest comes first.
        return len(self._texts[first]) == letters

    def children(self, node: int) -> Mapping[str, int]:
        """
        Return the nodes behind *node*, by the letter that leads there.
        """
        found = self._children.get(node)
        if found is None:
            found = self._children[node] = self._grown(node)
        return found

    def _grown(self, node: int) -> Mapping[str, int]:
        first, end, letters = self._spans[node]
        first += self.is_whole(node)
        found: dict[str, int] = {}
        while first < end:
            letter = self._texts[first][letters]
            behind = bisect_right(
                self._texts, letter, first, end, key=lambda text: text[letters]
            )
            found[letter] = len(self._spans)
            self._spans.append((first, behind, letters + 1))
            first = behind
        return found
