"""
What if everybody comes at one time?
"""

from ...level import Level
from ...ports import Storage
from ...refusals import (
    DuplicateWinBooksId,
    LicenceDiffers,
    NotAuthorised,
    OutOfDate,
)
from ...services.administration import AdministrationService
from .. import samples
from . import units
from .suite import StorageSuite, in_threads, needs_threads, outcome


__all__ = ["Races"]


class Races(StorageSuite):
    """
    Threads that come at one time get what they would get one by one.
    """

    @needs_threads
    def test_of_many_one_gets_the_id(self, storage: Storage) -> None:
        """
        Of those who come at one time with one ID, one is its owner.  [R2]
        """
        units.register(storage)
        spellings = ["ada@kantoor.be", "ADA@kantoor.be", "Ada@kantoor.be"]

        answers = in_threads(
            lambda number: outcome(
                lambda: units.add(
                    storage,
                    samples.user(f"ada{number}", address=spellings[number % 3]),
                )
            )
        )

        assert [None] + [DuplicateWinBooksId] * 7 == sorted(answers, key=_losers_last)

    @needs_threads
    def test_of_many_one_names_the_dossier(self, storage: Storage) -> None:
        """
        Of those who register one dossier at one time, one names it; the others learn it.
        """
        units.register(storage)

        def register(number: int) -> object:
            dossier = samples.dossier(name=f"Bakkerij {number}")
            return storage.run(
                lambda unit: unit.licences.register(samples.licence(), [dossier])
            )

        answers = in_threads(lambda number: outcome(lambda: register(number)))

        assert [None] + [LicenceDiffers] * 7 == sorted(answers, key=_losers_last)
        assert [f"Bakkerij {answers.index(None)}"] == [
            str(each.name) for each in units.dossiers(storage)
        ]

    @needs_threads
    def test_of_many_one_saves(self, storage: Storage) -> None:
        """
        Of those who save one version at one time, one does, and none is lost.
        """
        units.register(storage)
        units.add(storage, samples.user())

        answers = in_threads(
            lambda number: outcome(
                lambda: units.save(
                    storage, samples.user(address=f"ada{number}@kantoor.be")
                )
            )
        )

        assert [None] + [OutOfDate] * 7 == sorted(answers, key=_losers_last)
        saved = units.find(storage)
        assert 2 == (saved.version if saved else None)

    @needs_threads
    def test_of_many_one_saves_each(self, storage: Storage) -> None:
        """
        When several save many at one time, each is saved once, and none is lost.
        """
        units.register(storage)
        users = [samples.user(f"user{number}") for number in range(40)]
        storage.run(lambda unit: unit.users.add_all(users))

        answers = in_threads(
            lambda number: storage.run(
                # Each begins with another one, so that they meet half way.
                lambda unit: unit.users.save_all(
                    users[number * 5 :] + users[: number * 5]
                )
            )
        )

        saved = [user.id for answer in answers for user in answer]
        assert sorted(user.id for user in users) == sorted(saved)

    @needs_threads
    def test_of_many_one_is_the_first_request(self, storage: Storage) -> None:
        """
        Of those who come at one time with one request id, one is new.
        """
        answers = in_threads(
            lambda number: storage.run(
                lambda unit: unit.requests.remember(samples.request(of=f"ada{number}"))
            )
        )

        known = [answer for answer in answers if answer is not None]
        assert 7 == len(known)
        assert 1 == len(set(known))

    @needs_threads
    def test_of_two_who_demote_each_other_one_does(self, storage: Storage) -> None:
        """
        Of two Administrators who take each other's rights, one is too late.  [S3]
        """
        units.register(storage)
        administrators = [
            samples.user(f"ada{number}", level=Level.ADMINISTRATOR)
            for number in range(8)
        ]
        storage.run(lambda unit: unit.users.add_all(administrators))
        administration = AdministrationService(storage)

        def demote(number: int) -> object:
            return administration.change_level(
                administrators[number ^ 1], Level.POWER_USER, by=administrators[number]
            )

        answers = in_threads(lambda number: outcome(lambda: demote(number)))

        assert [[None, NotAuthorised]] * 4 == [
            sorted(answers[first : first + 2], key=_losers_last)
            for first in range(0, 8, 2)
        ]

    @needs_threads
    def test_many_register_one_licence(self, storage: Storage) -> None:
        """
        Of those who register at one time, it is new to one, and every dossier is there.
        """
        answers = in_threads(
            lambda number: units.register(storage, dossiers=("D", f"D{number}"))
        )

        assert answers == [True] * 8
        assert ["D", *(f"D{number}" for number in range(8))] == [
            dossier.number for dossier in units.dossiers(storage)
        ]


def _losers_last(answer: object) -> bool:
    return answer is not None
