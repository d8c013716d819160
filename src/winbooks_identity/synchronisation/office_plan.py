"""
What would an office file change?
"""

from typing import Self, final

import attrs

from ..portal_user import PortalUser
from ..services.registration import Revision
from ..winbooks_id import WinBooksId
from .changes import CreateFromForm
from .plan import Plan


__all__ = ["OfficePlan"]


@final
@attrs.frozen(kw_only=True)
class OfficePlan:
    """
    What an office file would change, for people to look at first.  [S50]

    Args:
        licence: what becomes of the licence and its dossiers.
        people: what becomes of its users.
        absent: the stored users whom the file does not name.
        stored: the WinBooks IDs of all users of the licence.
    """

    licence: Revision
    people: Plan
    absent: tuple[PortalUser, ...] = ()
    stored: frozenset[WinBooksId] = frozenset()

    @property
    def changes_what_is_stored(self) -> bool:
        """
        Tell whether there is more to do than to create and to add.
        """
        changes = self.people.changes
        is_new = all(isinstance(change, CreateFromForm) for change in changes)
        return self.licence.contradicts or not is_new

    @property
    def additions_only(self) -> Self:
        """
        Return the plan without what changes those who are stored.
        """
        creations = tuple(
            each for each in self.people.changes if isinstance(each, CreateFromForm)
        )
        return attrs.evolve(
            self,
            licence=self.licence.additions_only,
            people=attrs.evolve(self.people, changes=creations, quarantine=()),
        )
