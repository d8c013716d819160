"""
Is this password easy to guess, knowing the person, the country or the leaks?

No automaton decides these rules: comparing and counting leave them out.
"""

from collections.abc import Iterator
from functools import cache

from ..problems import Problem
from .breached import (
    BreachCheck,
    BreachedPasswords,
    Found,
    LookUp,
    NotFound,
    NotReachable,
    key_of,
)
from .canonical import counted
from .problems import (
    Breached,
    BreachUnknown,
    CommonWordFound,
    CommonWords,
    NoLeakedPasswords,
    PersonalWordFound,
    PersonalWords,
    TooWeak,
)
from .rules import Rules
from .strength import Strength, StrengthEstimator
from .words import WORD_LISTS, covered, covered_by_lists, words_of


__all__ = ["breach_problems", "guessable_problems", "strength"]


def strength(
    text: str, personal: frozenset[str], estimator: StrengthEstimator | None
) -> Strength:
    """
    Return the strength of *text* for a guesser who knows *personal* and the lists.

    Args:
        text: the password in its canonical form.
        personal: the words of `personal_words`.
        estimator: who scores it; zxcvbn without it.
    """
    if estimator is None:
        from .estimation import ZxcvbnEstimator

        estimator = ZxcvbnEstimator()
    return estimator.estimate(text, [*sorted(personal), *_common_words()])


@cache
def _common_words() -> tuple[str, ...]:
    return tuple(sorted(words_of(tuple(WORD_LISTS))))


def guessable_problems(
    policy: Rules,
    text: str,
    personal: frozenset[str],
    estimator: StrengthEstimator | None,
) -> Iterator[Problem]:
    """
    Yield how *text* leans on what a guesser knows.
    """
    if policy.min_unfamiliar or policy.refuse_familiar:
        own = covered(text, personal) if policy.personal_words else frozenset[int]()
        common = covered_by_lists(text, policy.word_lists)
        left = {c for place, c in enumerate(text) if place not in common.union(own)}
        if policy.refuse_familiar and (own or common):
            if own:
                yield PersonalWordFound()
            if common:
                yield CommonWordFound()
        elif len(left) < policy.min_unfamiliar:
            if own:
                yield PersonalWords(policy.min_unfamiliar)
            if common or not own:
                yield CommonWords(policy.min_unfamiliar)
    if policy.min_strength:
        found = strength(text, personal, estimator)
        if found.score < policy.min_strength:
            yield TooWeak(policy.min_strength)


def breach_problems(
    check: BreachCheck, text: str, breached: BreachedPasswords | None
) -> Iterator[Problem]:
    """
    Yield whether *text* has leaked, as far as *check* asks for it.

    A character that no one sees does not make another password of a leaked one.
    """
    if check is BreachCheck.OFF:
        return
    if breached is None:
        # To try again later would help no one.
        if check is BreachCheck.ALWAYS:
            yield NoLeakedPasswords()
        return
    found: LookUp = breached.look_up(key_of(text))
    seen = counted(text)
    if seen != text and isinstance(found, NotFound):
        found = breached.look_up(key_of(seen))
    match found:
        case Found():
            yield Breached()
        case NotReachable() if check is BreachCheck.ALWAYS:
            yield BreachUnknown()
        case _:
            pass
