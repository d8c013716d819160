"""
Does a policy meet a standard, clause by clause?

The standards contradict each other: NIST and OWASP forbid what Microsoft and the
CCB ask for. An audit says so, says what compensates, and shows what gets through.
"""

from collections.abc import Iterator
from enum import Enum
from typing import Final, NamedTuple, final

import attrs

from .. import texts
from .counter_examples import DECISIONS
from .rules import Rules


__all__ = ["Finding", "Standard", "Verdict", "audit"]


@final
class Verdict(Enum):
    """
    What can be said of a clause.
    """

    MET = "met"
    NOT_MET = "not met"
    #: It is about what surrounds the policy: sign-in, storage, people.
    NOT_DECIDABLE = "not decidable"


@final
class Standard(Enum):
    """
    What a policy can be held against.
    """

    NIST_SINGLE_FACTOR = "nist-single-factor"
    NIST_MFA = "nist-mfa"
    ASVS_5 = "asvs-5"
    ACTIVE_DIRECTORY = "active-directory"
    BSI_CCB = "bsi-ccb"


@final
@attrs.frozen
class Finding:
    """
    What an audit found about one clause.
    """

    #: Where the clause stands.
    reference: str
    #: What it is about; the same word for the same demand in every standard.
    topic: str
    verdict: Verdict
    #: The number that it asks for, 0 where it asks for none.
    needed: int = 0
    #: A password that the policy accepts although the clause names it: invented, and
    #: empty where the clause is met or no such password is known.
    example: str = ""
    #: The invented person whose name `example` has, if that matters.
    person: str = ""

    def message(
        self, locale: str = "en", *, translator: texts.Translator | None = None
    ) -> str:
        """
        Return what the clause asks for, in the language of *locale*.

        Args:
            locale: the reader's.
            translator: a product's own words, asked first.
        """
        code, params = f"password_audit.{self.topic}", {"needed": self.needed}
        return texts.text(code, locale, params, translator=translator)

    def accepted(
        self, locale: str = "en", *, translator: texts.Translator | None = None
    ) -> str:
        """
        Return the sentence with the `example`; empty if there is none.

        Args:
            locale: the reader's.
            translator: a product's own words, asked first.
        """
        if not self.example:
            return ""
        code = f"password_audit.accepted{'_for' if self.person else ''}"
        params = {"password": self.example, "person": self.person}
        return texts.text(code, locale, params, translator=translator)

    def compensation(
        self, locale: str = "en", *, translator: texts.Translator | None = None
    ) -> str:
        """
        Return what makes up for a clause that is not met; empty if nothing is known.
        """
        if self.verdict is not Verdict.NOT_MET or self.topic not in _COMPENSATED:
            return ""
        code = f"password_audit.compensation.{self.topic}"
        return texts.text(code, locale, translator=translator)


_COMPENSATED: Final = frozenset({"no_composition", "min_length"})


class _Clause(NamedTuple):
    reference: str
    topic: str
    needed: int = 0


_NIST: Final = "SP 800-63B-4, "
_ASVS: Final = "ASVS 5.0, "
_PASSFILT: Final = "MS-SAMR 3.1.1.7.2"

_SHARED_BY_NIST: Final = (
    _Clause(_NIST + "3.1.1.2 maximum", "max_length", 64),
    _Clause(_NIST + "3.1.1.2 composition", "no_composition"),
    _Clause(_NIST + "3.1.1.2 blocklist", "blocklist"),
    _Clause(_NIST + "3.1.1.2 characters", "all_characters"),
    _Clause(_NIST + "3.1.1.2 normalisation", "normalised"),
    _Clause(_NIST + "3.1.1.2 periodic change", "no_periodic_change"),
    _Clause(_NIST + "3.2.2 rate limiting", "limited_attempts"),
)

_CLAUSES: Final = {
    Standard.NIST_SINGLE_FACTOR: (
        _Clause(_NIST + "3.1.1.2 single factor", "min_length", 15),
        *_SHARED_BY_NIST,
    ),
    Standard.NIST_MFA: (
        _Clause(_NIST + "3.1.1.2 multi-factor", "min_length", 8),
        _Clause(_NIST + "2.2.1 second factor", "second_factor"),
        *_SHARED_BY_NIST,
    ),
    Standard.ASVS_5: (
        _Clause(_ASVS + "6.2.1", "min_length", 8),
        _Clause(_ASVS + "6.2.4", "blocklist"),
        _Clause(_ASVS + "6.2.5", "no_composition"),
        _Clause(_ASVS + "6.2.8", "normalised"),
        _Clause(_ASVS + "6.2.9", "max_length", 64),
        _Clause(_ASVS + "6.2.10", "no_periodic_change"),
        _Clause(_ASVS + "6.2.11", "context_words"),
        _Clause(_ASVS + "6.2.12", "blocklist"),
        _Clause(_ASVS + "6.3.1", "limited_attempts"),
    ),
    Standard.ACTIVE_DIRECTORY: (
        _Clause(_PASSFILT + " length", "min_length", 7),
        _Clause(_PASSFILT + " complexity", "kinds", 3),
        _Clause(_PASSFILT + " names", "personal_words"),
    ),
    Standard.BSI_CCB: (
        _Clause("Safeonweb", "min_length", 14),
        _Clause("BSI, CyberFundamentals PR.AC-1", "kinds", 4),
        _Clause("BSI", "no_dictionary_words", 4),
        _Clause("CyberFundamentals PR.AC-3", "second_factor"),
    ),
}


def audit(policy: Rules, standard: Standard) -> tuple[Finding, ...]:
    """
    Return what is to be said of *policy* under each clause of *standard*.
    """
    return tuple(_findings(policy, standard))


def _findings(policy: Rules, standard: Standard) -> Iterator[Finding]:
    for reference, topic, needed in _CLAUSES[standard]:
        decide = DECISIONS.get(topic)
        if decide is None:
            yield Finding(reference, topic, Verdict.NOT_DECIDABLE, needed)
            continue
        is_met, example, person = decide(policy, needed)
        verdict = Verdict.MET if is_met else Verdict.NOT_MET
        yield Finding(reference, topic, verdict, needed, example, person)
