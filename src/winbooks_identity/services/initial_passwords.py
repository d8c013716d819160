"""
Whose password has others seen, and who has not come yet?
"""

from collections.abc import Set as AbstractSet
from typing import Final
from uuid import UUID

from .. import authorization
from ..authorization import Actor
from ..life_cycle import Step
from ..ports import UnitOfWork
from .admission import as_stored


__all__ = ["not_begun", "with_initial_password"]


#: By these a person chooses a password of their own.
_OWN_PASSWORD: Final = frozenset({Step.CHANGE_PASSWORD, Step.SET_PASSWORD})


def with_initial_password(
    keys: AbstractSet[UUID], by: Actor, unit: UnitOfWork
) -> AbstractSet[UUID]:
    """
    Return which of those users, whom *by* manages, have to change their password.

    [S2, S5]

    Raises:
        UnknownUser: *by* is no longer there.
    """
    actor = as_stored(unit, by)
    managed = [
        user.id
        for user in unit.users.find_all(keys)
        if authorization.reads_personal_data(actor, user)
    ]
    found = [unit.credentials.find(each) for each in managed]
    return {each.user_id for each in found if each is not None and each.must_change}


def not_begun(
    keys: AbstractSet[UUID], by: Actor, unit: UnitOfWork
) -> AbstractSet[UUID]:
    """
    Return which of those users, whom *by* manages, never chose a password.  [S2]

    Raises:
        UnknownUser: *by* is no longer there.
    """
    return {
        each
        for each in with_initial_password(keys, by, unit)
        if _OWN_PASSWORD.isdisjoint(event.step for event in unit.history.of_user(each))
    }
