"""
What is put without a model is what the library of the protocol would put.
"""

from pathlib import Path
from typing import Any, Final

import attrs
import pytest

from identity_provider import PORTAL, USER
from people import ADA, GRACE
from scim_ways import both_ways
from winbooks_identity.adapters.scim import protocol
from winbooks_identity.adapters.scim.plain_users import plain_user
from winbooks_identity.phone import PhoneNumber


KNOWN: Final = attrs.evolve(
    GRACE, external_id="e-1", phone=PhoneNumber.parse("+3221234567")
)
NEEDED: Final[dict[str, Any]] = {
    "schemas": [USER],
    "userName": "Grace@example.org",
    "name": {"givenName": "Grace", "familyName": "Hopper"},
}
PHONE: Final = {"type": "work", "value": "+3221234568", "primary": True}

#: What is read without a model, beside what is needed.
PLAIN: Final[list[dict[str, Any]]] = [
    {},
    {"externalId": "e-7"},
    {"externalId": "é"},
    {"active": False},
    {"active": "True"},
    {"preferredLanguage": "fr-BE"},
    {"preferredLanguage": "xx"},
    {"phoneNumbers": [PHONE]},
    {"phoneNumbers": [{"value": "0999"}]},
    {"phoneNumbers": []},
    {"name": {"givenName": "G", "familyName": "H", "middleName": "M"}},
    {"name": {"givenName": "x" * 300, "familyName": "H"}},
    {
        "id": str(GRACE.id),
        "displayName": "Other",
        "emails": [{"value": "x@example.org", "type": "work", "primary": True}],
        "groups": [],
        "locale": "en-US",
        "title": None,
        "meta": {"resourceType": "User"},
        "externalId": "e-8",
        "active": True,
    },
]
#: What is left to the library.
OTHERS: Final[list[object]] = [
    [],
    *(
        {**NEEDED, **other}
        for other in (
            {"schemas": [USER, PORTAL]},
            {"schemas": None},
            {PORTAL: {"level": "Administrator"}},
            {"password": "krokus Zadel 71 ventilator"},
            {"username": "grace@example.org"},
            {"userName": ""},
            {"userName": 3},
            {"name": None},
            {"name": {"givenName": "G"}},
            {"name": {"givenName": " ", "familyName": "H"}},
            {"name": {"givenName": "G", "familyname": "H"}},
            {"externalId": None},
            {"externalId": ""},
            {"active": None},
            {"active": "perhaps"},
            {"preferredLanguage": 3},
            {"phoneNumbers": None},
            {"phoneNumbers": ["+3221234567"]},
            {"phoneNumbers": [PHONE, PHONE]},
            {"phoneNumbers": [{**PHONE, "value": ""}]},
            {"phoneNumbers": [{**PHONE, "primary": 3}]},
            {"phoneNumbers": [{**PHONE, "type": 3}]},
            {"phoneNumbers": [{**PHONE, "Value": "x"}]},
            {"id": 3},
            {"displayName": None},
            {"meta": {"created": "yesterday"}},
            {"emails": "x"},
            {"emails": ["x"]},
            {"emails": [{"value": 3}]},
            {"emails": [{"primary": "perhaps"}]},
            {"emails": [{"VALUE": 3}]},
        )
    ),
]


@pytest.mark.parametrize("sent", PLAIN)
def test_plain(sent: dict[str, Any]) -> None:
    """
    A usual user is read as they come.
    """
    assert plain_user({**NEEDED, **sent}) is not None


@pytest.mark.parametrize("sent", OTHERS)
def test_others(sent: object) -> None:
    """
    One part that is not plain leaves all of it to the library.
    """
    assert plain_user(sent) is None


def test_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Both ways give the same answers and leave the same user, step by step.
    """
    ways = both_ways(tmp_path, ADA, KNOWN)

    statuses: set[int] = set()
    path = f"/Users/{GRACE.id}"
    # Back and forth, so that each finds something to change.
    steps = [each for sent in PLAIN for each in (sent, {"externalId": "e-1"})]
    for sent in [*steps, {"userName": "other@example.org"}]:
        whole = {**NEEDED, **sent}
        seen: list[object] = []
        for (idp, office), read in zip(ways, (plain_user, no_one), strict=True):
            monkeypatch.setattr(protocol, "plain_user", read)
            wrong = idp("PUT", path, whole, if_match='W/"99"')
            answer = idp("PUT", path, whole)
            seen.append((answer, wrong.status, office.stored(KNOWN)))
            statuses |= {answer.status, wrong.status}
        plain, library = seen
        assert plain == library, sent
    assert {200, 400, 412} == statuses


def no_one(_: object) -> None:
    """
    Leave every user to the library.
    """
