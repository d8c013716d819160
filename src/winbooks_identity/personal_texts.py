"""
What do others know of a person, so that their password must not lean on it?
"""

from collections.abc import Iterable
from typing import Protocol

from .dossier import Dossier
from .licence import Licence
from .names import CompanyName, PersonName
from .winbooks_id import WinBooksId


__all__ = ["HasName", "texts_about"]


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
    return (
        str(person.first_name),
        str(person.last_name),
        str(person.winbooks_id),
        str(person.company_name),
        str(licence.holder),
        licence.number,
        *(text for each in dossiers for text in (str(each.name), each.number)),
    )
