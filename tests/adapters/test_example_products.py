"""
The products on the pages run, from nothing to the first employee.
"""

import importlib
import re
import sys
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from types import ModuleType

import flask
import pytest
from fastapi.testclient import TestClient


#: They hash at the price that people pay.
pytestmark = pytest.mark.slow

EXAMPLES = Path(__file__).parents[2] / "docs" / "how-to" / "examples"

AN = "an.peeters@example.org"
CHOSEN = "krokus Zadel 71 ventilator?"
EMPLOYEE = {
    "winbooks_id": "ada@example.org",
    "generate_password": "on",
    "level": "Power User",
    "first_name": "Ada",
    "last_name": "Lovelace",
}


@pytest.fixture
def product(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Iterator[ModuleType]:
    """
    Start a product in an empty folder; what it prints is for the test.
    """
    del capsys
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(EXAMPLES)
    for name in ("example_office", request.param):
        monkeypatch.delitem(sys.modules, name, raising=False)
    module = importlib.import_module(request.param)
    with module.portal:
        yield module
    for name in ("example_office", request.param):
        sys.modules.pop(name, None)


def printed_password(capsys: pytest.CaptureFixture[str]) -> str:
    """
    Return the password that the product prints when it is new.
    """
    first, password = capsys.readouterr().out.splitlines()
    assert AN in first
    return password


@pytest.mark.parametrize("product", ["fastapi_product"], indirect=True)
class TestFastApi:
    """
    The product on FastAPI.
    """

    def test_from_nothing_to_an_employee(
        self, product: ModuleType, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """
        The first Administrator signs in, and makes another user.
        """
        password = printed_password(capsys)
        login = {"winbooks_id": AN, "password": password}

        with TestClient(product.app) as client:
            assert 200 == client.get("/").status_code
            assert 403 == client.post("/login/sign-in", data=login).status_code
            assert 401 == client.post("/employees", json=EMPLOYEE).status_code
            change = {"winbooks_id": AN, "current_password": password}
            client.post("/login/change-password", data=change | {"password": CHOSEN})

            answer = client.post("/employees", json=EMPLOYEE)

            assert 201 == answer.status_code
            assert 16 == len(answer.json()["password"])
            assert {AN, "ada@example.org"} == set(client.get("/colleagues").json())
            assert 409 == client.post("/employees", json=EMPLOYEE).status_code
            other = {"sec-fetch-site": "cross-site"}
            assert 403 == (
                client.post("/employees", json=EMPLOYEE, headers=other).status_code
            )

    def test_the_page_has_the_endpoints(self, product: ModuleType) -> None:
        """
        Each of its forms is sent to one.
        """
        page = (EXAMPLES / "fastapi_product.html").read_text("utf-8")
        forms = re.findall(r'<form id="([a-z-]+)"', page)

        assert 5 == len(forms)
        assert {f"/login/{name}" for name in forms} <= {*product.app.openapi()["paths"]}


@pytest.mark.parametrize("product", ["flask_product"], indirect=True)
class TestFlask:
    """
    The product on Flask.
    """

    def test_from_nothing_to_an_employee(
        self, product: ModuleType, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """
        The first Administrator signs in, and makes another user.
        """
        app: flask.Flask = product.app
        client = app.test_client()
        password = printed_password(capsys)

        def send(address: str, **form: str) -> tuple[int, str]:
            page = unescape(client.get(address).text)
            token = re.findall(r'name="csrf_token" type="hidden" value="(.+?)"', page)
            answer = client.post(address, data={"csrf_token": token[0], **form})
            return answer.status_code, unescape(answer.text)

        assert "/portal/sign-in?next=/" == client.get("/").location
        assert 302 == send("/portal/sign-in", winbooks_id=AN, password=password)[0]
        change = {"winbooks_id": AN, "current_password": password, "password": CHOSEN}
        assert 302 == send("/portal/change-password", **change)[0]
        assert "Hello An" in client.get("/").text

        status, shown = send("/employees", **EMPLOYEE)

        assert 201 == status
        assert re.search(r"<output>\S{16}</output>", shown)
        assert 422 == send("/employees", **EMPLOYEE)[0]
        assert 422 == send("/employees", **EMPLOYEE | {"level": "Chief"})[0]
        assert 403 == client.post("/employees", data=EMPLOYEE).status_code


@pytest.mark.parametrize("product", ["flask_product"], indirect=True)
def test_the_second_start(
    product: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    """
    The office is there, and no password is shown again.
    """
    printed_password(capsys)
    product.portal.close()
    again = sys.modules["example_office"].open_example(
        "http://127.0.0.1/", set_password="a", confirm_id="b"
    )

    with again:
        assert "" == capsys.readouterr().out
