"""
Which passwords are accepted, how many are there, and how is one drawn?

`PasswordPolicy` holds the rules and checks them. What takes more than reading
the password (comparing, counting, describing) lives in modules of its own,
which its methods load when they are first called.
"""

import os
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, Final, final

import attrs

from ..errors import Invalid
from ..problems import Problem, text_problem
from .alphabet import UNAMBIGUOUS
from .canonical import (
    GROWTH,
    Kind,
    canonical_spelling,
    categories,
    kind_of,
    kinds_among,
    unusable,
)
from .limits import (
    LEAST_MAXIMUM,
    MOST_MAXIMUM,
    character_problems,
    distinct_characters,
    distinct_words,
    range_problems,
    word_problems,
)
from .password import Password
from .problems import (
    CharacterForbidden,
    CharacterNotAllowed,
    Denied,
    ForbiddenWord,
    RunTooLong,
    TooFewDigits,
    TooFewKinds,
    TooFewLower,
    TooFewSpecial,
    TooFewUpper,
    TooLong,
    TooManyDigits,
    TooManyLower,
    TooManySpecial,
    TooManyUpper,
    TooShort,
)
from .sampling import TRIES, LengthNotAccepted, Randomness, sampler_over


if TYPE_CHECKING:
    from .comparison import PolicyComparison


__all__ = ["PasswordPolicy"]

_PER_KIND: Final = (
    *("min_lower", "min_upper", "min_digits", "min_special"),
    *("max_lower", "max_upper", "max_digits", "max_special"),
)
_TOO_FEW: Final = {
    Kind.LOWER: TooFewLower,
    Kind.UPPER: TooFewUpper,
    Kind.DIGIT: TooFewDigits,
    Kind.SPECIAL: TooFewSpecial,
}
_TOO_MANY: Final = {
    Kind.LOWER: TooManyLower,
    Kind.UPPER: TooManyUpper,
    Kind.DIGIT: TooManyDigits,
    Kind.SPECIAL: TooManySpecial,
}


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
        min_lower: how many lower case letters there are at least.
        min_upper: how many upper case letters there are at least.
        min_digits: how many digits there are at least.
        min_special: how many special characters there are at least.
        max_lower: how many lower case letters there are at most.
        max_upper: how many upper case letters there are at most.
        max_digits: how many digits there are at most.
        max_special: how many special characters there are at most.
        allowed_characters: the only ones that occur.
        forbidden_characters: those that do not occur.
        forbidden_words: what occurs nowhere in a password.
        denied: what is refused as a whole password.
        ignore_case: whether words and denied passwords mean every spelling.
        max_run: how often a character follows itself at most.

    Raises:
        Invalid: a rule means nothing, or no password can follow them all; then
            the problem names the rules that clash.
    """

    min_length: int = 12
    max_length: int = 128
    min_kinds: int = 3
    min_lower: int = 0
    min_upper: int = 0
    min_digits: int = 0
    min_special: int = 0
    max_lower: int | None = None
    max_upper: int | None = None
    max_digits: int | None = None
    max_special: int | None = None
    allowed_characters: str | None = attrs.field(
        default=None, converter=distinct_characters
    )
    forbidden_characters: str = attrs.field(default="", converter=distinct_characters)
    forbidden_words: tuple[str, ...] = attrs.field(default=(), converter=distinct_words)
    denied: tuple[str, ...] = attrs.field(default=(), converter=distinct_words)
    ignore_case: bool = True
    max_run: int | None = None

    def __attrs_post_init__(self) -> None:
        if problems := tuple(self._senseless()):
            raise Invalid(problems)
        if self.is_plain and self.min_length <= self.max_length:
            return
        from .consistency import witness

        witness(self)

    @cached_property
    def fingerprint(self) -> str:
        """
        Return a name for exactly these rules: equal policies share it.
        """
        import json
        from hashlib import sha256

        rules = json.dumps(attrs.asdict(self), sort_keys=True)
        return sha256(rules.encode()).hexdigest()

    @cached_property
    def is_plain(self) -> bool:
        """
        Tell whether nothing but the length and the number of kinds matters.
        """
        return all(
            getattr(self, field.name) == field.default
            for field in attrs.fields(type(self))
            if field.name not in {"min_length", "max_length", "min_kinds"}
        )

    @property
    def undecidable_rules(self) -> tuple[str, ...]:
        """
        Return the rules in force that no comparison and no count can decide.
        """
        return ()

    @property
    def witness(self) -> str:
        """
        Return the shortest password that is accepted, the first in code point order.

        It shows that the policy can be met; it is nobody's password.
        """
        from .consistency import witness

        return witness(self)

    def least_of(self, kind: Kind) -> int:
        """
        Return how many characters of *kind* there are at least.
        """
        return {
            Kind.LOWER: self.min_lower,
            Kind.UPPER: self.min_upper,
            Kind.DIGIT: self.min_digits,
            Kind.SPECIAL: self.min_special,
        }[kind]

    def most_of(self, kind: Kind) -> int | None:
        """
        Return how many characters of *kind* there are at most; `None` is any number.
        """
        return {
            Kind.LOWER: self.max_lower,
            Kind.UPPER: self.max_upper,
            Kind.DIGIT: self.max_digits,
            Kind.SPECIAL: self.max_special,
        }[kind]

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
            Invalid: strings over *alphabet* cannot be counted, or the policy is
                too large.
        """
        from .counting import count

        return count(self, length, alphabet)

    def generate(
        self,
        length: int = 16,
        *,
        alphabet: str = UNAMBIGUOUS,
        randomness: Randomness = os.urandom,
    ) -> Password:
        """
        Return a password drawn uniformly from all that are accepted.

        Strings are drawn and thrown away whole until one is accepted; where few
        are, the number of a password is drawn.  [R15, R16, R17]

        Args:
            length: how many characters it has.
            alphabet: what they are drawn from; look-alikes are left out.
            randomness: returns so many random bytes.

        Raises:
            Invalid: no password of *length* over *alphabet* is accepted.
            ValueError: *randomness* never varies.
        """
        if not self.min_length <= length <= self.max_length:
            raise Invalid((LengthNotAccepted(self.min_length, self.max_length),))
        if sampler := sampler_over(alphabet, length):
            for _ in range(TRIES):
                text = sampler.draw(randomness, self.min_kinds)
                if text is not None and (self.is_plain or not self.check(text)):
                    return Password(text)
        from .generation import draw_by_number

        return Password(draw_by_number(self, length, alphabet, randomness))

    def compare(self, new: "PasswordPolicy") -> "PolicyComparison":
        """
        Return what changes when the policy *new* takes the place of this one.
        """
        from .comparison import PolicyComparison

        return PolicyComparison(self, new)

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
        if not self.is_plain:
            yield from self._further_problems(text)

    def _further_problems(self, text: str) -> Iterator[Problem]:
        counts = Counter(map(kind_of, text))
        for kind in Kind:
            if counts[kind] < self.least_of(kind):
                yield _TOO_FEW[kind](self.least_of(kind))
        for kind in Kind:
            most = self.most_of(kind)
            if most is not None and counts[kind] > most:
                yield _TOO_MANY[kind](most)
        allowed = self.allowed_characters
        if allowed is not None and not set(text) <= set(allowed):
            yield CharacterNotAllowed(allowed)
        if not set(text).isdisjoint(self.forbidden_characters):
            yield CharacterForbidden(self.forbidden_characters)
        if self.max_run is not None and _longest_run(text) > self.max_run:
            yield RunTooLong(self.max_run)
        spelled = self._spelled(text)
        if any(word in spelled for word in self._spelled_words):
            yield ForbiddenWord()
        if spelled in self._spelled_denied:
            yield Denied()

    def _spelled(self, text: str) -> str:
        return text.casefold() if self.ignore_case else text

    @cached_property
    def _spelled_words(self) -> tuple[str, ...]:
        return tuple(map(self._spelled, self.forbidden_words))

    @cached_property
    def _spelled_denied(self) -> frozenset[str]:
        return frozenset(map(self._spelled, self.denied))

    def _senseless(self) -> Iterator[Problem]:
        most = MOST_MAXIMUM
        yield from range_problems("min_length", self.min_length, 1, most)
        yield from range_problems("max_length", self.max_length, LEAST_MAXIMUM, most)
        yield from range_problems("min_kinds", self.min_kinds, 0, len(Kind))
        yield from range_problems("max_run", self.max_run, 1, most)
        for name in _PER_KIND:
            yield from range_problems(name, getattr(self, name), 0, most)
        for name in ("allowed_characters", "forbidden_characters"):
            yield from character_problems(name, getattr(self, name))
        for name in ("forbidden_words", "denied"):
            yield from word_problems(
                name, getattr(self, name), ignore_case=self.ignore_case
            )


def _longest_run(text: str) -> int:
    return max((len(list(run)) for _, run in groupby(text)), default=0)
