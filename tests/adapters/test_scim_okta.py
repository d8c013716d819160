"""
What Okta does with an office, request by request.

Its published test of the protocol first, then what it documents of users and pushed
groups.  The order and the expectations are Okta's; names and values are ours.
"""

from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import pytest

from identity_provider import NEL, PATCH, USER, Answer, IdentityProvider
from office import Office
from people import ADA, GRACE, LICENCE
from winbooks_identity.adapters.scim import TokenFile, scim_application


LIST: Final = "urn:ietf:params:scim:api:messages:2.0:ListResponse"
ERROR: Final = "urn:ietf:params:scim:api:messages:2.0:Error"
GROUP: Final = "urn:ietf:params:scim:schemas:core:2.0:Group"

#: As Okta writes a user: what the Portal does not keep comes along.
JO: Final[dict[str, Any]] = {
    "schemas": [USER],
    "userName": "jo@example.org",
    "name": {"givenName": "Jo", "familyName": "Young"},
    "emails": [{"primary": True, "value": "jo@example.org", "type": "work"}],
    "displayName": "Jo Young",
    "locale": "en-US",
    "externalId": "00u-jo",
    "groups": [],
    "active": True,
}


@pytest.fixture
def okta(tmp_path: Path) -> IdentityProvider:
    """
    Return Okta, which may provision an office with two members of staff.
    """
    office = Office()
    office.add(ADA, GRACE, password=None)
    tokens = TokenFile(tmp_path / "tokens.json")
    token = tokens.issue(LICENCE.number, "Okta").reveal()
    return IdentityProvider(scim_application(office.portal, tokens), token)


def look_up(okta: IdentityProvider, name: str) -> list[dict[str, Any]]:
    """
    Return who has that name, asked as Okta asks before each creation.
    """
    sought = quote(f'userName eq "{name}"')
    answer = okta("GET", f"/Users?filter={sought}&startIndex=1&count=100")
    assert (200, [LIST]) == (answer.status, answer.body["schemas"])
    found: list[dict[str, Any]] = answer.body["Resources"]
    assert len(found) == answer.body["totalResults"]
    return found


def is_refused(answer: Answer, status: int) -> bool:
    """
    Tell whether *answer* says why not, as the protocol does.
    """
    body = answer.body
    return (answer.status, body["schemas"], body["status"]) == (
        status,
        [ERROR],
        str(status),
    ) and bool(body.get("detail"))


class TestOfTheProtocol:
    """
    The test that a service has to pass before Okta looks at it.
    """

    def test_users(self, okta: IdentityProvider) -> None:
        """
        A page of one has numbers, and someone who is complete and can be read.
        """
        page = okta("GET", "/Users?count=1&startIndex=1").body
        (first,) = page["Resources"]

        assert [LIST] == page["schemas"]
        assert (1, 1, 2) == (
            page["itemsPerPage"],
            page["startIndex"],
            page["totalResults"],
        )
        assert all(first[name] for name in ("id", "userName", "active"))
        assert all(first["name"][name] for name in ("familyName", "givenName"))
        assert first["emails"][0]["value"]
        assert first == okta("GET", f"/Users/{first['id']}").body

    def test_strangers(self, okta: IdentityProvider) -> None:
        """
        No one is found by a name that no one has, nor by such an id.
        """
        assert [] == look_up(okta, "no-one@example.org")
        assert is_refused(okta("GET", "/Users/010101001010101011001010101011"), 404)

    def test_creation(self, okta: IdentityProvider) -> None:
        """
        Who is made is answered, read and found in any case, and made only once.
        """
        made = okta("POST", "/Users", JO)
        assert (201, [USER]) == (made.status, made.body["schemas"][:1])
        assert made.body["active"] is True
        assert JO["name"] == made.body["name"]
        assert JO["userName"] == made.body["userName"]
        assert made.headers["Location"].endswith(f"/Users/{made.body['id']}")

        assert made.body == okta("GET", f"/Users/{made.body['id']}").body
        assert is_refused(okta("POST", "/Users", JO), 409)
        assert [made.body] == look_up(okta, JO["userName"].upper())

    def test_groups(self, okta: IdentityProvider) -> None:
        """
        There are groups, and what they are called is not empty.
        """
        page = okta("GET", "/Groups?startIndex=1&count=100").body

        assert [LIST] == page["schemas"]
        assert page["totalResults"] == len(page["Resources"]) > 0
        assert all(each["id"] and each["displayName"] for each in page["Resources"])


class TestUsers:
    """
    The life of a user whom Okta provisions.
    """

    def test_put(self, okta: IdentityProvider) -> None:
        """
        Okta reads a user, changes what it read and puts the whole of it.
        """
        key = okta("POST", "/Users", JO).body["id"]
        read = okta("GET", f"/Users/{key}").body
        other = {"givenName": "Joke", "familyName": "Young", "middleName": "M"}
        changed = okta("PUT", f"/Users/{key}", {**read, "groups": [], "name": other})

        assert (200, "Joke") == (changed.status, changed.body["name"]["givenName"])
        for active in (False, True, True, False):
            sent = {**changed.body, "active": active}
            assert active is okta("PUT", f"/Users/{key}", sent).body["active"]
            (found,) = look_up(okta, JO["userName"])
            assert (key, active) == (found["id"], found["active"])

    def test_patch(self, okta: IdentityProvider) -> None:
        """
        Integrations of the catalogue activate and deactivate by PATCH, without a path.
        """
        key = okta("POST", "/Users", JO).body["id"]
        for active in (False, True):
            change = {"op": "replace", "value": {"active": active}}
            answer = okta.patch(f"/Users/{key}", change)
            assert (200, active) == (answer.status, answer.body["active"])

    def test_assigned_again(self, okta: IdentityProvider) -> None:
        """
        Who was deactivated is found, not made again, and activated.
        """
        key = okta("POST", "/Users", JO).body["id"]
        okta("PUT", f"/Users/{key}", {**JO, "active": False})
        (found,) = look_up(okta, JO["userName"])
        again = okta("PUT", f"/Users/{found['id']}", JO)

        assert (200, key, True) == (
            again.status,
            again.body["id"],
            again.body["active"],
        )

    def test_import(self, okta: IdentityProvider) -> None:
        """
        An import goes page by page until it has as many as there are.
        """
        okta("POST", "/Users", JO)
        okta("POST", "/Users", NEL)
        found: list[str] = []
        total = 1
        while len(found) < total:
            page = okta("GET", f"/Users?startIndex={len(found) + 1}&count=3").body
            total = page["totalResults"]
            found += [each["id"] for each in page["Resources"]]

        assert 4 == len(set(found)) == len(found)


class TestGroups:
    """
    Groups that Okta pushes.
    """

    def test_push(self, okta: IdentityProvider) -> None:
        """
        To make a group that is there is refused with its id; no other can be made.
        """
        key = okta.group("View.Admin")
        sent = {"schemas": [GROUP], "displayName": "View.Admin", "members": []}
        refused = okta("POST", "/Groups", sent)

        assert is_refused(refused, 409)
        assert key in refused.body["detail"]
        assert is_refused(okta("POST", "/Groups", {**sent, "displayName": "x"}), 403)
        members = okta("GET", f"/Groups/{key}").body["members"]
        assert {str(ADA.id), str(GRACE.id)} == {each["value"] for each in members}

    def test_link(self, okta: IdentityProvider) -> None:
        """
        A linked group is found among all, named again, and gets its members.
        """
        jo = okta("POST", "/Users", JO).body["id"]
        groups = okta("GET", "/Groups?startIndex=1&count=100").body["Resources"]
        named = {each["displayName"]: each["id"] for each in groups}
        key = named["Connect.Accountant"]
        name = {"id": key, "displayName": "Connect.Accountant"}
        path = f"/Groups/{key}"

        assert 204 == okta.patch(path, {"op": "replace", "value": name}).status
        for op, value, expected in (
            ("replace", [{"value": str(GRACE.id), "display": "g"}], {str(GRACE.id)}),
            ("add", [{"value": jo, "display": "jo"}], {str(GRACE.id), jo}),
        ):
            change = {"op": op, "path": "members", "value": value}
            assert 204 == okta.patch(path, change).status
            members = okta("GET", path).body["members"]
            assert expected == {each["value"] for each in members}
        remove = {"op": "remove", "path": f'members[value eq "{jo}"]'}
        assert 204 == okta.patch(path, remove).status

    def test_put(self, okta: IdentityProvider) -> None:
        """
        Integrations of one's own put the whole group.
        """
        key = okta.group("Connect.Accountant")
        sent = {
            "schemas": [GROUP],
            "id": key,
            "displayName": "Connect.Accountant",
            "members": [{"value": str(ADA.id), "display": "ada@example.org"}],
        }
        answer = okta("PUT", f"/Groups/{key}", sent)

        assert 200 == answer.status
        assert [str(ADA.id)] == [each["value"] for each in answer.body["members"]]

    def test_unlinked(self, okta: IdentityProvider) -> None:
        """
        A dossier is not deleted with a group of Okta's.
        """
        path = f"/Groups/{okta.group('View.Admin')}"

        assert is_refused(okta("DELETE", path), 403)
        assert 200 == okta("GET", path).status


def test_passwords(okta: IdentityProvider) -> None:
    """
    A password that Okta pushes is taken and never answered.
    """
    key = okta("POST", "/Users", JO).body["id"]
    value = {"password": "krokus Zadel 71 ventilator"}
    sent = {"schemas": [PATCH], "Operations": [{"op": "replace", "value": value}]}
    answer = okta("PATCH", f"/Users/{key}", sent)

    assert (200, False) == (answer.status, "krokus" in str(answer))
