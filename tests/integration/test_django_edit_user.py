"""
Those who manage a user change their details on a page of a Django project.
"""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.contrib.auth.models import User
from django.test import Client, override_settings
from django.urls import reverse

from login_django import OfDjango, django_project
from login_portal import DISTRIBUTOR, settled_user
from winbooks_identity import Level, PortalUser, WinBooksId
from winbooks_identity.adapters.django.authentication import BACKEND


JOAN = "joan@example.org"


@pytest.fixture
def office(migrated: object, tmp_path: Path) -> Iterator[OfDjango]:
    """
    Open a project with an Administrator, who is signed in, and a colleague.
    """
    del migrated
    with django_project(tmp_path):
        opened = OfDjango()
        settled_user(opened.portal, JOAN, Level.POWER_USER)
        yield opened


def address(whom: str = JOAN) -> str:
    """
    Return where the details of someone are.
    """
    return reverse("winbooks_identity:edit_user", kwargs={"winbooks_id": whom})


def shown(browser: Client, **changed: str) -> dict[str, str]:
    """
    Return what the page shows, changed.
    """
    page = browser.get(address()).content.decode()
    found = re.findall(r'<input[^>]* name="([a-z_]+)"(?: value="([^"]*)")?', page)
    (language,) = re.findall(r'value="(\w+)" selected', page)
    return {**dict(found), "language": language, **changed}


def joan(office: OfDjango) -> PortalUser:
    """
    Return the colleague as they are now.
    """
    return office.portal.provisioning.find(WinBooksId(JOAN), by=DISTRIBUTOR)


def test_the_details(office: OfDjango) -> None:
    """
    They are shown, and changed in the name of who is signed in.
    """
    form = shown(office.browser, first_name="Joan", phone="+32 2 123 45 67")
    assert ("Lovelace", "2") == (form["last_name"], form["version"])

    answer = office.browser.post(address(), form)

    done = office.browser.get(answer["Location"]).content.decode()
    assert "The details were saved" in done
    assert "Sign in" not in done
    after = joan(office)
    assert ("Joan", "+3221234567") == (str(after.first_name), str(after.phone))
    (*_, last) = office.portal.administration.history(after.id, by=DISTRIBUTOR)
    assert office.user.id == last.by


@pytest.mark.parametrize(
    "language, title",
    [
        ("nl", "Wijzig de gegevens van een gebruiker"),
        ("fr", "Modifiez les données d"),
        ("de", "Ändern Sie die Daten eines Benutzers"),
    ],
)
def test_the_readers_language(office: OfDjango, language: str, title: str) -> None:
    """
    Heading and labels follow it.
    """
    page = office.browser.get(address(), headers={"accept-language": language})

    assert title in unescape(page.content.decode())


def test_without_a_session(office: OfDjango) -> None:
    """
    No one reads anything, and comes back once they have signed in.
    """
    del office
    answer = Client().get(address())

    page = reverse("winbooks_identity:sign_in")
    assert f"{page}?next={address()}" == unquote(answer["Location"])


def test_an_account_of_the_projects_own(office: OfDjango) -> None:
    """
    It manages no one, whatever its rights in the project.
    """
    backend = "django.contrib.auth.backends.ModelBackend"
    root = User.objects.create(username="root", is_superuser=True)
    with override_settings(AUTHENTICATION_BACKENDS=[BACKEND, backend]):
        office.browser.force_login(root, backend)

        assert 404 == office.read(JOAN)
