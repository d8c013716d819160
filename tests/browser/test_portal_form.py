"""
The page that people can try, in a real browser, as a new user would.

It runs in Chromium, by keyboard alone where that is what is tested, and leaves the
pictures that the README and the documentation show.
"""

import importlib.util
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from types import ModuleType

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page, Request, expect, sync_playwright

from winbooks_identity.passwords import PasswordPolicy
from winbooks_identity.texts import text


ROOT = Path(__file__).parents[2]
PICTURES = ROOT / "docs" / "images"
FLAGS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-sync",
    "--no-first-run",
    "--no-sandbox",
)
LANGUAGES = ("nl", "fr", "en")
SECRET = "Canary-7f3a-Zq"


@pytest.fixture(scope="module")
def example() -> ModuleType:
    """
    Import the page's one file.
    """
    file = ROOT / "docs" / "examples" / "portal_form.py"
    spec = importlib.util.spec_from_file_location("portal_form", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@contextmanager
def served(example: ModuleType, folder: Path) -> Iterator[str]:
    """
    Serve the page on an office in *folder* and a free port; yield where.
    """
    with example.open_office(folder / "office.sqlite", new=True) as portal:
        app = example.make_app(example.Page(portal))
        server = example.make_server(example.HOST, 0, app, threaded=True)
        serving = Thread(target=server.serve_forever)
        serving.start()
        yield f"http://{example.HOST}:{server.server_port}"
        server.shutdown()
        serving.join()
        server.server_close()


@pytest.fixture(scope="module")
def site(
    example: ModuleType, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """
    Serve the page for all tests.
    """
    with served(example, tmp_path_factory.mktemp("office")) as address:
        yield address


@pytest.fixture
def fresh_site(example: ModuleType, tmp_path: Path) -> Iterator[str]:
    """
    Serve the page for one test, with no one but the Administrator.
    """
    with served(example, tmp_path) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """
    Start Chromium; it has to be there.
    """
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    assert chromium is not None, "install Chromium: apt-get install chromium"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """
    Open a tab at the width of a desktop, which nothing may go wrong in.
    """
    tab = browser.new_page(viewport={"width": 1280, "height": 900})
    errors: list[str] = []
    tab.on("pageerror", lambda error: errors.append(str(error)))
    yield tab
    tab.close()
    assert [] == errors


def tab_to(page: Page, name: str) -> None:
    """
    Press the tabulator until the element with that id or value has the focus.
    """
    for _ in range(60):
        focused = page.evaluate(
            "[document.activeElement.id, document.activeElement.value]"
        )
        if name in focused:
            return
        page.keyboard.press("Tab")
    pytest.fail(f"the keyboard does not reach {name}")


def fill_in_by_keyboard(page: Page, winbooks_id: str) -> None:
    """
    Fill the form in and save it without touching the mouse.
    """
    tab_to(page, "winbooks_id")
    page.keyboard.type(winbooks_id)
    tab_to(page, "generate")
    with page.expect_response("**/generate"):
        page.keyboard.press("Enter")
    tab_to(page, "level")
    page.keyboard.press("P")
    tab_to(page, "send_credentials")
    page.keyboard.press("Space")
    for choice in ("KORENAAR", "Connect.Accountant", "View.Admin"):
        tab_to(page, choice)
        page.keyboard.press("Space")
    tab_to(page, "first_name")
    page.keyboard.type("Ada")
    tab_to(page, "last_name")
    page.keyboard.type("Lovelace")
    page.keyboard.press("Enter")


class TestByKeyboard:
    """
    No one needs a mouse.
    """

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_a_user_is_created(self, page: Page, site: str, language: str) -> None:
        """
        Someone fills the form in, and lands on what was made of it.
        """
        page.goto(f"{site}/{language}/employee")

        fill_in_by_keyboard(page, f"ada.{language}@example.org")

        expect(page.locator("#created")).to_be_focused()
        assert f"ada.{language}@example.org" in page.inner_text("aside")
        assert f"ada.{language}@example.org" in page.inner_text(".mail")

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_a_refusal_leads_to_the_first_wrong_field(
        self, page: Page, site: str, language: str
    ) -> None:
        """
        The summary has the focus; its links go to the fields.
        """
        page.goto(f"{site}/{language}/employee")
        tab_to(page, "winbooks_id")
        page.keyboard.type("ada@@example.org")
        with page.expect_response(f"**/{language}/employee") as answer:
            page.keyboard.press("Enter")
        expect(page.locator("#summary")).to_be_focused()

        page.keyboard.press("Tab")
        page.keyboard.press("Enter")

        assert 422 == answer.value.status
        expect(page.locator("#winbooks_id")).to_be_focused()

    def test_the_levels_are_explained_by_a_button(self, page: Page, site: str) -> None:
        """
        Enter opens the help, Escape closes it, and the focus is where it was.
        """
        page.goto(f"{site}/nl/employee")
        button = page.get_by_role("button", name="Uitleg bij de niveaus")
        button.focus()

        page.keyboard.press("Enter")
        opened = page.locator("#level-help").is_visible()
        page.keyboard.press("Escape")

        assert (True, False) == (opened, page.locator("#level-help").is_visible())
        assert button.evaluate("button => button === document.activeElement")


class TestWhatIsSaid:
    """
    Every reader gets their own language, a screen reader's included.
    """

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_every_field_has_its_name(
        self, page: Page, site: str, language: str
    ) -> None:
        """
        The labels of the Portal belong to the fields, not only stand beside them.
        """
        page.goto(f"{site}/{language}/end-customer")

        for name in ("winbooks_id", "password", "level", "first_name", "phone"):
            label = text(f"form.{name}", language)
            assert page.get_by_label(label).first.is_visible()
        assert language == page.get_attribute("html", "lang")

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_the_rules_are_told_while_typing(
        self, page: Page, site: str, language: str
    ) -> None:
        """
        What is still missing is said when the typing pauses.
        """
        page.goto(f"{site}/{language}/employee")
        page.focus("#password")

        page.keyboard.type("Kort-9")
        expect(page.locator("#password-live")).not_to_be_empty()

        problems = PasswordPolicy().check("Kort-9")
        assert " ".join(each.message(language) for each in problems) == (
            page.text_content("#password-live")
        )
        assert [False, True, True] == page.eval_on_selector_all(
            "#rules li", "rules => rules.map(rule => rule.classList.contains('kept'))"
        )

    def test_both_staff_roles_are_asked_for(self, page: Page, site: str) -> None:
        """
        With one of them the notice names the other; with both it is glad.
        """
        page.goto(f"{site}/nl/employee")

        page.check("[value='View.Admin']")
        one = page.inner_text("#readiness")
        page.check("[value='Connect.Accountant']")

        assert "Connect.Accountant" in one
        assert "Klaar voor de digitale producten." == page.inner_text("#readiness")

    def test_the_licence_is_shown_and_not_typed(self, page: Page, site: str) -> None:
        """
        The full name of the firm stands there; nothing takes another one.  [R31]
        """
        page.goto(f"{site}/nl/employee")

        assert "Fiduciaire Peeters & Dubois BV" == page.inner_text("#licence")
        assert 0 == page.locator("[name=licence]").count()


class TestAccessibility:
    """
    The page keeps to WCAG, as far as a program can tell.
    """

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("kind", ["employee", "end-customer"])
    def test_nothing_is_found(
        self, page: Page, site: str, language: str, kind: str
    ) -> None:
        """
        Neither an untouched form nor a refused one has a violation.
        """
        page.goto(f"{site}/{language}/{kind}")
        untouched = Axe().run(page).response["violations"]
        page.click("form .button")
        page.wait_for_selector("#summary")
        refused = Axe().run(page).response["violations"]

        assert [] == [(each["id"], each["nodes"]) for each in untouched + refused]

    def test_nothing_is_found_in_the_end(self, page: Page, site: str) -> None:
        """
        Nor has the page that shows who was created.
        """
        page.goto(f"{site}/nl/employee")
        fill_in_by_keyboard(page, "grace@example.org")
        page.wait_for_selector("#created")

        found = Axe().run(page).response["violations"]

        assert [] == [(each["id"], each["nodes"]) for each in found]


class TestDiscretion:
    """
    The page keeps to itself what it is told.
    """

    def test_a_refused_password_is_not_written_back(
        self, page: Page, site: str
    ) -> None:
        """
        The field is empty again, and the page does not have the secret.  [R19]
        """
        page.goto(f"{site}/nl/employee")
        page.fill("#password", SECRET)

        page.click("form .button")
        page.wait_for_selector("#summary")

        assert SECRET not in page.content()
        assert "" == page.input_value("#password")

    def test_nothing_is_kept_and_nothing_is_fetched_elsewhere(
        self, page: Page, site: str
    ) -> None:
        """
        Every answer comes from the page itself, is not cached, and names what may run.
        """
        asked: list[Request] = []
        page.on("requestfinished", lambda one: asked.append(one))  # noqa: PLW0108  Needs attributes.

        page.goto(f"{site}/fr/employee")
        page.click("#generate")
        expect(page.locator("#password")).not_to_have_value("")
        headers = [request.response().all_headers() for request in asked]  # type: ignore[union-attr]

        assert {True} == {request.url.startswith(site) for request in asked}
        assert {"no-store"} == {each["cache-control"] for each in headers}
        assert {True} == {
            each["content-security-policy"].startswith("default-src 'none'")
            for each in headers
        }

    def test_another_site_cannot_post(self, page: Page, site: str) -> None:
        """
        A form elsewhere that points here is turned away.
        """
        answer = page.request.post(
            f"{site}/generate", headers={"Sec-Fetch-Site": "cross-site"}
        )

        assert 403 == answer.status


class TestEveryBrowser:
    """
    The page works on a phone, and without its script.
    """

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("width", [320, 390, 768, 1280])
    def test_nothing_sticks_out(
        self, page: Page, site: str, language: str, width: int
    ) -> None:
        """
        No one has to scroll sideways, whatever is wrong.
        """
        page.set_viewport_size({"width": width, "height": 844})
        page.goto(f"{site}/{language}/employee")

        page.click("form .button")
        page.wait_for_selector("#summary")

        assert width >= page.evaluate("document.documentElement.scrollWidth")

    def test_a_user_is_created_without_script(
        self, browser: Browser, site: str
    ) -> None:
        """
        A box stands in for the generate button.
        """
        plain = browser.new_page(java_script_enabled=False)
        plain.goto(f"{site}/en/employee")
        plain.fill("#winbooks_id", "edsger@example.org")
        plain.check("#generate_password")
        plain.select_option("#level", "Power User")
        plain.fill("#first_name", "Ada")
        plain.fill("#last_name", "Lovelace")

        plain.click("form .button")
        password = plain.inner_text("#once")
        plain.close()

        assert () == PasswordPolicy().check(password)


class TestPictures:
    """
    The documentation shows the page as it is.
    """

    def test_refused_in_dutch(self, page: Page, fresh_site: str) -> None:
        """
        A refused form on a desktop.
        """
        page.goto(f"{fresh_site}/nl/employee")
        page.fill("#winbooks_id", "ada@@kantoor.example.org")
        page.fill("#password", "Kort-9")

        page.click("form .button")
        page.wait_for_selector("#summary")
        page.screenshot(path=PICTURES / "portal-form-refused.png")

        assert (PICTURES / "portal-form-refused.png").stat().st_size < 150_000

    def test_filled_in_in_french(self, page: Page, fresh_site: str) -> None:
        """
        A form on a phone, with its live list of rules.
        """
        page.set_viewport_size({"width": 390, "height": 844})
        page.goto(f"{fresh_site}/fr/employee")
        page.fill("#winbooks_id", "ada@kantoor.example.org")
        page.fill("#password", "Correct-Horse-9")

        page.locator("#password").blur()
        page.screenshot(path=PICTURES / "portal-form-phone.png")

        assert (PICTURES / "portal-form-phone.png").stat().st_size < 150_000

    def test_created_in_english(self, page: Page, fresh_site: str) -> None:
        """
        What follows a form that was accepted.
        """
        page.goto(f"{fresh_site}/en/employee")
        page.fill("#winbooks_id", "ada@kantoor.example.org")
        page.fill("#password", "Correct-Horse-9")
        page.select_option("#level", "Power User")
        page.check("[value='View.Admin']")
        page.fill("#first_name", "Ada")
        page.fill("#last_name", "Lovelace")

        page.click("form .button")
        page.wait_for_selector("#created")
        page.set_viewport_size({"width": 1280, "height": 700})
        page.screenshot(path=PICTURES / "portal-form-created.png")

        assert (PICTURES / "portal-form-created.png").stat().st_size < 150_000
