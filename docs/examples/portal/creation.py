"""
How is a user created on the Portal's own form?
"""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from itertools import combinations
from typing import Final
from uuid import UUID, uuid4

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from winbooks_identity import (
    Created,
    InvalidFields,
    Level,
    NewEmployee,
    NewEndCustomer,
    Portal,
    PortalUser,
    Refused,
)
from winbooks_identity.adapters.flask import Login
from winbooks_identity.adapters.phonenumbers import NationalPhoneParser
from winbooks_identity.forms.description import FormDescription
from winbooks_identity.role import STAFF_ROLES, readiness

from .words import own_words, reader, sentences


__all__ = ["KINDS_OF", "creation_pages"]

KINDS: Final[Mapping[str, type[NewEmployee | NewEndCustomer]]] = {
    "employee": NewEmployee,
    "end-customer": NewEndCustomer,
}

#: Which forms the reader is offered; what they may create, the service decides.
KINDS_OF: Final[Mapping[Level, Sequence[str]]] = {
    Level.ADMINISTRATOR: ("employee", "end-customer"),
    Level.POWER_USER: ("end-customer",),
    Level.USER: (),
}

#: The fields of each part of the screen, in the order of the Portal.
PARTS: Final = {
    "sign_in": ("winbooks_id", "password"),
    "level": ("level", "licence", "activate", "send_credentials"),
    "access": ("dossiers", "roles", "notify_all_dossiers"),
    "person": ("first_name", "last_name", "company_name", "phone", "language"),
}


def creation_pages(portal: Portal, login: Login) -> Blueprint:
    """
    Return the creation form, and what follows it.
    """
    pages = Blueprint("creation", __name__)

    @pages.route("/new/<kind>", methods=["GET", "POST"])
    @login.required
    def new_user(kind: str) -> ResponseReturnValue:
        by = login.current_user
        if kind not in KINDS_OF[by.level]:
            abort(HTTPStatus.NOT_FOUND)
        form = _form(portal, kind, by)
        if request.method == "GET":
            return _page(kind, form, by)
        login.ensure_own_page()
        sent = form.read(request.form.items(multi=True))
        try:
            created = _create(portal, kind, sent, by)
        except (InvalidFields, Refused) as refused:
            page = _page(kind, form, by, sent, sentences(refused))
            return page, HTTPStatus.UNPROCESSABLE_ENTITY
        page = render_template("created.html", created=created, kind=kind)
        return page, HTTPStatus.CREATED

    @pages.post("/generate")
    @login.required
    def generate() -> dict[str, str]:
        login.ensure_own_page()
        return {"password": portal.policy.generate().reveal()}

    return pages


def _form(portal: Portal, kind: str, by: PortalUser) -> FormDescription:
    return FormDescription.of(
        KINDS[kind],
        licence=portal.provisioning.licence(by=by),
        dossiers=portal.provisioning.dossiers(by=by),
        policy=portal.judge.policy,
    )


def _create(
    portal: Portal, kind: str, sent: Mapping[str, object], by: PortalUser
) -> Created:
    """
    Make the user that the form says; a form that is sent twice makes one user.

    Raises:
        InvalidFields, Refused, Unavailable: as the services say.
    """
    judge = portal.judge
    new = KINDS[kind].parse(
        sent,
        licence=portal.provisioning.licence(by=by),
        policy=judge.policy,
        breached=judge.breached,
        estimator=judge.estimator,
        dossiers=portal.provisioning.dossiers(by=by),
        phone=NationalPhoneParser(),
    )
    request_id = request.form.get("request_id", type=UUID)
    return portal.provisioning.create(new, by=by, request_id=request_id)


def _page(
    kind: str,
    form: FormDescription,
    by: PortalUser,
    sent: Mapping[str, object] | None = None,
    said: Mapping[str, Sequence[str]] | None = None,
) -> str:
    return render_template(
        "new_user.html",
        form=form,
        kind=kind,
        kinds=KINDS_OF[by.level],
        parts=PARTS,
        said=said or {},
        readiness=_readiness(),
        request_id=uuid4(),
        sent=sent or {},
    )


def _readiness() -> dict[str, str]:
    """
    Return what is missing for the digital products, by the roles that are ticked.
    """
    staff = [role.value for role in sorted(STAFF_ROLES, key=lambda role: role.value)]
    roles = {role.value: role for role in STAFF_ROLES}
    return {
        " ".join(held): "".join(
            notice.message(reader(), translator=own_words)
            for notice in readiness({roles[each] for each in held})
        )
        for number in range(len(staff) + 1)
        for held in combinations(staff, number)
    }
