"""
How is a licence synchronised: look first, then change?

Planning and carrying out are two calls, an hour or a day apart; between them
people read the plan.  Carrying out passes the same authorisation as the form.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import final
from uuid import UUID

from .. import authorization, system
from ..authorization import Actor
from ..left_ids import HELD_BACK
from ..licence import Licence, Product
from ..mail.sealing import MailSealer
from ..ports import Letters, Sealer, Storage
from ..refusals import NotAuthorised, NotSynchronised, UnknownLicence
from ..services.notice import Notices
from . import stored
from .carrying_out import Execution
from .execution import ChangeOutcome
from .freshness import done_before
from .gateway import LicenceManagementGateway
from .plan import Plan
from .planning import Options, plan
from .remarks import OnlyOnWeb, OtherLicence, PlanQuarantined


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
        notices: Notices | None = None
        if letters is not None and sealer is not None:
            mail_sealer = MailSealer(sealer=sealer, new_id=new_id)
            notices = Notices(letters=letters, mail_sealer=mail_sealer)
        self._clock = clock
        self._execution = Execution(
            storage=storage,
            notices=notices,
            held_back=held_back,
            clock=clock,
            new_id=new_id,
        )

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
            Invalid: its answer is no list of users.
            StorageBusy: the storage failed; call again.
        """
        licence = self._licence(by)
        snapshot = gateway.snapshot(licence)
        users = list(stored.users_of(self._storage, licence.number))
        logins, now = {desired.login for desired in snapshot.users}, self._clock()
        return plan(
            snapshot,
            licence=licence,
            users=users,
            elsewhere=stored.elsewhere(self._storage, logins, users, now=now),
            held=stored.held(self._storage, logins, now=now, held_back=self._held_back),
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
        done = done_before(
            plan,
            stored.outlines_of(self._storage, licence.number),
            partial(stored.with_keys, self._storage),
        )
        return self._execution.carry_out(plan, licence, done, by=by)

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
