"""
What does a new policy mean for passwords that are stored already?

No one knows them; but each carries the fingerprint of the policy that
accepted it. Where that policy accepts nothing that the new one refuses, the
password is safe, whatever it is.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from enum import Enum
from typing import NamedTuple, final

import attrs

from ..errors import Invalid
from .comparison import PolicyComparison
from .notation import fingerprint
from .rules import UNASKED, Rules
from .stamps import broken_by, unasked_rules
from .undecided import heuristic_relation
from .work import MAX_WORK, Work


__all__ = ["Impact", "Stamp", "StoredPasswordOutcome", "impact"]


class Stamp(NamedTuple):
    """
    What is kept about the policy under which a password was accepted.

    `fingerprint` is the stored stamp: the fingerprint of the policy and, behind
    it, the rules of it that could not be asked; see `judge.Verdict`.
    """

    licence: str
    fingerprint: str


@final
class StoredPasswordOutcome(Enum):
    """
    What can be said of a stored password under a new policy.
    """

    #: The new policy accepts it, whatever it is.
    SAFE = "safe"
    #: It was seen to break the new policy when it was typed.
    BREAKS = "breaks"
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

    by_licence: Mapping[str, Mapping[StoredPasswordOutcome, int]]

    @property
    def total(self) -> Mapping[StoredPasswordOutcome, int]:
        """
        Return the counts over all licences.
        """
        counts = Counter(dict.fromkeys(StoredPasswordOutcome, 0))
        for licence in self.by_licence.values():
            counts.update(licence)
        return counts


def impact(
    new: Rules,
    stamps: Iterable[Stamp] | Mapping[Stamp, int],
    known: Iterable[Rules],
) -> Impact:
    """
    Return what *new* means for the passwords with these *stamps*.

    Args:
        new: the policy to come.
        stamps: the licence and the fingerprint of each stored password, or how
            many passwords have each.
        known: the policies that may have accepted them.
    """
    numbers = Counter(stamps)
    accepted_by = {fingerprint(policy): policy for policy in known}
    stored = {stamp.fingerprint for stamp in numbers}
    # All comparisons together are as much work as one that is asked for by itself.
    most = MAX_WORK // max(1, len(stored))
    outcomes = {each: _outcome(accepted_by, each, new, most) for each in stored}
    counts: dict[str, Counter[StoredPasswordOutcome]] = {}
    for stamp, number in numbers.items():
        of_licence = counts.setdefault(
            stamp.licence, Counter(dict.fromkeys(StoredPasswordOutcome, 0))
        )
        of_licence[outcomes[stamp.fingerprint]] += number
    return Impact(counts)


def _outcome(
    accepted_by: Mapping[str, Rules], stored: str, new: Rules, most: int
) -> StoredPasswordOutcome:
    accepting, unasked = unasked_rules(stored)
    old = accepted_by.get(accepting)
    if broken_by(stored) == fingerprint(new):
        return StoredPasswordOutcome.BREAKS
    if old is None:
        return StoredPasswordOutcome.UNKNOWN
    if unasked:
        # As if the policy that accepted it did not have these rules.
        asked = {field.name: getattr(old, field.name) for field in attrs.fields(Rules)}
        old = Rules(**asked | {rule: UNASKED[rule] for rule in unasked})
    elif accepting == fingerprint(new):
        return StoredPasswordOutcome.SAFE
    try:
        is_refused = PolicyComparison(old, new, Work(most)).newly_refused is not None
    except Invalid:
        return StoredPasswordOutcome.UNKNOWN
    # What had not leaked when it was accepted may have leaked since.
    may_have_leaked = "breach_check" in new.undecidable_rules
    is_wider = not is_refused and heuristic_relation(old, new) in {"equal", "looser"}
    return (
        StoredPasswordOutcome.SAFE
        if is_wider and not may_have_leaked
        else StoredPasswordOutcome.CHECK_AT_SIGN_IN
    )
