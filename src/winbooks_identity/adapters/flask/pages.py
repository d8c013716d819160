"""
How is a login page shown, and what does it answer when it is sent?
"""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any, Final, final

from flask import Response, make_response, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from ... import texts
from ...errors import InvalidFields, Refused, Unavailable
from ...passwords import PasswordPolicy
from ...passwords.rollout import PasswordNotice
from ...refusals import BodyTooLarge, TooManyAttempts
from ..login_pages import MAX_BODY, LoginPage
from ..login_steps import own_place
from ..wtforms import add_problems
from .forms import PageForm, form_of


__all__ = [
    "Pages",
    "address_of",
    "keep_to_yourself",
    "let_cookies_stay",
    "read_no_more",
    "reader_of",
    "wanted",
]

#: What a session cookie may go along with, unless the application says otherwise.
_SAME_SITE: Final = "Lax"

_SIGN_OUT: Final = LoginPage("sign_out", ())


@final
class Pages:
    """
    The login pages in the language of their reader.

    Args:
        policy: what a new password keeps to.
        locale: returns the reader's language.
        translator: a product's own words, asked first.
    """

    def __init__(
        self,
        policy: PasswordPolicy,
        *,
        locale: Callable[[], str],
        translator: texts.Translator | None,
    ) -> None:
        self._policy = policy
        self._locale = locale
        self._translator = translator

    def answer(
        self,
        page: LoginPage,
        send: Callable[[], ResponseReturnValue],
        *,
        known: Mapping[str, object] | None = None,
        why: str = "",
    ) -> ResponseReturnValue:
        """
        Show *page*, or answer with *send* what was sent from it.

        Args:
            page: what is asked.
            send: does it; what it raises is shown beside the fields.
            known: what the fields show at first.
            why: the code of a sentence in the place of the page's help.
        """
        form = self._form(page, known)
        more = {"help": self.say(why)} if why else {}
        if request.method != "POST":
            return self.render(page, form, more=more)
        if not form.validate():
            return self.render(page, form, HTTPStatus.UNPROCESSABLE_ENTITY, more=more)
        try:
            return send()
        except TooManyAttempts as refused:
            add_problems(form, refused)
            answer = self.render(page, form, HTTPStatus.TOO_MANY_REQUESTS, more=more)
            answer.headers["Retry-After"] = str(refused.retry_after_seconds)
            return answer
        except (InvalidFields, Refused) as refused:
            add_problems(form, refused)
            return self.render(page, form, HTTPStatus.UNPROCESSABLE_ENTITY, more=more)
        except Unavailable as failure:
            said = failure.message(self._locale(), translator=self._translator)
            form.form_errors.append(said)
            return self.render(page, form, HTTPStatus.SERVICE_UNAVAILABLE, more=more)

    def is_sent_from_here(self) -> bool:
        """
        Tell whether a page of this site was sent, and not of another one.
        """
        return self._form(_SIGN_OUT).validate()

    def sign_out_form(self) -> Markup:
        """
        Return a form with the button that signs out.
        """
        button = _SIGN_OUT.title(self._locale(), translator=self._translator)
        return Markup(
            '<form method="post" action="{}">{}<button>{}</button></form>'
        ).format(address_of(_SIGN_OUT.name), self.token(), button)

    def token(self) -> Markup:
        """
        Return the hidden field that tells a page of this site.
        """
        # It may stand on a page that says why nothing was read.
        return Markup(self._form(_SIGN_OUT, reads=False).csrf_token())  # noqa: S704  WTForms escapes.

    def render(
        self,
        page: LoginPage,
        form: PageForm | None = None,
        status: HTTPStatus = HTTPStatus.OK,
        *,
        more: Mapping[str, str] | None = None,
    ) -> Response:
        """
        Return the page; a template of the product comes first.

        Args:
            page: what is shown.
            form: its form, if it has one.
            status: of the answer.
            more: what else the template gets, or gets in the place of the rest.
        """
        locale, translator = self._locale(), self._translator
        context: dict[str, Any] = {
            "page": page.name,
            "form": form,
            "title": page.title(locale, translator=translator),
            "help": page.help(locale, translator=translator),
            "button": form and page.button(locale, translator=translator),
            "language": texts.language_of(locale),
            "sign_in": self.say("page.sign_in"),
            "forgotten_password": self.say("page.forgotten_password"),
            "next": form and wanted(),
        }
        names = [page.name, "done" if form is None else "page"]
        shown = render_template(
            [f"winbooks_identity/{name}.html" for name in names],
            **context | dict(more or {}),
        )
        return make_response(shown, status)

    def refuse(self, error: BodyTooLarge) -> Response:
        """
        Say that what was sent was too much to be read.
        """
        (problem,) = error.problems
        said = problem.message(self._locale(), translator=self._translator)
        status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        page = LoginPage("too_large", ())
        return self.render(page, status=status, more={"help": said})

    def say(self, code: str) -> str:
        """
        Return the sentence with *code* in the reader's language.
        """
        return texts.text(code, self._locale(), translator=self._translator)

    def tell(self, notice: PasswordNotice) -> str:
        """
        Return what *notice* says in the reader's language.
        """
        return notice.message(self._locale(), translator=self._translator)

    def _form(
        self,
        page: LoginPage,
        known: Mapping[str, object] | None = None,
        *,
        reads: bool = True,
    ) -> PageForm:
        kind = form_of(
            page,
            policy=self._policy,
            locale=self._locale(),
            translator=self._translator,
        )
        sent = request.form if reads and request.method == "POST" else None
        return kind(sent, data=known)


def reader_of() -> str:
    """
    Return the language that the reader's browser asks for.
    """
    return texts.accepted_language(request.headers.get("Accept-Language", ""))


def wanted() -> str | None:
    """
    Return the path to go on at after a sign-in, if it is one of this site.
    """
    return own_place(request.values.get("next"))


def address_of(name: str, **query: str | None) -> str:
    """
    Return where the page with that *name* is.
    """
    given: dict[str, Any] = {key: text for key, text in query.items() if text}
    return url_for(f"winbooks_identity.{name}", **given)


def let_cookies_stay(state: BlueprintSetupState) -> None:
    """
    Let no other site send the session's cookie, unless the application has its way.
    """
    if state.app.config["SESSION_COOKIE_SAMESITE"] is None:
        state.app.config["SESSION_COOKIE_SAMESITE"] = _SAME_SITE


def read_no_more() -> None:
    """
    Read no more than a form can have; the application's own limit may be lower.
    """
    most = request.max_content_length
    request.max_content_length = MAX_BODY if most is None else min(most, MAX_BODY)


def keep_to_yourself(answer: Response) -> Response:
    """
    Let no one keep a page, put it into a frame, or learn its address.

    A link's token stands in the address.
    """
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Referrer-Policy"] = "same-origin"
    answer.headers["X-Frame-Options"] = "DENY"
    return answer
