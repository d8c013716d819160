"""
What would have to change, so that the Portal is as licence management says?
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from types import MappingProxyType
from typing import Final, final
from uuid import UUID

import attrs

from ..level import Level
from ..licence import Licence
from ..portal_user import PortalUser
from ..problems import Remark
from ..winbooks_id import WinBooksId
from .changes import Action, Change, Create, Update
from .desired_user import BadRecord, DesiredUser
from .guards import Limits, last_administrator, quarantine
from .matching import Pair, match
from .office_fields import OfficeFields
from .plan import Finding, Plan
from .reason import Reason
from .remarks import (
    EmptySnapshot,
    LastAdministrator,
    LockedOut,
    NotAsked,
    UnreadableRecords,
)
from .snapshot import Partial, Snapshot
from .synced_fields import SyncedFields


__all__ = ["Options", "deactivation", "plan"]

#: No one is deactivated before everyone else is there.
_ORDER: Final = (
    Action.UPDATE,
    Action.ADOPT,
    Action.REACTIVATE,
    Action.CREATE,
    Action.DEACTIVATE,
)


@final
@attrs.frozen(kw_only=True)
class Options:
    """
    What the distributor asks of a synchronisation.

    Args:
        deactivate: whether who is gone from on Web, or inactive there, is
            deactivated; otherwise that is only reported.  [Q17]
        reactivate: whether who is active on Web is reactivated although a person
            deactivated them on the Portal; otherwise that is only reported.  Users
            whom a synchronisation deactivated come back in any case.  [S30]
        limits: how much one plan may change.
    """

    deactivate: bool = False
    reactivate: bool = False
    limits: Limits = attrs.field(factory=Limits)


def plan(
    snapshot: Snapshot,
    *,
    licence: Licence,
    users: Sequence[PortalUser],
    elsewhere: AbstractSet[WinBooksId] = frozenset(),
    held: Mapping[WinBooksId, UUID] = MappingProxyType({}),
    options: Options | None = None,
) -> Plan:
    """
    Return what would make the users of *licence* follow *snapshot*.

    It is decided on what it is given and changes nothing.  Staff are matched by
    external id, else by address; end customers are left alone.  [R65, R67, R68]

    Args:
        snapshot: what licence management says.
        licence: the licence that is synchronised.
        users: everybody in that licence.
        elsewhere: the WinBooks IDs among those of *snapshot* whose owner is in
            another licence.
        held: who left those WinBooks IDs of *snapshot* that are held back.
        options: what is asked; no deactivations by default, and no
            return of users whom a person deactivated.
    """
    options = options or Options()
    matching = match(snapshot, users, elsewhere, held)
    followed = [_follow(pair, licence) for pair in matching.pairs]
    gone = [
        deactivation(user, SyncedFields.of(user))
        for user in _absentees(snapshot, users)
    ]
    staying = dict(_kept(followed, gone, snapshot, options))
    if not options.reactivate:
        staying.update(_held(matching.pairs))
    changes = [_sparing(change, staying) for change in (*followed, *gone)]
    if keeper := last_administrator(users, changes):
        staying[keeper.id] = LastAdministrator()
        changes = [_sparing(change, staying) for change in changes]
    effective = [change for change in changes if change.changes_anything]
    managed = sum(user.is_active and _is_managed(user) for user in users)
    problems = quarantine(snapshot, effective, managed=managed, limits=options.limits)
    return Plan(
        licence=licence.number,
        changes=tuple(sorted(effective, key=_place)),
        conflicts=matching.conflicts,
        remarks=tuple(_left_out(pair.desired for pair in matching.pairs)),
        kept=tuple(_told(changes, staying, is_active=True)),
        held=tuple(_told(changes, staying, is_active=False)),
        unchanged=sum(not change.changes_anything for change in followed),
        partial=Reason.of(snapshot.reason) if isinstance(snapshot, Partial) else None,
        quarantine=tuple(map(Reason.of, problems)),
    )


def _follow(pair: Pair, licence: Licence) -> Change:
    desired, user = pair.desired, pair.user
    if user is None:
        return Create(
            after=SyncedFields.of_new(desired, language=licence.language),
            level=(
                Level.ADMINISTRATOR if desired.is_licence_admin else Level.POWER_USER
            ),
        )
    before = SyncedFields.of(user)
    return Update(
        user_id=user.id,
        version=user.version,
        before=before,
        after=before.following(desired),
    )


def _is_managed(user: PortalUser) -> bool:
    return user.is_staff and user.external_id is not None


def _absentees(snapshot: Snapshot, users: Iterable[PortalUser]) -> Iterator[PortalUser]:
    """
    Yield the active users that no record means, not even a bad one.  [R69]
    """
    records: tuple[DesiredUser | BadRecord, ...] = (*snapshot.users, *snapshot.bad)
    external_ids = {record.external_id for record in records}
    logins = {record.login for record in records}
    for user in users:
        is_meant = user.external_id in external_ids or user.winbooks_id in logins
        if user.is_active and _is_managed(user) and not is_meant:
            yield user


def deactivation(user: PortalUser, before: SyncedFields | OfficeFields) -> Update:
    """
    Return the change that keeps *user* from signing in, on the word of a source.

    Args:
        user: the user as they are stored.
        before: the part of them that the source decides.
    """
    return Update(
        user_id=user.id,
        version=user.version,
        before=before,
        after=before.standing(is_active=False),
    )


def _kept(
    followed: Iterable[Change],
    gone: Iterable[Update],
    snapshot: Snapshot,
    options: Options,
) -> Iterator[tuple[UUID, Remark]]:
    """
    Yield who stays active although on Web says otherwise, and why.  [Q17]
    """
    why: Remark | None = None
    if isinstance(snapshot, Partial):
        why = snapshot.reason
    elif not options.deactivate:
        why = NotAsked()
    if why is not None:
        for change in followed:
            if isinstance(change, Update) and change.action is Action.DEACTIVATE:
                yield change.user_id, why
    if why is None and any(bad.external_id is None for bad in snapshot.bad):
        why = UnreadableRecords()
    if why is None and not snapshot.users and not snapshot.bad:
        why = EmptySnapshot()
    if why is not None:
        for change in gone:
            yield change.user_id, why


def _held(pairs: Iterable[Pair]) -> Iterator[tuple[UUID, Remark]]:
    """
    Yield who stays inactive although on Web says otherwise, and why.  [S30]
    """
    for pair in pairs:
        user = pair.user
        if user is None or user.is_active or user.deactivated_by_feed:
            continue
        if pair.desired.is_active:
            yield user.id, LockedOut()


def _sparing(change: Change, staying: Mapping[UUID, Remark]) -> Change:
    if isinstance(change, Update) and change.user_id in staying:
        after = change.after.standing(is_active=change.before.is_active)
        return attrs.evolve(change, after=after)
    return change


def _told(
    changes: Iterable[Change], staying: Mapping[UUID, Remark], *, is_active: bool
) -> Iterator[Finding]:
    for change in changes:
        if not isinstance(change, Update) or change.before.is_active is not is_active:
            continue
        if change.user_id in staying:
            yield Finding(
                external_id=change.after.external_id,
                winbooks_id=change.winbooks_id,
                reasons=(Reason.of(staying[change.user_id]),),
            )


def _left_out(followed: Iterable[DesiredUser]) -> Iterator[Finding]:
    for desired in followed:
        if desired.left_out:
            yield Finding(
                external_id=desired.external_id,
                winbooks_id=desired.login,
                reasons=desired.left_out,
                place=desired.place,
            )


def _place(change: Change) -> tuple[bool, int, str]:
    # Addresses are left before new users take them.
    return (
        not change.changes_address,
        _ORDER.index(change.action),
        str(change.after.external_id),
    )
