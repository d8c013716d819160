"""
What is stored beside an accepted password: which rules were really asked?

A stamp is the fingerprint of the policy and, behind an exclamation mark, the
rules of it that could not be asked, such as a look-up that failed.  While a policy is
rolled out, a sign-in adds, behind a tilde, the fingerprint of one that the password was
seen to break.
"""

from collections.abc import Iterable
from typing import Final


__all__ = ["broken_by", "stamp_of", "unasked_rules", "with_broken"]

#: Between the fingerprint of a policy and the rules that were not asked.
_UNASKED: Final = "!"

#: Before the fingerprint of a policy that the password was seen to break.
_BROKEN: Final = "~"


def stamp_of(fingerprint: str, unasked: Iterable[str]) -> str:
    """
    Return the stamp of a password that the policy with *fingerprint* accepted.

    Args:
        fingerprint: the name of the policy's rules.
        unasked: the names of those that could not be asked.
    """
    rules = ",".join(unasked)
    return fingerprint + (_UNASKED + rules if rules else "")


def unasked_rules(stamp: str) -> tuple[str, tuple[str, ...]]:
    """
    Return the fingerprint in *stamp*, and the rules that were not asked.
    """
    accepted, _, _ = stamp.partition(_BROKEN)
    fingerprint, _, rules = accepted.partition(_UNASKED)
    return fingerprint, tuple(rules.split(",")) if rules else ()


def with_broken(stamp: str, fingerprint: str) -> str:
    """
    Return *stamp* of a password that was seen to break the policy with *fingerprint*.
    """
    accepted, _, _ = stamp.partition(_BROKEN)
    return f"{accepted}{_BROKEN}{fingerprint}"


def broken_by(stamp: str) -> str:
    """
    Return the fingerprint of the policy that the password was seen to break, or "".
    """
    return stamp.partition(_BROKEN)[2]
