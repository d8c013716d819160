"""
Which pages does a project get to sign people in, and to help those who forgot?

Each of them is a class whose form, template and texts a project can change.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar, Final

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.views import LogoutView, RedirectURLMixin
from django.db import connections, transaction
from django.forms import BaseForm
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
)
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils.decorators import classonlymethod, method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.generic import FormView, TemplateView

from ...errors import InvalidFields, Refused, Unavailable
from ...passwords.rollout import PasswordOutgrown
from ...portal_user import PortalUser
from ...refusals import PasswordChangeRequired, TooManyAttempts
from ..login_pages import (
    CHANGE_PASSWORD,
    CONFIRM_ID,
    FORGOTTEN_PASSWORD,
    SET_PASSWORD,
    SIGN_IN,
    LoginPage,
)
from .authentication import BACKEND, WinBooksBackend
from .messages import add_problems, late
from .notice_page import forget_notice, lead_to_notice
from .sign_in_forms import (
    ChangePasswordForm,
    ConfirmIdForm,
    ForgottenPasswordForm,
    PageForm,
    SetPasswordForm,
    SignInForm,
    sentence,
)
from .wiring import portal, source_of


__all__ = [
    "ChangePasswordView",
    "ConfirmIdView",
    "DoneView",
    "ForgottenPasswordView",
    "PageView",
    "SetPasswordView",
    "SignInView",
    "SignOutView",
]

#: Whose password was right and has to be changed, and why; the next page knows.
_ID: Final = "winbooks_identity.winbooks_id"
_WHY: Final = "winbooks_identity.change_because"

_SAFE: Final = (
    # A link's token stands in the address.
    never_cache,
    csrf_protect,
    sensitive_post_parameters(),
)


if TYPE_CHECKING:
    _FormView = FormView[PageForm]
else:
    _FormView = FormView


@method_decorator(_SAFE, name="dispatch")
class PageView(_FormView):
    """
    A form that a service answers; a page of the project's own may be one, too.
    """

    #: What the page asks and says.
    page: ClassVar[LoginPage]

    @classonlymethod
    def as_view(cls, **options: Any) -> Callable[..., HttpResponseBase]:  # noqa: N805  A class method.
        """
        Return the view, which opens no transaction in any database.

        A password is hashed between two of them, and what is refused is counted.
        """
        view = super().as_view(**options)
        for alias in connections:
            view = transaction.non_atomic_requests(using=alias)(view)
        return view

    def get_template_names(self) -> list[str]:
        """
        Return the template; a project's own comes first.
        """
        return [self.template_name or f"winbooks_identity/{self.page.name}.html"]

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        """
        Return what the template shows.
        """
        return super().get_context_data(**context) | _texts(self.page)

    def get_form_kwargs(self) -> dict[str, Any]:
        """
        Return what the form is made of.
        """
        return super().get_form_kwargs() | {"policy": portal().judge.policy}

    def answer(self, form: PageForm) -> HttpResponse:
        """
        Do what was asked for.
        """
        raise NotImplementedError

    @method_decorator(sensitive_variables())
    def form_valid(self, form: PageForm) -> HttpResponse:
        """
        Answer, or say why not.
        """
        try:
            return self.answer(form)
        except TooManyAttempts as refused:
            add_problems(form, refused)
            answer = self._refused(form, status=429)
            answer["Retry-After"] = str(refused.retry_after_seconds)
            return answer
        except (InvalidFields, Refused) as refused:
            add_problems(form, refused)
            return self._refused(form, status=422)
        except Unavailable as failure:
            form.add_error(None, late(failure.message))
            return self._refused(form, status=503)

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        """
        Show every problem.
        """
        return self._refused(form, status=422)

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        """
        Answer, and let no other site learn the address.
        """
        answer = super().dispatch(request, *args, **kwargs)
        answer.headers["Referrer-Policy"] = "same-origin"
        return answer

    def _refused(self, form: BaseForm, *, status: int) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=status)


class _SignsIn(RedirectURLMixin, PageView):
    """
    A page behind which its user is signed in.
    """

    def get_default_redirect_url(self) -> str:
        """
        Return where to go on, if the request does not say.
        """
        return resolve_url(self.next_page or settings.LOGIN_REDIRECT_URL)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        """
        Return what the template shows, with where to go on.
        """
        found = super().get_context_data(**context)
        return found | {"next": self.get_redirect_url(), "next_name": "next"}

    def _enter(self, user: PortalUser) -> HttpResponseRedirect:
        for kept in (_ID, _WHY):
            self.request.session.pop(kept, None)
        forget_notice(self.request)
        login(self.request, WinBooksBackend().account_of(user), backend=BACKEND)
        return HttpResponseRedirect(self.get_success_url())


class SignInView(_SignsIn):
    """
    Signs people in; a password that has to be changed leads to the page for that.
    """

    page = SIGN_IN
    form_class: type[PageForm] | None = SignInForm

    def answer(self, form: PageForm) -> HttpResponse:
        """
        Sign the person in.
        """
        winbooks_id = form.cleaned_data["winbooks_id"]
        try:
            signed_in = portal().sign_in.verify(
                winbooks_id,
                form.cleaned_data["password"],
                source=source_of(self.request),
            )
        except PasswordChangeRequired as required:
            self.request.session[_ID] = winbooks_id.address
            self.request.session[_WHY] = required.problems[0].code
            query = {"next": self.get_redirect_url()} if self.get_redirect_url() else {}
            return redirect(reverse("winbooks_identity:change_password", query=query))
        entered = self._enter(signed_in.user)
        if signed_in.notice is None:
            return entered
        return lead_to_notice(self.request, signed_in.notice, entered.url)


class ChangePasswordView(_SignsIn):
    """
    Lets people change their password, also an initial one, and signs them in.
    """

    page = CHANGE_PASSWORD
    form_class: type[PageForm] | None = ChangePasswordForm

    def get_initial(self) -> dict[str, Any]:
        """
        Return whose password it is, where that is known.
        """
        signed_in = getattr(self.request.user, "winbooks_user", None)
        address = self.request.session.get(_ID, "")
        return {"winbooks_id": signed_in.winbooks_id if signed_in else address}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        """
        Return what the template shows: why, where the password breaks the policy.
        """
        found = super().get_context_data(**context)
        if self.request.session.get(_WHY) == PasswordOutgrown.code:
            found["help"] = sentence(PasswordOutgrown.code)
        return found

    def answer(self, form: PageForm) -> HttpResponse:
        """
        Change the password; their other sessions end.
        """
        user = portal().own_login.change_password(
            form.cleaned_data["winbooks_id"],
            form.cleaned_data["current_password"],
            form.cleaned_data["password"],
            source=source_of(self.request),
        )
        return self._enter(user)


class ForgottenPasswordView(PageView):
    """
    Lets a link be mailed; the answer is the same for everyone.
    """

    page = FORGOTTEN_PASSWORD
    form_class: type[PageForm] | None = ForgottenPasswordForm

    def answer(self, form: PageForm) -> HttpResponse:
        """
        Ask for the link.
        """
        portal().own_login.send_password_link(
            form.cleaned_data["winbooks_id"], source=source_of(self.request)
        )
        return redirect("winbooks_identity:link_sent")


class _LinkPage(PageView):
    """
    The page behind a mailed link; opening it does nothing.
    """

    def get_initial(self) -> dict[str, Any]:
        """
        Return the token of the link.
        """
        return {"token": self.request.GET.get("token", "")}


class SetPasswordView(_LinkPage):
    """
    Lets the reader of a link choose a password.
    """

    page = SET_PASSWORD
    form_class: type[PageForm] | None = SetPasswordForm

    def answer(self, form: PageForm) -> HttpResponse:
        """
        Set the password; their sessions end.
        """
        portal().own_login.set_password(
            form.cleaned_data["token"],
            form.cleaned_data["password"],
            source=source_of(self.request),
        )
        return redirect("winbooks_identity:password_set")


class ConfirmIdView(_LinkPage):
    """
    Lets the reader of a link confirm their new WinBooks ID.
    """

    page = CONFIRM_ID
    form_class: type[PageForm] | None = ConfirmIdForm

    def answer(self, form: PageForm) -> HttpResponse:
        """
        Confirm the ID; their sessions end.
        """
        portal().own_login.confirm_id(
            form.cleaned_data["token"], source=source_of(self.request)
        )
        return redirect("winbooks_identity:id_confirmed")


class DoneView(TemplateView):
    """
    Says what was done.
    """

    name = ""
    template_name: str | None = "winbooks_identity/done.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        """
        Return what the template shows.
        """
        return super().get_context_data(**context) | _texts(LoginPage(self.name, ()))


class SignOutView(LogoutView):
    """
    Ends a session; it takes what a button sends (POST) alone.
    """

    next_page: str | None = "winbooks_identity:sign_in"


def _texts(page: LoginPage) -> dict[str, Any]:
    return {
        "page": page.name,
        "title": late(page.title),
        "help": late(page.help),
        "button": late(page.button) if page.fields else "",
        "sign_in": sentence("page.sign_in"),
        "forgotten_password": sentence("page.forgotten_password"),
    }
