"""
What does a new policy mean for passwords that are stored already?

Nobody knows them any more; but each carries the fingerprint of the policy that
accepted it. Where that policy accepts nothing that the new one refuses, the
password is safe, whatever it is.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from enum import Enum
from typing import NamedTuple, final

import attrs

from ..errors import Invalid
from .policy import PasswordPolicy


__all__ = ["Impact", "Outcome", "Stamp", "impact"]


class Stamp(NamedTuple):
    """
    What is kept about the policy under which a password was accepted.
    """

    licence: str
    fingerprint: str


@final
class Outcome(Enum):
    """
    What can be said of a stored password under a new policy.
    """

    #: The new policy accepts it, whatever it is.
    SAFE = "safe"
    #: The new policy may refuse it: check it when it is typed next.
    CHECK_AT_SIGN_IN = "check at sign-in"
    #: The policy that accepted it is not known, or not comparable.
    UNKNOWN = "unknown"


@final
@attrs.frozen
class Impact:
    """
    How many stored passwords have which outcome, by licence.
    """

    by_licence: Mapping[str, Mapping[Outcome, int]]

    @property
    def total(self) -> Mapping[Outcome, int]:
        """
        Return the counts over all licences.
        """
        counts = Counter(dict.fromkeys(Outcome, 0))
        for licence in self.by_licence.values():
            counts.update(licence)
        return counts


def impact(
    new: PasswordPolicy, stamps: Iterable[Stamp], known: Iterable[PasswordPolicy]
) -> Impact:
    """
    Return what *new* means for the passwords with these *stamps*.

    Args:
        new: the policy to come.
        stamps: the licence and the fingerprint of each stored password.
        known: the policies that may have accepted them.
    """
    outcomes = {policy.fingerprint: _outcome(policy, new) for policy in known}
    counts: dict[str, Counter[Outcome]] = {}
    for licence, fingerprint in stamps:
        outcome = outcomes.get(fingerprint, Outcome.UNKNOWN)
        counts.setdefault(licence, Counter(dict.fromkeys(Outcome, 0)))[outcome] += 1
    return Impact(counts)


def _outcome(old: PasswordPolicy, new: PasswordPolicy) -> Outcome:
    if old == new:
        return Outcome.SAFE
    try:
        relation = old.compare(new).relation
    except Invalid:
        return Outcome.UNKNOWN
    if relation in {"equal", "looser"} and not _asks_more(old, new):
        return Outcome.SAFE
    return Outcome.CHECK_AT_SIGN_IN


def _asks_more(old: PasswordPolicy, new: PasswordPolicy) -> bool:
    """
    Tell whether a rule that no automaton decides became stricter.

    Leaks are not among them: what had not leaked then may have leaked since.
    """
    return (
        "breach_check" in new.undecidable_rules
        or new.min_strength > old.min_strength
        or new.min_unfamiliar > old.min_unfamiliar
        or not set(new.word_lists) <= set(old.word_lists)
        or new.personal_words > old.personal_words
    )
