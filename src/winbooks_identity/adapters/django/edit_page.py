"""
How are the details of a user changed on a page of the project?
"""

from functools import cached_property
from typing import Any

import attrs
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from ...authorization import Actor
from ...life_cycle import Details
from ...portal_user import PortalUser
from ...refusals import UnknownUser
from ..login_pages import EDIT_USER
from ..login_steps import find_user
from .authentication import signed_in
from .sign_in_forms import EditUserForm, PageForm
from .views import PageView
from .wiring import portal


__all__ = ["EditUserView"]


class EditUserView(LoginRequiredMixin, PageView):
    """
    Changes the details of the user in the address; their rights stay.

    The page is there for those who manage them, and no one else learns whether there
    is such a user.  What was saved since the page was opened is not overwritten.
    """

    page = EDIT_USER
    form_class: type[PageForm] | None = EditUserForm

    @cached_property
    def actor(self) -> Actor:
        """
        Return who asks: the user of the Portal who is signed in.

        Raises:
            Http404: the account is none of the Portal's; it manages no one.
        """
        user = signed_in(self.request)
        if user is None:
            raise Http404
        return user

    @cached_property
    def user(self) -> PortalUser:
        """
        Return whose details they are, as they are now.

        Raises:
            Http404: there is no such user, or not for who asks.
        """
        try:
            return find_user(portal(), self.kwargs["winbooks_id"], by=self.actor)
        except UnknownUser:
            raise Http404 from None

    def get_initial(self) -> dict[str, Any]:
        """
        Return the details, and the version that is shown.
        """
        return {each.name: getattr(self.user, each.name) for each in self.page.fields}

    def answer(self, form: PageForm) -> HttpResponse:
        """
        Put the details in the place of those of the user who was shown.
        """
        details = dict(form.cleaned_data)
        shown = attrs.evolve(self.user, version=details.pop("version"))
        portal().administration.rectify(shown, Details(**details), by=self.actor)
        return redirect("winbooks_identity:user_saved")
