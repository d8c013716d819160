"""
How is a licence synchronised: look first, then change?

Planning and carrying out are two calls, an hour or a day apart; between them
people read the plan.  Carrying out passes the same authorisation as the form.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta
from itertools import chain
from typing import final
from uuid import UUID

import attrs

from .. import authorization, system
from ..authorization import Actor
from ..errors import Refused
from ..left_ids import HELD_BACK
from ..level import Level
from ..licence import Licence, Product
from ..mail.outbox import OutboxMail
from ..mail.sealing import MailSealer
from ..portal_user import PortalUser
from ..ports import PAGE_SIZE, Changed, Letters, Sealer, Storage, UnitOfWork
from ..refusals import NotAuthorised, NotSynchronised, UnknownLicence
from ..services.notice import Notices
from ..winbooks_id import WinBooksId
from . import execution
from .batches import Batch, batches
from .changes import Change, Create, Update
from .execution import ChangeOutcome, Result
from .freshness import done_before
from .gateway import LicenceManagementGateway
from .plan import Plan
from .planning import Options, plan
from .remarks import OnlyOnWeb, OtherLicence, PlanQuarantined
from .snapshot import Snapshot


__all__ = ["SynchronisationService"]


@final
class SynchronisationService:
    """
    Makes the users of on Web licences follow licence management.  [R35, R64]

    Args:
        storage: where everything is kept.
        letters: writes to the old address of an Administrator whose ID moves; such
            changes are refused without.  [S31]
        sealer: encrypts what waits in the outbox; goes with *letters*.
        held_back: how long an ID that was left is given to no other user.
        clock: tells the present, in UTC.
        new_id: makes a new, unique identifier.
    """

    def __init__(
        self,
        storage: Storage,
        *,
        letters: Letters | None = None,
        sealer: Sealer | None = None,
        held_back: timedelta = HELD_BACK,
        clock: Callable[[], datetime] = system.now,
        new_id: Callable[[], UUID] = system.new_id,
    ) -> None:
        self._storage = storage
        self._held_back = held_back
        self._notices: Notices | None = None
        if letters is not None and sealer is not None:
            mail_sealer = MailSealer(sealer=sealer, new_id=new_id)
            self._notices = Notices(letters=letters, mail_sealer=mail_sealer)
        self._clock = clock
        self._new_id = new_id

    def plan(
        self,
        gateway: LicenceManagementGateway,
        *,
        by: Actor,
        options: Options | None = None,
    ) -> Plan:
        """
        Return what would change in the licence of *by*; nothing does.

        Args:
            gateway: reads licence management.
            by: the distributor, standing in the licence.
            options: what is asked; no deactivations by default.

        Raises:
            NotAuthorised: *by* is not the distributor.  [R64]
            UnknownLicence: the licence is not registered.
            NotSynchronised: it is a Classic licence.  [R34]
            LicenceManagementUnavailable: licence management does not answer.
            StorageBusy: the storage failed; call again.
        """
        licence = self._licence(by)
        snapshot = gateway.snapshot(licence)
        users = list(chain.from_iterable(self._pages(licence)))
        return plan(
            snapshot,
            licence=licence,
            users=users,
            elsewhere=self._elsewhere(snapshot, users),
            held=self._held(snapshot),
            options=options,
        )

    def apply(self, plan: Plan, *, by: Actor) -> Iterator[ChangeOutcome]:
        """
        Carry *plan* out and yield what came of each change, in no fixed order.

        Before the first change everything is compared with what the plan saw.
        After that, each change stands for itself, and what is not asked of the
        iterator is not done.  Carried out again, after a crash or by mistake,
        the same plan does what was left, and nothing twice.  [R66, R67, R69]

        Raises:
            NotAuthorised, UnknownLicence: as `plan`.
            NotSynchronised: the licence is Classic or not the plan's, or the
                plan is in quarantine.  [R34, Q17]
            PlanOutOfDate: a user of the plan was saved since; nothing was
                done.
            StorageBusy, OutcomeUnknown: the storage failed, here or at a later
                change; call again.
        """
        licence = self._licence(by)
        if licence.number != plan.licence:
            raise NotSynchronised((OtherLicence(),))
        if plan.quarantine:
            raise NotSynchronised((PlanQuarantined(),))
        done = done_before(plan, chain.from_iterable(self._pages(licence)))
        return self._carry_out(plan, licence, done, by=by)

    def _licence(self, by: Actor) -> Licence:
        if problems := authorization.check_synchronisation(by):
            raise NotAuthorised(problems)
        number = authorization.licence_of(by) or ""
        licence = self._storage.read(lambda unit: unit.licences.find(number))
        if licence is None:
            raise UnknownLicence
        if licence.product is not Product.ON_WEB:
            raise NotSynchronised((OnlyOnWeb(),))
        return licence

    def _pages(self, licence: Licence) -> Iterator[Sequence[PortalUser]]:
        after: UUID | None = None
        while page := self._page(licence, after):
            yield page
            after = page[-1].id

    def _page(self, licence: Licence, after: UUID | None) -> Sequence[PortalUser]:
        return self._storage.read(
            lambda unit: unit.users.of_licence(
                licence.number, after=after, limit=PAGE_SIZE
            )
        )

    def _elsewhere(
        self, snapshot: Snapshot, users: Sequence[PortalUser]
    ) -> set[WinBooksId]:
        """
        Return which logins of *snapshot* belong to users of other licences.
        """
        here = {user.winbooks_id for user in users}
        strange = list({desired.login for desired in snapshot.users} - here)
        elsewhere: set[WinBooksId] = set()
        for start in range(0, len(strange), PAGE_SIZE):
            elsewhere |= self._taken(set(strange[start : start + PAGE_SIZE]))
        return elsewhere

    def _taken(self, logins: AbstractSet[WinBooksId]) -> AbstractSet[WinBooksId]:
        now = self._clock()
        return self._storage.read(lambda unit: unit.users.taken(logins, now=now))

    def _held(self, snapshot: Snapshot) -> Mapping[WinBooksId, UUID]:
        """
        Return which logins of *snapshot* are held back, and who left each.  [S34]
        """
        logins = {desired.login for desired in snapshot.users}
        left_before = self._clock() - self._held_back
        return self._storage.read(
            lambda unit: unit.left_ids.held(logins, left_before=left_before)
        )

    def _carry_out(
        self,
        plan: Plan,
        licence: Licence,
        done: AbstractSet[UUID | str],
        *,
        by: Actor,
    ) -> Iterator[ChangeOutcome]:
        left: list[Change] = []
        for change in plan.changes:
            if change.key in done:
                yield ChangeOutcome(change, Result.DONE_BEFORE)
            else:
                left.append(change)
        for batch in batches(attrs.evolve(plan, changes=left)):
            yield from self._store(batch, licence, by=by)

    def _tell(
        self, changes: Sequence[Update], licence: Licence, now: datetime
    ) -> Mapping[UUID, OutboxMail]:
        """
        Return the mails to the Administrators whose address one of *changes* moves.

        [S31]
        """
        notices = self._notices
        moving = {each.user_id for each in changes if each.changes_address}
        if notices is None or not moving:
            return {}
        users = self._storage.read(lambda unit: unit.users.find_all(moving))
        return {
            user.id: notices.of(user, licence, Changed.WINBOOKS_ID, now=now)
            for user in users
            if user.level is Level.ADMINISTRATOR
        }

    def _store(
        self, batch: Batch, licence: Licence, *, by: Actor
    ) -> Sequence[ChangeOutcome]:
        new = [
            (change, change.user(licence, self._new_id()))
            for change in batch.changes
            if isinstance(change, Create)
        ]
        known = [change for change in batch.changes if isinstance(change, Update)]
        at = self._clock()
        carry_out = execution.exchange if batch.together else execution.update_all
        notices = self._tell(known, licence, at)

        wanted = {each.after.winbooks_id for each in batch.changes if _takes_id(each)}

        def work(unit: UnitOfWork) -> Sequence[ChangeOutcome]:
            unit.left_ids.release(wanted, left_before=at - self._held_back, now=at)
            return [
                *carry_out(unit, known, notices, by=by, at=at),
                *execution.create(unit, new, by=by, at=at),
            ]

        try:
            return self._storage.run(work)
        except Refused as refused:
            return [
                ChangeOutcome(change, Result.REFUSED, refused.problems)
                for change in batch.changes
            ]


def _takes_id(change: Change) -> bool:
    return isinstance(change, Create) or change.changes_address
