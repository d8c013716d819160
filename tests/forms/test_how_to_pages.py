"""
What the how-to pages show works, says the same everywhere, and leaks nothing.
"""

import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from html import unescape
from pathlib import Path
from random import Random
from types import ModuleType
from typing import NamedTuple
from urllib.parse import urlencode

import flask
import pytest
from django.test import Client, override_settings
from fastapi.testclient import TestClient

from winbooks_identity.errors import InvalidFields
from winbooks_identity.forms.description import FormDescription
from winbooks_identity.forms.new_user import GeneratedPassword, NewEmployee
from winbooks_identity.language import Language
from winbooks_identity.licence import Licence, Product
from winbooks_identity.names import CompanyName
from winbooks_identity.passwords import Password
from winbooks_identity.portal_user import PortalUser
from winbooks_identity.problems import Problem
from winbooks_identity.refusals import PasswordChangeRequired, SignInRefused, Taken


#: The pages' applications answer by their own servers.
pytestmark = pytest.mark.slow

Form = Sequence[tuple[str, str]]
Said = Mapping[str, list[str]]

LICENCE = Licence(
    number="WB-2041",
    product=Product.CLASSIC,
    holder=CompanyName("Fiduciaire Peeters & Dubois BV"),
    language=Language.DUTCH,
)
GOOD = (
    ("winbooks_id", "ada@example.org"),
    ("password", "Correct-Horse-9"),
    ("level", "Power User"),
    ("first_name", "Ada"),
    ("last_name", "Lovelace"),
)

HOW_TO = Path(__file__).parents[2] / "docs" / "how-to"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def blocks(page: str, language: str) -> list[str]:
    """
    Return the blocks of code in *language* on a how-to page.
    """
    text = (HOW_TO / page).read_text("utf-8")
    return [code for which, code in BLOCK.findall(text) if which == language]


TEMPLATES_OF_THE_PAGE = (
    "django.template.loaders.locmem.Loader",
    dict(
        zip(
            ("new_employee.html", "created.html"),
            blocks("django.md", "html"),
            strict=True,
        )
    ),
)

DJANGO = {
    "ALLOWED_HOSTS": ["testserver"],
    "DEBUG": False,
    "LANGUAGE_CODE": "en",
    "MIDDLEWARE": ["django.middleware.locale.LocaleMiddleware"],
    "REST_FRAMEWORK": {
        "DEFAULT_AUTHENTICATION_CLASSES": [],
        "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
        "EXCEPTION_HANDLER": "how_to_rest_framework.problem_response",
        "UNAUTHENTICATED_USER": None,
    },
    "TEMPLATES": [
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {
                "loaders": [
                    ("django.template.loaders.cached.Loader", [TEMPLATES_OF_THE_PAGE])
                ]
            },
        }
    ],
}

WEB_FORM = "application/x-www-form-urlencoded"
JSON = "application/json"


@pytest.fixture
def program(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[ModuleType]:
    """
    Run the code of the page that the test is parametrised with.
    """
    page: str = request.param
    monkeypatch.syspath_prepend(HOW_TO / "examples")
    name = "how_to_" + page.removesuffix(".md").replace("-", "_")
    module = ModuleType(name)
    monkeypatch.setitem(sys.modules, name, module)
    for code in blocks(page, "python"):
        exec(compile(code, page, "exec"), module.__dict__)  # noqa: S102  Our own page.
    yield module
    sys.modules.pop("accounts", None)


@pytest.fixture(autouse=True)
def tested_django(program: ModuleType) -> Iterator[None]:
    """
    Let Django serve the page.
    """
    with override_settings(ROOT_URLCONF=program.__name__, **DJANGO):
        yield


class Answer(NamedTuple):
    """
    What came back over HTTP; `said` holds codes, or sentences where a page shows them.
    """

    status: int
    raw: bytes
    said: Said


def ask_django(program: ModuleType, kind: str, body: bytes) -> Answer:
    """
    Send *body* with Django's own client, and read the sentences beside the fields.
    """
    del program  # Its URLs are Django's for the time of the test.
    answer = Client().generic("POST", "/employees", body, content_type=kind)
    said = sentences_in(
        answer.content.decode(),
        r'<ul class="errorlist" id="id_(\w+)_error">(.*?)</ul>',
        r"<li>(.*?)</li>",
    )
    raw = repr(answer.headers).encode() + answer.content
    return Answer(answer.status_code, raw, said)


def ask_rest_framework(program: ModuleType, kind: str, body: bytes) -> Answer:
    """
    Send *body* with Django's own client, and read problem details.
    """
    answer = ask_django(program, kind, body)
    content = answer.raw[answer.raw.index(b"{", answer.raw.index(b"}")) :]
    return answer._replace(said=by_pointer(content))


def ask_flask(program: ModuleType, kind: str, body: bytes) -> Answer:
    """
    Send *body* with Flask's own client.
    """
    forms: list[object] = []

    def keep(_: flask.Flask, *, context: Mapping[str, object], **__: object) -> None:
        if "form" in context:
            forms.append(context["form"])

    program.app.testing = True
    # What the page renders from a text is compiled once.
    environment = program.app.jinja_env
    if not hasattr(environment.from_string, "cache_info"):
        environment.from_string = lru_cache(environment.from_string)
    with flask.template_rendered.connected_to(keep, program.app):
        answer = program.app.test_client().post(
            "/employees", data=body, content_type=kind
        )
    said: Said = program.codes(forms[0]) if forms else {}
    raw = repr(answer.headers).encode() + answer.data
    return Answer(answer.status_code, raw, said)


def ask_fastapi(program: ModuleType, kind: str, body: bytes) -> Answer:
    """
    Send *body* with FastAPI's own client, and read problem details.
    """
    answer = TestClient(program.app).post(
        "/employees", content=body, headers={"Content-Type": kind}
    )
    raw = repr(answer.headers).encode() + answer.content
    return Answer(answer.status_code, raw, by_pointer(answer.content))


def ask_starlette(program: ModuleType, kind: str, body: bytes) -> Answer:
    """
    Send *body* with Starlette's own client, and read the sentences beside the fields.
    """
    answer = TestClient(program.app).post(
        "/employees", content=body, headers={"Content-Type": kind}
    )
    said = sentences_in(
        answer.text, r'<div id="(\w+)-problems">(.*?)</div>', r"<p>(.*?)</p>"
    )
    raw = repr(answer.headers).encode() + answer.content
    return Answer(answer.status_code, raw, said)


def sentences_in(html: str, field: str, sentence: str) -> Said:
    """
    Return the sentences on a page, by field, as two patterns find them.
    """
    found = {
        name: [unescape(each) for each in re.findall(sentence, problems)]
        for name, problems in re.findall(field, html, re.DOTALL)
    }
    return {name: sentences for name, sentences in found.items() if sentences}


def by_pointer(body: bytes) -> Said:
    """
    Return the codes in problem details, by field.
    """
    said: dict[str, list[str]] = {}
    for error in json.loads(body).get("errors", ()):
        said.setdefault(error["pointer"].removeprefix("#/"), []).append(error["code"])
    return said


def code_of(problem: Problem) -> str:
    """
    Return what a program tells *problem* by.
    """
    return problem.code


def sentence_of(problem: Problem) -> str:
    """
    Return what a reader tells *problem* by.
    """
    return problem.message()


class Page(NamedTuple):
    """
    How the application of a how-to page is asked.
    """

    ask: Callable[[ModuleType, str, bytes], Answer]
    takes: str
    says: Callable[[Problem], str]


PAGES = {
    "django.md": Page(ask_django, WEB_FORM, sentence_of),
    "plain-html.md": Page(ask_starlette, WEB_FORM, sentence_of),
    "pydantic-and-fastapi.md": Page(ask_fastapi, JSON, code_of),
    "rest-framework.md": Page(ask_rest_framework, JSON, code_of),
    "wtforms.md": Page(ask_flask, WEB_FORM, code_of),
}

every_page = pytest.mark.parametrize(
    "program,page", PAGES.items(), ids=PAGES, indirect=["program"]
)


#: The form of the licence that the pages share.
FORM = FormDescription.of(NewEmployee, licence=LICENCE)


def send(page: Page, program: ModuleType, form: Form) -> Answer:
    """
    Send *form* the way the page takes it.
    """
    if page.takes == WEB_FORM:
        return page.ask(program, WEB_FORM, urlencode(form).encode())
    return page.ask(program, JSON, json.dumps(FORM.read(form)).encode())


def expected(page: Page, form: Form) -> Said:
    """
    Return what the library itself says of *form*.
    """
    try:
        NewEmployee.parse(FORM.read(form), licence=LICENCE)
    except InvalidFields as invalid:
        return {
            name: [page.says(each) for each in problems]
            for name, problems in invalid.by_field.items()
        }
    return {}


BOX = (None, "on", "off", "", "perhaps")
TEXTS: Mapping[str, Sequence[str | None]] = {
    "winbooks_id": (
        *("ada@example.org", " Ada@Example.org ", "ada@bureau-été.be", None, "", " "),
        *("ada", "@example.org", "ada@", "a%b@example.org", "ada@localhost", "a" * 300),
        *("ada <ada@example.org>", "ada@@example.org", "é@example.org", "ada..b@x.be"),
    ),
    "password": (
        *("Correct-Horse-9", "  Spaced-Out-9  ", None, "", " ", "kort", "Kort-9"),
        *(
            "aaaaaaaaaaaaaaaa",
            "A1-" * 60,
            "tab\there-A-9999",
            "ÉÉÉÉéééé1111",
            "\x00" * 12,
        ),
    ),
    "level": ("Power User", "administrator", "User", "Chief", None, "", " power user "),
    "first_name": ("Ada", "", None, "A" * 200, "Ada\u200b", "http://x", "Zoë"),
    "last_name": ("Lovelace", "", None, "--", "D\u2019Hondt", "<b>"),
    "company_name": ("", None, "Compta Plus SRL", "!!!", "B" * 300),
    "phone": ("", None, "+32 2 123 45 67", "02 123 45 67", "abc", "+32", "1" * 60),
    "language": ("", None, "nl", "FR", "de"),
    "generate_password": BOX,
    "activate": BOX,
    "send_credentials": BOX,
    "notify_all_dossiers": BOX,
    "unknown": (None, "surplus"),
    "licence": (None, "WB-9999"),
}
SEVERAL = {
    "dossiers": ("KORENAAR", "LILAS", "", "not a number", "x" * 50),
    "roles": ("View.Admin", "connect. accountant", "View.User", "", "Root"),
}


def filled_in(chance: Random) -> Form:
    """
    Return a form as a browser sends it, right or wrong in every field.
    """
    form: list[tuple[str, str]] = []
    for name, texts in TEXTS.items():
        text = chance.choice(texts)
        form += [(name, text)] if text is not None else []
    for name, choices in SEVERAL.items():
        form += [(name, each) for each in chance.sample(choices, chance.randrange(3))]
    return form


FORMS = [filled_in(Random(number)) for number in range(500)]  # noqa: S311  No secrets.


class TestTheSameEverywhere:
    """
    A form gets the same problems in every framework.
    """

    @every_page
    def test_the_same_problems_on_the_same_fields(
        self, program: ModuleType, page: Page
    ) -> None:
        """
        Five hundred forms are refused, field by field, as the library refuses them.
        """
        said = [send(page, program, form).said for form in FORMS]

        assert [expected(page, form) for form in FORMS] == said

    @every_page
    def test_a_good_form_makes_a_user(self, program: ModuleType, page: Page) -> None:
        """
        What the page promises first: someone is created.
        """
        send(page, program, GOOD)

        assert ["ada@example.org"] == [
            user.winbooks_id.address
            for user in program.service.users(by=program.SIGNED_IN)
        ]

    @every_page
    def test_a_generated_password_is_handed_over(
        self, program: ModuleType, page: Page
    ) -> None:
        """
        When no mail takes it, the answer shows it: it signs its owner in.  [R58]
        """
        form = [(name, text) for name, text in GOOD if name != "password"]
        answer = send(
            page, program, [*form, ("generate_password", "on"), ("activate", "on")]
        )
        words = re.findall(r"[^\s<>\"']+", unescape(answer.raw.decode()))

        (ada,) = program.service.users(by=program.SIGNED_IN)
        assert 1 == sum(signs_in(ada, word) for word in words)

    @every_page
    def test_a_known_id_is_told_on_its_field(
        self, program: ModuleType, page: Page
    ) -> None:
        """
        What the state refuses lands on the field that it belongs to.
        """
        send(page, program, GOOD)
        answer = send(page, program, GOOD)

        assert {"winbooks_id": [page.says(Taken())]} == answer.said


def signs_in(user: PortalUser, password: str) -> bool:
    """
    Tell whether *password* is what *user* got.
    """
    if len(password) != GeneratedPassword().length:
        return False
    try:
        sys.modules["accounts"].portal.sign_in.verify(
            user.winbooks_id, Password(password)
        )
    except PasswordChangeRequired:
        return True  # The right one, which is good for a change only.
    except SignInRefused:
        return False
    raise AssertionError("a password that others have seen signs nobody in")


CANARY = "Canary-7f3a-Zq"


def wrong_in_every_way() -> Iterator[tuple[str, str, bytes]]:
    """
    Yield bodies that hold the canary as a password, by what is wrong with them.
    """
    # Mailed, so that no one hands it over by hand.
    good = dict(GOOD) | {"password": CANARY, "send_credentials": "on"}
    forms: dict[str, dict[str, str]] = {
        "nothing": good,
        "the password alone": {"password": CANARY},
        "a missing sibling": {name: good[name] for name in good if name != "level"},
        "an extra field": good | {"extra": "1"},
        "too short": good | {"password": CANARY[:9]},
        "too long": good | {"password": CANARY * 100},
        "a broken character": good | {"password": CANARY + "\x00"},
        "typed and generated": good | {"generate_password": "on"},
        "a wrong box": good | {"activate": "perhaps"},
        "a wrong choice": good | {"level": "Chief", "roles": "Root"},
    }
    for what, form in forms.items():
        yield what, WEB_FORM, urlencode(form).encode()
        yield what, JSON, json.dumps(form).encode()
    web, plain = urlencode(good).encode(), json.dumps(good).encode()
    yield "bad encoding", WEB_FORM, web + b"%ff\xff"
    yield "bad encoding", JSON, plain[:-1] + b"\xff}"
    yield "no JSON", JSON, plain[:-1]
    yield "another kind of body", "text/plain", web
    yield "the secret twice", WEB_FORM, web + b"&password=" + CANARY.encode()
    for what, password in {
        "a list": [CANARY],
        "an object": {"text": CANARY},
        "half a pair": CANARY + "\ud800",
    }.items():
        yield what, JSON, json.dumps(good | {"password": password}).encode()
    yield "no object but a list", JSON, json.dumps([good]).encode()
    yield "no object but text", JSON, json.dumps(CANARY).encode()
    file = f'--b\r\nContent-Disposition: form-data; name="password"; filename="p"\r\n\r\n{CANARY}\r\n--b--\r\n'
    yield "a file", "multipart/form-data; boundary=b", file.encode()


class TestNothingLeaks:
    """
    A secret comes back in no answer and gets into no log.  [R19]
    """

    @every_page
    def test_the_secret_is_nowhere(
        self,
        program: ModuleType,
        page: Page,
        caplog: pytest.LogCaptureFixture,
        capfd: pytest.CaptureFixture[str],
    ) -> None:
        """
        Whatever is wrong with a form, no byte of the answer or the log tells.
        """
        caplog.set_level(0)

        answers = {
            f"{what} as {kind}": page.ask(program, kind, body)
            for what, kind, body in wrong_in_every_way()
        }

        assert [] == [
            what
            for what, answer in answers.items()
            if CANARY[:9].encode() in answer.raw or answer.status >= 500
        ]
        assert CANARY[:9] not in "".join(capfd.readouterr()) + caplog.text
