"""
Where are users?
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import NamedTuple, Protocol, final
from uuid import UUID

import attrs

from ..dossier import DossierNumber, LicenceNumber
from ..portal_user import PortalUser
from ..role import Role
from ..winbooks_id import WinBooksId


__all__ = ["Listing", "Outline", "Users"]


@final
@attrs.frozen(kw_only=True)
class Listing:
    """
    Whom a directory outside is shown: `PortalUser.is_listed`, of one licence.

    Args:
        licence: the licence's number.
        role: only those who hold it; any by default.
        dossier: only those who can open the one with that number; any by default.
        external_id: only the one whom the directory calls so; any by default.
    """

    licence: LicenceNumber
    role: Role | None = None
    dossier: DossierNumber | None = None
    external_id: str | None = None

    def shows(self, user: PortalUser) -> bool:
        """
        Tell whether *user* is one of them.
        """
        return (
            user.is_listed
            and user.licence == self.licence
            and (self.role is None or self.role in user.roles)
            and (self.dossier is None or self.dossier in user.dossiers)
            and self.external_id in {None, user.external_id}
        )


class Outline(NamedTuple):
    """
    Who a user is, and in which version: whether they were saved since is seen by that.
    """

    id: UUID
    winbooks_id: WinBooksId
    external_id: str | None
    version: int


class Users(Protocol):
    """
    The users, inside a unit of work.
    """

    def add(self, user: PortalUser) -> None:
        """
        Add a user of a registered licence, whose version is 1.

        Raises:
            DuplicateWinBooksId: the key of their ID has an owner, in whatever
                licence, or is held back; the unit of work stays usable.  [R2, R3]
        """
        ...

    def add_all(self, users: Sequence[PortalUser]) -> Sequence[PortalUser]:
        """
        Add those users, all of version 1, whose IDs `add` would give them.

        Returns the others, in their order.  Of two with one ID the first is
        added.  [R2, R3]
        """
        ...

    def taken(
        self, winbooks_ids: AbstractSet[WinBooksId], *, now: datetime
    ) -> AbstractSet[WinBooksId]:
        """
        Return which of *winbooks_ids* have an owner, in whatever licence.

        One that is held back has none, nor has one whose reservation has ended.
        One may be taken or left at any time; `add` has the last word.
        """
        ...

    def save(self, user: PortalUser) -> PortalUser:
        """
        Replace a user if their version is still the stored one.

        Returns them as stored: with the next version.  They own the key of their ID
        and, while they have an `id_change`, the key of that ID too, unless
        `LeftIds.release` ended that reservation.

        Raises:
            OutOfDate: another save came first, or the user is not there.
            DuplicateWinBooksId: the key of their new ID has another owner, or another
                user left it and it is held back; the unit of work stays usable.
        """
        ...

    def save_all(self, users: Sequence[PortalUser]) -> Sequence[PortalUser]:
        """
        Save those of *users*, all different people, whom `save` would save.

        Returns them as stored, in their order; to save another by themselves tells
        why they are missing.  An ID that one of them leaves may still count as theirs
        for the others.
        """
        ...

    def remove(self, user: PortalUser) -> None:
        """
        Remove a user if their version is still the stored one.

        With them goes all that is kept of them: credential, product links, failed
        attempts, and their mails, those that wait included.  Of their requests the digests are
        emptied and the ids stay, so that none of them makes them anew.  Their keys
        are free until `LeftIds.put` holds them back.  Their history is left to
        `History.anonymise`.

        Raises:
            OutOfDate: another save came first, or the user is not there.
        """
        ...

    def lock(self, user_ids: AbstractSet[UUID]) -> None:
        """
        Let others who lock, save or remove those users wait for this unit of work.

        What is read of them afterwards is what the others left, and stays so
        until this unit of work ends.  A key without a user locks nothing.
        The actor is locked together with the user who is changed, so two who
        take each other's rights away cannot both succeed.
        """
        ...

    def has_other_administrator(self, user: PortalUser) -> bool:
        """
        Tell whether another user of their licence is an active Administrator.

        Of two units of work that ask for one licence, the second is answered
        when the first has ended, so both cannot rely on each other's user.
        """
        ...

    def find(self, user_id: UUID) -> PortalUser | None:
        """
        Return the user with that internal key.
        """
        ...

    def find_all(self, user_ids: AbstractSet[UUID]) -> Sequence[PortalUser]:
        """
        Return the users with those internal keys, as many as are there.
        """
        ...

    def find_by_winbooks_id(self, winbooks_id: WinBooksId) -> PortalUser | None:
        """
        Return the user with that ID, in whatever spelling.

        An ID that waits for its confirmation finds no one.
        """
        ...

    def of_licence(
        self, number: LicenceNumber, *, after: UUID | None = None, limit: int
    ) -> Sequence[PortalUser]:
        """
        Return up to *limit* users of a licence in the order of their internal keys.

        Args:
            number: the licence's number.
            after: start behind this key; at the first user by default.
            limit: how many at the most.
        """
        ...

    def outlines(
        self, number: LicenceNumber, *, after: UUID | None = None, limit: int
    ) -> Sequence[Outline]:
        """
        Return outlines of the users whom `of_licence` returns, in the same order.
        """
        ...

    def listed(
        self, listing: Listing, *, start: int = 0, limit: int
    ) -> Sequence[PortalUser]:
        """
        Return up to *limit* users of *listing* in the order of their internal keys.

        Args:
            listing: whom to show.
            start: how many to leave out before.
            limit: how many at the most.
        """
        ...

    def count_listed(self, listing: Listing) -> int:
        """
        Return how many users *listing* has.
        """
        ...
