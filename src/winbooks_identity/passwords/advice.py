"""
How can a person improve a weak password?

Each piece of advice stands for one or more sentences of the estimators; see
`winbooks_identity.passwords.estimation`.
"""

from typing import ClassVar

import attrs

from ..problems import Notice


__all__ = [
    "AnotherWord",
    "Capitals",
    "CommonPassword",
    "Dates",
    "FewWords",
    "KeyboardPattern",
    "Names",
    "Repeats",
    "Reversed",
    "RowOfKeys",
    "Sequences",
    "SimilarToCommon",
    "SingleWord",
    "Substitutions",
    "Years",
]


@attrs.frozen
class RowOfKeys(Notice):
    """
    A row of keys is among the first things that are tried.
    """

    code: ClassVar[str] = "password_advice.row_of_keys"


@attrs.frozen
class KeyboardPattern(Notice):
    """
    A short figure on the keyboard is easy to guess.
    """

    code: ClassVar[str] = "password_advice.keyboard_pattern"


@attrs.frozen
class Repeats(Notice):
    """
    Repeating a word or a character adds next to nothing.
    """

    code: ClassVar[str] = "password_advice.repeats"


@attrs.frozen
class Sequences(Notice):
    """
    A sequence of letters or digits is easy to guess.
    """

    code: ClassVar[str] = "password_advice.sequences"


@attrs.frozen
class Years(Notice):
    """
    A recent year, or one of your own, is easy to guess.
    """

    code: ClassVar[str] = "password_advice.years"


@attrs.frozen
class Dates(Notice):
    """
    A date is easy to guess.
    """

    code: ClassVar[str] = "password_advice.dates"


@attrs.frozen
class CommonPassword(Notice):
    """
    The password is among those that most people choose.
    """

    code: ClassVar[str] = "password_advice.common_password"


@attrs.frozen
class SimilarToCommon(Notice):
    """
    The password differs little from one that many people choose.
    """

    code: ClassVar[str] = "password_advice.similar_to_common"


@attrs.frozen
class SingleWord(Notice):
    """
    One word alone is easy to guess.
    """

    code: ClassVar[str] = "password_advice.single_word"


@attrs.frozen
class Names(Notice):
    """
    Names of people are easy to guess.
    """

    code: ClassVar[str] = "password_advice.names"


@attrs.frozen
class FewWords(Notice):
    """
    Several words that do not belong together make a good password.
    """

    code: ClassVar[str] = "password_advice.few_words"


@attrs.frozen
class AnotherWord(Notice):
    """
    Another uncommon word makes a password better.
    """

    code: ClassVar[str] = "password_advice.another_word"


@attrs.frozen
class Capitals(Notice):
    """
    Capitals in the usual places add little.
    """

    code: ClassVar[str] = "password_advice.capitals"


@attrs.frozen
class Reversed(Notice):
    """
    A word spelled backwards is hardly harder to guess.
    """

    code: ClassVar[str] = "password_advice.reversed"


@attrs.frozen
class Substitutions(Notice):
    """
    A sign in the place of a letter adds little.
    """

    code: ClassVar[str] = "password_advice.substitutions"
