"""
How does an office become what its file says: look first, then change?
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import final
from uuid import UUID

from .. import authorization, system
from ..authorization import Actor
from ..dossier import Dossier
from ..forms.provisioning_file import Office
from ..left_ids import HELD_BACK
from ..licence import Licence
from ..ports import Storage, UnitOfWork
from ..refusals import NotAuthorised, NotSynchronised, UnknownLicence
from ..services.handover import HANDED_OVER_LIFETIME
from ..services.licences import LicenceService
from ..services.provisioning import ProvisioningService
from . import stored
from .carrying_out import Execution
from .execution import ChangeOutcome
from .freshness import done_before
from .office_plan import OfficePlan
from .office_planning import plan_office
from .planning import Options
from .remarks import PlanQuarantined


__all__ = ["OfficeService"]


@final
class OfficeService:
    """
    Makes licences what their office files say.  [S50]

    Args:
        storage: where everything is kept.
        provisioning: creates the users of the forms in a file.
        licences: changes licences and their dossiers.
        handed_over_lifetime: how long a password that was handed over is good.
        held_back: how long an ID that was left is given to no other user.
        clock: tells the present, in UTC.
        new_id: makes a new, unique identifier.
    """

    def __init__(
        self,
        storage: Storage,
        *,
        provisioning: ProvisioningService,
        licences: LicenceService,
        handed_over_lifetime: timedelta = HANDED_OVER_LIFETIME,
        held_back: timedelta = HELD_BACK,
        clock: Callable[[], datetime] = system.now,
        new_id: Callable[[], UUID] = system.new_id,
    ) -> None:
        self._storage = storage
        self._licences = licences
        self._held_back = held_back
        self._clock = clock
        self._execution = Execution(
            storage=storage,
            provisioning=provisioning,
            handed_over_lifetime=handed_over_lifetime,
            held_back=held_back,
            clock=clock,
            new_id=new_id,
        )

    def plan(
        self, office: Office, *, by: Actor, options: Options | None = None
    ) -> OfficePlan:
        """
        Return what would make the licence as *office* says; nothing changes.

        Args:
            office: what the file asks for.
            by: who would do it: the distributor, or a user, in that licence.
            options: what is asked; no deactivations by default, and no return of
                users of whom the file does not say that they are active.

        Raises:
            NotAuthorised: *by* stands in another licence.  [R28]
            LicenceDiffers: the licence is stored as one of another product.
            StorageBusy: the storage failed; call again.
        """
        place = authorization.licence_of(by)
        number = office.licence.number
        if place != number:
            raise NotAuthorised((authorization.ForeignLicence(),))

        def look(unit: UnitOfWork) -> tuple[Licence | None, tuple[Dossier, ...]]:
            return unit.licences.find(number), tuple(unit.licences.dossiers(number))

        licence, dossiers = self._storage.read(look)
        users = list(stored.users_of(self._storage, number))
        asked = {person.new.winbooks_id for person in office.people}
        now, held_back = self._clock(), self._held_back
        held = stored.held(self._storage, asked, now=now, held_back=held_back)
        return plan_office(
            office,
            by=by,
            licence=licence,
            dossiers=dossiers,
            users=users,
            elsewhere=stored.elsewhere(self._storage, asked, users, now=now),
            held=held,
            free_from=stored.free_from(
                self._storage, held.keys(), now=now, held_back=held_back
            ),
            options=options,
        )

    def apply(self, plan: OfficePlan, *, by: Actor) -> Iterator[ChangeOutcome]:
        """
        Carry *plan* out and yield what came of each change.

        The licence is registered before, see `ProvisioningService`; its names and
        dossiers are changed first.  Before that everything is compared with what the
        plan saw.  After that, each user stands for themselves, and what is not asked
        of the iterator is not done.  What was done is not done twice: after a crash,
        plan and apply again.  With `OfficePlan.additions_only`, users are created and
        nothing else happens.

        Raises:
            NotAuthorised: *by* stands in another licence, or may not change it.
            UnknownLicence: the licence is not registered.
            NotSynchronised: the plan is in quarantine.
            PlanOutOfDate: a user of the plan was saved since; nothing was done.
            StorageBusy, OutcomeUnknown: the storage failed, here or at a later
                change; plan and apply again.
        """
        place = authorization.licence_of(by)
        people = plan.people
        if place != people.licence:
            raise NotAuthorised((authorization.ForeignLicence(),))
        if people.quarantine:
            raise NotSynchronised((PlanQuarantined(),))
        done = done_before(
            people,
            stored.outlines_of(self._storage, people.licence),
            partial(stored.with_keys, self._storage),
        )
        licence = self._revised(plan, by)
        return self._execution.carry_out(people, licence, done, by=by)

    def _revised(self, plan: OfficePlan, by: Actor) -> Licence:
        """
        Return the licence of *plan* as it is to be, once it is stored so.

        Raises:
            NotAuthorised: something is to change, and *by* may not change it.
            UnknownLicence: it is not registered.
        """
        revision = plan.licence
        may = not authorization.check_licence_change(by, revision.licence.number)
        if revision.contradicts or (may and revision.added):
            renamed = (after for _, after in revision.renamed)
            dossiers = (*revision.added, *renamed)
            self._licences.revise(revision.licence, dossiers, by=by)
        number = revision.licence.number
        licence = self._storage.read(lambda unit: unit.licences.find(number))
        if licence is None:
            raise UnknownLicence
        return licence
