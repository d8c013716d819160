"""
A dossier is closed: access and notices go, with history.  [R43, S41, S51]
"""

import pytest

from office import Office
from people import ADA, DOSSIERS, GRACE, JOAN, NOW, person
from winbooks_identity.authorization import Distributor, WinBooksAdministration
from winbooks_identity.errors import InvalidFields, StorageBusy
from winbooks_identity.level import Level
from winbooks_identity.life_cycle import Step, lose_dossier
from winbooks_identity.portal_user import PortalUser
from winbooks_identity.refusals import NotAuthorised, UnknownDossiers, UnknownLicence
from winbooks_identity.services.closing import Closed
from winbooks_identity.services.licences import LicenceService


BY = Distributor("WB-1", operator="An Peeters")
MARY = person("mary", Level.USER, dossiers=frozenset({"1001", "1002"}))
HEDY = person("hedy", Level.POWER_USER, dossiers=frozenset({"1002"}))


@pytest.fixture
def office() -> Office:
    """
    Return an office with staff and end customers.
    """
    made = Office()
    made.add(ADA, GRACE, JOAN, MARY, HEDY)
    return made


def close(office: Office, number: str = "1001") -> Closed:
    """
    Close a dossier in the name of the distributor.
    """
    service = LicenceService(office.storage, clock=lambda: NOW)
    return service.close_dossier("WB-1", number, by=BY)


def steps(office: Office, user: PortalUser) -> list[tuple[Step, str | None]]:
    """
    Return what happened to a user, and who was at the keyboard.
    """
    events = office.storage.run(lambda unit: unit.history.of_user(user.id))
    return [(event.step, event.operator) for event in events[1:]]


class TestClose:
    """
    Everybody who could open it loses it, in one transaction.
    """

    def test_access_goes(self, office: Office) -> None:
        """
        And with it the notices; other dossiers stay.
        """
        closed = close(office)

        lost = {str(each).partition("@")[0] for each in closed.lost}
        assert DOSSIERS[0] == closed.dossier
        assert {"ada", "grace", "joan", "mary"} == lost
        mary, hedy = office.stored(MARY), office.stored(HEDY)
        assert mary is not None
        assert {"1002"} == mary.dossiers == mary.notified_dossiers
        assert HEDY == hedy
        numbers = [
            each.number
            for each in office.storage.run(lambda unit: unit.licences.dossiers("WB-1"))
        ]
        assert ["1002", "1003"] == numbers

    def test_the_history(self, office: Office) -> None:
        """
        It says who took it away; those who could not open it have no entry.
        """
        close(office)

        assert [(Step.REVOKE_DOSSIERS, "An Peeters")] == steps(office, ADA)
        assert [] == steps(office, HEDY)

    def test_the_only_dossier_of_a_customer(self, office: Office) -> None:
        """
        They can open nothing any more, so they are deactivated.  [R38]
        """
        closed = close(office)

        joan = office.stored(JOAN)
        assert joan is not None
        assert (JOAN.winbooks_id,) == closed.deactivated
        assert (False, frozenset()) == (joan.is_active, joan.dossiers)
        assert [Step.DEACTIVATE, Step.REVOKE_DOSSIERS] == [
            step for step, _ in steps(office, JOAN)
        ]

    def test_a_customer_comes_back_with_another_dossier(self, office: Office) -> None:
        """
        Not before.  [R38]
        """
        close(office)
        joan = office.stored(JOAN)
        assert joan is not None

        with pytest.raises(InvalidFields) as caught:
            office.portal.administration.activate(joan, by=BY)
        assert {"dossiers"} == caught.value.by_field.keys()

        given = office.portal.administration.grant_dossiers(joan, {"1002"}, by=BY)
        assert office.portal.administration.activate(given, by=BY).is_active

    def test_a_customer_who_was_inactive(self, office: Office) -> None:
        """
        They are not deactivated twice.
        """
        joan = office.portal.administration.deactivate(JOAN, by=BY)

        closed = close(office)

        assert () == closed.deactivated
        assert joan.winbooks_id in closed.lost

    def test_a_number_can_be_given_again(self, office: Office) -> None:
        """
        No one can open the new dossier.
        """
        close(office)
        service = LicenceService(office.storage)

        assert service.add_dossier("WB-1", DOSSIERS[0], by=BY)
        ada = office.stored(ADA)
        assert ada is not None
        assert "1001" not in ada.dossiers


class TestRefusals:
    """
    Who may not, and what is not there.
    """

    def test_only_from_outside(self, office: Office) -> None:
        """
        WinBooks may, no Administrator and no other distributor.  [S41]
        """
        service = LicenceService(office.storage)
        for by in (ADA, Distributor("WB-2")):
            with pytest.raises(NotAuthorised):
                service.close_dossier("WB-1", "1001", by=by)

        service.close_dossier("WB-1", "1001", by=WinBooksAdministration())

    def test_what_is_not_there(self, office: Office) -> None:
        """
        No such dossier, no such licence.
        """
        with pytest.raises(UnknownDossiers):
            close(office, "1009")
        with pytest.raises(UnknownLicence):
            LicenceService(office.storage).close_dossier(
                "WB-9", "1001", by=WinBooksAdministration()
            )

    def test_someone_who_is_saved_meanwhile(
        self, office: Office, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        Nothing of it is kept.
        """
        monkeypatch.setattr(
            "winbooks_identity.services.closing.record_all", lambda *_, **__: []
        )

        with pytest.raises(StorageBusy):
            close(office)
        assert JOAN == office.stored(JOAN)

    def test_an_active_customer_keeps_one(self) -> None:
        """
        The decision itself knows the rule.  [R38]
        """
        with pytest.raises(InvalidFields):
            lose_dossier(JOAN, "1001")
