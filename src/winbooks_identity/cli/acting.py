"""
In whose name does the command line act?
"""

from typing import ClassVar, final

from ..adapters.embedded import EmbeddedOffice
from ..authorization import Actor, Distributor
from ..errors import Unavailable
from ..refusals import UnknownLicence, UnknownUser
from ..winbooks_id import WinBooksId


__all__ = ["NoOnWebConnection", "actor_in", "whoever_acts"]


@final
class NoOnWebConnection(Unavailable):
    """
    The command line cannot ask WinBooks on Web.  [R59, R60]
    """

    code: ClassVar[str] = "cli.no_on_web_connection"


def actor_in(store: EmbeddedOffice, winbooks_id: str) -> Actor:
    """
    Return the user with that ID, to act as him.

    Raises:
        Invalid: *winbooks_id* is none.
        UnknownUser: nobody has it.
    """
    user = store.owner_of(WinBooksId.parse(winbooks_id.strip()))
    if user is None:
        raise UnknownUser
    return user


def whoever_acts(
    store: EmbeddedOffice, *, acting_as: str | None, licence: str | None
) -> Actor:
    """
    Return the user who acts, or else the distributor in one of his licences.

    Args:
        store: where users and licences are kept.
        acting_as: the user's WinBooks ID.
        licence: the licence's number; not needed where there is one only.

    Raises:
        Invalid: *acting_as* is no WinBooks ID.
        UnknownUser: nobody has that ID.
        UnknownLicence: there is none, or several to choose from.
    """
    if acting_as is not None:
        return actor_in(store, acting_as)
    if licence is not None:
        return Distributor(licence)
    numbers = store.licences()
    if len(numbers) != 1:
        raise UnknownLicence
    return Distributor(numbers[0])
