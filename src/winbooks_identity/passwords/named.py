"""
Which policies do the Portal and the known standards ask for?

A standard also asks for what no policy about characters can say; `audit` lists
it clause by clause.
"""

from typing import Final

from .breached import BreachCheck
from .policy import PasswordPolicy
from .words import WORD_LISTS


__all__ = [
    "ACTIVE_DIRECTORY",
    "ASVS_5",
    "BSI_CCB",
    "NAMED",
    "NIST_MFA",
    "NIST_SINGLE_FACTOR",
    "PORTAL",
    "RECOMMENDED",
]

#: The Portal's creation form, exactly.  [R11, R12]
PORTAL: Final = PasswordPolicy(min_length=12, max_length=128, min_kinds=3)

#: What we recommend to the Portal: it accepts nothing that the Portal refuses, is
#: long enough for NIST's single factor, and refuses what a guesser would try who
#: knows the person and the country.
RECOMMENDED: Final = PasswordPolicy(
    min_length=15,
    max_length=128,
    min_kinds=3,
    min_unfamiliar=6,
    word_lists=tuple(WORD_LISTS),
    personal_words=True,
    min_strength=3,
    breach_check=BreachCheck.IF_REACHABLE,
)

#: NIST SP 800-63B-4 (August 2025), 3.1.1.2, where the password is the only factor:
#: at least 15 characters, at least 64 permitted, no composition, a block list.
NIST_SINGLE_FACTOR: Final = PasswordPolicy(
    min_length=15, max_length=128, min_kinds=0, breach_check=BreachCheck.ALWAYS
)

#: The same where a second factor is always asked for: at least 8 characters.
NIST_MFA: Final = PasswordPolicy(
    min_length=8, max_length=128, min_kinds=0, breach_check=BreachCheck.ALWAYS
)

#: OWASP ASVS 5.0, V6.2: at least 8 characters (6.2.1), any composition (6.2.5), at
#: least 64 permitted (6.2.9), context words (6.2.11) and breaches (6.2.12) refused.
ASVS_5: Final = PasswordPolicy(
    min_length=8,
    max_length=128,
    min_kinds=0,
    word_lists=("products",),
    personal_words=True,
    refuse_familiar=True,
    breach_check=BreachCheck.ALWAYS,
)

#: Microsoft's complexity rule as of Windows 2000 (passfilt): three of the four
#: kinds and no part of the user's name, with the default minimum length of a
#: domain, 7. Today's fifth kind, letters without case, is not counted.
ACTIVE_DIRECTORY: Final = PasswordPolicy(
    min_length=7, max_length=128, min_kinds=3, personal_words=True, refuse_familiar=True
)

#: The BSI's tier "short and complex", 8 to 12 characters of four kinds, at the
#: length that Belgium's CCB calls good: more than 13 ("Safeonweb").
BSI_CCB: Final = PasswordPolicy(
    min_length=14,
    max_length=128,
    min_kinds=4,
    min_unfamiliar=4,
    word_lists=tuple(WORD_LISTS),
)

#: Every policy above by the name that the command line takes.
NAMED: Final = {
    "portal": PORTAL,
    "recommended": RECOMMENDED,
    "nist-single-factor": NIST_SINGLE_FACTOR,
    "nist-mfa": NIST_MFA,
    "asvs-5": ASVS_5,
    "active-directory": ACTIVE_DIRECTORY,
    "bsi-ccb": BSI_CCB,
}
