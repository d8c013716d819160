"""
The product of the page on plain HTML: a form that the browser builds, by keyboard.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, Page, Route, expect

from browsing import tab_to
from winbooks_identity.forms.description import FormDescription
from winbooks_identity.forms.new_user import NewEmployee
from winbooks_identity.phone import PhoneNumber
from winbooks_identity.problems import Missing
from winbooks_identity.texts import text
from winbooks_identity.winbooks_id import WinBooksId


#: Chromium starts.
pytestmark = pytest.mark.slow

HOW_TO = Path(__file__).parents[2] / "docs" / "how-to"
PAGE = (HOW_TO / "plain-html.md").read_text("utf-8")
SITE = "http://product.example"
POLICY = "default-src 'self'; require-trusted-types-for 'script'"


#: Refuses a password that is off the form, what is only shown, and a choice.
ODD = {
    "errors": [
        {"pointer": f"#/{name}", "code": "odd", "params": {}, "detail": "Niets."}
        for name in ("dossiers/0", "", "licence", "password")
    ]
}
ODD_PLACES = [
    f"{text(f'form.{name}', 'nl', translator=None)} \u2013 Niets."
    for name in ("password", "licence", "dossiers")
]


def blocks(language: str, starting: str = "") -> list[str]:
    """
    Return the blocks of code of the page in *language* that have that start.
    """
    found = re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
    return [code for code in found if code.startswith(starting)]


@pytest.fixture
def program(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """
    Run the code of the page.
    """
    monkeypatch.syspath_prepend(HOW_TO / "examples")
    module = ModuleType("how_to_plain_html")
    monkeypatch.setitem(sys.modules, module.__name__, module)
    for code in blocks("python"):
        exec(compile(code, "plain-html.md", "exec"), module.__dict__)  # noqa: S102  Our own page.
    yield module
    sys.modules.pop("accounts", None)


@pytest.fixture
def page(program: ModuleType, browser: Browser) -> Iterator[Page]:
    """
    Open the page of the product; nothing may go wrong in it.
    """
    (html,) = blocks("html", "<!doctype html>")
    (script,) = blocks("js", "const form =")
    (style,) = blocks("css")
    files = {
        "/": ("text/html", html),
        "/new-employee.mjs": ("text/javascript", script),
        "/new-employee.css": ("text/css", style),
    }
    client = TestClient(program.product)
    errors: list[str] = []

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(SITE)
        if path in files:
            kind, body = files[path]
            headers = {"Content-Type": kind, "Content-Security-Policy": POLICY}
            route.fulfill(body=body, headers=headers)
            return
        answered = client.request(
            route.request.method,
            path,
            content=route.request.post_data_buffer,
            headers=route.request.headers,
        )
        route.fulfill(
            status=answered.status_code,
            body=answered.content,
            headers=dict(answered.headers),
        )

    context = browser.new_context(locale="nl-BE")
    opened = context.new_page()
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on(
        "console",
        lambda said: errors.append(said.text) if "Policy" in said.text else None,
    )
    opened.route("**/*", answer)
    opened.goto(SITE)
    yield opened
    context.close()
    client.close()
    assert [] == errors


def typed(page: Page, **values: str) -> None:
    """
    Fill fields in, and send the form.
    """
    for name, value in values.items():
        tab_to(page, name)
        page.keyboard.type(value)
    page.keyboard.press("Enter")


def violations(page: Page) -> object:
    """
    Return what axe finds, and where.
    """
    return [
        (each["id"], [node["target"] for node in each["nodes"]])
        for each in Axe().run(page).response["violations"]
    ]


def generate_the_password(page: Page) -> None:
    """
    The box takes the password off the form, gives it back, and takes it again.
    """
    password = page.locator("#password")
    tab_to(page, "generate_password")
    page.keyboard.press("Space")
    expect(password).to_be_hidden()
    expect(password).to_be_disabled()
    page.keyboard.press("Space")
    expect(password).to_be_visible()
    page.keyboard.press("Space")


def follow_odd_refusals(page: Page) -> None:
    """
    Whatever is refused, its link leads to what can be used.
    """
    summary = page.locator("#form-summary")
    page.locator("winbooks-id-form").evaluate(
        "(form, answer) => form.refuse(answer)", ODD
    )
    assert ["Niets.", *ODD_PLACES] == summary.locator("li").all_inner_texts()
    for name, place in zip(
        ODD_PLACES, ("generate_password", "licence", "dossiers-0"), strict=True
    ):
        summary.get_by_role("link", name=name).click()
        expect(page.locator(f"#{place}")).to_be_focused()
    page.locator("winbooks-id-form").evaluate("form => form.refuse(null)")
    expect(summary.locator("li")).to_have_text(
        text("unavailable", "nl", translator=None)
    )


def test_a_user_is_made_by_keyboard(program: ModuleType, page: Page) -> None:
    """
    Refused in the browser, then by the server, then made; each time the focus moves.
    """
    form = FormDescription.of(
        NewEmployee,
        licence=program.service.licence(by=program.SIGNED_IN),
        dossiers=program.service.dossiers(by=program.SIGNED_IN),
    )
    summary = page.locator("#form-summary")
    phone, password = page.locator("#phone"), page.locator("#password")
    expect(page.get_by_label(form["winbooks_id"].label("nl"))).to_be_visible()
    expect(phone).to_have_accessible_description(form["phone"].help("nl"))
    expect(phone).to_have_accessible_name(f"{form['phone'].label('nl')} facultatief")
    assert "new-password" == password.get_attribute("autocomplete")
    required = page.locator("[required]").evaluate_all("all => all.map(one => one.id)")
    assert ["winbooks_id", "password", "level", "first_name", "last_name"] == required
    expect(page.get_by_role("group", name=re.compile("dossiers"))).to_be_visible()
    assert [] == violations(page)

    # Nothing is filled in: the browser says so, with the server's sentences.
    typed(page, winbooks_id="")
    expect(summary).to_be_focused()
    expect(summary).to_have_accessible_name("Er moet iets verbeterd worden.")
    expect(summary.get_by_role("link")).to_have_text(
        [
            f"{form[name].label('nl')} \u2013 {Missing().message('nl')}"
            for name in required
        ]
    )
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    ada = page.locator("#winbooks_id")
    expect(ada).to_be_focused()
    expect(ada).to_have_attribute("aria-invalid", "true")
    expect(ada).to_have_accessible_description(
        f"{form['winbooks_id'].help('nl')} {Missing().message('nl')}"
    )
    assert SITE + "/" == page.url
    assert [] == violations(page)

    generate_the_password(page)
    follow_odd_refusals(page)

    # The server refuses what a browser cannot know.
    tab_to(page, "level")
    page.keyboard.type("Power")
    tab_to(page, "dossiers-1")
    page.keyboard.press("Space")
    tab_to(page, "first_name")
    page.keyboard.type("Ada")
    typed(page, last_name="Lovelace", phone="12", winbooks_id="ada")
    expect(phone).to_have_attribute("aria-invalid", "true")
    expect(summary).to_be_focused()
    expect(summary.get_by_role("link")).to_have_text(
        [
            f"{form[name].label('nl')} \u2013 {problem.message('nl')}"
            for name, problems in (
                ("winbooks_id", WinBooksId.check("ada")),
                ("phone", PhoneNumber.check("12")),
            )
            for problem in problems
        ]
    )
    expect(page.locator("#first_name")).not_to_have_attribute("aria-invalid", "true")

    tab_to(page, "phone")
    page.keyboard.press("Delete")
    typed(page, winbooks_id="ada@example.org")
    shown = page.locator("main > [role=status]")
    expect(shown).to_contain_text("ada@example.org ")
    (made,) = program.service.users(by=program.SIGNED_IN)
    assert "Ada Lovelace" == f"{made.first_name.text} {made.last_name.text}"
    expect(page.locator("form")).to_have_count(0)
