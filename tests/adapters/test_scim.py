"""
An identity provider provisions an office by SCIM, as Entra ID and Okta do.
"""

import json
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import attrs
import pytest
from scim2_models import PreconditionFailedException, SCIMException

from identity_provider import BULK, NEL, PORTAL, USER, IdentityProvider
from office import Office
from people import ADA, GRACE, JOAN, LICENCE, NOW, person
from winbooks_identity.adapters.memory import InMemoryAttempts
from winbooks_identity.adapters.scim import TokenFile, scim_application
from winbooks_identity.adapters.scim.directory import Directory
from winbooks_identity.adapters.scim.errors import GroupsAreGiven, Wording, in_scim
from winbooks_identity.adapters.scim.people import People
from winbooks_identity.authorization import Distributor, ManagesNobody
from winbooks_identity.errors import (
    IdentityError,
    Invalid,
    InvalidFields,
    StorageBusy,
)
from winbooks_identity.events import Outsider
from winbooks_identity.level import Level
from winbooks_identity.licence import Product
from winbooks_identity.phone import PhoneNumber
from winbooks_identity.problems import Missing
from winbooks_identity.refusals import NotAuthorised, OutOfDate, UnknownUser
from winbooks_identity.role import Role
from winbooks_identity.winbooks_id import WinBooksId


@pytest.fixture
def office() -> Office:
    """
    Return an office with an Administrator, a Power User and an end customer.
    """
    office = Office()
    office.add(ADA, GRACE, JOAN)
    return office


@pytest.fixture
def tokens(tmp_path: Path) -> TokenFile:
    """
    Return a file without tokens.
    """
    return TokenFile(tmp_path / "tokens.json")


@pytest.fixture
def idp(office: Office, tokens: TokenFile) -> IdentityProvider:
    """
    Return an identity provider that may provision the office.
    """
    token = tokens.issue("WB-1", "Entra ID").reveal()
    return IdentityProvider(scim_application(office.portal, tokens), token)


class TestUsers:
    """
    Users are made, changed and deleted as the Portal and its feeds would.
    """

    def test_create(self, idp: IdentityProvider) -> None:
        """
        A new user is a Power User without roles or dossiers, and gets no mail.
        """
        answer = idp("POST", "/Users", NEL)

        assert (201, "Nel@example.org") == (answer.status, answer.body["userName"])
        assert 'W/"1"' == answer.headers["ETag"]
        assert {
            "level": "Power User",
            "companyName": "Fiduciaire Peeters",
            "notifyAllDossiers": False,
        } == answer.body[PORTAL]
        asked = f"{PORTAL}:licence,{PORTAL}:readyForDigitalProducts"
        user = idp("GET", f"/Users/{answer.body['id']}?attributes={asked}").body
        assert {"licence": "WB-1", "readyForDigitalProducts": False} == user[PORTAL]

    def test_again(self, idp: IdentityProvider) -> None:
        """
        A request whose answer was lost makes no second user; a look-up finds theirs.  [S65]
        """
        key = idp.made()
        again = idp("POST", "/Users", NEL)
        (found,) = idp("GET", '/Users?filter=externalId+eq+"e-1"').body["Resources"]

        assert (409, "uniqueness") == (again.status, again.body["scimType"])
        assert key == found["id"]

    @pytest.mark.parametrize("taken", ["ada@example.org", "JOAN@example.org"])
    def test_taken(self, idp: IdentityProvider, taken: str) -> None:
        """
        An ID that has an owner is refused in one way, whoever that is.
        """
        answer = idp("POST", "/Users", {**NEL, "userName": taken})

        assert (409, "uniqueness") == (answer.status, answer.body["scimType"])

    def test_history_names_the_client(
        self, idp: IdentityProvider, office: Office
    ) -> None:
        """
        The history says that it was the distributor, by the client of the token.  [S61]
        """
        idp.patch(
            f"/Users/{ADA.id}",
            {"op": "replace", "path": "name.givenName", "value": "Augusta"},
        )
        (*_, last) = office.portal.administration.history(ADA.id, by=ADA)

        assert (Outsider.DISTRIBUTOR, "Entra ID") == (last.by, last.operator)

    @pytest.mark.parametrize("product", Product)
    @pytest.mark.parametrize("days, status", [(89, 409), (91, 201)])
    def test_held_back(
        self, tokens: TokenFile, product: Product, days: int, status: int
    ) -> None:
        """
        An ID that was left is free after 90 days, and taken until then.  [S34]
        """
        office = Office()
        licence = attrs.evolve(LICENCE, number="WB-2", product=product)
        office.run(lambda unit: unit.licences.register(licence, []))
        at = NOW - timedelta(days=days)
        nel = WinBooksId("nel@example.org")
        office.run(lambda unit: unit.left_ids.put(nel, of=uuid4(), at=at))
        token = tokens.issue("WB-2", "Okta").reveal()
        idp = IdentityProvider(scim_application(office.portal, tokens), token)

        assert status == idp("POST", "/Users", NEL).status

    def test_on_web(self, tokens: TokenFile) -> None:
        """
        In an on Web licence a user is made without a password.  [R66]
        """
        office = Office()
        licence = attrs.evolve(LICENCE, number="WB-2", product=Product.ON_WEB)
        office.run(lambda unit: unit.licences.register(licence, []))
        token = tokens.issue("WB-2", "Okta").reveal()
        idp = IdentityProvider(scim_application(office.portal, tokens), token)
        office.add(ADA)
        made = idp("POST", "/Users", NEL)
        user = office.run(
            lambda unit: list(unit.users.of_licence("WB-2", after=None, limit=9))
        )[0]

        taken = idp("POST", "/Users", {**NEL, "userName": "ada@example.org"})

        assert (201, 409) == (made.status, taken.status)
        assert user.is_on_web
        assert user.external_id == "e-1"

    def test_entra(self, idp: IdentityProvider) -> None:
        """
        Entra capitalises operations, writes booleans as text and leaves out paths.
        """
        key = idp.made()
        off = {"op": "Replace", "path": "active", "value": "False"}
        mail = {
            "op": "Add",
            "path": 'emails[type eq "work"].value',
            "value": "n@example.org",
        }
        several = {"op": "Replace", "value": {"active": True, "name.givenName": "Nele"}}
        phone = {
            "op": "Add",
            "path": 'phoneNumbers[type eq "work"].value',
            "value": "+32 2 123 45 67",
        }

        assert idp.patch(f"/Users/{key}", off).status in {200, 204}
        assert idp("GET", f"/Users/{key}").body["active"] is False
        assert idp.patch(f"/Users/{key}", mail, several, phone).status in {200, 204}
        user = idp("GET", f"/Users/{key}").body
        assert (True, "Nele") == (user["active"], user["name"]["givenName"])
        assert "+3221234567" == user["phoneNumbers"][0]["value"]

    def test_okta(self, idp: IdentityProvider) -> None:
        """
        Okta puts the whole user, in its own spelling, and deactivates so.
        """
        key = idp.made()
        answer = idp(
            "PUT",
            f"/Users/{key}",
            {**NEL, "id": key, "userName": "nel@EXAMPLE.org", "active": False},
        )

        assert (200, False) == (answer.status, answer.body["active"])
        assert "Nel@example.org" == answer.body["userName"]

    def test_another_id(self, idp: IdentityProvider) -> None:
        """
        A WinBooks ID does not change by SCIM.
        """
        key = idp.made()
        change = {"op": "replace", "path": "userName", "value": "other@example.org"}
        put = idp("PUT", f"/Users/{key}", {**NEL, "userName": "other@example.org"})

        assert "mutability" == put.body["scimType"]

        assert "mutability" == idp.patch(f"/Users/{key}", change).body["scimType"]

    def test_look_up(self, idp: IdentityProvider) -> None:
        """
        Any spelling of the ID finds a user, and an external id does.
        """
        key = idp.made()
        for sought in ('userName+eq+"NEL@Example.Org"', 'externalId+eq+"e-1"'):
            found = idp("GET", f"/Users?filter={sought}").body
            assert [key] == [each["id"] for each in found["Resources"]]
        assert (
            0
            == idp("GET", '/Users?filter=userName+eq+"no+address"').body["totalResults"]
        )

    def test_end_customers_are_not_seen(self, idp: IdentityProvider) -> None:
        """
        Identity providers see the staff only.  [R68]
        """
        assert 2 == idp("GET", "/Users").body["totalResults"]
        assert 404 == idp("GET", f"/Users/{JOAN.id}").status
        assert 404 == idp("GET", f"/Users/{str(ADA.id).upper()}").status

    def test_delete(self, idp: IdentityProvider) -> None:
        """
        Who is deleted is inactive and hidden, and comes back as they were.
        """
        key = idp.made()

        assert 204 == idp("DELETE", f"/Users/{key}").status
        assert 404 == idp("GET", f"/Users/{key}").status
        assert key == idp.made()
        assert idp("GET", f"/Users/{key}").body["active"] is True

    def test_locked_out(self, idp: IdentityProvider, office: Office) -> None:
        """
        Whom a person deactivated stays inactive, whatever is sent.  [S30]
        """
        key = idp.made()
        user = office.run(
            lambda unit: next(
                each
                for each in unit.users.of_licence("WB-1", after=None, limit=9)
                if str(each.id) == key
            )
        )
        office.portal.administration.deactivate(user, by=ADA)
        idp.patch(f"/Users/{key}", {"op": "Replace", "path": "active", "value": "True"})

        assert idp("GET", f"/Users/{key}").body["active"] is False
        idp("DELETE", f"/Users/{key}")
        assert idp("POST", "/Users", NEL).body["active"] is False

    def test_active_is_not_said(self, idp: IdentityProvider) -> None:
        """
        Who is inactive stays so where a request says nothing of it.
        """
        key = idp.made()
        idp.patch(f"/Users/{key}", {"op": "replace", "path": "active", "value": False})
        body = {name: NEL[name] for name in NEL if name != "active"}

        assert idp("PUT", f"/Users/{key}", body).body["active"] is False

    def test_last_administrator(self, idp: IdentityProvider) -> None:
        """
        The last active Administrator is neither deactivated nor demoted.  [Q12]
        """
        off = {"op": "replace", "path": "active", "value": False}
        demoted = {"op": "replace", "path": f"{PORTAL}:level", "value": "Power User"}

        assert 409 == idp.patch(f"/Users/{ADA.id}", off).status
        assert 409 == idp.patch(f"/Users/{ADA.id}", demoted).status
        assert 409 == idp("DELETE", f"/Users/{ADA.id}").status

    def test_everything_or_nothing(self, idp: IdentityProvider) -> None:
        """
        A request of which one part is refused changes nothing.
        """
        renamed = {"op": "replace", "path": "name.givenName", "value": "Augusta"}
        demoted = {"op": "replace", "path": f"{PORTAL}:level", "value": "Power User"}
        idp.patch(f"/Users/{ADA.id}", renamed, demoted)

        assert "Ada" == idp("GET", f"/Users/{ADA.id}").body["name"]["givenName"]

    def test_what_a_feed_does_not_say(self, idp: IdentityProvider) -> None:
        """
        Level, notices and company follow the form.
        """
        key = idp.made()
        answer = idp(
            "PUT",
            f"/Users/{key}",
            {
                **NEL,
                "schemas": [USER, PORTAL],
                PORTAL: {
                    "level": "Licence Admin",
                    "companyName": "Nel BV",
                    "notifyAllDossiers": True,
                },
            },
        )

        assert "Administrator" == answer.body[PORTAL]["level"]
        assert "Nel BV" == answer.body[PORTAL]["companyName"]
        assert answer.body[PORTAL]["notifyAllDossiers"] is True

    def test_out_of_date(self, idp: IdentityProvider) -> None:
        """
        A condition that no longer holds changes nothing.
        """
        assert 412 == idp("DELETE", f"/Users/{GRACE.id}", if_match='W/"9"').status

    def test_pages(self, idp: IdentityProvider, office: Office) -> None:
        """
        Every user is on exactly one page.
        """
        office.add(*(person(f"p{each}", Level.POWER_USER) for each in range(5)))
        pages = [
            idp("GET", f"/Users?startIndex={start}&count=3").body for start in (1, 4, 7)
        ]
        keys = [each["id"] for page in pages for each in page["Resources"]]

        assert (7, 7) == (len(keys), len(set(keys)))
        assert {7} == {page["totalResults"] for page in pages}

    def test_sorted(self, idp: IdentityProvider) -> None:
        """
        Users are sorted where that is asked for.
        """
        found = idp("GET", "/Users?sortBy=userName&sortOrder=descending").body

        assert ["grace@example.org", "ada@example.org"] == [
            each["userName"] for each in found["Resources"]
        ]

    def test_bulk(self, idp: IdentityProvider) -> None:
        """
        What is refused in a bulk request stops nothing else.
        """
        answer = idp(
            "POST",
            "/Bulk",
            {
                "schemas": [BULK],
                "Operations": [
                    {"method": "POST", "path": "/Users", "bulkId": "a", "data": NEL},
                    {"method": "DELETE", "path": f"/Users/{ADA.id}"},
                ],
            },
        )

        assert ["201", "409"] == [each["status"] for each in answer.body["Operations"]]


class TestPasswords:
    """
    Passwords keep to the policy, and come back nowhere.
    """

    def test_create(self, idp: IdentityProvider) -> None:
        """
        A typed password is an initial one.
        """
        answer = idp("POST", "/Users", {**NEL, "password": "Canary-7f3a-Horse"})

        assert 201 == answer.status
        assert "Canary" not in json.dumps(answer.body)

    def test_change(self, idp: IdentityProvider, office: Office) -> None:
        """
        A new password is a reset.
        """
        before = office.credential(GRACE)
        change = {"op": "replace", "path": "password", "value": "Canary-7f3a-Horse"}

        assert idp.patch(f"/Users/{GRACE.id}", change).status in {200, 204}
        assert before.password_hash != office.credential(GRACE).password_hash

    @pytest.mark.parametrize(
        "sent",
        [
            {**NEL, "password": "canary7f3a"},
            {**NEL, "password": "canary7f3a", "userName": "no address"},
            {**NEL, "password": ["canary7f3a"]},
            {**NEL, "password": {"canary7f3a": "canary7f3a"}, "name": 3},
        ],
        ids=["weak", "other field", "list", "object"],
    )
    def test_refused(
        self,
        idp: IdentityProvider,
        sent: object,
        caplog: pytest.LogCaptureFixture,
        capfd: pytest.CaptureFixture[str],
    ) -> None:
        """
        A password that is refused is neither answered nor logged.
        """
        caplog.set_level(0)
        answer = idp("POST", "/Users", sent)

        assert 400 == answer.status
        said = json.dumps(answer.body) + caplog.text + "".join(capfd.readouterr())
        assert "canary7f3a" not in said


class TestGroups:
    """
    Dossiers and roles are groups, and membership gives and takes them.
    """

    def test_membership(self, idp: IdentityProvider, office: Office) -> None:
        """
        Who comes in gets the role, and who goes loses it.
        """
        group = idp.group("Connect.Accountant")
        add = {"op": "Add", "path": "members", "value": [{"value": str(GRACE.id)}]}
        remove = {"op": "Remove", "path": f'members[value eq "{GRACE.id}"]'}

        assert idp.patch(f"/Groups/{group}", add).status in {200, 204}
        user = office.stored(GRACE)
        assert user is not None
        assert Role.CONNECT_ACCOUNTANT in user.roles
        assert idp.patch(f"/Groups/{group}", remove).status in {200, 204}
        assert GRACE.roles == attrs.evolve(office.stored(GRACE) or ADA).roles

    def test_replace(self, idp: IdentityProvider, office: Office) -> None:
        """
        A new list of members leaves the end customers of a dossier alone.
        """
        group = idp.group("1002 Dossier 1002")
        office.portal.administration.grant_dossiers(JOAN, {"1002"}, by=ADA)
        change = {"op": "replace", "path": "members", "value": [{"value": str(ADA.id)}]}

        assert idp.patch(f"/Groups/{group}", change).status in {200, 204}
        change = {"op": "replace", "path": "members", "value": []}
        assert idp.patch(f"/Groups/{group}", change).status in {200, 204}
        joan = office.stored(JOAN)
        assert joan is not None
        assert "1002" in joan.dossiers

    def test_fixed(self, idp: IdentityProvider) -> None:
        """
        Nobody makes, renames or deletes a dossier or a role by SCIM.  [S63]
        """
        group = idp.group("View.Admin")
        new = {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"]}

        made = idp("POST", "/Groups", {**new, "displayName": "Mine"})
        assert (403, GroupsAreGiven().message("en")) == (
            made.status,
            made.body["detail"],
        )
        deleted = idp("DELETE", f"/Groups/{group}")
        assert (403, made.body) == (deleted.status, deleted.body)
        assert 404 == idp("GET", "/Groups/nothing").status
        rename = {"op": "replace", "path": "displayName", "value": "Mine"}
        assert 400 == idp.patch(f"/Groups/{group}", rename).status

    @pytest.mark.parametrize("key", [str(JOAN.id), "nobody"])
    def test_strangers(self, idp: IdentityProvider, key: str) -> None:
        """
        Who is not seen does not come in.
        """
        group = idp.group("View.Admin")
        add = {"op": "add", "path": "members", "value": [{"value": key}]}

        assert 404 == idp.patch(f"/Groups/{group}", add).status

    def test_out_of_date(self, idp: IdentityProvider) -> None:
        """
        A condition that no longer holds changes nothing.
        """
        group = idp.group("View.Admin")
        body = {
            "schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"],
            "displayName": "View.Admin",
            "members": [],
        }

        assert 412 == idp("PUT", f"/Groups/{group}", body, if_match='W/"x"').status


def test_races(idp: IdentityProvider, office: Office) -> None:
    """
    What is saved between the look and the change is not overwritten.
    """
    people = People(office.portal, Distributor("WB-1", operator="Okta"))
    directory = Directory(people, phone=PhoneNumber.parse, wording=Wording())
    user, group = (each for each in idp.app.provider.resource_types)
    stored = directory.get(group, idp.group("View.Admin"))

    with pytest.raises(PreconditionFailedException):
        directory.delete(user, str(GRACE.id), expected_version='W/"9"')
    with pytest.raises(PreconditionFailedException):
        directory.update(group, stored, expected_version='W/"9"')


class TestErrors:
    """
    What the services refuse is said as SCIM says it.
    """

    @pytest.mark.parametrize(
        "error, status",
        [
            (NotAuthorised((ManagesNobody(),)), 403),
            (InvalidFields({"level": (Missing(),)}), 400),
            (Invalid((Missing(),)), 400),
            (OutOfDate(1), 412),
            (UnknownUser(), 404),
            (StorageBusy(), 503),
        ],
        ids=["authorised", "fields", "invalid", "out of date", "unknown", "busy"],
    )
    def test_status(self, error: IdentityError, status: int) -> None:
        """
        Each kind has its status.
        """
        with pytest.raises(SCIMException) as caught, in_scim(Wording()):
            raise error

        assert status == caught.value.status

    def test_the_words_of_the_product(self) -> None:
        """
        They are asked for first, as everywhere.
        """
        wording = Wording("en", lambda code, _, __: f"our {code}")
        with pytest.raises(SCIMException) as caught, in_scim(wording):
            raise Invalid((Missing(),))

        assert "our field.missing" == caught.value.detail

    def test_bug(
        self,
        idp: IdentityProvider,
        monkeypatch: pytest.MonkeyPatch,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        """
        A mistake of our own is logged by its kind, without what was sent.
        """
        monkeypatch.setattr(TokenFile, "all", lambda _: 1 / 0)

        assert 500 == idp("GET", "/Users").status
        assert "ZeroDivisionError" in caplog.text
        assert idp.token not in caplog.text


class TestTokens:
    """
    A token opens one licence, until it ends.
    """

    def test_wrong(self, idp: IdentityProvider) -> None:
        """
        Without a good token nothing is said but that.
        """
        for token in ("", "x", "wbscim_é"):
            answer = attrs.evolve(idp, token=token)("GET", "/Users")
            assert 401 == answer.status
            assert answer.headers["WWW-Authenticate"].startswith("Bearer")

    def test_revoked(self, idp: IdentityProvider, tokens: TokenFile) -> None:
        """
        A token that is revoked is over at once; another one stays good.
        """
        digest = tokens.all()[0].digest
        other = tokens.issue("WB-1", "Entra ID, second").reveal()

        assert tokens.revoke(digest[:8])
        assert not tokens.revoke(digest[:8])
        assert 401 == idp("GET", "/Users").status
        assert 200 == attrs.evolve(idp, token=other)("GET", "/Users").status
        with pytest.raises(ValueError, match="8 characters"):
            tokens.revoke("")

    def test_expired(self, office: Office, tokens: TokenFile) -> None:
        """
        A token ends at its time.
        """
        token = tokens.issue("WB-1", "Okta", expires_at=NOW).reveal()
        idp = IdentityProvider(scim_application(office.portal, tokens), token)

        assert 401 == idp("GET", "/Users").status

    def test_at_rest(self, idp: IdentityProvider, tokens: TokenFile) -> None:
        """
        Only a digest is kept, in a file for its owner's eyes.  [S60]
        """
        assert idp.token not in tokens.path.read_text()
        assert 0 == tokens.path.stat().st_mode & 0o077
        assert tokens.all()[0].digest not in repr(tokens.all())

    def test_unreadable(self, idp: IdentityProvider, tokens: TokenFile) -> None:
        """
        A file that is gone or damaged opens nothing.
        """
        tokens.path.write_text("{")
        assert 503 == idp("GET", "/Users").status
        tokens.path.unlink()
        assert 503 == idp("GET", "/Users").status

    def test_another_licence(self, idp: IdentityProvider, office: Office) -> None:
        """
        Nothing of another licence is read, changed or told apart from nothing.  [S61]
        """
        other = attrs.evolve(LICENCE, number="WB-2")
        office.run(lambda unit: unit.licences.register(other, []))
        eve = person("eve", Level.ADMINISTRATOR, licence="WB-2", dossiers=frozenset())
        office.add(eve)
        group = idp.group("View.Admin")
        add = {"op": "add", "path": "members", "value": [{"value": str(eve.id)}]}
        off = {"op": "replace", "path": "active", "value": False}
        nobody = uuid4()

        assert (
            idp("GET", f"/Users/{eve.id}").body == idp("GET", f"/Users/{nobody}").body
        )
        assert 404 == idp.patch(f"/Users/{eve.id}", off).status
        assert 404 == idp("DELETE", f"/Users/{eve.id}").status
        assert 404 == idp.patch(f"/Groups/{group}", add).status
        taken = idp("POST", "/Users", {**NEL, "userName": "eve@example.org"})
        assert (409, "uniqueness") == (taken.status, taken.body["scimType"])
        assert eve == office.stored(eve)

    def test_guessing(self, office: Office, tokens: TokenFile) -> None:
        """
        From one source so many tokens are tried and no more.
        """
        office.attempts = InMemoryAttempts(clock=office.clock)
        good = tokens.issue("WB-1", "Okta").reveal()
        idp = IdentityProvider(scim_application(office.portal, tokens), "guess")

        assert 200 == attrs.evolve(idp, token=good)("GET", "/Users").status
        assert {401} == {idp("GET", "/Users").status for _ in range(30)}
        answer = idp("GET", "/Users")
        assert 429 == answer.status
        assert int(answer.headers["Retry-After"]) > 0
        tokens.path.unlink()
        office.clock.advance(timedelta(hours=1))
        assert 503 == idp("GET", "/Users").status


@pytest.mark.parametrize("number, allowed", [(4, 3), (38, 4), (101, 10)])
def test_mass_deactivation(
    office: Office, tokens: TokenFile, number: int, allowed: int
) -> None:
    """
    A tenth of an office is deactivated a day, three at least, and no more.  [Q17, S62]
    """
    office.attempts = InMemoryAttempts(clock=office.clock)
    people = [person(f"p{each}", Level.POWER_USER) for each in range(number)]
    office.add(*people, password=None)
    token = tokens.issue("WB-1", "Okta").reveal()
    idp = IdentityProvider(scim_application(office.portal, tokens), token)

    # What is refused anyhow does not count.
    assert 409 == idp("DELETE", f"/Users/{ADA.id}").status
    off = {"op": "replace", "path": "active", "value": False}
    answers = [idp.patch(f"/Users/{each.id}", off) for each in people[: allowed + 1]]
    assert [200] * allowed + [429] == [each.status for each in answers]
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 86_400
    assert idp("GET", f"/Users/{people[allowed].id}").body["active"] is True
    # Nor is half of a request done.
    known = {"op": "replace", "path": "password", "value": "krokus Zadel 71 ventilator"}
    assert 429 == idp.patch(f"/Users/{people[allowed].id}", known, off).status
    assert people[allowed] == office.stored(people[allowed])
    # Other changes go on, and the next day the rest does.
    named = {"op": "replace", "path": "name.givenName", "value": "An"}
    assert 200 == idp.patch(f"/Users/{people[allowed].id}", named).status
    office.clock.advance(timedelta(days=1))
    assert 200 == idp.patch(f"/Users/{people[allowed].id}", off).status


@pytest.mark.parametrize(
    "hostile",
    [
        "(" * 500 + 'userName+eq+"a"' + ")" * 500,
        "not+(" * 300 + 'userName+eq+"a"' + ")" * 300,
        "+or+".join(['userName+co+"a"'] * 2000),
        'userName+eq+"' + "a" * 100_000 + '"',
        'userName+eq+"\u202e\ud7ff\U0001f600"',
        "userName+eq",
    ],
    ids=["deep", "not", "long", "text", "unicode", "broken"],
)
def test_hostile_filters(idp: IdentityProvider, hostile: str) -> None:
    """
    A filter that nobody sends in earnest is answered, not computed.
    """
    assert idp("GET", f"/Users?filter={hostile}").status in {200, 400}
