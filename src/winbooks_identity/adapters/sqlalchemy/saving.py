"""
What changes in the tables when one user is saved?
"""

from collections.abc import Set as AbstractSet
from typing import Any, final

import attrs
from sqlalchemy import Row

from ...portal_user import PortalUser
from ...winbooks_id import WinBooksId
from . import grants


__all__ = ["Saving"]


@final
@attrs.frozen
class Saving:
    """
    A user who is to be saved, and their locked row.
    """

    user: PortalUser
    stored: Row[Any]

    @property
    def owned(self) -> AbstractSet[WinBooksId]:
        """
        Return the IDs that the user owns until then.
        """
        stored = (self.stored.winbooks_id, self.stored.pending_id)
        return {WinBooksId(address) for address in stored if address is not None}

    @property
    def wanted(self) -> AbstractSet[WinBooksId]:
        """
        Return the IDs that the user is to own: theirs, and the one that waits.
        """
        change = self.user.id_change
        own = {self.user.winbooks_id}
        return own if change is None else own | {change.winbooks_id}

    @property
    def changes_logins(self) -> bool:
        """
        Tell whether the user gets or leaves an ID, if only in spelling.
        """
        change, stored = self.user.id_change, self.stored
        return (stored.winbooks_id, stored.pending_id, stored.pending_until) != (
            self.user.winbooks_id.address,
            None if change is None else change.winbooks_id.address,
            None if change is None else change.expires_at,
        )

    @property
    def changes_grants(self) -> bool:
        """
        Tell whether the user gets or loses a role or a dossier.
        """
        return (self.user.roles, self.user.dossiers) != (
            grants.read_roles(self.stored.roles),
            grants.read(self.stored.dossiers),
        )
