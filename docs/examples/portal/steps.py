"""
Which steps can be taken for a user, by whom, and what stands in the way of others?

The library decides each time that one is taken.  What is offered on a page follows the
same functions, so that no button leads to a refusal.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from flask import url_for

from winbooks_identity import Dossier, Level, Portal, PortalUser, authorization
from winbooks_identity.errors import Refused
from winbooks_identity.explain import Active, NotActive
from winbooks_identity.life_cycle import Step, ensure_allowed, legal_steps
from winbooks_identity.problems import Remark
from winbooks_identity.refusals import NotAllowed
from winbooks_identity.role import END_CUSTOMER_ROLES, STAFF_ROLES

from .words import in_words, say


__all__ = ["address_of", "possible_steps", "why_not"]

#: In the order of the page.
OFFERED: Final = (
    Step.RECTIFY,
    Step.CHANGE_LEVEL,
    Step.GRANT_DOSSIERS,
    Step.REVOKE_DOSSIERS,
    Step.GRANT_ROLES,
    Step.REVOKE_ROLES,
    Step.NOTIFY,
    Step.CHANGE_PASSWORD,
    Step.SET_PASSWORD,
    Step.RESET_PASSWORD,
    Step.CHANGE_ID,
    Step.WITHDRAW_ID,
    Step.ACTIVATE,
    Step.DEACTIVATE,
    Step.ERASE,
)

#: Without an active Administrator no one could manage a licence.
_CAN_LEAVE_IT_ALONE: Final = {Step.CHANGE_LEVEL, Step.DEACTIVATE, Step.ERASE}


def possible_steps(
    portal: Portal, user: PortalUser, *, by: PortalUser
) -> tuple[Sequence[Step], Mapping[str, Sequence[Step]]]:
    """
    Return the steps that *by* can take for *user*, and the others by their reasons.
    """
    dossiers = portal.provisioning.dossiers(by=by)
    possible: list[Step] = []
    refused: dict[str, list[Step]] = {}
    for step in OFFERED:
        if step is Step.CHANGE_PASSWORD and by.id != user.id:
            continue  # Each person's own business.
        if reason := why_not(portal, step, user, dossiers, by=by):
            refused.setdefault(reason, []).append(step)
        else:
            possible.append(step)
    return possible, refused


def why_not(
    portal: Portal,
    step: Step,
    user: PortalUser,
    dossiers: Sequence[Dossier],
    *,
    by: PortalUser,
) -> str:
    """
    Return why *by* cannot take *step* for *user*, in the reader's language, if so.

    Args:
        portal: where a step is rehearsed.
        step: what would be done.
        user: whom it would be done to.
        dossiers: those that *by* may give.
        by: the reader.
    """
    remarks = _authority(step, user, by) or _state(user, step)
    if not remarks and (code := next(_nothing_to_choose(step, user, dossiers), "")):
        return say(code)
    remarks = remarks or _rehearsal(portal, step, user, by)
    return " ".join(in_words(each) for each in remarks)


def address_of(step: Step, user: PortalUser) -> str:
    """
    Return the page where *step* is taken for *user*; some come with the library.
    """
    if step is Step.CHANGE_PASSWORD:
        return url_for("winbooks_identity.change_password")
    if step is Step.RECTIFY:
        return url_for("winbooks_identity.edit_user", winbooks_id=user.winbooks_id)
    return url_for("steps.take", winbooks_id=user.winbooks_id, name=step.value)


def _authority(step: Step, user: PortalUser, by: PortalUser) -> Sequence[Remark]:
    if step is Step.CHANGE_PASSWORD:
        return ()
    problems = authorization.check(by, before=user, after=user)
    if step is Step.RESET_PASSWORD and not problems:
        return authorization.check_password_reset(by, user)
    return problems


def _state(user: PortalUser, step: Step) -> Sequence[Remark]:
    if step in legal_steps(user) or step is Step.WITHDRAW_ID:
        return ()
    if step is Step.ACTIVATE:
        return (Active(),)
    if step is Step.DEACTIVATE:
        return (NotActive(),)
    try:
        ensure_allowed(user, step)
    except NotAllowed as refused:
        return refused.problems
    return ()


def _nothing_to_choose(
    step: Step, user: PortalUser, dossiers: Sequence[Dossier]
) -> Iterator[str]:
    """
    Yield the words for a step that is possible and would change nothing.
    """
    numbers = {dossier.number for dossier in dossiers}
    roles = STAFF_ROLES if user.is_staff else END_CUSTOMER_ROLES
    if step is Step.CHANGE_LEVEL and not user.is_staff:
        yield "one_level"
    if step is Step.GRANT_DOSSIERS and numbers <= user.dossiers:
        yield "no_dossiers_left"
    if step is Step.REVOKE_DOSSIERS and not numbers & user.dossiers:
        yield "no_dossiers"
    if step is Step.GRANT_ROLES and roles <= user.roles:
        yield "no_roles_left"
    if step is Step.REVOKE_ROLES and not user.roles:
        yield "no_roles"
    if step is Step.REVOKE_DOSSIERS and not user.is_staff and len(user.dossiers) == 1:
        yield "last_dossier"
    if step is Step.REVOKE_ROLES and not user.is_staff and len(user.roles) == 1:
        yield "last_role"
    if step is Step.WITHDRAW_ID and user.id_change is None:
        yield "no_new_id"


def _rehearsal(
    portal: Portal, step: Step, user: PortalUser, by: PortalUser
) -> Sequence[Remark]:
    """
    Return what only the other users of the licence tell.
    """
    is_one = user.is_active and user.level is Level.ADMINISTRATOR
    if step not in _CAN_LEAVE_IT_ALONE or not is_one:
        return ()
    try:
        portal.rehearse(lambda trial: trial.administration.deactivate(user, by=by))
    except Refused as refused:
        return refused.problems
    return ()
