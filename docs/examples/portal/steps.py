"""
Which steps can be taken for a user, and where?

The library says it, by the rules that it asks again when a step is taken.
"""

from collections.abc import Mapping, Sequence

from flask import url_for

from winbooks_identity import Portal, PortalUser
from winbooks_identity.life_cycle import Step
from winbooks_identity.possible_steps import StepAnswer

from .words import in_words


__all__ = ["address_of", "possible_steps", "why_not"]


def possible_steps(
    portal: Portal, user: PortalUser, *, by: PortalUser
) -> tuple[Sequence[Step], Mapping[str, Sequence[Step]]]:
    """
    Return the steps that *by* can take for *user*, and the others by their reasons.
    """
    possible: list[Step] = []
    refused: dict[str, list[Step]] = {}
    for step, answer in portal.administration.steps(user, by=by).items():
        if answer.is_possible:
            possible.append(step)
        else:
            refused.setdefault(why_not(answer), []).append(step)
    return possible, refused


def why_not(answer: StepAnswer) -> str:
    """
    Return why a step is not possible, in the reader's language; "" if it is.
    """
    return " ".join(in_words(each) for each in answer.reasons)


def address_of(step: Step, user: PortalUser) -> str:
    """
    Return the page where *step* is taken for *user*; some come with the library.
    """
    if step is Step.CHANGE_PASSWORD:
        return url_for("winbooks_identity.change_password")
    if step is Step.RECTIFY:
        return url_for("winbooks_identity.edit_user", winbooks_id=user.winbooks_id)
    return url_for("steps.take", winbooks_id=user.winbooks_id, name=step.value)
