"""
A request reads what it answers, and no more, however many users there are.
"""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import attrs
import pytest

from identity_provider import NEL, IdentityProvider
from office import Office
from people import ADA, GRACE, JOAN, person
from winbooks_identity.adapters.memory import InMemoryAttempts
from winbooks_identity.adapters.memory.users import Users
from winbooks_identity.adapters.scim import (
    TokenFile,
    comparing,
    people,
    scim_application,
)
from winbooks_identity.level import Level
from winbooks_identity.portal_user import PortalUser
from winbooks_identity.ports import Listing


def sought(text: str) -> str:
    """
    Return the query that looks for *text*.
    """
    return f"filter={quote(text)}"


@pytest.fixture
def office() -> Office:
    """
    Return an office with forty of the staff and an end customer.
    """
    office = Office()
    others = [person(f"p{each:02}", Level.POWER_USER) for each in range(38)]
    office.add(ADA, GRACE, JOAN, *others, password=None)
    return office


@pytest.fixture
def idp(office: Office, tmp_path: Path) -> IdentityProvider:
    """
    Return an identity provider that may provision the office.
    """
    tokens = TokenFile(tmp_path / "tokens.json")
    token = tokens.issue("WB-1", "Okta").reveal()
    return IdentityProvider(scim_application(office.portal, tokens), token)


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[PortalUser]:
    """
    Return a list that is filled with the users that a listing reads.
    """
    found: list[PortalUser] = []
    listed = Users.listed

    def noted(users: Users, listing: Listing, **page: int) -> Any:  # noqa: ANN401  As it was.
        rows = listed(users, listing, **page)
        found.extend(rows)
        return rows

    monkeypatch.setattr(Users, "listed", noted)
    return found


class TestUsers:
    """
    Pages and look-ups take their own users from the storage.
    """

    @pytest.mark.parametrize(
        "query, number",
        [
            ("count=3", 3),
            ("startIndex=39&count=3", 2),
            ("count=0", 0),
            (sought('userName eq "ada@example.org"'), 0),
            (sought('emails.value eq "ada@example.org"'), 0),
            (sought('externalId eq "e-1"'), 0),
            (sought(f'id eq "{ADA.id}" and active eq true'), 0),
            (sought('id eq "none"'), 0),
        ],
    )
    def test_what_is_read(
        self, idp: IdentityProvider, read: list[PortalUser], query: str, number: int
    ) -> None:
        """
        No more than the page, or the user who is looked up.
        """
        assert 200 == idp("GET", f"/Users?{query}").status
        assert number == len(read)

    @pytest.mark.parametrize("more", ["", " and name pr"])
    def test_what_is_kept(self, idp: IdentityProvider, more: str) -> None:
        """
        Of all who match, the answer has the page and the number.
        """
        asked = sought(f'userName sw "p"{more}')
        answer = idp("GET", f"/Users?{asked}&startIndex=37&count=5").body

        assert (38, 37, 2) == (
            answer["totalResults"],
            answer["startIndex"],
            len(answer["Resources"]),
        )

    @pytest.mark.parametrize("asked", ["name.familyName pr", "name pr"])
    def test_page_by_page(
        self, idp: IdentityProvider, monkeypatch: pytest.MonkeyPatch, asked: str
    ) -> None:
        """
        Who is compared one by one is read some at a time, and everyone is.
        """
        for module in (comparing, people):
            monkeypatch.setattr(module, "PAGE_SIZE", 20)
        answer = idp("GET", f"/Users?{sought(asked)}").body

        assert 40 == answer["totalResults"]
        assert 40 == len({each["id"] for each in answer["Resources"]})

    def test_an_external_id_of_the_portal(
        self, idp: IdentityProvider, office: Office
    ) -> None:
        """
        It stands for none: no answer shows it, and no look-up finds it.
        """
        own = person("own", Level.POWER_USER)
        office.add(attrs.evolve(own, external_id=str(own.id)), password=None)

        assert "externalId" not in idp("GET", f"/Users/{own.id}").body
        asked = sought(f'externalId eq "{own.id}"')
        answer = idp("GET", f"/Users?{asked}").body
        assert 0 == answer["totalResults"]

    def test_instants(self, idp: IdentityProvider, office: Office) -> None:
        """
        When a user was made and changed is what the history says.
        """
        key = idp.made()
        office.clock.advance(timedelta(hours=1))
        change = {"op": "replace", "path": "name.givenName", "value": "Nele"}
        meta = idp.patch(f"/Users/{key}", change).body["meta"]

        assert meta["created"].startswith("2026-05-01T09:30:00")
        assert meta["lastModified"].startswith("2026-05-01T10:30:00")

    def test_changed(self, idp: IdentityProvider) -> None:
        """
        What is sought by its change is found.
        """
        idp.made()
        for asked, number in (
            ('meta.lastModified gt "2026-01-01T00:00:00Z"', 41),
            ('meta.lastModified gt "2027-01-01T00:00:00Z"', 0),
        ):
            found = idp("GET", f"/Users?{sought(asked)}").body
            assert number == found["totalResults"]


class TestGroups:
    """
    Members are read of groups whose members are asked for.
    """

    @pytest.mark.parametrize(
        "query, number",
        [
            ("excludedAttributes=members", 0),
            ("attributes=displayName", 0),
            ("attributes=members.value&count=1", 0),
            (sought('displayName eq "view.admin"'), 40),
            (sought('displayName eq "view.admin"') + "&excludedAttributes=members", 0),
            (sought(f'members eq "{ADA.id}"') + "&excludedAttributes=members", 80),
        ],
    )
    def test_what_is_read(
        self, idp: IdentityProvider, read: list[PortalUser], query: str, number: int
    ) -> None:
        """
        A name finds one group, and members are left where they are not wanted.
        """
        assert 200 == idp("GET", f"/Groups?{query}").status
        assert number == len(read)

    def test_a_version_that_is_compared(self, idp: IdentityProvider) -> None:
        """
        It is one of the members, also where they are not asked for.
        """
        every = idp("GET", "/Groups").body["totalResults"]
        asked = sought("meta.version pr")

        answer = idp("GET", f"/Groups?{asked}&excludedAttributes=members").body

        assert every == answer["totalResults"] > 0

    def test_one(self, idp: IdentityProvider, read: list[PortalUser]) -> None:
        """
        One group is read without its members where those are left out.
        """
        key = idp.group("View.Admin")
        read.clear()
        answer = idp("GET", f"/Groups/{key}?excludedAttributes=members")

        assert (200, []) == (answer.status, read)
        assert "View.Admin" == answer.body["displayName"]


def test_everything(idp: IdentityProvider) -> None:
    """
    A search at the root goes through users and groups, page by page.
    """
    pages = [
        idp("GET", f"/?startIndex={start}&count=20").body for start in (1, 21, 41, 61)
    ]

    found = [each["id"] for page in pages for each in page.get("Resources", [])]
    assert {45} == {page["totalResults"] for page in pages}
    assert 45 == len(set(found))


def test_sorted(idp: IdentityProvider) -> None:
    """
    What is sorted is read as a whole, and cut to the page.
    """
    query = "sortBy=userName&startIndex=2&count=2"
    page = idp("GET", f"/Users?{query}").body

    assert ["grace@example.org", "p00@example.org"] == [
        each["userName"] for each in page["Resources"]
    ]
    groups = idp("GET", "/Groups?sortBy=displayName&sortOrder=descending").body
    assert "View.Admin" == groups["Resources"][0]["displayName"]


def test_a_good_token_counts_nothing(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    Attempts are counted of those who have no token.
    """
    office.attempts = InMemoryAttempts(clock=office.clock)
    counted: list[object] = []
    monkeypatch.setattr(
        InMemoryAttempts, "begin", lambda _, attempt: counted.append(attempt)
    )
    tokens = TokenFile(tmp_path / "tokens.json")
    token = tokens.issue("WB-1", "Okta").reveal()
    idp = IdentityProvider(scim_application(office.portal, tokens), token)

    assert 200 == idp("GET", "/Users").status
    assert [] == counted
    assert 401 == attrs.evolve(idp, token="wrong")("GET", "/Users").status
    assert 1 == len(counted)


def test_what_is_written_is_what_is_read(idp: IdentityProvider) -> None:
    """
    Every answer with a user has the same user in it.
    """
    made = idp("POST", "/Users", NEL).body
    key = made["id"]
    listed = idp("GET", f"/Users?{sought(f'id eq {json.dumps(key)}')}").body
    answers = [
        made,
        idp("GET", f"/Users/{key}").body,
        listed["Resources"][0],
        idp("PUT", f"/Users/{key}", NEL).body,
        idp("GET", f"/Users/{key}?excludedAttributes=nickName").body,
    ]

    assert 1 == len({json.dumps(each, sort_keys=True) for each in answers})
