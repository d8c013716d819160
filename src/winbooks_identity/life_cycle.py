"""
What can happen to a user, when, and what is he afterwards?

The steps stand in one table, `TRANSITIONS`.  Every function takes a user and
returns him as he is after the step; who may take it, storing it and telling it
are elsewhere.  Source: spec § 3, "Life cycle".
"""

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from enum import Enum
from typing import ClassVar, Final, NamedTuple, Self, final

import attrs

from . import texts
from .errors import InvalidFields
from .language import Language
from .level import Level
from .names import CompanyName, PersonName
from .new_user import NewEmployee, NewEndCustomer
from .phone import PhoneNumber
from .portal_user import IdChange, PortalUser, Status
from .problems import Problem
from .refusals import NotAllowed
from .role import Role


__all__ = [
    "TRANSITIONS",
    "CredentialsOnWeb",
    "Details",
    "LastAdministrator",
    "State",
    "Step",
    "StepNotAllowed",
    "Transition",
    "activate",
    "change_id",
    "change_level",
    "confirm_id",
    "deactivate",
    "ensure_administrator_left",
    "ensure_allowed",
    "grant_dossiers",
    "grant_roles",
    "legal_steps",
    "notify",
    "rectify",
    "revoke_dossiers",
    "revoke_roles",
    "state_of",
    "withdraw_id",
]


@final
class State(Enum):
    """
    Where somebody stands in his life on the Portal.

    `NOBODY` and `ERASED` have no user: not yet, and never again.
    """

    NOBODY = "nobody"
    INACTIVE = "inactive"
    ACTIVE = "active"
    ERASED = "erased"


@final
class Step(Enum):
    """
    Something that happens to a user, and is kept in his history.
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


#: The steps that leave a user, active or not, where he stands.
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
    Step.LINK_PRODUCT,
    Step.UNLINK_PRODUCT,
)

#: Every legal step.  A deactivated user keeps everything and can be activated
#: again; only he who can sign in changes his own password.  [R56, Q12]
TRANSITIONS: Final = (
    Transition(State.NOBODY, Step.CREATE, State.ACTIVE),
    Transition(State.NOBODY, Step.CREATE, State.INACTIVE),
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

#: Login and password of an on Web user change on on Web only.  [Q10, Q14]
NOT_ON_WEB: Final = frozenset(
    {
        Step.RESET_PASSWORD,
        Step.SET_PASSWORD,
        Step.CHANGE_PASSWORD,
        Step.CHANGE_ID,
        Step.CONFIRM_ID,
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
    The login and the password of an on Web user are changed on on Web.

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
    Return what can happen to *user* as he is, in the order of `Step`.
    """
    in_state = {each.step for each in TRANSITIONS if each.origin is state_of(user)}
    if user.is_on_web:
        in_state -= NOT_ON_WEB
    if user.id_change is None:
        in_state -= _ENDS_ID_CHANGE
    return tuple(step for step in Step if step in in_state)


def ensure_allowed(user: PortalUser, step: Step) -> None:
    """
    Do nothing if *step* can happen to *user* as he is.

    Raises:
        NotAllowed: it cannot; the problem names what can, or the reason is
            that his credentials are on Web's.  [Q10, Q14]
    """
    if step not in legal_steps(user):
        raise _refusal(user, step)


def ensure_administrator_left(
    before: PortalUser, after: PortalUser | None, *, others: Callable[[], bool]
) -> None:
    """
    Do nothing if the licence keeps an active Administrator.  [Q12]

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


def activate(user: PortalUser) -> PortalUser:
    """
    Let *user* sign in, for the first time or again.  [R56, Q12]

    Raises:
        NotAllowed: he is active.
    """
    ensure_allowed(user, Step.ACTIVATE)
    return attrs.evolve(user, status=Status.ACTIVE)


def deactivate(user: PortalUser) -> PortalUser:
    """
    Keep *user* from signing in; everything else stays.  [Q12]

    Raises:
        NotAllowed: he is inactive.
    """
    ensure_allowed(user, Step.DEACTIVATE)
    return attrs.evolve(user, status=Status.INACTIVE)


def change_level(user: PortalUser, level: Level) -> PortalUser:
    """
    Give *user* another level; staff stay staff, and end customers stay that.

    [R21, R22, Q21]

    Raises:
        InvalidFields: *level* is not for his kind of user.
    """
    ensure_allowed(user, Step.CHANGE_LEVEL)
    kind = _kind_of(user)
    InvalidFields.raise_if_any({"level": kind.check_level(level)})
    return attrs.evolve(user, level=level)


def grant_dossiers(user: PortalUser, dossiers: AbstractSet[str]) -> PortalUser:
    """
    Let *user* open *dossiers* too; notices of them follow his box.  [R41, R73, Q19]
    """
    ensure_allowed(user, Step.GRANT_DOSSIERS)
    return attrs.evolve(user, dossiers=user.dossiers | dossiers)


def revoke_dossiers(user: PortalUser, dossiers: AbstractSet[str]) -> PortalUser:
    """
    Take *dossiers* away from *user*, and with them their notices.  [R43]

    Raises:
        InvalidFields: an end customer would have none left.  [R38]
    """
    ensure_allowed(user, Step.REVOKE_DOSSIERS)
    left = user.dossiers - dossiers
    InvalidFields.raise_if_any({"dossiers": _kind_of(user).check_dossiers(left)})
    return attrs.evolve(user, dossiers=left)


def grant_roles(user: PortalUser, roles: AbstractSet[Role]) -> PortalUser:
    """
    Give *user* also *roles*.  [R53]

    Raises:
        InvalidFields: a role is not for his kind of user.  [R47, R48]
    """
    ensure_allowed(user, Step.GRANT_ROLES)
    return _with_roles(user, user.roles | roles)


def revoke_roles(user: PortalUser, roles: AbstractSet[Role]) -> PortalUser:
    """
    Take *roles* away from *user*.  [R53]

    Raises:
        InvalidFields: an end customer would have none left.  [R51]
    """
    ensure_allowed(user, Step.REVOKE_ROLES)
    return _with_roles(user, user.roles - roles)


def notify(user: PortalUser, *, all_dossiers: bool) -> PortalUser:
    """
    Tick or untick the notices of *user*, for what he opens now and later.

    [R41, R42, Q19]
    """
    ensure_allowed(user, Step.NOTIFY)
    return attrs.evolve(user, notify_all_dossiers=all_dossiers)


@final
@attrs.frozen(kw_only=True)
class Details:
    """
    What can be rectified of a person without touching his rights.
    """

    first_name: PersonName
    last_name: PersonName
    company_name: CompanyName
    language: Language
    phone: PhoneNumber | None

    @classmethod
    def of(cls, user: PortalUser) -> Self:
        """
        Return the details of *user* as they are.
        """
        return cls(**{field: getattr(user, field) for field in _DETAILS})


_DETAILS: Final = tuple(field.name for field in attrs.fields(Details))


def rectify(user: PortalUser, details: Details) -> PortalUser:
    """
    Put *details* in the place of those of *user* (GDPR, article 16).
    """
    ensure_allowed(user, Step.RECTIFY)
    return attrs.evolve(user, **{name: getattr(details, name) for name in _DETAILS})


def change_id(user: PortalUser, change: IdChange) -> PortalUser:
    """
    Let the WinBooks ID of *change* wait until its address is confirmed.  [Q14]

    An earlier change that waits is replaced.

    Raises:
        NotAllowed: his ID is his login on on Web.
    """
    ensure_allowed(user, Step.CHANGE_ID)
    return attrs.evolve(user, id_change=change)


def confirm_id(user: PortalUser) -> PortalUser:
    """
    Put the WinBooks ID that waits in the place of the present one.  [Q14]

    Raises:
        NotAllowed: none waits, or his ID is his login on on Web.
    """
    if user.id_change is None:
        raise _refusal(user, Step.CONFIRM_ID)
    ensure_allowed(user, Step.CONFIRM_ID)
    return attrs.evolve(user, winbooks_id=user.id_change.winbooks_id, id_change=None)


def withdraw_id(user: PortalUser) -> PortalUser:
    """
    Let go of the WinBooks ID that waits.  [Q14]

    Raises:
        NotAllowed: none waits.
    """
    ensure_allowed(user, Step.WITHDRAW_ID)
    return attrs.evolve(user, id_change=None)


def _refusal(user: PortalUser, step: Step) -> NotAllowed:
    if user.is_on_web and step in NOT_ON_WEB:
        return NotAllowed((CredentialsOnWeb(),))
    legal = ", ".join(each.value for each in legal_steps(user))
    return NotAllowed((StepNotAllowed(step.value, legal),))


def _kind_of(user: PortalUser) -> type[NewEmployee] | type[NewEndCustomer]:
    return NewEmployee if user.is_staff else NewEndCustomer


def _with_roles(user: PortalUser, roles: frozenset[Role]) -> PortalUser:
    InvalidFields.raise_if_any({"roles": _kind_of(user).check_roles(roles)})
    return attrs.evolve(user, roles=roles)


def _is_active_administrator(user: PortalUser) -> bool:
    return user.is_active and user.level is Level.ADMINISTRATOR
