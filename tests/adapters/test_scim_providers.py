"""
What identity providers really send works, as reports on other servers show it.

Each request has the shape of one in a public report; names and values are ours.
"""

from pathlib import Path
from typing import Any
from urllib.parse import quote

import attrs
import pytest

from identity_provider import NEL, PATCH, PORTAL, USER, IdentityProvider
from office import Office
from people import ADA, GRACE, JOAN, person
from winbooks_identity.adapters.scim import TokenFile, scim_application
from winbooks_identity.adapters.scim.errors import GroupExists
from winbooks_identity.level import Level


ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group"


@pytest.fixture
def office() -> Office:
    """
    Return an office with an Administrator, a Power User and an end customer.
    """
    office = Office()
    office.add(ADA, GRACE, JOAN)
    return office


@pytest.fixture
def idp(office: Office, tmp_path: Path) -> IdentityProvider:
    """
    Return an identity provider that may provision the office.
    """
    tokens = TokenFile(tmp_path / "tokens.json")
    token = tokens.issue("WB-1", "Entra ID").reveal()
    return IdentityProvider(scim_application(office.portal, tokens), token)


def replace(path: str, value: object, op: str = "Replace") -> dict[str, object]:
    """
    Return an operation as Entra ID spells it.
    """
    return {"op": op, "path": path, "value": value}


def without_path(**values: object) -> dict[str, object]:
    """
    Return an operation as Okta spells it.
    """
    return {"op": "replace", "value": values}


OFF = replace("active", value=False)

PHONE = 'phoneNumbers[type eq "work"].value'

#: Operations one after the other, and what the user has of them afterwards.
CHANGES: dict[str, tuple[list[dict[str, object]], dict[str, object]]] = {
    # scim-for-keycloak 119, scimmy 86
    "a boolean as text": ([replace("active", "False")], {"active": False}),
    "a boolean in small letters": ([replace("active", "false")], {"active": False}),
    # rancher 54025
    "a boolean is added": ([replace("active", "False", "Add")], {"active": False}),
    # An older notation of Entra ID: AzureAD-BYOA-Provisioning-Samples 22
    "a boolean in a list": (
        [replace("active", [{"value": "False"}])],
        {"active": False},
    ),
    "capitals": ([replace("active", value=False, op="REPLACE")], {"active": False}),
    # keycloak-scim-server 97
    "without a path": ([without_path(active=False)], {"active": False}),
    "with the id beside it": (
        [without_path(id="00u", active=False, userName="nel@example.org")],
        {"active": False},
    ),
    # scim-for-keycloak 26
    "paths as names": (
        [
            without_path(
                **{
                    "displayName": "Bjfe",
                    "name.givenName": "Kkom",
                    "name.familyName": "Unua",
                    f"{ENTERPRISE}:employeeNumber": "Aklq",
                }
            )
        ],
        {"name": {"givenName": "Kkom", "familyName": "Unua"}},
    ),
    "a list of one": (
        [replace("name.givenName", ["Nele"], "Add")],
        {"name": {"givenName": "Nele", "familyName": "Dubois"}},
    ),
    "a whole name": (
        [replace("name", {"givenName": "N", "familyName": "D", "formatted": "N D"})],
        {"name": {"givenName": "N", "familyName": "D"}},
    ),
    "a path with its schema": (
        [replace(f"{USER}:name.givenName", "Nele")],
        {"name": {"givenName": "Nele", "familyName": "Dubois"}},
    ),
    "the name to show": (
        [replace("displayName", " User X")],
        {"displayName": "Nel Dubois"},
    ),
    "the name to show in a list": (
        [replace("displayName", [{"$ref": None, "value": "User X"}])],
        {"displayName": "Nel Dubois"},
    ),
    # scim-for-keycloak 73, keycloak-scim-server 40, wire-server 5419
    "an address by its type": (
        [replace('emails[type eq "work"].value', "x@example.org")],
        {"emails": [{"value": "Nel@example.org", "type": "work", "primary": True}]},
    ),
    "an address is added": (
        [replace('emails[type eq "work"].value', "x@example.org", "Add")],
        {"emails": [{"value": "Nel@example.org", "type": "work", "primary": True}]},
    ),
    "a list of addresses": (
        [replace("emails", [{"value": "x@example.org", "primary": "True"}])],
        {"emails": [{"value": "Nel@example.org", "type": "work", "primary": True}]},
    ),
    # scim-patch 42, 187
    "a phone where there is none": (
        [replace(PHONE, "+3221234567", "Add")],
        {"phoneNumbers": [{"value": "+3221234567", "type": "work"}]},
    ),
    "a list of phones": (
        [
            replace(PHONE, "+3221234567"),
            replace("phoneNumbers", [{"type": "work", "value": "+3221234568"}]),
        ],
        {"phoneNumbers": [{"value": "+3221234568", "type": "work"}]},
    ),
    "a phone is removed": (
        [replace(PHONE, "+3221234567"), {"op": "Remove", "path": PHONE}],
        {"phoneNumbers": None},
    ),
    "a phone is nothing": (
        [replace(PHONE, "+3221234567"), replace(PHONE, None)],
        {"phoneNumbers": None},
    ),
    # scimmy 95, scim-patch 176
    "an address that is not kept": (
        [
            replace('addresses[type eq "work"].locality', "Gent", "Add"),
            replace("active", "False"),
        ],
        {"active": False},
    ),
    # directory-scimple 1242, budibase 15369, scimitar 48
    "a manager as text": (
        [replace(f"{ENTERPRISE}:manager", "abc", "Add"), OFF],
        {"active": False},
    ),
    "a manager": (
        [replace(f"{ENTERPRISE}:manager", {"value": "abc"}), OFF],
        {"active": False},
    ),
    # SCIM-SDK 114
    "a manager is removed": (
        [{"op": "Remove", "path": f"{ENTERPRISE}:manager"}, OFF],
        {"active": False},
    ),
    "a department": (
        [replace(f"{ENTERPRISE}:department", "Tax", "Add"), OFF],
        {"active": False},
    ),
    "an extension of their own": (
        [replace("urn:ietf:params:scim:schemas:extension:X:2.0:User:tag", "x")],
        {"active": True},
    ),
    "roles of their own": (
        [replace('roles[primary eq "True"].value', "x"), OFF],
        {"active": False},
    ),
    "nothing at all": ([], {"active": True}),
    "another spelling of the ID": (
        [replace("userName", "NEL@example.org"), OFF],
        {"userName": "Nel@example.org", "active": False},
    ),
    "another external id": ([replace("externalId", "e-7")], {"externalId": "e-7"}),
    "a language with its country": (
        [replace("preferredLanguage", "fr-BE")],
        {"preferredLanguage": "fr"},
    ),
    "a language that we do not speak": (
        [replace("preferredLanguage", "es-ES")],
        {"preferredLanguage": "nl"},
    ),
    "notices": (
        [replace(f"{PORTAL}:notifyAllDossiers", "True")],
        {"active": True},
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_change(idp: IdentityProvider, name: str) -> None:
    """
    Each operation is taken as it is meant, and the answer is the user.
    """
    operations, expected = CHANGES[name]
    key = idp.made()
    answers = [idp.patch(f"/Users/{key}", each) for each in operations] or [
        idp.patch(f"/Users/{key}")
    ]

    assert {200} == {each.status for each in answers}
    user = idp("GET", f"/Users/{key}").body
    assert user == answers[-1].body
    for attribute, value in expected.items():
        assert value == user.get(attribute)


@pytest.mark.parametrize(
    "body",
    [
        {"Operations": [OFF]},
        {"schemas": [PATCH], "operations": [OFF]},
        {"schemas": [PATCH], "Operations": OFF},
    ],
    ids=["no schema", "small letters", "one operation"],
)
def test_bodies(idp: IdentityProvider, body: object) -> None:
    """
    What surrounds the operations is taken as it is meant.
    """
    key = idp.made()

    assert idp("PATCH", f"/Users/{key}", body).body["active"] is False


@pytest.mark.parametrize(
    "body",
    [
        [],
        "text",
        {},
        {"Operations": 3},
        {"Operations": [3]},
        {"Operations": [{"op": "replace"}]},
        {"Operations": [{"op": "replace", "path": 3, "value": 3}]},
        {"Operations": [{"op": "replace", "path": "active", "value": {"x": 1}}]},
        {"Operations": [{"op": "replace", "path": "active", "value": [True, False]}]},
        {
            "Operations": [
                {"op": "replace", "path": "name.givenName", "value": ["a", "b"]}
            ]
        },
        {"Operations": [{"op": "explode", "path": "active", "value": True}]},
        {"Operations": [{"op": "remove"}]},
        {"Operations": [{"op": "remove", "path": "phoneNumbers", "value": "x"}]},
    ],
    ids=repr,
)
def test_no_patch(idp: IdentityProvider, body: object) -> None:
    """
    What means nothing is refused, and changes nothing.
    """
    key = idp.made()
    before = idp("GET", f"/Users/{key}").body

    assert 400 == idp("PATCH", f"/Users/{key}", body).status
    assert before == idp("GET", f"/Users/{key}").body


#: New users as identity providers write them.
CREATIONS: dict[str, dict[str, Any]] = {
    "Entra ID": {
        "schemas": [USER, ENTERPRISE],
        "active": "True",
        "addresses": None,
        "displayName": "Jo Young",
        "emails": [{"type": "work", "value": "jo@example.org", "primary": True}],
        "meta": {"resourceType": "User"},
        "name": {"formatted": "Jo Young", "familyName": "Young", "givenName": "Jo"},
        "roles": [],
        ENTERPRISE: {"department": "Tax", "manager": "abc"},
    },
    "Okta": {
        "schemas": [USER],
        "name": {"familyName": "Young", "givenName": "Jo", "middleName": "M"},
        "emails": [{"primary": True, "value": "jo@example.org", "type": "work"}],
        "displayName": "Jo Young",
        "locale": "en-US",
        "groups": [],
        "password": "1mz050nq-Canary-Horse",
        "active": True,
    },
    # scimitar 142: the media type is another, too.
    "Google": {
        "name": {"familyName": "Young", "givenName": "Jo"},
        "emails": [{"value": "jo@example.org", "type": "work", "primary": True}],
        "phoneNumbers": [{"value": "555-555-8377", "type": "work"}],
        "preferredLanguage": "en-GB",
    },
    "with an id of theirs": {
        "schemas": [USER],
        "id": "not-yours",
        "name": {"familyName": "Young", "givenName": "Jo"},
    },
    "in small letters": {
        "schemas": [USER],
        "name": {"familyname": "Young", "givenname": "Jo"},
    },
}


@pytest.mark.parametrize("name", CREATIONS)
def test_creation(idp: IdentityProvider, name: str) -> None:
    """
    They look first, create then, and find the user whom they created.
    """
    wanted = quote('userName eq "jo@example.org"')
    sought = f"/Users?filter={wanted}"
    assert 0 == idp("GET", sought).body["totalResults"]
    sent = {"userName": "jo@example.org", "externalId": "e-2", **CREATIONS[name]}
    made = idp("POST", "/Users", sent)

    assert (201, True) == (made.status, made.body["active"])
    assert {"familyName": "Young", "givenName": "Jo"} == made.body["name"]
    (found,) = idp("GET", sought).body["Resources"]
    assert made.body == found
    assert 409 == idp("POST", "/Users", sent).status


class TestReplacement:
    """
    Okta sends the whole user, as it last read them.
    """

    def test_what_was_read(self, idp: IdentityProvider) -> None:
        """
        What is read-only comes along, and nothing of it is refused.
        """
        read = idp("GET", f"/Users/{idp.made()}").body
        answer = idp("PUT", f"/Users/{read['id']}", {**read, "active": False})

        assert (200, False) == (answer.status, answer.body["active"])

    def test_without_a_version(self, idp: IdentityProvider) -> None:
        """
        Who sends no entity tag changes what is there now.
        """
        key = idp.made()
        idp.patch(f"/Users/{key}", replace("name.givenName", "Nele"))

        assert 200 == idp("PUT", f"/Users/{key}", {**NEL, "id": key}).status
        assert 200 == idp("PUT", f"/Users/{key}", NEL, if_match="*").status

    def test_twice(self, idp: IdentityProvider) -> None:
        """
        The same again changes nothing, not the version either.
        """
        key = idp.made()
        sent = {**NEL, "name": {"givenName": "Nele", "familyName": "Dubois"}}
        tags = [idp("PUT", f"/Users/{key}", sent).headers["ETag"] for _ in range(2)]

        assert 1 == len(set(tags))


@pytest.mark.parametrize(
    "sought, number",
    [
        ('userName eq "NEL@example.org"', 1),
        ('userName Eq "nel@example.org"', 1),
        ('username eq "nel@example.org"', 1),
        ('userName eq "nel@example.org" and active eq true', 1),
        ('userName eq "nel@example.org" and active eq false', 0),
        ('userName eq "o\\"brien@example.org"', 0),
        ('userName eq "o\'brien@example.org"', 1),
        ('userName eq "o\\\\brien@example.org"', 0),
        ('userName sw "n"', 1),
        ('externalId eq "e-1"', 1),
        ('externalId eq "E-1"', 0),
        ('emails.value eq "nel@example.org"', 1),
        ('emails[type eq "work" and value eq "nel@example.org"]', 1),
        ('displayName eq "nel dubois"', 1),
        ("active eq true", 4),
        ('active eq "True"', 4),
        (f'{USER}:userName eq "nel@example.org"', 1),
        (f'{PORTAL}:level eq "Administrator"', 1),
        ('id eq "nothing"', 0),
        ("", 4),
    ],
)
def test_filter(
    idp: IdentityProvider, office: Office, sought: str, number: int
) -> None:
    """
    Users are found as identity providers look for them.
    """
    idp.made()
    office.add(
        attrs.evolve(
            person("ob", Level.POWER_USER),
            winbooks_id=type(GRACE.winbooks_id)("o'brien@example.org"),
        )
    )
    found = idp("GET", f"/Users?filter={quote(sought)}")

    assert (200, number) == (found.status, found.body["totalResults"])


@pytest.mark.parametrize(
    "query, number, starts",
    [
        ("count=0", 0, 1),
        ("startIndex=0", 2, 1),
        ("startIndex=0&count=1", 1, 1),
        ("startIndex=-5&count=-3", 0, 1),
        ("startIndex=999", 0, 999),
        ("startIndex=2&count=100000", 1, 2),
        ("startIndex=&count=", 2, 1),
    ],
)
def test_pages(idp: IdentityProvider, query: str, number: int, starts: int) -> None:
    """
    The total is there on every page, whatever page is asked for.
    """
    page = idp("GET", f"/Users?{query}").body

    assert (2, starts, number) == (
        page["totalResults"],
        page["startIndex"],
        len(page.get("Resources", [])),
    )


class TestGroups:
    """
    Members come and go in every notation.
    """

    @pytest.mark.parametrize(
        "added",
        [
            replace("members", [{"$ref": None, "value": str(GRACE.id)}], "Add"),
            replace("members", [{"value": str(GRACE.id)}] * 2, "Add"),
            replace("members", {"value": str(GRACE.id)}, "add"),
            {"op": "add", "value": {"members": [{"value": str(GRACE.id)}]}},
        ],
        ids=["list", "twice", "one", "without a path"],
    )
    @pytest.mark.parametrize(
        "removed",
        [
            # SCIM-SDK 149 and 167, scim-patch 959, directory-scimple 436
            replace("members", [{"$ref": None, "value": str(GRACE.id)}], "Remove"),
            replace("members", [{"value": str(GRACE.id)}], "remove"),
            replace(
                "members",
                [{"value": str(GRACE.id), "display": "G", "type": "User"}],
                "remove",
            ),
            replace("members", [str(GRACE.id)], "remove"),
            {"op": "remove", "path": f'members[value eq "{GRACE.id}"]'},
        ],
        ids=["value with reference", "value", "value with name", "id", "filter"],
    )
    def test_one_of_two(
        self, idp: IdentityProvider, added: object, removed: object
    ) -> None:
        """
        To remove one member leaves the other one in.
        """
        group = f"/Groups/{idp.group('Connect.Accountant')}"
        idp.patch(group, replace("members", [{"value": str(ADA.id)}]))
        assert 204 == idp.patch(group, added).status
        both = {each["value"] for each in idp("GET", group).body["members"]}
        assert {str(ADA.id), str(GRACE.id)} == both
        assert 204 == idp.patch(group, removed).status
        assert 204 == idp.patch(group, removed).status
        (left,) = idp("GET", group).body["members"]
        assert str(ADA.id) == left["value"]

    def test_linked(self, idp: IdentityProvider) -> None:
        """
        Okta names id and name of a group that it linked, and they stay.
        """
        key = idp.group("View.Admin")
        same = without_path(id=key, displayName="View.Admin")
        other = without_path(id=key, displayName="Other")

        assert 204 == idp.patch(f"/Groups/{key}", same).status
        assert 400 == idp.patch(f"/Groups/{key}", other).status

    def test_external_id(self, idp: IdentityProvider) -> None:
        """
        What Entra ID calls a group is not kept, and stops nothing.
        """
        key = idp.group("View.Admin")

        assert 204 == idp.patch(f"/Groups/{key}", replace("externalId", "g-1")).status
        same = {"op": "add", "value": {"externalId": "g-1"}}
        assert 204 == idp.patch(f"/Groups/{key}", same).status

    def test_made_again(self, idp: IdentityProvider) -> None:
        """
        A group whose name is taken is refused with its id, so that it is linked.  [S63]
        """
        key = idp.group("View.Admin")
        sent = {"schemas": [GROUP], "displayName": "view.admin"}
        answer = idp("POST", "/Groups", sent)

        assert (409, "uniqueness") == (answer.status, answer.body["scimType"])
        assert GroupExists(key).message("en") == answer.body["detail"]
        assert key in answer.body["detail"]

    def test_without_members(self, idp: IdentityProvider) -> None:
        """
        Entra ID asks without members, as there can be thousands.
        """
        sought = quote('displayName eq "View.Admin"')
        query = f"/Groups?excludedAttributes=members&filter={sought}"
        (found,) = idp("GET", query).body["Resources"]

        assert "View.Admin" == found["displayName"]
        assert "members" not in found

    def test_is_a_member(self, idp: IdentityProvider) -> None:
        """
        Entra ID asks whether one user is in one group.
        """
        key = idp.group("View.Admin")
        for member, number in ((ADA, 1), (JOAN, 0)):
            for attribute in ("members", "members.value"):
                sought = quote(f'id eq "{key}" and {attribute} eq "{member.id}"')
                found = idp("GET", f"/Groups?filter={sought}").body
                assert number == found["totalResults"]
