"""
The element that tells the rules of a password, in a page of a product's own.
"""

import json

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Route, expect

from winbooks_identity.passwords import PasswordPolicy
from winbooks_identity.passwords.browser import element_module, es_module


POLICY = PasswordPolicy()
SITE = "http://product.example/"

PAGE = """
<!doctype html>
<html lang="nl">
<title>Wachtwoord</title>
<main>
<h1>Wachtwoord</h1>
<form>
  <winbooks-id-password>
    <label for="password">Wachtwoord</label>
    <input type="password" id="password" name="password">
    <script type="application/json">DESCRIPTION</script>
  </winbooks-id-password>
  <button>Bewaren</button>
</form>
</main>
<script type="module" src="/password-element.mjs"></script>
"""

FILES = {
    "": (
        "text/html",
        PAGE.replace("DESCRIPTION", json.dumps(POLICY.description("nl"))),
    ),
    "password-element.mjs": ("text/javascript", element_module()),
    "password-policy.mjs": ("text/javascript", es_module()),
}


def answer(route: Route) -> None:
    """
    Serve the page and its two modules.
    """
    kind, body = FILES.get(route.request.url.removeprefix(SITE), ("text/plain", ""))
    route.fulfill(body=body, content_type=f"{kind}; charset=utf-8")


@pytest.mark.slow  # Chromium starts.
def test_the_rules_are_told_while_typing(browser: Browser) -> None:
    """
    By keyboard: each rule has its state, the field its description and its fault.
    """
    page = browser.new_page()
    page.route("**/*", answer)
    page.goto(SITE)
    field, rules = page.locator("#password"), page.locator("li")
    expect(rules).to_have_text(list(POLICY.help("nl")))
    expect(field).to_have_accessible_description(" ".join(POLICY.help("nl")))

    field.focus()
    page.keyboard.type("Kort-9")

    said = " ".join(each.message("nl") for each in POLICY.check("Kort-9"))
    states = "found => found.map(rule => rule.dataset.state)"
    assert ["broken", "kept", "kept"] == rules.evaluate_all(states)
    assert "true" == field.get_attribute("aria-invalid")
    assert said == field.evaluate("field => field.validationMessage")
    expect(page.get_by_role("status")).to_have_text(said)
    assert [] == Axe().run(page).response["violations"]

    page.keyboard.type("-lang-genoeg")

    assert ["kept", "kept", "kept"] == rules.evaluate_all(states)
    assert "false" == field.get_attribute("aria-invalid")
    assert field.evaluate("field => field.form.checkValidity()")
    page.close()
