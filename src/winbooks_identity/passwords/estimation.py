"""
How is an estimator asked, so that it answers any text quickly and without a word of it?

zxcvbn, and what was derived from it, takes time that grows with the square of
the length and with every combination of signs that may stand for letters; it
fails on an empty text and on a line break. What is asked here is at most
`WINDOW` characters with few such signs, a few times over.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from threading import Lock
from types import MappingProxyType
from typing import Final, NamedTuple, final
from unicodedata import combining, normalize

from ..problems import Notice
from . import advice
from .held_words import where_held
from .strength import Strength


__all__ = ["ADVICE", "WINDOW", "Opinion", "ZxcvbnEstimator", "guarded"]

#: How many characters are looked at in one go. Of human-like passwords that were
#: longer, none was scored otherwise by its first 32 characters than as a whole.
WINDOW: Final = 32

#: How much of each end of a text is read to find out whether it repeats itself.
_LONGEST_END: Final = 1024

#: How many different signs that may stand for letters are tried in combination.
_MOST_SIGNS: Final = 8

#: The signs that zxcvbn 4.5 takes for letters, each with one of its letters.
_LETTERS: Final = str.maketrans("4@8({[<3691!|70$5+%2", "aabcccceggiiltosstxz")

#: The same signs as characters for private use, which stand for nothing; their
#: distances differ, so that they form no sequence either.
_STRANGERS: Final = {sign: 0xE000 + n * n for n, sign in enumerate(_LETTERS)}

#: What each sentence of zxcvbn and of its relatives says, in our words; `None` is
#: not repeated, since a policy may ask for the kinds that it calls unneeded.
ADVICE: Final = MappingProxyType[str, type[Notice] | None](
    {
        "Straight rows of keys are easy to guess.": advice.RowOfKeys,
        "Short keyboard patterns are easy to guess.": advice.KeyboardPattern,
        "Use a longer keyboard pattern with more turns.": advice.KeyboardPattern,
        'Repeats like "aaa" are easy to guess.': advice.Repeats,
        'Repeats like "abcabcabc" are only slightly harder to guess than "abc".': (
            advice.Repeats
        ),
        "Avoid repeated words and characters.": advice.Repeats,
        'Sequences like "abc" or "6543" are easy to guess.': advice.Sequences,
        "Sequences like abc or 6543 are easy to guess.": advice.Sequences,
        "Avoid sequences.": advice.Sequences,
        "Recent years are easy to guess.": advice.Years,
        "Avoid recent years.": advice.Years,
        "Avoid years that are associated with you.": advice.Years,
        "Dates are often easy to guess.": advice.Dates,
        "Avoid dates and years that are associated with you.": advice.Dates,
        "This is a top-10 common password.": advice.CommonPassword,
        "This is a top-100 common password.": advice.CommonPassword,
        "This is a very common password.": advice.CommonPassword,
        "This is similar to a commonly used password.": advice.SimilarToCommon,
        "A word by itself is easy to guess.": advice.SingleWord,
        "Names and surnames by themselves are easy to guess.": advice.Names,
        "Common names and surnames are easy to guess.": advice.Names,
        "Use a few words, avoid common phrases.": advice.FewWords,
        "No need for symbols, digits, or uppercase letters.": None,
        "Add another word or two. Uncommon words are better.": advice.AnotherWord,
        "Capitalization doesn't help very much.": advice.Capitals,
        "All-uppercase is almost as easy to guess as all-lowercase.": advice.Capitals,
        "Reversed words aren't much harder to guess.": advice.Reversed,
        "Predictable substitutions like '@' instead of 'a' don't help very much.": (
            advice.Substitutions
        ),
    }
)


class Opinion(NamedTuple):
    """
    What an estimator answers: a score, guesses, and sentences in its own words.
    """

    score: int
    guesses_log10: float
    sentences: tuple[str, ...]


def guarded(
    ask: Callable[[str, list[str]], Opinion],
    text: str,
    words: Sequence[str],
    estimator: str,
) -> Strength:
    """
    Return the strength of *text*, asking for short and harmless readings of it.

    Of a long text, the stronger of its beginning and its end counts, since a
    guesser needs both; of the readings of each, the weakest.

    Args:
        ask: the estimator; it is given 1 to `WINDOW` printable characters, and the
            words that may be in them.
        text: the password.
        words: what a guesser tries first.
        estimator: its name and version.
    """
    if len(text) > 2 * _LONGEST_END:
        text = text[:_LONGEST_END] + text[-_LONGEST_END:]
    shown = (
        text
        if text.isprintable()
        else "".join(c if c.isprintable() else " " for c in text)
    )
    if not shown:
        return Strength(0, 0.0, (advice.FewWords(),), estimator)
    once = _without_repetition(shown)
    opinion = max(
        min(
            (ask(each, where_held(words, each)) for each in _readings(window)),
            key=_guesses,
        )
        for window in _windows(once)
    )
    found: list[type[Notice] | None] = [advice.Repeats] if once != shown else []
    found += [ADVICE.get(sentence) for sentence in opinion.sentences]
    wanted = dict.fromkeys(one for one in found if one is not None)
    return Strength(
        opinion.score, opinion.guesses_log10, tuple(one() for one in wanted), estimator
    )


def _guesses(opinion: Opinion) -> float:
    return opinion.guesses_log10


def _without_repetition(text: str) -> str:
    """
    Return what *text* repeats as a whole, or *text* if it is no repetition.
    """
    return text[: (text + text).find(text, 1)]


def _windows(text: str) -> Iterator[str]:
    yield text[:WINDOW]
    if len(text) > WINDOW:
        yield text[-WINDOW:]


def _readings(window: str) -> Iterator[str]:
    plain = window
    if not window.isascii():
        plain = "".join(c for c in normalize("NFKD", window) if not combining(c))
    for reading in dict.fromkeys((window, plain[:WINDOW] or window)):
        if len(_STRANGERS.keys() & set(map(ord, reading))) <= _MOST_SIGNS:
            yield reading
        else:
            yield reading.translate(_LETTERS)
            yield reading.translate(_STRANGERS)


_one_at_a_time: Final = Lock()


@cache
def _name() -> str:
    # Reading what is installed takes an eighth of an estimate.
    from importlib.metadata import version

    return f"zxcvbn {version('zxcvbn')}"


@final
class ZxcvbnEstimator:
    """
    The package zxcvbn, which keeps the words of its last caller to itself.
    """

    def __init__(self) -> None:
        self._name = _name()

    def estimate(self, text: str, words: Sequence[str]) -> Strength:
        """
        Return the strength of *text* for a guesser who tries *words* first.
        """
        from zxcvbn import zxcvbn

        def ask(reading: str, inputs: list[str]) -> Opinion:
            # Its dictionary of the caller's words is global.
            with _one_at_a_time:
                answer = zxcvbn(reading, user_inputs=inputs)
            feedback = answer["feedback"]
            return Opinion(
                score=int(answer["score"]),
                guesses_log10=float(answer["guesses_log10"]),
                sentences=(feedback["warning"], *feedback["suggestions"]),
            )

        return guarded(ask, text, words, self._name)
