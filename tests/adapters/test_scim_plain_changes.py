"""
What is changed without a model is what the library of the protocol would change.
"""

from pathlib import Path
from typing import Any, Final

import pytest

from identity_provider import PATCH, PORTAL
from people import ADA, GRACE
from scim_ways import both_ways
from winbooks_identity.adapters.scim import protocol
from winbooks_identity.adapters.scim.dialects import of_user
from winbooks_identity.adapters.scim.plain_changes import plain_changes
from winbooks_identity.adapters.scim.resources import CHANGES


Json = dict[str, Any]

ENTERPRISE: Final = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"


def setting(path: object, value: object, op: object = "replace") -> Json:
    """
    Return an operation with a path.
    """
    return {"op": op, "path": path, "value": value}


def body(*operations: object, **more: object) -> Json:
    """
    Return a PATCH.
    """
    return {"schemas": [PATCH], "Operations": list(operations), **more}


#: What is read without a model, and what it sets.
PLAIN: Final[list[tuple[Json, Json]]] = [
    (body(setting("name.givenName", "Nel")), {"first_name": "Nel"}),
    (body(setting("NAME.FamilyName", "Dubois", "Add")), {"last_name": "Dubois"}),
    (body(setting("externalId", "e-7")), {"external_id": "e-7"}),
    (body(setting("preferredLanguage", "fr-BE")), {"language": "fr-BE"}),
    (body(setting("preferredLanguage", "xx")), {"language": "xx"}),
    (body(setting("active", value=False)), {"is_active": False}),
    (body(setting("active", "True")), {"is_active": True}),
    (body({"op": "Replace", "value": {"active": False}}), {"is_active": False}),
    (
        body({"op": "add", "value": {"active": "TRUE", "name.givenName": "Nele"}}),
        {"is_active": True, "first_name": "Nele"},
    ),
    (
        body(setting("name.givenName", "A"), setting("name.givenName", "B")),
        {"first_name": "B"},
    ),
    # What is not kept stands beside it.
    (
        body(
            setting("title", "Dr"),
            setting(f"{ENTERPRISE}:department", "Tax", "Add"),
            setting(f"{ENTERPRISE}:manager", {"value": "x"}),
            setting("name.givenName", "C"),
            {"op": "replace", "value": {"nickName": "D", "active": True}},
        ),
        {"first_name": "C", "is_active": True},
    ),
    # The same again, nothing, and what follows from others.
    (body(setting("name.givenName", "B")), {"first_name": "B"}),
    (body(), {}),
    (body({"op": "replace", "value": {}}), {}),
    (body(setting("displayName", "Other")), {}),
    ({"operations": [setting("name.givenName", ["C"])]}, {"first_name": "C"}),
    # What no user can have is refused either way.
    (body(setting("externalId", "é")), {"external_id": "é"}),
    (body(setting("name.familyName", "D\u0000")), {"last_name": "D\u0000"}),
    (body(setting("name.familyName", "x" * 300)), {"last_name": "x" * 300}),
]
#: What is left to the library.
OTHERS: Final[list[object]] = [
    [],
    {},
    body("text"),
    body(setting("name.givenName", "")),
    body(setting("name.givenName", " ")),
    body(setting("name.givenName", 3)),
    body(setting("name.givenName", None)),
    body(setting("active", "perhaps")),
    body(setting("active", 1)),
    body(setting("active", None)),
    body(setting("userName", "grace@example.org")),
    body(setting("title", None)),
    body(setting('addresses[type eq "work"].locality', "Gent")),
    body(setting(f"{ENTERPRISE}:manager.value", "x")),
    body(setting(f"{ENTERPRISE}:", "x")),
    body(setting(f"{PORTAL}:notifyAllDossiers", value=True)),
    body(setting(None, "x")),
    body({"op": "remove", "path": "externalId"}),
    body({"op": "replace", "path": "active"}),
    body({"op": "replace", "value": "x"}),
    body({"op": 3, "path": "active", "value": True}),
    body({"op": "explode", "path": "active", "value": True}),
    body({"op": "replace", "path": "active", "value": True, "more": 1}),
    body({"op": "replace", "value": {"active": True, "name": {"givenName": "E"}}}),
    body(setting("active", value=True), more=1),
    {"schemas": ["urn:other"], "Operations": [setting("active", value=True)]},
    {"Operations": 3},
    body(*[setting("active", value=True)] * (CHANGES + 1)),
]


@pytest.mark.parametrize("sent, expected", PLAIN)
def test_plain(sent: object, expected: Json) -> None:
    """
    The last value of each attribute counts.
    """
    assert expected == plain_changes(of_user(sent))


@pytest.mark.parametrize("sent", OTHERS)
def test_others(sent: object) -> None:
    """
    One part that is not plain leaves all of it to the library.
    """
    assert plain_changes(of_user(sent)) is None


def test_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Both ways give the same answers and leave the same user, step by step.
    """
    ways = both_ways(tmp_path, ADA, GRACE)

    statuses: set[int] = set()
    path = f"/Users/{GRACE.id}"
    for sent in [*(sent for sent, _ in PLAIN), body(setting("active", value=True))]:
        seen: list[object] = []
        for (idp, office), read in zip(ways, (plain_changes, no_one), strict=True):
            monkeypatch.setattr(protocol, "plain_changes", read)
            answer = idp("PATCH", path, sent)
            wrong = idp("PATCH", path, sent, if_match='W/"99"')
            seen.append((answer, wrong.status, office.stored(GRACE)))
            statuses |= {answer.status, wrong.status}
        plain, library = seen
        assert plain == library, sent
    assert {200, 400, 412} == statuses


def no_one(_: object) -> None:
    """
    Leave every change to the library.
    """
