"""
How is everything put together?
"""

import secrets
from contextlib import suppress
from http import HTTPStatus
from typing import Any, Final

from flask import Flask, Response, render_template, session
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from winbooks_identity import Level, Portal, Refused, Unavailable
from winbooks_identity.adapters.flask import Login
from winbooks_identity.adapters.flask.guard import STAMP
from winbooks_identity.adapters.login_pages import MAX_BODY
from winbooks_identity.adapters.phonenumbers import NationalPhoneParser
from winbooks_identity.passwords.browser import es_module
from winbooks_identity.refusals import UnknownUser

from .creation import KINDS_OF, creation_pages
from .demonstration import Person
from .history import moment
from .mailbox import Mailbox
from .safety import protect
from .step_pages import step_pages
from .users import user_pages
from .words import (
    CHOICES,
    capitalised,
    help_of,
    in_words,
    label_of,
    language_pages,
    own_words,
    reader,
    say,
)


__all__ = ["HOST", "make_app"]

HOST: Final = "127.0.0.1"


def make_app(
    portal: Portal, people: tuple[Person, ...] = (), *, on_page: int = 25
) -> Flask:
    """
    Return the web application.

    Args:
        portal: the services.
        people: whom the demonstration offers to sign in as; a product has none.
        on_page: how many users stand on a page of the list.
    """
    app = Flask(__name__)
    app.secret_key = secrets.token_bytes()  # A product reads its own from a file.
    app.config["TRUSTED_HOSTS"] = [HOST, "localhost"]
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY
    login = Login(
        portal, locale=reader, translator=own_words, phone=NationalPhoneParser()
    )
    app.register_blueprint(login.blueprint, url_prefix="/login")
    for pages in (
        user_pages(portal, login, on_page=on_page),
        step_pages(portal, login),
        creation_pages(portal, login),
        language_pages(),
    ):
        app.register_blueprint(pages)
    if people:
        app.register_blueprint(Mailbox(portal).blueprint)

    @app.get("/password-policy.mjs")
    def password_policy() -> Response:
        return Response(es_module(), mimetype="text/javascript")

    @app.context_processor
    def shared() -> dict[str, Any]:
        return _shared(portal, login, people)

    app.jinja_env.filters |= {
        "capitalised": capitalised,
        "help": help_of,
        "label": label_of,
        "moment": moment,
        "in_words": in_words,
    }
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(Unavailable, _unavailable)
    for status in (
        HTTPStatus.FORBIDDEN,
        HTTPStatus.NOT_FOUND,
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    ):
        app.register_error_handler(status, _not_here)
    app.after_request(protect)
    return app


def _shared(portal: Portal, login: Login, people: tuple[Person, ...]) -> dict[str, Any]:
    """
    Return what every template finds.
    """
    policy, language = portal.judge.policy, reader()
    user, licence = None, None
    # A page that says so is shown also where the storage does not answer.
    with suppress(Unavailable):
        user = login.user
        licence = portal.provisioning.licence(by=user) if user else None
    return {
        "say": say,
        "own_words": own_words,
        "language": language,
        "languages": CHOICES,
        "levels": tuple(Level),
        "people": people,
        "user_here": user,
        "licence_here": licence,
        "kinds_here": KINDS_OF[user.level] if user else (),
        "session_ended": STAMP in session and user is None,
        "password_rules": policy.help(language, translator=own_words),
        "password_policy": policy.description(language, translator=own_words),
    }


def _refused(refused: Refused) -> ResponseReturnValue:
    said = " ".join(in_words(each) for each in refused.problems)
    is_unknown = isinstance(refused, UnknownUser)
    status = HTTPStatus.NOT_FOUND if is_unknown else HTTPStatus.FORBIDDEN
    return render_template("not_possible.html", said=said), status


def _unavailable(failure: Unavailable) -> ResponseReturnValue:
    said = failure.message(reader(), translator=own_words)
    status = HTTPStatus.SERVICE_UNAVAILABLE
    return render_template("not_possible.html", said=said), status


def _not_here(error: HTTPException) -> ResponseReturnValue:
    said = say(f"http.{error.code}")
    return render_template("not_possible.html", said=said), error.code or 500
