"""
How does a person without a mouse get about in a page?
"""

from collections.abc import Callable
from typing import Final

import pytest
from playwright.sync_api import Page, ViewportSize


__all__ = ["DESKTOP", "LANGUAGES", "PHONE", "Open", "fill", "follow", "tab_to"]

LANGUAGES: Final = ("nl", "fr", "en")
DESKTOP: Final = ViewportSize(width=1280, height=900)
PHONE: Final = ViewportSize(width=390, height=844)

#: Opens the browser of someone else on a site, in a language.
Open = Callable[..., Page]


def tab_to(page: Page, name: str) -> None:
    """
    Press the tabulator until the element with that id, value or address is focused.
    """
    for _ in range(60):
        focused = page.evaluate(
            "(({id, value, pathname}) => [id, value, decodeURIComponent(pathname)])(document.activeElement)"
        )
        if name in focused:
            return
        page.keyboard.press("Tab")
    pytest.fail(f"the keyboard does not reach {name}")


def fill(page: Page, **values: str) -> None:
    """
    Fill a form in and send it without touching the mouse.
    """
    for name, value in values.items():
        tab_to(page, name)
        page.keyboard.type(value)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def follow(page: Page, address: str) -> None:
    """
    Go to a link by keyboard.
    """
    tab_to(page, address)
    with page.expect_navigation():
        page.keyboard.press("Enter")
