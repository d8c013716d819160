"""
Whatever comes by HTTP gets an answer that SCIM knows, and soon.
"""

from pathlib import Path

import pytest

from identity_provider import BULK, NEL, PATCH, IdentityProvider
from office import Office
from people import ADA, GRACE, LICENCE
from winbooks_identity.adapters.scim import TokenFile, scim_application


ONE = f"/Users/{ADA.id}"


@pytest.fixture
def idp(tmp_path: Path) -> IdentityProvider:
    """
    Return an identity provider of an office with two members of staff.
    """
    office = Office()
    office.add(ADA, GRACE, password=None)
    tokens = TokenFile(tmp_path / "tokens.json")
    token = tokens.issue(LICENCE.number, "Okta").reveal()
    return IdentityProvider(scim_application(office.portal, tokens), token)


@pytest.mark.parametrize(
    "path", [ONE, "/Users?count=1", "/ServiceProviderConfig", "/Users/none", "/nothing"]
)
def test_head(idp: IdentityProvider, path: str) -> None:
    """
    HEAD gets what GET does, but for the body.
    """
    head, got = idp("HEAD", path), idp("GET", path)

    assert (got.status, {}, got.headers) == (head.status, head.body, head.headers)


@pytest.mark.parametrize(
    "method, path, allowed",
    [
        ("OPTIONS", "/Users", "GET, POST"),
        ("PUT", "/Users", "GET, POST"),
        ("DELETE", "/Users", "GET, POST"),
        ("POST", ONE, "DELETE, GET, PATCH, PUT"),
        ("BREW", ONE, "DELETE, GET, PATCH, PUT"),
        ("POST", "/Schemas", "GET"),
        ("GET", "/Bulk", "POST"),
    ],
)
def test_methods(idp: IdentityProvider, method: str, path: str, allowed: str) -> None:
    """
    A method that does not fit is refused by naming those that do.
    """
    answer = idp(method, path)

    assert (405, set(allowed.split(", "))) == (
        answer.status,
        set(answer.headers["Allow"].split(", ")),
    )


@pytest.mark.parametrize(
    "body, kind",
    [
        (b"", "invalidSyntax"),
        (b"null", "invalidSyntax"),
        (b"[]", "invalidSyntax"),
        (b"{", "invalidSyntax"),
        (b"\xff\xfe", "invalidSyntax"),
        (b'{"a":' * 5_000 + b"1" + b"}" * 5_000, "invalidSyntax"),
        (b"[" * 100_000, "invalidSyntax"),
        (b'{"userName":"\\ud800@example.org"}', "invalidSyntax"),
        (b'{"userName":NaN}', "invalidValue"),
        (b"{}", "invalidValue"),
    ],
    ids=range(10),
)
@pytest.mark.parametrize("to", [("POST", "/Users"), ("PATCH", ONE), ("PUT", ONE)])
def test_bodies(
    idp: IdentityProvider, to: tuple[str, str], body: bytes, kind: str
) -> None:
    """
    What is no JSON, or no resource, is refused; a PATCH needs operations.
    """
    answer = idp.raw(*to, body)

    assert 400 == answer.status
    if to[0] != "PATCH":
        assert kind == answer.body["scimType"]


@pytest.mark.parametrize(
    "headers, status",
    [
        ({"if_match": 'W/"7", W/"1" , "x"'}, 200),
        ({"if_match": '"1"'}, 200),
        ({"if_match": "*"}, 200),
        ({"if_match": ",".join(['"x"'] * 30_000)}, 412),
        ({"if_match": " " * 50_000 + "x"}, 412),
        ({"if_none_match": "*"}, 412),
        ({"if_none_match": '"' * 50_000}, 200),
    ],
)
def test_entity_tags(
    idp: IdentityProvider, headers: dict[str, str], status: int
) -> None:
    """
    One tag of a list is enough, however long it is.
    """
    change = {"op": "replace", "path": "name.givenName", "value": "Augusta"}
    body = {"schemas": [PATCH], "Operations": [change]}

    assert status == idp("PATCH", ONE, body, **headers).status


def test_a_bulk_of_bulks(idp: IdentityProvider) -> None:
    """
    A bulk request holds no other, names no one in a circle, and has an end.
    """
    group = {"displayName": "x", "members": [{"value": "bulkId:b"}]}
    first = {"method": "POST", "path": "/Groups", "bulkId": "a", "data": group}
    second = {**first, "bulkId": "b", "data": {"members": [{"value": "bulkId:a"}]}}
    inside = {"method": "POST", "path": "/Bulk", "bulkId": "c", "data": {}}
    user = {"method": "POST", "path": "/Users", "bulkId": "d", "data": NEL}

    body = {"schemas": [BULK], "Operations": [first, second, inside, user]}
    statuses = [
        each["status"] for each in idp("POST", "/Bulk", body).body["Operations"]
    ]
    assert "201" == statuses.pop()
    assert all(each.startswith("4") for each in statuses)
    many = {"schemas": [BULK], "Operations": [user] * 101}
    assert 413 == idp("POST", "/Bulk", many).status
