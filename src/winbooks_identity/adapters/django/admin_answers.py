"""
How do the pages of Django's admin answer, also what the library refuses?
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import connections, transaction
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from ...errors import Invalid, InvalidFields, Refused, Unavailable
from ...licence import Licence
from ...portal_user import PortalUser
from ...problems import Remark
from .messages import active_language, add_problems, late, own_words
from .models import User
from .sign_in_forms import sentence


__all__ = [
    "PageAdmin",
    "attempt",
    "chosen",
    "ensure",
    "in_words",
    "matches",
    "may",
    "words",
]

_COLUMNS: Final = (
    "winbooks_id",
    "name",
    "level",
    "status",
    "at",
    "step",
    "by",
    "detail",
)


if TYPE_CHECKING:
    _ModelAdmin = admin.ModelAdmin[User]
else:
    _ModelAdmin = admin.ModelAdmin


class PageAdmin(_ModelAdmin):
    """
    An entry of the admin whose pages are all its own.
    """

    def answer(
        self, request: HttpRequest, name: str, **context: object
    ) -> TemplateResponse:
        """
        Return the page of the template called *name*.
        """
        admin: Any = self
        return TemplateResponse(
            request,
            f"winbooks_identity/admin/{name}.html",
            {
                **self.admin_site.each_context(request),
                "opts": admin.opts,
                "title": sentence("admin.users"),
                "may_add": may(request, "add"),
                "may_change": may(request, "change"),
                "columns": {each: sentence(f"cli.column.{each}") for each in _COLUMNS},
                **context,
            },
        )

    def form_page(
        self, request: HttpRequest, form: forms.BaseForm, **context: object
    ) -> HttpResponse:
        """
        Return the page with *form*, which was refused if something was filled in.
        """
        answer = self.answer(request, "form", form=form, **context)
        answer.status_code = 422 if form.is_bound else 200
        return answer

    def page(self, view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        """
        Return *view* for people in the admin alone; it opens no transaction.
        """
        safe = never_cache(self.admin_site.admin_view(view))
        page = sensitive_post_parameters()(safe)
        for alias in connections:
            # A password is hashed between two transactions.
            page = transaction.non_atomic_requests(using=alias)(page)
        return page


def may(request: HttpRequest, right: str) -> bool:
    """
    Tell whether the person at the keyboard has a permission for the users.
    """
    account: Any = request.user
    held: bool = account.has_perm(f"winbooks_identity.{right}_user")
    return held


def ensure(request: HttpRequest, right: str) -> None:
    """
    Raise unless the person at the keyboard has a permission for the users.

    Raises:
        PermissionDenied: they have not.
    """
    if not may(request, right):
        raise PermissionDenied


def attempt(form: forms.BaseForm, call: Callable[[], Any]) -> tuple[Any] | None:
    """
    Return what *call* returns, or put what it is refused for on *form*.
    """
    try:
        return (call(),)
    except (Invalid, InvalidFields, Refused) as refused:
        add_problems(form, refused)
    except Unavailable as failure:
        form.add_error(None, late(failure.message))
    return None


def words(refused: Refused | Unavailable) -> str:
    """
    Return why something was refused, in the active language.
    """
    if isinstance(refused, Unavailable):
        return refused.message(active_language(), translator=own_words())
    return in_words(refused.problems)


def in_words(remarks: Sequence[Remark]) -> str:
    """
    Return what *remarks* say, in the active language.
    """
    language = active_language()
    return " ".join(each.message(language, translator=own_words()) for each in remarks)


def chosen(request: HttpRequest, offered: Sequence[Licence]) -> Licence | None:
    """
    Return the licence that *request* is about; the only one that is *offered*.
    """
    if len(offered) == 1:
        return offered[0]
    number = request.GET.get("licence")
    return next((each for each in offered if each.number == number), None)


def matches(user: PortalUser, query: str) -> bool:
    """
    Tell whether the ID or the name of *user* has *query* in it.
    """
    known = f"{user.winbooks_id.key} {user.first_name} {user.last_name}"
    return query.casefold() in known.casefold()
