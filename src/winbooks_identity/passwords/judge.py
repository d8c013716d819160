"""
Is this password good enough for this person?

A policy alone cannot say: it also takes what others know of the person, the
leaked passwords, and an estimator of strength. Where an application is wired, the
last two are given once; every form, service and command asks the judge.
"""

import os
from collections.abc import Iterable
from datetime import date
from typing import Final, Self, final

import attrs

from ..errors import Invalid
from ..problems import Problem
from .alphabet import UNAMBIGUOUS
from .breached import BreachCheck, BreachedPasswords, LookUp, NotFound, NotReachable
from .password import Password
from .policy import PasswordPolicy
from .sampling import Randomness
from .stamps import stamp_of
from .strength import StrengthEstimator


__all__ = ["PasswordJudge", "Verdict"]

#: How many passwords are drawn before a policy counts as one that none of them
#: meets; a draw that happens to hold a personal word is one in thousands.
_DRAWS: Final = 100


@final
@attrs.frozen
class Verdict:
    """
    What a judge says of one password for one person.

    Args:
        problems: every rule that it breaks; empty means that it is accepted.
        stamp: what is stored beside an accepted password: the fingerprint of
            the policy, and the rules of it that could not be asked.
    """

    problems: tuple[Problem, ...]
    stamp: str


@final
@attrs.frozen(kw_only=True)
class PasswordJudge:
    """
    A policy with everything that it needs to decide.

    Args:
        policy: the rules; the Portal's by default.
        breached: where leaked passwords are looked up; without it, the look-up
            counts as failed.
        estimator: who scores the strength; zxcvbn by default.
    """

    policy: PasswordPolicy = attrs.field(factory=PasswordPolicy)
    breached: BreachedPasswords | None = None
    estimator: StrengthEstimator | None = None

    def on(self, day: date) -> Self:
        """
        Return what decides about new passwords on *day*; see `PasswordPolicy.asked_on`.
        """
        asked = self.policy.asked_on(day)
        return self if asked is self.policy else attrs.evolve(self, policy=asked)

    @property
    def needs_person(self) -> bool:
        """
        Return whether the verdict depends on what others know of the person.
        """
        policy = self.policy
        return (
            policy.min_unfamiliar > 0
            or policy.refuse_familiar
            or policy.min_strength > 0
        )

    def judge(self, text: str, *, personal: Iterable[str]) -> Verdict:
        """
        Return what *text* breaks, and the stamp that it gets when it is accepted.

        Args:
            text: the password as it was typed.
            personal: what others know of the person; see `texts_about`.
        """
        known = (personal,) if isinstance(personal, str) else tuple(personal)
        given = self.breached
        look_up = None if given is None else _RememberedLookUp(given)
        problems = self.policy.check(
            text, personal=known, estimator=self.estimator, breached=look_up
        )
        unasked: list[str] = []
        if self.policy.personal_words and not known:
            unasked.append("personal_words")
        is_asked = look_up is not None and look_up.is_answered
        if self.policy.breach_check is not BreachCheck.OFF and not is_asked:
            unasked.append("breach_check")
        return Verdict(problems, stamp_of(self.policy.fingerprint, unasked))

    def check(self, text: str, *, personal: Iterable[str]) -> tuple[Problem, ...]:
        """
        Return every rule that *text* breaks; empty means that it is accepted.

        Args:
            text: the password as it was typed.
            personal: what others know of the person; see `texts_about`.
        """
        return self.judge(text, personal=personal).problems

    def parse(self, text: str, *, personal: Iterable[str]) -> Password:
        """
        Return *text* as a password.

        Args:
            text: the password as it was typed.
            personal: what others know of the person; see `texts_about`.

        Raises:
            Invalid: *text* breaks rules: all of them.
        """
        if problems := self.check(text, personal=personal):
            del text  # Tracebacks with local variables go to logs and mails.
            raise Invalid(problems)
        return Password(text)

    def generate(
        self,
        length: int = 16,
        *,
        personal: Iterable[str],
        alphabet: str = UNAMBIGUOUS,
        plain_start: bool = False,
        randomness: Randomness = os.urandom,
    ) -> Password:
        """
        Return a password drawn uniformly from all that are accepted for the person.

        A password drawn at random has not leaked, so no look-up is made.  [R16]

        Args:
            length: how many characters it has.
            personal: what others know of the person; see `texts_about`.
            alphabet: what they are drawn from; look-alikes are left out.
            plain_start: begin with a letter or digit; see `PasswordPolicy.generate`.
            randomness: returns so many random bytes.

        Raises:
            Invalid: no password of *length* over *alphabet* is accepted.
        """
        known = (personal,) if isinstance(personal, str) else tuple(personal)
        judge = attrs.evolve(self, breached=_NothingLeaked())
        problems: tuple[Problem, ...] = ()
        for _ in range(_DRAWS):
            drawn = self.policy.generate(
                length,
                alphabet=alphabet,
                plain_start=plain_start,
                randomness=randomness,
            )
            problems = judge.check(drawn.reveal(), personal=known)
            if not problems:
                return drawn
        raise Invalid(problems)

    def stamp_of_generated(self) -> str:
        """
        Return the stamp of a password that `generate` drew.
        """
        return self.policy.fingerprint


class _RememberedLookUp:
    """
    Asks *breached*, and remembers whether there was an answer.
    """

    def __init__(self, breached: BreachedPasswords) -> None:
        self._breached = breached
        self.is_answered = False

    def look_up(self, key: bytes) -> LookUp:
        found = self._breached.look_up(key)
        self.is_answered = not isinstance(found, NotReachable)
        return found


class _NothingLeaked:
    def look_up(self, key: bytes) -> LookUp:
        del key
        return NotFound()
