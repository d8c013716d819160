"""
What do people see who signed in with a password that will not do for long?
"""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView

from ...passwords.rollout import PasswordNotice
from .messages import late
from .sign_in_forms import sentence


__all__ = ["PasswordNoticeView", "forget_notice", "lead_to_notice"]

#: What a session keeps of a notice: until when, and where to go on.
_NOTICE: Final = "winbooks_identity.notice"


def lead_to_notice(
    request: HttpRequest, notice: PasswordNotice, address: str
) -> HttpResponse:
    """
    Return what shows *notice* to who just signed in, before they go on to *address*.
    """
    request.session[_NOTICE] = {"until": notice.until, "next": address}
    return redirect("winbooks_identity:password_notice")


def forget_notice(request: HttpRequest) -> None:
    """
    Let the notice of an earlier sign-in go.
    """
    request.session.pop(_NOTICE, None)


@method_decorator(never_cache, name="dispatch")
class PasswordNoticeView(TemplateView):
    """
    Tells people until when to change their password; they may go on first.  [S44]
    """

    template_name: str | None = "winbooks_identity/password_notice.html"

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        """
        Answer; where there is nothing to tell, lead to the sign-in.
        """
        if _NOTICE not in request.session:
            return redirect("winbooks_identity:sign_in")
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        """
        Return what the template shows.
        """
        kept = self.request.session[_NOTICE]
        query = {"next": kept["next"]}
        return super().get_context_data(**context) | {
            "title": sentence("page.password_notice"),
            "help": late(PasswordNotice(kept["until"]).message),
            "change": sentence("page.password_notice.change"),
            "change_address": reverse("winbooks_identity:change_password", query=query),
            "later": sentence("page.password_notice.later"),
            "next": kept["next"],
        }
