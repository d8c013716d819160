"""
Who overwrites whom?
"""

from contextlib import suppress

import attrs
import pytest

from ...level import Level
from ...portal_user import PortalUser, Status
from ...ports import Outline, Storage, UnitOfWork
from ...refusals import DuplicateWinBooksId, OutOfDate
from ...role import Role
from .. import samples
from . import units
from .suite import StorageSuite, outcome


__all__ = ["Saving"]


class Saving(StorageSuite):
    """
    What others saved is not overwritten.
    """

    def test_a_user_is_saved_with_the_next_version(self, storage: Storage) -> None:
        """
        Saving replaces every field and counts.
        """
        units.register(storage, dossiers=("D1", "D2"))
        units.add(storage, samples.user(dossiers=frozenset({"D1"})))
        changed = samples.user(
            level=Level.ADMINISTRATOR,
            status=Status.INACTIVE,
            phone=None,
            dossiers=frozenset({"D2"}),
            roles=frozenset({Role.CONNECT_ACCOUNTANT}),
            deactivated_by_feed=True,
            address_proven=True,
        )

        saved = units.save(storage, changed)

        assert attrs.evolve(changed, version=2) == saved
        assert saved == units.find(storage, "ada")

    def test_an_old_version_is_refused(self, storage: Storage) -> None:
        """
        What others saved is not overwritten.
        """
        units.register(storage)
        units.add(storage, samples.user())
        saved = units.save(storage, samples.user(level=Level.ADMINISTRATOR))

        with pytest.raises(OutOfDate) as caught:
            units.save(storage, samples.user(level=Level.USER))
        assert 1 == caught.value.expected_version
        assert saved == units.find(storage, "ada")

    def test_a_version_to_come_is_refused(self, storage: Storage) -> None:
        """
        A version that was never stored is not the stored one.
        """
        units.register(storage)
        units.add(storage, samples.user())

        assert OutOfDate is outcome(
            lambda: units.save(storage, samples.user(version=2))
        )

    def test_nobody_is_not_saved(self, storage: Storage) -> None:
        """
        Saving makes no user.
        """
        units.register(storage)

        assert OutOfDate is outcome(lambda: units.save(storage, samples.user()))
        assert None is units.owner(storage, "ada@kantoor.be")

    def test_a_user_takes_a_new_id(self, storage: Storage) -> None:
        """
        They are found by their new ID, and their old one is free.
        """
        units.register(storage)
        units.add(storage, samples.user("ada"))

        units.save(storage, samples.user("ada", address="countess@kantoor.be"))
        units.add(storage, samples.user("grace", address="ada@kantoor.be"))

        assert samples.user(
            "ada", address="countess@kantoor.be", version=2
        ) == units.owner(storage, "countess@kantoor.be")

    def test_a_user_spells_his_id_anew(self, storage: Storage) -> None:
        """
        Their own ID in another spelling is no duplicate.
        """
        units.register(storage)
        units.add(storage, samples.user("ada"))

        saved = units.save(storage, samples.user("ada", address="Ada@kantoor.be"))

        found = units.owner(storage, "ada@kantoor.be")
        assert saved == found
        assert "Ada@kantoor.be" == str(saved.winbooks_id)

    def test_a_user_does_not_take_the_id_of_another(self, storage: Storage) -> None:
        """
        A change of ID is refused like a new one.  [R2]
        """
        units.register(storage)
        units.add(storage, samples.user("ada"))
        units.add(storage, samples.user("grace"))

        with pytest.raises(DuplicateWinBooksId):
            units.save(storage, samples.user("grace", address="ADA@kantoor.be"))
        assert samples.user("ada") == units.owner(storage, "ada@kantoor.be")
        assert samples.user("grace") == units.owner(storage, "grace@kantoor.be")

    def test_a_unit_of_work_outlives_a_refused_save(self, storage: Storage) -> None:
        """
        What it does afterwards is kept, and nothing of the refused save is.
        """
        units.register(storage)
        for name in ("ada", "grace"):
            units.add(storage, samples.user(name))
        refused = samples.user(
            "ada", address="countess@kantoor.be", id_change="grace@kantoor.be"
        )

        def work(unit: UnitOfWork) -> PortalUser:
            with suppress(DuplicateWinBooksId):
                unit.users.save(refused)
            with suppress(OutOfDate):
                unit.users.save(samples.user("grace", version=2))
            return unit.users.save(samples.user("grace", phone=None))

        grace = storage.run(work)

        assert grace == units.find(storage, "grace")
        assert samples.user("ada") == units.owner(storage, "ada@kantoor.be")
        assert set() == units.taken(storage, "countess@kantoor.be")

    def test_users_of_a_licence_come_in_pages(self, storage: Storage) -> None:
        """
        Page after page, in the order of their keys, each comes once.
        """
        units.register(storage)
        units.register(storage, "4712")
        names = ["ada", "grace", "joan", "mary", "radia"]
        members = [samples.user(name) for name in names]
        for member in members:
            units.add(storage, member)
        units.add(storage, samples.user("stranger", licence="4712"))
        expected = sorted(members, key=lambda user: user.id)

        pages = [
            units.page(storage, after=after, limit=2)
            for after in (None, expected[1].id, expected[3].id, expected[4].id)
        ]

        assert [expected[:2], expected[2:4], expected[4:], []] == pages

    def test_outlines_come_in_pages(self, storage: Storage) -> None:
        """
        In the same order, with the ID, the external id and the version as stored now.
        """
        units.register(storage)
        units.register(storage, "4712")
        for name in ("ada", "grace", "joan"):
            units.add(storage, samples.user(name))
        units.add(storage, samples.user("stranger", licence="4712"))
        units.save(
            storage, attrs.evolve(samples.user("grace"), external_id="E-2", phone=None)
        )
        moving = samples.user("joan", address="joan.clarke@kantoor.be")
        units.save(storage, moving)
        stored = units.page(storage, after=None, limit=9)

        outlines = storage.read(
            lambda unit: [
                *unit.users.outlines("4711", limit=2),
                *unit.users.outlines("4711", after=stored[1].id, limit=2),
                *unit.users.outlines("4711", after=stored[2].id, limit=2),
            ]
        )

        assert [
            Outline(user.id, user.winbooks_id, user.external_id, user.version)
            for user in stored
        ] == outlines
        assert {("E-2", 2), (None, 1), (None, 2)} == {
            (outline.external_id, outline.version) for outline in outlines
        }

    def test_who_was_read_and_removed_is_not_saved(self, storage: Storage) -> None:
        """
        They do not come back in the unit of work that removed them.
        """
        units.register(storage)
        ada = samples.user("ada")
        units.add(storage, ada)

        def work(unit: UnitOfWork) -> None:
            assert [ada] == list(unit.users.find_all({ada.id}))
            unit.users.remove(ada)
            assert [] == list(unit.users.save_all([ada]))

        storage.run(work)

        assert None is units.find(storage, "ada")
