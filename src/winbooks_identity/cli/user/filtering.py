"""
Which users of a licence are wanted?
"""

from collections.abc import Callable, Sequence
from typing import Annotated, Literal, final

import attrs
from cyclopts import Group, Parameter

from ...authorization import Actor
from ...dossier import parse_number
from ...fields import Fields
from ...level import Level
from ...portal import Portal
from ...portal_user import PortalUser, Status
from ...role import Role


__all__ = ["Filter", "Wanted"]

_FILTERS = Group("Filters", sort_key=4)


@final
@attrs.frozen(kw_only=True)
class Filter:
    """
    What all users who are listed have in common.
    """

    conditions: tuple[Callable[[PortalUser], bool], ...]
    must_change: bool
    never_signed_in: bool

    def of(self, portal: Portal, *, by: Actor) -> Sequence[PortalUser]:
        """
        Return the users whom *by* may see, as far as they are wanted.
        """
        users = [
            user
            for user in portal.reports.users(by=by)
            if all(holds(user) for holds in self.conditions)
        ]
        if self.must_change:
            found = portal.reports.must_change(users, by=by)
            users = [user for user in users if user.id in found]
        if self.never_signed_in:
            found = portal.reports.never_signed_in(users, by=by)
            users = [user for user in users if user.id in found]
        return users


@final
@Parameter(name="*", group=_FILTERS)
@attrs.frozen(kw_only=True)
class Wanted:
    """
    What is typed to see some users only.
    """

    level: Annotated[str | None, Parameter(help="cli.option.only_level")] = None
    status: Annotated[
        Literal["active", "inactive"] | None, Parameter(help="cli.option.only_status")
    ] = None
    dossier: Annotated[str | None, Parameter(help="cli.option.only_dossier")] = None
    role: Annotated[str | None, Parameter(help="cli.option.only_role")] = None
    must_change: Annotated[bool, Parameter(help="cli.option.only_must_change")] = False
    never_signed_in: Annotated[
        bool, Parameter(help="cli.option.only_never_signed_in")
    ] = False
    text: Annotated[str | None, Parameter(help="cli.option.only_text")] = None

    def filter(self) -> Filter:
        """
        Return what the options say.

        Raises:
            InvalidFields: a level, role or number is none.
        """
        typed = {"level": self.level, "role": self.role, "dossiers": self.dossier}
        fields = Fields(typed)
        conditions: list[Callable[[PortalUser], bool]] = []
        if self.level is not None:
            level = fields.read("level", Level.parse)
            conditions.append(lambda user: user.level is level.value)
        if self.role is not None:
            role = fields.read("role", Role.parse)
            conditions.append(lambda user: role.value in user.roles)
        if self.dossier is not None:
            dossier = fields.read("dossiers", parse_number)
            conditions.append(lambda user: dossier.value in user.dossiers)
        fields.raise_if_any()
        if self.status is not None:
            status = Status(self.status)
            conditions.append(lambda user: user.status is status)
        if self.text is not None:
            text = self.text.strip().casefold()
            conditions.append(lambda user: text in _searched(user))
        return Filter(
            conditions=tuple(conditions),
            must_change=self.must_change,
            never_signed_in=self.never_signed_in,
        )


def _searched(user: PortalUser) -> str:
    """
    Return what a text is looked for in: ID, name, company and phone.
    """
    name = f"{user.first_name} {user.last_name}"
    parts = (user.winbooks_id, name, user.company_name, user.phone or "")
    return "\n".join(map(str, parts)).casefold()
