"""
What all login pages share, whatever the framework.
"""

import pytest

from winbooks_identity.adapters import login_pages
from winbooks_identity.adapters.login_pages import EDIT_USER, SIGN_IN, LoginPage
from winbooks_identity.adapters.login_steps import own_place
from winbooks_identity.passwords import PasswordPolicy
from winbooks_identity.texts import LANGUAGES


PAGES = [page for page in vars(login_pages).values() if isinstance(page, LoginPage)]


class TestPages:
    """
    Every page says what it is for, in every language.
    """

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_every_text_is_there(self, language: str) -> None:
        """
        A heading, a button, and a label beside each field that is seen.
        """
        texts = [
            text
            for page in PAGES
            for text in (
                page.title(language),
                page.button(language),
                *(each.label(language) for each in page.fields if not each.is_hidden),
            )
        ]

        assert 6 == len(PAGES)
        assert all(texts)
        assert "" == EDIT_USER.fields[-1].label(language)

    def test_help(self) -> None:
        """
        Nothing needs to be said where people sign in.
        """
        assert ["sign_in"] == [page.name for page in PAGES if not page.help()]

    def test_attributes(self) -> None:
        """
        A keeper of passwords knows which one is asked for.
        """
        policy = PasswordPolicy()

        assert ["username", "current-password"] == [
            field.attributes(policy)["autocomplete"] for field in SIGN_IN.fields
        ]
        assert {"new-password"} == {
            field.attributes(policy)["autocomplete"]
            for page in PAGES
            for field in page.fields
            if field.code == "page.new_password"
        }
        assert {} == EDIT_USER.fields[-1].attributes(policy)


class TestOwnPlace:
    """
    Who signed in goes on within the site.
    """

    @pytest.mark.parametrize("place", ["/", "/there?a=b#c", "/over/there", "/été"])
    def test_here(self, place: str) -> None:
        """
        A path of the site is one.
        """
        assert place == own_place(place)

    @pytest.mark.parametrize(
        "place",
        [
            *(None, "", 1, "there", "https://evil.example/", "//evil.example/"),
            *("/\\evil.example", "\\\\evil.example", "/\t/evil.example", " /there"),
            *("/\n/evil.example", "javascript:alert(1)", "/a b", "/\u2028/evil"),
        ],
    )
    def test_elsewhere(self, place: object) -> None:
        """
        However a browser would read it.
        """
        assert own_place(place) is None
