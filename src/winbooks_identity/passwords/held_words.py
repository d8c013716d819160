"""
Which words need an estimator not try, as a password cannot hold them?

An estimator that is handed four hundred words for each password spends half of its
time on their dictionary.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import filterfalse, repeat
from typing import Final

from .words import ROUGHLY, WORD_LISTS, words_of


__all__ = ["where_held"]

#: No word of a list is shorter.
_BEGINNING: Final = 3


def where_held(words: Sequence[str], text: str) -> list[str]:
    """
    Return *words* in their places, blank where *text* cannot hold the one of a list.

    An estimator finds the same in it, and has less to prepare.  It ranks a word by its
    place, and looks for it in either case, backwards, and behind the usual signs; words
    that are in none of `WORD_LISTS` all stay.
    """
    absent = _listed().difference(_held(text), _held(text[::-1]))
    found: list[str] = []
    for word in filterfalse(absent.__contains__, words):
        place = words.index(word, len(found))
        found += [*repeat("", place - len(found)), word]
    return found


def _held(text: str) -> Iterator[str]:
    """
    Yield each word of the lists that *text* holds, roughly read.
    """
    rough, beginning_with = text.lower().translate(ROUGHLY), _by_their_beginning()
    for start in range(len(rough)):
        beginning = rough[start : start + _BEGINNING]
        for spelled, word in beginning_with.get(beginning, ()):
            if rough.startswith(spelled, start):
                yield word


@cache
def _by_their_beginning() -> Mapping[str, Sequence[tuple[str, str]]]:
    """
    Return every word of the lists, and before it how it is roughly read.
    """
    found: dict[str, list[tuple[str, str]]] = {}
    for word in _listed():
        spelled = word.translate(ROUGHLY)
        found.setdefault(spelled[:_BEGINNING], []).append((spelled, word))
    return found


def _listed() -> frozenset[str]:
    return words_of(tuple(WORD_LISTS))
