"""
SCIM is served on the portal of a product, as the page on it says.
"""

import json
import re
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from django.test import override_settings
from fastapi.testclient import TestClient
from starlette.applications import Starlette
from starlette.routing import Mount
from werkzeug.test import Client
from werkzeug.wrappers import Response

from identity_provider import NEL
from winbooks_identity.attempts import Attempt, Door
from winbooks_identity.cli.application import run


PAGE = Path(__file__).parents[2] / "docs/how-to/connect-an-identity-provider.md"

#: Answers a request by method, path, what is sent and the headers.
Send: TypeAlias = Callable[[str, str, object, dict[str, str]], tuple[int, Any]]


def blocks(language: str) -> list[str]:
    """
    Return what the page has in *language*.
    """
    page = PAGE.read_text("utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```", page, re.DOTALL | re.MULTILINE)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """
    Return what the page makes, in its order.
    """
    with pytest.MonkeyPatch.context() as patched:
        patched.chdir(tmp_path_factory.mktemp("page"))
        patched.setenv("LC_ALL", "C.UTF-8")
        (office,) = blocks("toml")
        Path("office.toml").write_text(office, encoding="utf-8")
        for block in blocks("console"):
            for line in block.replace("\\\n", "").splitlines():
                if line.startswith("$ winbooks-identity "):
                    assert 0 == run(shlex.split(line)[2:]), line
        names: dict[str, Any] = {}
        for block in blocks("python"):
            exec(block, names)  # noqa: S102  Our own page.
        with names["portal"]:
            yield names


@pytest.fixture(scope="module")
def token(page: dict[str, Any]) -> str:
    """
    Return a token of the office.
    """
    path = Path.cwd() / "office.sqlite3.scim"
    return str(page["TokenFile"](path).issue("WB-1", "Okta").reveal())


def through_wsgi(application: Any) -> Send:  # noqa: ANN401  As the frameworks have it.
    """
    Return what sends requests to a WSGI application.
    """
    client = Client(application, Response)

    def send(
        method: str, path: str, sent: object, headers: dict[str, str]
    ) -> tuple[int, Any]:
        answer = client.open(
            path,
            method=method,
            data=json.dumps(sent),
            content_type="application/scim+json",
            headers=headers,
            base_url="https://portal.example.org",
        )
        body = answer.get_data() if answer.is_json else b""
        return answer.status_code, json.loads(body or b"{}")

    return send


def through_asgi(application: Any) -> Send:  # noqa: ANN401  As the frameworks have it.
    """
    Return what sends requests to an ASGI application.
    """
    client = TestClient(application, base_url="https://portal.example.org")

    def send(
        method: str, path: str, sent: object, headers: dict[str, str]
    ) -> tuple[int, Any]:
        answer = client.request(method, path, json=sent, headers=headers)
        return answer.status_code, answer.json() if answer.content else {}

    return send


def mounted(page: dict[str, Any], framework: str) -> Send:
    """
    Return what sends requests to the application of the page in *framework*.
    """
    match framework:
        case "Flask":
            return through_wsgi(page["app"])
        case "Django":
            return through_wsgi(page["application"])
        case "FastAPI":
            return through_asgi(page["api"])
        case _:
            mount = Mount("/scim", page["WSGIMiddleware"](page["scim"]))
            return through_asgi(Starlette(routes=[mount]))


@pytest.fixture
def mass(page: dict[str, Any]) -> None:
    """
    Forget whom the other frameworks deactivated: so many are a mistake.
    """
    page["portal"].attempts.forgive(
        [Attempt(door=Door.DEACTIVATION, subject="WB-1", source=None)]
    )


@pytest.mark.usefixtures("mass")
@pytest.mark.parametrize("framework", ["Flask", "Django", "FastAPI", "Starlette"])
def test_mounted(page: dict[str, Any], token: str, framework: str) -> None:
    """
    A user is made, found where the answer says, changed and deleted.
    """
    send = mounted(page, framework)
    headers = {"Authorization": f"Bearer {token}"}
    named = {**NEL, "userName": f"{framework}@example.org", "externalId": framework}
    assert 401 == send("GET", "/scim/v2/Users", None, {})[0]
    status, made = send("POST", "/scim/v2/Users", named, headers)

    location = f"https://portal.example.org/scim/v2/Users/{made['id']}"
    assert (201, location) == (status, made["meta"]["location"])
    path = location.removeprefix("https://portal.example.org")
    change = {"Operations": [{"op": "Replace", "path": "active", "value": "False"}]}
    assert send("PATCH", path, change, headers)[1]["active"] is False
    assert 204 == send("DELETE", path, None, headers)[0]
    assert 404 == send("GET", path, None, headers)[0]


@override_settings(ROOT_URLCONF=())
@pytest.mark.parametrize("framework", ["Flask", "Django", "FastAPI"])
def test_the_product_itself(page: dict[str, Any], framework: str) -> None:
    """
    What is not below the path of SCIM is the product's.
    """
    assert 404 == mounted(page, framework)("GET", "/v2/Users", None, {})[0]
