"""
Which policy accepts what two policies both accept?
"""

from .breached import BreachCheck
from .policy import PasswordPolicy


__all__ = ["both"]


def both(one: PasswordPolicy, other: PasswordPolicy) -> PasswordPolicy:
    """
    Return the policy with every rule of *one* and of *other*, the stricter of each.

    Raises:
        Invalid: no password follows both; the problem names the rules that clash.
    """
    return PasswordPolicy(
        min_length=max(one.min_length, other.min_length),
        max_length=min(one.max_length, other.max_length),
        min_kinds=max(one.min_kinds, other.min_kinds),
        min_lower=max(one.min_lower, other.min_lower),
        min_upper=max(one.min_upper, other.min_upper),
        min_digits=max(one.min_digits, other.min_digits),
        min_special=max(one.min_special, other.min_special),
        max_lower=_least(one.max_lower, other.max_lower),
        max_upper=_least(one.max_upper, other.max_upper),
        max_digits=_least(one.max_digits, other.max_digits),
        max_special=_least(one.max_special, other.max_special),
        allowed_characters=_shared(one.allowed_characters, other.allowed_characters),
        forbidden_characters=one.forbidden_characters + other.forbidden_characters,
        forbidden_words=one.forbidden_words + other.forbidden_words,
        forbidden_spellings=one.forbidden_spellings + other.forbidden_spellings,
        denied=one.denied + other.denied,
        denied_spellings=one.denied_spellings + other.denied_spellings,
        max_run=_least(one.max_run, other.max_run),
        min_unfamiliar=max(one.min_unfamiliar, other.min_unfamiliar),
        word_lists=one.word_lists + other.word_lists,
        personal_words=one.personal_words or other.personal_words,
        min_strength=max(one.min_strength, other.min_strength),
        breach_check=max(
            one.breach_check, other.breach_check, key=list(BreachCheck).index
        ),
    )


def _least(one: int | None, other: int | None) -> int | None:
    numbers = [number for number in (one, other) if number is not None]
    return min(numbers, default=None)


def _shared(one: str | None, other: str | None) -> str | None:
    if one is None or other is None:
        return other if one is None else one
    return "".join(set(one) & set(other))
