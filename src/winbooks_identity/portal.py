"""
How does a product wire everything together, once?

`Portal` takes what a product has chosen (a storage, a hasher, letters, a policy)
and builds every service from it, so that no rule and no clock is given twice.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import cached_property
from typing import Self, TypeVar, final
from uuid import UUID

import attrs

from . import system
from .left_ids import HELD_BACK
from .mail.one_time_link import OneTimeLinks
from .mail.outbox import Sealer
from .mail.relay import Relay
from .mail.sealing import MailSealer
from .observing import (
    Observation,
    ObservedAttempts,
    ObservedStorage,
    Observer,
    of_delivery,
    tell,
)
from .passwords import PasswordJudge, PasswordPolicy
from .passwords.breached import BreachedPasswords
from .passwords.strength import StrengthEstimator
from .ports import (
    Attempts,
    Letters,
    LinkLetters,
    Mailer,
    OnWebDirectory,
    OutboxQueue,
    PasswordHasher,
    Storage,
    UnitOfWork,
)
from .retention import Kept, Retention
from .services.administration import AdministrationService
from .services.handover import HANDED_OVER_LIFETIME, INITIAL_PASSWORD_LIFETIME
from .services.housekeeping import HousekeepingService
from .services.licences import LicenceService
from .services.link_mail import LINK_LIFETIME, LinkMail
from .services.link_requests import LinkRequestService
from .services.linking import LinkingService
from .services.lock_outs import LockOutService
from .services.login_administration import LoginAdministrationService
from .services.mails import MailService
from .services.managed_mails import ManagedMailService
from .services.own_login import OwnLoginService
from .services.provisioning import ProvisioningService
from .services.reports import ReportService
from .services.sessions import SessionService
from .services.sign_in import SignInService
from .services.within import OpenUnit, tried_out
from .synchronisation import (
    MoveService,
    OfficeService,
    PlanFiles,
    SynchronisationService,
)


__all__ = ["Portal"]

T = TypeVar("T")


def _nothing() -> None:
    """
    Close nothing.
    """


@final
@attrs.frozen
class Portal:
    """
    The services of the Portal on a product's own storage and mail.

    Each service is built when it is first used, and is the same from then on.
    A portal is also a context manager; leaving it calls *on_close*.

    >>> from winbooks_identity.adapters.aesgcm import AesGcmSealer
    >>> from winbooks_identity.adapters.argon2 import CHEAPEST, Argon2Hasher
    >>> from winbooks_identity.adapters.key_ring import generate_key
    >>> from winbooks_identity.adapters.letters import StandardLetters
    >>> from winbooks_identity.adapters.memory import InMemoryStorage
    >>> portal = Portal(
    ...     InMemoryStorage(),
    ...     hasher=Argon2Hasher(CHEAPEST),
    ...     letters=StandardLetters("portal@firm.example", "https://firm.example/"),
    ...     sealer=AesGcmSealer({"1": generate_key()}),
    ... )
    >>> licence = Licence.parse(
    ...     {
    ...         "number": "WB-1",
    ...         "product": "Classic",
    ...         "holder": "Fiduciaire Peeters",
    ...         "language": "nl",
    ...     }
    ... )
    >>> portal.provisioning.register_licence(licence, by=WinBooksAdministration())
    True

    Args:
        storage: where everything is kept.
        hasher: turns passwords into what can be stored.
        letters: writes the mails with login data.
        sealer: encrypts what waits in the outbox.
        policy: what passwords keep to; the Portal's rule by default. Its rollout says
            from when it is asked of whom.
        breached: where leaked passwords are looked up, for policies that ask.
        estimator: scores the strength of passwords; zxcvbn by default.
        attempts: limits sign-ins, forgotten passwords and links; nothing is
            limited without.
        queue: where mails wait, for `relay`.
        standby: what answers `reports` instead of the storage, a little late; see
            `adapters.sqlalchemy.SqlAlchemyStandby`.
        links: signs and recognises the links that people get by mail; calls
            that need links raise `TypeError` without.
        link_letters: writes the mails with links; goes with *links*.
        plan_files: signs and recognises saved plans of a synchronisation, for
            `saved_plans`.
        on_web: the logins of WinBooks on Web, for licences of that product.
        initial_password_lifetime: how long a mailed password is good; three days
            by default.
        handed_over_lifetime: how long a password is good that was handed over,
            counted from when its user can sign in; 14 days by default.
        link_lifetime: how long a mailed link is good; see `LINK_LIFETIME`.
        held_back: how long a WinBooks ID that was left is given to no other user; 90
            days by default.
        retention: how long what happened is kept; see `Retention`.
        observers: hear of what happens; see `observing`.
        clock: returns the present as an aware time in UTC.
        new_id: returns an identifier that nothing else has.
        on_close: called by `close`, to let go of connections.

    Raises:
        TypeError: *links* is given without *link_letters*, or the reverse.
    """

    storage: Storage
    hasher: PasswordHasher = attrs.field(kw_only=True)
    letters: Letters = attrs.field(kw_only=True)
    sealer: Sealer = attrs.field(kw_only=True)
    policy: PasswordPolicy = attrs.field(factory=PasswordPolicy, kw_only=True)
    breached: BreachedPasswords | None = attrs.field(default=None, kw_only=True)
    estimator: StrengthEstimator | None = attrs.field(default=None, kw_only=True)
    attempts: Attempts | None = attrs.field(default=None, kw_only=True)
    queue: OutboxQueue | None = attrs.field(default=None, kw_only=True)
    standby: Storage | None = attrs.field(default=None, kw_only=True)
    links: OneTimeLinks | None = attrs.field(default=None, kw_only=True)
    link_letters: LinkLetters | None = attrs.field(default=None, kw_only=True)
    plan_files: PlanFiles | None = attrs.field(default=None, kw_only=True)
    on_web: OnWebDirectory | None = attrs.field(default=None, kw_only=True)
    initial_password_lifetime: timedelta = attrs.field(
        default=INITIAL_PASSWORD_LIFETIME, kw_only=True
    )
    handed_over_lifetime: timedelta = attrs.field(
        default=HANDED_OVER_LIFETIME, kw_only=True
    )
    link_lifetime: timedelta = attrs.field(default=LINK_LIFETIME, kw_only=True)
    held_back: timedelta = attrs.field(default=HELD_BACK, kw_only=True)
    retention: Retention = attrs.field(factory=Retention, kw_only=True)
    observers: Sequence[Observer] = attrs.field(default=(), kw_only=True)
    clock: Callable[[], datetime] = attrs.field(default=system.now, kw_only=True)
    new_id: Callable[[], UUID] = attrs.field(default=system.new_id, kw_only=True)
    on_close: Callable[[], None] = attrs.field(default=_nothing, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if (self.links is None) != (self.link_letters is None):
            raise TypeError("links and link_letters go together")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """
        Let go of what *on_close* lets go of.
        """
        self.on_close()

    @property
    def judge(self) -> PasswordJudge:
        """
        Return what decides about new passwords today, for a product's own forms.

        While the policy is rolled out, it is another one from a day on: ask for it
        again for each form.
        """
        return self._judge.on(self.clock().date())

    @cached_property
    def _judge(self) -> PasswordJudge:
        return PasswordJudge(
            policy=self.policy, breached=self.breached, estimator=self.estimator
        )

    @cached_property
    def provisioning(self) -> ProvisioningService:
        """
        Return the service that registers licences and creates users.
        """
        return ProvisioningService(
            self._storage,
            hasher=self.hasher,
            letters=self.letters,
            sealer=self.sealer,
            on_web=self.on_web,
            judge=self._judge,
            initial_password_lifetime=self.initial_password_lifetime,
            handed_over_lifetime=self.handed_over_lifetime,
            held_back=self.held_back,
            clock=self.clock,
            new_id=self.new_id,
        )

    @cached_property
    def licences(self) -> LicenceService:
        """
        Return the service that changes licences and their dossiers.
        """
        return LicenceService(self._storage, clock=self.clock)

    @cached_property
    def administration(self) -> AdministrationService:
        """
        Return the service that takes the steps of a user's life.
        """
        return AdministrationService(
            self._storage,
            handed_over_lifetime=self.handed_over_lifetime,
            held_back=self.held_back,
            clock=self.clock,
        )

    @cached_property
    def logins(self) -> LoginAdministrationService:
        """
        Return the service that resets passwords and changes IDs of others.
        """
        return LoginAdministrationService(
            self._storage,
            hasher=self.hasher,
            letters=self.letters,
            link_letters=self.link_letters,
            links=self.links,
            sealer=self.sealer,
            judge=self._judge,
            password_lifetime=self.initial_password_lifetime,
            handed_over_lifetime=self.handed_over_lifetime,
            link_lifetime=self.link_lifetime,
            held_back=self.held_back,
            clock=self.clock,
            new_id=self.new_id,
        )

    @cached_property
    def own_login(self) -> OwnLoginService:
        """
        Return the service by which people look after their own login.
        """
        return OwnLoginService(
            self._storage,
            sign_in=self.sign_in,
            hasher=self.hasher,
            letters=self.letters,
            link_letters=self.link_letters,
            links=self.links,
            sealer=self.sealer,
            attempts=self._attempts,
            judge=self._judge,
            link_lifetime=self.link_lifetime,
            clock=self.clock,
            new_id=self.new_id,
        )

    @cached_property
    def link_requests(self) -> LinkRequestService:
        """
        Return the service that answers forgotten passwords; relays call it.
        """
        return LinkRequestService(
            self._storage,
            link_mail=LinkMail(
                links=self.links,
                letters=self.link_letters,
                mail_sealer=MailSealer(sealer=self.sealer, new_id=self.new_id),
                lifetime=self.link_lifetime,
            ),
            sealer=self.sealer,
            clock=self.clock,
        )

    @cached_property
    def sign_in(self) -> SignInService:
        """
        Return the service that checks sign-ins.
        """
        return SignInService(
            self._storage,
            hasher=self.hasher,
            on_web=self.on_web,
            attempts=self._attempts,
            judge=self._judge,
            clock=self.clock,
            new_id=self.new_id,
            observe=self._tell,
        )

    @cached_property
    def sessions(self) -> SessionService:
        """
        Return the service that tells whether a session goes on.
        """
        return SessionService(self._storage)

    @cached_property
    def lock_outs(self) -> LockOutService:
        """
        Return the service that ends the limits which keep people out.
        """
        # A look at the limits is no attempt that observers hear of.
        return LockOutService(self._storage, attempts=self.attempts)

    @cached_property
    def linking(self) -> LinkingService:
        """
        Return the service that links the other products.
        """
        return LinkingService(self._storage, clock=self.clock)

    @cached_property
    def housekeeping(self) -> HousekeepingService:
        """
        Return the service that removes what was kept for long enough.
        """
        return HousekeepingService(
            self._storage,
            retention=self.retention,
            held_back=self.held_back,
            clock=self.clock,
        )

    @cached_property
    def reports(self) -> ReportService:
        """
        Return the service for lists, exports and explanations that may be late.

        It reads from the *standby*, where the portal has one.
        """
        storage = self.standby or self._storage
        late = attrs.evolve(self, storage=storage, observers=(), on_close=_nothing)
        return ReportService(
            storage=storage,
            provisioning=late.provisioning,
            administration=late.administration,
            linking=late.linking,
            housekeeping=late.housekeeping,
        )

    @cached_property
    def synchronisation(self) -> SynchronisationService:
        """
        Return the service that makes on Web licences follow their source.
        """
        return SynchronisationService(
            self._storage,
            letters=self.letters,
            sealer=self.sealer,
            held_back=self.held_back,
            clock=self.clock,
            new_id=self.new_id,
        )

    @cached_property
    def offices(self) -> OfficeService:
        """
        Return the service that makes licences what their office files say.
        """
        return OfficeService(
            self._storage,
            provisioning=self.provisioning,
            licences=self.licences,
            handed_over_lifetime=self.handed_over_lifetime,
            held_back=self.held_back,
            clock=self.clock,
            new_id=self.new_id,
        )

    @cached_property
    def moves(self) -> MoveService:
        """
        Return the service that moves licences to WinBooks on Web.
        """
        return MoveService(
            self._storage,
            letters=self.letters,
            sealer=self.sealer,
            clock=self.clock,
            new_id=self.new_id,
        )

    @property
    def saved_plans(self) -> PlanFiles:
        """
        Return what saves the plans of a synchronisation and reads them again.  [S33]

        Raises:
            TypeError: the portal has no *plan_files*.
        """
        if self.plan_files is None:
            raise TypeError("plans are signed: Portal(..., plan_files=PlanFiles(...))")
        return self.plan_files

    @property
    def outbox(self) -> OutboxQueue:
        """
        Return where the mails wait.

        Raises:
            TypeError: the portal has no *queue*.
        """
        if self.queue is None:
            raise TypeError("mails are delivered from a queue: Portal(..., queue=...)")
        return self.queue

    @cached_property
    def mails(self) -> MailService:
        """
        Return the service by which operators look after the mails.

        Raises:
            TypeError: the portal has no *queue*.
        """
        return MailService(self.outbox)

    @cached_property
    def managed_mails(self) -> ManagedMailService:
        """
        Return the service by which managers look after the mails of their users.

        Raises:
            TypeError: the portal has no *queue*.
        """
        return ManagedMailService(self._storage, self.outbox)

    def together(self, work: Callable[[Self], T]) -> T:
        """
        Return what *work* does on a portal whose services share one transaction.

        What they do is kept together or not at all, and an error of theirs has to
        leave *work*.  It may be called several times: so leave services out that
        hash, ask on Web or take their time.

        Raises:
            IdentityError: what *work* raises, and what the storage raises.
        """
        return self._storage.run(lambda unit: work(self._within(unit)))

    def rehearse(self, work: Callable[[Self], T]) -> T:
        """
        Return what *work* does on a portal of which nothing is kept.

        It meets every rule and refusal that it would meet on this one.  What a port
        of the host's does besides, such as counting attempts, is done.

        Args:
            work: called with the portal; it may be called several times.

        Raises:
            IdentityError: what *work* raises, and what the storage raises.
        """
        return tried_out(self._storage, lambda unit: work(self._within(unit)))

    def relay(
        self, mailer: Mailer, *, spread: Callable[[], float] = system.random_fraction
    ) -> Relay:
        """
        Return what takes the mails that wait to *mailer*.

        It also makes the mails for those who forgot their password, and forgets
        failed attempts when their time is over.

        Args:
            mailer: takes them on.
            spread: returns a number from 0 to 1; see `Relay`.

        Raises:
            TypeError: the portal has no *queue*.
        """
        return Relay(
            self.outbox,
            mailer,
            self.sealer,
            spread=spread,
            prepare=self._prepare_mails,
            observe=lambda attempt: self._tell(of_delivery(attempt)),
        )

    def _prepare_mails(self) -> None:
        """
        Answer the links that were asked for, and forget attempts of long ago.
        """
        before = self.retention.before(Kept.FAILED_ATTEMPTS, self.clock())
        self.storage.run(lambda unit: unit.failed_attempts.forget(before))
        if self.links is not None:
            self.link_requests.answer()

    def _within(self, unit: UnitOfWork) -> Self:
        # What is kept, the storage around it tells.
        return attrs.evolve(
            self,
            storage=OpenUnit(unit),
            observers=(),
            queue=None,
            standby=None,
            on_close=_nothing,
        )

    @cached_property
    def _storage(self) -> Storage:
        if not self.observers:
            return self.storage
        return ObservedStorage(self.storage, self.observers)

    @cached_property
    def _attempts(self) -> Attempts | None:
        if self.attempts is None or not self.observers:
            return self.attempts
        return ObservedAttempts(self.attempts, self.observers)

    def _tell(self, observation: Observation) -> None:
        tell(self.observers, observation)
