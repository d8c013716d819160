"""
Who is signed in to a Flask application, and did they send that form themselves?
"""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Final, ParamSpec, cast

from flask import abort, g, redirect, request, session
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from ...portal import Portal
from ...portal_user import PortalUser
from ...refusals import SessionEnded
from .. import login_pages, login_steps
from ..login_steps import own_place
from .pages import Pages, address_of


__all__ = ["STAMP", "Guard"]

Arguments = ParamSpec("Arguments")

#: Where the session keeps what it is recognised by.
STAMP: Final = "winbooks_identity.stamp"


class Guard:
    """
    Knows who is signed in, for the pages and for views of the product.
    """

    def __init__(self, portal: Portal, pages: Pages) -> None:
        self._portal = portal
        self._pages = pages

    @property
    def user(self) -> PortalUser | None:
        """
        Return who is signed in, as they are now; `None` if no one is.  [S70]

        It is looked up once for a request.

        Raises:
            StorageBusy: the storage failed; call again.
        """
        if "winbooks_user" not in g:
            try:
                g.winbooks_user = login_steps.resume(self._portal, session.get(STAMP))
            except SessionEnded:
                g.winbooks_user = None
        return cast("PortalUser | None", g.winbooks_user)

    @property
    def current_user(self) -> PortalUser:
        """
        Return who is signed in, in a view that is `required`.

        Raises:
            SessionEnded: no one is.
            StorageBusy: the storage failed; call again.
        """
        if self.user is None:
            raise SessionEnded
        return self.user

    def required(
        self, view: Callable[Arguments, ResponseReturnValue]
    ) -> Callable[Arguments, ResponseReturnValue]:
        """
        Let *view* answer those who are signed in; others go to the page for it first.

        The view finds them in `current_user`.
        """

        @wraps(view)
        def guarded(
            *arguments: Arguments.args, **options: Arguments.kwargs
        ) -> ResponseReturnValue:
            if self.user is None:
                # What was sent is not sent again after a sign-in.
                here = request.full_path.rstrip("?") if request.method == "GET" else ""
                return redirect(address_of("sign_in", next=own_place(here)))
            return view(*arguments, **options)

        return guarded

    def token(self) -> Markup:
        """
        Return the hidden field that `ensure_own_page` looks for in a form.
        """
        return self._pages.token()

    def ensure_own_page(self) -> None:
        """
        Refuse a form that another website sends in the name of who is signed in.

        Raises:
            werkzeug.exceptions.Forbidden: it has not the token of this session: 403.
        """
        if not self._pages.is_sent_from_here():
            abort(HTTPStatus.FORBIDDEN)

    @property
    def style(self) -> Markup:
        """
        Return the style sheet of the pages, for templates that extend theirs.
        """
        return Markup(login_pages.style())  # noqa: S704  A file of ours.

    def sign_out_form(self) -> Markup:
        """
        Return a form with the button that signs out, for templates of the product.
        """
        return self._pages.sign_out_form()
