"""
Who asks, as they are now, where, and may it be stored as things are now?

Services ask this inside the unit of work that stores the answer.
"""

from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta
from uuid import UUID

from .. import authorization
from ..authorization import Actor
from ..dossier import DossierNumber, LicenceNumber
from ..licence import Licence
from ..passwords import PasswordJudge
from ..personal_texts import texts_about
from ..portal_user import PortalUser
from ..ports import Request, UnitOfWork
from ..refusals import (
    DuplicateWinBooksId,
    NotAuthorised,
    RequestMismatch,
    UnknownDossiers,
    UnknownLicence,
    UnknownUser,
)
from ..winbooks_id import WinBooksId


__all__ = [
    "as_stored",
    "authorise",
    "ensure_dossiers_known",
    "ensure_free",
    "known_of",
    "licence_of",
    "reader",
    "stored_before",
]


def as_stored(unit: UnitOfWork, by: Actor) -> Actor:
    """
    Return *by* as they are now: they may have lost rights since they were read.

    Raises:
        UnknownUser: they are no longer there.
    """
    authorization.ensure_actor(by)
    if not isinstance(by, PortalUser):
        return by
    stored = unit.users.find(by.id)
    if stored is None:
        raise UnknownUser
    return stored


def reader(unit: UnitOfWork, by: Actor) -> Actor:
    """
    Return *by* as stored, who may read something.  [S2]

    Raises:
        NotAuthorised: they cannot sign in.
        UnknownUser: they are no longer there.
    """
    actor = as_stored(unit, by)
    if isinstance(actor, PortalUser) and not actor.is_active:
        raise NotAuthorised((authorization.NotActive(),))
    return actor


def authorise(
    unit: UnitOfWork,
    by: Actor,
    *,
    before: PortalUser | None,
    after: PortalUser | None,
) -> None:
    """
    Raise unless *by*, as stored, may turn *before* into *after*.  [S3]

    They keep the rights that this looks at until the unit of work ends.

    Raises:
        NotAuthorised: they may not.
        UnknownUser: they are no longer there.
    """
    authorization.ensure_actor(by)
    if isinstance(by, PortalUser):
        unit.users.lock({by.id} if before is None else {by.id, before.id})
    actor = as_stored(unit, by)
    if problems := authorization.check(actor, before=before, after=after):
        raise NotAuthorised(problems)


def ensure_free(
    unit: UnitOfWork,
    winbooks_id: WinBooksId,
    *,
    of: UUID,
    held_back: timedelta,
    now: datetime,
) -> None:
    """
    Raise if another user than *of* left *winbooks_id* a short while ago.  [S34]

    What holds it back no longer is let go of; whether it has an owner is the
    storage's answer.

    Raises:
        DuplicateWinBooksId: the ID is held back.
    """
    asked, left_before = {winbooks_id}, now - held_back
    unit.left_ids.release(asked, left_before=left_before, now=now)
    held = unit.left_ids.held(asked, left_before=left_before)
    if held.get(winbooks_id, of) != of:
        raise DuplicateWinBooksId(winbooks_id, is_held_back=True)


def licence_of(unit: UnitOfWork, by: Actor) -> Licence:
    """
    Return the licence that *by* stands in.  [R31]

    Raises:
        UnknownLicence: it is not registered.
        UnknownUser: *by* is no longer there.
    """
    number = authorization.licence_of(as_stored(unit, by))
    licence = unit.licences.find(number) if number is not None else None
    if licence is None:
        raise UnknownLicence
    return licence


def ensure_dossiers_known(
    unit: UnitOfWork, licence: LicenceNumber, dossiers: AbstractSet[DossierNumber]
) -> None:
    """
    Raise unless *dossiers* are in the licence with that number.  [R37, R40]

    Raises:
        UnknownDossiers: some are not.
    """
    if dossiers and (unknown := unit.licences.unknown(licence, dossiers)):
        raise UnknownDossiers(tuple(sorted(unknown)))


def known_of(
    unit: UnitOfWork, judge: PasswordJudge, user: PortalUser
) -> tuple[str, ...]:
    """
    Return what others know of *user*, as far as *judge* needs it.

    Raises:
        UnknownLicence: the licence of *user* is not registered.
    """
    if not judge.needs_person:
        return ()
    licence = unit.licences.find(user.licence)
    if licence is None:
        raise UnknownLicence
    dossiers = unit.licences.dossiers(licence.number) if user.dossiers else ()
    return texts_about(
        user,
        licence=licence,
        dossiers=[each for each in dossiers if each.number in user.dossiers],
    )


def stored_before(unit: UnitOfWork, earlier: Request, request: Request) -> PortalUser:
    """
    Return the user of *earlier*, a request with the id of *request*.

    Raises:
        RequestMismatch: they are not one request, or the user is not there any
            more.
    """
    stored = unit.users.find(earlier.user_id)
    if stored is None or earlier.digest != request.digest:
        raise RequestMismatch
    return stored
