"""
In whose name does the command line act?
"""

from getpass import getuser
from typing import ClassVar, final

from ..authorization import Actor, Distributor, check_operator
from ..errors import Unavailable
from ..fields import trimmed
from ..portal import Portal
from ..portal_user import PortalUser
from ..refusals import UnknownLicence, UnknownUser
from ..winbooks_id import WinBooksId


__all__ = [
    "NoOnWebConnection",
    "actor_in",
    "distributor_in",
    "owner_of",
    "whoever_acts",
]


@final
class NoOnWebConnection(Unavailable):
    """
    The command line cannot ask WinBooks on Web.  [R59, R60]
    """

    code: ClassVar[str] = "cli.no_on_web_connection"


def owner_of(portal: Portal, winbooks_id: WinBooksId) -> PortalUser | None:
    """
    Return the user with that ID, in whatever licence.

    Only people who have the database can ask this: `ProvisioningService.find`
    keeps to one licence.
    """
    return portal.storage.read(lambda unit: unit.users.find_by_winbooks_id(winbooks_id))


def actor_in(portal: Portal, winbooks_id: str) -> Actor:
    """
    Return the user with that ID, to act as them.

    Raises:
        Invalid: *winbooks_id* is none.
        UnknownUser: no user has it.
    """
    user = owner_of(portal, WinBooksId.parse(trimmed(winbooks_id)))
    if user is None:
        raise UnknownUser
    return user


def distributor_in(licence: str, operator: str | None = None) -> Distributor:
    """
    Return the distributor in a licence, with the name of the person at the keyboard.

    Without *operator* it is the name of their account on this machine.  [S4]

    Raises:
        Invalid: *operator* is no name.
    """
    return Distributor(licence, operator=operator or _account())


def _account() -> str | None:
    try:
        name = getuser()
    except (ImportError, KeyError, OSError):  # A container may have no such account.
        return None
    return None if check_operator(name) else name


def whoever_acts(
    portal: Portal,
    *,
    acting_as: str | None,
    licence: str | None,
    operator: str | None = None,
) -> Actor:
    """
    Return the user who acts, or else the distributor in one of their licences.

    Args:
        portal: where users and licences are kept.
        acting_as: the user's WinBooks ID.
        licence: the licence's number; not needed where there is one only.
        operator: who is at the keyboard, see `distributor_in`.

    Raises:
        Invalid: *acting_as* is no WinBooks ID, or *operator* no name.
        UnknownUser: no user has that ID.
        UnknownLicence: there is no such licence, none at all, or several to choose
            from.
    """
    if acting_as is not None:
        return actor_in(portal, acting_as)
    numbers = portal.storage.read(lambda unit: unit.licences.numbers())
    chosen = [each for each in numbers if licence in {None, each}]
    if len(chosen) != 1:
        raise UnknownLicence
    return distributor_in(chosen[0], operator)
