"""
The public checkers of SCIM are content.
"""

import re
from pathlib import Path
from typing import Any, cast
from uuid import uuid4

import pytest
from scim2_client.engines.wsgi import WSGISCIMClient
from scim2_models import Resource
from scim2_tester import Status, check_server, filling
from scim2_tester.utils import CheckResult, ResourceManager

from identity_provider import IdentityProvider
from office import Office
from people import ADA, GRACE
from winbooks_identity.adapters.scim import TokenFile, scim_application


@pytest.fixture
def idp(tmp_path: Path) -> IdentityProvider:
    """
    Return an identity provider of an office with two members of staff.
    """
    office = Office()
    office.add(ADA, GRACE)
    tokens = TokenFile(tmp_path / "tokens.json")
    token = tokens.issue("WB-1", "checker").reveal()
    return IdentityProvider(scim_application(office.portal, tokens), token)


@pytest.fixture
def client(idp: IdentityProvider, monkeypatch: pytest.MonkeyPatch) -> WSGISCIMClient:
    """
    Return the client of scim2-tester, which knows the service by its schemas.

    It fills in text of its own; here, addresses and phone numbers that exist.
    """
    draw = cast("Any", filling.generate_random_value)

    def plausible(context: object, path: object, **named: object) -> object:
        drawn = draw(context, path, **named)
        name = str(path).casefold()
        if drawn is not None and name.endswith("username"):
            return f"{uuid4()}@example.org"
        if isinstance(drawn, str) and drawn.isdecimal():
            return "+3221234567"
        return drawn

    monkeypatch.setattr(filling, "generate_random_value", plausible)
    client = WSGISCIMClient(
        idp.app,
        "http://localhost/v2",
        headers={"Authorization": f"Bearer {idp.token}"},
    )
    client.discover()
    return client


def failed(results: list[CheckResult]) -> list[tuple[str, str]]:
    """
    Return the checks that are not content, and why.
    """
    content = {Status.SUCCESS, Status.COMPLIANT, Status.ACCEPTABLE, Status.SKIPPED}
    return [
        (str(each.title), str(each.reason))
        for each in results
        if each.status not in content
    ]


def test_users(client: WSGISCIMClient) -> None:
    """
    Every check of scim2-tester passes, of the service and of users.
    """
    results = check_server(client, resource_types=["User"])

    assert [] == failed(results)
    assert len(results) > 50


def test_groups(
    client: WSGISCIMClient, idp: IdentityProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    Every check passes of groups that are there, but for the name that others give.
    """
    create = ResourceManager.create_and_register
    group = idp.group("Connect.Accountant")

    def there(
        manager: ResourceManager, model: type[Resource[Any]], **how: bool
    ) -> Resource[Any]:
        if model.__name__ != "Group":
            return create(manager, model, **how)
        return cast("Resource[Any]", client.query(model, group))

    monkeypatch.setattr(ResourceManager, "create_and_register", there)
    results = check_server(
        client, resource_types=["Group"], exclude_tags={"crud:create", "crud:delete"}
    )

    # What an identity provider calls a group is not kept: names find it.
    assert {"externalId"} == {
        re.findall(r"'(\w+)'", reason)[0] for _, reason in failed(results)
    }
    assert len(results) > 20
