"""
The Portal's pages that people can try, in a real browser, whatever it is like.
"""

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page, expect

from browsing import LANGUAGES, PHONE, Open, fill
from portal_demonstration import CANARY, ELS, INGRID, LUC
from winbooks_identity import PasswordPolicy


EVERY_PAGE = (
    "",
    f"/users/{LUC}",
    f"/users/{ELS}/deactivate",
    f"/users/{INGRID}/revoke_dossiers",
    f"/login/users/{INGRID}",
    "/login/change-password",
    "/login/forgotten-password",
    "/mails",
)

#: The rest takes a third of the time.
ONLY_VIOLATIONS = {"resultTypes": ["violations"]}


def violations(page: Page) -> list[object]:
    """
    Return what the page does against WCAG, as far as a program can tell.
    """
    found = Axe().run(page, options=ONLY_VIOLATIONS).response["violations"]
    return [(page.url, each["id"], each["nodes"]) for each in found]


class TestEveryBrowser:
    """
    The pages keep to WCAG, work on a phone and in the dark, and without their script.
    """

    @pytest.mark.slow  # Each page is looked at for half a second.
    @pytest.mark.parametrize(
        "language, options, addresses",
        [
            ("nl", {}, EVERY_PAGE),
            ("fr", {"viewport": PHONE}, EVERY_PAGE[:2]),
            ("en", {"color_scheme": "dark"}, EVERY_PAGE[:2]),
        ],
    )
    def test_nothing_is_found(
        self,
        open_tab: Open,
        site: str,
        language: str,
        options: dict[str, object],
        addresses: tuple[str, ...],
    ) -> None:
        """
        Neither a list, a user, a form nor a refused one has a violation.
        """
        page = open_tab(site, language, **options)
        page.goto(site)
        fill(page, winbooks_id=ELS, password=CANARY)
        found = violations(page)
        assert CANARY not in page.content()
        fill(page, winbooks_id=ELS, password="Tuinstoel-Blauw-7")

        for address in (*addresses, "/new/employee"):
            page.goto(f"{site}{address}")
            found += violations(page)
        page.click("form .actions .button")
        found += violations(page)

        assert [] == found

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_nothing_sticks_out(self, open_tab: Open, site: str, language: str) -> None:
        """
        No one has to scroll sideways, on the smallest phone either.
        """
        page = open_tab(site, language, viewport={"width": 320, "height": 640})
        page.goto(site)
        wide = []
        page.get_by_role("button", name="Els Peeters").click()
        for address in ("", f"/users/{ELS}", "/mails", "/new/end-customer"):
            page.goto(f"{site}{address}")
            wide.append(page.evaluate("document.documentElement.scrollWidth"))

        assert {320} == {*wide}

    def test_a_user_is_created_without_script(
        self, open_tab: Open, fresh_site: str
    ) -> None:
        """
        A box stands in for the generate button.
        """
        plain = open_tab(fresh_site, "en", java_script_enabled=False)
        plain.goto(fresh_site)
        plain.get_by_role("button", name="Els Peeters").click()
        plain.goto(f"{fresh_site}/new/employee")
        plain.fill("#winbooks_id", "edsger@example.org")
        plain.check("#generate_password")
        plain.select_option("#level", "Power User")
        plain.fill("#first_name", "Ada")
        plain.fill("#last_name", "Lovelace")

        plain.click("form .actions .button")

        assert () == PasswordPolicy().check(plain.inner_text("#once"))

    def test_the_form_helps(self, open_tab: Open, site: str) -> None:
        """
        A button explains the levels; both roles of staff are asked for.
        """
        page = open_tab(site, "nl")
        page.goto(site)
        page.get_by_role("button", name="Els Peeters").click()
        page.goto(f"{site}/new/employee")
        button = page.get_by_role("button", name="Uitleg bij de niveaus")
        button.focus()

        page.keyboard.press("Enter")
        expect(page.locator("#level-help")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.locator("#level-help")).to_be_hidden()
        expect(button).to_be_focused()
        page.check("[value='View.Admin']")
        assert "Connect.Accountant" in page.inner_text("#readiness")
        page.check("[value='Connect.Accountant']")

        assert "Klaar voor de digitale producten." == page.inner_text("#readiness")
