"""
Which pages does a Flask application get to sign people in, and who is in?
"""

from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from typing import Final, TypeVar, final

from flask import Blueprint, current_app, redirect, request, session
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from ...passwords.rollout import PasswordNotice, PasswordOutgrown
from ...phone import PhoneNumber
from ...plain import plain
from ...portal import Portal
from ...refusals import BodyTooLarge, PasswordChangeRequired, UnknownUser
from ...texts import Translator
from .. import login_steps
from ..login_pages import (
    CHANGE_PASSWORD,
    CONFIRM_ID,
    EDIT_USER,
    FORGOTTEN_PASSWORD,
    MAX_BODY,
    SET_PASSWORD,
    SIGN_IN,
    LoginPage,
)
from ..login_steps import Entered
from .guard import STAMP, Guard
from .pages import (
    Pages,
    address_of,
    keep_to_yourself,
    let_cookies_stay,
    read_no_more,
    reader_of,
    wanted,
)


__all__ = ["Login"]

T = TypeVar("T")

#: Where the session keeps whose password was right and signs no one in, why it does
#: not, and what is told to who signed in.
_ID: Final = "winbooks_identity.winbooks_id"
_WHY: Final = "winbooks_identity.why"
_NOTICE: Final = "winbooks_identity.notice"

_DONE: Final = ("link_sent", "password_set", "id_confirmed", "user_saved")


@final
class Login(Guard):
    """
    The pages by which people sign in and look after their login.  [S70]

    ``app.register_blueprint(login.blueprint, url_prefix="/portal")``, and
    ``@login.required`` on views of the product.  Each page has a template that one
    of the product takes the place of: see the how-to page.  Every template of the
    product finds this as ``winbooks_login``.

    Args:
        portal: the services.
        home: the path of the page that people see once they are in.
        locale: returns the reader's language; what their browser asks for by default.
        translator: a product's own words, asked first.
        source: returns the IP address of the request; a proxy's header counts only
            where the proxy is trusted.
        phone: reads a phone number; international notation by default.
    """

    def __init__(
        self,
        portal: Portal,
        *,
        home: str = "/",
        locale: Callable[[], str] = reader_of,
        translator: Translator | None = None,
        source: Callable[[], str | None] = lambda: request.remote_addr,
        phone: Callable[[str], PhoneNumber] = PhoneNumber.parse,
    ) -> None:
        super().__init__(
            portal, Pages(portal.policy, locale=locale, translator=translator)
        )
        self._home = home
        self._source = source
        self._phone = phone

    @property
    def blueprint(self) -> Blueprint:
        """
        Return the pages, for ``register_blueprint``.
        """
        pages = Blueprint("winbooks_identity", __name__, template_folder="templates")
        pages.record_once(let_cookies_stay)
        pages.app_context_processor(lambda: {"winbooks_login": self})
        pages.before_request(read_no_more)
        pages.after_request(keep_to_yourself)
        pages.register_error_handler(RequestEntityTooLarge, self._too_large)
        for page, view in (
            (SIGN_IN, self._sign_in),
            (CHANGE_PASSWORD, self._change_password),
            (FORGOTTEN_PASSWORD, self._forgotten_password),
            (SET_PASSWORD, self._set_password),
            (CONFIRM_ID, self._confirm_id),
        ):
            _add(pages, page.name, view, ["GET", "POST"])
        _add(pages, "password_notice", self._password_notice, ["GET"])
        _add(pages, "sign_out", self._sign_out, ["POST"])
        for name in _DONE:
            _add(pages, name, partial(self._done, name), ["GET"])
        pages.add_url_rule(
            "/users/<winbooks_id>",
            EDIT_USER.name,
            self.required(self._edit_user),
            methods=["GET", "POST"],
        )
        return pages

    def _sign_in(self) -> ResponseReturnValue:
        def answer() -> ResponseReturnValue:
            try:
                entered = self._step(login_steps.sign_in)
            except PasswordChangeRequired as required:
                session[_ID] = request.form.get("winbooks_id", "")
                session[_WHY] = required.problems[0].code
                return redirect(address_of("change_password", next=wanted()))
            entering = self._enter(entered)
            if entered.notice is None:
                return entering
            session[_NOTICE] = entered.notice.until
            return redirect(address_of("password_notice", next=wanted()))

        return self._pages.answer(SIGN_IN, answer)

    def _change_password(self) -> ResponseReturnValue:
        is_outgrown = session.get(_WHY) == PasswordOutgrown.code
        known = self.user.winbooks_id.address if self.user else session.get(_ID, "")
        return self._pages.answer(
            CHANGE_PASSWORD,
            lambda: self._enter(self._step(login_steps.change_password)),
            why=PasswordOutgrown.code if is_outgrown else "",
            known={"winbooks_id": known},
        )

    def _forgotten_password(self) -> ResponseReturnValue:
        return self._pages.answer(
            FORGOTTEN_PASSWORD,
            lambda: self._go(login_steps.forgotten_password, "link_sent"),
        )

    def _set_password(self) -> ResponseReturnValue:
        return self._pages.answer(
            SET_PASSWORD,
            lambda: self._go(login_steps.set_password, "password_set"),
            known={"token": request.args.get("token", "")},
        )

    def _confirm_id(self) -> ResponseReturnValue:
        return self._pages.answer(
            CONFIRM_ID,
            lambda: self._go(login_steps.confirm_id, "id_confirmed"),
            known={"token": request.args.get("token", "")},
        )

    def _sign_out(self) -> ResponseReturnValue:
        self.ensure_own_page()
        session.clear()
        return redirect(address_of("sign_in"))

    def _edit_user(self, winbooks_id: str) -> ResponseReturnValue:
        by = self.current_user
        try:
            shown = login_steps.find_user(self._portal, winbooks_id, by=by)
        except UnknownUser:
            return "", HTTPStatus.NOT_FOUND

        def answer() -> ResponseReturnValue:
            login_steps.edit_user(
                self._portal, winbooks_id, request.form, by=by, phone=self._phone
            )
            return redirect(address_of("user_saved"))

        names = (field.name for field in EDIT_USER.fields)
        known = {name: plain(getattr(shown, name)) for name in names}
        return self._pages.answer(EDIT_USER, answer, known=known)

    def _password_notice(self) -> ResponseReturnValue:
        if _NOTICE not in session:
            return redirect(address_of("sign_in"))
        notice = PasswordNotice(session[_NOTICE])
        return self._pages.render(
            LoginPage("password_notice", ()),
            more={
                "help": self._pages.tell(notice),
                "change": self._pages.say("page.password_notice.change"),
                "change_address": address_of("change_password", next=wanted()),
                "later": self._pages.say("page.password_notice.later"),
                "next": wanted() or self._home,
            },
        )

    def _too_large(self, _error: RequestEntityTooLarge) -> ResponseReturnValue:
        return self._pages.refuse(BodyTooLarge(request.max_content_length or MAX_BODY))

    def _done(self, name: str) -> ResponseReturnValue:
        return self._pages.render(LoginPage(name, ()))

    def _step(self, step: Callable[..., T]) -> T:
        return step(self._portal, request.form, source=self._source())

    def _go(self, step: Callable[..., None], done: str) -> ResponseReturnValue:
        self._step(step)
        return redirect(address_of(done))

    def _enter(self, entered: Entered) -> ResponseReturnValue:
        # Nothing of an earlier session goes on in this one, nor does its name, where
        # the application keeps sessions on the server.
        renew = getattr(current_app.session_interface, "regenerate", None)
        if renew is not None:
            renew(session)
        session.clear()
        session[STAMP] = entered.stamp
        return redirect(wanted() or self._home)


def _add(
    pages: Blueprint,
    name: str,
    view: Callable[..., ResponseReturnValue],
    methods: list[str],
) -> None:
    pages.add_url_rule(f"/{name.replace('_', '-')}", name, view, methods=methods)
