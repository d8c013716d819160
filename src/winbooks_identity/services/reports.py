"""
What may be told a little late?

Lists, exports and explanations bear it that the last seconds are missing, so a
standby can answer them.  A sign-in, a session, a look-up before a change, and the
list that someone sees right after their change do not.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import final
from uuid import UUID

import attrs

from ..attempts import FailedAttempt
from ..authorization import Actor
from ..events import Event
from ..mail.outbox import OutboxEntry
from ..passwords import PasswordPolicy
from ..passwords.impact import Impact
from ..plain import Json
from ..portal_user import PortalUser
from ..ports import Storage
from ..retention import Kept
from ..winbooks_id import WinBooksId
from .administration import AdministrationService
from .housekeeping import HousekeepingService
from .linking import KnownLink, LinkingService
from .password_impact import impact
from .provisioning import ProvisioningService


__all__ = ["ReportService"]


@final
@attrs.frozen(kw_only=True)
class ReportService:
    """
    Tells what other services tell, from the standby where a portal has one.

    What is told stood there at one moment, a few seconds ago at most; so may what
    *by* was allowed to see.  [S2]  Each method raises what its namesake raises.

    Args:
        storage: where it is read.
        provisioning, administration, linking, housekeeping: the services, on it.
    """

    storage: Storage
    provisioning: ProvisioningService
    administration: AdministrationService
    linking: LinkingService
    housekeeping: HousekeepingService

    def find(self, winbooks_id: WinBooksId, *, by: Actor) -> PortalUser:
        """
        Return the user with that ID: see `ProvisioningService.find`.

        A step for that user is refused with `OutOfDate` if they were saved since.
        """
        return self.provisioning.find(winbooks_id, by=by)

    def users(self, *, by: Actor) -> Iterator[PortalUser]:
        """
        Return the users in the licence of *by*: see `ProvisioningService.users`.
        """
        return self.provisioning.users(by=by)

    def must_change(self, users: Iterable[PortalUser], *, by: Actor) -> frozenset[UUID]:
        """
        Return who needs another password: see `AdministrationService.must_change`.
        """
        return self.administration.must_change(users, by=by)

    def never_signed_in(
        self, users: Iterable[PortalUser], *, by: Actor
    ) -> frozenset[UUID]:
        """
        Return who never came: see `AdministrationService.never_signed_in`.
        """
        return self.administration.never_signed_in(users, by=by)

    def export(self, user: PortalUser, *, by: Actor) -> Mapping[str, Json]:
        """
        Return all that is kept of *user*: see `AdministrationService.export`.
        """
        return self.administration.export(user, by=by)

    def history(self, user_id: UUID, *, by: Actor) -> Sequence[Event]:
        """
        Return what happened to a user: see `AdministrationService.history`.
        """
        return self.administration.history(user_id, by=by)

    def failed_attempts(
        self, user: PortalUser, *, by: Actor
    ) -> Sequence[FailedAttempt]:
        """
        Return attempts on a login: see `AdministrationService.failed_attempts`.
        """
        return self.administration.failed_attempts(user, by=by)

    def mails(self, user: PortalUser, *, by: Actor) -> Sequence[OutboxEntry]:
        """
        Return what became of mails to *user*: see `AdministrationService.mails`.
        """
        return self.administration.mails(user, by=by)

    def links(self, user: PortalUser, *, by: Actor) -> Sequence[KnownLink]:
        """
        Return where the ID of *user* was entered: see `LinkingService.links`.
        """
        return self.linking.links(user, by=by)

    def impact(
        self, new: PasswordPolicy, *, known: Iterable[PasswordPolicy], by: Actor
    ) -> Impact:
        """
        Return how many passwords are safe under *new*: see `password_impact.impact`.
        """
        return impact(self.storage, new, known=known, by=by)

    def due(self) -> Mapping[Kept, int]:
        """
        Return how much has been kept for long enough: see `HousekeepingService.due`.
        """
        return self.housekeeping.due()
