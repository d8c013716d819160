"""
Whom does a change of policy hit, among those who choose passwords as people do?

Shares of all possible strings say little about people, who use few of them. So the
two policies are asked about passwords of a list: one that was made public, one that
was made up after habits, or a list of your own. Of that, no password is kept or shown
but a handful that stands on the public list anyway.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Final, NamedTuple, final

import attrs

from .breached import BreachCheck, BreachedPasswords, key_of
from .canonical import canonical
from .habits import HumanLocale, habitual
from .policy import PasswordPolicy
from .strength import StrengthEstimator


__all__ = [
    "Choice",
    "Hit",
    "habitual_choices",
    "hashed_choices",
    "hit",
    "private_choices",
    "public_choices",
]

#: How many passwords are shown each way.
_SHOWN: Final = 3

#: How many of the public list are asked.
_FREQUENT: Final = 10_000

#: How many passwords are made up for each language.
_HABITUAL: Final = 1_000

#: How many are made up to be found among hashes.
_GUESSED: Final = 50_000

_LOCALES: Final[tuple[HumanLocale, ...]] = ("nl-BE", "fr-BE")


class Choice(NamedTuple):
    """
    A password of a list, and how many people have it.

    `text` is `None` where only a hash is known that nothing was found for.
    """

    text: str | None
    people: int = 1
    may_be_shown: bool = False


@final
@attrs.frozen
class Hit:
    """
    How many people of a list a change of policy hits.

    Args:
        people: how many there are.
        accepted: how many have a password that the old policy accepts.
        refused: how many of those have one that the new policy refuses.
        admitted: how many have one that only the new policy accepts.
        unknown: how many have one of which only the hash is known.
        by_problem: how many of those who are refused break each rule, by the code
            of the problem; strength is estimated only where they break no other.
        refused_examples: passwords that are refused from now on, a handful.
        admitted_examples: passwords that are accepted from now on, a handful.
        unasked: the rules of either policy that could not be asked.
    """

    people: int
    accepted: int
    refused: int
    admitted: int
    unknown: int
    by_problem: Mapping[str, int]
    refused_examples: tuple[str, ...] = attrs.field(repr=False)
    admitted_examples: tuple[str, ...] = attrs.field(repr=False)
    unasked: tuple[str, ...]


def hit(
    old: PasswordPolicy,
    new: PasswordPolicy,
    choices: Iterable[Choice],
    *,
    estimator: StrengthEstimator | None = None,
    breached: BreachedPasswords | None = None,
) -> Hit:
    """
    Return how many people of a list the change from *old* to *new* hits.

    Nothing is known of the people themselves, so no password leans on their names.

    Args:
        old: the policy that is in force.
        new: the policy that takes its place.
        choices: the list; it is read once.
        estimator: who scores the strength; zxcvbn without it.
        breached: where leaked passwords are looked up; without it, that rule is
            left out.
    """
    judges = [_Judge(policy, estimator, breached) for policy in (old, new)]
    before, after = judges
    counts: Counter[str] = Counter()
    by_problem: Counter[str] = Counter()
    shown: dict[str, list[str]] = {"refused": [], "admitted": []}
    for text, people, may_be_shown in choices:
        counts["people"] += people
        if text is None:
            counts["unknown"] += people
            continue
        was_refused, is_refused = before.problems(text), after.problems(text)
        counts["accepted"] += people * (not was_refused)
        if bool(was_refused) == bool(is_refused):
            continue
        flip = "refused" if is_refused else "admitted"
        counts[flip] += people
        for code in is_refused:
            by_problem[code] += people
        if may_be_shown and len(shown[flip]) < _SHOWN:
            shown[flip].append(text)
    return Hit(
        people=counts["people"],
        accepted=counts["accepted"],
        refused=counts["refused"],
        admitted=counts["admitted"],
        unknown=counts["unknown"],
        by_problem=dict(by_problem.most_common()),
        refused_examples=tuple(shown["refused"]),
        admitted_examples=tuple(shown["admitted"]),
        unasked=tuple(
            dict.fromkeys(rule for judge in judges for rule in judge.unasked)
        ),
    )


def public_choices(number: int = _FREQUENT) -> Iterator[Choice]:
    """
    Yield the *number* most frequent passwords that zxcvbn ships, of up to 30,000.
    """
    for text in _public()[:number]:
        yield Choice(text, may_be_shown=True)


def habitual_choices(number: int = _HABITUAL) -> Iterator[Choice]:
    """
    Yield *number* passwords for each language that are made after people's habits.
    """
    for locale in _LOCALES:
        for text in habitual(locale, number):
            yield Choice(text, may_be_shown=True)


def private_choices(texts: Iterable[str]) -> Iterator[Choice]:
    """
    Yield a list of your own, in clear: one password after the other.
    """
    public = frozenset(_public())
    for text in texts:
        yield Choice(text, may_be_shown=text in public)


def hashed_choices(hashes: Iterable[tuple[bytes, int]]) -> Iterator[Choice]:
    """
    Yield a list of your own of which there are only hashes.

    A policy says nothing about a hash. So the public list and what is made after
    habits are looked for in it; the others are counted as unknown.

    Args:
        hashes: `breached.key_of` each password, and how many people have it.
    """
    known = {
        key_of(canonical(text)): text
        for text in (
            *(text for locale in _LOCALES for text in habitual(locale, _GUESSED)),
            *_public(),
        )
    }
    public = frozenset(_public())
    for key, people in hashes:
        text = known.get(key)
        # What is only made after habits would tell what one of your people has.
        yield Choice(text, people, may_be_shown=text in public)


@cache
def _public() -> tuple[str, ...]:
    from zxcvbn.frequency_lists import FREQUENCY_LISTS

    return tuple(FREQUENCY_LISTS["passwords"])


@final
class _Judge:
    """
    Asks one policy, without the rules that cannot be asked here.
    """

    def __init__(
        self,
        policy: PasswordPolicy,
        estimator: StrengthEstimator | None,
        breached: BreachedPasswords | None,
    ) -> None:
        looks_up = policy.breach_check is not BreachCheck.OFF
        self.unasked = tuple(
            rule
            for rule, is_unasked in (
                ("personal_words", policy.personal_words),
                ("breach_check", looks_up and breached is None),
            )
            if is_unasked
        )
        if breached is None:
            policy = attrs.evolve(policy, breach_check=BreachCheck.OFF)
        self._quick = attrs.evolve(policy, min_strength=0)
        self._policy = policy
        self._estimator = estimator
        self._breached = breached

    def problems(self, text: str) -> set[str]:
        """
        Return the code of every problem with *text*, found the cheapest way.
        """
        quick = self._quick.check(text, breached=self._breached)
        if quick or not self._policy.min_strength:
            return {problem.code for problem in quick}
        slow = self._policy.check(
            text, estimator=self._estimator, breached=self._breached
        )
        return {problem.code for problem in slow}
