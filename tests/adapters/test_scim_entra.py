"""
What Microsoft Entra ID does with an office, request by request.

The cases are those of its public validator and of its documentation; names and values
are ours.
"""

from pathlib import Path
from typing import Any, Final
from urllib.parse import quote
from uuid import uuid4

import pytest

from identity_provider import PATCH, USER, IdentityProvider
from office import Office
from people import ADA, GRACE, LICENCE
from winbooks_identity.adapters.scim import TokenFile, scim_application


ENTERPRISE: Final = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
GROUP: Final = "urn:ietf:params:scim:schemas:core:2.0:Group"
PHONE: Final = 'phoneNumbers[type eq "work"].value'
WORK: Final = 'emails[type eq "work"].value'

JO: Final[dict[str, Any]] = {
    "schemas": [USER, ENTERPRISE],
    "externalId": "0d7c-jo",
    "userName": "Jo@example.org",
    "active": True,
    "addresses": [{"primary": False, "type": "work", "country": "BE"}],
    "displayName": "Jo Young",
    "emails": [{"primary": True, "type": "work", "value": "Jo@example.org"}],
    "meta": {"resourceType": "User"},
    "name": {"formatted": "Jo Young", "familyName": "Young", "givenName": "Jo"},
    "phoneNumbers": [{"primary": True, "type": "work", "value": "+3221234567"}],
    "preferredLanguage": "fr-BE",
    "title": "Accountant",
    ENTERPRISE: {"department": "Tax", "employeeNumber": "7"},
}

#: By path, what is set first and then instead, and where it shows; nowhere if it is
#: not kept.
ATTRIBUTES: Final[dict[str, tuple[Any, Any, str | None]]] = {
    "active": ("False", "True", "active"),
    "displayName": ("A B", "C D", None),
    "externalId": ("e-8", "e-9", "externalId"),
    "name.familyName": ("Peeters", "Dubois", "name.familyName"),
    "name.givenName": ("An", "Anna", "name.givenName"),
    "name.formatted": ("A B", "C D", None),
    "preferredLanguage": ("nl-BE", "en-GB", "preferredLanguage"),
    "title": ("Accountant", "Partner", None),
    WORK: ("x@example.org", "y@example.org", None),
    PHONE: ("+3221234568", "+3221234569", "phoneNumbers"),
    'phoneNumbers[type eq "mobile"].value': ("+32470123456", "+32470123457", None),
    'addresses[type eq "work"].locality': ("Gent", "Luik", None),
    f"{ENTERPRISE}:department": ("Tax", "Audit", None),
    f"{ENTERPRISE}:manager": ("a", "b", None),
}
#: What always has a value: to remove it is refused, or leaves it as it is.
ALWAYS: Final = {
    "active": 200,
    "name.familyName": 400,
    "name.givenName": 400,
    "preferredLanguage": 200,
}
SHOWN: Final = {
    "active": (False, True),
    "preferredLanguage": ("nl", "en"),
    "phoneNumbers": (
        [{"type": "work", "value": "+3221234568"}],
        [{"type": "work", "value": "+3221234569"}],
    ),
}


@pytest.fixture
def entra(tmp_path: Path) -> IdentityProvider:
    """
    Return Entra ID, which may provision an office with two members of staff.
    """
    office = Office()
    office.add(ADA, GRACE, password=None)
    tokens = TokenFile(tmp_path / "tokens.json")
    token = tokens.issue(LICENCE.number, "Entra ID").reveal()
    return IdentityProvider(scim_application(office.portal, tokens), token)


@pytest.fixture
def jo(entra: IdentityProvider) -> str:
    """
    Return the id of a user whom Entra ID made.
    """
    made = entra("POST", "/Users", JO)
    assert 201 == made.status
    return str(made.body["id"])


def found(
    entra: IdentityProvider, sought: str, kind: str = "Users", more: str = ""
) -> list[dict[str, Any]]:
    """
    Return those who match.
    """
    answer = entra("GET", f"/{kind}?filter={quote(sought)}{more}")
    assert 200 == answer.status
    matching: list[dict[str, Any]] = answer.body["Resources"]
    return matching


def value_at(user: dict[str, Any], place: str) -> object:
    """
    Return what *user* has there.
    """
    here: Any = user
    for name in place.split("."):
        here = here[name]
    return here


class TestUsers:
    """
    Users are looked for, made, changed, disabled and deleted.
    """

    def test_connection(self, entra: IdentityProvider) -> None:
        """
        A connection is tried with a name that no one has.
        """
        assert [] == found(entra, f'userName eq "{uuid4()}"')

    def test_made_once(self, entra: IdentityProvider, jo: str) -> None:
        """
        The same user again is refused, and the one who is there is found.
        """
        again = entra("POST", "/Users", JO)

        assert (409, "uniqueness") == (again.status, again.body["scimType"])
        for sought in (
            'userName eq "jo@EXAMPLE.org"',
            'externalId eq "0d7c-jo"',
            'emails[type eq "work"].value eq "jo@example.org"',
        ):
            assert [jo] == [each["id"] for each in found(entra, sought)]

    @pytest.mark.parametrize("path", ATTRIBUTES)
    def test_attribute(self, entra: IdentityProvider, jo: str, path: str) -> None:
        """
        Each mapped attribute is added, replaced and removed, and stays where it must.
        """
        first, second, place = ATTRIBUTES[path]
        for turn, (op, value) in enumerate((("Add", first), ("Replace", second))):
            change = {"op": op, "path": path, "value": value}
            answer = entra.patch(f"/Users/{jo}", change)
            assert (200, answer.body) == (
                answer.status,
                entra("GET", f"/Users/{jo}").body,
            )
            if place is not None:
                shown = SHOWN.get(path if path in SHOWN else place, (first, second))
                assert shown[turn] == value_at(answer.body, place)
        before = entra("GET", f"/Users/{jo}").body
        removed = entra.patch(f"/Users/{jo}", {"op": "Remove", "path": path})
        after = entra("GET", f"/Users/{jo}").body
        if path in ALWAYS:
            assert (ALWAYS[path], before) == (removed.status, after)
        else:
            assert (200, after) == (removed.status, removed.body)
            assert place is None or place not in after

    def test_several(self, entra: IdentityProvider, jo: str) -> None:
        """
        A cycle sends the changes of a user together, some of them not kept.
        """
        answer = entra.patch(
            f"/Users/{jo}",
            {"op": "Replace", "path": "name.givenName", "value": "Joke"},
            {"op": "Replace", "path": "displayName", "value": "Joke Young"},
            {"op": "Add", "path": "title", "value": "Partner"},
            {"op": "Replace", "path": PHONE, "value": "+3221234568"},
            {"op": "Replace", "path": "active", "value": "False"},
        )

        assert (200, "Joke", "Joke Young", False) == (
            answer.status,
            answer.body["name"]["givenName"],
            answer.body["displayName"],
            answer.body["active"],
        )

    def test_another_name(self, entra: IdentityProvider, jo: str) -> None:
        """
        Another userName waits for its owner's word; another spelling is none.
        """
        other = {"op": "Replace", "path": "userName", "value": "joke@example.org"}
        same = {**other, "value": "JO@example.org"}

        refused = entra.patch(f"/Users/{jo}", other)
        assert (400, "mutability") == (refused.status, refused.body["scimType"])
        assert "Jo@example.org" == entra.patch(f"/Users/{jo}", same).body["userName"]

    def test_disabled(self, entra: IdentityProvider, jo: str) -> None:
        """
        Who is disabled is still read and found, and says so.
        """
        off = {"op": "Replace", "path": "active", "value": "False"}
        assert 200 == entra.patch(f"/Users/{jo}", off).status

        assert entra("GET", f"/Users/{jo}").body["active"] is False
        (user,) = found(entra, 'userName eq "jo@example.org"')
        assert user["active"] is False

    def test_deleted(self, entra: IdentityProvider, jo: str) -> None:
        """
        Who is deleted is not found, cannot be deleted twice, and can come back.
        """
        assert 204 == entra("DELETE", f"/Users/{jo}").status
        assert 404 == entra("DELETE", f"/Users/{jo}").status
        assert 404 == entra("GET", f"/Users/{jo}").status
        assert [] == found(entra, 'userName eq "jo@example.org"')
        assert 201 == entra("POST", "/Users", JO).status

    def test_no_one(self, entra: IdentityProvider) -> None:
        """
        A change of someone who is not there is 404.
        """
        off = {"op": "Replace", "path": "active", "value": "False"}

        assert 404 == entra.patch(f"/Users/{uuid4()}", off).status


class TestGroups:
    """
    Groups are matched by their names, and their members change one by one.
    """

    def test_matched(self, entra: IdentityProvider) -> None:
        """
        Entra ID looks a group up before it would make it, and makes none then.
        """
        more = "&excludedAttributes=members"
        (group,) = found(entra, 'displayName eq "view.admin"', "Groups", more)

        assert "members" not in group
        assert [] == found(entra, 'displayName eq "No Such"', "Groups", more)
        sent = {"schemas": [GROUP], "externalId": "g", "displayName": "View.Admin"}
        assert 409 == entra("POST", "/Groups", sent).status
        assert 403 == entra("POST", "/Groups", {**sent, "displayName": "x"}).status

    def test_members(self, entra: IdentityProvider, jo: str) -> None:
        """
        A member is added, is there, and is removed; the others stay.
        """
        path = f"/Groups/{entra.group('View.Admin')}"
        before = {each["value"] for each in entra("GET", path).body["members"]}
        value = [{"$ref": None, "value": jo}]
        for op, expected in (("Add", before | {jo}), ("Remove", before)):
            sent = {"op": op, "path": "members", "value": value}
            answer = entra("PATCH", path, {"schemas": [PATCH], "Operations": [sent]})
            assert 204 == answer.status
            members = entra("GET", path).body["members"]
            assert expected == {each["value"] for each in members}
        key = path.rpartition("/")[2]
        sought = f'id eq "{key}" and members eq "{jo}"'
        assert [] == found(entra, sought, "Groups", "&attributes=id")

    def test_attributes(self, entra: IdentityProvider) -> None:
        """
        A group keeps its name, whatever Entra ID calls it.
        """
        path = f"/Groups/{entra.group('View.Admin')}"
        named = {"op": "Replace", "path": "displayName", "value": "Other"}
        called = {"op": "Replace", "path": "externalId", "value": "g-1"}

        assert 400 == entra.patch(path, named).status
        assert 204 == entra.patch(path, called).status
        assert 403 == entra("DELETE", path).status
        assert "View.Admin" == entra("GET", path).body["displayName"]
