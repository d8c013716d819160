"""
How is a plan carried out, whatever source it follows?

Feed and office file pass here, so none of them can forget a rule.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta
from typing import final
from uuid import UUID

import attrs

from ..authorization import Actor
from ..errors import InvalidFields, Refused
from ..level import Level
from ..licence import Licence
from ..mail.outbox import OutboxMail
from ..ports import Changed, Storage, UnitOfWork
from ..services.handover import HANDED_OVER_LIFETIME
from ..services.notice import Notices
from ..services.provisioning import ProvisioningService
from ..winbooks_id import WinBooksId
from . import execution
from .batches import Batch, batches
from .changes import Change, Create, CreateFromForm, Update
from .execution import ChangeOutcome, Result
from .plan import Plan


__all__ = ["Execution"]


@final
@attrs.frozen(kw_only=True)
class Execution:
    """
    Carries plans out.

    Args:
        storage: where everything is kept.
        notices: writes to the old address of an Administrator whose ID moves.  [S31]
        provisioning: creates the users of a form; an office file needs it.
        handed_over_lifetime: how long a password that was handed over is good.
        held_back: how long an ID that was left is given to no other user.
        clock: tells the present, in UTC.
        new_id: makes a new, unique identifier.
    """

    storage: Storage
    notices: Notices | None = None
    provisioning: ProvisioningService | None = None
    handed_over_lifetime: timedelta = HANDED_OVER_LIFETIME
    held_back: timedelta
    clock: Callable[[], datetime]
    new_id: Callable[[], UUID]

    def carry_out(
        self,
        plan: Plan,
        licence: Licence,
        done: AbstractSet[UUID | str | WinBooksId],
        *,
        by: Actor,
    ) -> Iterator[ChangeOutcome]:
        """
        Carry *plan* out, but for what is *done*, and yield what came of each change.

        Raises:
            StorageBusy, OutcomeUnknown: the storage failed; call again.
        """
        left: list[Change] = []
        for change in plan.changes:
            if change.key in done:
                yield ChangeOutcome(change, Result.DONE_BEFORE)
            else:
                left.append(change)
        for batch in batches(attrs.evolve(plan, changes=left)):
            (first, *_) = batch.changes
            if isinstance(first, CreateFromForm):
                yield self._create(first, by=by)
            else:
                yield from self._store(batch, licence, by=by)

    def _create(self, change: CreateFromForm, *, by: Actor) -> ChangeOutcome:
        if self.provisioning is None:
            raise TypeError("users of a form are created by a provisioning service")
        try:
            created = self.provisioning.create(change.new, by=by)
        except InvalidFields as invalid:
            problems = tuple(
                each for some in invalid.by_field.values() for each in some
            )
            return ChangeOutcome(change, Result.REFUSED, problems)
        except Refused as refused:
            return ChangeOutcome(change, Result.REFUSED, refused.problems)
        return ChangeOutcome(change, Result.DONE, created=created)

    def _tell(
        self, changes: Sequence[Update], licence: Licence, now: datetime
    ) -> Mapping[UUID, OutboxMail]:
        """
        Return the mails to the Administrators whose address one of *changes* moves.

        [S31]
        """
        notices = self.notices
        moving = {each.user_id for each in changes if each.changes_address}
        if notices is None or not moving:
            return {}
        users = self.storage.read(lambda unit: unit.users.find_all(moving))
        return {
            user.id: notices.of(user, licence, Changed.WINBOOKS_ID, now=now)
            for user in users
            if user.level is Level.ADMINISTRATOR
        }

    def _store(
        self, batch: Batch, licence: Licence, *, by: Actor
    ) -> Sequence[ChangeOutcome]:
        new = [
            (change, change.user(licence, self.new_id()))
            for change in batch.changes
            if isinstance(change, Create)
        ]
        known = [change for change in batch.changes if isinstance(change, Update)]
        at = self.clock()
        notices = self._tell(known, licence, at)
        wanted = {each.after.winbooks_id for each in known if each.changes_address}
        left_before = at - self.held_back

        def update(unit: UnitOfWork) -> Sequence[ChangeOutcome]:
            if batch.together:
                return execution.exchange(unit, known, notices, by=by, at=at)
            lifetime = self.handed_over_lifetime
            return execution.update_all(
                unit, known, notices, by=by, at=at, handed_over_lifetime=lifetime
            )

        def work(unit: UnitOfWork) -> Sequence[ChangeOutcome]:
            unit.left_ids.release(wanted, left_before=left_before, now=at)
            updated = update(unit)
            created = execution.create(unit, new, by=by, at=at, left_before=left_before)
            return [*updated, *created]

        try:
            return self.storage.run(work)
        except Refused as refused:
            return [
                ChangeOutcome(change, Result.REFUSED, refused.problems)
                for change in batch.changes
            ]
