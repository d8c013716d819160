"""
A token opens one licence, within its rules, and nothing that was sent comes out.
"""

import json
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import quote

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from identity_provider import BULK, NEL, PATCH, PORTAL, USER, IdentityProvider
from office import Office
from people import ADA, GRACE, JOAN, LICENCE, person
from winbooks_identity.adapters.memory import InMemoryStorage
from winbooks_identity.adapters.scim import TokenFile, scim_application
from winbooks_identity.adapters.sqlalchemy import SqlAlchemyStorage
from winbooks_identity.level import Level
from winbooks_identity.portal_user import PortalUser
from winbooks_identity.ports import Storage
from winbooks_identity.role import END_CUSTOMER_ROLES


CANARY = "Canary-7f3a-Horse"

EVE = person("eve", Level.ADMINISTRATOR, licence="WB-2", dossiers=frozenset())
MALLORY = person("mallory", Level.POWER_USER, licence="WB-2", dossiers=frozenset())


def office_of_two(
    storage: Storage | None = None,
) -> tuple[Office, IdentityProvider]:
    """
    Return two licences with people, and an identity provider of the first.
    """
    office = Office(storage or InMemoryStorage())
    other = attrs.evolve(LICENCE, number="WB-2")
    office.run(lambda unit: unit.licences.register(other, []))
    office.add(ADA, GRACE, JOAN, EVE, MALLORY, password=None)
    tokens = TokenFile(Path(tempfile.mkdtemp()) / "tokens.json")
    token = tokens.issue("WB-1", "Okta").reveal()
    return office, IdentityProvider(scim_application(office.portal, tokens), token)


@pytest.fixture
def idp() -> IdentityProvider:
    """
    Return an identity provider of the first of two licences.
    """
    return office_of_two()[1]


#: A password in every place where one can be sent, and in some where none can.
SENT: list[tuple[str, str, object]] = [
    ("PATCH", "/Users/{id}", {"Operations": [each]})
    for each in (
        {"op": "replace", "path": "password", "value": CANARY.lower()},
        {"op": "replace", "path": "password", "value": [CANARY, CANARY]},
        {"op": "replace", "path": "password", "value": {CANARY: CANARY}},
        {"op": "replace", "path": "password", "value": {"value": [CANARY]}},
        {"op": "replace", "path": f"{USER}:password", "value": [[CANARY]]},
        {"op": "replace", "value": {"password": [CANARY, CANARY]}},
        {"op": "replace", "value": {"name": {"givenName": [CANARY]}}},
        {"op": "replace", "path": "active", "value": CANARY},
        {"op": "replace", "path": "name", "value": CANARY},
        {"op": "replace", "path": f"{PORTAL}:level", "value": CANARY},
        {"op": "replace", "path": "phoneNumbers", "value": [{"value": [CANARY]}]},
        {"op": "add", "path": 'phoneNumbers[type eq "work"]', "value": CANARY},
        {"op": "remove", "path": "password", "value": CANARY},
        {"op": "explode", "path": "password", "value": CANARY},
    )
]
SENT += [
    ("PUT", "/Users/{id}", {**NEL, "password": [CANARY]}),
    ("PUT", "/Users/{id}", {**NEL, "password": CANARY.lower(), "name": 3}),
    ("POST", "/Users", {**NEL, "password": {"value": CANARY}}),
    ("POST", "/Users", {**NEL, "active": CANARY}),
    ("POST", "/Users", {**NEL, PORTAL: {"level": [CANARY]}}),
    ("POST", "/Users", {**NEL, PORTAL: CANARY}),
    ("POST", "/Users", [CANARY]),
    (
        "POST",
        "/Bulk",
        {
            "schemas": [BULK],
            "Operations": [
                {"method": "POST", "path": "/Users", "bulkId": "a", "data": each}
                for each in (
                    {**NEL, "password": [CANARY]},
                    {**NEL, "password": CANARY.lower()},
                )
            ],
        },
    ),
    (
        "POST",
        "/Bulk",
        {
            "schemas": [BULK],
            "Operations": [
                {
                    "method": "PATCH",
                    "path": "/Users/{id}",
                    "data": {
                        "schemas": [PATCH],
                        "Operations": [
                            {"op": "replace", "path": "password", "value": [CANARY] * 2}
                        ],
                    },
                }
            ],
        },
    ),
]


@pytest.mark.parametrize("sent", SENT, ids=range(len(SENT)))
def test_canary(
    idp: IdentityProvider,
    sent: tuple[str, str, object],
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """
    What is refused is neither answered nor logged, in whatever shape it came.
    """
    caplog.set_level(0)
    method, path, body = json.loads(json.dumps(sent).replace("{id}", str(GRACE.id)))
    answer = idp(method, path, body)

    said = json.dumps([answer.body, dict(answer.headers)]) + caplog.text
    said += "".join(capfd.readouterr())
    assert "canary" not in said.casefold()
    assert 500 != answer.status


def test_a_body_that_breaks_off(idp: IdentityProvider) -> None:
    """
    What is no JSON is not repeated.
    """
    whole = json.dumps({**NEL, "password": CANARY})
    for end in (20, len(whole) - 1, len(whole) - 8):
        answer = idp.raw("POST", "/Users", whole[:end].encode())
        assert 400 == answer.status
        assert "Canary" not in json.dumps(answer.body)
    assert 400 == idp.raw("POST", "/Users", b"[" * 100_000).status
    assert 400 == idp.raw("PATCH", f"/Users/{GRACE.id}", b"[" * 100_000).status
    assert 400 == idp.raw("POST", "/Users", b"\xff\xfe").status
    assert 413 == idp.raw("POST", "/Users", b" " * 1_000_001).status


def test_nothing_is_kept_in_clear(sqlite: Engine, sqlite_path: Path) -> None:
    """
    No file has the password that was taken.
    """
    idp = office_of_two(SqlAlchemyStorage(sqlite))[1]
    assert 201 == idp("POST", "/Users", {**NEL, "password": CANARY}).status
    change = {"op": "replace", "path": "password", "value": f"{CANARY}-2"}
    assert 200 == idp.patch(f"/Users/{GRACE.id}", change).status
    sqlite.dispose()

    for file in sqlite_path.parent.iterdir():
        assert b"Canary" not in file.read_bytes()


IDS = [str(each.id) for each in (ADA, GRACE, JOAN, EVE, MALLORY)]
LEVELS = ["User", "Power User", "Administrator", "Licence Admin", "distributor", 7]
NAMES = [f"{each}@example.org" for each in ("ada", "grace", "joan", "eve", "nel")]


def values() -> st.SearchStrategy[object]:
    """
    Return what an attribute could be set to.
    """
    plain = st.sampled_from(
        [True, False, None, "", "False", "WB-2", 3, *NAMES, *LEVELS]
    )
    return plain | st.lists(plain, max_size=2) | st.just({"value": "WB-2"})


PATHS = [
    "active",
    "userName",
    "id",
    "licence",
    "externalId",
    "name.givenName",
    "roles",
    "meta.version",
    "schemas",
    f"{PORTAL}:level",
    f"{PORTAL}:licence",
    f"{PORTAL}:readyForDigitalProducts",
    f"{PORTAL}:notifyAllDossiers",
    f"{PORTAL}",
    "dossiers",
    "members",
]

#: Requests of an identity provider that someone else drives.
REQUESTS: st.SearchStrategy[tuple[str, str, object]] = st.one_of(
    st.tuples(
        st.just("PATCH"),
        st.sampled_from(IDS).map("/Users/{}".format),
        st.fixed_dictionaries(
            {
                "Operations": st.lists(
                    st.fixed_dictionaries(
                        {
                            "op": st.sampled_from(["add", "replace", "remove"]),
                            "path": st.sampled_from(PATHS),
                            "value": values(),
                        }
                    ),
                    max_size=3,
                )
            }
        ),
    ),
    st.tuples(
        st.sampled_from(["PUT", "POST"]),
        st.sampled_from(IDS).map("/Users/{}".format) | st.just("/Users"),
        st.fixed_dictionaries(
            {
                "userName": st.sampled_from(NAMES),
                "name": st.just({"givenName": "A", "familyName": "B"}),
                "active": st.sampled_from([True, False, "False"]),
                PORTAL: st.fixed_dictionaries(
                    {"level": st.sampled_from(LEVELS), "licence": st.just("WB-2")}
                ),
            }
        ),
    ),
    st.tuples(
        st.just("DELETE"), st.sampled_from(IDS).map("/Users/{}".format), st.none()
    ),
    st.tuples(
        st.just("PUT"),
        st.sampled_from(["Connect.Accountant", "View.Admin", "1001 Dossier 1001"]).map(
            "group:{}".format
        ),
        st.lists(st.sampled_from(IDS), max_size=3).map(
            lambda ids: {"members": [{"value": each} for each in ids]}
        ),
    ),
)


def everyone(office: Office, licence: str) -> list[PortalUser]:
    """
    Return the users of a licence as stored.
    """
    return list(
        office.run(lambda unit: unit.users.of_licence(licence, after=None, limit=99))
    )


@pytest.mark.slow  # Many offices.
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(REQUESTS, min_size=1, max_size=6))
def test_escalation(requests: list[tuple[str, str, Any]]) -> None:
    """
    No requests, in whatever order, reach what a token does not open.

    The other licence and the end customers stay as they are, an Administrator is
    left, staff stay staff, and a group gives nothing but itself.
    """
    office, idp = office_of_two()
    others, joan = everyone(office, "WB-2"), office.stored(JOAN)
    for method, path, body in requests:
        at, sent = path, body
        if path.startswith("group:"):
            name = path.partition(":")[2]
            at, sent = f"/Groups/{idp.group(name)}", {**body, "displayName": name}
        answer = idp(method, at, sent)
        assert 500 > answer.status, (method, path, body)
        assert "mallory" not in json.dumps(answer.body)

    assert others == everyone(office, "WB-2")
    assert joan == office.stored(JOAN)
    ours = everyone(office, "WB-1")
    assert any(user.is_active and user.level is Level.ADMINISTRATOR for user in ours)
    for user in ours:
        assert user.is_staff == (user.id != JOAN.id)
        if user.is_staff:
            assert not user.roles & END_CUSTOMER_ROLES
            assert user.dossiers <= {"1001"}


def test_bulk_of_another_licence(idp: IdentityProvider) -> None:
    """
    A bulk request opens no more than single ones.
    """
    operations = [
        {"method": "DELETE", "path": f"/Users/{EVE.id}"},
        {
            "method": "PATCH",
            "path": f"/Users/{MALLORY.id}",
            "data": {
                "schemas": [PATCH],
                "Operations": [{"op": "replace", "path": "active", "value": False}],
            },
        },
    ]
    answer = idp("POST", "/Bulk", {"schemas": [BULK], "Operations": operations})

    assert ["404", "404"] == [each["status"] for each in answer.body["Operations"]]


@pytest.mark.parametrize(
    "path",
    [
        "/Users/../Users",
        "/Users/%2e%2e/x",
        "/Users/'; DROP TABLE winbooks_user; --",
        f"/Users/{'x' * 10_000}",
        "/Users/\u202e",
        "/Groups/{}",
        "/Nothing",
        "/Users/a/b/c",
        "//",
    ],
)
def test_hostile_paths(idp: IdentityProvider, path: str) -> None:
    """
    A path that leads nowhere is answered so.
    """
    assert idp("GET", path).status in {404, 405, 200}
    assert 500 > idp("DELETE", path).status


def conjunction(number: int) -> str:
    """
    Return a filter of so many parts.
    """
    return " and ".join(['userName co "a"'] * number)


HOSTILE = {
    "brackets": "(" * 900 + 'userName eq "a"' + ")" * 900,
    "not": "not (" * 300 + 'userName eq "a"' + ")" * 300,
    "value paths": "emails[" * 200 + 'type eq "a"' + "]" * 200,
    "long": conjunction(80),
    "too long": conjunction(110),
    "endless": conjunction(5_000),
    "one long text": f'userName eq "{"a" * 50_000}"',
    "like": 'userName co "%_%_%"',
    "regex": 'userName co "(a+)+$"',
    "backslashes": 'userName eq "' + "\\\\" * 900 + '"',
    "unicode": 'userName eq "\u202e\ud7ff\U0001f600ǅ"',
    "nul": 'userName eq "\x00"',
    "no end": 'userName eq "a',
    "numbers": "userName gt 1e999",
    "attributes": "a.b.c.d.e.f eq 1",
    "urn": f'{"urn:" * 400}x eq "a"',
    "dots": "." * 1_900 + ' eq "a"',
    "password": 'password sw "C"',
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("kind", ["Users", "Groups"])
def test_hostile_filters(idp: IdentityProvider, kind: str, name: str) -> None:
    """
    A filter is answered or refused, and one that is too long is not even read.
    """
    answer = idp("GET", f"/{kind}?filter={quote(HOSTILE[name])}")

    assert answer.status in {200, 400}
    if answer.status == 400:
        assert answer.body["scimType"] == "invalidFilter"
    refused = {"password", "too long", "endless", "one long text", "no end"}
    if name in refused or kind == "Groups":
        assert 400 == answer.status


@pytest.mark.parametrize(
    "query",
    [
        "sortBy=" + "name." * 500,
        "sortBy=password",
        "attributes=" + "name," * 5_000,
        "sort_by=" + conjunction(110).replace(" ", "+"),
        "excludedAttributes=password,id,schemas",
        "attributes=password",
        "startIndex=" + "9" * 400,
        "count=1e9",
        "filter=id+pr&filter=userName+pr",
        "%ff=%ff",
    ],
)
def test_hostile_queries(idp: IdentityProvider, query: str) -> None:
    """
    What is asked for otherwise is answered or refused, and no password is there.
    """
    answer = idp("GET", f"/Users?{query}")

    assert answer.status in {200, 400}
    assert "argon2" not in json.dumps(answer.body)


def test_bounds(idp: IdentityProvider) -> None:
    """
    A PATCH with more operations, or a longer path, than anyone sends is not read.
    """
    one = {"op": "replace", "path": "active", "value": True}
    at = f"/Users/{GRACE.id}"
    assert 200 == idp.patch(at, *[one] * 500).status
    assert 413 == idp.patch(at, *[one] * 501).status
    for name in ("path", "Path"):
        long = {"op": "replace", name: conjunction(110), "value": True}
        assert "invalidPath" == idp.patch(at, long).body["scimType"]
    body = {
        "schemas": ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"],
        "Filter": conjunction(110),
    }
    assert "invalidFilter" == idp("POST", "/Users/.search", body).body["scimType"]
    body["Sort_By"] = body.pop("Filter")
    assert "invalidFilter" == idp("POST", "/Users/.search", body).body["scimType"]
    listed = idp("GET", f"/Users/{GRACE.id}?attributes={'name,' * 500}").body
    assert "invalidFilter" == listed["scimType"]
