"""
What can happen to a user, and when?

The steps stand in one table, `TRANSITIONS`.  Source: spec § 3, "Life cycle".
"""

from collections.abc import Callable
from enum import Enum
from typing import ClassVar, Final, NamedTuple, final

import attrs

from .. import texts
from ..level import Level
from ..portal_user import PortalUser
from ..problems import Problem
from ..refusals import NotAllowed


__all__ = [
    "NOT_ON_WEB",
    "TRANSITIONS",
    "CredentialsOnWeb",
    "LastAdministrator",
    "State",
    "Step",
    "StepNotAllowed",
    "Transition",
    "ensure_administrator_left",
    "ensure_allowed",
    "legal_steps",
    "refusal",
    "state_of",
]


@final
class State(Enum):
    """
    Where a user stands in their life on the Portal.

    `ABSENT` and `ERASED` have no user: not yet, and never again.
    """

    ABSENT = "absent"
    INACTIVE = "inactive"
    ACTIVE = "active"
    ERASED = "erased"


@final
class Step(Enum):
    """
    Something that happens to a user, and is kept in their history.
    """

    CREATE = "create"
    ACTIVATE = "activate"
    DEACTIVATE = "deactivate"
    CHANGE_LEVEL = "change_level"
    GRANT_DOSSIERS = "grant_dossiers"
    REVOKE_DOSSIERS = "revoke_dossiers"
    GRANT_ROLES = "grant_roles"
    REVOKE_ROLES = "revoke_roles"
    NOTIFY = "notify"
    RECTIFY = "rectify"
    RESET_PASSWORD = "reset_password"  # noqa: S105  The name of a step.
    SET_PASSWORD = "set_password"  # noqa: S105  The name of a step.
    CHANGE_PASSWORD = "change_password"  # noqa: S105  The name of a step.
    CHANGE_ID = "change_id"
    CONFIRM_ID = "confirm_id"
    WITHDRAW_ID = "withdraw_id"
    MOVE_TO_ON_WEB = "move_to_on_web"
    LINK_PRODUCT = "link_product"
    UNLINK_PRODUCT = "unlink_product"
    ERASE = "erase"

    def label(
        self, locale: str = "en", *, translator: texts.Translator | None = None
    ) -> str:
        """
        Return the step's name in the language of *locale*, or *translator*'s.
        """
        return texts.text(f"step.{self.value}", locale, translator=translator)


class Transition(NamedTuple):
    """
    A step that is legal in *origin* and leads to *target*.
    """

    origin: State
    step: Step
    target: State


#: The steps that leave a user, active or not, where they stand.
_STAYING: Final = (
    Step.CHANGE_LEVEL,
    Step.GRANT_DOSSIERS,
    Step.REVOKE_DOSSIERS,
    Step.GRANT_ROLES,
    Step.REVOKE_ROLES,
    Step.NOTIFY,
    Step.RECTIFY,
    Step.RESET_PASSWORD,
    Step.SET_PASSWORD,
    Step.CHANGE_ID,
    Step.CONFIRM_ID,
    Step.WITHDRAW_ID,
    Step.MOVE_TO_ON_WEB,
    Step.LINK_PRODUCT,
    Step.UNLINK_PRODUCT,
)

#: Every legal step.  A deactivated user keeps everything and can be activated
#: again; only a person who can sign in changes their own password.  [R56, Q12]
TRANSITIONS: Final = (
    Transition(State.ABSENT, Step.CREATE, State.ACTIVE),
    Transition(State.ABSENT, Step.CREATE, State.INACTIVE),
    Transition(State.INACTIVE, Step.ACTIVATE, State.ACTIVE),
    Transition(State.ACTIVE, Step.DEACTIVATE, State.INACTIVE),
    Transition(State.ACTIVE, Step.CHANGE_PASSWORD, State.ACTIVE),
    *(
        Transition(state, step, state)
        for step in _STAYING
        for state in (State.INACTIVE, State.ACTIVE)
    ),
    Transition(State.INACTIVE, Step.ERASE, State.ERASED),
    Transition(State.ACTIVE, Step.ERASE, State.ERASED),
)

#: Login and password of an on Web user change in WinBooks on Web only.  [Q10, Q14]
NOT_ON_WEB: Final = frozenset(
    {
        Step.RESET_PASSWORD,
        Step.SET_PASSWORD,
        Step.CHANGE_PASSWORD,
        Step.CHANGE_ID,
        Step.CONFIRM_ID,
        Step.MOVE_TO_ON_WEB,
    }
)

#: What ends a change of ID, and so needs one that waits.
_ENDS_ID_CHANGE: Final = frozenset({Step.CONFIRM_ID, Step.WITHDRAW_ID})


@attrs.frozen
class StepNotAllowed(Problem):
    """
    A step is taken only where the table of the life cycle has it.

    `legal` names the steps that are possible instead.
    """

    code: ClassVar[str] = "life_cycle.step_not_allowed"

    step: str
    legal: str

    def message(
        self, locale: str = "en", *, translator: texts.Translator | None = None
    ) -> str:
        """
        Return the sentence with the steps' names in the language of *locale*.
        """

        def label(step: str) -> str:
            return Step(step).label(locale, translator=translator)

        legal = ", ".join(map(label, self.legal.split(", ")))
        params = {"step": label(self.step), "legal": legal}
        return texts.text(self.code, locale, params, translator=translator)


@attrs.frozen
class CredentialsOnWeb(Problem):
    """
    The login and the password of an on Web user are changed in WinBooks on Web.

    [Q10, Q14]
    """

    code: ClassVar[str] = "life_cycle.credentials_on_web"


@attrs.frozen
class LastAdministrator(Problem):
    """
    A licence keeps an active Administrator.  [Q12]
    """

    code: ClassVar[str] = "life_cycle.last_administrator"


def state_of(user: PortalUser) -> State:
    """
    Return where *user* stands.
    """
    return State.ACTIVE if user.is_active else State.INACTIVE


def legal_steps(user: PortalUser) -> tuple[Step, ...]:
    """
    Return what can happen to *user* as they are, in the order of `Step`.
    """
    state = state_of(user)
    in_state = {each.step for each in TRANSITIONS if each.origin is state}
    if user.is_on_web:
        in_state -= NOT_ON_WEB
    if user.id_change is None:
        in_state -= _ENDS_ID_CHANGE
    return tuple(step for step in Step if step in in_state)


def ensure_allowed(user: PortalUser, step: Step) -> None:
    """
    Raise unless *step* can happen to *user* as they are.

    Raises:
        NotAllowed: it cannot; the problem names what can, or the reason is
            that their credentials are on Web's.  [Q10, Q14]
    """
    if step not in legal_steps(user):
        raise refusal(user, step)


def refusal(user: PortalUser, step: Step) -> NotAllowed:
    """
    Return the error for a *step* that cannot happen to *user* as they are.
    """
    if user.is_on_web and step in NOT_ON_WEB:
        return NotAllowed((CredentialsOnWeb(),))
    # A move is a step of the licence: no one takes it for one user.
    possible = [each for each in legal_steps(user) if each is not Step.MOVE_TO_ON_WEB]
    legal = ", ".join(each.value for each in possible)
    return NotAllowed((StepNotAllowed(step.value, legal),))


def ensure_administrator_left(
    before: PortalUser, after: PortalUser | None, *, others: Callable[[], bool]
) -> None:
    """
    Raise unless the licence keeps an active Administrator.  [Q12]

    Args:
        before: the user before the step.
        after: the user after it; `None` once erased.
        others: tells whether another user of the licence is an active
            Administrator; asked only where it matters.

    Raises:
        NotAllowed: *before* is the last one and *after* is none.
    """
    loses_one = _is_active_administrator(before) and (
        after is None or not _is_active_administrator(after)
    )
    if loses_one and not others():
        raise NotAllowed((LastAdministrator(),))


def _is_active_administrator(user: PortalUser) -> bool:
    return user.is_active and user.level is Level.ADMINISTRATOR
