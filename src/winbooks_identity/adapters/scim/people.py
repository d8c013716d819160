"""
How do the users of an office come to be as an identity provider says?

Every write is one that the form or the feed could do: users of on Web licences are
made as a synchronisation makes them, others as the form does; details, external ids
and activation follow the rules of a feed.  Only staff are seen: identity providers do
not know the end customers of an office.  [R65, R66, R67, R68]
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Unpack, final

import attrs

from ...authorization import Distributor
from ...portal import Portal
from ...portal_user import PortalUser
from ...ports import PAGE_SIZE, Listing, UnitOfWork
from ...refusals import DuplicateWinBooksId, UnknownUser
from ...services import step
from ...synchronisation.synced_fields import SyncedFields
from ...winbooks_id import WinBooksId
from .following import Wanted, change, follow
from .known import Chosen, Known, key_of, known_of
from .losses import counted
from .making import make


__all__ = ["People"]


@final
@attrs.frozen
class People:
    """
    The staff of the licence that *by* stands in.

    Args:
        portal: the services.
        by: the distributor, in whose name the token acts.
        send_credentials: whether a new user gets their login data by mail.
        erases: whether users who are deleted are erased.
    """

    portal: Portal
    by: Distributor
    send_credentials: bool = attrs.field(default=False, kw_only=True)
    erases: bool = attrs.field(default=False, kw_only=True)

    def all(self, **chosen: Unpack[Chosen]) -> Iterator[Known]:
        """
        Yield those whom an identity provider sees, in a fixed order.

        Args:
            chosen: only those with a role, a dossier or an external id.
        """
        start, page = 0, self.page(start=0, limit=PAGE_SIZE, **chosen)
        while page:
            yield from page
            start += len(page)
            if len(page) < PAGE_SIZE:
                return
            page = self.page(start=start, limit=PAGE_SIZE, **chosen)

    def page(
        self, *, start: int, limit: int, **chosen: Unpack[Chosen]
    ) -> Sequence[Known]:
        """
        Return up to *limit* of those, from the *start*-th on.
        """
        return self._read(self._listed(start, limit, chosen))

    def first(self, *, start: int, limit: int) -> tuple[int, Sequence[Known]]:
        """
        Return how many there are, and up to *limit* of them from the *start*-th on.
        """
        listing = Listing(licence=self.by.licence)

        def read(unit: UnitOfWork) -> tuple[int, Sequence[Known]]:
            # First, as it goes through everyone: what is read of the page stays at hand.
            total = unit.users.count_listed(listing)
            users = unit.users.listed(listing, start=start, limit=limit)
            return total, known_of(unit, users)

        return self.portal.storage.read(read)

    def members(self, **chosen: Unpack[Chosen]) -> Sequence[PortalUser]:
        """
        Return all of those, without a look at the history.
        """
        found: list[PortalUser] = []
        while len(found) % PAGE_SIZE == 0:
            read = self._listed(len(found), PAGE_SIZE, chosen)
            page = self.portal.storage.read(read)
            found += page
            if not page:
                break
        return found

    def count(self) -> int:
        """
        Return how many there are.
        """
        listing = Listing(licence=self.by.licence)
        return self.portal.storage.read(lambda unit: unit.users.count_listed(listing))

    def known(self, user: PortalUser) -> Known:
        """
        Return *user* with when they were made and changed.
        """
        (known,) = self._read(lambda _: [user])
        return known

    def get(self, user_id: str) -> Known:
        """
        Return the user with that internal key.

        Raises:
            UnknownUser: there is none, or none that is shown.
        """
        key = key_of(user_id)
        (known,) = self._read(lambda unit: [step.visible(unit, key, self.by)])
        if not known.user.is_listed:
            raise UnknownUser
        return known

    def find(self, winbooks_id: WinBooksId) -> Sequence[Known]:
        """
        Return the user with that ID, in whatever spelling, if there is one.
        """

        def find(unit: UnitOfWork) -> Sequence[PortalUser]:
            user = unit.users.find_by_winbooks_id(winbooks_id)
            is_shown = user is not None and Listing(licence=self.by.licence).shows(user)
            return [user] if user is not None and is_shown else []

        return self._read(find)

    def create(self, wanted: Wanted) -> Known:
        """
        Make the user, or take back the one that was deleted.  [S65]

        Two requests that say the same at one time get the user of the first; later it is
        refused, and clients look the user up (RFC 7644, 3.3).

        Raises:
            DuplicateWinBooksId: the ID has an owner, in whatever licence.
            IdentityError: what the services raise.
        """
        owner = self._owner(wanted.desired.login)
        if owner is not None:
            return self._take(owner, wanted)
        try:
            made = make(
                self.portal, wanted, by=self.by, send_credentials=self.send_credentials
            )
        except DuplicateWinBooksId:
            # The same request may have come first, on another connection.
            owner = self._owner(wanted.desired.login)
            if owner is None or not wanted.is_met_by(owner):
                raise
            made = owner
        return self.known(made)

    def _take(self, owner: PortalUser, wanted: Wanted) -> Known:
        """
        Restore the deleted or deactivated user who already has the ID.

        Raises:
            DuplicateWinBooksId: the user is in use.
            IdentityError: as `update`.
        """
        if owner.is_staff and (owner.deactivated_by_feed or not owner.is_listed):
            return self.update(owner, wanted)
        raise DuplicateWinBooksId(owner.winbooks_id)

    def update(self, user: PortalUser, wanted: Wanted) -> Known:
        """
        Change *user* into what is wanted: everything or nothing.

        A user whom a person deactivated stays inactive.  [S30]

        Raises:
            OutOfDate: they were saved since they were read.
            IdentityError: what the services raise.
        """
        if wanted.password is not None:
            # Hashing has no place in a transaction: all else is tried out before.
            self.portal.rehearse(lambda portal: change(portal, user, wanted, self.by))
        is_lost = user.is_active and not wanted.after(user).is_active
        with self._counted(is_lost=is_lost):
            current = user
            if wanted.password is not None:
                logins = self.portal.logins
                current = logins.reset_password(user, wanted.password, by=self.by).user

            def work(portal: Portal) -> Known:
                changed = change(portal, current, wanted, self.by)
                return attrs.evolve(self, portal=portal).known(changed)

            return self.portal.together(work)

    def delete(self, user: PortalUser) -> None:
        """
        Deactivate *user* and show them no more; erase them where that is agreed.  [S64]

        Raises:
            OutOfDate: they were saved since they were read.
            IdentityError: what the services raise.
        """
        after = attrs.evolve(SyncedFields.of(user), is_active=False, external_id=None)

        def work(portal: Portal) -> None:
            hidden = follow(portal, user, after, self.by)
            if self.erases:
                portal.administration.erase(hidden, by=self.by)

        with self._counted(is_lost=user.is_active or self.erases):
            self.portal.together(work)

    def _counted(self, *, is_lost: bool) -> AbstractContextManager[None]:
        size = self.count() if is_lost else 0
        return counted(self.portal.attempts, self.by.licence, size, is_lost=is_lost)

    def _listed(
        self, start: int, limit: int, chosen: Chosen
    ) -> Callable[[UnitOfWork], Sequence[PortalUser]]:
        listing = Listing(licence=self.by.licence, **chosen)
        return lambda unit: unit.users.listed(listing, start=start, limit=limit)

    def _read(
        self, find: Callable[[UnitOfWork], Sequence[PortalUser]]
    ) -> Sequence[Known]:
        return self.portal.storage.read(lambda unit: known_of(unit, find(unit)))

    def _owner(self, winbooks_id: WinBooksId) -> PortalUser | None:
        try:
            return self.portal.provisioning.find(winbooks_id, by=self.by)
        except UnknownUser:
            return None
