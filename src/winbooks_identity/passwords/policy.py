"""
Which passwords are accepted, how many are there, and how is one drawn?

`PasswordPolicy` holds the rules and checks them. What takes more than reading
the password (comparing, counting, describing) lives in modules of its own,
which its methods load when they are first called.
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Self, final

import attrs

from ..errors import Invalid
from ..problems import Problem, text_problem
from ..texts import Translator
from .alphabet import UNAMBIGUOUS
from .breached import BreachCheck, BreachedPasswords
from .canonical import GROWTH, canonical, canonical_spelling, counted
from .checking import broken_rules, senseless_rules
from .password import Password
from .rollout import Rollout, RolloutInARollout, RolloutStage
from .rules import Rules, merged
from .sampling import TRIES, LengthNotAccepted, Randomness, sampler_over
from .strength import Strength, StrengthEstimator


if TYPE_CHECKING:
    from .attribution import Attribution
    from .audit import Finding, Standard
    from .comparison import PolicyComparison
    from .impact import Impact, Stamp
    from .json_schema import Flavour
    from .vectors import Vector


__all__ = ["PasswordPolicy"]


@final
@attrs.frozen(kw_only=True, cache_hash=True)
class PasswordPolicy(Rules):
    """
    A rule for passwords; without arguments the Portal's, and nothing more.

    [R11, R12, R13, R14]

    >>> portal = PasswordPolicy()
    >>> [problem.code for problem in portal.check("short")]
    ['password.too_short', 'password.too_few_kinds']
    >>> portal.compare(PasswordPolicy(min_length=14)).relation
    'stricter'

    Its arguments are the rules: see `Rules`.  What it says of a password never depends
    on the day; `asked_on` and `stage_on` say what its *rollout* makes of it.

    Args:
        rollout: from when it asks what of whom; all of new passwords, and nothing of
            stored ones, without.

    Raises:
        Invalid: a rule means nothing, or no password can follow them all; then
            the problem names the rules that clash. Or what comes before a rollout
            has a rollout itself.
        TypeError: what comes before a rollout is no policy.
    """

    rollout: Rollout | None = None

    def __attrs_post_init__(self) -> None:
        if problems := (*senseless_rules(self), *self._senseless_rollout()):
            raise Invalid(problems)
        if self.is_plain and self.min_length <= self.max_length:
            return
        from .consistency import ensure_possible

        ensure_possible(self)

    def asked_on(self, day: date) -> "PasswordPolicy":
        """
        Return the policy that is asked of new passwords on *day*.  [S44]
        """
        if self.stage_on(day) is not RolloutStage.WAITING or self.rollout is None:
            return self
        before = self.rollout.before
        return before if isinstance(before, PasswordPolicy) else PasswordPolicy()

    def stage_on(self, day: date) -> RolloutStage:
        """
        Return how far the rollout is on *day*; without one, new passwords are asked.
        """
        return (
            RolloutStage.ASKED if self.rollout is None else self.rollout.stage_on(day)
        )

    @cached_property
    def fingerprint(self) -> str:
        """
        Return a name for exactly these rules: equal policies share it.
        """
        from .notation import fingerprint

        return fingerprint(self)

    @property
    def witness(self) -> str:
        """
        Return the shortest password that is accepted, the first in code point order.

        It shows that the policy can be met; no person has it.
        """
        from .consistency import witness

        return witness(self)

    def check(
        self,
        text: str,
        *,
        personal: Iterable[str] = (),
        estimator: StrengthEstimator | None = None,
        breached: BreachedPasswords | None = None,
    ) -> tuple[Problem, ...]:
        """
        Return every rule that *text* breaks; empty means that it is accepted.

        Args:
            text: the password as it was typed.
            personal: what others know of the person: names, address, company.
            estimator: who scores the strength; zxcvbn without it.
            breached: where leaked passwords are looked up; without it, the
                look-up counts as failed.
        """
        if problems := text_problem(text):
            return problems
        problems = tuple(broken_rules(self, text))
        if self.is_plain or not self.undecidable_rules:
            return problems
        try:
            spelled = canonical(text)
        except Invalid:
            # What can be no password under any policy is not looked up.
            return problems
        from .guessable import breach_problems, guessable_problems
        from .words import personal_words

        known = personal_words(personal)
        return (
            *problems,
            *guessable_problems(self, counted(spelled), known, estimator),
            *breach_problems(self.breach_check, spelled, breached),
        )

    def parse(
        self,
        text: str,
        *,
        personal: Iterable[str] = (),
        estimator: StrengthEstimator | None = None,
        breached: BreachedPasswords | None = None,
    ) -> Password:
        """
        Return *text* as a password; see `check` for the arguments.

        Raises:
            Invalid: *text* breaks rules: all of them.
        """
        if problems := self.check(
            text, personal=personal, estimator=estimator, breached=breached
        ):
            del text  # Tracebacks with local variables go to logs and mails.
            raise Invalid(problems)
        return Password(text)

    def strength(
        self,
        text: str,
        *,
        personal: Iterable[str] = (),
        estimator: StrengthEstimator | None = None,
    ) -> Strength:
        """
        Return how hard *text* is to guess, whatever the policy asks for.

        Args:
            text: the password as it was typed.
            personal: what others know of the person: names, address, company.
            estimator: who scores the strength; zxcvbn without it.
        """
        from .guessable import strength
        from .words import personal_words

        spelled = canonical_spelling(text[: GROWTH * self.max_length])
        return strength(counted(spelled), personal_words(personal), estimator)

    def count(
        self, length: int, *, alphabet: str = UNAMBIGUOUS, plain_start: bool = False
    ) -> int:
        """
        Return how many passwords of *length* over *alphabet* are accepted, exactly.

        The entropy of a generated one is the logarithm of this number to base 2; with
        *plain_start*, only those that begin with a letter or digit count.

        Raises:
            Invalid: strings over *alphabet* cannot be counted, or the policy is
                too large.
        """
        from .counting import count

        return count(self, length, alphabet, plain_start=plain_start)

    def generate(
        self,
        length: int = 16,
        *,
        alphabet: str = UNAMBIGUOUS,
        plain_start: bool = False,
        randomness: Randomness = os.urandom,
    ) -> Password:
        """
        Return a password drawn uniformly from all that are accepted.

        Strings are drawn and thrown away whole until one is accepted; where few
        are, the number of a password is drawn.  [R15, R16, R17]

        Args:
            length: how many characters it has.
            alphabet: what they are drawn from; look-alikes are left out.
            plain_start: begin with a letter or digit, so that no spreadsheet takes
                the password for a formula: drawn uniformly from those.
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
                if text is None or (plain_start and not text[0].isalnum()):
                    continue
                if self.is_plain or self._suits(text):
                    return Password(text)
        from .generation import draw_by_number

        return Password(
            draw_by_number(
                self,
                length,
                alphabet,
                randomness,
                self._suits,
                plain_start=plain_start,
            )
        )

    def compare(self, new: "PasswordPolicy") -> "PolicyComparison":
        """
        Return what changes when the policy *new* takes the place of this one.
        """
        from .comparison import PolicyComparison

        return PolicyComparison(self, new)

    def attribute(self, new: "PasswordPolicy") -> "Attribution":
        """
        Return which rules make the difference when *new* takes the place of this one.
        """
        from .attribution import Attribution

        return Attribution(self, new)

    def __and__(self, other: "PasswordPolicy") -> "PasswordPolicy":
        """
        Return the policy that accepts what this one and *other* both accept.

        Raises:
            Invalid: no password follows both; the problem names the rules that
                clash.
        """
        return PasswordPolicy(**merged(self, other))

    @classmethod
    def from_mapping(cls, rules: Mapping[str, object]) -> Self:
        """
        Return the policy with these *rules*, the Portal's where they say nothing.

        Raises:
            Invalid: a rule is unknown, has the wrong type or means nothing, or
                no password can follow them all.
        """
        from .rollout_notation import checked_with_rollout

        return cls(**checked_with_rollout(rules, PasswordPolicy.from_mapping))

    @classmethod
    def from_toml(cls, text: str) -> Self:
        """
        Return the policy that the TOML document *text* describes.

        Raises:
            Invalid: it is no TOML, or no policy; see `from_mapping`.
        """
        from .notation import from_toml

        return cls.from_mapping(from_toml(text))

    @classmethod
    def from_json(cls, text: str) -> Self:
        """
        Return the policy that the JSON document *text* describes.

        Raises:
            Invalid: it is no JSON, or no policy; see `from_mapping`.
        """
        from .notation import from_json

        return cls.from_mapping(from_json(text))

    def to_mapping(self) -> dict[str, object]:
        """
        Return the rules in force and the rollout as plain data, for `from_mapping`.
        """
        from .notation import to_mapping
        from .rollout_notation import ROLLOUT, rollout_in_plain_data

        said = to_mapping(self)
        if self.rollout is not None:
            said[ROLLOUT] = rollout_in_plain_data(self.rollout)
        return said

    def to_toml(self) -> str:
        """
        Return the rules in force and the rollout as a TOML document.
        """
        from .notation import to_toml
        from .rollout_notation import rollout_in_toml

        return to_toml(self) + (
            "" if self.rollout is None else rollout_in_toml(self.rollout)
        )

    def to_json(self) -> str:
        """
        Return the rules in force and the rollout as a JSON document.
        """
        from .notation import to_json

        return to_json(self.to_mapping())

    def audit(self, standard: "Standard") -> "tuple[Finding, ...]":
        """
        Return, clause by clause, whether this policy meets *standard*.
        """
        from .audit import audit

        return audit(self, standard)

    def help(
        self, locale: str = "en", *, translator: Translator | None = None
    ) -> tuple[str, ...]:
        """
        Return what is asked for, one sentence a rule, before anything is typed.

        Args:
            locale: the reader's.
            translator: a product's own words, asked first.
        """
        from .browser import help_texts

        return help_texts(self, locale, translator)

    def description(
        self, locale: str = "en", *, translator: Translator | None = None
    ) -> dict[str, object]:
        """
        Return the rules and their sentences as JSON data, for `browser.es_module`.

        Args:
            locale: the reader's.
            translator: a product's own words, asked first.
        """
        from .browser import description

        return description(self, locale, translator)

    def html_attributes(self, described_by: str = "") -> dict[str, str]:
        """
        Return the attributes of an ``<input>`` for a new password.

        There is no ``maxlength``: browsers cut what is pasted without a word.

        Args:
            described_by: the id of the element that holds `help`.
        """
        from .browser import html_attributes

        return html_attributes(self, described_by)

    def json_schema(self, flavour: "Flavour" = "ecma") -> dict[str, object]:
        """
        Return the JSON Schema of a password, as a hint for clients.

        Args:
            flavour: ``"ecma"`` names Unicode's categories, ``"ascii-safe"`` lists
                the letters of Western Europe and leaves the others to the server.
        """
        from .json_schema import json_schema

        return json_schema(self, flavour)

    def test_vectors(self) -> "tuple[Vector, ...]":
        """
        Return passwords and what is to be said of them, for other languages.
        """
        from .vectors import vectors_of

        return vectors_of(self)

    def impact(
        self,
        stamps: "Iterable[Stamp] | Mapping[Stamp, int]",
        known: "Iterable[PasswordPolicy]",
    ) -> "Impact":
        """
        Return what this policy means for passwords that others accepted.

        Args:
            stamps: the licence and the fingerprint of each stored password, or how
                many passwords have each.
            known: the policies that may have accepted them.
        """
        from .impact import impact

        return impact(self, stamps, known)

    def _senseless_rollout(self) -> Iterator[Problem]:
        before = None if self.rollout is None else self.rollout.before
        if before is None:
            return
        if not isinstance(before, PasswordPolicy):
            raise TypeError("before a rollout, a PasswordPolicy is in force")
        if before.rollout is not None:
            yield RolloutInARollout()

    def _suits(self, text: str) -> bool:
        # What was drawn at random has not leaked, so it is not looked up.
        return not self._without_breach_check.check(text)

    @cached_property
    def _without_breach_check(self) -> "PasswordPolicy":
        return attrs.evolve(self, breach_check=BreachCheck.OFF)
