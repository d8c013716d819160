"""
A portal behind each framework, so that one test asks them all.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final
from urllib.parse import unquote, urlencode

import attrs
from fastapi import FastAPI
from fastapi.testclient import TestClient
from flask import Flask, template_rendered
from starlette.middleware.sessions import SessionMiddleware
from werkzeug.datastructures import MultiDict

from login_portal import (
    ADDRESS,
    CHOSEN,
    DISTRIBUTOR,
    mailed_token,
    new_portal,
    settled_user,
)
from winbooks_identity import Portal, WinBooksId
from winbooks_identity.adapters import fastapi, flask, login_steps
from winbooks_identity.adapters.login_pages import (
    CONFIRM_ID,
    EDIT_USER,
    SET_PASSWORD,
    SIGN_IN,
    LoginPage,
)
from winbooks_identity.adapters.memory import InMemoryStorage
from winbooks_identity.errors import InvalidFields, Refused
from winbooks_identity.forms.description import WHOLE_FORM, problems_by_field


#: What is wrong, by field, each as its sentence; nothing, where the step was taken.
Answer = Mapping[str, Sequence[str]]
Pairs = Sequence[tuple[str, str]]

NEW: Final = "velours Anker 28 gieter!"
ELSEWHERE: Final = "grace@example.org"

#: What is filled in to be taken.
GOOD: Final[dict[str, dict[str, str]]] = {
    "sign_in": {"winbooks_id": ADDRESS, "password": CHOSEN},
    "change_password": {
        "winbooks_id": ADDRESS,
        "current_password": CHOSEN,
        "password": NEW,
    },
    "forgotten_password": {"winbooks_id": ADDRESS},
    "set_password": {"token": "", "password": NEW},
    "confirm_id": {"token": ""},
    "edit_user": {
        "first_name": "Ada",
        "last_name": "King",
        "company_name": "Kantoor King",
        "phone": "+32 470 12 34 56",
        "language": "fr",
        "version": "2",
    },
}


def sentences(error: InvalidFields | Refused) -> Answer:
    """
    Return what *error* says.
    """
    return {
        field: [problem.message() for problem in problems]
        for field, problems in problems_by_field(error).items()
    }


class Core:
    """
    The steps themselves, on a portal in memory.
    """

    def __init__(self) -> None:
        portal = attrs.evolve(new_portal(), attempts=None)
        self.user = settled_user(portal)
        self.portal: Portal = portal

    def token(self, page: LoginPage) -> str:
        """
        Return what the link of *page* has, asked for just now.
        """
        return token_for(self.portal, page)

    def answer(self, page: LoginPage, form: Any) -> Answer:  # noqa: ANN401  Pairs, or what JSON says.
        """
        Return what is said of *form*.
        """
        given = form if isinstance(form, Mapping) else MultiDict(form)
        step: Callable[..., object] = getattr(login_steps, page.name)
        try:
            if page is EDIT_USER:
                step(self.portal, ADDRESS, given, by=self.user)
            else:
                step(self.portal, given, source=None)
        except (InvalidFields, Refused) as error:
            return sentences(error)
        return {}

    def kept(self) -> object:
        """
        Return everything that is stored, but failed attempts.
        """
        assert isinstance(self.portal.storage, InMemoryStorage)
        return self.portal.storage.change(
            lambda state: {
                field.name: str(sorted(map(repr, getattr(state, field.name).items())))
                for field in attrs.fields(type(state))
                if field.name != "failed_attempts"
                and isinstance(getattr(state, field.name), dict)
            }
        )


def token_for(portal: Portal, page: LoginPage) -> str:
    """
    Return what the link of *page* has, asked for just now.
    """
    if page is SET_PASSWORD:
        portal.own_login.send_password_link(WinBooksId(ADDRESS))
        portal.link_requests.answer()
    elif page is CONFIRM_ID:
        user = portal.provisioning.find(WinBooksId(ADDRESS), by=DISTRIBUTOR)
        portal.logins.change_id(user, WinBooksId(ELSEWHERE), by=DISTRIBUTOR)
    else:
        return ""
    return mailed_token(portal)


class OfFastapi(Core):
    """
    The endpoints, by forms and by JSON.
    """

    def __init__(self) -> None:
        super().__init__()
        app = FastAPI()
        fastapi.install_problem_details(app)
        app.add_middleware(SessionMiddleware, secret_key="of no use")
        app.include_router(fastapi.Login(self.portal).router)
        self.browser = TestClient(app, headers={"accept-language": "en"})
        self.browser.post("/sign-in", json=dict(GOOD["sign_in"]))

    def answer(self, page: LoginPage, form: Any) -> Answer:  # noqa: ANN401  Pairs, or what JSON says.
        """
        Return what the problem document says.
        """
        kind = {"content-type": "application/json"}
        sent: dict[str, Any] = {"content": json.dumps(form), "headers": kind}
        if not isinstance(form, Mapping):
            kind = {"content-type": "application/x-www-form-urlencoded"}
            sent = {"content": urlencode(form), "headers": kind}
        if page is EDIT_USER:
            answer = self.browser.put(f"/users/{ADDRESS}", **sent)
        else:
            answer = self.browser.post(f"/{page.name.replace('_', '-')}", **sent)
        found: dict[str, list[str]] = {}
        if answer.status_code >= 400:
            for error in answer.json()["errors"]:
                field = unquote(error["pointer"].lstrip("#/")) or WHOLE_FORM
                found.setdefault(field, []).append(error["detail"])
        return found


class OfFlask(Core):
    """
    The pages for Flask, with forms of WTForms.
    """

    def __init__(self) -> None:
        super().__init__()
        self.app = Flask(__name__)
        self.app.secret_key = "of no use"
        login = flask.Login(self.portal, locale=lambda: "en")
        self.app.register_blueprint(login.blueprint)
        self.browser = self.app.test_client()
        self.answer(SIGN_IN, list(GOOD["sign_in"].items()))

    def answer(self, page: LoginPage, form: Any) -> Answer:  # noqa: ANN401  Pairs.
        """
        Return what the page says.
        """
        shown: list[Any] = []

        def see(_app: Flask, *, context: dict[str, Any], **_: object) -> None:
            shown.append(context["form"])

        address = f"/{page.name.replace('_', '-')}"
        address = f"/users/{ADDRESS}" if page is EDIT_USER else address
        with template_rendered.connected_to(see, self.app):
            self.browser.get(address)
            own = shown.pop().csrf_token.current_token
            sent = urlencode([*form, ("csrf_token", own)])
            kind = "application/x-www-form-urlencoded"
            answer = self.browser.post(address, data=sent, content_type=kind)
        if answer.status_code < 400:
            return {}
        errors = shown.pop().errors
        return {name or WHOLE_FORM: [*said] for name, said in errors.items()}
