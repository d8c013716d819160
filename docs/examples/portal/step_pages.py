"""
How does the page of a step look, and what does it answer when it is sent?

A step asks for some fields of the creation form, so its page is drawn as that form is.
"""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Final, NamedTuple

import attrs
from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from winbooks_identity import (
    InvalidFields,
    Portal,
    PortalUser,
    Refused,
)
from winbooks_identity.adapters.flask import Login
from winbooks_identity.forms.description import (
    FormDescription,
    FormField,
)
from winbooks_identity.life_cycle import Step, kind_of
from winbooks_identity.possible_steps import StepAnswer

from .finding import found
from .steps import why_not
from .taking import STEPS
from .words import capitalised, label_of, own_words, reader, say, sentences


__all__ = ["step_pages"]

#: Digits of the number of a user's version.
LONGEST_VERSION: Final = 9


class Asked(NamedTuple):
    """
    A step, for whom it would be taken, and what it asks for.
    """

    step: Step
    user: PortalUser
    form: FormDescription


def step_pages(portal: Portal, login: Login) -> Blueprint:
    """
    Return the pages of the steps.
    """
    pages = Blueprint("steps", __name__)

    @pages.route("/users/<winbooks_id>/<name>", methods=["GET", "POST"])
    @login.required
    def take(winbooks_id: str, name: str) -> ResponseReturnValue:
        step = next((each for each in STEPS if each.value == name), None)
        if step is None:
            abort(HTTPStatus.NOT_FOUND)
        by = login.current_user
        user = found(portal, winbooks_id, by=by)
        answer = portal.administration.steps(user, by=by)[step]
        asked = Asked(step, user, _form(portal, answer, user, by))
        if request.method == "GET":
            reason = why_not(answer)
            status = HTTPStatus.CONFLICT if reason else HTTPStatus.OK
            return _page(asked, reason=reason), status
        login.ensure_own_page()
        try:
            result = STEPS[step].take(portal, _as_shown(user), request.form, by)
        except (InvalidFields, Refused) as refused:
            page = _page(asked, said=sentences(refused))
            return page, HTTPStatus.UNPROCESSABLE_ENTITY
        if password := getattr(result, "password", None):
            return render_template("hand_over.html", user=user, password=password)
        flash(say("done", step=label_of(step)))
        if step is Step.ERASE:
            return redirect(url_for("users.everyone"))
        return redirect(url_for("users.one", winbooks_id=user.winbooks_id))

    return pages


def _as_shown(user: PortalUser) -> PortalUser:
    """
    Return *user* in the version that the page showed: no other one is changed.
    """
    version = request.form.get("version", "")
    is_number = version.isascii() and version.isdecimal()
    is_one = is_number and len(version) <= LONGEST_VERSION
    return attrs.evolve(user, version=int(version) if is_one else 0)


def _form(
    portal: Portal, answer: StepAnswer, user: PortalUser, by: PortalUser
) -> FormDescription:
    """
    Return the fields that a step asks for, as the user has them now.
    """
    whole = FormDescription.of(
        kind_of(user),
        licence=portal.provisioning.licence(by=by),
        dossiers=portal.provisioning.dossiers(by=by),
    )
    left = (_left(whole[name], answer, user) for name in STEPS[answer.step].asks)
    return FormDescription(fields=tuple(left))


def _left(field: FormField, answer: StepAnswer, user: PortalUser) -> FormField:
    """
    Return *field* with the choices that are left.
    """
    match field.name:
        case "level":
            return attrs.evolve(field, initial=user.level.value)
        case "notify_all_dossiers":
            return attrs.evolve(field, initial=user.notify_all_dossiers)
        case "dossiers" | "roles":
            left = answer.choices or ()
            offered = tuple(each for each in field.choices if each.value in left)
            return attrs.evolve(field, is_required=True, choices=offered)
        case _:
            return field


def _page(
    asked: Asked,
    *,
    said: Mapping[str, Sequence[str]] | None = None,
    reason: str = "",
) -> str:
    return render_template(
        "step.html",
        title=capitalised(label_of(asked.step)),
        help=own_words(f"help_{asked.step.value}", {}, reader()) or "",
        step=asked.step,
        user=asked.user,
        form=asked.form,
        said=said or {},
        sent=asked.form.read(request.form.items(multi=True)) if said else {},
        reason=reason,
    )
