"""
A portal behind the endpoints of FastAPI.
"""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote, urlencode

from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.middleware.sessions import SessionMiddleware

from login_entries import Entry, Seen
from login_portal import (
    ADDRESS,
)
from winbooks_identity.adapters import fastapi
from winbooks_identity.adapters.login_pages import (
    EDIT_USER,
    LoginPage,
)
from winbooks_identity.forms.description import WHOLE_FORM


class OfFastapi(Entry):
    """
    The endpoints, by forms and by JSON.
    """

    def __init__(self, *, limited: bool = False) -> None:
        super().__init__(limited=limited)
        self.app = FastAPI()
        fastapi.install_problem_details(self.app)
        self.app.add_middleware(SessionMiddleware, secret_key="of no use")
        self.app.include_router(fastapi.Login(self.portal).router)
        self.browser = self.new_browser()
        self.sign_in()

    def new_browser(self) -> TestClient:
        """
        Return a browser that knows no one.
        """
        return TestClient(self.app, headers={"accept-language": "en"})

    def who(self) -> str:
        """
        Return who the endpoint says is signed in.
        """
        answer = self.browser.get("/me")
        return answer.json()["winbooks_id"] if answer.status_code == 200 else ""

    def send(self, page: LoginPage, form: Any, *, whom: str = ADDRESS) -> Seen:  # noqa: ANN401  Pairs, or what JSON says.
        """
        Return the answer, with what the problem document says.
        """
        kind = {"content-type": "application/json"}
        sent: dict[str, Any] = {"content": json.dumps(form), "headers": kind}
        if not isinstance(form, Mapping):
            kind = {"content-type": "application/x-www-form-urlencoded"}
            sent = {"content": urlencode(form), "headers": kind}
        method = self.browser.put if page is EDIT_USER else self.browser.post
        answer = method(self.address(page, whom), **sent)
        found: dict[str, list[str]] = {}
        if answer.status_code >= 400:
            for error in answer.json()["errors"]:
                field = unquote(error["pointer"].lstrip("#/")) or WHOLE_FORM
                found.setdefault(field, []).append(error["detail"])
        return Seen(
            status=answer.status_code,
            said=found,
            text=answer.text,
            headers=answer.headers,
        )
