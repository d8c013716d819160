"""
How do people look after the logins of the users whom they manage?

These are the steps that write to people, so they need letters, a sealer and the
key of the links; all others are in `winbooks_identity.services.administration`.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import final
from uuid import UUID

from .. import authorization, life_cycle, system
from ..authorization import Actor, ensure_actor
from ..forms.new_user import GeneratedPassword
from ..left_ids import HELD_BACK
from ..licence import Licence
from ..life_cycle import Step, StepToTake
from ..mail.one_time_link import OneTimeLinks
from ..mail.outbox import Sealer
from ..mail.sealing import MailSealer
from ..passwords import Password, PasswordJudge
from ..portal_user import IdChange, PortalUser
from ..ports import (
    Changed,
    Letters,
    LinkLetters,
    PasswordHasher,
    Request,
    Storage,
    UnitOfWork,
)
from ..refusals import NotAuthorised
from ..winbooks_id import WinBooksId
from . import password_reset, step
from .admission import authorise, ensure_free, known_of, licence_of, stored_before
from .again import run_again
from .handover import HANDED_OVER_LIFETIME, INITIAL_PASSWORD_LIFETIME, Handover
from .link_mail import LINK_LIFETIME, LinkMail, bound_to_password, put_password_link
from .notice import Notices
from .password_reset import PasswordReset


__all__ = ["LoginAdministrationService"]


@final
class LoginAdministrationService:
    """
    Resets passwords and changes IDs for those who manage the users.

    Every step raises what those of `AdministrationService` raise, and what it
    says itself.  A user whose login is on Web's is refused with `NotAllowed`.

    Args:
        storage: where everything is kept.
        hasher: turns passwords into what can be stored.
        letters: puts the mails with passwords into words.
        sealer: encrypts what waits in the outbox.
        links: signs the links in mails, and recognises them; calls that need
            links raise `TypeError` without.
        link_letters: writes the mails with links; goes with *links*.
        judge: decides about passwords; by the Portal's rule by default.
        password_lifetime: how long a mailed password is good.
        handed_over_lifetime: how long one is good that was handed over.
        link_lifetime: how long a mailed link is good.
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
        links: OneTimeLinks | None = None,
        link_letters: LinkLetters | None = None,
        judge: PasswordJudge | None = None,
        password_lifetime: timedelta = INITIAL_PASSWORD_LIFETIME,
        handed_over_lifetime: timedelta = HANDED_OVER_LIFETIME,
        link_lifetime: timedelta = LINK_LIFETIME,
        held_back: timedelta = HELD_BACK,
        clock: Callable[[], datetime] = system.now,
        new_id: Callable[[], UUID] = system.new_id,
    ) -> None:
        self._storage = storage
        self._judge = judge or PasswordJudge()
        mail_sealer = MailSealer(sealer=sealer, new_id=new_id)
        self._handover = Handover(
            hasher=hasher,
            letters=letters,
            mail_sealer=mail_sealer,
            judge=self._judge,
            lifetime=password_lifetime,
            handed_over_lifetime=handed_over_lifetime,
        )
        self._notices = Notices(letters=letters, mail_sealer=mail_sealer)
        self._link_mail = LinkMail(
            links=links,
            letters=link_letters,
            mail_sealer=mail_sealer,
            lifetime=link_lifetime,
        )
        self._held_back = held_back
        self._clock = clock
        self._new_id = new_id

    def reset_password(
        self,
        user: PortalUser,
        password: Password | GeneratedPassword,
        *,
        by: Actor,
        mailed: bool = False,
        request_id: UUID | None = None,
    ) -> PasswordReset:
        """
        Give *user* another password: a typed one, or a generated one.  [Q10, Q11]

        It is an initial password, which ends and has to be changed.  Mailed or
        not, it is known to another person; without mail it is handed over once,
        in the result, and a mail says that the password was changed.  Called again
        with the same *request_id*, this does nothing more.  [S5, S40]

        Raises:
            NotAuthorised: it is the own password of *by* too; see
                `OwnLoginService.change_password`.  [S8]
            InvalidFields: the password breaks the policy.
            RequestMismatch: *request_id* stands for something else.
            HasherBusy: nothing was done.
        """
        ensure_actor(by)
        now = self._clock()
        judge = self._judge.on(now.date())
        request = Request(
            id=request_id or self._new_id(),
            user_id=user.id,
            digest=password_reset.digest(user, mailed=mailed),
        )

        def look(unit: UnitOfWork) -> tuple[Licence, PortalUser, tuple[str, ...]]:
            # A request that is repeated finds a later version, so none is asked for.
            stored = step.visible(unit, user.id, by)
            _ensure_may_reset(unit, stored, by)
            return licence_of(unit, by), stored, known_of(unit, judge, stored)

        licence, seen, personal = self._storage.read(look)
        settled = self._handover.settle(password, personal=personal, now=now)
        credential, mail = self._handover.prepare(
            seen, licence, settled, now=now, mailed=mailed, is_reset=True
        )
        if mail is None:
            mail = self._notices.of(seen, licence, Changed.PASSWORD, now=now)

        def store(unit: UnitOfWork) -> tuple[PortalUser, bool]:
            if earlier := unit.requests.remember(request):
                # A hash has a salt of its own: this one was stored by this very call.
                done_before = unit.credentials.find(user.id) != credential
                return stored_before(unit, earlier, request), done_before
            before = step.current(unit, user, by)
            _ensure_may_reset(unit, before, by)
            saved = step.record(
                unit, Step.RESET_PASSWORD, before, before, by=by, at=now
            )
            unit.credentials.put(credential)
            unit.outbox.put(mail)
            return saved, False

        stored, done_before = run_again(self._storage, store)
        return password_reset.report(
            stored, password=settled.password, mailed=mailed, done_before=done_before
        )

    def send_password_link(self, user: PortalUser, *, by: Actor) -> None:
        """
        Mail *user* a link by which they choose a password themselves.  [Q11]

        The present password stays good until they do.
        """
        ensure_actor(by)
        now = self._clock()

        def look(unit: UnitOfWork) -> tuple[PortalUser, Licence, str]:
            stored = step.current(unit, user, by)
            _ensure_may(unit, Step.SET_PASSWORD, stored, by)
            return stored, licence_of(unit, by), bound_to_password(unit, stored)

        stored, licence, bound_to = self._storage.read(look)
        mail = self._link_mail.set_password(stored, licence, bound_to=bound_to, now=now)

        def store(unit: UnitOfWork) -> None:
            _ensure_may(unit, Step.SET_PASSWORD, step.current(unit, user, by), by)
            put_password_link(unit, stored, mail, bound_to=bound_to, now=now)

        self._storage.run(store)

    def change_id(
        self, user: PortalUser, winbooks_id: WinBooksId, *, by: Actor
    ) -> PortalUser:
        """
        Let *winbooks_id* wait until its address is confirmed.  [Q14]

        A mail with a link goes to the new address, and one without to the
        present address.  Until the link is used, see `OwnLoginService.confirm_id`,
        the present ID stays and the new one is reserved.

        Raises:
            DuplicateWinBooksId: *winbooks_id* has another owner, or another user left
                it and it is held back.
        """
        ensure_actor(by)
        now = self._clock()
        change = IdChange(
            winbooks_id=winbooks_id, expires_at=now + self._link_mail.lifetime
        )

        def look(unit: UnitOfWork) -> tuple[Licence, PortalUser]:
            before = step.current(unit, user, by)
            after = life_cycle.change_id(before, change)
            authorise(unit, by, before=before, after=after)
            return licence_of(unit, by), before

        licence, before = self._storage.read(look)
        mails = (
            self._link_mail.confirm_id(before, change, licence, now=now),
            self._link_mail.id_change(before, licence, now=now),
        )

        def store(unit: UnitOfWork) -> PortalUser:
            ensure_free(
                unit, winbooks_id, of=user.id, held_back=self._held_back, now=now
            )
            changed = step.take(
                unit, user, StepToTake.of(life_cycle.change_id, change), by=by, at=now
            )
            for mail in mails:
                unit.outbox.put(mail)
            return changed

        return self._storage.run(store)

    def replace_id(
        self, user: PortalUser, winbooks_id: WinBooksId, *, by: Actor
    ) -> PortalUser:
        """
        Give *user* another ID at once, on the distributor's word.  [S40, S53]

        The address until then is told; what waits for it with a password or a link is
        withdrawn.  Password and rights stay, and product links go stale.

        Raises:
            NotAuthorised: *by* is not the distributor, or stands elsewhere.
            DuplicateWinBooksId: *winbooks_id* has another owner, or another user left
                it and it is held back.
        """
        if problems := authorization.check_own_word(by):
            raise NotAuthorised(problems)
        now = self._clock()
        taken = StepToTake.of(life_cycle.replace_id, winbooks_id)

        def look(unit: UnitOfWork) -> tuple[Licence, PortalUser]:
            return licence_of(unit, by), step.current(unit, user, by)

        licence, before = self._storage.read(look)
        told = self._notices.of(before, licence, Changed.WINBOOKS_ID, now=now)

        def store(unit: UnitOfWork) -> PortalUser:
            ensure_free(
                unit, winbooks_id, of=user.id, held_back=self._held_back, now=now
            )
            changed = step.take(unit, user, taken, by=by, at=now)
            if changed.winbooks_id != before.winbooks_id:
                unit.outbox.put(told)
            return changed

        return self._storage.run(store)

    def withdraw_id(self, user: PortalUser, *, by: Actor) -> PortalUser:
        """
        Let go of the WinBooks ID that waits; its link is void.  [Q14]
        """
        ensure_actor(by)
        now = self._clock()
        return self._storage.run(
            lambda unit: step.take(
                unit, user, StepToTake.of(life_cycle.withdraw_id), by=by, at=now
            )
        )


def _ensure_may_reset(unit: UnitOfWork, user: PortalUser, by: Actor) -> None:
    _ensure_may(unit, Step.RESET_PASSWORD, user, by)
    if problems := authorization.check_password_reset(by, user):
        raise NotAuthorised(problems)


def _ensure_may(unit: UnitOfWork, kind: Step, user: PortalUser, by: Actor) -> None:
    life_cycle.ensure_allowed(user, kind)
    authorise(unit, by, before=user, after=user)
