"""
How are users changed in the menu *Administratie - Gebruikers*?

Every step reads as load, decide, authorise, save, tell.  The user that is given
is the user as they were shown: if they were saved since, the step is refused
with `OutOfDate` and nothing is lost.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta
from functools import cache, partial
from typing import final
from uuid import UUID

from .. import authorization, life_cycle, personal_data, system
from ..attempts import FailedAttempt
from ..authorization import Actor, ensure_actor
from ..credential import InitialPassword
from ..dossier import DossierNumber
from ..events import Event
from ..left_ids import HELD_BACK
from ..level import Level
from ..life_cycle import Details, Step, StepToTake
from ..mail.outbox import OutboxEntry
from ..plain import Json
from ..portal_user import PortalUser
from ..ports import PAGE_SIZE, Storage, UnitOfWork
from ..possible_steps import StepAnswer, possible_steps
from ..refusals import UnknownUser
from ..role import Role
from . import step
from .admission import as_stored, authorise
from .everyone import has_another_administrator
from .handover import HANDED_OVER_LIFETIME
from .initial_passwords import not_begun, with_initial_password


__all__ = ["AdministrationService"]


@final
class AdministrationService:
    """
    Takes the steps of a user's life for those who manage them.

    Every step raises, besides what it says itself:

    * `TypeError`: *by* is no `Actor`;
    * `UnknownUser`: the user is not there, or not where *by* may look;
    * `OutOfDate`: they were saved since they were read;
    * `NotAllowed`: the step is not for them as they are now;
    * `NotAuthorised`: *by* may not take it;
    * `StorageBusy`: nothing was done, call again; `OutcomeUnknown`: look again.

    A step that changes nothing saves nothing and leaves no event.

    Args:
        storage: where everything is kept.
        handed_over_lifetime: how long a password that was handed over is good.
        held_back: how long an ID that was left is given to no other user.
        clock: tells the present, in UTC.
    """

    def __init__(
        self,
        storage: Storage,
        *,
        handed_over_lifetime: timedelta = HANDED_OVER_LIFETIME,
        held_back: timedelta = HELD_BACK,
        clock: Callable[[], datetime] = system.now,
    ) -> None:
        self._storage = storage
        self._lifetime = handed_over_lifetime
        self._held_back = held_back
        self._clock = clock

    def activate(self, user: PortalUser, *, by: Actor) -> PortalUser:
        """
        Let *user* sign in, for the first time or again.  [R56, Q12]

        The time of an initial password that was handed over begins now.  [S5]
        """
        ensure_actor(by)
        now = self._clock()

        def work(unit: UnitOfWork) -> PortalUser:
            activated = step.take(
                unit, user, StepToTake.of(life_cycle.activate), by=by, at=now
            )
            step.start_password(unit, user.id, now + self._lifetime)
            return activated

        return self._storage.run(work)

    def deactivate(self, user: PortalUser, *, by: Actor) -> PortalUser:
        """
        Keep *user* from signing in; everything else stays.  [Q12]
        """
        return self._take(user, StepToTake.of(life_cycle.deactivate), by=by)

    def change_level(self, user: PortalUser, level: Level, *, by: Actor) -> PortalUser:
        """
        Give *user* another level.  [R21, R22, R30, Q12]

        Raises:
            InvalidFields: *level* is not for their kind of user.
        """
        return self._take(user, StepToTake.of(life_cycle.change_level, level), by=by)

    def grant_dossiers(
        self, user: PortalUser, dossiers: AbstractSet[DossierNumber], *, by: Actor
    ) -> PortalUser:
        """
        Let *user* open *dossiers* too; notices of them follow their box.  [R73, Q19]

        Raises:
            UnknownDossiers: some are not in their licence.
        """
        return self._take(
            user, StepToTake.of(life_cycle.grant_dossiers, dossiers), by=by
        )

    def revoke_dossiers(
        self, user: PortalUser, dossiers: AbstractSet[DossierNumber], *, by: Actor
    ) -> PortalUser:
        """
        Take *dossiers* away from *user*, and with them their notices.  [R43]

        Raises:
            InvalidFields: an end customer would have none left.
        """
        return self._take(
            user, StepToTake.of(life_cycle.revoke_dossiers, dossiers), by=by
        )

    def grant_roles(
        self, user: PortalUser, roles: AbstractSet[Role], *, by: Actor
    ) -> PortalUser:
        """
        Give *user* also *roles*.  [R53]

        Raises:
            InvalidFields: a role is not for their kind of user.
        """
        return self._take(user, StepToTake.of(life_cycle.grant_roles, roles), by=by)

    def revoke_roles(
        self, user: PortalUser, roles: AbstractSet[Role], *, by: Actor
    ) -> PortalUser:
        """
        Take *roles* away from *user*.  [R53]

        Raises:
            InvalidFields: an end customer would have none left.
        """
        return self._take(user, StepToTake.of(life_cycle.revoke_roles, roles), by=by)

    def notify(self, user: PortalUser, *, all_dossiers: bool, by: Actor) -> PortalUser:
        """
        Tick or untick the notices of *user*.  [R41, R42, Q19]
        """
        return self._take(
            user, StepToTake.of(life_cycle.notify, all_dossiers=all_dossiers), by=by
        )

    def rectify(self, user: PortalUser, details: Details, *, by: Actor) -> PortalUser:
        """
        Put *details* in the place of those of *user*.
        """
        return self._take(user, StepToTake.of(life_cycle.rectify, details), by=by)

    def erase(self, user: PortalUser, *, by: Actor) -> None:
        """
        Take *user* and all that is kept of them out (GDPR, article 17).  [Q13]

        The internal key stays, in the history of what happened and who did it; and
        their ID, until it is not held back any more.  [S34]
        """
        ensure_actor(by)
        now = self._clock()

        def work(unit: UnitOfWork) -> None:
            before = step.current(unit, user, by)
            life_cycle.ensure_allowed(before, Step.ERASE)
            authorise(unit, by, before=before, after=None)
            step.ensure_administrator_left(unit, before, None)
            unit.users.remove(before)
            unit.left_ids.put(before.winbooks_id, of=before.id, at=now)
            unit.left_ids.forget(now - self._held_back)
            unit.history.anonymise(before.id)
            unit.history.add(Event.erased(before, by=by, at=now))

        self._storage.run(work)

    def steps(self, user: PortalUser, *, by: Actor) -> Mapping[Step, StepAnswer]:
        """
        Return which steps *by* can take for *user*, and why not the others.  [S2]

        In the order of a page, those of `LoginAdministrationService` included: what
        is refused has the error that the step itself raises.  Nothing is locked, so it
        may be refused all the same a moment later.  That the portal was made with letters
        for links is taken for granted.  `Step.CHANGE_PASSWORD` is there
        for the person alone, who takes it by `OwnLoginService`.

        Raises:
            UnknownUser: there is no such user, or not for *by*, so no step either.
            OutOfDate: they were saved since they were read.
            StorageBusy: the storage failed; call again.
        """
        ensure_actor(by)

        def read(unit: UnitOfWork) -> Mapping[Step, StepAnswer]:
            stored = step.current(unit, user, by)
            return possible_steps(
                stored,
                by=as_stored(unit, by),
                dossiers=[
                    each.number for each in unit.licences.dossiers(stored.licence)
                ],
                others=cache(lambda: has_another_administrator(unit, stored)),
            )

        return self._storage.read(read)

    def export(self, user: PortalUser, *, by: Actor) -> Mapping[str, Json]:
        """
        Return all that is kept of *user*, ready for JSON (GDPR, articles 15 and 20).

        It is for the person and for those who manage them.  [S2]

        Raises:
            UnknownUser: there is no such user, or not for *by*.
        """
        ensure_actor(by)

        def read(unit: UnitOfWork) -> Mapping[str, Json]:
            stored = step.personal(unit, user.id, by)
            return personal_data.personal_data(
                stored,
                events=unit.history.of_user(stored.id),
                links=unit.product_links.of_user(stored.id),
                failed_attempts=unit.failed_attempts.of_user(stored.id),
            )

        return self._storage.read(read)

    def must_change(self, users: Iterable[PortalUser], *, by: Actor) -> frozenset[UUID]:
        """
        Return the internal keys of those *users* whose next sign-in needs a change.

        Their password is an initial one: they have never signed in with it, or never
        changed it.  Users whom *by* does not manage are left out.  [S2]

        Raises:
            UnknownUser: *by* is no longer there.
            StorageBusy: the storage failed; call again.
        """
        ensure_actor(by)
        return self._found(users, by, with_initial_password)

    def never_signed_in(
        self, users: Iterable[PortalUser], *, by: Actor
    ) -> frozenset[UUID]:
        """
        Return the internal keys of those *users* who have never signed in.

        Their password is an initial one, and they never chose one of their own, which
        the first sign-in asks for.  Of users whose password is on Web's nothing is
        known; they and users whom *by* does not manage are left out.  [S2, S5]

        Raises:
            UnknownUser: *by* is no longer there.
            StorageBusy: the storage failed; call again.
        """
        ensure_actor(by)
        return self._found(users, by, not_begun)

    def _found(
        self,
        users: Iterable[PortalUser],
        by: Actor,
        look: Callable[[AbstractSet[UUID], Actor, UnitOfWork], AbstractSet[UUID]],
    ) -> frozenset[UUID]:
        keys = [user.id for user in users]
        found: set[UUID] = set()
        for start in range(0, len(keys), PAGE_SIZE):
            page = frozenset(keys[start : start + PAGE_SIZE])
            found |= self._storage.read(partial(look, page, by))
        return frozenset(found)

    def initial_password(self, user: PortalUser, *, by: Actor) -> InitialPassword:
        """
        Return whether *user* still has a password that others have seen.  [S5]

        It is for the person and for those who manage them.  [S2]

        Raises:
            UnknownUser: there is no such user, or not for *by*.
        """
        ensure_actor(by)
        now = self._clock()

        def read(unit: UnitOfWork) -> InitialPassword:
            stored = step.personal(unit, user.id, by)
            return InitialPassword.of(unit.credentials.find(stored.id), now=now)

        return self._storage.read(read)

    def failed_attempts(
        self, user: PortalUser, *, by: Actor
    ) -> Sequence[FailedAttempt]:
        """
        Return the attempts on the login of *user* that failed, the latest first.

        It is for the person and for those who manage them.  [S2, S22]

        Raises:
            UnknownUser: there is no such user, or not for *by*.
        """
        ensure_actor(by)

        def read(unit: UnitOfWork) -> Sequence[FailedAttempt]:
            stored = step.personal(unit, user.id, by)
            return unit.failed_attempts.of_user(stored.id)

        return self._storage.read(read)

    def mails(self, user: PortalUser, *, by: Actor) -> Sequence[OutboxEntry]:
        """
        Return what became of the mails to *user*, the latest first.  [R71]

        It is for the person and for those who manage them, and shows no content.
        [S2]

        Raises:
            UnknownUser: there is no such user, or not for *by*.
        """
        ensure_actor(by)

        def read(unit: UnitOfWork) -> Sequence[OutboxEntry]:
            stored = step.personal(unit, user.id, by)
            return unit.outbox.of_user(stored.id)

        return self._storage.read(read)

    def history(self, user_id: UUID, *, by: Actor) -> Sequence[Event]:
        """
        Return what happened to the user with that internal key, erased or not.

        It is for the person and for those who manage them; of an erased user,
        for Administrators and the distributor.  [S2]

        Raises:
            UnknownUser: nothing did that *by* may read.
        """
        ensure_actor(by)

        def read(unit: UnitOfWork) -> Sequence[Event]:
            user, actor = unit.users.find(user_id), as_stored(unit, by)
            events = unit.history.of_user(user_id)
            if user is None:
                licences = {event.licence for event in events}
                known = any(authorization.sees_erased(actor, each) for each in licences)
            else:
                known = authorization.reads_personal_data(actor, user)
            if not known:
                raise UnknownUser
            return events

        return self._storage.read(read)

    def _take(self, user: PortalUser, taken: StepToTake, *, by: Actor) -> PortalUser:
        ensure_actor(by)
        now = self._clock()
        return self._storage.run(
            lambda unit: step.take(unit, user, taken, by=by, at=now)
        )
