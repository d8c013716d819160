"""
In which language does the Portal write to somebody?
"""

from enum import Enum
from typing import Self, final

from .errors import Invalid
from .problems import NotOneOf, Problem, text_problem


__all__ = ["Language"]


@final
class Language(Enum):
    """
    A language of the Portal; its value is the ISO 639-1 code.  [Q2]
    """

    DUTCH = "nl"
    FRENCH = "fr"
    ENGLISH = "en"

    @classmethod
    def check(cls, text: str) -> tuple[Problem, ...]:
        """
        Return why *text* is no language of the Portal; empty means that it is.
        """
        if problems := text_problem(text):
            return problems
        if text.strip().lower() in {language.value for language in cls}:
            return ()
        return (NotOneOf(", ".join(language.value for language in cls)),)

    @classmethod
    def parse(cls, text: str) -> Self:
        """
        Return the language whose code is *text*.

        Raises:
            Invalid: *text* is no language of the Portal.
        """
        if problems := cls.check(text):
            raise Invalid(problems)
        return cls(text.strip().lower())
