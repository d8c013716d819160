"""
A FastAPI application tells what is wrong, in the reader's language, and no more.
"""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Annotated

import anyio
import pytest
from fastapi import APIRouter, FastAPI, Header, Request, WebSocket
from fastapi.testclient import TestClient
from jsonschema import Draft202012Validator
from pydantic import BaseModel, field_validator
from pydantic_core import PydanticCustomError
from starlette.types import Message, Receive, Scope, Send

from winbooks_identity.adapters.fastapi import (
    PROBLEM_RESPONSES,
    LimitBodies,
    install_problem_details,
)
from winbooks_identity.adapters.pydantic import NewEmployeeForm, PasswordField
from winbooks_identity.errors import HasherBusy, Invalid
from winbooks_identity.forms.problem_details import SCHEMA
from winbooks_identity.language import Language
from winbooks_identity.licence import Licence, Product
from winbooks_identity.names import CompanyName
from winbooks_identity.passwords import PasswordPolicy
from winbooks_identity.problems import Missing
from winbooks_identity.refusals import (
    BodyTooLarge,
    DuplicateWinBooksId,
    TooManyAttempts,
    UnknownUser,
)
from winbooks_identity.texts.overrides import Overrides
from winbooks_identity.winbooks_id import WinBooksId


LICENCE = Licence(
    number="WB-1",
    product=Product.CLASSIC,
    holder=CompanyName("Fiduciaire Peeters & Dubois BV"),
    language=Language.DUTCH,
)
CANARY = "Canary-7f3a"
ERRORS: dict[str, Exception] = {
    "invalid": Invalid((Missing(),)),
    "taken": DuplicateWinBooksId(WinBooksId("ada@example.org")),
    "unknown": UnknownUser(),
    "tried": TooManyAttempts(timedelta(seconds=61.5)),
    "busy": HasherBusy(),
}


class Naive(BaseModel):
    """
    A model that a project wrote without a thought of passwords.
    """

    password: PasswordField
    name: str


class Envelope(BaseModel):
    """
    A model of a project's own around the form.
    """

    form: NewEmployeeForm
    tags: list[int]


@pytest.fixture
def app() -> FastAPI:
    """
    Return an application with an answer of every sort.
    """
    app = FastAPI()
    install_problem_details(app)

    @app.post("/employees")
    def employees(form: NewEmployeeForm) -> str:
        return form.read(licence=LICENCE).winbooks_id.address

    @app.post("/naive")
    def naive(person: Naive) -> str:
        return person.name

    @app.post("/envelopes")
    def envelopes(envelope: Envelope) -> int:
        return len(envelope.tags)

    @app.get("/pages/{number}")
    def pages(number: int, size: int, x_tenant: Annotated[int, Header()]) -> int:
        return number * size * x_tenant

    @app.get("/errors/{name}")
    def errors(name: str) -> None:
        raise ERRORS[name]

    return app


@pytest.fixture
def client(app: FastAPI) -> TestClient:
    """
    Return a client of the application.
    """
    return TestClient(app)


class TestAnswers:
    """
    What is refused is answered with problem details (RFC 9457).
    """

    def test_a_good_form(self, client: TestClient) -> None:
        """
        What is right goes through.
        """
        answer = client.post(
            "/employees",
            json={
                "winbooks_id": "ada@example.org",
                "generate_password": True,
                "level": "Power User",
                "first_name": "Ada",
                "last_name": "Lovelace",
            },
        )

        assert (200, "ada@example.org") == (answer.status_code, answer.json())

    def test_a_refused_form(self, client: TestClient) -> None:
        """
        Every problem has its place, code, facts and sentence.
        """
        answer = client.post(
            "/employees",
            json={
                "winbooks_id": "ada@example.org",
                "password": "Kort-9",
                "level": "Power User",
                "first_name": "Ada",
                "last_name": "Lovelace",
            },
            headers={"Accept-Language": "fr-BE,fr;q=0.9"},
        )

        assert {
            "type": "about:blank",
            "title": "Certaines données sont à corriger.",
            "status": 422,
            "errors": [
                {
                    "pointer": "#/password",
                    "code": "password.too_short",
                    "params": {"minimum": 12, "missing": 6},
                    "detail": "Utilisez au moins 12 caractères\u202f: il en manque 6.",
                }
            ],
        } == answer.json()
        assert {
            "content-type": "application/problem+json",
            "content-language": "fr",
            "cache-control": "no-store",
        }.items() <= dict(answer.headers).items()

    def test_what_the_framework_finds(self, client: TestClient) -> None:
        """
        It is told in the library's codes and in the reader's language.
        """
        answer = client.post(
            "/naive", json={"password": "kort"}, headers={"Accept-Language": "nl"}
        )

        assert [
            (
                "#/password",
                "password.too_short",
                "Gebruik minstens 12 tekens: nog 8 erbij.",
            ),
            (
                "#/password",
                "password.too_few_kinds",
                PasswordPolicy().help("nl")[1],
            ),
            ("#/name", "field.missing", "Vul dit veld in."),
        ] == [
            (each["pointer"], each["code"], each["detail"])
            for each in answer.json()["errors"]
        ]

    def test_what_is_wrong_outside_the_body(self, client: TestClient) -> None:
        """
        The parameter is named.
        """
        answer = client.get("/pages/one", headers={"X-Tenant": "x"})

        assert [
            ("number", "field.not_possible"),
            ("size", "field.missing"),
            ("x-tenant", "field.not_possible"),
        ] == [(each["parameter"], each["code"]) for each in answer.json()["errors"]]

    @pytest.mark.parametrize(
        "body,pointers",
        [
            ({"either": {"password": "kort", "name": "Ada"}}, {"#/either/password"}),
            ({"either": {"name": "Ada"}}, {"#/either/password", "#/either/pair"}),
            ({"either": {"pair": ["x"]}}, {"#/either/pair/0", "#/either/pair/1"}),
            ({"either": 3}, {"#/either"}),
        ],
    )
    def test_a_union_of_models(
        self, client: TestClient, body: object, pointers: set[str]
    ) -> None:
        """
        A pointer leads to what was sent, or to what is missing there.
        """
        app = client.app
        assert isinstance(app, FastAPI)

        class Pair(BaseModel):
            pair: tuple[int, int]

        class Either(BaseModel):
            either: Naive | Pair

        @app.post("/either")
        def either(body: Either) -> None:
            del body

        errors = client.post("/either", json=body).json()["errors"]

        assert pointers <= {each["pointer"] for each in errors}
        assert [] == [each for each in errors if "Pair" in each["pointer"]]
        assert [] == [each for each in errors if "Naive" in each["pointer"]]

    def test_what_is_no_json(self, client: TestClient) -> None:
        """
        The whole body is wrong then.
        """
        answer = client.post(
            "/naive", content=b'{"name":', headers={"Content-Type": "application/json"}
        )

        assert [("#", "field.not_possible")] == [
            (each["pointer"], each["code"]) for each in answer.json()["errors"]
        ]

    @pytest.mark.parametrize(
        "name,status",
        [
            ("invalid", 422),
            ("taken", 409),
            ("unknown", 404),
            ("tried", 429),
            ("busy", 503),
        ],
    )
    def test_what_the_library_raises(
        self, client: TestClient, name: str, status: int
    ) -> None:
        """
        Nothing has to be caught.
        """
        answer = client.get(f"/errors/{name}")

        assert (status, status) == (answer.status_code, answer.json()["status"])

    def test_when_to_try_again(self, client: TestClient) -> None:
        """
        A refusal of too many attempts says it to people and to programs.  [S20]
        """
        answer = client.get("/errors/tried", headers={"Accept-Language": "nl"})

        (problem,) = answer.json()["errors"]
        assert "62" == answer.headers["Retry-After"]
        assert (
            "Te veel pogingen. Probeer het over 2 minuten opnieuw."
            == (problem["detail"])
        )
        assert "Retry-After" not in client.get("/errors/busy").headers

    def test_a_language_of_the_projects_choice(self) -> None:
        """
        A product may know its reader better than their browser does.
        """
        app = FastAPI()

        def always_dutch(request: Request) -> str:
            del request
            return "nl"

        install_problem_details(app, locale=always_dutch)

        @app.get("/")
        def refuse() -> None:
            raise UnknownUser

        answer = TestClient(app).get("/", headers={"Accept-Language": "fr"})

        assert "Dit is niet gevonden." == answer.json()["title"]

    def test_the_projects_own_words(self) -> None:
        """
        For what FastAPI refuses, and for what the library does.
        """
        app = FastAPI()
        words = Overrides(
            {
                "en": {
                    "field.missing": "Nothing here?",
                    "http.422": "Look again.",
                    "user.not_found": "Nobody.",
                }
            }
        )
        install_problem_details(app, translator=words)

        @app.get("/")
        def refuse(name: str) -> None:
            del name
            raise UnknownUser

        missing = TestClient(app).get("/").json()
        unknown = TestClient(app).get("/?name=x").json()

        assert ("Look again.", "Nothing here?") == (
            missing["title"],
            missing["errors"][0]["detail"],
        )
        assert "Nobody." == unknown["errors"][0]["detail"]

    def test_an_error_of_the_projects_own(self, client: TestClient) -> None:
        """
        It keeps its code and its words.
        """
        app = client.app
        assert isinstance(app, FastAPI)

        class Ours(BaseModel):
            name: str

            @field_validator("name")
            @classmethod
            def _refuse(cls, name: str) -> str:
                del name
                raise PydanticCustomError("ours.taken", "Choose another one.")

        @app.post("/ours")
        def ours(body: Ours) -> str:
            return body.name

        answer = client.post("/ours", json={"name": "x"})

        assert [("ours.taken", "Choose another one.")] == [
            (each["code"], each["detail"]) for each in answer.json()["errors"]
        ]


class TestDiscretion:
    """
    No answer repeats what was sent, whoever wrote the model.  [R19]
    """

    @pytest.mark.parametrize(
        "path,body",
        [
            ("/naive", {"password": CANARY + "-Long-9"}),
            ("/naive", {"password": CANARY, "name": 3}),
            ("/naive", {"password": [CANARY], "name": "Ada"}),
            ("/naive", [CANARY]),
            ("/naive", CANARY),
            ("/envelopes", {"form": {"password": CANARY}}),
            ("/envelopes", {"form": {"password": CANARY}, "tags": [CANARY]}),
            ("/envelopes", {"form": CANARY, "tags": []}),
            ("/employees", {"password": CANARY}),
            ("/employees", [{"password": CANARY}]),
        ],
    )
    def test_the_secret_does_not_come_back(
        self, client: TestClient, path: str, body: object
    ) -> None:
        """
        A naive outer model does not leak either.
        """
        answer = client.post(path, json=body)

        assert 422 == answer.status_code
        assert CANARY not in answer.text + repr(answer.headers)


class TestInstallation:
    """
    An installation that would do nothing is refused.
    """

    def test_after_the_first_request(self, app: FastAPI, client: TestClient) -> None:
        """
        FastAPI would ignore it in silence.
        """
        client.get("/errors/unknown")

        with pytest.raises(RuntimeError, match="before the first request"):
            install_problem_details(app)

    def test_refusals_are_documented(self, client: TestClient) -> None:
        """
        Wherever input is checked, 422 is the problem document.
        """
        document = client.get("/openapi.json").json()
        reference = {"$ref": "#/components/schemas/ProblemDetails"}

        assert {
            "/employees": reference,
            "/naive": reference,
            "/envelopes": reference,
            "/pages/{number}": reference,
            "/errors/{name}": reference,
        } == {
            path: operation["responses"]["422"]["content"]["application/problem+json"][
                "schema"
            ]
            for path, operations in document["paths"].items()
            for operation in operations.values()
        }
        assert "HTTPValidationError" not in client.get("/openapi.json").text

    def test_every_reference_leads_somewhere(self) -> None:
        """
        What others answer, to webhooks and callbacks, stays as FastAPI describes it.
        """
        app, callbacks = FastAPI(), APIRouter()
        install_problem_details(app)

        @callbacks.post("{$request.body#/url}")
        def called(name: str) -> None: ...

        @app.webhooks.post("made")
        def made(name: str) -> None: ...

        @app.post("/", callbacks=callbacks.routes)
        def make(name: str) -> None: ...

        document = TestClient(app).get("/openapi.json")
        named = {*re.findall(r'"#/components/schemas/(\w+)"', document.text)}

        assert {"ProblemDetails", "HTTPValidationError", "ValidationError"} == named
        assert named == {*document.json()["components"]["schemas"]}

    def test_what_an_application_documents_itself_stays(self) -> None:
        """
        So does an endpoint that checks nothing.
        """
        app = FastAPI()
        install_problem_details(app)

        @app.get("/own", responses={422: {"description": "ours"}})
        def own(name: str) -> str:
            return name

        @app.get("/nothing", responses=PROBLEM_RESPONSES)
        def nothing() -> None: ...

        paths = TestClient(app).get("/openapi.json").json()["paths"]

        assert "ours" == paths["/own"]["get"]["responses"]["422"]["description"]
        assert {"200", "401", "403", "404", "409", "413", "422", "429", "503"} == {
            *paths["/nothing"]["get"]["responses"]
        }

    @pytest.mark.parametrize("name", ERRORS)
    def test_the_document_describes_the_answers(
        self, client: TestClient, name: str
    ) -> None:
        """
        Each answer keeps to its schema.
        """
        answer = client.get(f"/errors/{name}")

        assert answer.status_code in PROBLEM_RESPONSES
        Draft202012Validator(SCHEMA).validate(answer.json())

    def test_the_schema_of_the_api_has_the_form(self, client: TestClient) -> None:
        """
        Whoever reads the page of the API sees the form's fields.
        """
        schemas = client.get("/openapi.json").json()["components"]["schemas"]

        assert "winbooks_id" in schemas["NewEmployeeForm"]["properties"]


class TestLimits:
    """
    A body that is too long is read by no endpoint.
    """

    @pytest.fixture
    def limited(self, app: FastAPI) -> TestClient:
        """
        Return a client of the application, which reads at most a kilobyte.
        """
        app.add_middleware(LimitBodies, most=1024)

        @app.websocket("/line")
        async def line(socket: WebSocket) -> None:
            await socket.accept()
            await socket.send_text("x" * 2000)
            await socket.close()

        return TestClient(app)

    @pytest.mark.parametrize("path", ["/employees", "/naive"])
    def test_no_longer_than_that(self, limited: TestClient, path: str) -> None:
        """
        The answer is a problem document in the reader's language.  [S82]
        """
        answer = limited.post(
            path, json={"password": CANARY * 200}, headers={"accept-language": "fr"}
        )

        assert 413 == answer.status_code
        assert "application/problem+json" == answer.headers["content-type"]
        (error,) = answer.json()["errors"]
        assert ("request.too_large", {"kilobytes": 1}) == (
            error["code"],
            error["params"],
        )
        assert "trop volumineux" in error["detail"]
        assert CANARY not in answer.text

    def test_in_parts(self, limited: TestClient) -> None:
        """
        Without a length that is announced, what comes is counted.
        """

        def parts() -> Iterator[bytes]:
            yield from [b"x" * 100] * 11

        assert 413 == limited.post("/naive", content=parts()).status_code

    def test_short_ones(self, limited: TestClient) -> None:
        """
        They are answered as ever.
        """
        assert 422 == limited.post("/naive", content=b"x" * 1024).status_code

    def test_an_application_without_handlers(self) -> None:
        """
        What reads the body by itself need not know of the limit.
        """

        async def read(scope: Scope, receive: Receive, _send: Send) -> None:
            await Request(scope, receive).body()

        answer = TestClient(LimitBodies(read, most=1)).post("/", content=b"xx")

        assert 413 == answer.status_code

    def test_an_answer_that_has_begun(self) -> None:
        """
        It ends there.
        """

        async def answer(_scope: Scope, receive: Receive, send: Send) -> None:
            await send({"type": "http.response.start", "status": 200})
            await receive()

        async def ask() -> None:
            async def receive() -> Message:
                return {"type": "http.request", "body": b"xx"}

            async def send(message: Message) -> None:
                sent.append(message["type"])

            await LimitBodies(answer, most=1)({"type": "http"}, receive, send)

        sent: list[str] = []
        with pytest.raises(BodyTooLarge):
            anyio.run(ask)
        assert ["http.response.start"] == sent

    def test_an_error_of_the_products_own(self) -> None:
        """
        It is theirs.
        """
        app = FastAPI()
        app.add_middleware(LimitBodies)

        @app.get("/")
        def refuse() -> None:
            raise BodyTooLarge(1)

        with pytest.raises(BodyTooLarge):
            TestClient(app).get("/")

    def test_other_connections(self, limited: TestClient) -> None:
        """
        They have no body.
        """
        with limited.websocket_connect("/line") as socket:
            assert "x" * 2000 == socket.receive_text()
