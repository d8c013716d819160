"""
How do the users of an office come to be as an identity provider says?

Every write is one that the form or the feed could do: users of on Web licences are
made as a synchronisation makes them, others as the form does; details, external ids
and activation follow the rules of a feed.  Only staff are seen: identity providers do
not know the end customers of an office.  [R65, R66, R67, R68]
"""

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from typing import final
from uuid import UUID

import attrs

from ...attempts import Attempt, Door, Outcome
from ...authorization import Distributor
from ...errors import InvalidFields, Refused
from ...forms.new_user import GeneratedPassword, NewEmployee
from ...level import Level
from ...licence import Licence, Product
from ...life_cycle import Details
from ...names import CompanyName
from ...passwords import Password
from ...portal import Portal
from ...portal_user import PortalUser
from ...ports import UnitOfWork
from ...refusals import DuplicateWinBooksId, UnknownUser
from ...services import step
from ...synchronisation import execution
from ...synchronisation.changes import Create, Update
from ...synchronisation.desired_user import DesiredUser
from ...synchronisation.execution import ChangeOutcome, Result
from ...synchronisation.synced_fields import SyncedFields
from ...winbooks_id import WinBooksId


__all__ = ["People", "Wanted"]


@final
@attrs.frozen(kw_only=True)
class Wanted:
    """
    What an identity provider wants a user to be; `None` leaves it to the Portal.
    """

    desired: DesiredUser
    has_external_id: bool
    has_active: bool
    has_phone: bool
    level: Level | None = None
    company_name: CompanyName | None = None
    notify_all_dossiers: bool | None = None
    password: Password | None = attrs.field(default=None, repr=False)


@final
@attrs.frozen
class People:
    """
    The staff of the licence that *by* stands in.

    Args:
        portal: the services.
        by: the distributor, in whose name the token acts.
        send_credentials: whether a new user gets their login data by mail.
    """

    portal: Portal
    by: Distributor
    send_credentials: bool = False

    def all(self) -> Iterator[PortalUser]:
        """
        Return those whom an identity provider sees, in a fixed order.
        """
        return filter(_is_shown, self.portal.provisioning.users(by=self.by))

    def get(self, user_id: str) -> PortalUser:
        """
        Return the user with that internal key.

        Raises:
            UnknownUser: there is none, or none that is shown.
        """
        key = _key(user_id)
        user = self.portal.storage.read(lambda unit: step.visible(unit, key, self.by))
        if not _is_shown(user):
            raise UnknownUser
        return user

    def find(self, winbooks_id: WinBooksId) -> PortalUser | None:
        """
        Return the user with that ID, in whatever spelling.
        """
        user = self._owner(winbooks_id)
        return user if user is not None and _is_shown(user) else None

    def create(self, wanted: Wanted) -> PortalUser:
        """
        Make the user, or take back the one that was deleted.

        A request that comes again after its answer was lost finds everything done.

        Raises:
            DuplicateWinBooksId: the ID has an owner, in whatever licence.
            IdentityError: what the services raise.
        """
        login = wanted.desired.login
        owner = self._owner(login)
        if owner is None:
            return self._make(wanted)
        if owner.is_staff and not _is_shown(owner):
            return self.update(owner, wanted)
        if _is_as_wanted(owner, wanted):
            return owner
        raise DuplicateWinBooksId(login)

    def update(self, user: PortalUser, wanted: Wanted) -> PortalUser:
        """
        Change *user* into what is wanted: everything or nothing.

        A user whom a person deactivated stays inactive.  [S30]

        Raises:
            OutOfDate: they were saved since they were read.
            IdentityError: what the services raise.
        """
        if wanted.password is not None:
            # Hashing has no place in a transaction: all else is tried out before.
            self.portal.rehearse(lambda portal: _change(portal, user, wanted, self.by))
            reset = self.portal.logins.reset_password(user, wanted.password, by=self.by)
            user = reset.user
        with self._counted(user, is_active=_after(user, wanted).is_active):
            return self.portal.together(
                lambda portal: _change(portal, user, wanted, self.by)
            )

    def delete(self, user: PortalUser) -> None:
        """
        Deactivate *user* and show them no more; nothing of theirs is erased.

        Raises:
            OutOfDate: they were saved since they were read.
            IdentityError: what the services raise.
        """
        after = attrs.evolve(SyncedFields.of(user), is_active=False, external_id=None)
        with self._counted(user, is_active=False):
            self.portal.together(lambda portal: _follow(portal, user, after, self.by))

    def _owner(self, winbooks_id: WinBooksId) -> PortalUser | None:
        try:
            return self.portal.provisioning.find(winbooks_id, by=self.by)
        except UnknownUser:
            return None

    def _make(self, wanted: Wanted) -> PortalUser:
        licence = self.portal.provisioning.licence(by=self.by)
        level = wanted.level or Level.POWER_USER
        InvalidFields.raise_if_any({"level": NewEmployee.check_level(level)})
        if licence.product is Product.ON_WEB:
            made = self._make_on_web(wanted, level, licence)
        else:
            made = self._make_on_form(wanted, level, licence)
        # The external id, and what a feed does not say, follow in one transaction.
        return self.update(made, attrs.evolve(wanted, password=None))

    def _make_on_web(
        self, wanted: Wanted, level: Level, licence: Licence
    ) -> PortalUser:
        """
        Make a user as a synchronisation does: their password is on Web's.  [R66, S34]
        """
        after = SyncedFields.of_new(wanted.desired, language=licence.language)
        change = Create(after=after, level=level)
        new = change.user(licence, self.portal.new_id())
        at = self.portal.clock()

        def work(unit: UnitOfWork) -> PortalUser:
            left_before = at - self.portal.held_back
            unit.left_ids.release({new.winbooks_id}, left_before=left_before, now=at)
            (outcome,) = execution.create(unit, [(change, new)], by=self.by, at=at)
            if outcome.result is Result.REFUSED:
                raise DuplicateWinBooksId(new.winbooks_id)
            return new

        return self.portal.storage.run(work)

    def _make_on_form(
        self, wanted: Wanted, level: Level, licence: Licence
    ) -> PortalUser:
        """
        Make a user as the form does; no one knows a password that was generated.
        """
        desired = wanted.desired
        new = NewEmployee(
            winbooks_id=desired.login,
            password=wanted.password or GeneratedPassword(),
            level=level,
            first_name=desired.first_name,
            last_name=desired.last_name,
            company_name=wanted.company_name or licence.holder,
            language=desired.language or licence.language,
            phone=desired.phone,
            send_credentials=self.send_credentials,
        )
        return self.portal.provisioning.create(new, by=self.by).user

    @contextmanager
    def _counted(
        self, user: PortalUser, *, is_active: bool
    ) -> Generator[None, None, None]:
        """
        Count a deactivation, so that a mistake does not deactivate everybody.  [Q17]
        """
        attempts = self.portal.attempts
        if attempts is None or is_active or not user.is_active:
            yield
            return
        admitted = attempts.begin(
            Attempt(door=Door.DEACTIVATION, subject=user.licence, source=None)
        )
        try:
            yield
        except BaseException:
            attempts.end(admitted, Outcome.UNKNOWN)
            raise


def _is_shown(user: PortalUser) -> bool:
    """
    Tell whether identity providers see *user*.

    Who was deleted is inactive and has no external id any more.
    """
    return user.is_staff and (user.is_active or user.external_id is not None)


def _key(text: str) -> UUID:
    try:
        key = UUID(text)
    except ValueError:
        raise UnknownUser from None
    if str(key) != text:
        raise UnknownUser
    return key


def _is_as_wanted(user: PortalUser, wanted: Wanted) -> bool:
    return user.is_staff and SyncedFields.of(user) == _after(user, wanted)


def _after(user: PortalUser, wanted: Wanted) -> SyncedFields:
    before = SyncedFields.of(user)
    after = before.following(wanted.desired)
    may_activate = user.is_active or user.deactivated_by_feed
    return attrs.evolve(
        after,
        # Whom an identity provider knows has an external id: their key, if no other.
        external_id=after.external_id if wanted.has_external_id else str(user.id),
        # It does not change by SCIM, whatever is sent.
        winbooks_id=user.winbooks_id,
        is_active=(
            after.is_active and may_activate if wanted.has_active else user.is_active
        ),
        phone=after.phone if wanted.has_phone else None,
    )


def _change(
    portal: Portal, user: PortalUser, wanted: Wanted, by: Distributor
) -> PortalUser:
    """
    Do what is wanted in the one transaction that *portal* has.
    """
    changed = _follow(portal, user, _after(user, wanted), by)
    administration = portal.administration
    if wanted.level is not None and wanted.level is not changed.level:
        changed = administration.change_level(changed, wanted.level, by=by)
    if wanted.notify_all_dossiers is not None:
        changed = administration.notify(
            changed, all_dossiers=wanted.notify_all_dossiers, by=by
        )
    if wanted.company_name is not None:
        details = Details.of(changed)
        named = attrs.evolve(details, company_name=wanted.company_name)
        changed = administration.rectify(changed, named, by=by)
    return changed


def _follow(
    portal: Portal, user: PortalUser, after: SyncedFields, by: Distributor
) -> PortalUser:
    """
    Let *user* follow as they follow a feed, with the same authorisation.

    Raises:
        OutOfDate: they were saved since they were read.
        Refused: the rules of a feed say no.
    """
    change = Update(
        user_id=user.id,
        version=user.version,
        before=SyncedFields.of(user),
        after=after,
    )

    def work(unit: UnitOfWork) -> PortalUser:
        stored = step.current(unit, user, by)
        if change.changes_anything:
            at = portal.clock()
            (outcome,) = execution.update_all(unit, [change], {}, by=by, at=at)
            _ensure_done(outcome)
        return unit.users.find(user.id) or stored

    return portal.storage.run(work)


def _ensure_done(outcome: ChangeOutcome) -> None:
    if outcome.result is Result.REFUSED:
        raise Refused(outcome.problems)
