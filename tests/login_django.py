"""
A portal behind the pages of a Django project.
"""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.base import Template
from django.test import Client, override_settings, utils
from django.urls import include, path, reverse

from login_entries import Answer, Entry, Seen
from login_portal import (
    ADDRESS,
    settled_user,
)
from winbooks_identity import WinBooksAdministration
from winbooks_identity.adapters import key_ring
from winbooks_identity.adapters.argon2 import CHEAPEST, Argon2Hasher
from winbooks_identity.adapters.django import models, wiring
from winbooks_identity.adapters.django.authentication import (
    BACKEND,
    signed_in,
)
from winbooks_identity.adapters.login_pages import (
    EDIT_USER,
    LoginPage,
)
from winbooks_identity.forms.description import WHOLE_FORM
from winbooks_identity.testing import samples


HASHER: Final = Argon2Hasher(CHEAPEST)


def home(request: HttpRequest) -> HttpResponse:
    """
    Say who is signed in.
    """
    user = signed_in(request)
    return HttpResponse(user.winbooks_id if user else "")


urlpatterns = [
    path("", home, name="home"),
    path("portal/", include("winbooks_identity.adapters.django.urls")),
]


class OfDjango(Entry):
    """
    The pages of the app, on a database.
    """

    def __init__(self, *, limited: bool = False) -> None:
        for model in (*MODELS, User):
            QuerySet(model).all().delete()
        self._is_limited = limited
        self.portal = wiring.portal()
        self.portal.provisioning.register_licence(
            samples.licence(), by=WinBooksAdministration()
        )
        self.user = settled_user(self.portal)
        self.browser = self.new_browser()
        self.sign_in()

    def new_browser(self) -> Client:
        """
        Return a browser that knows no one.
        """
        return Client()

    def who(self) -> str:
        """
        Return who the project says is signed in.
        """
        said: str = self.browser.get("/").content.decode()
        return said

    def address(self, page: LoginPage, whom: str) -> str:
        """
        Return where *page* is.
        """
        kwargs = {"winbooks_id": whom} if page is EDIT_USER else {}
        return reverse(f"winbooks_identity:{page.name}", kwargs=kwargs)

    def send(self, page: LoginPage, form: Any, *, whom: str = ADDRESS) -> Seen:  # noqa: ANN401  Pairs.
        """
        Return the page that answers, or the one to which it leads.
        """
        if not self._is_limited:
            QuerySet(models.AttemptCount).all().delete()
        answer = self.browser.post(
            self.address(page, whom),
            urlencode(form),
            content_type="application/x-www-form-urlencoded",
        )
        said: Answer = {}
        if answer.status_code >= 400 and answer.context:
            shown = answer.context["form"]
            assert [field.name for field in page.fields] == [*shown.fields]
            said = {
                WHOLE_FORM if name == "__all__" else name: [*map(str, each)]
                for name, each in shown.errors.items()
            }
        led = answer.headers.get("Location")
        page_after = self.browser.get(led) if led else answer
        return Seen(
            status=answer.status_code,
            said=said,
            text=page_after.content.decode(),
            headers={**answer.headers, "Set-Cookie": answer.cookies.output()},
        )

    def kept(self) -> object:
        """
        Return every row, but failed attempts.
        """
        return [sorted(map(repr, QuerySet(model).values())) for model in MODELS]


#: The tables in which something stands.
MODELS: Final = [
    getattr(models, name)
    for name in models.__all__
    if name not in {"AttemptCount", "FailedAttempt"}
]


@contextmanager
def django_project(folder: Path) -> Generator[None]:
    """
    Set a project up whose pages `OfDjango` opens.
    """
    key_ring.create(folder / "portal.keys")
    # What a page shows is known besides its text.
    watched = vars(utils)["instrumented_test_render"]
    said = {
        **settings.WINBOOKS_IDENTITY,
        "KEY_RING": folder / "portal.keys",
        "HASHER": f"{__name__}.HASHER",
    }
    with (
        pytest.MonkeyPatch.context() as patch,
        override_settings(
            WINBOOKS_IDENTITY=said,
            ALLOWED_HOSTS=["testserver"],
            AUTHENTICATION_BACKENDS=[BACKEND],
            LOGIN_REDIRECT_URL="/",
            LOGIN_URL="winbooks_identity:sign_in",
            MIDDLEWARE=[
                "django.contrib.sessions.middleware.SessionMiddleware",
                "django.middleware.locale.LocaleMiddleware",
                "django.contrib.auth.middleware.AuthenticationMiddleware",
            ],
            LANGUAGE_CODE="en",
            ROOT_URLCONF=__name__,
            SESSION_ENGINE="django.contrib.sessions.backends.signed_cookies",
            TEMPLATES=[
                {
                    "BACKEND": "django.template.backends.django.DjangoTemplates",
                    "APP_DIRS": True,
                }
            ],
        ),
    ):
        patch.setattr(Template, "_render", watched)
        yield
