"""
How does a creation form become a user, with everything done or nothing?

The service reads as load, decide, save, tell; the decisions are elsewhere.
What takes long or has an effect, hashing, asking on Web, drawing a password,
happens outside the storage's transactions, which may run several times.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final, final
from uuid import UUID

from . import authorization, creation, on_web, system
from .authorization import Actor
from .creation import Created
from .credential import Credential
from .dossier import Dossier
from .errors import Invalid, InvalidFields, OnWebUnavailable
from .licence import Licence, Product
from .new_user import Generate, NewUser
from .outbox import OutboxMail, Sealer
from .passwords import Password, PasswordPolicy
from .portal_user import PortalUser
from .ports import (
    CredentialsLetter,
    Letters,
    OnWebAnswer,
    OnWebDirectory,
    PasswordHasher,
    Request,
    Storage,
    UnitOfWork,
)
from .refusals import (
    NotAuthorised,
    RequestMismatch,
    UnknownDossiers,
    UnknownLicence,
    UnknownUser,
)
from .winbooks_id import WinBooksId


__all__ = ["INITIAL_PASSWORD_LIFETIME", "ProvisioningService"]

#: How long a mailed password opens the door (OWASP ASVS 5.0, 6.4.1 wants "a
#: short period"; three days, our choice, span a weekend).
INITIAL_PASSWORD_LIFETIME: Final = timedelta(days=3)

#: How many users are read from the storage at a time.
_PAGE: Final = 500


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
        policy: what passwords keep to; the Portal's by default.
        initial_password_lifetime: how long a mailed password is good.
        clock: tells the present, in UTC.
        new_id: makes an identifier that nobody else has.
    """

    def __init__(
        self,
        storage: Storage,
        *,
        hasher: PasswordHasher,
        letters: Letters,
        sealer: Sealer,
        on_web: OnWebDirectory | None = None,
        policy: PasswordPolicy | None = None,
        initial_password_lifetime: timedelta = INITIAL_PASSWORD_LIFETIME,
        clock: Callable[[], datetime] = system.now,
        new_id: Callable[[], UUID] = system.new_id,
    ) -> None:
        self._storage = storage
        self._hasher = hasher
        self._letters = letters
        self._sealer = sealer
        self._on_web = on_web
        self._policy = policy or PasswordPolicy()
        self._initial_password_lifetime = initial_password_lifetime
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
        self, new: NewUser, *, by: Actor, request_id: UUID | None = None
    ) -> Created:
        """
        Make the user that *new* describes in the licence of *by*.

        User, credential and mail intent are stored together or not at all;
        uniqueness is the storage's answer.  Called again with the same
        *request_id*, it returns the same user.  [R2, R3, R26, R31, R57, R70]

        Raises:
            InvalidFields: the password breaks the policy, or ID or password are
                not those of on Web.
            NotAuthorised: *by* may not make this user.
            UnknownLicence, UnknownDossiers: not registered.
            DuplicateWinBooksId: the ID has an owner.
            RequestMismatch: *request_id* stands for another creation.
            OnWebUnavailable, HasherBusy, StorageBusy: nothing was done.
            OutcomeUnknown: call again with the same *request_id*.
        """
        user_id = self._new_id()
        licence, user = self._storage.run(lambda unit: _admit(unit, new, user_id, by))
        password = self._settle_password(new, licence)
        credential, mail = self._prepare(
            user, licence, password, mailed=new.send_credentials
        )
        request = Request(
            id=request_id or self._new_id(),
            user_id=user_id,
            digest=creation.digest(new, licence.number),
        )

        def store(unit: UnitOfWork) -> PortalUser:
            if earlier := unit.requests.remember(request):
                return _stored_before(unit, earlier, request)
            _, admitted = _admit(unit, new, user_id, by)
            unit.users.add(admitted)
            unit.credentials.put(credential)
            if mail is not None:
                unit.outbox.put(mail)
            return admitted

        stored = self._storage.run(store)
        return creation.report(
            stored, new, password=password, done_before=stored.id != user_id
        )

    def find(self, winbooks_id: WinBooksId, *, by: Actor) -> PortalUser:
        """
        Return the user with that ID, in whatever spelling.

        Raises:
            UnknownUser: there is none that *by* may see.
            StorageBusy: the storage failed; call again.
        """

        def read(unit: UnitOfWork) -> PortalUser:
            user = unit.users.find_by_winbooks_id(winbooks_id)
            if user is None or not authorization.sees(_as_stored(unit, by), user):
                raise UnknownUser
            return user

        return self._storage.run(read)

    def users(self, *, by: Actor) -> Iterator[PortalUser]:
        """
        Yield the users in the licence of *by* that he may see, page by page.

        Raises:
            UnknownUser: *by* is not there any more.
            StorageBusy: the storage failed; call again.
        """
        after: UUID | None = None
        number = authorization.licence_of(by)
        while number is not None:
            actor, page = self._page(number, after, by)
            yield from (user for user in page if authorization.sees(actor, user))
            if len(page) < _PAGE:
                return
            after = page[-1].id

    def licence(self, *, by: Actor) -> Licence:
        """
        Return the licence that *by* stands in: what the form shows.  [R31]

        Raises:
            UnknownLicence: it is not registered.
            StorageBusy: the storage failed; call again.
        """
        return self._storage.run(lambda unit: _licence_of(unit, by))

    def dossiers(self, *, by: Actor) -> Sequence[Dossier]:
        """
        Return the dossiers of the licence that *by* stands in: what the form offers.

        Raises:
            UnknownLicence: it is not registered.
            StorageBusy: the storage failed; call again.
        """
        return self._storage.run(
            lambda unit: unit.licences.dossiers(_licence_of(unit, by).number)
        )

    def _page(
        self, number: str, after: UUID | None, by: Actor
    ) -> tuple[Actor, Sequence[PortalUser]]:
        return self._storage.run(
            lambda unit: (
                _as_stored(unit, by),
                unit.users.of_licence(number, after=after, limit=_PAGE),
            )
        )

    def _settle_password(self, new: NewUser, licence: Licence) -> Password:
        if isinstance(new.password, Generate):
            return self._generate(new.password.length)
        if licence.product is Product.ON_WEB:
            answer = self._ask_on_web(new.winbooks_id, new.password)
            problems = on_web.check(answer, new.password, self._policy)
        else:
            problems = {"password": self._policy.check(new.password.reveal())}
        InvalidFields.raise_if_any(problems)
        return new.password

    def _generate(self, length: int) -> Password:
        try:
            return self._policy.generate(length)
        except Invalid as invalid:
            raise InvalidFields({"password": invalid.problems}) from None

    def _ask_on_web(self, login: WinBooksId, password: Password) -> OnWebAnswer:
        if self._on_web is None:
            raise OnWebUnavailable
        return self._on_web.verify(login, password)

    def _prepare(
        self, user: PortalUser, licence: Licence, password: Password, *, mailed: bool
    ) -> tuple[Credential, OutboxMail | None]:
        now = self._clock()
        credential = Credential.initial(
            user,
            self._hasher.hash(password),
            policy=self._policy.fingerprint,
            ends=now + self._initial_password_lifetime if mailed else None,
        )
        if not mailed:
            return credential, None
        mail_id = self._new_id()
        letter = CredentialsLetter(
            message_id=mail_id,
            written_at=now,
            winbooks_id=user.winbooks_id,
            password=None if user.is_on_web else password,
            licence_holder=licence.holder,
            language=user.language,
            is_active=user.is_active,
            expires_at=credential.expires_at,
        )
        return credential, OutboxMail.close(
            self._letters.credentials(letter),
            self._sealer,
            mail_id=mail_id,
            user_id=user.id,
            created_at=now,
            expires_at=now + self._initial_password_lifetime,
        )


def _admit(
    unit: UnitOfWork, new: NewUser, user_id: UUID, by: Actor
) -> tuple[Licence, PortalUser]:
    licence = _licence_of(unit, by)
    user = PortalUser.create(new, licence=licence, user_id=user_id)
    if problems := authorization.check(_as_stored(unit, by), before=None, after=user):
        raise NotAuthorised(problems)
    if unknown := unit.licences.unknown(licence.number, user.dossiers):
        raise UnknownDossiers(tuple(sorted(unknown)))
    return licence, user


def _licence_of(unit: UnitOfWork, by: Actor) -> Licence:
    number = authorization.licence_of(by)
    licence = unit.licences.find(number) if number is not None else None
    if licence is None:
        raise UnknownLicence
    return licence


def _as_stored(unit: UnitOfWork, by: Actor) -> Actor:
    """
    Return *by* as he is now: he may have lost rights since he was read.
    """
    if not isinstance(by, PortalUser):
        return by
    stored = unit.users.find(by.id)
    if stored is None:
        raise UnknownUser
    return stored


def _stored_before(unit: UnitOfWork, earlier: Request, request: Request) -> PortalUser:
    stored = unit.users.find(earlier.user_id)
    if stored is None or earlier.digest != request.digest:
        raise RequestMismatch
    return stored
