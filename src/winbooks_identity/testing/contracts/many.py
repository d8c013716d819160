"""
What happens to many users at once?
"""

from contextlib import suppress

import attrs

from ...authorization import Distributor
from ...events import Event
from ...level import Level
from ...life_cycle import Step
from ...ports import Storage, UnitOfWork
from ...role import Role
from ...winbooks_id import WinBooksId
from .. import samples
from . import units
from .suite import Interrupted, StorageSuite


__all__ = ["Many"]


class Many(StorageSuite):
    """
    Many users are added, found and saved in one go, and who is not can be named.
    """

    def test_many_users_are_added(self, storage: Storage) -> None:
        """
        Each comes back as they were, however many there are.
        """
        units.register(storage)
        users = [samples.user(f"user{number}") for number in range(1001)]

        refused = storage.run(lambda unit: unit.users.add_all(users))

        assert [] == list(refused)
        assert users[0] == units.find(storage, "user0")
        assert users[1000] == units.find(storage, "user1000")

    def test_of_many_those_whose_id_has_an_owner_are_returned(
        self, storage: Storage
    ) -> None:
        """
        The others are added, and of two with one ID the first.  [R2, R3]
        """
        units.register(storage)
        units.add(storage, samples.user("ada"))
        twin = samples.user("twin", address="ADA@kantoor.be")
        first = samples.user("first", address="grace@kantoor.be")
        second = samples.user("second", address="Grace@kantoor.be")

        refused = storage.run(lambda unit: unit.users.add_all([twin, first, second]))

        assert [twin, second] == list(refused)
        assert first == units.find(storage, "first")
        assert None is units.find(storage, "twin")

    def test_who_was_read_is_compared_with_what_is_stored_since(
        self, storage: Storage
    ) -> None:
        """
        A version that was saved over in the same unit of work is out of date.
        """
        units.register(storage)
        ada = samples.user("ada")
        units.add(storage, ada)
        address = WinBooksId("countess@kantoor.be")

        def work(unit: UnitOfWork) -> int:
            (known,) = unit.users.find_all({ada.id})
            saved = unit.users.save(known)
            assert [] == list(unit.users.save_all([known]))
            (moved,) = unit.users.save_all([attrs.evolve(saved, winbooks_id=address)])
            return moved.version

        assert ada.version + 2 == storage.run(work)
        found = storage.read(lambda unit: unit.users.find_by_winbooks_id(address))
        assert found is not None
        assert ada.id == found.id

    def test_many_users_are_undone_together(self, storage: Storage) -> None:
        """
        A unit of work sees those it added, and takes them along when it fails.
        """
        units.register(storage)

        def work(unit: UnitOfWork) -> None:
            unit.users.add_all([samples.user("ada"), samples.user("grace")])
            assert None is not unit.users.find(samples.identifier("grace"))
            raise Interrupted

        with suppress(Interrupted):
            storage.run(work)

        assert None is units.find(storage, "grace")

    def test_taken_ids_are_named(self, storage: Storage) -> None:
        """
        In any spelling, of any licence, and many at once.
        """
        units.register(storage)
        units.add(storage, samples.user("ada"))
        asked = {WinBooksId(f"user{number}@kantoor.be") for number in range(1001)}
        ada = WinBooksId("ADA@kantoor.be")

        taken = storage.run(
            lambda unit: unit.users.taken({ada, *asked}, now=samples.NOW)
        )

        assert {ada} == taken

    def test_many_users_are_found(self, storage: Storage) -> None:
        """
        Each as they are, once, with what they were granted; who is not there is missing.
        """
        units.register(storage, dossiers=("D1", "D2"))
        users = [
            samples.user(f"user{number}", dossiers=frozenset({"D1", "D2"}))
            for number in range(1001)
        ]
        storage.run(lambda unit: unit.users.add_all(users))
        asked = {user.id for user in users} | {samples.identifier("nobody")}

        found = storage.run(lambda unit: unit.users.find_all(asked))

        assert 1001 == len(found)
        assert set(users) == set(found)

    def test_nobody_is_found_or_saved(self, storage: Storage) -> None:
        """
        Asking for no user returns none.
        """
        assert ([], []) == storage.run(
            lambda unit: (
                list(unit.users.find_all(frozenset())),
                list(unit.users.save_all([])),
            )
        )

    def test_many_users_are_saved(self, storage: Storage) -> None:
        """
        With every field, and returned as stored, in their order.
        """
        units.register(storage, dossiers=("D1", "D2"))
        names = [f"user{number}" for number in range(1001)]
        users = [samples.user(each, dossiers=frozenset({"D1"})) for each in names]
        storage.run(lambda unit: unit.users.add_all(users))
        changed = [
            samples.user(
                name,
                address=f"{name}.king@kantoor.be",
                level=Level.ADMINISTRATOR,
                phone=None,
                dossiers=frozenset({"D2"}),
                roles=frozenset({Role.CONNECT_ACCOUNTANT}),
                id_change=f"{name}.noel@kantoor.be",
            )
            for name in names
        ]

        saved = storage.run(lambda unit: unit.users.save_all(changed))

        expected = [attrs.evolve(user, version=2) for user in changed]
        # A thousand users side by side would not show what is wrong.
        assert len(expected) == len(saved)
        assert [] == [
            name
            for name, told, stored in zip(names, expected, saved, strict=True)
            if told != stored
        ]
        assert saved[0] == units.owner(storage, "user0.king@kantoor.be")
        assert saved[1000] == units.find(storage, "user1000")
        assert {WinBooksId("user7.noel@kantoor.be")} == units.taken(
            storage, "user7@kantoor.be", "user7.noel@kantoor.be"
        )

    def test_of_many_those_out_of_date_are_not_saved(self, storage: Storage) -> None:
        """
        Who was saved meanwhile stays as they are, and so does who is not there.
        """
        units.register(storage)
        for name in ("ada", "grace"):
            units.add(storage, samples.user(name))
        ada = units.save(storage, samples.user("ada", level=Level.ADMINISTRATOR))
        asked = [samples.user(name, phone=None) for name in ("ada", "joan", "grace")]

        saved = storage.run(lambda unit: unit.users.save_all(asked))

        assert [samples.user("grace", phone=None, version=2)] == list(saved)
        assert ada == units.find(storage, "ada")
        assert saved[0] == units.find(storage, "grace")

    def test_of_many_those_whose_id_has_an_owner_are_not_saved(
        self, storage: Storage
    ) -> None:
        """
        They keep what they had, and what else they wanted stays free.  [R2, R3]
        """
        units.register(storage)
        for name in ("ada", "grace", "joan"):
            units.add(storage, samples.user(name))
        wanting = samples.user(
            "ada", address="countess@kantoor.be", id_change="JOAN@kantoor.be"
        )
        moving = samples.user("grace", address="hopper@kantoor.be")

        saved = storage.run(lambda unit: unit.users.save_all([wanting, moving]))

        assert [attrs.evolve(moving, version=2)] == list(saved)
        assert samples.user("ada") == units.owner(storage, "ada@kantoor.be")
        assert {moving.winbooks_id} == units.taken(
            storage, "countess@kantoor.be", "hopper@kantoor.be", "grace@kantoor.be"
        )

    def test_of_two_who_want_one_id_the_first_is_saved(self, storage: Storage) -> None:
        """
        The second keeps their own.
        """
        units.register(storage)
        for name in ("ada", "grace"):
            units.add(storage, samples.user(name))
        asked = [
            samples.user(name, address="countess@kantoor.be")
            for name in ("grace", "ada")
        ]

        saved = storage.run(lambda unit: unit.users.save_all(asked))

        assert [attrs.evolve(asked[0], version=2)] == list(saved)
        assert samples.user("ada") == units.owner(storage, "ada@kantoor.be")

    def test_many_saves_are_undone_together(self, storage: Storage) -> None:
        """
        With the IDs that were taken and left.
        """
        units.register(storage)
        units.add(storage, samples.user("ada"))

        def work(unit: UnitOfWork) -> None:
            unit.users.save_all([samples.user("ada", address="countess@kantoor.be")])
            raise Interrupted

        with suppress(Interrupted):
            storage.run(work)

        assert samples.user("ada") == units.owner(storage, "ada@kantoor.be")
        assert None is units.owner(storage, "countess@kantoor.be")

    def test_many_events_are_stored(self, storage: Storage) -> None:
        """
        Each is found in the history of its user.
        """
        units.register(storage)
        users = [samples.user(f"user{number}") for number in range(1001)]
        events = [
            Event.of(Step.CREATE, None, user, by=Distributor("4711"), at=samples.NOW)
            for user in users
        ]

        def work(unit: UnitOfWork) -> None:
            unit.users.add_all(users)
            unit.history.add_all(events)

        storage.run(work)

        assert [events[1000]] == list(
            storage.run(lambda unit: unit.history.of_user(users[1000].id))
        )
