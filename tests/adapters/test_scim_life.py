"""
Users come, go and come back by SCIM, and a request is done once or not at all.
"""

from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import attrs
import pytest

from identity_provider import NEL, PORTAL, IdentityProvider
from office import Office
from people import ADA, LICENCE, person
from winbooks_identity.adapters.memory import InMemoryAttempts
from winbooks_identity.adapters.scim import TokenFile, scim_application
from winbooks_identity.attempts import Attempt, Door
from winbooks_identity.authorization import Actor
from winbooks_identity.errors import StorageBusy
from winbooks_identity.level import Level
from winbooks_identity.licence import Licence, Product
from winbooks_identity.portal_user import PortalUser
from winbooks_identity.refusals import NotAuthorised
from winbooks_identity.services.creation import Source
from winbooks_identity.services.provisioning import ProvisioningService
from winbooks_identity.winbooks_id import WinBooksId


@pytest.fixture(params=Product)
def office(request: pytest.FixtureRequest) -> Office:
    """
    Return an office with a licence of each product, WB-2, and its Administrator.
    """
    office = Office()
    licence = attrs.evolve(LICENCE, number="WB-2", product=request.param)
    office.run(lambda unit: unit.licences.register(licence, []))
    office.add(person("eve", Level.ADMINISTRATOR, licence="WB-2", dossiers=frozenset()))
    return office


@pytest.fixture
def tokens(tmp_path: Path) -> TokenFile:
    """
    Return a file without tokens.
    """
    return TokenFile(tmp_path / "tokens.json")


def provider_of(
    office: Office,
    tokens: TokenFile,
    *,
    client: str = "Okta",
    **options: Any,  # noqa: ANN401  Those of the application.
) -> IdentityProvider:
    """
    Return an identity provider of WB-2.
    """
    token = tokens.issue("WB-2", client).reveal()
    return IdentityProvider(scim_application(office.portal, tokens, **options), token)


@pytest.fixture
def idp(office: Office, tokens: TokenFile) -> IdentityProvider:
    """
    Return an identity provider of WB-2.
    """
    return provider_of(office, tokens)


def nel(office: Office) -> PortalUser | None:
    """
    Return Nel as stored.
    """
    winbooks_id = WinBooksId("nel@example.org")
    return office.run(lambda unit: unit.users.find_by_winbooks_id(winbooks_id))


class TestCreate:
    """
    A creation is one transaction.
    """

    def test_everything_at_once(self, idp: IdentityProvider, office: Office) -> None:
        """
        The first version has all that was sent, and one event tells of it.
        """
        sent = {
            **NEL,
            "active": False,
            PORTAL: {"level": "Administrator", "notifyAllDossiers": False},
        }
        made = idp("POST", "/Users", sent)
        user = nel(office)

        assert (201, False) == (made.status, made.body["active"])
        assert user is not None
        assert (1, "e-1", Level.ADMINISTRATOR, True) == (
            user.version,
            user.external_id,
            user.level,
            user.deactivated_by_feed,
        )
        assert 1 == len(office.history(user))

    def test_inactive_first(self, idp: IdentityProvider) -> None:
        """
        Who is made inactive is there, and is activated later.
        """
        sent = {each: NEL[each] for each in NEL if each != "externalId"}
        key = idp("POST", "/Users", {**sent, "active": False}).body["id"]

        assert idp("GET", f"/Users/{key}").body["active"] is False
        idp.patch(f"/Users/{key}", {"op": "replace", "path": "active", "value": True})
        assert idp("GET", f"/Users/{key}").body["active"] is True

    def test_is_lost_as_a_whole(
        self, idp: IdentityProvider, office: Office, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        Where the last step fails, nothing is kept, and the next try does all.
        """
        office.add(ADA)
        history = type(office.run(lambda unit: unit.history))

        def fails(*_: object) -> None:
            raise StorageBusy

        with monkeypatch.context() as patched:
            patched.setattr(history, "add", fails)
            patched.setattr(history, "add_all", fails)
            assert 503 == idp("POST", "/Users", NEL).status
        assert nel(office) is None
        assert 201 == idp("POST", "/Users", NEL).status

    def test_the_same_at_one_time(
        self, idp: IdentityProvider, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        Who comes second, on another connection, gets the user of the first.  [S65]
        """
        licence = ProvisioningService.licence
        made: list[str] = []

        def overtaken(service: ProvisioningService, *, by: Actor) -> Licence:
            monkeypatch.setattr(ProvisioningService, "licence", licence)
            made.append(idp.made())
            return licence(service, by=by)

        monkeypatch.setattr(ProvisioningService, "licence", overtaken)
        second = idp.made()
        assert [second] == made

    def test_another_at_one_time(
        self, idp: IdentityProvider, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        Who comes second and wants a user otherwise is refused.
        """
        licence = ProvisioningService.licence

        def overtaken(service: ProvisioningService, *, by: Actor) -> Licence:
            monkeypatch.setattr(ProvisioningService, "licence", licence)
            idp.made()
            return licence(service, by=by)

        monkeypatch.setattr(ProvisioningService, "licence", overtaken)
        assert 409 == idp("POST", "/Users", {**NEL, "externalId": "e-2"}).status

    @pytest.mark.parametrize(
        "otherwise",
        [
            {},
            {"externalId": "e-2"},
            {"name": {"givenName": "Nele", "familyName": "Dubois"}},
            {PORTAL: {"level": "Administrator"}},
            {PORTAL: {"companyName": "Nel BV"}},
            {PORTAL: {"notifyAllDossiers": True}},
        ],
        ids=["the same", "external id", "name", "level", "company", "notices"],
    )
    def test_of_a_user_in_use(
        self, idp: IdentityProvider, otherwise: dict[str, Any]
    ) -> None:
        """
        A creation takes no user over who is active.
        """
        idp.made()

        assert 409 == idp("POST", "/Users", {**NEL, **otherwise}).status

    def test_of_a_user_whom_an_administrator_made(
        self, idp: IdentityProvider, office: Office
    ) -> None:
        """
        Their login is not taken over either: the identity provider updates them.
        """
        office.add(person("nel", Level.POWER_USER, licence="WB-2"))

        assert 409 == idp("POST", "/Users", NEL).status


class TestSource:
    """
    Only the distributor says that a user comes from a directory.
    """

    def test_an_administrator(self, office: Office) -> None:
        """
        An Administrator does not.
        """
        office.add(ADA)
        with pytest.raises(NotAuthorised):
            office.portal.provisioning.create(
                cast("Any", None),  # It is refused before the form is read.
                by=ADA,
                source=Source(),
            )


class TestDelete:
    """
    Who is deleted is deactivated and hidden, and erased only where that is agreed.

    [S64]
    """

    def test_and_restore(self, idp: IdentityProvider, office: Office) -> None:
        """
        Made again, they are who they were; deleted twice, they are not there.
        """
        key = idp.made()
        assert 204 == idp("DELETE", f"/Users/{key}").status
        assert 404 == idp("DELETE", f"/Users/{key}").status
        assert (
            0
            == idp("GET", '/Users?filter=userName+eq+"nel@example.org"').body[
                "totalResults"
            ]
        )
        user = nel(office)
        assert user is not None
        assert not user.is_active

        other = {**NEL, "externalId": "e-9"}
        assert key == idp("POST", "/Users", other).body["id"]
        assert "e-9" == idp("GET", f"/Users/{key}").body["externalId"]

    def test_soft_then_hard(self, idp: IdentityProvider) -> None:
        """
        Entra ID deactivates, and deletes a month later; a new hire comes back.
        """
        key = idp.made()
        off = {"op": "Replace", "path": "active", "value": "False"}
        assert idp.patch(f"/Users/{key}", off).status in {200, 204}
        assert 204 == idp("DELETE", f"/Users/{key}").status
        assert 404 == idp("GET", f"/Users/{key}").status
        assert key == idp.made()

    def test_assigned_again(self, idp: IdentityProvider) -> None:
        """
        Okta deactivates, and creates whom it assigns again.
        """
        key = idp.made()
        idp("PUT", f"/Users/{key}", {**NEL, "active": False})

        again = idp("POST", "/Users", {**NEL, "externalId": "00u-9"})
        assert (201, key, True) == (
            again.status,
            again.body["id"],
            again.body["active"],
        )

    def test_whom_an_administrator_deactivated(
        self, idp: IdentityProvider, office: Office
    ) -> None:
        """
        They are neither restored by a creation nor said to be.  [S30]
        """
        key = idp.made()
        user = nel(office)
        assert user is not None
        office.portal.administration.deactivate(
            user, by=person("eve", Level.ADMINISTRATOR, licence="WB-2")
        )
        assert 409 == idp("POST", "/Users", NEL).status
        assert 204 == idp("DELETE", f"/Users/{key}").status
        assert idp("POST", "/Users", NEL).body["active"] is False

    def test_erases_where_agreed(self, office: Office, tokens: TokenFile) -> None:
        """
        Nothing is kept of the user but the ID, which is held back.
        """
        idp = provider_of(office, tokens, erased_in={"WB-2"})
        key = idp.made()
        assert 204 == idp("DELETE", f"/Users/{key}").status
        assert nel(office) is None
        assert 409 == idp("POST", "/Users", NEL).status
        office.clock.advance(timedelta(days=91))
        assert key != idp.made()

    def test_erases_nowhere_else(self, office: Office, tokens: TokenFile) -> None:
        """
        What one licence agreed to is nothing to another.
        """
        idp = provider_of(office, tokens, erased_in={"WB-1"})
        idp("DELETE", f"/Users/{idp.made()}")

        assert nel(office) is not None

    def test_the_last_administrator_is_not_erased(
        self, office: Office, tokens: TokenFile
    ) -> None:
        """
        Erasing goes round no rule.
        """
        idp = provider_of(office, tokens, erased_in={"WB-2"})
        eve = person("eve", Level.ADMINISTRATOR, licence="WB-2")

        assert 409 == idp("DELETE", f"/Users/{eve.id}").status
        assert office.stored(eve) is not None

    def test_erasing_is_counted(self, office: Office, tokens: TokenFile) -> None:
        """
        Who is inactive already counts where they are erased.
        """
        office.attempts = InMemoryAttempts(clock=office.clock)
        idp = provider_of(office, tokens, erased_in={"WB-2"})
        key = idp.made()
        off = {"op": "replace", "path": "active", "value": False}
        idp.patch(f"/Users/{key}", off)
        for _ in range(67):
            attempt = Attempt(door=Door.DEACTIVATION, subject="WB-2", source=None)
            office.attempts.begin(attempt)

        assert 429 == idp("DELETE", f"/Users/{key}").status
