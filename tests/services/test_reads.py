"""
Who reads what, as they are stored?
"""

from collections.abc import Callable, Mapping
from typing import Final

import attrs
import pytest

from office import Office
from people import ADA, DOSSIERS, GRACE, JOAN, LICENCE, person
from winbooks_identity.authorization import (
    Actor,
    Distributor,
    LevelAboveOwn,
    ManagesNobody,
    NotActive,
    WinBooksAdministration,
)
from winbooks_identity.level import Level
from winbooks_identity.portal_user import PortalUser
from winbooks_identity.product_links import LinkedProduct, NotLinked
from winbooks_identity.refusals import NotAuthorised, UnknownLicence, UnknownUser


#: Another Power User, and an end customer of another dossier.
ALAN = person("alan", Level.POWER_USER)
MARY = person("mary", Level.USER, dossiers=frozenset({"1002"}))
DISTRIBUTOR = Distributor("WB-1")

READS: Final[Mapping[str, Callable[[Office, Actor], object]]] = {
    "licence": lambda office, by: office.portal.provisioning.licence(by=by),
    "dossiers": lambda office, by: office.portal.provisioning.dossiers(by=by),
    "users": lambda office, by: list(office.portal.provisioning.users(by=by)),
    "find": lambda office, by: office.portal.provisioning.find(
        GRACE.winbooks_id, by=by
    ),
    "export": lambda office, by: office.portal.administration.export(JOAN, by=by),
    "history": lambda office, by: office.portal.administration.history(JOAN.id, by=by),
    "links": lambda office, by: office.portal.linking.links(JOAN, by=by),
    "windows user": lambda office, by: office.portal.linking.windows_user(
        "OFFICE\\A", by=by
    ),
}


@pytest.fixture
def office() -> Office:
    """
    Return an office of five.
    """
    found = Office()
    found.add(ADA, GRACE, ALAN, JOAN, MARY)
    return found


def answer(read: Callable[[], object]) -> object:
    """
    Return what *read* gives; nothing, if it is refused.
    """
    try:
        return read()
    except (NotAuthorised, UnknownUser):
        return []


class TestWhoIsStored:
    """
    A session that outlives its user opens nothing.
    """

    @pytest.mark.parametrize("read", READS)
    @pytest.mark.parametrize("who", [GRACE, JOAN])
    def test_inactive(self, office: Office, read: str, who: PortalUser) -> None:
        """
        Who was deactivated since they signed in reads nothing.  [S2]
        """
        office.portal.administration.deactivate(who, by=ADA)

        assert [] == answer(lambda: READS[read](office, who))

    @pytest.mark.parametrize("read", READS)
    @pytest.mark.parametrize("who", [GRACE, JOAN])
    def test_erased(self, office: Office, read: str, who: PortalUser) -> None:
        """
        Who was erased reads nothing.  [S2]
        """
        office.portal.administration.erase(who, by=ADA)

        with pytest.raises(UnknownUser):
            READS[read](office, who)

    @pytest.mark.parametrize("read", ["licence", "dossiers", "windows user"])
    def test_the_reason(self, office: Office, read: str) -> None:
        """
        They hear why.  [S2]
        """
        office.portal.administration.deactivate(GRACE, by=ADA)

        with pytest.raises(NotAuthorised) as caught:
            READS[read](office, GRACE)

        assert (NotActive(),) == caught.value.problems

    def test_another_licence(self, office: Office) -> None:
        """
        The licence is that of the user as stored.  [S2]
        """
        other = attrs.evolve(LICENCE, number="WB-2")
        office.run(lambda unit: unit.licences.register(other, ()))

        found = office.portal.provisioning.licence(
            by=attrs.evolve(GRACE, licence="WB-2")
        )

        assert LICENCE == found


class TestDossiers:
    """
    The clients of the office are read by those who work for them.
    """

    @pytest.mark.parametrize(
        "by,numbers",
        [
            (ADA, ["1001", "1002", "1003"]),
            (DISTRIBUTOR, ["1001", "1002", "1003"]),
            (GRACE, ["1001"]),
            (JOAN, ["1001"]),
            (MARY, ["1002"]),
        ],
    )
    def test_dossiers(self, office: Office, by: Actor, numbers: list[str]) -> None:
        """
        Others than Administrators and the distributor see what they open.  [S2]
        """
        assert [each for each in DOSSIERS if each.number in numbers] == list(
            office.portal.provisioning.dossiers(by=by)
        )

    def test_rights_that_were_lost(self, office: Office) -> None:
        """
        The dossiers are those of the user as stored.  [S2]
        """
        claimed = attrs.evolve(JOAN, level=Level.ADMINISTRATOR)

        assert DOSSIERS[:1] == list(office.portal.provisioning.dossiers(by=claimed))


class TestPersonalData:
    """
    Personal data and history are for the person and those who manage them.
    """

    @pytest.mark.parametrize("read", ["export", "history", "links"])
    @pytest.mark.parametrize(
        "by,may",
        [
            (JOAN, True),
            (GRACE, True),
            (ADA, True),
            (DISTRIBUTOR, True),
            (MARY, False),
            (attrs.evolve(GRACE, dossiers=frozenset({"1002"})), True),
            (person("eve", Level.POWER_USER, dossiers=frozenset({"1002"})), False),
            (Distributor("WB-2"), False),
            (WinBooksAdministration(), False),
        ],
    )
    def test_of_an_end_customer(
        self, office: Office, read: str, by: Actor, may: bool
    ) -> None:
        """
        A Power User manages those within the dossiers that they open, as stored.

        [S2]
        """
        office.add(person("eve", Level.POWER_USER, dossiers=frozenset({"1002"})))

        try:
            READS[read](office, by)
        except UnknownUser:
            assert not may
        else:
            assert may

    @pytest.mark.parametrize("who", [ADA, ALAN])
    def test_of_a_colleague(self, office: Office, who: PortalUser) -> None:
        """
        A Power User manages no staff, and so reads nothing of theirs.  [S2]
        """
        for read in (
            lambda: office.portal.administration.export(who, by=GRACE),
            lambda: office.portal.administration.history(who.id, by=GRACE),
            lambda: office.portal.linking.links(who, by=GRACE),
        ):
            with pytest.raises(UnknownUser):
                read()


class TestWindowsUsers:
    """
    The Windows users of Classic are the office's.
    """

    def test_read_by_an_end_customer(self, office: Office) -> None:
        """
        They are none of the office's staff.  [S2]
        """
        with pytest.raises(NotAuthorised) as caught:
            READS["windows user"](office, JOAN)

        assert (ManagesNobody(),) == caught.value.problems

    def test_read_by_winbooks(self, office: Office) -> None:
        """
        WinBooks administration stands in no licence.
        """
        with pytest.raises(UnknownLicence):
            READS["windows user"](office, WinBooksAdministration())

    def test_occupied_by_an_end_customer(self, office: Office) -> None:
        """
        A place that no one has is not theirs to take either.  [S2]
        """
        with pytest.raises(NotAuthorised) as caught:
            office.portal.linking.link(
                LinkedProduct.CLASSIC,
                JOAN.winbooks_id,
                by=JOAN,
                windows_user="OFFICE\\A",
            )

        assert (ManagesNobody(),) == caught.value.problems
        assert (NotLinked(),) == READS["windows user"](office, ADA)

    def test_taken_from_an_administrator(self, office: Office) -> None:
        """
        A Power User does not take an Administrator's place.  [S2]
        """
        place = "OFFICE\\A"
        link = office.portal.linking.link(
            LinkedProduct.CLASSIC, ADA.winbooks_id, by=ADA, windows_user=place
        )

        with pytest.raises(NotAuthorised) as caught:
            office.portal.linking.link(
                LinkedProduct.CLASSIC, GRACE.winbooks_id, by=GRACE, windows_user=place
            )

        assert (LevelAboveOwn(),) == caught.value.problems
        assert [link] == [
            each.link for each in office.portal.linking.links(ADA, by=ADA)
        ]

    def test_taken_from_a_colleague(self, office: Office) -> None:
        """
        Colleagues of one level relieve each other.  [R9]
        """
        place = "OFFICE\\A"
        for who in (ALAN, GRACE):
            office.portal.linking.link(
                LinkedProduct.CLASSIC, who.winbooks_id, by=who, windows_user=place
            )

        assert [] == office.portal.linking.links(ALAN, by=ALAN)
