"""
What do the tests in a real browser share?
"""

import shutil
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright
from werkzeug.serving import make_server

from browsing import DESKTOP, Open
from portal_demonstration import Demonstration, demonstration_in


FLAGS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-sync",
    "--no-first-run",
    "--no-sandbox",
)


@pytest.fixture(scope="module")  # Its event loop must not outlive the module.
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


def serve(demonstration: Demonstration) -> Iterator[str]:
    """
    Serve the pages on a free port; yield where.
    """
    server = make_server("127.0.0.1", 0, demonstration.app, threaded=True)
    serving = Thread(target=server.serve_forever)
    serving.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    serving.join()
    server.server_close()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """
    Serve an office in which no one else works.
    """
    with demonstration_in(tmp_path_factory.mktemp("office")) as demonstration:
        yield from serve(demonstration)


@pytest.fixture
def fresh_site(tmp_path: Path) -> Iterator[str]:
    """
    Serve an office for one test.
    """
    with demonstration_in(tmp_path) as demonstration:
        yield from serve(demonstration)


@pytest.fixture
def open_tab(browser: Browser) -> Iterator[Open]:
    """
    Return what opens a browser of someone else, in which nothing may go wrong.
    """
    errors: list[str] = []
    contexts = []

    def blocked(said: ConsoleMessage) -> None:
        # A form that was refused is an error to the console, too.
        if "Security Policy" in said.text:
            errors.append(said.text)

    def opened(site: str, language: str, **options: object) -> Page:
        context = browser.new_context(**{"viewport": DESKTOP, **options})  # type: ignore[arg-type] # Playwright's own.
        contexts.append(context)
        context.add_cookies([{"name": "language", "value": language, "url": site}])
        tab = context.new_page()
        tab.on("pageerror", lambda error: errors.append(str(error)))
        tab.on("console", blocked)
        return tab

    yield opened
    for context in contexts:
        context.close()
    assert [] == errors
