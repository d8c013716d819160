"""
How does a creation form become a user, with everything done or nothing?

The service reads as load, decide, save, tell; the decisions are elsewhere.
What takes long or has an effect, hashing, asking on Web, drawing a password,
happens outside the storage's transactions, which may run several times.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import final
from uuid import UUID

from .. import authorization, system
from ..authorization import Actor, ensure_actor
from ..dossier import Dossier, LicenceNumber
from ..errors import InvalidFields, OnWebUnavailable
from ..events import Event
from ..forms.new_user import NewUser
from ..left_ids import HELD_BACK
from ..licence import Licence
from ..life_cycle import Step
from ..mail.outbox import Sealer
from ..mail.sealing import MailSealer
from ..passwords import Password, PasswordJudge
from ..portal_user import PortalUser
from ..ports import (
    PAGE_SIZE,
    Letters,
    OnWebAnswer,
    OnWebDirectory,
    PasswordHasher,
    Request,
    Storage,
    UnitOfWork,
)
from ..refusals import DuplicateWinBooksId, NotAuthorised, UnknownUser
from ..winbooks_id import WinBooksId
from . import creation, on_web
from .admission import (
    as_stored,
    authorise,
    ensure_dossiers_known,
    ensure_free,
    known_of,
    licence_of,
    reader,
    stored_before,
)
from .again import run_again
from .creation import Created, Source
from .everyone import paged
from .handover import HANDED_OVER_LIFETIME, INITIAL_PASSWORD_LIFETIME, Handover, Settled


__all__ = ["ProvisioningService"]


@final
class ProvisioningService:
    """
    Runs the Portal's procedure on a product's own storage and mail.

    Args:
        storage: where everything is kept.
        hasher: turns passwords into what can be stored.
        letters: puts the mails into words.
        sealer: encrypts what waits in the outbox.
        on_web: the logins of WinBooks on Web; needed for on Web licences.
        judge: decides about passwords; by the Portal's rule by default.
        initial_password_lifetime: how long a mailed password is good.
        handed_over_lifetime: how long one is good that was handed over.
        held_back: how long an ID that was left is given to no other user.
        clock: tells the present, in UTC.
        new_id: makes a new, unique identifier.
    """

    def __init__(
        self,
        storage: Storage,
        *,
        hasher: PasswordHasher,
        letters: Letters,
        sealer: Sealer,
        on_web: OnWebDirectory | None = None,
        judge: PasswordJudge | None = None,
        initial_password_lifetime: timedelta = INITIAL_PASSWORD_LIFETIME,
        handed_over_lifetime: timedelta = HANDED_OVER_LIFETIME,
        held_back: timedelta = HELD_BACK,
        clock: Callable[[], datetime] = system.now,
        new_id: Callable[[], UUID] = system.new_id,
    ) -> None:
        self._storage = storage
        self._on_web = on_web
        self._judge = judge or PasswordJudge()
        self._handover = Handover(
            hasher=hasher,
            letters=letters,
            mail_sealer=MailSealer(sealer=sealer, new_id=new_id),
            judge=self._judge,
            lifetime=initial_password_lifetime,
            handed_over_lifetime=handed_over_lifetime,
        )
        self._held_back = held_back
        self._clock = clock
        self._new_id = new_id

    def register_licence(
        self, licence: Licence, dossiers: Sequence[Dossier] = (), *, by: Actor
    ) -> bool:
        """
        Register *licence* and *dossiers*; tell whether anything was new.  [R32]

        Raises:
            NotAuthorised: *by* is not `WinBooksAdministration`.
            LicenceDiffers: registered before, with other data.
            StorageBusy, OutcomeUnknown: the storage failed; call again.
        """
        if problems := authorization.check_registration(by):
            raise NotAuthorised(problems)
        return self._storage.run(lambda unit: unit.licences.register(licence, dossiers))

    def create(
        self,
        new: NewUser,
        *,
        by: Actor,
        request_id: UUID | None = None,
        source: Source | None = None,
    ) -> Created:
        """
        Make the user that *new* describes in the licence of *by*.

        User, credential and mail intent are stored together or not at all;
        uniqueness is the storage's answer.  Called again with the same
        *request_id*, it returns the same user.  [R2, R3, R26, R31, R57, R70]

        Args:
            new: the form.
            by: who creates.
            request_id: names the creation, for a repeated call.
            source: the directory that knows the user from now on; for the
                distributor only.  [R64]

        Raises:
            InvalidFields: the password breaks the policy, or ID or password are
                not those of on Web.
            NotAuthorised: *by* may not make this user.
            UnknownLicence, UnknownDossiers: not registered.
            DuplicateWinBooksId: the ID has an owner, or is held back.
            RequestMismatch: *request_id* stands for another creation.
            OnWebUnavailable, HasherBusy, StorageBusy: nothing was done.
            OutcomeUnknown: twice; call again with the same *request_id*.
        """
        ensure_actor(by)
        if source is not None and (problems := authorization.check_synchronisation(by)):
            raise NotAuthorised(problems)
        user_id, now = self._new_id(), self._clock()

        def look(unit: UnitOfWork) -> tuple[Licence, PortalUser, tuple[str, ...]]:
            licence, user = _admit(unit, new, user_id, by)
            return licence, user, known_of(unit, self._judge.on(now.date()), user)

        licence, user, personal = self._storage.read(look)
        settled = self._settle_password(new, licence, personal, now)
        credential, mail = self._handover.prepare(
            user, licence, settled, now=now, mailed=new.send_credentials
        )
        request = Request(
            id=request_id or self._new_id(),
            user_id=user_id,
            digest=creation.digest(new, licence.number, source),
        )

        def store(unit: UnitOfWork) -> PortalUser:
            if earlier := unit.requests.remember(request):
                return stored_before(unit, earlier, request)
            _, admitted = _admit(unit, new, user_id, by)
            admitted = admitted if source is None else source.onto(admitted)
            self._add(unit, admitted, now)
            unit.credentials.put(credential)
            if mail is not None:
                unit.outbox.put(mail)
            unit.history.add(Event.of(Step.CREATE, None, admitted, by=by, at=now))
            return admitted

        stored = run_again(self._storage, store)
        return creation.report(
            stored, new, password=settled.password, done_before=stored.id != user_id
        )

    def find(self, winbooks_id: WinBooksId, *, by: Actor) -> PortalUser:
        """
        Return the user with that ID, in whatever spelling.

        Raises:
            UnknownUser: there is none that *by* may see.
            StorageBusy: the storage failed; call again.
        """
        ensure_actor(by)

        def read(unit: UnitOfWork) -> PortalUser:
            user = unit.users.find_by_winbooks_id(winbooks_id)
            if user is None or not authorization.sees(as_stored(unit, by), user):
                raise UnknownUser
            return user

        return self._storage.read(read)

    def users(self, *, by: Actor) -> Iterator[PortalUser]:
        """
        Return the users in the licence of *by* that they may see, page by page.

        Raises:
            UnknownUser: *by* is no longer there.
            StorageBusy: the storage failed; call again.
        """
        # A generator would look at *by* too late.
        return self._users(authorization.licence_of(by), by)

    def _users(self, number: LicenceNumber | None, by: Actor) -> Iterator[PortalUser]:
        if number is None:
            return
        # Each page is read together with who reads: they may see less by then.
        rows = paged(
            lambda after: self._page(number, after, by), key=lambda row: row[1].id
        )
        yield from (user for actor, user in rows if authorization.sees(actor, user))

    def licence(self, *, by: Actor) -> Licence:
        """
        Return the licence that *by* stands in: what the form shows.  [R31, S2]

        Raises:
            NotAuthorised: *by* cannot sign in.
            UnknownUser: *by* is no longer there.
            UnknownLicence: it is not registered.
            StorageBusy: the storage failed; call again.
        """
        ensure_actor(by)
        return self._storage.read(lambda unit: licence_of(unit, reader(unit, by)))

    def dossiers(self, *, by: Actor) -> Sequence[Dossier]:
        """
        Return the dossiers that *by* may give and open: what the form offers.

        Administrators and the distributor see those of the whole licence, others
        those that they can open.  [S2]

        Raises:
            NotAuthorised: *by* cannot sign in.
            UnknownUser: *by* is no longer there.
            UnknownLicence: it is not registered.
            StorageBusy: the storage failed; call again.
        """
        ensure_actor(by)

        def read(unit: UnitOfWork) -> Sequence[Dossier]:
            actor = reader(unit, by)
            every = unit.licences.dossiers(licence_of(unit, actor).number)
            return [each for each in every if authorization.opens(actor, each.number)]

        return self._storage.read(read)

    def _add(self, unit: UnitOfWork, user: PortalUser, now: datetime) -> None:
        """
        Add *user*, if need be by an ID that is not held back any more.  [S34]

        Raises:
            DuplicateWinBooksId: the ID has an owner, or is held back.
        """
        with suppress(DuplicateWinBooksId):
            unit.users.add(user)
            return
        ensure_free(
            unit, user.winbooks_id, of=user.id, held_back=self._held_back, now=now
        )
        unit.users.add(user)

    def _page(
        self, number: LicenceNumber, after: UUID | None, by: Actor
    ) -> Sequence[tuple[Actor, PortalUser]]:
        def read(unit: UnitOfWork) -> Sequence[tuple[Actor, PortalUser]]:
            actor = as_stored(unit, by)
            page = unit.users.of_licence(number, after=after, limit=PAGE_SIZE)
            return [(actor, user) for user in page]

        return self._storage.read(read)

    def _settle_password(
        self, new: NewUser, licence: Licence, personal: tuple[str, ...], now: datetime
    ) -> Settled:
        typed = on_web.password_to_verify(new.password, on_web=new.is_on_web(licence))
        if typed is None:
            return self._handover.settle(new.password, personal=personal, now=now)
        answer = self._ask_on_web(new.winbooks_id, typed)
        judge = self._judge.on(now.date())
        verdict = judge.judge(typed.reveal(), personal=personal)
        InvalidFields.raise_if_any(on_web.check(answer, verdict))
        return Settled(typed, verdict.stamp)

    def _ask_on_web(self, login: WinBooksId, password: Password) -> OnWebAnswer:
        if self._on_web is None:
            raise OnWebUnavailable
        return self._on_web.verify(login, password)


def _admit(
    unit: UnitOfWork, new: NewUser, user_id: UUID, by: Actor
) -> tuple[Licence, PortalUser]:
    licence = licence_of(unit, by)
    user = PortalUser.create(new, licence=licence, user_id=user_id)
    authorise(unit, by, before=None, after=user)
    ensure_dossiers_known(unit, licence.number, user.dossiers)
    return licence, user
