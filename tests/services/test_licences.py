"""
A licence and its dossiers change their names, and nothing else.
"""

from collections.abc import Callable

import attrs
import pytest

from office import Office
from people import ADA, DOSSIERS, GRACE, LICENCE
from winbooks_identity.authorization import (
    Actor,
    Distributor,
    ForeignLicence,
    OnlyOutside,
    WinBooksAdministration,
)
from winbooks_identity.dossier import Dossier
from winbooks_identity.names import CompanyName
from winbooks_identity.refusals import (
    LicenceDiffers,
    NotAuthorised,
    UnknownDossiers,
    UnknownLicence,
)
from winbooks_identity.services.licences import LicenceService


HOLDER = CompanyName("Fiduciaire Hopper")
NEW = Dossier(number="2001", name=CompanyName("Bakkerij Maes"))

#: Every change, by its name.
CHANGES: dict[str, Callable[[LicenceService, str, Actor], object]] = {
    "rename": lambda service, number, by: service.rename(number, HOLDER, by=by),
    "add": lambda service, number, by: service.add_dossier(number, NEW, by=by),
    "rename dossier": lambda service, number, by: service.rename_dossier(
        number, attrs.evolve(NEW, number="1001"), by=by
    ),
}


@pytest.fixture
def office() -> Office:
    """
    Return an office of two.
    """
    found = Office()
    found.add(ADA, GRACE)
    return found


def licence_of(office: Office) -> list[object]:
    """
    Return the licence and its dossiers as they are stored.
    """
    return office.run(
        lambda unit: [unit.licences.find("WB-1"), *unit.licences.dossiers("WB-1")]
    )


class TestWhoMay:
    """
    It is for WinBooks and the distributor.
    """

    @pytest.mark.parametrize("name", CHANGES)
    @pytest.mark.parametrize("by", [WinBooksAdministration(), Distributor("WB-1")])
    def test_from_outside(self, office: Office, name: str, by: Actor) -> None:
        """
        Both may, in that licence.  [S41]
        """
        before = licence_of(office)

        CHANGES[name](office.portal.licences, "WB-1", by)

        assert before != licence_of(office)

    @pytest.mark.parametrize("name", CHANGES)
    @pytest.mark.parametrize(
        "by,problem",
        [(ADA, OnlyOutside()), (Distributor("WB-2"), ForeignLicence())],
        ids=["administrator", "distributor elsewhere"],
    )
    def test_no_one_else(
        self, office: Office, name: str, by: Actor, problem: object
    ) -> None:
        """
        Not even an Administrator of the licence.  [S41]
        """
        before = licence_of(office)

        with pytest.raises(NotAuthorised) as caught:
            CHANGES[name](office.portal.licences, "WB-1", by)

        assert (problem,) == caught.value.problems
        assert before == licence_of(office)

    @pytest.mark.parametrize("name", CHANGES)
    def test_a_licence_that_is_not_registered(self, office: Office, name: str) -> None:
        """
        None is made.
        """
        with pytest.raises(UnknownLicence):
            CHANGES[name](office.portal.licences, "WB-9", WinBooksAdministration())


class TestChanges:
    """
    Each says what it did.
    """

    def test_a_holder(self, office: Office) -> None:
        """
        Dossiers stay, and users keep their company.
        """
        renamed = office.portal.licences.rename("WB-1", HOLDER, by=Distributor("WB-1"))

        assert attrs.evolve(LICENCE, holder=HOLDER) == renamed
        assert [renamed, *DOSSIERS] == licence_of(office)
        assert ADA == office.stored(ADA)

    def test_a_dossier(self, office: Office) -> None:
        """
        Those who could open it still can.
        """
        renamed = attrs.evolve(NEW, number="1001")

        office.portal.licences.rename_dossier("WB-1", renamed, by=Distributor("WB-1"))

        assert [LICENCE, renamed, *DOSSIERS[1:]] == licence_of(office)
        assert ADA == office.stored(ADA)

    def test_an_unknown_dossier(self, office: Office) -> None:
        """
        It is named, and not added.
        """
        with pytest.raises(UnknownDossiers) as caught:
            office.portal.licences.rename_dossier("WB-1", NEW, by=Distributor("WB-1"))

        assert ("2001",) == caught.value.numbers
        assert [LICENCE, *DOSSIERS] == licence_of(office)

    def test_a_dossier_is_added_once(self, office: Office) -> None:
        """
        Another name for its number is refused.
        """
        service, by = office.portal.licences, Distributor("WB-1")

        assert [True, False] == [
            service.add_dossier("WB-1", NEW, by=by) for _ in range(2)
        ]
        with pytest.raises(LicenceDiffers):
            service.add_dossier("WB-1", attrs.evolve(NEW, name=HOLDER), by=by)
        assert [LICENCE, *DOSSIERS, NEW] == licence_of(office)
