"""
Can a policy be met at all, and if not, which of its rules clash?
"""

from collections.abc import Iterator
from typing import ClassVar, Final

import attrs

from ..problems import Problem
from .canonical import GROWTH, MAX_RAW_LENGTH, Kind


__all__ = [
    "LEAST_MAXIMUM",
    "MOST_MAXIMUM",
    "MinimumAboveMaximum",
    "OutOfRange",
    "length_problems",
]

#: A maximum below it cuts off pass phrases (NIST SP 800-63B-4, 3.1.1.2; ASVS 6.2.9).
LEAST_MAXIMUM: Final = 64

#: The highest maximum: what `MAX_RAW_LENGTH` leaves room for.
MOST_MAXIMUM: Final = MAX_RAW_LENGTH // GROWTH


@attrs.frozen
class OutOfRange(Problem):
    """
    A number of a policy lies within the range that gives it a meaning.
    """

    code: ClassVar[str] = "password_policy.out_of_range"

    rule: str
    least: int
    most: int


@attrs.frozen
class MinimumAboveMaximum(Problem):
    """
    The shortest password of a policy is no longer than its longest.
    """

    code: ClassVar[str] = "password_policy.minimum_above_maximum"

    minimum: int
    maximum: int


def length_problems(
    min_length: int, max_length: int, min_kinds: int
) -> Iterator[Problem]:
    """
    Yield why no policy has these lengths and this number of kinds.
    """
    if not 1 <= min_length <= MOST_MAXIMUM:
        yield OutOfRange("min_length", 1, MOST_MAXIMUM)
    if not LEAST_MAXIMUM <= max_length <= MOST_MAXIMUM:
        yield OutOfRange("max_length", LEAST_MAXIMUM, MOST_MAXIMUM)
    elif min_length > max_length:
        yield MinimumAboveMaximum(min_length, max_length)
    if not 0 <= min_kinds <= len(Kind):
        yield OutOfRange("min_kinds", 0, len(Kind))
