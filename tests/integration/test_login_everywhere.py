"""
People sign in and look after their login in one way, whichever the framework.

What only one framework has stands in the tests of that one.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from login_django import OfDjango, django_project
from login_entries import Entry
from login_fastapi import OfFastapi
from login_flask import OfFlask
from login_portal import (
    ADDRESS,
    CHOSEN,
    DISTRIBUTOR,
    INITIAL,
    NEWER,
    mailed_token,
    new_user,
    settled_user,
)
from winbooks_identity import Level, PortalUser, WinBooksId
from winbooks_identity.adapters.login_pages import (
    CHANGE_PASSWORD,
    CONFIRM_ID,
    EDIT_USER,
    FORGOTTEN_PASSWORD,
    SET_PASSWORD,
)
from winbooks_identity.errors import StorageBusy
from winbooks_identity.forms.description import WHOLE_FORM
from winbooks_identity.refusals.problems import (
    LinkNotGood,
    SavedMeanwhile,
    SignInFailed,
)
from winbooks_identity.services.sign_in import SignInService


JOAN = "joan@example.org"
KINDS = pytest.mark.parametrize("kind", [OfFlask, OfFastapi, OfDjango])


@pytest.fixture
def entry(kind: type[Entry], migrated: object, tmp_path: Path) -> Iterator[Entry]:
    """
    Open an application whose Administrator is signed in.
    """
    del migrated
    with django_project(tmp_path):
        yield kind(limited=True)


@pytest.fixture
def stranger(entry: Entry) -> Entry:
    """
    Return a browser in which no one is signed in.
    """
    return entry.elsewhere()


@KINDS
class TestSignIn:
    """
    Who is right is in, and who is wrong learns nothing.
    """

    def test_who_signs_in_is_in(self, stranger: Entry) -> None:
        """
        No program of the page reads the cookie, and no other site sends it.
        """
        assert "" == stranger.who()

        answer = stranger.sign_in()

        assert answer.is_taken
        assert ADDRESS == stranger.who()
        cookies = answer.headers["Set-Cookie"].lower()
        assert "httponly" in cookies
        assert "samesite=lax" in cookies

    def test_a_wrong_password(self, stranger: Entry) -> None:
        """
        Nothing that was typed as a secret is shown again, nor whether the ID exists.
        """
        for whom in (ADDRESS, "nobody@example.org"):
            answer = stranger.sign_in("Wrong-Horse-12", whom)

            assert {WHOLE_FORM: [SignInFailed().message()]} == answer.said
            assert "Wrong-Horse-12" not in answer.text
        assert "" == stranger.who()

    def test_too_many(self, stranger: Entry) -> None:
        """
        The answer says for how long, also to programs.
        """
        for _ in range(10):
            stranger.sign_in("Wrong-Horse-12", JOAN)

        answer = stranger.sign_in(CHOSEN, JOAN)

        assert 429 == answer.status
        assert 0 < int(answer.headers["Retry-After"]) <= 900

    def test_a_storage_that_is_busy(
        self, stranger: Entry, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        It is no one's mistake.
        """

        def busy(*_: object, **__: object) -> None:
            raise StorageBusy

        monkeypatch.setattr(SignInService, "verify", busy)

        answer = stranger.sign_in()

        assert 503 == answer.status
        assert "busy" in answer.text

    def test_an_initial_password(self, stranger: Entry) -> None:
        """
        It signs no one in before it was changed.  [S5]
        """
        new_user(stranger.portal, JOAN)
        stranger.sign_in(INITIAL, JOAN)
        assert "" == stranger.who()
        form = {"winbooks_id": JOAN, "current_password": INITIAL}
        short = stranger.fill_in(CHANGE_PASSWORD, **form, password="kort")
        assert {"password"} == {*short.said}
        assert "kort" not in short.text

        assert stranger.fill_in(CHANGE_PASSWORD, **form, password=CHOSEN).is_taken

        assert JOAN == stranger.who()


@KINDS
class TestSessions:
    """
    An open session ends when it should, at once.  [S70]
    """

    def test_a_change_by_oneself_ends_the_others(
        self, entry: Entry, stranger: Entry
    ) -> None:
        """
        Who changes the password stays in.
        """
        stranger.sign_in()
        form = {"winbooks_id": ADDRESS, "current_password": CHOSEN}

        entry.fill_in(CHANGE_PASSWORD, **form, password=NEWER)

        assert (ADDRESS, "") == (entry.who(), stranger.who())

    def test_deactivation(self, stranger: Entry) -> None:
        """
        It ends the session, wherever it is open.
        """
        joan = settled_user(stranger.portal, JOAN)
        stranger.sign_in(CHOSEN, JOAN)
        assert JOAN == stranger.who()

        stranger.portal.administration.deactivate(joan, by=DISTRIBUTOR)

        assert "" == stranger.who()


@KINDS
class TestLinks:
    """
    Who forgot a password gets a link, and so does a new WinBooks ID.
    """

    def test_a_forgotten_password(self, stranger: Entry) -> None:
        """
        Its link works once.
        """
        asked = stranger.fill_in(FORGOTTEN_PASSWORD, winbooks_id=ADDRESS)
        assert asked.is_taken
        token = mailed_token(stranger.portal)

        first, second = (
            stranger.fill_in(SET_PASSWORD, token=token, password=NEWER)
            for _ in range(2)
        )

        assert first.is_taken
        assert {WHOLE_FORM: [LinkNotGood().message()]} == second.said
        assert stranger.sign_in(NEWER).is_taken

    def test_the_answer_is_the_same_for_everyone(self, stranger: Entry) -> None:
        """
        It does not tell whether a WinBooks ID exists.
        """
        told = [
            stranger.fill_in(FORGOTTEN_PASSWORD, winbooks_id=each)
            for each in (ADDRESS, "nobody@example.org")
        ]

        assert 1 == len({(each.status, each.text) for each in told})

    def test_a_new_id(self, entry: Entry, stranger: Entry) -> None:
        """
        Its reader confirms it; sessions under the old one end.
        """
        new = "ada.lovelace@example.org"
        entry.portal.logins.change_id(entry.user, WinBooksId(new), by=DISTRIBUTOR)
        token = mailed_token(entry.portal)
        assert not stranger.fill_in(CONFIRM_ID).is_taken

        assert stranger.fill_in(CONFIRM_ID, token=token).is_taken

        assert "" == entry.who()
        assert stranger.sign_in(winbooks_id=new).is_taken


@KINDS
class TestEdit:
    """
    Those who manage a user change their details.
    """

    @pytest.fixture
    def joan(self, entry: Entry) -> PortalUser:
        """
        Return a colleague.
        """
        return settled_user(entry.portal, JOAN, Level.POWER_USER)

    def form(self, joan: PortalUser, **changed: str) -> dict[str, str]:
        """
        Return the details of *joan*, changed.
        """
        names = ("first_name", "last_name", "company_name", "version")
        shown = {name: str(getattr(joan, name)) for name in names}
        return shown | {"language": "fr", "phone": "", **changed}

    def test_the_details(self, entry: Entry, joan: PortalUser) -> None:
        """
        They are changed in the name of who is signed in.
        """
        form = self.form(joan, first_name="Joan", phone="+32 2 123 45 67")

        answer = entry.fill_in(EDIT_USER, JOAN, **form)

        assert answer.is_taken
        assert "Sign in" not in answer.text
        found = entry.portal.provisioning.find(joan.winbooks_id, by=DISTRIBUTOR)
        assert ("Joan", "+3221234567") == (str(found.first_name), str(found.phone))
        (*_, last) = entry.portal.administration.history(joan.id, by=DISTRIBUTOR)
        assert entry.user.id == last.by

    def test_what_was_saved_since(self, entry: Entry, joan: PortalUser) -> None:
        """
        It is not lost; what is wrong besides is said of each field.
        """
        form = self.form(joan)
        entry.fill_in(EDIT_USER, JOAN, **form | {"first_name": "Joan"})

        late = entry.fill_in(EDIT_USER, JOAN, **form)
        wrong = entry.fill_in(
            EDIT_USER, JOAN, **form | {"first_name": "", "language": "tlh"}
        )

        assert {WHOLE_FORM: [SavedMeanwhile().message()]} == late.said
        assert {"first_name", "language"} == {*wrong.said}

    def test_whom_they_do_not_manage(self, stranger: Entry, joan: PortalUser) -> None:
        """
        They are as unknown as who is not there.  [S2]
        """
        stranger.sign_in(CHOSEN, str(joan.winbooks_id))

        asked = (ADDRESS, "nobody@example.org", "nobody")
        assert {404} == {stranger.read(each) for each in asked}

    def test_without_a_session(self, stranger: Entry, joan: PortalUser) -> None:
        """
        No one reads anything.
        """
        assert stranger.read(str(joan.winbooks_id)) in {302, 401}
