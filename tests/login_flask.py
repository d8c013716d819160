"""
A portal behind the pages for Flask.
"""

from typing import Any
from urllib.parse import urlencode

from flask import Flask, template_rendered
from flask.testing import FlaskClient

from login_entries import Entry, Seen
from login_portal import (
    ADDRESS,
)
from winbooks_identity.adapters import flask
from winbooks_identity.adapters.login_pages import (
    LoginPage,
)
from winbooks_identity.forms.description import WHOLE_FORM


class OfFlask(Entry):
    """
    The pages for Flask, with forms of WTForms.
    """

    def __init__(self, *, limited: bool = False) -> None:
        super().__init__(limited=limited)
        self.app = Flask(__name__)
        self.app.secret_key = "of no use"
        login = flask.Login(self.portal, locale=lambda: "en")
        self.app.register_blueprint(login.blueprint)
        self.app.add_url_rule(
            "/", view_func=lambda: str(login.user.winbooks_id) if login.user else ""
        )
        self.browser = self.new_browser()
        self.sign_in()

    def new_browser(self) -> FlaskClient:
        """
        Return a browser that knows no one.
        """
        return self.app.test_client()

    def who(self) -> str:
        """
        Return who the application says is signed in.
        """
        return str(self.browser.get("/").text)

    def send(self, page: LoginPage, form: Any, *, whom: str = ADDRESS) -> Seen:  # noqa: ANN401  Pairs.
        """
        Return the page that answers, or the one to which it leads.
        """
        shown: list[Any] = []

        def see(_app: Flask, *, context: dict[str, Any], **_: object) -> None:
            shown.append(context["form"])

        address = self.address(page, whom)
        with template_rendered.connected_to(see, self.app):
            self.browser.get(address)
            own = shown.pop().csrf_token.current_token
            sent = urlencode([*form, ("csrf_token", own)])
            kind = "application/x-www-form-urlencoded"
            answer = self.browser.post(address, data=sent, content_type=kind)
        errors = shown.pop().errors if answer.status_code >= 400 else {}
        page_after = self.browser.get(answer.location) if answer.location else answer
        return Seen(
            status=answer.status_code,
            said={name or WHOLE_FORM: [*said] for name, said in errors.items()},
            text=page_after.text,
            headers=answer.headers,
        )
