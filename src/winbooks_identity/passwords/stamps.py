"""
What is stored beside an accepted password: which rules were really asked?

A stamp is the fingerprint of the policy and, behind an exclamation mark, the
rules of it that could not be asked, such as a look-up that failed.
"""

from collections.abc import Iterable
from typing import Final


__all__ = ["stamp_of", "unasked_rules"]

#: Between the fingerprint of a policy and the rules that were not asked.
_UNASKED: Final = "!"


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
    fingerprint, _, rules = stamp.partition(_UNASKED)
    return fingerprint, tuple(rules.split(",")) if rules else ()
