"""
Who may do what to whom, on the state before and after?

Sources: R26 and R27 stand on public pages P4 and P5; the rest is settled in
spec § 3, "Who may".
"""

from collections.abc import Iterator, Sequence
from typing import ClassVar, Final, TypeAlias, final

import attrs

from .dossier import DossierNumber, LicenceNumber
from .errors import Invalid
from .level import Level
from .portal_user import PortalUser
from .problems import Problem, text_problem


__all__ = [
    "Actor",
    "Distributor",
    "EndCustomersOnly",
    "ForeignLicence",
    "InvalidOperator",
    "LevelAboveOwn",
    "ManagesNobody",
    "NotActive",
    "OnlyDistributor",
    "OnlyOnDistributorsWord",
    "OnlyOutside",
    "OnlyWinBooks",
    "OtherDossiers",
    "OwnPassword",
    "WinBooksAdministration",
    "check",
    "check_counting",
    "check_licence_change",
    "check_operator",
    "check_own_word",
    "check_password_reset",
    "check_registration",
    "check_synchronisation",
    "ensure_actor",
    "licence_of",
    "opens",
    "reads_personal_data",
    "sees",
    "sees_erased",
]


#: Characters; our choice, room for a name and an account.
MAX_OPERATOR: Final = 100


@final
@attrs.frozen
class WinBooksAdministration:
    """
    WinBooks itself: registers licences and manages no users.  [R32]
    """


@final
@attrs.frozen
class Distributor:
    """
    The distributor, standing in one of their licences.

    They may do there what its Administrator may.  [R26]  `operator` names the person
    at the keyboard, for the history.  [S4]

    Raises:
        TypeError: *licence* is no text.
        Invalid: *operator* is no name.
    """

    licence: LicenceNumber = attrs.field(validator=attrs.validators.instance_of(str))
    operator: str | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if self.operator is None:
            return
        if problems := check_operator(self.operator):
            raise Invalid(problems)


def check_operator(name: str) -> tuple[Problem, ...]:
    """
    Return why *name* cannot name the person at the keyboard.  [S4]

    Names of accounts, such as ``an.peeters``, will do.
    """
    if problems := text_problem(name):
        return problems
    is_line = name.isprintable() and name == name.strip()
    return () if is_line and 0 < len(name) <= MAX_OPERATOR else (InvalidOperator(),)


Actor: TypeAlias = PortalUser | Distributor | WinBooksAdministration
"""
Who asks for something to be done.
"""

_KINDS: Final = (PortalUser, Distributor, WinBooksAdministration)


@attrs.frozen
class InvalidOperator(Problem):
    """
    An operator's name is a line of 1 to `MAX_OPERATOR` characters.  [S4]
    """

    code: ClassVar[str] = "authorization.invalid_operator"

    maximum: int = MAX_OPERATOR


@attrs.frozen
class NotActive(Problem):
    """
    A user who cannot sign in manages no one.  [R56]
    """

    code: ClassVar[str] = "authorization.not_active"


@attrs.frozen
class ForeignLicence(Problem):
    """
    No one has power over another licence.  [R28]
    """

    code: ClassVar[str] = "authorization.foreign_licence"


@attrs.frozen
class ManagesNobody(Problem):
    """
    A User creates and manages no one.  [R29]
    """

    code: ClassVar[str] = "authorization.manages_nobody"


@attrs.frozen
class EndCustomersOnly(Problem):
    """
    A Power User creates and manages end customers only.  [R29]
    """

    code: ClassVar[str] = "authorization.end_customers_only"


@attrs.frozen
class OtherDossiers(Problem):
    """
    A Power User manages within the dossiers that they can open.  [R29]
    """

    code: ClassVar[str] = "authorization.other_dossiers"


@attrs.frozen
class LevelAboveOwn(Problem):
    """
    No one grants a level above their own.  [R30]
    """

    code: ClassVar[str] = "authorization.level_above_own"


@attrs.frozen
class OwnPassword(Problem):
    """
    No one resets their own password: that takes the current one.  [S8]
    """

    code: ClassVar[str] = "authorization.own_password"


@attrs.frozen
class OnlyWinBooks(Problem):
    """
    Only WinBooks administration registers licences.  [R32]
    """

    code: ClassVar[str] = "authorization.only_winbooks"


@attrs.frozen
class OnlyOutside(Problem):
    """
    Only WinBooks and the distributor change licences and their dossiers.  [S41]
    """

    code: ClassVar[str] = "authorization.only_outside"


@attrs.frozen
class OnlyDistributor(Problem):
    """
    Only the distributor synchronises.  [R64]
    """

    code: ClassVar[str] = "authorization.only_distributor"


@attrs.frozen
class OnlyOnDistributorsWord(Problem):
    """
    Only on the distributor's word an address counts that no link has proven.  [S53]
    """

    code: ClassVar[str] = "authorization.only_on_distributors_word"


def ensure_actor(actor: object) -> None:
    """
    Raise unless *actor* is exactly one of the known kinds.  [S1]

    An object that only looks like one, such as a product's own user with a
    `licence`, is none; an instance of a subclass is none either.  Every function
    that looks at an actor asks this first, before anything is read.

    Raises:
        TypeError: it is something else; the message names its type.
    """
    if type(actor) not in _KINDS:
        kinds = ", ".join(kind.__name__ for kind in _KINDS)
        raise TypeError(f"an actor is one of {kinds}; not {type(actor).__name__}")


def licence_of(actor: Actor) -> str | None:
    """
    Return the number of the licence that *actor* stands in.  [R31]
    """
    ensure_actor(actor)
    return None if isinstance(actor, WinBooksAdministration) else actor.licence


def check(
    actor: Actor, *, before: PortalUser | None, after: PortalUser | None
) -> tuple[Problem, ...]:
    """
    Return why *actor* may not turn *before* into *after*; empty means they may.

    `None` stands for a user who is not there: not yet, or no longer.  Every way to
    change a user passes here.  [R26, R27, R28, R29, R30]
    """
    ensure_actor(actor)
    states = [state for state in (before, after) if state is not None]
    if isinstance(actor, WinBooksAdministration):
        return (ManagesNobody(),)
    found = _check_licence(actor, states)
    if isinstance(actor, PortalUser):
        found += tuple(_check_user(actor, states))
    return found


def check_counting(actor: Actor) -> tuple[Problem, ...]:
    """
    Return why *actor* may not count what users have; empty means they may.

    Counts name no one, so WinBooks may have them of every licence; everyone
    else has them of their own, where they may see all users.  [R28, R29]
    """
    ensure_actor(actor)
    if not isinstance(actor, PortalUser):
        return ()
    inactive = () if actor.is_active else (NotActive(),)
    return inactive if actor.is_staff else (*inactive, ManagesNobody())


def check_password_reset(actor: Actor, user: PortalUser) -> tuple[Problem, ...]:
    """
    Return what speaks against a reset of the password of *user*, besides `check`.

    Taking over an open session must not give the login away.  [S8]
    """
    ensure_actor(actor)
    is_own = isinstance(actor, PortalUser) and actor.id == user.id
    return (OwnPassword(),) if is_own else ()


def check_registration(actor: Actor) -> tuple[Problem, ...]:
    """
    Return why *actor* may not register a licence; empty means they may.  [R32]
    """
    ensure_actor(actor)
    return () if isinstance(actor, WinBooksAdministration) else (OnlyWinBooks(),)


def check_licence_change(actor: Actor, licence: LicenceNumber) -> tuple[Problem, ...]:
    """
    Return why *actor* may not rename or move a licence, or change its dossiers.

    [S41]

    WinBooks may in every licence, the distributor where they stand.
    """
    ensure_actor(actor)
    if isinstance(actor, PortalUser):
        return (OnlyOutside(),)
    is_foreign = isinstance(actor, Distributor) and actor.licence != licence
    return (ForeignLicence(),) if is_foreign else ()


def check_own_word(actor: Actor) -> tuple[Problem, ...]:
    """
    Return why the word of *actor* does not stand for the proof of an address.  [S53]
    """
    ensure_actor(actor)
    return () if isinstance(actor, Distributor) else (OnlyOnDistributorsWord(),)


def check_synchronisation(actor: Actor) -> tuple[Problem, ...]:
    """
    Return why *actor* may not synchronise a licence; empty means they may.  [R64]
    """
    ensure_actor(actor)
    return () if isinstance(actor, Distributor) else (OnlyDistributor(),)


def sees(actor: Actor, user: PortalUser) -> bool:
    """
    Tell whether *actor* may read *user*: staff their licence, a User themselves.

    [R28, R29]
    """
    if licence_of(actor) != user.licence:
        return False
    if isinstance(actor, PortalUser):
        return actor.is_active and (actor.is_staff or actor.id == user.id)
    return True


def reads_personal_data(actor: Actor, user: PortalUser) -> bool:
    """
    Tell whether *actor* may read all that is kept of *user*, and their history.

    That is for the person and for those who manage them.  [S2]
    """
    ensure_actor(actor)
    if isinstance(actor, PortalUser) and actor.id == user.id:
        return actor.is_active
    return not check(actor, before=user, after=user)


def opens(actor: Actor, number: DossierNumber) -> bool:
    """
    Tell whether *actor* may read that there is a dossier with that *number*.

    Administrators and the distributor see every dossier of the licence, others
    those that they can open.  [S2]
    """
    ensure_actor(actor)
    if isinstance(actor, PortalUser) and actor.level is not Level.ADMINISTRATOR:
        return number in actor.dossiers
    return True


def sees_erased(actor: Actor, licence: LicenceNumber) -> bool:
    """
    Tell whether *actor* may read what is left of an erased user in *licence*.

    Who they were is no longer known, so no one below an Administrator may.
    [R27, R28]
    """
    if licence_of(actor) != licence:
        return False
    if isinstance(actor, PortalUser):
        return actor.is_active and actor.level is Level.ADMINISTRATOR
    return True


def _check_licence(
    actor: PortalUser | Distributor, states: Sequence[PortalUser]
) -> tuple[Problem, ...]:
    if any(state.licence != actor.licence for state in states):
        return (ForeignLicence(),)
    return ()


def _check_user(actor: PortalUser, states: Sequence[PortalUser]) -> Iterator[Problem]:
    if not actor.is_active:
        yield NotActive()
    if actor.level is Level.USER:
        yield ManagesNobody()
    if any(state.level > actor.level for state in states):
        yield LevelAboveOwn()
    if actor.level is Level.POWER_USER:
        if any(state.is_staff for state in states):
            yield EndCustomersOnly()
        if any(state.dossiers - actor.dossiers for state in states):
            yield OtherDossiers()
