"""
How are the users of the Portal looked after in Django's admin?

No page writes a row: users are read through the services, and every change is a
step of theirs, with its own refusals and its place in the history.
"""

from functools import partial
from typing import Any, ClassVar, Final
from uuid import UUID

import attrs
from django import forms
from django.contrib import admin, messages
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.decorators import method_decorator
from django.utils.text import capfirst
from django.views.decorators.debug import sensitive_variables

from ...errors import Refused, Unavailable
from ...forms.new_user import NewUser
from ...licence import Licence
from ...life_cycle import Step
from ...passwords import Password
from ...portal_user import PortalUser
from . import models
from .admin_actors import actor_in, find, licences, people
from .admin_answers import (
    PageAdmin,
    attempt,
    chosen,
    ensure,
    in_words,
    matches,
    may,
    words,
)
from .admin_person import facts, offered, past
from .admin_steps import STEPS, taken
from .form import NewEmployeeForm, NewEndCustomerForm, NewUserForm
from .messages import late
from .sign_in_forms import sentence
from .wiring import portal


__all__ = ["UserAdmin"]

#: How many users stand on a page.
PAGE: Final = 50

#: The steps that can be taken for several users of the list at once.
TOGETHER: Final = (Step.ACTIVATE, Step.DEACTIVATE, Step.SET_PASSWORD)

_KINDS: Final[dict[str, type[NewUserForm[NewUser]]]] = {
    "new_employee": NewEmployeeForm,
    "new_end_customer": NewEndCustomerForm,
}

_HERE: Final = "admin:winbooks_identity_user"


# Not in the model itself: a migration would keep it, in one language.
models.User._meta.verbose_name_plural = sentence("admin.users")  # noqa: SLF001  Django's place for it.


@admin.register(models.User)
class UserAdmin(PageAdmin):
    """
    The pages of the users: a list, a page for each, and one for each step.

    The permissions of the model decide who sees them: to view, to add, to change, and
    to delete, which is to erase.  What the person may do besides is the library's
    answer, for the user of the Portal that they are, or else for the distributor.
    """

    #: Nothing of a row is written here.
    readonly_fields: ClassVar[Any] = ("id",)

    def get_urls(self) -> list[URLResolver | URLPattern]:  # type: ignore[override] # Patterns alone.
        """
        Return where the pages are.
        """
        name = "winbooks_identity_user"
        return [
            path("", self.page(self.list_users), name=f"{name}_changelist"),
            path("add/", self.page(self.create), name=f"{name}_add"),
            path("<uuid:user_id>/", self.page(self.show), name=f"{name}_change"),
            path(
                "<uuid:user_id>/<slug:step>/",
                self.page(self.take),
                name=f"{name}_step",
            ),
        ]

    def list_users(self, request: HttpRequest) -> HttpResponse:
        """
        Show the users of a licence, or take a step for some of them.
        """
        ensure(request, "view")
        offered = licences(request)
        licence = chosen(request, offered)
        if licence is None:
            return self.answer(request, "licences", licences=offered)
        if request.method == "POST":
            return self._take_for_several(request, licence)
        query = request.GET.get("q", "").strip()
        found = [
            user
            for user in people(actor_in(request, licence.number))
            if matches(user, query)
        ]
        return self.answer(
            request,
            "users",
            licence=licence,
            licences=offered,
            query=query,
            page=(page := Paginator(found, PAGE).get_page(request.GET.get("p"))),
            rows=[
                (
                    user,
                    late(user.level.label),
                    sentence(f"cli.status.{user.status.value}"),
                )
                for user in page
            ],
            steps=[(step.value, late(step.label)) for step in TOGETHER],
            kinds=[(kind, sentence(f"form.{kind}")) for kind in _KINDS],
        )

    def show(self, request: HttpRequest, user_id: UUID) -> HttpResponse:
        """
        Show a user, their history, and the steps that can be taken.
        """
        ensure(request, "view")
        actor, user = find(request, user_id)
        answers = portal().administration.steps(user, by=actor).values()
        events = portal().administration.history(user.id, by=actor)
        return self.answer(
            request,
            "user",
            person=user,
            facts=facts(user),
            **offered(
                each
                for each in answers
                if each.step in STEPS and may(request, _right(each.step))
            ),
            events=past(events),
        )

    @method_decorator(sensitive_variables())
    def take(self, request: HttpRequest, user_id: UUID, step: str) -> HttpResponse:
        """
        Ask for what a step needs, and take it.
        """
        kind = next((each for each in STEPS if each.value == step), None)
        if kind is None:
            raise Http404
        ensure(request, _right(kind))
        actor, user = find(request, user_id)
        form: Any = forms.Form(request.POST if request.method == "POST" else None)
        answer = portal().administration.steps(user, by=actor)[kind]
        if not (answer.is_possible or form.is_bound):
            return self.answer(
                request,
                "not_possible",
                title=capfirst(late(kind.label)),
                person=user,
                reason=in_words(answer.reasons),
            )
        dossiers = portal().provisioning.dossiers(by=actor)
        form.fields |= STEPS[kind].fields(user, dossiers, answer)
        form.fields["version"] = forms.IntegerField(
            widget=forms.HiddenInput, initial=user.version
        )
        if form.is_valid():
            values = dict(form.cleaned_data)
            # A step is for the user as they were shown.
            shown = attrs.evolve(user, version=values.pop("version"))
            call = partial(taken, kind, shown, values, by=actor)
            if (done := attempt(form, call)) is not None:
                (password,) = done
                return self._done(request, user, kind, password)
        return self.form_page(
            request, form, title=capfirst(late(kind.label)), person=user
        )

    @method_decorator(sensitive_variables())
    def create(self, request: HttpRequest) -> HttpResponse:
        """
        Make a user by the form of the Portal.
        """
        ensure(request, "add")
        licence = chosen(request, licences(request))
        if licence is None:
            return redirect(f"{_HERE}_changelist")
        actor = actor_in(request, licence.number)
        name = request.GET.get("kind", "new_employee")
        form = _KINDS.get(name, NewEmployeeForm)(
            request.POST if request.method == "POST" else None,
            licence=licence,
            dossiers=portal().provisioning.dossiers(by=actor),
            policy=portal().judge.policy,
            breached=portal().breached,
            estimator=portal().estimator,
        )
        if form.is_valid():
            create = partial(portal().provisioning.create, form.new_user, by=actor)
            if (done := attempt(form, create)) is not None:
                (created,) = done
                return self._done(request, created.user, Step.CREATE, created.password)
        return self.form_page(request, form, title=sentence(f"form.{name}"))

    def _take_for_several(self, request: HttpRequest, licence: Licence) -> HttpResponse:
        ticked = {*request.POST.getlist("user")}
        actor = actor_in(request, licence.number)
        asked = request.POST.get("step", "")
        kind = next((each for each in TOGETHER if each.value == asked), None)
        if kind is None:
            raise BadRequest
        ensure(request, _right(kind))
        for user in people(actor):
            if str(user.id) not in ticked:
                continue
            try:
                taken(kind, user, {}, by=actor)
            except (Refused, Unavailable) as refused:
                said = f"{late(kind.label)}, {user.winbooks_id}: {words(refused)}"
                self.message_user(request, said, messages.ERROR)
            else:
                said = f"{late(kind.label)}: {user.winbooks_id}"
                self.message_user(request, said, messages.SUCCESS)
        return redirect(request.get_full_path())

    def _done(
        self,
        request: HttpRequest,
        user: PortalUser,
        step: Step,
        password: Password | None,
    ) -> HttpResponse:
        if password is not None:
            return self.answer(
                request,
                "password",
                person=user,
                password=password,
                title=sentence("admin.hand_over"),
            )
        self.message_user(request, f"{late(step.label)}: {user.winbooks_id}")
        if step is Step.ERASE:
            return redirect(f"{reverse(f'{_HERE}_changelist')}?licence={user.licence}")
        return redirect(f"{_HERE}_change", user.id)


def _right(step: Step) -> str:
    return "delete" if step is Step.ERASE else "change"
