"""
People sign in to a FastAPI application, and stay in as long as they should.
"""

import json
from datetime import date
from typing import Annotated, Any, ClassVar

import pytest
from fastapi import Depends, FastAPI, Request
from fastapi.testclient import TestClient
from httpx2 import Response
from starlette.middleware.sessions import SessionMiddleware

from login_portal import (
    ADDRESS,
    CHOSEN,
    DISTRIBUTOR,
    INITIAL,
    new_portal,
    new_user,
    rolled_out,
    settled_user,
)
from winbooks_identity import Level, Portal, PortalUser
from winbooks_identity.adapters.fastapi import Login, install_problem_details
from winbooks_identity.adapters.login_pages import MAX_BODY
from winbooks_identity.passwords.rollout import PasswordOutgrown


SIGN_IN = {"winbooks_id": ADDRESS, "password": CHOSEN}


@pytest.fixture
def portal() -> Portal:
    """
    Return the services.
    """
    return new_portal()


@pytest.fixture
def settled(portal: Portal) -> PortalUser:
    """
    Return a user who has chosen a password.
    """
    return settled_user(portal)


@pytest.fixture
def app(portal: Portal) -> FastAPI:
    """
    Return a product's application.
    """
    login = Login(portal)
    app = FastAPI()
    install_problem_details(app)
    app.add_middleware(SessionMiddleware, secret_key="of no use")
    app.include_router(login.router, prefix="/login")

    @app.get("/hello")
    def hello(user: Annotated[PortalUser, Depends(login.current_user)]) -> str:
        return user.winbooks_id.address

    return app


@pytest.fixture
def client(app: FastAPI) -> TestClient:
    """
    Return a browser.
    """
    return TestClient(app)


def codes(answer: Any) -> list[str]:  # noqa: ANN401  Of either test client.
    """
    Return what an answer refuses for.
    """
    return [error["code"] for error in answer.json()["errors"]]


def who(client: TestClient) -> str | None:
    """
    Return who the application says is signed in.
    """
    answer = client.get("/hello")
    return answer.json() if answer.status_code == 200 else None


@pytest.mark.usefixtures("settled")
class TestSignIn:
    """
    The endpoint signs in, and says why not.
    """

    @pytest.mark.parametrize("kind", ["json", "data", "files"])
    def test_who_signs_in_is_in(self, client: TestClient, kind: str) -> None:
        """
        By JSON, and by both forms of a browser.
        """
        sent: dict[str, Any] = {kind: SIGN_IN}
        if kind == "files":
            sent = {"files": {name: (None, text) for name, text in SIGN_IN.items()}}

        answer = client.post("/login/sign-in", **sent)

        assert 200 == answer.status_code
        assert {"winbooks_id": ADDRESS, "level": "Administrator"}.items() <= (
            answer.json().items()
        )
        assert "no-store" == answer.headers["cache-control"]
        assert ADDRESS == who(client)
        assert ADDRESS == client.get("/login/me").json()["winbooks_id"]

    @pytest.mark.parametrize(
        "sent, status, code",
        [
            (SIGN_IN | {"password": "Wrong-Horse-12"}, 401, "sign_in.refused"),
            (SIGN_IN | {"winbooks_id": "joan@example.org"}, 401, "sign_in.refused"),
            (SIGN_IN | {"winbooks_id": "ada"}, 422, "winbooks_id.no_at_sign"),
            (SIGN_IN | {"password": "**********"}, 422, "field.masked"),
            ({}, 422, "field.missing"),
        ],
    )
    def test_who_is_not(
        self, client: TestClient, sent: dict[str, str], status: int, code: str
    ) -> None:
        """
        One answer for whoever is unknown and whatever is wrong.
        """
        answer = client.post("/login/sign-in", json=sent)

        assert status == answer.status_code
        assert {code} == set(codes(answer))
        assert "Wrong" not in answer.text
        assert who(client) is None

    @pytest.mark.parametrize(
        "kind, body",
        [
            ("application/json", b'{"password": "Canary-7f3a"'),
            ("application/json", b'["Canary-7f3a"]'),
            ("application/json", b"\xff\xfe"),
            ("application/json", b"[" * 100_000),
            ("multipart/form-data", b"password=Canary-7f3a"),
            ("multipart/form-data; boundary=x", b"--xCanary-7f3a"),
            ("text/plain", b'{"password": "Canary-7f3a"}'),
            ("", b"password=Canary-7f3a"),
        ],
    )
    def test_what_is_no_form(self, client: TestClient, kind: str, body: bytes) -> None:
        """
        It is refused, and not repeated.
        """
        headers = {"content-type": kind} if kind else {}
        answer = client.post("/login/sign-in", content=body, headers=headers)

        assert 422 == answer.status_code
        assert ["field.not_possible"] == codes(answer)
        assert "Canary" not in answer.text

    @pytest.mark.parametrize("kind", ["json", "data", "files"])
    def test_what_is_too_long(self, client: TestClient, kind: str) -> None:
        """
        It is not read, whatever it is; what is just short enough is.
        """
        longer = {"company_name": "a" * MAX_BODY, **SIGN_IN}
        sent: dict[str, Any] = {kind: longer}
        if kind == "files":
            sent = {"files": {name: (None, text) for name, text in longer.items()}}

        answer = client.post("/login/sign-in", **sent)
        just = client.post(
            "/login/sign-in",
            content=json.dumps(SIGN_IN).ljust(MAX_BODY),
            headers={"content-type": "application/json"},
        )

        assert 413 == answer.status_code
        assert ["request.too_large"] == codes(answer)
        assert {"kilobytes": 128} == answer.json()["errors"][0]["params"]
        assert 200 == just.status_code

    def test_a_source_of_the_products_choice(self, portal: Portal) -> None:
        """
        Behind a proxy, the product knows where a request comes from.
        """
        login = Login(portal, source=lambda request: request.headers["x-from"])
        app = FastAPI()
        install_problem_details(app)
        app.add_middleware(SessionMiddleware, secret_key="of no use")
        app.include_router(login.router)
        wrong = SIGN_IN | {"password": "Wrong-12345"}
        client = TestClient(app)
        for _ in range(10):
            client.post("/sign-in", json=wrong, headers={"x-from": "192.0.2.1"})

        assert [429, 200] == [
            client.post(
                "/sign-in", json=SIGN_IN, headers={"x-from": source}
            ).status_code
            for source in ("192.0.2.1", "192.0.2.2")
        ]

    @pytest.mark.parametrize(
        "headers, status",
        [
            ({"sec-fetch-site": "same-origin"}, 200),
            ({"sec-fetch-site": "none"}, 200),
            ({"sec-fetch-site": "same-site"}, 403),
            ({"sec-fetch-site": "cross-site"}, 403),
            ({"origin": "http://testserver"}, 200),
            ({"origin": "https://evil.example"}, 403),
            ({"origin": "null"}, 403),
            ({"origin": "http://["}, 403),
            ({"origin": "ftp://testserver"}, 403),
            ({}, 200),
        ],
    )
    def test_another_site(
        self, client: TestClient, headers: dict[str, str], status: int
    ) -> None:
        """
        It can send nothing in the name of who is signed in.
        """
        answer = client.post("/login/sign-in", data=SIGN_IN, headers=headers)

        assert status == answer.status_code
        if status == 403:
            assert ["request.from_another_site"] == codes(answer)
        read = client.get("/login/me", headers={"sec-fetch-site": "cross-site"})
        assert (200 if status == 200 else 401) == read.status_code

    def test_signing_out(self, client: TestClient) -> None:
        """
        A link does not.
        """
        client.post("/login/sign-in", json=SIGN_IN)

        assert 405 == client.get("/login/sign-out").status_code
        assert 204 == client.post("/login/sign-out").status_code
        assert who(client) is None


class TestInitialPassword:
    """
    It leads to the change, and signs no one in.  [S5]
    """

    def test_it_is_changed_first(self, client: TestClient, portal: Portal) -> None:
        """
        Afterwards they are in.
        """
        new_user(portal)
        initial = SIGN_IN | {"password": INITIAL}

        answer = client.post("/login/sign-in", json=initial)
        assert 403 == answer.status_code
        assert ["sign_in.password_change_required"] == codes(answer)
        assert who(client) is None


@pytest.mark.usefixtures("settled")
class TestRollout:
    """
    A password that a new policy refuses is told of, and later changed.  [S44]
    """

    def answer(self, portal: Portal, change: date) -> Response:
        """
        Sign in while the policy is rolled out.
        """
        app = FastAPI()
        install_problem_details(app)
        app.add_middleware(SessionMiddleware, secret_key="of no use")
        app.include_router(Login(rolled_out(portal, change)).router)
        answer: Response = TestClient(app).post("/sign-in", json=SIGN_IN)
        return answer

    def test_a_notice(self, portal: Portal) -> None:
        """
        It comes with the sign-in, once.
        """
        answer = self.answer(portal, date(2999, 1, 31))

        assert 200 == answer.status_code
        assert answer.json()["notice"] == {
            "code": "sign_in.password_notice",
            "until": "2999-01-31",
        }
        assert ["password.too_short"] == answer.json()["broken_rules"]

    def test_then_it_is_changed(self, portal: Portal) -> None:
        """
        As an initial one is.
        """
        answer = self.answer(portal, date(2020, 3, 2))

        assert 403 == answer.status_code
        assert PasswordOutgrown.code in codes(answer)


class TestSessions:
    """
    An open session ends when it should, at once.  [S70]
    """

    def test_deactivation(
        self, client: TestClient, portal: Portal, settled: PortalUser
    ) -> None:
        """
        It ends the session, and says so.
        """
        settled_user(portal, "joan@example.org")
        client.post("/login/sign-in", json=SIGN_IN)
        portal.administration.deactivate(settled, by=DISTRIBUTOR)

        answer = client.get("/hello", headers={"accept-language": "nl"})

        assert (401, ["session.ended"]) == (answer.status_code, codes(answer))
        assert "Meld u opnieuw aan" in answer.text

    @pytest.mark.usefixtures("settled")
    def test_nothing_of_an_earlier_session_goes_on(
        self, app: FastAPI, client: TestClient
    ) -> None:
        """
        What was put there before the sign-in is gone.
        """
        seen: list[dict[str, Any]] = []

        @app.get("/cart")
        def remember(request: Request) -> None:
            seen.append(dict(request.session))
            request.session["cart"] = "full"

        client.get("/cart")
        client.post("/login/sign-in", json=SIGN_IN)
        client.get("/cart")

        assert [{}, True] == [seen[0], "cart" not in seen[1]]


class TestEdit:
    """
    Those who manage a user change their details.
    """

    DETAILS: ClassVar[dict[str, Any]] = {
        "first_name": "Joan",
        "last_name": "Clarke",
        "company_name": "Fiduciaire Peeters",
        "phone": "+32 2 123 45 67",
        "language": "fr",
    }
    PATH = "/login/users/joan@example.org"

    @pytest.fixture(autouse=True)
    def people(
        self, portal: Portal, client: TestClient, settled: PortalUser
    ) -> PortalUser:
        """
        Sign an Administrator in, and return a colleague.
        """
        del settled
        client.post("/login/sign-in", json=SIGN_IN)
        return settled_user(portal, "joan@example.org", Level.POWER_USER)

    def test_the_details(self, client: TestClient) -> None:
        """
        They are shown, and changed.
        """
        shown = client.get(self.PATH).json()
        sent = self.DETAILS | {"version": shown["version"]}

        answer = client.put(self.PATH, json=sent)

        assert 200 == answer.status_code
        assert {"first_name": "Joan", "phone": "+3221234567"}.items() <= (
            answer.json().items()
        )
        assert answer.json() == client.get(self.PATH).json()

    def test_what_was_saved_since_is_not_lost(self, client: TestClient) -> None:
        """
        Two people edit at one time: the second one looks again.
        """
        sent = self.DETAILS | {"version": client.get(self.PATH).json()["version"]}
        client.put(self.PATH, json=sent)

        answer = client.put(self.PATH, json=sent)

        assert (409, ["user.saved_meanwhile"]) == (answer.status_code, codes(answer))

    @pytest.mark.parametrize("version", [None, "x", True, "-1", "9" * 10])
    def test_a_version_that_is_none(self, client: TestClient, version: object) -> None:
        """
        Every problem is told, this one too.
        """
        answer = client.put(self.PATH, json={"version": version})

        assert 422 == answer.status_code
        assert {"#/first_name", "#/language", "#/version"} <= {
            error["pointer"] for error in answer.json()["errors"]
        }

    def test_without_a_session(self, app: FastAPI) -> None:
        """
        No one reads anything.
        """
        stranger = TestClient(app)

        assert [401, 401] == [
            stranger.get(self.PATH).status_code,
            stranger.put(self.PATH, json=self.DETAILS).status_code,
        ]


class TestDocument:
    """
    The OpenAPI document says what is sent, and what comes back.
    """

    @pytest.mark.parametrize(
        "path, method, statuses",
        [
            ("/login/sign-in", "post", "200 401 403 413 422 429 503"),
            ("/login/set-password", "post", "204 403 409 413 422 429 503"),
            ("/login/users/{winbooks_id}", "put", "200 401 403 404 409 413 422 503"),
        ],
    )
    def test_refusals(
        self, client: TestClient, path: str, method: str, statuses: str
    ) -> None:
        """
        Each is the problem document.
        """
        described = client.get("/openapi.json").json()["paths"][path][method]

        assert statuses.split() == sorted(described["responses"])
        assert all(
            {"application/problem+json"} == set(answer["content"])
            for status, answer in described["responses"].items()
            if status >= "400"
        )

    @pytest.mark.parametrize(
        "path, field, told",
        [
            ("sign-in", "password", {"format": "password", "writeOnly": True}),
            ("set-password", "password", {"maxLength": 512, "writeOnly": True}),
            ("set-password", "token", {"type": "string", "writeOnly": True}),
            ("confirm-id", "token", {"type": "string"}),
            ("forgotten-password", "winbooks_id", {"pattern": "^[^@]+@[^@]+$"}),
        ],
    )
    def test_bodies(
        self, client: TestClient, path: str, field: str, told: dict[str, object]
    ) -> None:
        """
        As JSON and as a form.
        """
        document = client.get("/openapi.json").json()
        body = document["paths"][f"/login/{path}"]["post"]["requestBody"]["content"]

        assert {"application/json", "application/x-www-form-urlencoded"} == set(body)
        for kind in body.values():
            described = kind["schema"]["properties"][field]
            assert told == {name: described[name] for name in told}

    def test_choices(self, client: TestClient) -> None:
        """
        Languages are an enumeration.
        """
        put = client.get("/openapi.json").json()["paths"]["/login/users/{winbooks_id}"]
        body = put["put"]["requestBody"]["content"]["application/json"]["schema"]

        assert ["nl", "fr", "en"] == body["properties"]["language"]["enum"]
        assert "phone" not in body["required"]


class TestSessionsOnTheServer:
    """
    Where the cookie only names a session, a sign-in gives it another name.
    """

    def test_is_renewed(self, portal: Portal) -> None:
        """
        After it was emptied, and before anyone is in it.
        """
        seen: list[dict[str, object]] = []
        login = Login(portal, renew=lambda request: seen.append({**request.session}))
        app = FastAPI()
        app.add_middleware(SessionMiddleware, secret_key="of no use")
        app.include_router(login.router)
        settled_user(portal)

        assert 200 == TestClient(app).post("/sign-in", json=SIGN_IN).status_code
        assert [{}] == seen

    def test_a_number_without_an_end(self, client: TestClient) -> None:
        """
        What Python reads as no number is no form.
        """
        answer = client.post(
            "/login/sign-in",
            content=b'{"version": ' + b"9" * 5_000 + b"}",
            headers={"content-type": "application/json"},
        )

        assert 422 == answer.status_code
