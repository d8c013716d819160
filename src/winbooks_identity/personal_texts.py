"""
What do others know of a person, so that their password must not lean on it?
"""

from collections.abc import Iterable
from typing import Protocol

from .dossier import Dossier
from .licence import Licence
from .names import CompanyName, PersonName
from .winbooks_id import WinBooksId


__all__ = ["HasName", "texts_about", "texts_of"]


class HasName(Protocol):
    """
    A person: a `NewUser` on its way into the store, or a `PortalUser` in it.
    """

    @property
    def winbooks_id(self) -> WinBooksId:
        """
        Return the address.
        """
        ...

    @property
    def first_name(self) -> PersonName:
        """
        Return the first name.
        """
        ...

    @property
    def last_name(self) -> PersonName:
        """
        Return the last name.
        """
        ...

    @property
    def company_name(self) -> CompanyName:
        """
        Return the company that the person works for.
        """
        ...


def texts_about(
    person: HasName, *, licence: Licence, dossiers: Iterable[Dossier]
) -> tuple[str, ...]:
    """
    Return what a guesser tries first against *person*.

    Args:
        person: names, WinBooks ID and company are read.
        licence: the office; its holder and number are read.
        dossiers: those that the person can open; names and numbers are read.
    """
    details = (
        person.first_name,
        person.last_name,
        person.winbooks_id,
        person.company_name,
    )
    return texts_of(details, licence=licence, dossiers=dossiers)


def texts_of(
    details: Iterable[object], *, licence: Licence, dossiers: Iterable[Dossier | str]
) -> tuple[str, ...]:
    """
    Return the same of a person of whom only some *details* are known.

    Args:
        details: names, WinBooks ID and company, as far as they are known.
        licence: the office; its holder and number are read.
        dossiers: those that the person can open; of a number without its
            dossier, the number.
    """
    return (
        *map(str, details),
        str(licence.holder),
        licence.number,
        *(text for each in dossiers for text in _texts_of_dossier(each)),
    )


def _texts_of_dossier(dossier: Dossier | str) -> tuple[str, ...]:
    if isinstance(dossier, str):
        return (dossier,)
    return (str(dossier.name), dossier.number)
