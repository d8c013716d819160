"""
Which groups does an office have, and what does their membership give?

Identity providers speak of groups: each dossier is one, and each role of staff.  What
they give and take is given and taken as on the form.  [R36, R43, R47, R53]
"""

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from hashlib import sha256
from typing import Final, TypeAlias, final
from uuid import UUID, uuid5

import attrs

from ...dossier import Dossier
from ...portal import Portal
from ...portal_user import PortalUser
from ...refusals import OutOfDate, UnknownUser
from ...role import STAFF_ROLES, Role
from .known import Chosen
from .people import People


__all__ = ["Groups", "PortalGroup", "Target", "name_of"]

Target: TypeAlias = Dossier | Role

_ROLES: Final[Sequence[Role]] = [role for role in Role if role in STAFF_ROLES]

#: Makes the ids of groups out of numbers, which may hold any sign.
_NAMES: Final = UUID("9c0c5c1e-6e0b-4d7e-9a55-6b1f0f0f2c11")


@final
@attrs.frozen
class PortalGroup:
    """
    A dossier or a role, and the staff who have it.
    """

    target: Target
    members: Sequence[PortalUser]

    @property
    def display_name(self) -> str:
        """
        Return the name by which identity providers find it.
        """
        return name_of(self.target)

    @property
    def version(self) -> str:
        """
        Return the entity tag: it changes with the members and the name.
        """
        keys = " ".join(sorted(str(each.id) for each in self.members))
        digest = sha256(f"{self.display_name}\n{keys}".encode()).hexdigest()
        return f'W/"{digest[:16]}"'


@final
@attrs.frozen
class Groups:
    """
    The groups of the licence of *people*.
    """

    people: People

    def targets(self) -> Sequence[Target]:
        """
        Return what the groups are about: the roles, then the dossiers.
        """
        return [*_ROLES, *self._dossiers()]

    def id_of(self, target: Target) -> str:
        """
        Return the id of the group about *target*.
        """
        return _id_of(self.people.by.licence, type(target).__name__, _named(target))

    def with_members(self, target: Target) -> PortalGroup:
        """
        Return the group about *target*.
        """
        return PortalGroup(target, self.people.members(**_chosen(target)))

    def named(self, name: str) -> Target | None:
        """
        Return what the group of that name is about, in whatever case.
        """
        wanted = name.casefold()
        return self._first(lambda target: name_of(target).casefold() == wanted)

    def get(self, group_id: str) -> PortalGroup:
        """
        Return the group with that id.

        Raises:
            UnknownUser: there is none.
        """
        return self.with_members(self.target(group_id))

    def target(self, group_id: str) -> Target:
        """
        Return what the group with that id is about.

        Raises:
            UnknownUser: there is none.
        """
        target = self._first(lambda target: self.id_of(target) == group_id)
        if target is None:
            raise UnknownUser
        return target

    def change(
        self, group_id: str, wanted: AbstractSet[str], *, expected: str | None = None
    ) -> PortalGroup:
        """
        Give the group exactly the members whose ids are *wanted*, or change nothing.

        Args:
            group_id: which one.
            wanted: ids of users.
            expected: the version that it must still have.

        Raises:
            UnknownUser: there is no such group, or no such user.
            OutOfDate: it has another version.
            IdentityError: what the services raise.
        """

        def work(portal: Portal) -> None:
            people = attrs.evolve(self.people, portal=portal)
            group = attrs.evolve(self, people=people).get(group_id)
            if expected not in {None, group.version}:
                raise OutOfDate(0)
            present = {str(each.id): each for each in group.members}
            for user_id in sorted(wanted - present.keys()):
                _give(portal, people.get(user_id).user, group.target, people)
            for user_id in sorted(present.keys() - wanted):
                _take(portal, present[user_id], group.target, people)

        self.people.portal.together(work)
        return self.get(group_id)

    def _dossiers(self) -> Sequence[Dossier]:
        return self.people.portal.provisioning.dossiers(by=self.people.by)

    def _first(self, is_meant: Callable[[Target], bool]) -> Target | None:
        """
        Return the one that *is_meant*; dossiers are read if it is none of the roles.
        """
        role = next(filter(is_meant, _ROLES), None)
        return next(filter(is_meant, self._dossiers()), None) if role is None else role


def name_of(target: Target) -> str:
    """
    Return the name by which identity providers find a group.
    """
    if isinstance(target, Role):
        return target.value
    return f"{target.number} {target.name}"


def _named(target: Target) -> str:
    return target.value if isinstance(target, Role) else target.number


@lru_cache(maxsize=10_000)  # A digest takes longer than a comparison.
def _id_of(licence: str, kind: str, named: str) -> str:
    return str(uuid5(_NAMES, f"{licence} {kind} {named}"))


def _chosen(target: Target) -> Chosen:
    if isinstance(target, Role):
        return {"role": target}
    return {"dossier": target.number}


def _give(portal: Portal, user: PortalUser, target: Target, people: People) -> None:
    if isinstance(target, Role):
        portal.administration.grant_roles(user, {target}, by=people.by)
    else:
        portal.administration.grant_dossiers(user, {target.number}, by=people.by)


def _take(portal: Portal, user: PortalUser, target: Target, people: People) -> None:
    if isinstance(target, Role):
        portal.administration.revoke_roles(user, {target}, by=people.by)
    else:
        portal.administration.revoke_dossiers(user, {target.number}, by=people.by)
