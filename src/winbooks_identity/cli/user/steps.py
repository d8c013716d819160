"""
How are users changed from a shell: activated, promoted, given dossiers, renamed?

Each command reads its details once and names the step of `AdministrationService`;
what all steps have in common is in `carrying_out`.
"""

from collections.abc import Callable, Mapping
from typing import Annotated, Any

import attrs
from cyclopts import Parameter

from ...adapters.phonenumbers import NationalPhoneParser
from ...authorization import Actor
from ...dossier import parse_number
from ...fields import Fields, Reading
from ...language import Language
from ...level import Level
from ...life_cycle import Details
from ...names import CompanyName, PersonName
from ...portal import Portal
from ...portal_user import PortalUser
from ...role import Role
from ...winbooks_id import WinBooksId
from ..answer import Answer
from ..options import OnScreen
from ..screen import Screen
from ..usage import WrongUsage
from .carrying_out import Take, Taken
from .options import Run, Users, Whom
from .running import for_all
from .whom import Target, targets


__all__ = [
    "activate",
    "change_level",
    "deactivate",
    "edit",
    "erase",
    "grant",
    "notify",
    "revoke",
]

Dossiers = Annotated[
    tuple[str, ...], Parameter(name="--dossier", help="cli.option.dossiers_of_step")
]
"""
Numbers of dossiers.
"""

DossiersOf = Annotated[
    str | None, Parameter(name="--dossiers-of", help="cli.option.dossiers_of")
]
"""
Whose dossiers are meant.
"""

Roles = Annotated[tuple[str, ...], Parameter(name="--role", help="cli.option.role")]
"""
Names of roles.
"""


def activate(
    whom: Whom = None, /, *, users: Users, run: Run | None = None, screen: OnScreen
) -> Answer:
    """
    Let users sign in, for the first time or again.
    """

    def take(portal: Portal, user: PortalUser, *, by: Actor, target: Target) -> Taken:
        del target
        if user.is_active:
            return Taken(user=user)
        return Taken(user=portal.administration.activate(user, by=by))

    return _for_all(whom, users, run, take, screen)


def deactivate(
    whom: Whom = None, /, *, users: Users, run: Run | None = None, screen: OnScreen
) -> Answer:
    """
    Keep users from signing in; everything else stays.
    """

    def take(portal: Portal, user: PortalUser, *, by: Actor, target: Target) -> Taken:
        del target
        if not user.is_active:
            return Taken(user=user)
        return Taken(user=portal.administration.deactivate(user, by=by))

    return _for_all(whom, users, run, take, screen)


def change_level(
    whom: Whom = None,
    /,
    *,
    to: Annotated[str, Parameter(help="cli.option.level")],
    users: Users,
    run: Run | None = None,
    screen: OnScreen,
) -> Answer:
    """
    Give users another level.
    """
    fields = Fields({"level": to})
    level = fields.read("level", Level.parse)
    fields.raise_if_any()

    def take(portal: Portal, user: PortalUser, *, by: Actor, target: Target) -> Taken:
        del target
        changed = portal.administration.change_level(user, level.value, by=by)
        return Taken(user=changed)

    return _for_all(whom, users, run, take, screen)


def grant(
    whom: Whom = None,
    /,
    *,
    dossier: Dossiers = (),
    dossiers_of: DossiersOf = None,
    role: Roles = (),
    users: Users,
    run: Run | None = None,
    screen: OnScreen,
) -> Answer:
    """
    Give users dossiers and roles, besides those that they have.
    """
    return _for_all(
        whom, users, run, _Grants.read(dossier, dossiers_of, role).give, screen
    )


def revoke(
    whom: Whom = None,
    /,
    *,
    dossier: Dossiers = (),
    dossiers_of: DossiersOf = None,
    role: Roles = (),
    users: Users,
    run: Run | None = None,
    screen: OnScreen,
) -> Answer:
    """
    Take dossiers and roles away from users.
    """
    return _for_all(
        whom, users, run, _Grants.read(dossier, dossiers_of, role).take_away, screen
    )


def notify(
    whom: Whom = None,
    /,
    *,
    all_dossiers: Annotated[
        bool | None,
        Parameter(
            name="--on", negative="--off", required=False, help="cli.option.notices"
        ),
    ] = None,
    users: Users,
    run: Run | None = None,
    screen: OnScreen,
) -> Answer:
    """
    Switch the notices of the dossiers on or off.
    """
    if all_dossiers is None:
        raise WrongUsage("cli.usage.on_or_off")

    def take(portal: Portal, user: PortalUser, *, by: Actor, target: Target) -> Taken:
        del target
        changed = portal.administration.notify(user, all_dossiers=all_dossiers, by=by)
        return Taken(user=changed)

    return _for_all(whom, users, run, take, screen)


def edit(
    whom: Whom = None,
    /,
    *,
    first_name: Annotated[str | None, Parameter(help="cli.field.first_name")] = None,
    last_name: Annotated[str | None, Parameter(help="cli.field.last_name")] = None,
    company_name: Annotated[
        str | None, Parameter(help="cli.field.company_name")
    ] = None,
    phone: Annotated[str | None, Parameter(help="cli.option.new_phone")] = None,
    user_language: Annotated[
        str | None, Parameter(help="cli.option.user_language")
    ] = None,
    users: Users,
    run: Run | None = None,
    screen: OnScreen,
) -> Answer:
    """
    Correct what is known of people; their rights stay.
    """
    given = {
        "first_name": first_name,
        "last_name": last_name,
        "company_name": company_name,
        "phone": phone,
        "language": user_language,
    }
    corrected = _corrected(
        {name: text for name, text in given.items() if text is not None}
    )

    def take(portal: Portal, user: PortalUser, *, by: Actor, target: Target) -> Taken:
        del target
        details = attrs.evolve(Details.of(user), **corrected)
        return Taken(user=portal.administration.rectify(user, details, by=by))

    return _for_all(whom, users, run, take, screen)


def erase(
    whom: Whom = None,
    /,
    *,
    yes: Annotated[bool, Parameter(help="cli.option.yes")] = False,
    users: Users,
    run: Run | None = None,
    screen: OnScreen,
) -> Answer:
    """
    Erase users and all that is kept of them; their history keeps no name.
    """
    if not (yes or (run or Run()).dry_run):
        raise WrongUsage("cli.usage.erase")

    def take(portal: Portal, user: PortalUser, *, by: Actor, target: Target) -> Taken:
        del target
        portal.administration.erase(user, by=by)
        return Taken(user=None)

    return _for_all(whom, users, run, take, screen)


def _for_all(
    whom: Whom, users: Users, run: Run | None, take: Take, screen: Screen
) -> Answer:
    found = targets(whom, users.source)
    return for_all(found, take, users=users, run=run, screen=screen)


@attrs.frozen(kw_only=True)
class _Grants:
    """
    What is given or taken away; `dossiers_of` is whose dossiers it is about.
    """

    dossiers: frozenset[str]
    dossiers_of: WinBooksId | None
    roles: frozenset[Role]

    @classmethod
    def read(
        cls, dossier: tuple[str, ...], dossiers_of: str | None, role: tuple[str, ...]
    ) -> "_Grants":
        """
        Return what the options of a command say.

        Raises:
            WrongUsage: they say nothing.
            InvalidFields: a number or a role is none, or *dossiers_of* no ID.
        """
        if not (dossier or dossiers_of or role):
            raise WrongUsage("cli.usage.no_grants")
        fields = Fields({"dossiers": dossier, "roles": role, "of": dossiers_of})
        dossiers = fields.read_each("dossiers", parse_number)
        roles = fields.read_each("roles", Role.parse)
        other = fields.read("of", WinBooksId.parse, None)
        fields.raise_if_any()
        return cls(dossiers=dossiers.value, dossiers_of=other.value, roles=roles.value)

    def give(
        self, portal: Portal, user: PortalUser, /, *, by: Actor, target: Target
    ) -> Taken:
        """
        Give everything, in one transaction.
        """
        del target
        dossiers = self._dossiers(portal, by)

        def work(services: Portal) -> PortalUser:
            administration = services.administration
            given = administration.grant_dossiers(user, dossiers, by=by)
            return administration.grant_roles(given, self.roles, by=by)

        return Taken(user=portal.together(work))

    def take_away(
        self, portal: Portal, user: PortalUser, /, *, by: Actor, target: Target
    ) -> Taken:
        """
        Take everything away, in one transaction.
        """
        del target
        dossiers = self._dossiers(portal, by)

        def work(services: Portal) -> PortalUser:
            administration = services.administration
            left = administration.revoke_dossiers(user, dossiers, by=by)
            return administration.revoke_roles(left, self.roles, by=by)

        return Taken(user=portal.together(work))

    def _dossiers(self, portal: Portal, by: Actor) -> frozenset[str]:
        if self.dossiers_of is None:
            return self.dossiers
        return (
            self.dossiers | portal.provisioning.find(self.dossiers_of, by=by).dossiers
        )


def _corrected(given: Mapping[str, str]) -> Mapping[str, Any]:
    if not given:
        raise WrongUsage("cli.usage.no_details")
    fields = Fields(given)
    read: Mapping[str, Callable[[], Reading[Any]]] = {
        "first_name": lambda: fields.read("first_name", PersonName.parse),
        "last_name": lambda: fields.read("last_name", PersonName.parse),
        "company_name": lambda: fields.read("company_name", CompanyName.parse),
        "phone": lambda: fields.read("phone", NationalPhoneParser(), None),
        "language": lambda: fields.read("language", Language.parse),
    }
    readings = {name: read[name]() for name in given}
    fields.raise_if_any()
    return {name: reading.value for name, reading in readings.items()}
