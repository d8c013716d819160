"""
Whose is a WinBooks ID?
"""

from contextlib import suppress
from uuid import UUID

import pytest

from ...level import Level
from ...portal_user import PortalUser, Status
from ...ports import Storage, UnitOfWork
from ...refusals import DuplicateWinBooksId
from ...role import Role
from .. import samples
from . import units
from .suite import Interrupted, StorageSuite


__all__ = ["Owners"]


class Owners(StorageSuite):
    """
    An ID has one owner, over all licences.  [R2, R3]
    """

    @pytest.mark.parametrize(
        "user",
        [
            samples.user(
                address="Ada.Lovelace+portal@xn--mnchen-3ya.example.com",
                dossiers=frozenset({"D1", "D2"}),
                roles=frozenset(Role),
            ),
            samples.user(
                level=Level.USER,
                status=Status.INACTIVE,
                phone=None,
                roles=frozenset(),
            ),
        ],
        ids=["with everything", "with the least"],
    )
    def test_a_user_comes_back_as_he_was(
        self, storage: Storage, user: PortalUser
    ) -> None:
        """
        Every field of a user is stored, the spelling of their ID too.
        """
        units.register(storage, dossiers=("D1", "D2"))
        storage.run(lambda unit: unit.users.add(user))

        found = units.find(storage)

        assert user == found
        assert user.winbooks_id.address == _address(found)

    @pytest.mark.parametrize("licence", ["4711", "4712"])
    def test_an_id_has_one_owner(self, storage: Storage, licence: str) -> None:
        """
        An ID that has an owner is refused, in any spelling and licence.  [R2, R3]
        """
        units.register(storage)
        units.register(storage, "4712")
        units.add(storage, samples.user("ada", address="ada@kantoor.be"))
        twin = samples.user("grace", address="ADA@kantoor.be", licence=licence)

        with pytest.raises(DuplicateWinBooksId) as caught:
            units.add(storage, twin)
        assert "ADA@kantoor.be" == caught.value.winbooks_id.address
        assert None is units.find(storage, "grace")

    def test_a_refused_id_leaves_its_owner_alone(self, storage: Storage) -> None:
        """
        The owner stays as they were after another user wanted their ID.
        """
        units.register(storage)
        units.add(storage, samples.user("ada"))

        with suppress(DuplicateWinBooksId):
            units.add(storage, samples.user("grace", address="Ada@kantoor.be"))

        assert samples.user("ada") == units.owner(storage, "ada@kantoor.be")

    def test_a_refused_id_leaves_the_unit_of_work_usable(
        self, storage: Storage
    ) -> None:
        """
        Work that catches the refusal goes on, and what else it did is kept.
        """
        units.register(storage)
        units.add(storage, samples.user("ada"))

        def work(unit: UnitOfWork) -> None:
            unit.users.add(samples.user("joan"))
            with suppress(DuplicateWinBooksId):
                unit.users.add(samples.user("grace", address="ada@kantoor.be"))
            unit.users.add(samples.user("grace"))

        storage.run(work)

        assert samples.user("joan") == units.find(storage, "joan")
        assert samples.user("grace") == units.find(storage, "grace")

    def test_an_id_of_undone_work_is_free(self, storage: Storage) -> None:
        """
        An ID whose owner was not kept has no owner.
        """
        units.register(storage)

        def work(unit: UnitOfWork) -> None:
            unit.users.add(samples.user("ada"))
            raise Interrupted

        with suppress(Interrupted):
            storage.run(work)
        units.add(storage, samples.user("grace", address="ada@kantoor.be"))

        assert samples.identifier("grace") == (
            _id(units.owner(storage, "ada@kantoor.be"))
        )

    def test_look_alikes_are_different(self, storage: Storage) -> None:
        """
        Dots and tags make other IDs; nothing is merged.  [R5]
        """
        units.register(storage)
        addresses = ["ada@kantoor.be", "a.da@kantoor.be", "ada+x@kantoor.be"]
        for number, address in enumerate(addresses):
            units.add(storage, samples.user(f"ada{number}", address=address))

        assert addresses == [
            _address(units.owner(storage, address)) for address in addresses
        ]

    def test_an_id_is_found_in_any_spelling(self, storage: Storage) -> None:
        """
        Capitals make no difference to a look-up.  [R4]
        """
        units.register(storage)
        units.add(storage, samples.user("ada", address="Ada@kantoor.be"))

        assert samples.identifier("ada") == (
            _id(units.owner(storage, "aDA@kantoor.be"))
        )

    def test_nobody_is_found(self, storage: Storage) -> None:
        """
        Who is not there is not found.
        """
        assert None is units.find(storage, "ada")
        assert None is units.owner(storage, "ada@kantoor.be")


def _id(user: PortalUser | None) -> UUID | None:
    return None if user is None else user.id


def _address(user: PortalUser | None) -> str | None:
    return None if user is None else user.winbooks_id.address
