"""
Who loses a dossier that is closed, and what becomes of them?
"""

from collections.abc import Sequence
from datetime import datetime
from typing import final
from uuid import UUID

import attrs

from .. import life_cycle
from ..authorization import Actor
from ..dossier import Dossier, DossierNumber, LicenceNumber
from ..errors import StorageBusy
from ..forms.new_user import NewEndCustomer
from ..life_cycle import Step
from ..portal_user import PortalUser
from ..ports import UnitOfWork
from ..refusals import UnknownDossiers
from ..winbooks_id import WinBooksId
from .everyone import users_in
from .step import Taken, record_all


__all__ = ["Closed", "close"]


@final
@attrs.frozen(kw_only=True)
class Closed:
    """
    A dossier that was closed, who lost it, and who can open nothing any more.

    `deactivated` are end customers whose only dossier it was; they are among those who
    `lost` it.
    """

    dossier: Dossier
    lost: tuple[WinBooksId, ...]
    deactivated: tuple[WinBooksId, ...]


def close(
    unit: UnitOfWork,
    licence: LicenceNumber,
    number: DossierNumber,
    *,
    by: Actor,
    at: datetime,
) -> Closed:
    """
    Take the dossier with that *number* away from everybody, and remove it.  [S51]

    Raises:
        UnknownDossiers: the licence has none with that number.
        StorageBusy: someone who loses it was saved at the same time; nothing of the
            unit of work may be kept.
    """
    dossiers = {each.number: each for each in unit.licences.dossiers(licence)}
    if number not in dossiers:
        raise UnknownDossiers((number,))
    users = [user for user in users_in(unit, licence) if number in user.dossiers]
    leaving = [user for user in users if _has_no_other(user, number)]
    left = {user.id: user for user in users}
    left |= _saved(
        unit,
        [
            Taken(Step.DEACTIVATE, user, life_cycle.deactivate(user))
            for user in leaving
            if user.is_active
        ],
        by,
        at,
    )
    _saved(
        unit,
        [
            Taken(Step.REVOKE_DOSSIERS, user, life_cycle.lose_dossier(user, number))
            for user in left.values()
        ],
        by,
        at,
    )
    unit.licences.remove_dossier(licence, number)
    return Closed(
        dossier=dossiers[number],
        lost=tuple(user.winbooks_id for user in users),
        deactivated=tuple(user.winbooks_id for user in leaving if user.is_active),
    )


def _has_no_other(user: PortalUser, number: DossierNumber) -> bool:
    left = user.dossiers - {number}
    return not user.is_staff and bool(NewEndCustomer.check_dossiers(left))


def _saved(
    unit: UnitOfWork, taken: Sequence[Taken], by: Actor, at: datetime
) -> dict[UUID, PortalUser]:
    saved = record_all(unit, taken, by=by, at=at)
    if len(saved) < len(taken):
        raise StorageBusy("a user was saved at the same time")
    return {user.id: user for user in saved}
