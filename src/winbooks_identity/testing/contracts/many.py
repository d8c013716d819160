"""
What happens to many users at once?
"""

from contextlib import suppress

from ...events import Event, Outsider
from ...life_cycle import Step
from ...ports import Storage, UnitOfWork
from ...winbooks_id import WinBooksId
from .. import samples
from . import units
from .suite import Interrupted, StorageSuite


__all__ = ["Many"]


class Many(StorageSuite):
    """
    Many users are added in one go, and those whose ID is taken are named.
    """

    def test_many_users_are_added(self, storage: Storage) -> None:
        """
        Each comes back as he was, however many there are.
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

        taken = storage.run(lambda unit: unit.users.taken({ada, *asked}))

        assert {ada} == taken

    def test_many_events_are_stored(self, storage: Storage) -> None:
        """
        Each is found in the history of its user.
        """
        units.register(storage)
        users = [samples.user(f"user{number}") for number in range(1001)]
        events = [
            Event.of(Step.CREATE, None, user, by=Outsider.DISTRIBUTOR, at=samples.NOW)
            for user in users
        ]

        def work(unit: UnitOfWork) -> None:
            unit.users.add_all(users)
            unit.history.add_all(events)

        storage.run(work)

        assert [events[1000]] == list(
            storage.run(lambda unit: unit.history.of_user(users[1000].id))
        )
