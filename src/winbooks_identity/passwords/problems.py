"""
What can be wrong with a password?

Every parameter is a limit or a count: no problem repeats a part of what was
typed, and what was counted in it stays out of ``repr``.  [R13, R19]
"""

from typing import ClassVar

import attrs

from ..problems import Problem, observed


__all__ = [
    "ControlCharacter",
    "NotUnicode",
    "TooFewKinds",
    "TooLong",
    "TooShort",
    "UnassignedCharacter",
]


@attrs.frozen
class NotUnicode(Problem):
    """
    A password is Unicode text; half of a surrogate pair is not.
    """

    code: ClassVar[str] = "password.not_unicode"


@attrs.frozen
class ControlCharacter(Problem):
    """
    A password has no control characters and no line breaks: no form can send them.
    """

    code: ClassVar[str] = "password.control_character"


@attrs.frozen
class UnassignedCharacter(Problem):
    """
    A password has only characters that Unicode has assigned (RFC 8265).

    What an unassigned one becomes in a later version of Unicode is not stable.
    """

    code: ClassVar[str] = "password.unassigned_character"


@attrs.frozen
class TooShort(Problem):
    """
    A password has at least the policy's number of characters.  [R11]
    """

    code: ClassVar[str] = "password.too_short"

    minimum: int
    missing: int = observed()


@attrs.frozen
class TooLong(Problem):
    """
    A password has at most the policy's number of characters.
    """

    code: ClassVar[str] = "password.too_long"

    maximum: int


@attrs.frozen
class TooFewKinds(Problem):
    """
    A password has characters of enough of the four kinds, whichever.  [R12, R14]
    """

    code: ClassVar[str] = "password.too_few_kinds"

    needed: int
