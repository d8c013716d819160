"""
What does a new password policy mean for the users who are there?
"""

from collections.abc import Mapping

import attrs
import pytest

from office import Office
from people import ADA, GRACE, JOAN, LICENCE, person
from winbooks_identity.authorization import (
    Actor,
    Distributor,
    ManagesNobody,
    NotActive,
    WinBooksAdministration,
)
from winbooks_identity.credential import Credential
from winbooks_identity.level import Level
from winbooks_identity.passwords import PasswordPolicy
from winbooks_identity.passwords.impact import StoredPasswordOutcome
from winbooks_identity.passwords.named import PORTAL
from winbooks_identity.portal_user import PortalUser
from winbooks_identity.refusals import NotAuthorised, UnknownLicence, UnknownUser
from winbooks_identity.services.password_impact import impact


STRANGER = person("mary", Level.ADMINISTRATOR, licence="WB-2")
OLDER = PasswordPolicy(min_length=8)
LOOSER = PasswordPolicy(min_length=10)

OF_FIRST = {"safe": 1, "check_at_sign_in": 1, "unknown": 1}
OF_SECOND = {"safe": 1, "check_at_sign_in": 0, "unknown": 0}


@pytest.fixture
def office() -> Office:
    """
    Return two licences whose passwords were accepted by different policies.
    """
    found = Office()
    other = attrs.evolve(LICENCE, number="WB-2")
    found.run(lambda unit: unit.licences.register(other, ()))
    found.add(ADA, GRACE, JOAN, STRANGER, password=None)
    stamp(found, ADA, PORTAL.fingerprint)
    stamp(found, GRACE, OLDER.fingerprint)
    stamp(found, JOAN, "of a policy that nobody remembers")
    stamp(found, STRANGER, LOOSER.fingerprint)
    return found


def stamp(office: Office, user: PortalUser, fingerprint: str) -> None:
    """
    Give *user* a password that the policy with that *fingerprint* accepted.
    """
    credential = Credential(user_id=user.id, password_hash="h", policy=fingerprint)
    office.run(lambda unit: unit.credentials.put(credential))


def counts(office: Office, by: Actor) -> Mapping[str, Mapping[str, int]]:
    """
    Return what *by* is told about a policy that accepts ten characters.
    """
    found = impact(office.storage, LOOSER, known=[PORTAL, OLDER], by=by)
    return {
        licence: {
            outcome.name.lower(): numbers[outcome]
            for outcome in StoredPasswordOutcome
            if outcome is not StoredPasswordOutcome.BREAKS
        }
        for licence, numbers in found.by_licence.items()
    }


class TestWhoCounts:
    """
    Everybody counts in their own licence only, WinBooks in all.  [R28, R29]
    """

    @pytest.mark.parametrize(
        "by, expected",
        [
            (WinBooksAdministration(), {"WB-1": OF_FIRST, "WB-2": OF_SECOND}),
            (Distributor("WB-1"), {"WB-1": OF_FIRST}),
            (Distributor("WB-2"), {"WB-2": OF_SECOND}),
            (ADA, {"WB-1": OF_FIRST}),
            (STRANGER, {"WB-2": OF_SECOND}),
        ],
        ids=["winbooks", "distributor", "other licence", "staff", "stranger"],
    )
    def test_each(
        self, office: Office, by: Actor, expected: Mapping[str, Mapping[str, int]]
    ) -> None:
        """
        The policy to come is known, and what no one knows counts as unknown.
        """
        assert expected == counts(office, by)

    def test_an_end_customer_is_refused(self, office: Office) -> None:
        """
        They see no one but themselves.
        """
        with pytest.raises(NotAuthorised) as caught:
            counts(office, JOAN)
        assert (ManagesNobody(),) == caught.value.problems

    def test_rights_are_those_of_now(self, office: Office) -> None:
        """
        Who lost them since they were read is refused.
        """
        office.portal.administration.deactivate(GRACE, by=ADA)

        with pytest.raises(NotAuthorised) as caught:
            counts(office, GRACE)
        assert (NotActive(),) == caught.value.problems

    def test_whoever_is_not_there_is_refused(self, office: Office) -> None:
        """
        Neither a licence nor a user is made up.
        """
        with pytest.raises(UnknownLicence):
            counts(office, Distributor("WB-3"))
        with pytest.raises(UnknownUser):
            counts(office, person("nobody", Level.ADMINISTRATOR))
