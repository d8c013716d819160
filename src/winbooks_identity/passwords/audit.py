"""
Does a policy meet a standard, clause by clause?

The standards contradict each other: NIST and OWASP forbid what Microsoft and the
CCB ask for. An audit says so, and says what compensates.
"""

from collections.abc import Callable, Iterator
from enum import Enum
from typing import Final, NamedTuple, final

import attrs

from .. import texts
from .breached import BreachCheck
from .canonical import Kind
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
        _Clause("BSI", "no_dictionary_words"),
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
        verdict = Verdict.NOT_DECIDABLE
        if decide := _DECISIONS.get(topic):
            verdict = Verdict.MET if decide(policy, needed) else Verdict.NOT_MET
        yield Finding(reference, topic, verdict, needed)


def _has_no_composition(policy: Rules, _: int) -> bool:
    return not policy.min_kinds and not any(
        policy.minimum_of(kind) or policy.maximum_of(kind) is not None for kind in Kind
    )


def _has_kinds(policy: Rules, needed: int) -> bool:
    demanded = sum(policy.minimum_of(kind) > 0 for kind in Kind)
    return max(policy.min_kinds, demanded) >= needed


def _accepts_all_characters(policy: Rules, _: int) -> bool:
    return policy.allowed_characters is None and not policy.forbidden_characters


_DECISIONS: Final[dict[str, Callable[[Rules, int], bool]]] = {
    "min_length": lambda policy, needed: policy.min_length >= needed,
    "max_length": lambda policy, needed: policy.max_length >= needed,
    "no_composition": _has_no_composition,
    "kinds": _has_kinds,
    "blocklist": lambda policy, _: policy.breach_check is not BreachCheck.OFF,
    "context_words": lambda policy, _: "products" in policy.word_lists,
    "no_dictionary_words": lambda policy, _: bool(policy.word_lists),
    "personal_words": lambda policy, _: policy.personal_words,
    "all_characters": _accepts_all_characters,
    # `canonical` does it for every policy.
    "normalised": lambda _policy, _needed: True,
}
