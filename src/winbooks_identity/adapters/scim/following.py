"""
What becomes of a user whom an identity provider wants otherwise?

Details, external ids and activation follow the rules of a feed; level, company and
notices those of the form.  [R65, R67, S30]
"""

from typing import final

import attrs

from ...authorization import Distributor
from ...errors import Refused
from ...level import Level
from ...life_cycle import Details
from ...names import CompanyName
from ...passwords import Password
from ...portal import Portal
from ...portal_user import PortalUser
from ...ports import UnitOfWork
from ...services import step
from ...synchronisation import execution
from ...synchronisation.changes import Update
from ...synchronisation.desired_user import DesiredUser
from ...synchronisation.execution import ChangeOutcome, Result
from ...synchronisation.synced_fields import SyncedFields


__all__ = ["Wanted", "change", "follow"]


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

    def after(self, user: PortalUser) -> SyncedFields:
        """
        Return what the fields of a feed are to be.

        A user whom a person deactivated stays inactive, and an ID does not change.
        """
        after = SyncedFields.of(user).following(self.desired)
        may_activate = user.is_active or user.deactivated_by_feed
        return attrs.evolve(
            after,
            # Whom an identity provider knows has an external id: their key, if no
            # other.
            external_id=after.external_id if self.has_external_id else str(user.id),
            winbooks_id=user.winbooks_id,
            is_active=(
                after.is_active and may_activate if self.has_active else user.is_active
            ),
            phone=after.phone if self.has_phone else None,
        )

    def is_met_by(self, user: PortalUser) -> bool:
        """
        Tell whether *user* is all that is wanted, but for the password.
        """
        return (
            user.is_staff
            and SyncedFields.of(user) == self.after(user)
            and self.level in {None, user.level}
            and self.company_name in {None, user.company_name}
            and self.notify_all_dossiers in {None, user.notify_all_dossiers}
        )


def change(
    portal: Portal, user: PortalUser, wanted: Wanted, by: Distributor
) -> PortalUser:
    """
    Do what is wanted in the one transaction that *portal* has.

    Raises:
        IdentityError: what the services raise.
    """
    changed = follow(portal, user, wanted.after(user), by)
    administration = portal.administration
    if wanted.level is not None and wanted.level is not changed.level:
        changed = administration.change_level(changed, wanted.level, by=by)
    if wanted.notify_all_dossiers not in {None, changed.notify_all_dossiers}:
        changed = administration.notify(
            changed, all_dossiers=bool(wanted.notify_all_dossiers), by=by
        )
    company_name = wanted.company_name
    if company_name is not None and company_name != changed.company_name:
        details = Details.of(changed)
        named = attrs.evolve(details, company_name=company_name)
        changed = administration.rectify(changed, named, by=by)
    return changed


def follow(
    portal: Portal, user: PortalUser, after: SyncedFields, by: Distributor
) -> PortalUser:
    """
    Let *user* follow as they follow a feed, with the same authorisation.

    Raises:
        OutOfDate: they were saved since they were read.
        Refused: the rules of a feed say no.
    """
    asked = Update(
        user_id=user.id,
        version=user.version,
        before=SyncedFields.of(user),
        after=after,
    )

    def work(unit: UnitOfWork) -> PortalUser:
        stored = step.current(unit, user, by)
        if asked.changes_anything:
            at = portal.clock()
            (outcome,) = execution.update_all(unit, [asked], {}, by=by, at=at)
            _ensure_done(outcome)
        return unit.users.find(user.id) or stored

    return portal.storage.run(work)


def _ensure_done(outcome: ChangeOutcome) -> None:
    if outcome.result is Result.REFUSED:
        raise Refused(outcome.problems)
