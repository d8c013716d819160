"""
What is a registered licence?
"""

from collections.abc import Set as AbstractSet

import pytest

from ...language import Language
from ...licence import Licence, Product
from ...ports import Storage, UnitOfWork
from ...refusals import LicenceDiffers, UnknownDossiers, UnknownLicence
from .. import samples
from . import units
from .suite import StorageSuite


__all__ = ["Registering"]


class Registering(StorageSuite):
    """
    A licence is registered once, and its dossiers belong to it.  [R32, R37]
    """

    def test_a_licence_is_registered_once(self, storage: Storage) -> None:
        """
        Registering again changes nothing; one more dossier is something new.
        """
        answers = [
            units.register(storage, dossiers=numbers)
            for numbers in ((), (), ("D1",), ("D1",), ("D2", "D1", "D2"))
        ]

        assert [True, False, True, False, True] == answers
        assert ["D1", "D2"] == _numbers(storage)

    @pytest.mark.parametrize(
        "field, other",
        [
            ("holder", samples.licence(holder="Bureau Hopper")),
            ("product", samples.licence(product=Product.ON_WEB)),
            ("language", samples.licence(language=Language.FRENCH)),
        ],
    )
    def test_a_licence_with_other_data_is_refused(
        self, storage: Storage, field: str, other: Licence
    ) -> None:
        """
        What is registered stays, and no dossier is added.  [R32]
        """
        units.register(storage)

        with pytest.raises(LicenceDiffers) as caught:
            storage.run(lambda unit: unit.licences.register(other, [samples.dossier()]))
        assert (field,) == caught.value.fields
        assert samples.licence() == storage.run(lambda unit: unit.licences.find("4711"))
        assert [] == units.dossiers(storage)

    def test_a_dossier_with_other_data_is_refused(self, storage: Storage) -> None:
        """
        Nothing of a registration is kept, even by work that catches the refusal.
        """
        units.register(storage, dossiers=("D1",))
        others = [samples.dossier("D2"), samples.dossier("D1", name="Bakkerij Maes")]

        def work(unit: UnitOfWork) -> None:
            with pytest.raises(LicenceDiffers):
                unit.licences.register(samples.licence(), others)

        storage.run(work)

        assert ["D1"] == _numbers(storage)

    def test_dossiers_that_contradict_each_other_are_refused(
        self, storage: Storage
    ) -> None:
        """
        Then their new licence is not kept either, even by work that catches it.
        """
        twins = [samples.dossier("D1"), samples.dossier("D1", name="Bakkerij Maes")]

        def work(unit: UnitOfWork) -> None:
            with pytest.raises(LicenceDiffers):
                unit.licences.register(samples.licence(), twins)

        storage.run(work)

        assert storage.run(lambda unit: unit.licences.find("4711")) is None

    def test_a_licence_and_its_dossiers_are_renamed(self, storage: Storage) -> None:
        """
        What is not named stays, and so does everything of other licences.  [S41]
        """
        units.register(storage, dossiers=("D1", "D2"))
        units.register(storage, "4712", dossiers=("D1",))
        renamed = samples.licence(holder="Bureau Hopper")
        dossier = samples.dossier("D1", name="Bakkerij Maes")

        storage.run(lambda unit: unit.licences.save(renamed, [dossier]))

        def found(unit: UnitOfWork) -> list[object]:
            numbers = ("4711", "4712")
            dossiers = [[*unit.licences.dossiers(each)] for each in numbers]
            return [*map(unit.licences.find, numbers), *dossiers]

        assert [
            *(renamed, samples.licence("4712")),
            *([dossier, samples.dossier("D2")], [samples.dossier("D1")]),
        ] == storage.run(found)

    def test_what_is_not_registered_is_not_renamed(self, storage: Storage) -> None:
        """
        Nothing is made of it, and nothing else changes, even by work that catches it.
        """
        renamed = samples.licence(holder="Bureau Hopper")
        dossiers = [samples.dossier("D1", name="Bakkerij Maes"), samples.dossier("D9")]

        def unknown_licence(unit: UnitOfWork) -> None:
            with pytest.raises(UnknownLicence):
                unit.licences.save(renamed, [])

        def unknown_dossiers(unit: UnitOfWork) -> None:
            with pytest.raises(UnknownDossiers) as caught:
                unit.licences.save(renamed, dossiers)
            assert ("D9",) == caught.value.numbers

        storage.run(unknown_licence)
        assert storage.run(lambda unit: unit.licences.find("4711")) is None
        units.register(storage, dossiers=("D1",))
        storage.run(unknown_dossiers)
        assert samples.licence() == storage.run(lambda unit: unit.licences.find("4711"))
        assert [samples.dossier("D1")] == storage.run(
            lambda unit: [*unit.licences.dossiers("4711")]
        )

    def test_a_dossier_is_removed(self, storage: Storage) -> None:
        """
        The one of that licence, once; then its number can be given again.  [S51]
        """
        units.register(storage, dossiers=("D1", "D2"))
        units.register(storage, "4712", dossiers=("D1",))

        def remove(unit: UnitOfWork) -> None:
            unit.licences.remove_dossier("4711", "D1")

        storage.run(remove)

        assert ["D2"] == _numbers(storage)
        assert [samples.dossier("D1")] == storage.run(
            lambda unit: [*unit.licences.dossiers("4712")]
        )
        with pytest.raises(UnknownDossiers) as caught:
            storage.run(remove)
        assert ("D1",) == caught.value.numbers
        with pytest.raises(UnknownDossiers):
            storage.run(lambda unit: unit.licences.remove_dossier("4713", "D1"))
        assert units.register(storage, dossiers=("D1",))

    def test_licences_come_by_their_numbers(self, storage: Storage) -> None:
        """
        All of them, in code point order.
        """
        assert [] == list(storage.run(lambda unit: unit.licences.numbers()))

        for number in ("WB-10", "WB-9", "a", "B"):
            units.register(storage, number)

        found = storage.run(lambda unit: unit.licences.numbers())
        assert ["B", "WB-10", "WB-9", "a"] == list(found)

    def test_dossiers_come_by_their_numbers(self, storage: Storage) -> None:
        """
        The order is that of the characters' codes, on every computer.
        """
        units.register(storage, dossiers=("b", "a_", "B", "a/", "10", "9"))
        units.register(storage, "4712", dossiers=("other",))

        assert ["10", "9", "B", "a/", "a_", "b"] == _numbers(storage)

    def test_unknown_dossiers_are_named(self, storage: Storage) -> None:
        """
        Dossiers of another licence are unknown; so is everything elsewhere.  [R37]
        """
        units.register(storage, dossiers=("D1",))
        units.register(storage, "4712", dossiers=("D2",))
        asked = frozenset({"D1", "D2", "d1"})

        def unknown(unit: UnitOfWork) -> list[AbstractSet[str]]:
            return [
                unit.licences.unknown(number, asked)
                for number in ("4711", "4712", "4713")
            ]

        answers = storage.run(unknown)

        assert [{"D2", "d1"}, {"D1", "d1"}, asked] == answers

    def test_a_thousand_dossiers_are_asked_at_once(self, storage: Storage) -> None:
        """
        The number of dossiers has no limit of its own.
        """
        units.register(storage, dossiers=("D1",))
        asked = frozenset(f"D{number}" for number in range(1, 1002))

        unknown = storage.run(lambda unit: unit.licences.unknown("4711", asked))

        assert asked - {"D1"} == unknown

    def test_what_was_returned_does_not_change(self, storage: Storage) -> None:
        """
        A list of dossiers is as it was asked for, whatever comes after.
        """
        units.register(storage, dossiers=("D1",))
        before = storage.run(lambda unit: unit.licences.dossiers("4711"))

        units.register(storage, dossiers=("D2",))

        assert [samples.dossier("D1")] == list(before)


def _numbers(storage: Storage) -> list[str]:
    return [dossier.number for dossier in units.dossiers(storage)]
