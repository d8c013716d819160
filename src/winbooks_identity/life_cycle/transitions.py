"""
What is a user after a step?

Every decision takes a user and returns them as they are after its step, which it
carries; who may take the step, and how it is stored, are elsewhere.
"""

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from functools import wraps
from typing import Concatenate, Final, ParamSpec, Protocol, Self, cast, final

import attrs

from ..dossier import DossierNumber
from ..errors import InvalidFields
from ..forms.new_user import NewEmployee, NewEndCustomer
from ..language import Language
from ..level import Level
from ..names import CompanyName, PersonName
from ..phone import PhoneNumber
from ..portal_user import CredentialSource, IdChange, PortalUser, Status
from ..role import Role
from ..winbooks_id import WinBooksId
from .steps import Step, ensure_allowed


__all__ = [
    "Decision",
    "Details",
    "StepToTake",
    "activate",
    "change_id",
    "change_level",
    "confirm_id",
    "deactivate",
    "grant_dossiers",
    "grant_roles",
    "kind_of",
    "lose_dossier",
    "move_to_on_web",
    "notify",
    "rectify",
    "replace_id",
    "revoke_dossiers",
    "revoke_roles",
    "withdraw_id",
]


P = ParamSpec("P")


class Decision(Protocol[P]):
    """
    What its step makes of a user.

    Raises:
        NotAllowed: the step is not for the user as they are now; asked first.
    """

    step: Step

    def __call__(
        self, user: PortalUser, /, *args: P.args, **kwargs: P.kwargs
    ) -> PortalUser:
        """
        Return *user* as they are after the step.
        """
        ...


@final
@attrs.frozen
class StepToTake:
    """
    A step with what it makes of a user, once its details are known.
    """

    step: Step
    decide: Callable[[PortalUser], PortalUser]

    @classmethod
    def of(cls, decision: Decision[P], *args: P.args, **kwargs: P.kwargs) -> Self:
        """
        Return the step of *decision*, with its details.
        """
        return cls(decision.step, lambda user: decision(user, *args, **kwargs))


def _decides(
    step: Step,
) -> Callable[[Callable[Concatenate[PortalUser, P], PortalUser]], Decision[P]]:
    """
    Make the decision of *step* of a function that says what the user is after it.
    """

    def decorated(
        decide: Callable[Concatenate[PortalUser, P], PortalUser],
    ) -> Decision[P]:
        @wraps(decide)
        def decision(
            user: PortalUser, /, *args: P.args, **kwargs: P.kwargs
        ) -> PortalUser:
            ensure_allowed(user, step)
            return decide(user, *args, **kwargs)

        carrying = cast("Decision[P]", decision)
        carrying.step = step
        return carrying

    return decorated


@_decides(Step.ACTIVATE)
def activate(user: PortalUser) -> PortalUser:
    """
    Let *user* sign in, for the first time or again.  [R56, Q12]

    Raises:
        NotAllowed: the user is active.
        InvalidFields: an end customer has no dossier, since it was closed.  [S51]
    """
    InvalidFields.raise_if_any(
        {"dossiers": kind_of(user).check_dossiers(user.dossiers)}
    )
    return attrs.evolve(user, status=Status.ACTIVE, deactivated_by_feed=False)


@_decides(Step.DEACTIVATE)
def deactivate(user: PortalUser) -> PortalUser:
    """
    Keep *user* from signing in; everything else stays.  [Q12]

    Raises:
        NotAllowed: the user is inactive.
    """
    return attrs.evolve(user, status=Status.INACTIVE)


@_decides(Step.CHANGE_LEVEL)
def change_level(user: PortalUser, level: Level) -> PortalUser:
    """
    Give *user* another level; staff stay staff, and end customers stay that.

    [R21, R22, Q21]

    Raises:
        InvalidFields: *level* is not for that kind of user.
    """
    kind = kind_of(user)
    InvalidFields.raise_if_any({"level": kind.check_level(level)})
    return attrs.evolve(user, level=level)


@_decides(Step.GRANT_DOSSIERS)
def grant_dossiers(
    user: PortalUser, dossiers: AbstractSet[DossierNumber]
) -> PortalUser:
    """
    Let *user* open *dossiers* too; notices of them follow the box.  [R41, R73, Q19]
    """
    return attrs.evolve(user, dossiers=user.dossiers | dossiers)


@_decides(Step.REVOKE_DOSSIERS)
def revoke_dossiers(
    user: PortalUser, dossiers: AbstractSet[DossierNumber]
) -> PortalUser:
    """
    Take *dossiers* away from *user*, and with them their notices.  [R43]

    Raises:
        InvalidFields: an end customer would have none left.  [R38]
    """
    left = user.dossiers - dossiers
    InvalidFields.raise_if_any({"dossiers": kind_of(user).check_dossiers(left)})
    return attrs.evolve(user, dossiers=left)


@_decides(Step.REVOKE_DOSSIERS)
def lose_dossier(user: PortalUser, dossier: DossierNumber) -> PortalUser:
    """
    Take *dossier* away from *user*, since it is closed.  [R43, S51]

    Raises:
        InvalidFields: an end customer who can sign in would have none left.  [R38]
    """
    left = user.dossiers - {dossier}
    if user.is_active:
        InvalidFields.raise_if_any({"dossiers": kind_of(user).check_dossiers(left)})
    return attrs.evolve(user, dossiers=left)


@_decides(Step.GRANT_ROLES)
def grant_roles(user: PortalUser, roles: AbstractSet[Role]) -> PortalUser:
    """
    Give *user* also *roles*.  [R53]

    Raises:
        InvalidFields: a role is not for that kind of user.  [R47, R48]
    """
    return _with_roles(user, user.roles | roles)


@_decides(Step.REVOKE_ROLES)
def revoke_roles(user: PortalUser, roles: AbstractSet[Role]) -> PortalUser:
    """
    Take *roles* away from *user*.  [R53]

    Raises:
        InvalidFields: an end customer would have none left.  [R51]
    """
    return _with_roles(user, user.roles - roles)


@_decides(Step.NOTIFY)
def notify(user: PortalUser, *, all_dossiers: bool) -> PortalUser:
    """
    Tick or untick the notices of *user*, for what they open now and later.

    [R41, R42, Q19]
    """
    return attrs.evolve(user, notify_all_dossiers=all_dossiers)


@final
@attrs.frozen(kw_only=True)
class Details:
    """
    What can be rectified of a person without touching their rights.
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


@_decides(Step.RECTIFY)
def rectify(user: PortalUser, details: Details) -> PortalUser:
    """
    Put *details* in the place of those of *user* (GDPR, article 16).
    """
    return attrs.evolve(user, **{name: getattr(details, name) for name in _DETAILS})


@_decides(Step.CHANGE_ID)
def change_id(user: PortalUser, change: IdChange) -> PortalUser:
    """
    Let the WinBooks ID of *change* wait until its address is confirmed.  [Q14]

    An earlier change that waits is replaced.

    Raises:
        NotAllowed: the ID is a login in WinBooks on Web.
    """
    return attrs.evolve(user, id_change=change)


@_decides(Step.CHANGE_ID)
def replace_id(user: PortalUser, winbooks_id: WinBooksId) -> PortalUser:
    """
    Put *winbooks_id* in the place of the present ID, without a proof.  [S35, S53]

    A change that waits is let go of.

    Raises:
        NotAllowed: the ID is a login in WinBooks on Web.
    """
    is_proven = user.address_proven and user.winbooks_id == winbooks_id
    return attrs.evolve(
        user, winbooks_id=winbooks_id, id_change=None, address_proven=is_proven
    )


@_decides(Step.CONFIRM_ID)
def confirm_id(user: PortalUser) -> PortalUser:
    """
    Put the WinBooks ID that waits in the place of the present one.  [Q14, S35]

    Raises:
        NotAllowed: none waits, or the ID is a login in WinBooks on Web.
    """
    waiting = cast("IdChange", user.id_change)  # The step is allowed with one only.
    return attrs.evolve(
        user, winbooks_id=waiting.winbooks_id, id_change=None, address_proven=True
    )


@_decides(Step.WITHDRAW_ID)
def withdraw_id(user: PortalUser) -> PortalUser:
    """
    Let go of the WinBooks ID that waits.  [Q14]

    Raises:
        NotAllowed: none waits.
    """
    return attrs.evolve(user, id_change=None)


@_decides(Step.MOVE_TO_ON_WEB)
def move_to_on_web(user: PortalUser) -> PortalUser:
    """
    Let *user* sign in with their login and password of WinBooks on Web.  [S52]

    A new ID that waits is let go of: their login is the one on Web.

    Raises:
        NotAllowed: they do so already.
    """
    return attrs.evolve(user, credential_source=CredentialSource.ON_WEB, id_change=None)


def kind_of(user: PortalUser) -> type[NewEmployee] | type[NewEndCustomer]:
    """
    Return the form of the kind of user that *user* is, which knows its rules.
    """
    return NewEmployee if user.is_staff else NewEndCustomer


def _with_roles(user: PortalUser, roles: frozenset[Role]) -> PortalUser:
    InvalidFields.raise_if_any({"roles": kind_of(user).check_roles(roles)})
    return attrs.evolve(user, roles=roles)
