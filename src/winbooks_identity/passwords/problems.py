"""
What can be wrong with a password?

Every parameter is a limit or a count: no problem repeats a part of what was
typed, and what was counted in it stays out of ``repr``.  [R13, R19]
"""

from typing import ClassVar

import attrs

from ..problems import Problem, observed


__all__ = [
    "BreachUnknown",
    "Breached",
    "CharacterForbidden",
    "CharacterNotAllowed",
    "CommonWordFound",
    "CommonWords",
    "ControlCharacter",
    "Denied",
    "ForbiddenWord",
    "NoLeakedPasswords",
    "NotUnicode",
    "PersonalWordFound",
    "PersonalWords",
    "RunTooLong",
    "TooFewDigits",
    "TooFewKinds",
    "TooFewLower",
    "TooFewSpecial",
    "TooFewUpper",
    "TooLong",
    "TooManyDigits",
    "TooManyLower",
    "TooManySpecial",
    "TooManyUpper",
    "TooShort",
    "TooWeak",
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


@attrs.frozen
class TooFewLower(Problem):
    """
    A policy can ask for a number of lower case letters.
    """

    code: ClassVar[str] = "password.too_few_lower"

    minimum: int


@attrs.frozen
class TooFewUpper(Problem):
    """
    A policy can ask for a number of upper case letters.
    """

    code: ClassVar[str] = "password.too_few_upper"

    minimum: int


@attrs.frozen
class TooFewDigits(Problem):
    """
    A policy can ask for a number of digits.
    """

    code: ClassVar[str] = "password.too_few_digits"

    minimum: int


@attrs.frozen
class TooFewSpecial(Problem):
    """
    A policy can ask for a number of special characters.
    """

    code: ClassVar[str] = "password.too_few_special"

    minimum: int


@attrs.frozen
class TooManyLower(Problem):
    """
    A policy can limit the number of lower case letters.
    """

    code: ClassVar[str] = "password.too_many_lower"

    maximum: int


@attrs.frozen
class TooManyUpper(Problem):
    """
    A policy can limit the number of upper case letters.
    """

    code: ClassVar[str] = "password.too_many_upper"

    maximum: int


@attrs.frozen
class TooManyDigits(Problem):
    """
    A policy can limit the number of digits.
    """

    code: ClassVar[str] = "password.too_many_digits"

    maximum: int


@attrs.frozen
class TooManySpecial(Problem):
    """
    A policy can limit the number of special characters.
    """

    code: ClassVar[str] = "password.too_many_special"

    maximum: int


@attrs.frozen
class CharacterNotAllowed(Problem):
    """
    A policy can name the only characters that occur.
    """

    code: ClassVar[str] = "password.character_not_allowed"

    allowed: str


@attrs.frozen
class CharacterForbidden(Problem):
    """
    A policy can name characters that do not occur.
    """

    code: ClassVar[str] = "password.character_forbidden"

    forbidden: str


@attrs.frozen
class RunTooLong(Problem):
    """
    A policy can limit how often a character follows itself.
    """

    code: ClassVar[str] = "password.run_too_long"

    maximum: int


@attrs.frozen
class ForbiddenWord(Problem):
    """
    A policy can name words that occur nowhere in a password.

    Which one was found is not said: it is a part of the password.
    """

    code: ClassVar[str] = "password.forbidden_word"


@attrs.frozen
class Denied(Problem):
    """
    A policy can list passwords that are refused as a whole.
    """

    code: ClassVar[str] = "password.denied"


@attrs.frozen
class PersonalWords(Problem):
    """
    A policy can ask for characters besides what others know of the person.
    """

    code: ClassVar[str] = "password.personal_words"

    needed: int


@attrs.frozen
class CommonWords(Problem):
    """
    A policy can ask for characters besides words and years that are tried first.
    """

    code: ClassVar[str] = "password.common_words"

    needed: int


@attrs.frozen
class PersonalWordFound(Problem):
    """
    A policy can refuse what others know of the person, wherever it stands.

    Which word was found is not said: it is a part of the password.
    """

    code: ClassVar[str] = "password.personal_word_found"


@attrs.frozen
class CommonWordFound(Problem):
    """
    A policy can refuse words and years that are tried first, wherever they stand.
    """

    code: ClassVar[str] = "password.common_word_found"


@attrs.frozen
class TooWeak(Problem):
    """
    A policy can ask for a strength, as an estimator scores it from 0 to 4.
    """

    code: ClassVar[str] = "password.too_weak"

    minimum: int


@attrs.frozen
class Breached(Problem):
    """
    A policy can refuse passwords that have leaked somewhere.
    """

    code: ClassVar[str] = "password.breached"


@attrs.frozen
class BreachUnknown(Problem):
    """
    A policy can refuse what could not be looked up among leaked passwords.
    """

    code: ClassVar[str] = "password.breach_unknown"


@attrs.frozen
class NoLeakedPasswords(Problem):
    """
    A policy that refuses what could not be looked up needs a list to look in.
    """

    code: ClassVar[str] = "password.no_leaked_passwords"
