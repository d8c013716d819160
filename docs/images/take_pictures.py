"""
How do the pictures of the Portal's pages come about?

    uv run --all-extras python docs/images/take_pictures.py

It takes Chromium.
"""

import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Final

from playwright.sync_api import Page, ViewportSize, sync_playwright
from werkzeug.serving import make_server


PICTURES: Final = Path(__file__).parent
DESKTOP: Final = ViewportSize(width=1280, height=900)
PHONE: Final = ViewportSize(width=390, height=844)


def take_all(site: str, page: Page) -> None:
    """
    Take every picture of the pages at *site*.
    """

    def take(name: str, language: str, address: str) -> None:
        page.goto(f"{site}/language/{language}?next={address}")
        page.screenshot(path=PICTURES / f"portal-{name}.png")

    take("sign-in", "fr", "/login/sign-in")
    page.get_by_role("button", name="Els Peeters").click()
    take("users", "nl", "/")
    take("user", "nl", "/users/luc@lilas.example.com")
    page.goto(f"{site}/new/employee")
    page.fill("#winbooks_id", "ada@@kantoor.example.org")
    page.fill("#password", "Kort-9")
    page.click("form .actions .button")
    page.screenshot(path=PICTURES / "portal-form-refused.png")
    page.set_viewport_size(PHONE)
    take("users-phone", "en", "/")
    page.goto(f"{site}/login/change-password")
    page.fill("#password", "Correct-Horse")
    page.locator("#password").blur()
    page.screenshot(path=PICTURES / "portal-password-phone.png")


def main() -> None:
    """
    Serve the demonstration, and take the pictures of it.
    """
    sys.path.insert(0, str(PICTURES.parent / "examples"))
    from portal.app import make_app  # noqa: PLC0415  It is found there.
    from portal.demonstration import invented_office  # noqa: PLC0415  Likewise.

    with (
        TemporaryDirectory() as folder,
        invented_office(Path(folder)) as office,
        sync_playwright() as playwright,
    ):
        server = make_server("127.0.0.1", 0, make_app(*office), threaded=True)
        Thread(target=server.serve_forever, daemon=True).start()
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        tab = browser.new_page(viewport=DESKTOP)
        take_all(f"http://127.0.0.1:{server.server_port}", tab)
        browser.close()
        server.shutdown()


if __name__ == "__main__":
    main()
