"""
In which language does the Portal write to a person?
"""

import re
from enum import Enum
from typing import Final, Self, final

from .errors import Invalid
from .problems import NotOneOf, Problem, text_problem


__all__ = ["Language"]


@final
class Language(Enum):
    """
    A language of the Portal; its value is the ISO 639-1 code.  [Q2]

    >>> Language.parse("nl-BE")
    <Language.DUTCH: 'nl'>
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
        if _code_in(text) in {language.value for language in cls}:
            return ()
        return (NotOneOf(", ".join(language.value for language in cls)),)

    @classmethod
    def parse(cls, text: str) -> Self:
        """
        Return the language that *text* names, such as ``nl`` or ``nl-BE``.

        Raises:
            Invalid: *text* is no language of the Portal.
        """
        if problems := cls.check(text):
            raise Invalid(problems)
        return cls(_code_in(text))


#: A language, and a script or a region that the Portal does not tell apart.
_TAG: Final = re.compile(r"\s*([A-Za-z]{2})(?:[-_][A-Za-z0-9]{2,8})*\s*")


def _code_in(text: str) -> str | None:
    tag = _TAG.fullmatch(text)
    return tag and tag[1].lower()
