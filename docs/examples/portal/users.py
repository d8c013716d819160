"""
How do the list of the users and the page of one of them look?
"""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from winbooks_identity import Portal, PortalUser, authorization
from winbooks_identity.adapters.flask import Login
from winbooks_identity.credential import InitialPassword
from winbooks_identity.explain import DIGITAL_PRODUCTS, explain
from winbooks_identity.forms.description import LANGUAGE_CHOICES

from .finding import found, matching, page_of
from .history import history, moment
from .steps import address_of, possible_steps
from .words import say


__all__ = ["user_pages"]


def user_pages(portal: Portal, login: Login, *, on_page: int) -> Blueprint:
    """
    Return the pages that show users to those who may see them.

    Args:
        portal: where they are.
        login: who reads.
        on_page: how many users stand on a page of the list.
    """
    pages = Blueprint("users", __name__)

    @pages.get("/")
    @login.required
    def everyone() -> str:
        by = login.current_user
        query, status = request.args.get("q", ""), request.args.get("status", "")
        users = matching(portal, by=by, query=query, status=status)
        page = page_of(users, request.args.get("page", ""), size=on_page)
        return render_template(
            "users.html",
            number=len(users),
            page=page,
            newcomers=portal.administration.must_change(page.users, by=by),
            query=query,
            status=status,
        )

    @pages.get("/users/<winbooks_id>")
    @login.required
    def one(winbooks_id: str) -> str:
        by = login.current_user
        user = found(portal, winbooks_id, by=by)
        possible, refused = possible_steps(portal, user, by=by)
        return render_template(
            "user.html",
            user=user,
            # Of the others the reader does not even know the numbers.
            dossiers=[
                each
                for each in portal.provisioning.dossiers(by=by)
                if each.number in user.dossiers
            ],
            digital=explain(user, DIGITAL_PRODUCTS),
            possible=[(step, address_of(step, user)) for step in possible],
            refused=refused,
            personal=_personal(portal, user, by=by),
            languages_named={each.value: each.name for each in LANGUAGE_CHOICES},
        )

    @pages.post("/users/<winbooks_id>/unlock")
    @login.required
    def unlock(winbooks_id: str) -> ResponseReturnValue:
        login.ensure_own_page()
        by = login.current_user
        portal.lock_outs.lift(found(portal, winbooks_id, by=by), by=by)
        flash(say("unlocked"))
        return redirect(url_for("users.one", winbooks_id=winbooks_id))

    return pages


def _personal(
    portal: Portal, user: PortalUser, *, by: PortalUser
) -> dict[str, object] | None:
    """
    Return what only the person reads, and those who manage them.
    """
    if not authorization.reads_personal_data(by, user):
        return None
    administration = portal.administration
    password = administration.initial_password(user, by=by)
    return {
        "must_change": password.must_change,
        "first_password": _told(password),
        "failed_attempts": len(administration.failed_attempts(user, by=by)),
        "is_locked_out": bool(portal.lock_outs.current(user, by=by)),
        "may_unlock": not authorization.check_password_reset(by, user),
        "mails": administration.mails(user, by=by),
        "history": history(portal, user, by=by),
    }


def _told(password: InitialPassword) -> str:
    if not password.must_change:
        return say("cli.user.password.no")
    if password.ends_at is None:
        return say("cli.user.password.open")
    code = "ended" if password.has_ended else "until"
    return say(f"cli.user.password.{code}", moment=moment(password.ends_at))
