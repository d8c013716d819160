"""
The Portal's pages that people can try, in a real browser, without a mouse.
"""

import pytest
from playwright.sync_api import expect

from browsing import LANGUAGES, Open, fill, follow, tab_to
from portal_demonstration import CHOSEN, ELS, LUC, MARC, SOFIE
from winbooks_identity import PasswordPolicy
from winbooks_identity.texts import text


@pytest.mark.slow  # A page load takes a moment, and there are many.
@pytest.mark.parametrize("language", LANGUAGES)
class TestByKeyboard:
    """
    No one needs a mouse, in any language.
    """

    def test_an_office_at_work(
        self, open_tab: Open, fresh_site: str, language: str
    ) -> None:
        """
        An Administrator signs in, makes a user, and deactivates one who is there.
        """
        marc, els = open_tab(fresh_site, language), open_tab(fresh_site, language)
        marc.goto(fresh_site)
        fill(marc, winbooks_id=MARC, password="Fietstas-Regen-12")
        expect(marc.locator(".people")).to_be_visible()
        els.goto(fresh_site)
        fill(els, winbooks_id=ELS, password="Tuinstoel-Blauw-7")

        follow(els, "/new/employee")
        tab_to(els, "winbooks_id")
        els.keyboard.type("ada@kantoor.example.org")
        tab_to(els, "generate")
        with els.expect_response("**/generate"):
            els.keyboard.press("Enter")
        tab_to(els, "level")
        els.keyboard.press("P")
        for box in ("send_credentials", "KORENAAR", "View.Admin"):
            tab_to(els, box)
            els.keyboard.press("Space")
        fill(els, first_name="Ada", last_name="Lovelace")
        expect(els.locator("#created")).to_be_focused()
        follow(els, "/mails")
        assert "ada@kantoor.example.org" in els.inner_text(".mail[open] dl")

        els.goto(fresh_site)
        fill(els, q="dubois")
        follow(els, f"/users/{MARC}")
        follow(els, f"/users/{MARC}/deactivate")
        tab_to(els, "take")
        els.keyboard.press("Enter")
        expect(els.locator(".flash")).to_be_visible()

        marc.reload()
        assert text("session.ended", language) == marc.inner_text("main .notice")

    def test_people_and_their_passwords(
        self, open_tab: Open, fresh_site: str, language: str
    ) -> None:
        """
        An initial one is changed first; a forgotten one is chosen anew by a link.
        """
        page = open_tab(fresh_site, language)
        page.goto(fresh_site)
        fill(page, winbooks_id=SOFIE, password="Zonnebloem-Trap-3")
        tab_to(page, "current_password")
        page.keyboard.type("Zonnebloem-Trap-3")
        tab_to(page, "password")
        page.keyboard.type("Kort-9")
        problems = PasswordPolicy().check("Kort-9")
        said = " ".join(each.message(language) for each in problems)
        expect(page.locator(".live")).to_have_text(said)
        with page.expect_navigation():
            page.keyboard.press("Enter")
        expect(page.locator("#summary")).to_be_focused()
        assert "Kort-9" not in page.content()
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.locator("#password")).to_be_focused()
        page.keyboard.press("Shift+Tab")
        page.keyboard.type("Zonnebloem-Trap-3")
        fill(page, password=CHOSEN)
        expect(page.locator(".people")).to_be_visible()

        page.context.clear_cookies(name="session")
        page.goto(fresh_site)
        follow(page, "/login/forgotten-password")
        fill(page, winbooks_id=LUC)
        follow(page, "/mails")
        follow(page, "/login/set-password")
        fill(page, password=CHOSEN)
        follow(page, "/login/sign-in")
        fill(page, winbooks_id=LUC, password=CHOSEN)
        expect(page.locator(".people")).to_be_visible()
