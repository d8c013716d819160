"""
Who is it that signs in?
"""

from collections.abc import Callable
from datetime import datetime
from typing import final
from uuid import UUID

import attrs

from .. import system
from ..attempts import Door, Standing
from ..credential import Credential
from ..errors import OnWebUnavailable
from ..observing import Observation, of_sign_in
from ..passwords import Password, PasswordJudge
from ..passwords.judge import Verdict
from ..passwords.problems import BreachUnknown, NoLeakedPasswords
from ..passwords.rollout import (
    PasswordNotice,
    PasswordOutgrown,
    PasswordRefusedNow,
    RolloutStage,
)
from ..passwords.stamps import with_broken
from ..portal_user import PortalUser
from ..ports import (
    Attempts,
    OnWebAnswer,
    OnWebDirectory,
    PasswordHasher,
    Storage,
    UnitOfWork,
)
from ..problems import Problem
from ..refusals import (
    PasswordChangeRequired,
    PasswordRefused,
    SignInRefused,
    WrongPassword,
)
from ..winbooks_id import WinBooksId
from .admission import known_of
from .gate import Gate


__all__ = ["SignInService", "SignedIn"]


def _ignore(_: Observation) -> None:
    """
    Tell no one.
    """


@final
@attrs.frozen(kw_only=True)
class SignedIn:
    """
    Who signed in.

    `broken_rules` are those of the policy that the password breaks by now, for
    the product to decide what follows.  Where the policy is rolled out, `notice` is
    what its user has to be told.
    """

    user: PortalUser
    broken_rules: tuple[Problem, ...]
    notice: PasswordNotice | None = None


@final
class SignInService:
    """
    Checks sign-ins for the products.

    Args:
        storage: where everything is kept.
        hasher: checks passwords, and makes them anew when its parameters change.
        on_web: the logins of WinBooks on Web; needed for its users.
        attempts: limits attempts; without it, none is refused.
        judge: decides about passwords; by the Portal's rule by default.
        clock: tells the present, in UTC.
        new_id: makes an identifier that nothing else has.
        observe: told of each sign-in.
    """

    def __init__(
        self,
        storage: Storage,
        *,
        hasher: PasswordHasher,
        on_web: OnWebDirectory | None = None,
        attempts: Attempts | None = None,
        judge: PasswordJudge | None = None,
        clock: Callable[[], datetime] = system.now,
        new_id: Callable[[], UUID] = system.new_id,
        observe: Callable[[Observation], object] = _ignore,
    ) -> None:
        self._observe = observe
        self._storage = storage
        self._hasher = hasher
        self._on_web = on_web
        self._judge = judge or PasswordJudge()
        self._clock = clock
        self._gate = Gate(
            attempts=attempts, storage=storage, clock=clock, new_id=new_id
        )

    def verify(
        self,
        winbooks_id: WinBooksId,
        password: Password,
        *,
        source: str | None = None,
    ) -> SignedIn:
        """
        Return who signs in with *winbooks_id* and *password*.  [Q8, Q11]

        An unknown ID, a wrong password, one that has ended and a user who is
        not active get one answer, and cost one call of the hasher each.  Two
        things show all the same.  [S25]

        * Active users whose password is on Web's are asked about in WinBooks on
          Web too, which takes its time; while it is away, they are answered with
          `OnWebUnavailable`, and everyone else as ever.
        * After a change of the hasher's profile, users who did not sign in since
          have a hash of the old cost, unless the hasher is given the earlier
          profiles: see `adapters.argon2.Argon2Hasher`.

        Args:
            winbooks_id: whose login it is said to be.
            password: what was typed.
            source: the IP address that it comes from, if the product knows it.

        Raises:
            TooManyAttempts: too many failed; the password was not looked at.  [S20]
            SignInRefused: no one does.
            PasswordChangeRequired: the password is right and an initial one, or breaks
                a policy by which it has to be changed; it signs no one in, and
                `OwnLoginService.change_password` takes it.  [S5, S44]
            PasswordRefused: the password is right, and breaks a policy by which it
                opens nothing.  [S44]
            OnWebUnavailable: on Web does not answer.
            HasherBusy, StorageBusy: call again.
        """
        user, credential = self._identify(winbooks_id, password, source)
        signed_in = SignedIn(user=user, broken_rules=())
        if credential is not None:
            signed_in = self._answer(user, credential, password)
        self._observe(of_sign_in(user.id, user.licence))
        return signed_in

    def prove_owner(
        self,
        winbooks_id: WinBooksId,
        password: Password,
        *,
        source: str | None = None,
    ) -> PortalUser:
        """
        Return whose login that is, so that they can change its password.

        This signs no one in: initial passwords pass too, and those that a policy wants
        changed.  [S5, S44]

        Raises:
            PasswordRefused: the password breaks a policy by which it opens nothing.
            TooManyAttempts, SignInRefused, OnWebUnavailable, HasherBusy,
                StorageBusy: as `verify`.
        """
        user, credential = self._identify(winbooks_id, password, source)
        stage = self._judge.policy.stage_on(self._clock().date())
        if credential is None or user.is_on_web or credential.must_change:
            return user
        if stage is RolloutStage.REFUSAL:
            verdict = self._verdict(user, credential, password)
            self._renew(credential, password, verdict)
            self._notice(verdict)
        return user

    def _identify(
        self, winbooks_id: WinBooksId, password: Password, source: str | None
    ) -> tuple[PortalUser, Credential | None]:
        with self._gate.attempt(
            Door.PASSWORD, subject=winbooks_id.key, source=source
        ) as trial:
            found, credential = self._storage.read(
                lambda unit: _find(unit, winbooks_id)
            )
            trial.user_id = None if found is None else found.id
            user = self._prove(found, credential, password, trial.standing)
        return user, credential

    def _prove(
        self,
        user: PortalUser | None,
        credential: Credential | None,
        password: Password,
        standing: Standing,
    ) -> PortalUser:
        """
        Return *user* if they are there and *password* is right.

        The hash is computed for everybody, before anything is decided.
        """
        on_web = user is not None and user.is_on_web
        is_right = self._is_right(None if on_web else credential, password, standing)
        if user is None or not user.is_active:
            raise SignInRefused
        if user.is_on_web:
            is_right = self._is_right_on_web(user, password)
        elif credential is not None and credential.has_ended(self._clock()):
            is_right = False
        if not is_right:
            raise SignInRefused
        return user

    def _is_right(
        self, credential: Credential | None, password: Password, standing: Standing
    ) -> bool:
        if credential is None:
            known = self._hasher.dummy_hash
        else:
            known = credential.password_hash
        try:
            self._hasher.verify(known, password, standing=standing)
        except WrongPassword:
            return False
        return credential is not None

    def _is_right_on_web(self, user: PortalUser, password: Password) -> bool:
        if self._on_web is None:
            raise OnWebUnavailable
        answer = self._on_web.verify(user.winbooks_id, password)
        return answer is OnWebAnswer.MATCH

    def _answer(
        self, user: PortalUser, credential: Credential, password: Password
    ) -> SignedIn:
        """
        Return what is said to *user*, whose password is right.
        """
        if credential.must_change and not user.is_on_web:
            raise PasswordChangeRequired
        verdict = self._verdict(user, credential, password)
        if user.is_on_web:
            return SignedIn(user=user, broken_rules=verdict.problems)
        self._renew(credential, password, verdict)
        notice = self._notice(verdict)
        return SignedIn(user=user, broken_rules=verdict.problems, notice=notice)

    def _verdict(
        self, user: PortalUser, credential: Credential, password: Password
    ) -> Verdict:
        """
        Return what today's rules say of *password*.

        A stored stamp that is today's fingerprint alone says that all of them
        were asked.
        """
        if credential.policy == self._judge.policy.fingerprint:
            return Verdict((), credential.policy)
        personal = self._storage.read(lambda unit: known_of(unit, self._judge, user))
        return self._judge.judge(password.reveal(), personal=personal)

    def _notice(self, verdict: Verdict) -> PasswordNotice | None:
        """
        Return what the user is told whose password has that *verdict*, if anything.

        Raises:
            PasswordChangeRequired, PasswordRefused: it signs no one in.
        """
        policy, today = self._judge.policy, self._clock().date()
        broken = _broken(verdict)
        if policy.rollout is None or not broken:
            return None
        match policy.stage_on(today):
            case RolloutStage.REFUSAL:
                raise PasswordRefused((PasswordRefusedNow(), *broken))
            case RolloutStage.CHANGE:
                raise PasswordChangeRequired((PasswordOutgrown(), *broken))
            case RolloutStage.NOTICE:
                return policy.rollout.notice_on(today)
            case _:
                return None

    def _renew(
        self, credential: Credential, password: Password, verdict: Verdict
    ) -> None:
        """
        Store what would be stored of *password* today; the first one wins.
        """
        renewed = credential
        policy = self._judge.policy
        if self._hasher.needs_rehash(credential.password_hash):
            renewed = attrs.evolve(renewed, password_hash=self._hasher.hash(password))
        if not verdict.problems:
            renewed = attrs.evolve(renewed, policy=verdict.stamp)
        elif policy.rollout is not None and _broken(verdict):
            seen = with_broken(credential.policy, policy.fingerprint)
            renewed = attrs.evolve(renewed, policy=seen)
        if renewed != credential:
            self._storage.run(
                lambda unit: unit.credentials.replace(credential, renewed)
            )


def _broken(verdict: Verdict) -> tuple[Problem, ...]:
    # A look-up that failed says nothing of the password.
    return tuple(
        each
        for each in verdict.problems
        if not isinstance(each, BreachUnknown | NoLeakedPasswords)
    )


def _find(
    unit: UnitOfWork, winbooks_id: WinBooksId
) -> tuple[PortalUser | None, Credential | None]:
    user = unit.users.find_by_winbooks_id(winbooks_id)
    return user, None if user is None else unit.credentials.find(user.id)
