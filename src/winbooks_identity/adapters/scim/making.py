"""
How is a user made whom an identity provider wants?

Users of on Web licences are made as a synchronisation makes them, others as the form
does; in either case in one transaction.  [R65, R66]
"""

import attrs

from ...authorization import Distributor
from ...errors import InvalidFields
from ...forms.new_user import GeneratedPassword, NewEmployee
from ...level import Level
from ...licence import Licence, Product
from ...portal import Portal
from ...portal_user import PortalUser
from ...ports import UnitOfWork
from ...refusals import DuplicateWinBooksId
from ...services.creation import Source
from ...synchronisation import execution
from ...synchronisation.changes import Create
from ...synchronisation.execution import Result
from ...synchronisation.synced_fields import SyncedFields
from .following import Wanted, change


__all__ = ["make"]


def make(
    portal: Portal, wanted: Wanted, *, by: Distributor, send_credentials: bool
) -> PortalUser:
    """
    Return the new user, with everything that is *wanted*, or make none.

    Raises:
        DuplicateWinBooksId: the ID has an owner, in whatever licence, or is held back.
        IdentityError: what the services raise.
    """
    licence = portal.provisioning.licence(by=by)
    level = wanted.level or Level.POWER_USER
    InvalidFields.raise_if_any({"level": NewEmployee.check_level(level)})
    if licence.product is Product.ON_WEB:
        return _make_on_web(portal, wanted, level, licence, by)
    desired = wanted.desired
    new = NewEmployee(
        winbooks_id=desired.login,
        # No one knows a password that was generated.
        password=wanted.password or GeneratedPassword(),
        level=level,
        activate=desired.is_active,
        first_name=desired.first_name,
        last_name=desired.last_name,
        company_name=wanted.company_name or licence.holder,
        language=desired.language or licence.language,
        phone=desired.phone,
        notify_all_dossiers=bool(wanted.notify_all_dossiers),
        send_credentials=send_credentials,
    )
    source = Source(desired.external_id if wanted.has_external_id else None)
    return portal.provisioning.create(new, by=by, source=source).user


def _make_on_web(
    portal: Portal, wanted: Wanted, level: Level, licence: Licence, by: Distributor
) -> PortalUser:
    """
    Make a user as a synchronisation does: their password is on Web's.  [R66, S34]
    """
    at, user_id = portal.clock(), portal.new_id()
    after = SyncedFields.of_new(wanted.desired, language=licence.language)
    if not wanted.has_external_id:
        after = attrs.evolve(after, external_id=str(user_id))
    creation = Create(after=after, level=level)
    new = creation.user(licence, user_id)

    def add(unit: UnitOfWork) -> None:
        left_before = at - portal.held_back
        (outcome,) = execution.create(
            unit, [(creation, new)], by=by, at=at, left_before=left_before
        )
        if outcome.result is not Result.DONE:
            raise DuplicateWinBooksId(new.winbooks_id)

    def work(inside: Portal) -> PortalUser:
        inside.storage.run(add)
        return change(inside, new, wanted, by)

    return portal.together(work)
