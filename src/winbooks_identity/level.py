"""
Which rank can a user have, how may it be spelled, and what does it mean?
"""

from collections.abc import Iterable
from enum import Enum
from functools import total_ordering
from typing import Final, Self, final

from . import texts
from .errors import Invalid
from .problems import NotOneOf, Problem, text_problem


__all__ = ["Level"]


@final
@total_ordering
class Level(Enum):
    """
    The rank of a user on the Portal (nl *niveau*, fr *niveau*).  [R24]

    Levels are ordered: ``USER < POWER_USER < ADMINISTRATOR``.

    >>> Level.parse("Admin. Licentie")
    <Level.ADMINISTRATOR: 'Administrator'>
    >>> Level.USER < Level.POWER_USER
    True
    """

    USER = "User"
    POWER_USER = "Power User"
    ADMINISTRATOR = "Administrator"

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, Level):
            return NotImplemented
        order = list(Level)
        return order.index(self) < order.index(other)

    @property
    def is_staff(self) -> bool:
        """
        Tell whether the level is one of the licence holder's staff.  [R21, R22]
        """
        return self is not Level.USER

    def label(
        self, locale: str = "en", *, translator: texts.Translator | None = None
    ) -> str:
        """
        Return the level's name in the language of *locale*, or *translator*'s.
        """
        code = f"level.{self.name.lower()}"
        return texts.text(code, locale, translator=translator)

    def help(
        self, locale: str = "en", *, translator: texts.Translator | None = None
    ) -> str:
        """
        Return what the level allows, in the language of *locale*.  [R25]

        Args:
            locale: the reader's.
            translator: a product's own words, asked first.
        """
        code = f"level.{self.name.lower()}.help"
        return texts.text(code, locale, translator=translator)

    @classmethod
    def check(
        cls, text: str, *, offered: Iterable["Level"] | None = None
    ) -> tuple[Problem, ...]:
        """
        Return why *text* names no level; empty means that it names one.

        Args:
            text: what was filled in.
            offered: the levels to choose from instead; all of them by default.
        """
        if problems := text_problem(text):
            return problems
        if _folded(text) in _BY_SPELLING:
            return ()
        return (NotOneOf(", ".join(level.value for level in offered or cls)),)

    @classmethod
    def parse(cls, text: str, *, offered: Iterable["Level"] | None = None) -> Self:
        """
        Return the level that *text* names, in any of the Portal's spellings.  [R23]

        Args:
            text: what was filled in.
            offered: the levels to choose from instead; all of them by default.

        Raises:
            Invalid: *text* names no level.
        """
        if problems := cls.check(text, offered=offered):
            raise Invalid(problems)
        return cls(_BY_SPELLING[_folded(text)])


def _folded(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())


#: The Portal's names of the levels in nl, fr and en (public pages P1, P4, P5, P7),
#: and ours in de.
_BY_SPELLING: Final = {
    "user": Level.USER,
    "gebruiker": Level.USER,
    "utilisateur": Level.USER,
    "benutzer": Level.USER,
    "poweruser": Level.POWER_USER,
    "administrator": Level.ADMINISTRATOR,
    "administrateur": Level.ADMINISTRATOR,
    "adminlicentie": Level.ADMINISTRATOR,
    "licenceadmin": Level.ADMINISTRATOR,
    "licenseadmin": Level.ADMINISTRATOR,
}
