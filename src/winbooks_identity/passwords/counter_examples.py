"""
Which password does a policy accept, although a clause of a standard names it?

A clause is met where there is none.  It is decided by the rules, so a clause counts as
met only where the policy refuses all that the clause names; the example is for people
to see what gets through.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final, NamedTuple

import attrs

from ..errors import Invalid
from .alphabet import UNAMBIGUOUS
from .breached import BreachCheck
from .canonical import Kind
from .checking import broken_rules
from .comparison import PolicyComparison
from .guessable import guessable_problems
from .rules import Rules
from .words import personal_words
from .work import MAX_WORK, Work


__all__ = ["DECISIONS", "Decision"]


class Decision(NamedTuple):
    """
    Whether a clause is met; if not, an accepted password that it names, if one is known.

    `person` is whose name the password has, if that matters.
    """

    is_met: bool
    example: str = ""
    person: str = ""


_MET: Final = Decision(is_met=True)

#: How much work one clause may be; a standard has two that are searched for.
_MOST_WORK: Final = MAX_WORK // 2

#: An invented person, whose name and firm others know.
_PERSON: Final = ("Jan", "Peeters", "Fiduciaire Peeters")
_NAME: Final = "Peeters"
_FULL_NAME: Final = "Jan Peeters"

#: The lists of words that are in a dictionary, with one word of each.
_DICTIONARIES: Final = {"nl-BE": "Wachtwoord", "fr-BE": "Bienvenue", "en": "Password"}

#: All that is drawn from, in an order in which no two neighbours belong together.
_MIXED: Final = "".join(
    UNAMBIGUOUS[29 * place % len(UNAMBIGUOUS)] for place in range(len(UNAMBIGUOUS))
)

_LENGTHS: Final = (12, 16, 20, 24, 32, 48, 64)


def _min_length(policy: Rules, needed: int) -> Decision:
    if max(policy.min_length, policy.min_unfamiliar) >= needed:
        return _MET
    return _without(policy, _changed(policy, min_length=needed))


def _kinds(policy: Rules, needed: int) -> Decision:
    demanded = sum(policy.minimum_of(kind) > 0 for kind in Kind)
    if max(policy.min_kinds, demanded) >= needed:
        return _MET
    return _without(policy, _changed(policy, min_kinds=needed))


def _without(policy: Rules, asked: Rules) -> Decision:
    """
    Return whether *policy* refuses all that *asked* refuses.
    """
    try:
        example = PolicyComparison(policy, asked, Work(_MOST_WORK)).refused_example
    except Invalid:
        # Too large to search: what cannot be shown is not claimed.
        return Decision(is_met=False)
    if example is None:
        return _MET
    unguessable = (
        text for text in _beside(policy, "") if any(broken_rules(asked, text))
    )
    return Decision(
        is_met=False, example=_first_accepted(policy, (example, *unguessable))
    )


def _max_length(policy: Rules, needed: int) -> Decision:
    most = [policy.maximum_of(kind) for kind in Kind]
    room = sum(policy.max_length if one is None else one for one in most)
    return Decision(is_met=min(policy.max_length, room) >= needed)


def _no_composition(policy: Rules, _: int) -> Decision:
    # Rev. 3 of SP 800-63B names runs among the rules about composition.
    asks_for_kinds = policy.min_kinds or any(
        policy.minimum_of(kind) or policy.maximum_of(kind) is not None for kind in Kind
    )
    is_free = not asks_for_kinds and policy.max_run is None
    return Decision(is_met=is_free and _all_characters(policy, 0).is_met)


def _all_characters(policy: Rules, _: int) -> Decision:
    # A word of one letter, and no letter of a kind, are characters that are refused.
    words = policy.forbidden_words + policy.forbidden_spellings
    return Decision(
        is_met=policy.allowed_characters is None
        and not policy.forbidden_characters
        and all(len(word) > 1 for word in words)
        and all(policy.maximum_of(kind) != 0 for kind in Kind)
    )


def _blocklist(policy: Rules, _: int) -> Decision:
    # "If reachable" lets a leaked password pass while the service is down.
    return Decision(is_met=policy.breach_check is BreachCheck.ALWAYS)


def _personal_words(policy: Rules, _: int) -> Decision:
    if policy.personal_words and policy.refuse_familiar:
        return _MET
    example = _first_accepted(policy, _beside(policy, _NAME))
    return Decision(is_met=False, example=example, person=_FULL_NAME)


def _context_words(policy: Rules, needed: int) -> Decision:
    if "products" in policy.word_lists and policy.refuse_familiar:
        return _personal_words(policy, needed)
    example = _first_accepted(policy, _beside(policy, "Winbooks"))
    return Decision(is_met=False, example=example)


def _no_dictionary_words(policy: Rules, needed: int) -> Decision:
    is_counted = policy.min_unfamiliar >= needed or policy.refuse_familiar
    if is_counted and _DICTIONARIES.keys() <= set(policy.word_lists):
        return _MET
    others = UNAMBIGUOUS[-1:] + "27"
    texts = (
        word * times + others[:most]
        for times in range(1, 9)
        for word in _DICTIONARIES.values()
        for most in range(needed)
    )
    return Decision(is_met=False, example=_first_accepted(policy, texts))


#: By topic: what a clause about it, with the number that it asks for, finds.
DECISIONS: Final[dict[str, Callable[[Rules, int], Decision]]] = {
    "min_length": _min_length,
    "max_length": _max_length,
    "no_composition": _no_composition,
    "kinds": _kinds,
    "blocklist": _blocklist,
    "context_words": _context_words,
    "no_dictionary_words": _no_dictionary_words,
    "personal_words": _personal_words,
    "all_characters": _all_characters,
    # `canonical` does it for every policy.
    "normalised": lambda _policy, _needed: _MET,
}


def _changed(policy: Rules, **rules: int) -> Rules:
    """
    Return *policy* with other *rules*, not checked for whether they make sense.
    """
    values: dict[str, Any] = {
        field.name: getattr(policy, field.name) for field in attrs.fields(Rules)
    }
    values.update(rules)
    return Rules(**values)


def _beside(policy: Rules, word: str) -> Iterator[str]:
    """
    Yield texts with *word* and what no one would guess.
    """
    allowed = _MIXED if policy.allowed_characters is None else policy.allowed_characters
    rest = "".join(c for c in allowed if c not in policy.forbidden_characters)
    for length in sorted({policy.min_length, *_LENGTHS, policy.max_length}):
        for others in (rest, "".join(filter(str.isalnum, rest))):
            filling = (others * length)[: max(0, length - len(word))]
            yield word + filling
            yield filling + word


def _first_accepted(policy: Rules, texts: Iterable[str]) -> str:
    """
    Return the first of *texts* that *policy* accepts, for the invented person.
    """
    known = personal_words(_PERSON)
    for text in texts:
        is_broken = any(broken_rules(policy, text))
        if not is_broken and not any(guessable_problems(policy, text, known, None)):
            return text
    return ""
