"""
Which passwords are accepted, how many are there, and how is one drawn?
"""

import os
from collections.abc import Callable, Iterator
from functools import cached_property, lru_cache
from typing import ClassVar, final

import attrs

from ..errors import Invalid
from ..problems import Problem, text_problem
from .alphabet import UNAMBIGUOUS, ensure_usable
from .canonical import (
    GROWTH,
    canonical_spelling,
    categories,
    kinds_among,
    unusable,
)
from .consistency import length_problems
from .counting import count_of_kinds
from .password import Password
from .problems import TooFewKinds, TooLong, TooShort


__all__ = ["LengthNotAccepted", "NothingToGenerate", "PasswordPolicy"]


@attrs.frozen
class LengthNotAccepted(Problem):
    """
    A generated password has a length that its policy accepts.  [R16]
    """

    code: ClassVar[str] = "password_policy.length_not_accepted"

    minimum: int
    maximum: int


@attrs.frozen
class NothingToGenerate(Problem):
    """
    The policy accepts something that can be made of the alphabet.
    """

    code: ClassVar[str] = "password_policy.nothing_to_generate"


@final
@attrs.frozen(kw_only=True, cache_hash=True)
class PasswordPolicy:
    """
    A rule for passwords; without arguments the Portal's, and nothing more.

    [R11, R12, R13, R14]

    Args:
        min_length: the least number of characters.
        max_length: the most, never under 64, so that pass phrases fit.
        min_kinds: how many of the four kinds occur, whichever they are.

    Raises:
        Invalid: no password can follow these rules; the problems say which
            of them clash.
    """

    min_length: int = 12
    max_length: int = 128
    min_kinds: int = 3

    def __attrs_post_init__(self) -> None:
        if problems := tuple(
            length_problems(self.min_length, self.max_length, self.min_kinds)
        ):
            raise Invalid(problems)

    def check(self, text: str) -> tuple[Problem, ...]:
        """
        Return every rule that *text* breaks; empty means that it is accepted.
        """
        return text_problem(text) or tuple(self._problems(text))

    def parse(self, text: str) -> Password:
        """
        Return *text* as a password.

        Raises:
            Invalid: *text* breaks rules: all of them.
        """
        if problems := self.check(text):
            raise Invalid(problems)
        return Password(text)

    def count(self, length: int, *, alphabet: str = UNAMBIGUOUS) -> int:
        """
        Return how many passwords of *length* over *alphabet* are accepted, exactly.

        Raises:
            Invalid: strings over *alphabet* cannot be counted.
        """
        ensure_usable(alphabet)
        if not self.min_length <= length <= self.max_length:
            return 0
        return count_of_kinds(length, alphabet, self.min_kinds)

    def generate(
        self,
        length: int = 16,
        *,
        alphabet: str = UNAMBIGUOUS,
        randomness: Callable[[int], bytes] = os.urandom,
    ) -> Password:
        """
        Return a password drawn uniformly from all that are accepted.

        [R15, R16, R17]

        Args:
            length: how many characters it has.
            alphabet: what they are drawn from; look-alikes are left out.
            randomness: returns so many random bytes.

        Raises:
            Invalid: no password of *length* over *alphabet* is accepted.
        """
        if not self.min_length <= length <= self.max_length:
            raise Invalid((LengthNotAccepted(self.min_length, self.max_length),))
        ensure_usable(alphabet)
        positions, surplus, asked = _draw_plan(len(alphabet), length)
        if not self.count(length, alphabet=alphabet):
            raise Invalid((NothingToGenerate(),))
        while True:
            drawn = randomness(asked).translate(positions, surplus)[:length]
            text = "".join(alphabet[position] for position in drawn)
            if len(text) == length and not self.check(text):
                return Password(text)

    @cached_property
    def fingerprint(self) -> str:
        """
        Return a name for exactly these rules: equal policies share it.
        """
        import json
        from hashlib import sha256

        rules = json.dumps(attrs.asdict(self), sort_keys=True)
        return sha256(rules.encode()).hexdigest()

    def _problems(self, raw: str) -> Iterator[Problem]:
        if len(raw) > GROWTH * self.max_length:
            yield TooLong(self.max_length)
            return
        text = canonical_spelling(raw)
        found = categories(text)
        yield from unusable(found)
        if len(text) < self.min_length:
            yield TooShort(self.min_length, self.min_length - len(text))
        if len(text) > self.max_length:
            yield TooLong(self.max_length)
        if len(kinds_among(found)) < self.min_kinds:
            yield TooFewKinds(self.min_kinds)


@lru_cache(maxsize=64)
def _draw_plan(size: int, length: int) -> tuple[bytes, bytes, int]:
    kept = 256 - 256 % size
    return (
        bytes(byte % size for byte in range(256)),
        bytes(range(kept, 256)),
        length * 256 // kept + 16,
    )
