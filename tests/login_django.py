"""
A portal behind the pages of a Django project.
"""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import include, path, reverse

from login_entries import GOOD, Answer, Core
from login_portal import (
    ADDRESS,
    settled_user,
)
from winbooks_identity import WinBooksAdministration
from winbooks_identity.adapters import key_ring
from winbooks_identity.adapters.argon2 import CHEAPEST, Argon2Hasher
from winbooks_identity.adapters.django import models, wiring
from winbooks_identity.adapters.django.authentication import BACKEND
from winbooks_identity.adapters.login_pages import (
    EDIT_USER,
    SIGN_IN,
    LoginPage,
)
from winbooks_identity.forms.description import WHOLE_FORM
from winbooks_identity.testing import samples


HASHER: Final = Argon2Hasher(CHEAPEST)


def home(_request: HttpRequest) -> HttpResponse:
    """
    Stand for the page of the project.
    """
    return HttpResponse()


urlpatterns = [
    path("", home, name="home"),
    path("portal/", include("winbooks_identity.adapters.django.urls")),
]


class OfDjango(Core):
    """
    The pages of the app, on a database.
    """

    def __init__(self) -> None:
        for model in (*MODELS, User):
            QuerySet(model).all().delete()
        self.portal = wiring.portal()
        self.portal.provisioning.register_licence(
            samples.licence(), by=WinBooksAdministration()
        )
        self.user = settled_user(self.portal)
        self.browser = Client()
        self.answer(SIGN_IN, [*GOOD["sign_in"].items()])

    def answer(self, page: LoginPage, form: Any) -> Answer:  # noqa: ANN401  Pairs.
        """
        Return what the page says.
        """
        QuerySet(models.AttemptCount).all().delete()
        whom = {"winbooks_id": ADDRESS} if page is EDIT_USER else {}
        answer = self.browser.post(
            reverse(f"winbooks_identity:{page.name}", kwargs=whom),
            urlencode(form),
            content_type="application/x-www-form-urlencoded",
        )
        if answer.status_code < 400:
            return {}
        shown = answer.context["form"]
        assert [field.name for field in page.fields] == [*shown.fields]
        return {
            WHOLE_FORM if name == "__all__" else name: [*map(str, said)]
            for name, said in shown.errors.items()
        }

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
    said = {
        **settings.WINBOOKS_IDENTITY,
        "KEY_RING": folder / "portal.keys",
        "HASHER": f"{__name__}.HASHER",
    }
    with override_settings(
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
    ):
        yield
