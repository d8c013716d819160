"""
Which units of work do the suites run?
"""

from uuid import UUID

from ...dossier import Dossier
from ...portal_user import PortalUser
from ...ports import Storage, UnitOfWork
from ...winbooks_id import WinBooksId
from .. import samples


__all__ = [
    "add",
    "dossiers",
    "everything",
    "fill",
    "find",
    "owner",
    "page",
    "register",
    "save",
    "taken",
]


def fill(unit: UnitOfWork) -> None:
    """
    Store one of everything.
    """
    unit.licences.register(samples.licence(), [samples.dossier()])
    unit.users.add(samples.user())
    unit.credentials.put(samples.credential())
    unit.requests.remember(samples.request())
    unit.outbox.put(samples.mail())


def everything(unit: UnitOfWork) -> list[object]:
    """
    Return what `fill` stored, with `None` for what is not there.
    """
    return [
        unit.licences.find("4711"),
        unit.users.find(samples.identifier("ada")),
        unit.users.find_by_winbooks_id(samples.user().winbooks_id),
        unit.credentials.find(samples.identifier("ada")),
        unit.requests.remember(samples.request()),
    ]


def register(
    storage: Storage, number: str = "4711", *, dossiers: tuple[str, ...] = ()
) -> bool:
    """
    Register a licence with dossiers.
    """
    added = [samples.dossier(each) for each in dossiers]
    return storage.run(
        lambda unit: unit.licences.register(samples.licence(number), added)
    )


def dossiers(storage: Storage) -> list[Dossier]:
    """
    Return the dossiers of the first licence.
    """
    return list(storage.run(lambda unit: unit.licences.dossiers("4711")))


def add(storage: Storage, user: PortalUser) -> None:
    """
    Add *user*.
    """
    storage.run(lambda unit: unit.users.add(user))


def save(storage: Storage, user: PortalUser) -> PortalUser:
    """
    Save *user*.
    """
    return storage.run(lambda unit: unit.users.save(user))


def find(storage: Storage, name: str = "ada") -> PortalUser | None:
    """
    Return the user called *name*.
    """
    return storage.run(lambda unit: unit.users.find(samples.identifier(name)))


def owner(storage: Storage, address: str = "ada@kantoor.be") -> PortalUser | None:
    """
    Return who has the ID *address*.
    """
    return storage.run(lambda unit: unit.users.find_by_winbooks_id(WinBooksId(address)))


def taken(storage: Storage, *addresses: str) -> set[WinBooksId]:
    """
    Return which of the IDs *addresses* have an owner.
    """
    asked = set(map(WinBooksId, addresses))
    return set(storage.run(lambda unit: unit.users.taken(asked, now=samples.NOW)))


def page(storage: Storage, *, after: UUID | None, limit: int) -> list[PortalUser]:
    """
    Return some users of the first licence.
    """
    return list(
        storage.run(
            lambda unit: unit.users.of_licence("4711", after=after, limit=limit)
        )
    )
