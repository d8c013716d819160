"""
What would each step be refused for, if it were taken now?

Nothing is decided anew here: each step meets the rules that it meets when it is taken.
"""

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, Final, TypeAlias, final

import attrs

from .. import authorization, life_cycle
from ..authorization import Actor
from ..dossier import DossierNumber
from ..errors import InvalidFields, Refused
from ..level import Level
from ..life_cycle import Details, Step, ensure_allowed, kind_of
from ..portal_user import PortalUser
from ..problems import Problem
from ..refusals import NotAuthorised
from ..role import Role
from .answers import MANAGED, Refusal, StepAnswer


__all__ = ["possible_steps"]


def possible_steps(
    user: PortalUser,
    *,
    by: Actor,
    dossiers: Sequence[DossierNumber],
    others: Callable[[], bool],
) -> Mapping[Step, StepAnswer]:
    """
    Return what *by* can do for *user*, and why not the rest, in the order of a page.

    Args:
        user: as they are stored.
        by: who would take the steps, as they are stored.
        dossiers: the numbers of all dossiers of the licence.
        others: tells whether another user of the licence is an active Administrator;
            asked only where it matters, and perhaps several times.

    Raises:
        TypeError: *by* is no actor.
    """
    is_own = isinstance(by, PortalUser) and by.id == user.id
    trial = _Trial(user, by, others)
    return {
        step: _answer(step, trial, dossiers)
        for step in MANAGED
        if is_own or step is not Step.CHANGE_PASSWORD
    }


_Decide: TypeAlias = Callable[[PortalUser], PortalUser | None]


@final
@attrs.frozen
class _Trial:
    """
    Asks what a step would be refused for, in the order of the services.
    """

    user: PortalUser
    by: Actor
    others: Callable[[], bool]

    def refusal(self, step: Step, decide: _Decide) -> Refusal | None:
        """
        Return the error that *step* raises, if any.
        """
        try:
            self._take(step, decide)
        except (Refused, InvalidFields) as refused:
            return refused
        return None

    def _take(self, step: Step, decide: _Decide) -> None:
        after = decide(self.user)
        if step is Step.CHANGE_PASSWORD:
            return  # By the current one, whatever the rights.
        problems = authorization.check(self.by, before=self.user, after=after)
        if step is Step.RESET_PASSWORD and not problems:
            problems = authorization.check_password_reset(self.by, self.user)
        if problems:
            raise NotAuthorised(problems)
        life_cycle.ensure_administrator_left(self.user, after, others=self.others)


def _stays(step: Step) -> _Decide:
    def decide(user: PortalUser) -> PortalUser:
        ensure_allowed(user, step)
        return user

    return decide


def _erased(user: PortalUser) -> None:
    ensure_allowed(user, Step.ERASE)


#: The steps that change more than they ask for.
_DECISIONS: Final[Mapping[Step, _Decide]] = {
    Step.RECTIFY: lambda user: life_cycle.rectify(user, Details.of(user)),
    Step.WITHDRAW_ID: life_cycle.withdraw_id,
    Step.ACTIVATE: life_cycle.activate,
    Step.DEACTIVATE: life_cycle.deactivate,
    Step.ERASE: _erased,
}


@final
@attrs.frozen
class _Choosing:
    """
    A step that asks for a choice: what is left to choose, and what comes of it.
    """

    left: Callable[[PortalUser, Sequence[DossierNumber]], Sequence[Any]]
    decide: Callable[[PortalUser, AbstractSet[Any]], PortalUser]


def _change_level(user: PortalUser, chosen: AbstractSet[Level]) -> PortalUser:
    return life_cycle.change_level(user, max(chosen, default=user.level))


def _by_order(roles: AbstractSet[Role]) -> Sequence[Role]:
    return [role for role in Role if role in roles]


_CHOOSING: Final[Mapping[Step, _Choosing]] = {
    Step.CHANGE_LEVEL: _Choosing(
        lambda user, _: [
            each for each in kind_of(user).possible_levels() if each is not user.level
        ],
        _change_level,
    ),
    Step.GRANT_DOSSIERS: _Choosing(
        lambda user, dossiers: [each for each in dossiers if each not in user.dossiers],
        life_cycle.grant_dossiers,
    ),
    Step.REVOKE_DOSSIERS: _Choosing(
        lambda user, _: sorted(user.dossiers), life_cycle.revoke_dossiers
    ),
    Step.GRANT_ROLES: _Choosing(
        lambda user, _: _by_order({*kind_of(user).possible_roles()} - user.roles),
        life_cycle.grant_roles,
    ),
    Step.REVOKE_ROLES: _Choosing(
        lambda user, _: _by_order(user.roles), life_cycle.revoke_roles
    ),
}


def _answer(step: Step, trial: _Trial, dossiers: Sequence[DossierNumber]) -> StepAnswer:
    choosing = _CHOOSING.get(step)
    if choosing is None:
        decide = _DECISIONS.get(step, _stays(step))
        return StepAnswer(step=step, refusal=trial.refusal(step, decide))

    def refusal(chosen: AbstractSet[Any]) -> Refusal | None:
        return trial.refusal(step, lambda user: choosing.decide(user, chosen))

    left = choosing.left(trial.user, dossiers)
    whole = refusal({*left})
    if whole is None or not left:
        # Of thousands of dossiers, each can be chosen where all of them can together.
        return StepAnswer(step=step, refusal=whole, choices=(*map(_spelled, left),))
    refused = {each: refusal({each}) for each in left}
    good = tuple(_spelled(each) for each, why in refused.items() if why is None)
    why = None if good else _in_common([each for each in refused.values() if each])
    return StepAnswer(step=step, refusal=why, choices=good)


def _in_common(refusals: Sequence[Refusal]) -> Refusal:
    """
    Return what all choices are refused for; what one of them is, where they differ.
    """
    first = refusals[0]
    if not isinstance(first, NotAuthorised):
        return first
    told = [
        {*each.problems} if isinstance(each, NotAuthorised) else set[Problem]()
        for each in refusals
    ]
    shared = tuple(each for each in first.problems if all(each in one for one in told))
    return NotAuthorised(shared) if shared else first


def _spelled(choice: Level | Role | DossierNumber) -> str:
    return choice if isinstance(choice, str) else choice.value
