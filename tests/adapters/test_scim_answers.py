"""
What is written without a model of its own is what the library of the protocol writes.
"""

from itertools import combinations
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import attrs
import pytest
from scim2_models import Context, Resource, ResponseParameters

from identity_provider import PORTAL, USER, IdentityProvider
from office import Office
from people import ADA, GRACE, LICENCE, NOW
from winbooks_identity.adapters.scim import TokenFile, scim_application
from winbooks_identity.adapters.scim.entries import Entry, KnownGroup, KnownUser
from winbooks_identity.adapters.scim.groups import PortalGroup
from winbooks_identity.adapters.scim.known import Known
from winbooks_identity.adapters.scim.projection import cut_of, kept
from winbooks_identity.adapters.scim.resources import (
    PortalExtension,
    ScimGroup,
    ScimUser,
    provider,
)
from winbooks_identity.phone import PhoneNumber
from winbooks_identity.ports import Span
from winbooks_identity.role import Role


BASE: Final = "https://portal.example.org/v2"

CALLED: Final = attrs.evolve(
    ADA, phone=PhoneNumber.parse("+3221234567"), external_id="e-1"
)
USERS: Final = [
    KnownUser(Known(CALLED, Span(NOW, NOW))),
    # An external id of the Portal's own, no phone, and a history that was taken.
    KnownUser(Known(attrs.evolve(GRACE, external_id=str(GRACE.id)), None)),
]
GROUPS: Final = [
    KnownGroup("g", Role.VIEW_ADMIN, PortalGroup(Role.VIEW_ADMIN, [ADA])),
    KnownGroup("g", Role.VIEW_ADMIN, PortalGroup(Role.VIEW_ADMIN, [])),
    KnownGroup("g", Role.VIEW_ADMIN),
]
OF_USERS: Final = (
    "userName",
    "id",
    "schemas",
    "meta.version",
    "meta.created",
    "name.givenName",
    "emails",
    "EMAILS.VALUE",
    "password",
    "phoneNumbers.type",
    "externalId",
    PORTAL,
    f"{PORTAL}:licence",
    f"{USER}:name",
    "nickName",
)
OF_GROUPS: Final = ("displayName", "members", "members.value", "members.$ref", "id")


@pytest.mark.parametrize("which", ["attributes", "excludedAttributes"])
@pytest.mark.parametrize(
    "model, entries, names",
    [
        (ScimUser[PortalExtension], USERS, OF_USERS),
        (ScimGroup, GROUPS, OF_GROUPS),
    ],
    ids=["users", "groups"],
)
def test_attributes(
    model: type[Resource[Any]],
    entries: list[Entry],
    names: tuple[str, ...],
    which: str,
) -> None:
    """
    Whatever is asked for, in whatever company, is what the library would answer.
    """
    with provider():
        for asked in [(), *combinations(names, 1), *combinations(names, 2)]:
            parameters = ResponseParameters[model].model_validate(  # type: ignore[valid-type]  # Only known here.
                {which: ",".join(asked)} if asked else {}
            )
            for entry in entries:
                document = entry.document(BASE)
                dumped = model.model_validate(document).model_dump(
                    scim_ctx=Context.RESOURCE_QUERY_RESPONSE,
                    response_parameters=parameters,
                )
                kind = document["meta"]["resourceType"]
                assert dumped == kept(document, cut_of(kind, parameters)), asked


@pytest.fixture
def idp(tmp_path: Path) -> IdentityProvider:
    """
    Return an identity provider of an office with two members of staff.
    """
    office = Office()
    office.add(CALLED, GRACE, password=None)
    tokens = TokenFile(tmp_path / "tokens.json")
    token = tokens.issue(LICENCE.number, "Okta").reveal()
    return IdentityProvider(scim_application(office.portal, tokens), token)


@pytest.mark.parametrize("attributes", ["", "&attributes=id", "&excludedAttributes=id"])
@pytest.mark.parametrize(
    "sought",
    [
        'userName eq "ada@example.org"',
        'USERNAME EQ "ADA@example.org"',
        'emails.value eq "ada@example.org"',
        'externalId eq "e-1"',
        'externalId eq "E-1"',
        f'id eq "{GRACE.id}"',
        'id eq "none"',
        'userName eq ""',
        'userName eq "é"',
    ],
)
def test_one_is_looked_up(idp: IdentityProvider, sought: str, attributes: str) -> None:
    """
    Who is found at once is found by the grammar of filters too, and no one else.
    """
    ours = idp("GET", f"/Users?filter={quote(sought)}{attributes}")
    longer = quote(f"{sought} and id pr")
    theirs = idp("GET", f"/Users?filter={longer}{attributes}")

    assert (200, ours.body) == (ours.status, theirs.body)


@pytest.mark.parametrize(
    "sought",
    [
        'userName eq "ada@example.org',
        'userName eq "a\tb"',
        'nick eq "ada@example.org"',
        'userName eq "ada@example.org" or',
    ],
)
def test_a_broken_look_up(idp: IdentityProvider, sought: str) -> None:
    """
    What is no filter is refused as ever.
    """
    answer = idp("GET", f"/Users?filter={quote(sought)}")

    assert (400, "invalidFilter") == (answer.status, answer.body["scimType"])


@pytest.mark.parametrize("count, number", [(1, 1), (0, 0), (999_999, 1)])
def test_count(idp: IdentityProvider, count: int, number: int) -> None:
    """
    A look-up keeps to the number that is asked for, and says how many there are.
    """
    sought = quote('userName eq "ada@example.org"')
    body = idp("GET", f"/Users?filter={sought}&count={count}").body

    assert (1, number) == (body["totalResults"], body["itemsPerPage"])


def test_a_user_of_another_licence(idp: IdentityProvider) -> None:
    """
    A look-up finds no one who is not shown.
    """
    sought = quote('userName eq "joan@example.org"')

    assert 0 == idp("GET", f"/Users?filter={sought}").body["totalResults"]


@pytest.mark.parametrize("path", [f"/Users/{ADA.id}", "/Groups/"])
def test_not_changed(idp: IdentityProvider, path: str) -> None:
    """
    Who has the present version is told so, and gets nothing.
    """
    path = path if path.startswith("/Users") else path + idp.group("View.Admin")
    tag = idp("GET", path).headers["ETag"]

    again = idp("GET", path, if_none_match=tag)
    assert (304, {}, tag) == (again.status, again.body, again.headers["ETag"])
    assert 200 == idp("GET", path, if_none_match='W/"other"').status
    assert 412 == idp("GET", path, if_match='W/"other"').status


def test_not_changed_without_members(idp: IdentityProvider) -> None:
    """
    A group whose members were not read has no version to compare.
    """
    path = f"/Groups/{idp.group('View.Admin')}?attributes=displayName"
    answer = idp("GET", path, if_none_match="*")

    assert (304, False) == (answer.status, "ETag" in answer.headers)
