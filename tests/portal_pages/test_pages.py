"""
The Portal's pages that people can try show what their reader may see and do.
"""

import re
import tomllib
from pathlib import Path

import pytest
from portal.app import make_app
from portal.taking import STEPS

from portal_demonstration import ELS, LUC, MARC, Demonstration, Reader
from winbooks_identity.life_cycle import LastAdministrator
from winbooks_identity.refusals.problems import UserNotFound
from winbooks_identity.texts import LANGUAGES


FOLDER = Path(__file__).parents[2] / "docs" / "examples" / "portal"
WORDS = tomllib.loads((FOLDER / "words.toml").read_text("utf-8"))


class TestWords:
    """
    The product's own words are there in every language, and none too many.
    """

    def test_each_language_has_the_same(self) -> None:
        """
        A page that can be read in one can be read in all.
        """
        assert {*LANGUAGES} == {*WORDS}
        assert 1 == len({frozenset(words) for words in WORDS.values()})

    def test_each_is_used(self) -> None:
        """
        By its name, or by what it begins with where the rest is a step or a part.
        """
        files = [each for each in FOLDER.rglob("*") if each.suffix in {".html", ".py"}]
        code = "".join(each.read_text("utf-8") for each in files)
        begun = re.findall(r'"(\w+_)(?:"|{)', code)
        own_kinds = {"employee", "end-customer"}

        assert [] == [
            word
            for word in WORDS["nl"]
            if f'"{word}"' not in code and not word.startswith(tuple(begun))
            if word not in own_kinds
        ]


@pytest.fixture(scope="module")
def paged(shown: Demonstration) -> Reader:
    """
    Return the Administrator, whose pages of the list are short.
    """
    return shown.sign_in(ELS, make_app(shown.portal, on_page=3))


class TestList:
    """
    The list shows whom the reader may see, and finds them.
    """

    def names(self, page: str) -> list[str]:
        """
        Return who stands in the list, by their last names.
        """
        return re.findall(r'<a href="/users/[^"]+">\S+ (\w+)</a>', page)

    @pytest.mark.parametrize(
        "query, expected",
        [
            ("", "Claes Dubois Haddad Lambert Maes Peeters Wouters"),
            ("q=dubois+marc", "Dubois"),
            ("q=LILAS", "Lambert"),
            ("q=maes%40", ""),
            ("q=pieter%40maes", "Maes"),
            ("q=m%C3%A0es", "Maes"),
            ("status=inactive", "Haddad Maes"),
            ("q=kantoor&status=active", "Claes Dubois Peeters"),
        ],
    )
    def test_a_search(self, shown: Demonstration, query: str, expected: str) -> None:
        """
        Every word is looked for in names, ID and company, whatever its accents.
        """
        page = shown.sign_in(ELS).see(f"/?{query}")

        assert expected.split() == self.names(page)

    @pytest.mark.parametrize(
        "query, expected, said",
        [
            ("", "Claes Dubois Haddad", "Pagina 1 van 3"),
            ("page=2", "Lambert Maes Peeters", "Pagina 2 van 3"),
            ("page=9", "Wouters", "Pagina 3 van 3"),
            ("page=0", "Claes Dubois Haddad", "Pagina 1 van 3"),
            ("page=-1", "Claes Dubois Haddad", "Pagina 1 van 3"),
            ("page=" + "9" * 5_000, "Claes Dubois Haddad", "Pagina 1 van 3"),
            ("q=kantoor&page=2", "Peeters", "Pagina 2 van 2"),
            ("q=lilas", "Lambert", ""),
        ],
    )
    def test_pages(self, paged: Reader, query: str, expected: str, said: str) -> None:
        """
        Each has the next users by name; a number that is none is the first one.
        """
        page = paged.see(f"/?{query}")

        assert expected.split() == self.names(page)
        assert (said or "</table>") in page
        assert bool(said) is ('class="pages"' in page)

    def test_the_way_through_the_pages(self, paged: Reader) -> None:
        """
        It keeps what was looked for, and leads on from the first and back from the last.
        """
        first, last = (paged.see(f"/?q=kantoor&page={each}") for each in (1, 2))

        assert 'rel="next" href="/?q=kantoor&page=2"' in first
        assert 'rel="prev"' not in first
        assert 'rel="prev" href="/?q=kantoor&page=1"' in last
        assert 'rel="next"' not in last

    def test_a_user_sees_no_one_else(self, shown: Demonstration) -> None:
        """
        And is offered no form for a new user.
        """
        page = shown.sign_in(LUC).see("/")

        assert ["Lambert"] == self.names(page)
        assert "/new/" not in page

    def test_chips(self, shown: Demonstration) -> None:
        """
        They say who is active, has an initial password, or is getting another ID.
        """
        page = shown.sign_in(ELS).see("/?q=sofie")

        assert "Actief" in page
        assert "Eerste wachtwoord" in page
        assert "Nieuw WinBooks ID" in shown.sign_in(ELS).see("/?q=luc")


class TestUser:
    """
    The page of a user shows what the reader may know and do.
    """

    def test_what_is_in_the_way_of_the_only_administrator(
        self, shown: Demonstration
    ) -> None:
        """
        Each reason stands there once, with the steps that it keeps from being taken.
        """
        page = shown.sign_in(ELS).see(f"/users/{ELS}")

        reason = LastAdministrator().message("nl")
        refused = re.findall(r"<ul>(.*?)</ul><p>(.*?)</p>", page)
        steps = {said: re.findall("<li>(.*?)</li>", labels) for labels, said in refused}
        assert ["Niveau wijzigen", "Deactiveren", "Wissen"] == steps[reason]
        assert "/login/change-password" in page
        assert f"{ELS}/deactivate" not in page

    def test_whom_the_reader_does_not_manage(self, shown: Demonstration) -> None:
        """
        Neither details, nor history, nor dossiers of others are shown, and no step.
        """
        page = shown.sign_in(MARC).see(f"/users/{ELS}")

        assert "Bakkerij De Korenaar BV" in page
        for hidden in ("+32", "VLIERBEEK", "Geschiedenis", f"/users/{ELS}/"):
            assert hidden not in page
        assert "U kunt bij deze gebruiker niets wijzigen." in page

    def test_the_history(self, shown: Demonstration) -> None:
        """
        It names who did what, and what was there before.
        """
        page = shown.sign_in(ELS).see(f"/users/{LUC}")

        assert "Rollen afnemen" in page
        assert "· Marc Dubois" in page
        assert "<del>Connect.Entrepreneur, View.User</del>" in page
        assert "· an.verbeke" in page
        assert "<ins>Gebruiker</ins>" in page

    def test_an_own_page(self, shown: Demonstration) -> None:
        """
        A person reads their own history, and changes their own password.
        """
        page = shown.sign_in(LUC).see(f"/users/{LUC}")

        assert "Geschiedenis" in page
        assert "/login/change-password" in page
        assert "· een andere gebruiker" in page

    def test_a_product_has_no_mailbox(self, shown: Demonstration) -> None:
        """
        Mails with passwords are on the screen of the demonstration alone.
        """
        reader = Reader(make_app(shown.portal))

        assert 404 == reader.client.get("/mails").status_code
        assert "/mails" not in reader.see("/login/sign-in")

    @pytest.mark.parametrize("address", [ELS, "nobody@example.org", "nobody"])
    def test_no_one(self, shown: Demonstration, address: str) -> None:
        """
        Those whom the reader may not see are not there.
        """
        answer = shown.sign_in(LUC).client.get(f"/users/{address}")

        assert 404 == answer.status_code
        assert UserNotFound().message("nl") in answer.text

    @pytest.mark.parametrize("reader, whom", [(ELS, ELS), (MARC, LUC)])
    def test_no_button_leads_to_a_refusal(
        self, shown: Demonstration, reader: str, whom: str
    ) -> None:
        """
        What is offered has a form, and what is not says why there too.
        """
        browser = shown.sign_in(reader)
        page = browser.see(f"/users/{whom}")

        has_form = {
            step: 'id="take"' in browser.see(f"/users/{whom}/{step.value}")
            for step in STEPS
        }

        offered = {step: f'href="/users/{whom}/{step.value}"' in page for step in STEPS}
        assert {False, True} == {*offered.values()}
        assert offered == has_form

    def test_what_is_left_to_choose(self, shown: Demonstration) -> None:
        """
        A step offers what it would change: of the dossiers, those not given yet.
        """
        page = shown.sign_in(ELS).see(f"/users/{LUC}/grant_dossiers")

        held = shown.user(LUC).dossiers
        values = {*re.findall('name="dossiers" value="([A-Z]+)"', page)}
        assert {"KORENAAR", "LILAS", "MAES", "VLIERBEEK"} - held == values
