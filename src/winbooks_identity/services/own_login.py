"""
How does a person look after their own login?

Users manage only themselves here: they show who they are, by their password or by
a link that only their mailbox has.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import ClassVar, final
from uuid import UUID

import attrs

from .. import life_cycle, system
from ..attempts import Door
from ..credential import Credential
from ..errors import InvalidFields
from ..life_cycle import Step
from ..mail.link_request import LinkRequest
from ..mail.one_time_link import OneTimeLinks, Purpose
from ..mail.outbox import Sealer
from ..mail.sealing import MailSealer
from ..passwords import Password, PasswordJudge
from ..passwords.judge import Verdict
from ..portal_user import PortalUser
from ..ports import (
    Attempts,
    Changed,
    Letters,
    LinkLetters,
    PasswordHasher,
    Storage,
    UnitOfWork,
)
from ..problems import Problem
from ..refusals import LinkRefused
from ..winbooks_id import WinBooksId
from . import step
from .admission import known_of
from .gate import Gate, Trial
from .link_mail import (
    LINK_LIFETIME,
    LinkMail,
    bound_to_change,
    bound_to_password,
)
from .notice import Notices
from .sign_in import SignInService


__all__ = ["OwnLoginService", "Unchanged"]


@attrs.frozen
class Unchanged(Problem):
    """
    A password that has to be changed is not kept.  [Q8]
    """

    code: ClassVar[str] = "password.unchanged"


@final
class OwnLoginService:
    """
    Lets people change their password and confirm their new ID.

    Every call raises `StorageBusy` or `HasherBusy` where nothing was done, and
    `OutcomeUnknown` where it perhaps was.

    Args:
        storage: where everything is kept.
        sign_in: tells whether people are who they say they are.
        hasher: turns passwords into what can be stored.
        sealer: encrypts what waits in the outbox.
        letters: writes the mails that a password was changed; none without.
        links: signs the links in mails, and recognises them; calls that need
            links raise `TypeError` without.
        link_letters: writes the mails with links; goes with *links*.
        attempts: limits attempts; without it, none is refused.
        judge: decides about passwords; by the Portal's rule by default.
        link_lifetime: how long a mailed link is good.
        clock: tells the present, in UTC.
        new_id: makes a new, unique identifier.
    """

    def __init__(
        self,
        storage: Storage,
        *,
        sign_in: SignInService,
        hasher: PasswordHasher,
        sealer: Sealer,
        letters: Letters | None = None,
        links: OneTimeLinks | None = None,
        link_letters: LinkLetters | None = None,
        attempts: Attempts | None = None,
        judge: PasswordJudge | None = None,
        link_lifetime: timedelta = LINK_LIFETIME,
        clock: Callable[[], datetime] = system.now,
        new_id: Callable[[], UUID] = system.new_id,
    ) -> None:
        self._storage = storage
        self._sign_in = sign_in
        self._hasher = hasher
        mail_sealer = MailSealer(sealer=sealer, new_id=new_id)
        self._notices: Notices | None = None
        if letters is not None:
            self._notices = Notices(letters=letters, mail_sealer=mail_sealer)
        self._link_mail = LinkMail(
            links=links,
            letters=link_letters,
            mail_sealer=mail_sealer,
            lifetime=link_lifetime,
        )
        self._judge = judge or PasswordJudge()
        self._clock = clock
        self._gate = Gate(
            attempts=attempts, storage=storage, clock=clock, new_id=new_id
        )

    def change_password(
        self,
        winbooks_id: WinBooksId,
        current: Password,
        new: Password,
        *,
        source: str | None = None,
    ) -> PortalUser:
        """
        Put *new* in the place of *current*, which proves who asks.  [Q8, Q10, S5]

        An initial password is changed here before its end.  Another person may know
        the current one, so a mail says that the password was changed.  [S40]  *source*
        is as for `SignInService.verify`, whose limits hold here too.

        Raises:
            TooManyAttempts: too many failed; *current* was not looked at.  [S20]
            SignInRefused: *current* is not their password.
            PasswordRefused: it breaks a policy by which it opens nothing.  [S44]
            NotAllowed: their password is on Web's.
            InvalidFields: *new* breaks the policy, or is *current*.
            OnWebUnavailable: on Web does not answer.
            OutOfDate: something else changed meanwhile; call again.
        """
        user = self._sign_in.prove_owner(winbooks_id, current, source=source)
        life_cycle.ensure_allowed(user, Step.CHANGE_PASSWORD)
        now = self._clock()
        verdict = self._verdict(user, new, now)
        problems = verdict.problems + _check_changed(current, new)
        InvalidFields.raise_if_any({"password": problems})
        credential = self._credential(user, new, stamp=verdict.stamp)

        def store(unit: UnitOfWork) -> PortalUser:
            saved = step.record(unit, Step.CHANGE_PASSWORD, user, user, by=user, at=now)
            unit.credentials.put(credential)
            self._tell(unit, user, Changed.PASSWORD, now)
            return saved

        return self._storage.run(store)

    def send_password_link(
        self, winbooks_id: WinBooksId, *, source: str | None = None
    ) -> None:
        """
        Let a link to choose a new password be mailed, if that can be done.  [Q11]

        One row is written, the same for every ID, and nothing is looked up: a relay
        finds out who may have a link, and writes the mail.  So neither the answer
        nor its time says whether the ID exists; only the owner of the mailbox
        learns it.  *source* is as for `SignInService.verify`.  [S23]

        Raises:
            TooManyAttempts: too many were asked for; nothing was written.  [S20]
        """
        link_mail = self._link_mail
        link_mail.ensure_complete()
        request = LinkRequest.close(
            winbooks_id,
            link_mail.mail_sealer.sealer,
            request_id=link_mail.mail_sealer.new_id(),
            asked_at=self._clock(),
        )
        with self._gate.request(
            Door.FORGOTTEN_PASSWORD, subject=winbooks_id.key, source=source
        ):
            self._storage.run(lambda unit: unit.link_requests.put(request))

    def set_password(
        self, token: str, new: Password, *, source: str | None = None
    ) -> PortalUser:
        """
        Give the reader of a link the password *new*; the link is used up.  [Q11]

        Another person may have sent the link, so a mail says that the password was
        changed.  [S40]

        Call it for what a person sends with a button (POST), never for the
        opening of a page: mail programs open links on their own.  *source* is as
        for `SignInService.verify`.

        Raises:
            TooManyAttempts: too many failed; *token* was not looked at.  [S20]
            LinkRefused: the link was used, has ended, was made void, or is none.
            NotAllowed: their password is on Web's by now.
            InvalidFields: *new* breaks the policy.
            OutOfDate: something else changed meanwhile; call again.
        """
        now = self._clock()

        def look(unit: UnitOfWork, trial: Trial | None = None) -> PortalUser:
            user = self._find_reader(unit, token, Purpose.SET_PASSWORD, now, trial)
            self._link_mail.links.ensure_signed(
                token, bound_to=bound_to_password(unit, user)
            )
            life_cycle.ensure_allowed(user, Step.SET_PASSWORD)
            return user

        with self._try_link(token, source) as trial:
            user = self._storage.read(lambda unit: look(unit, trial))
        verdict = self._verdict(user, new, now)
        InvalidFields.raise_if_any({"password": verdict.problems})
        credential = self._credential(user, new, stamp=verdict.stamp)

        def store(unit: UnitOfWork) -> PortalUser:
            present = look(unit)
            # The link was mailed to the address, and nowhere else.  [S35]
            proven = attrs.evolve(present, address_proven=True)
            saved = step.record(
                unit, Step.SET_PASSWORD, present, proven, by=user, at=now
            )
            unit.credentials.put(credential)
            self._tell(unit, present, Changed.PASSWORD, now)
            return saved

        return self._storage.run(store)

    def confirm_id(self, token: str, *, source: str | None = None) -> PortalUser:
        """
        Give the reader of a link the WinBooks ID that waited for it.  [Q14]

        What is linked to the earlier ID is stale from now on, and a mail to the
        earlier address says that it was changed: no later step withdraws it.  [S40]
        Call it for what a person sends with a button (POST), as `set_password`.
        *source* is as for `SignInService.verify`.

        Raises:
            TooManyAttempts: too many failed; *token* was not looked at.  [S20]
            LinkRefused: the link was used, has ended, was made void, or is none.
            NotAllowed: their ID is their login in WinBooks on Web by now.
            OutOfDate: something else changed meanwhile; call again.
        """
        now = self._clock()

        def work(unit: UnitOfWork, trial: Trial) -> PortalUser:
            user = self._find_reader(unit, token, Purpose.CONFIRM_ID, now, trial)
            if user.id_change is None:
                raise LinkRefused
            self._link_mail.links.ensure_signed(
                token, bound_to=bound_to_change(user, user.id_change)
            )
            after = life_cycle.confirm_id(user)
            saved = step.record(unit, Step.CONFIRM_ID, user, after, by=user, at=now)
            self._tell(unit, user, Changed.WINBOOKS_ID, now)
            return saved

        with self._try_link(token, source) as trial:
            return self._storage.run(lambda unit: work(unit, trial))

    def _verdict(self, user: PortalUser, new: Password, now: datetime) -> Verdict:
        judge = self._judge.on(now.date())
        personal = self._storage.read(lambda unit: known_of(unit, judge, user))
        return judge.judge(new.reveal(), personal=personal)

    def _try_link(
        self, token: str, source: str | None
    ) -> AbstractContextManager[Trial]:
        named = self._link_mail.links.user_named_by(token)
        subject = None if named is None else str(named)
        return self._gate.attempt(Door.LINK, subject=subject, source=source)

    def _find_reader(
        self,
        unit: UnitOfWork,
        token: str,
        purpose: Purpose,
        now: datetime,
        trial: Trial | None,
    ) -> PortalUser:
        """
        Return the user whom *token* names; it still proves nothing.

        Raises:
            LinkRefused: there is none, or *token* is not for *purpose* now.
        """
        link = self._link_mail.links.read(token, purpose, now)
        user = unit.users.find(link.user_id)
        if user is None:
            raise LinkRefused
        if trial is not None:
            trial.user_id = user.id
        return user

    def _tell(
        self, unit: UnitOfWork, user: PortalUser, changed: Changed, now: datetime
    ) -> None:
        """
        Let a mail wait that tells *user*, as they were before, what was *changed*.
        """
        licence = unit.licences.find(user.licence)
        if licence is not None and self._notices is not None:
            unit.outbox.put(self._notices.of(user, licence, changed, now=now))

    def _credential(self, user: PortalUser, new: Password, *, stamp: str) -> Credential:
        return Credential(
            user_id=user.id, password_hash=self._hasher.hash(new), policy=stamp
        )


def _check_changed(current: Password, new: Password) -> tuple[Problem, ...]:
    import hmac

    kept = hmac.compare_digest(new.reveal().encode(), current.reveal().encode())
    return (Unchanged(),) if kept else ()
