"""
Who matches a filter is who matches it by the library of the protocol.
"""

import json
from collections.abc import Iterator
from itertools import product
from typing import Any, Final

import attrs
import pytest
from scim2_models import InvalidFilterException, ScimFilter

from identity_provider import PORTAL, USER
from people import ADA, GRACE, NOW
from winbooks_identity.adapters.scim.comparing import matches_of
from winbooks_identity.adapters.scim.entries import KnownUser
from winbooks_identity.adapters.scim.known import Known
from winbooks_identity.adapters.scim.resources import (
    PortalExtension,
    ScimUser,
    provider,
)
from winbooks_identity.names import PersonName
from winbooks_identity.phone import PhoneNumber
from winbooks_identity.ports import Span
from winbooks_identity.role import STAFF_ROLES


USERS: Final = [
    attrs.evolve(ADA, phone=PhoneNumber.parse("+3221234567"), external_id="e-1"),
    attrs.evolve(GRACE, roles=STAFF_ROLES, first_name=PersonName("Élise")),
    attrs.evolve(
        GRACE, external_id=str(GRACE.id), roles=frozenset(), notify_all_dossiers=True
    ),
]
TEXTS: Final = (
    *("id", "externalId", "userName", "name.familyName", "name.givenName"),
    *("displayName", "emails", "emails.value", "preferredLanguage"),
    *("phoneNumbers", "phoneNumbers.value", f"{USER}:USERNAME"),
    *(f"{PORTAL}:level", f"{PORTAL}:companyName", f"{PORTAL}:licence"),
)
FLAGS: Final = (
    *("active", f"{PORTAL}:notifyAllDossiers"),
    f"{PORTAL}:readyForDigitalProducts",
)
WORDS: Final = (
    *("", "A", "ada@EXAMPLE.org", str(GRACE.id), "E-1", "e-1", "nl", "E\u0301LISE"),
    "+3221234567",
)
OTHERS: Final = (
    'name pr or userName eq "x"',
    'emails[type eq "work"]',
    'not (emails[type eq "work"])',
    'meta.created gt "2026-01-01T00:00:00Z"',
    "externalId eq null",
    "nickName pr",
    'nickName eq "x"',
    "emails pr",
)


def same(text: str) -> Iterator[bool]:
    """
    Yield for each user whether we and the library say the same.
    """
    wanted: ScimFilter[Any] = ScimFilter[ScimUser[PortalExtension]](text)
    matches = matches_of(wanted)
    assert matches is not None, text
    for user in USERS:
        resource = KnownUser(Known(user, Span(NOW, NOW))).resource()
        yield matches(user) is wanted.match(resource)


@pytest.mark.parametrize("op", ["eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le"])
def test_texts(op: str) -> None:
    """
    Of every text, each operator says what the library says.
    """
    with provider():
        for name, word in product(TEXTS, WORDS):
            # JSON escapes what is not ASCII: filters may have it so.
            text = f"{name} {op} {json.dumps(word)}"
            assert all(same(text)), text


def test_truth_values() -> None:
    """
    A truth value is equal or not; it may come as text.
    """
    with provider():
        for name, op, value in product(FLAGS, ("eq", "ne"), ("true", "false")):
            assert all(same(f"{name} {op} {value}"))
            assert all(same(f'{name} {op} "{value}"'))
        with pytest.raises(InvalidFilterException):
            list(same('active co "true"'))


def test_there_or_not() -> None:
    """
    What a user has is present, false included.
    """
    with provider():
        for name in (*TEXTS, *FLAGS):
            if name not in {"emails", "phoneNumbers"}:
                assert all(same(f"{name} pr"))


@pytest.mark.parametrize(
    "text",
    [
        'userName sw "a" and active eq true',
        'userName sw "a" or externalId pr',
        'not (userName sw "a") and not (name.familyName pr and active eq false)',
        'name.givenName co "a" and (active eq false or externalId eq "e-1")',
    ],
)
def test_together(text: str) -> None:
    """
    What is joined or turned round is said alike.
    """
    with provider():
        assert all(same(text))


@pytest.mark.parametrize("text", OTHERS)
def test_something_else(text: str) -> None:
    """
    What is not read from a user is left to the library, with all that stands by.
    """
    with provider():
        wanted: ScimFilter[Any] = ScimFilter[ScimUser[PortalExtension]](text)
        joined = ScimFilter[ScimUser[PortalExtension]](f"active eq true and ({text})")
        for each in (wanted, joined):
            assert matches_of(each) is None
