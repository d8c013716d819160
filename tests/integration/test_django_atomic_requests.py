"""
A project may wrap every request in a transaction, or none.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db import connections
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import include, path

from django_tables.browser import ADMIN
from winbooks_identity import (
    Distributor,
    NewEmployee,
    Password,
    PortalUser,
    WinBooksAdministration,
    WinBooksId,
)
from winbooks_identity.adapters import key_ring
from winbooks_identity.adapters.argon2 import CHEAPEST, Argon2Hasher
from winbooks_identity.adapters.django.authentication import BACKEND, signed_in
from winbooks_identity.adapters.django.wiring import portal
from winbooks_identity.testing import samples


HASHER = Argon2Hasher(CHEAPEST)
LICENCE = samples.licence()
DISTRIBUTOR = Distributor(LICENCE.number)
CHOSEN = "krokus Zadel 71 ventilator?"


def home(request: HttpRequest) -> HttpResponse:
    """
    Say who is signed in, which is asked inside the transaction of the request.
    """
    user = signed_in(request)
    return HttpResponse(user.winbooks_id.address if user else "nobody")


def leave(request: HttpRequest) -> HttpResponse:
    """
    Deactivate who is signed in; a request with *fails* fails afterwards.
    """
    user = signed_in(request)
    assert user is not None
    portal().administration.deactivate(user, by=DISTRIBUTOR)
    if request.GET.get("fails"):
        raise LookupError
    return HttpResponse("left")


urlpatterns = [
    path("", home),
    path("leave", leave),
    path("portal/", include("winbooks_identity.adapters.django.urls")),
]


@pytest.fixture(params=[True, False], ids=["atomic", "autocommit"])
def is_atomic(
    request: pytest.FixtureRequest,
    using: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[bool]:
    """
    Set the project up, and tell whether each request is a transaction.
    """
    is_atomic: bool = request.param
    monkeypatch.setitem(sys.modules, __name__, sys.modules[__name__])
    monkeypatch.setitem(connections[using].settings_dict, "ATOMIC_REQUESTS", is_atomic)
    key_ring.create(tmp_path / "portal.keys")
    said = settings.WINBOOKS_IDENTITY | {
        "KEY_RING": tmp_path / "portal.keys",
        "HASHER": f"{__name__}.HASHER",
        "DATABASE": using,
    }
    User.objects.all().delete()
    project = ADMIN | {"AUTHENTICATION_BACKENDS": [BACKEND], "ROOT_URLCONF": __name__}
    with override_settings(**project, LOGIN_REDIRECT_URL="/", WINBOOKS_IDENTITY=said):
        portal().provisioning.register_licence(LICENCE, by=WinBooksAdministration())
        yield is_atomic


@pytest.fixture
def ada(is_atomic: bool) -> PortalUser:
    """
    Return a user who has chosen a password.
    """
    assert is_atomic in {True, False}
    form = {
        "winbooks_id": "ada@example.org",
        "password": "Correct-Horse-9",
        "level": "Power User",
        "first_name": "Ada",
        "last_name": "Lovelace",
    }
    new = NewEmployee.parse(form, licence=LICENCE)
    portal().provisioning.create(new, by=DISTRIBUTOR)
    return portal().own_login.change_password(
        WinBooksId("ada@example.org"), Password("Correct-Horse-9"), Password(CHOSEN)
    )


def sign_in(client: Client, password: str = CHOSEN) -> int:
    """
    Sign in by the page, and return the status of the answer.
    """
    sent = {"winbooks_id": "ada@example.org", "password": password}
    return client.post("/portal/sign-in", sent).status_code


@pytest.mark.usefixtures("ada")
def test_people_sign_in_and_out() -> None:
    """
    The pages and the session work.
    """
    client = Client()

    assert 302 == sign_in(client)
    assert b"ada@example.org" == client.get("/").content
    assert b"left" == client.get("/leave").content
    assert b"nobody" == client.get("/").content


@pytest.mark.usefixtures("ada")
def test_what_failed_counts() -> None:
    """
    No transaction undoes it.
    """
    answers = [sign_in(Client(), "Wrong-Horse-12") for _ in range(11)]

    assert [422] * 10 + [429] == answers


@pytest.mark.usefixtures("ada")
def test_a_request_that_fails(*, is_atomic: bool) -> None:
    """
    Its transaction takes the step with it; without one the step stays.
    """
    client = Client(raise_request_exception=False)
    sign_in(client)

    assert 500 == client.get("/leave", {"fails": "1"}).status_code

    assert (b"ada@example.org" == client.get("/").content) is is_atomic
