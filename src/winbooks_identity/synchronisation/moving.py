"""
How does a licence move from WinBooks Classic to WinBooks on Web?

Users keep their ID, their rights and their history.  Those whose login licence
management knows sign in with the password of on Web from then on; others keep the
Portal's until they have a login there and the move is repeated.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import ClassVar, Final, final
from uuid import UUID

import attrs

from .. import authorization, life_cycle, system
from ..authorization import Actor
from ..dossier import LicenceNumber
from ..errors import StorageBusy, Unavailable
from ..licence import Licence, Product
from ..life_cycle import Step
from ..mail.outbox import OutboxMail
from ..mail.sealing import MailSealer
from ..portal_user import PortalUser
from ..ports import Changed, Letters, Sealer, Storage, UnitOfWork
from ..refusals import NotAuthorised, UnknownLicence
from ..services.notice import Notices
from ..services.step import Taken, record_all
from ..winbooks_id import WinBooksId
from . import stored
from .gateway import LicenceManagementGateway
from .snapshot import Snapshot


__all__ = ["BATCH", "Move", "MoveService", "MoveStopped"]

#: Users in one transaction.  Our choice: 5,000 in one kept others from saving for
#: seconds, and whoever was saved meanwhile let the whole move fail.
BATCH: Final = 500


@final
class MoveStopped(Unavailable):
    """
    Some users of a licence have moved, and the storage failed before the others did.
    """

    code: ClassVar[str] = "unavailable.move_stopped"


@final
@attrs.frozen(kw_only=True)
class Move:
    """
    What a move to on Web does, or did.  [S52]

    Args:
        licence: the licence, as one of WinBooks on Web.
        before: the licence as it is stored, or was.
        moving: who signs in with the password of on Web from then on.
        without_login: staff whose login licence management does not know, or knows as
            inactive: they keep the password of the Portal.
        on_the_portal: how many end customers keep it, who have no login on Web.
        on_web: how many sign in with the password of on Web already.
    """

    licence: Licence
    before: Licence
    moving: tuple[WinBooksId, ...]
    without_login: tuple[WinBooksId, ...]
    on_the_portal: int
    on_web: int


@final
class MoveService:
    """
    Moves licences to WinBooks on Web, for WinBooks and the distributor.  [S41, S52]

    Args:
        storage: where everything is kept.
        letters: writes to those whose password changes.
        sealer: encrypts what waits in the outbox.
        clock: tells the present, in UTC.
        new_id: makes a new, unique identifier.
    """

    def __init__(
        self,
        storage: Storage,
        *,
        letters: Letters,
        sealer: Sealer,
        clock: Callable[[], datetime] = system.now,
        new_id: Callable[[], UUID] = system.new_id,
    ) -> None:
        self._storage = storage
        mail_sealer = MailSealer(sealer=sealer, new_id=new_id)
        self._notices = Notices(letters=letters, mail_sealer=mail_sealer)
        self._clock = clock

    def plan(
        self, number: LicenceNumber, gateway: LicenceManagementGateway, *, by: Actor
    ) -> Move:
        """
        Return what the move of a licence would do; nothing changes.

        Args:
            number: the licence's number.
            gateway: reads who has a login on Web.
            by: WinBooks, or the distributor standing in the licence.

        Raises:
            NotAuthorised: *by* may not move it.
            UnknownLicence: it is not registered.
            LicenceManagementUnavailable: licence management does not answer.
            Invalid: its answer is no list of users.
            StorageBusy: the storage failed; call again.
        """
        before = self._licence(number, by)
        snapshot = gateway.snapshot(_on_web(before))
        users = list(stored.users_of(self._storage, number))
        return _move(before, users, _logins(snapshot))

    def apply(self, move: Move, *, by: Actor) -> Move:
        """
        Carry *move* out, and return what was done.

        Users move `BATCH` at a time, each batch in one transaction, so that others who
        save a user hardly wait; the licence is one of on Web from the first batch on.
        Who got a login, or another address, since the plan is left to the next move.
        What was moved before stays: repeated, it moves those who have a login by now.
        Passwords of the Portal, links and new IDs that wait are withdrawn, and each
        user is told by mail.

        Raises:
            NotAuthorised, UnknownLicence: as `plan`.
            StorageBusy: nothing was done; call again.
            OutcomeUnknown: look again.
            MoveStopped: some batches are done; call again.
        """
        number, at = move.licence.number, self._clock()
        before = self._licence(number, by)
        logins = frozenset(move.moving)
        users = list(stored.users_of(self._storage, number))
        moving = [user for user in users if _moves(user, logins)]
        moved: list[WinBooksId] = []
        for start in range(0, max(len(moving), 1), BATCH):
            batch = moving[start : start + BATCH]
            told = {user.id: self._told(user, move, at) for user in batch}
            try:
                moved += self._storage.run(_Batch(move.licence, logins, told, by, at))
            except Unavailable as failure:
                if start == 0:
                    raise
                raise MoveStopped from failure
        return attrs.evolve(_move(before, users, logins), moving=tuple(moved))

    def _licence(self, number: LicenceNumber, by: Actor) -> Licence:
        if problems := authorization.check_licence_change(by, number):
            raise NotAuthorised(problems)
        licence = self._storage.read(lambda unit: unit.licences.find(number))
        if licence is None:
            raise UnknownLicence
        return licence

    def _told(self, user: PortalUser, move: Move, at: datetime) -> OutboxMail:
        """
        Return the mail to who moves, sealed outside of the transaction.  [S40]
        """
        return self._notices.of(user, move.licence, Changed.ON_WEB, now=at)


@final
@attrs.frozen
class _Batch:
    """
    Moves those who were *told*, in one unit of work, and returns their IDs.
    """

    licence: Licence
    logins: AbstractSet[WinBooksId]
    told: Mapping[UUID, OutboxMail]
    by: Actor
    at: datetime

    def __call__(self, unit: UnitOfWork) -> list[WinBooksId]:
        licence = unit.licences.find(self.licence.number)
        if licence is not None and licence.product is not Product.ON_WEB:
            unit.licences.save(_on_web(licence), [])
        found = unit.users.find_all(self.told.keys())
        users = [user for user in found if _moves(user, self.logins)]
        taken = [
            Taken(Step.MOVE_TO_ON_WEB, user, life_cycle.move_to_on_web(user))
            for user in users
        ]
        if len(record_all(unit, taken, by=self.by, at=self.at)) < len(taken):
            raise StorageBusy("a user was saved at the same time")
        unit.credentials.remove({user.id for user in users})
        for user in users:
            unit.outbox.put(self.told[user.id])
        return [user.winbooks_id for user in users]


def _move(
    before: Licence, users: Sequence[PortalUser], logins: AbstractSet[WinBooksId]
) -> Move:
    staff = [user for user in users if user.is_staff and not user.is_on_web]
    return Move(
        licence=_on_web(before),
        before=before,
        moving=tuple(u.winbooks_id for u in staff if u.winbooks_id in logins),
        without_login=tuple(
            u.winbooks_id for u in staff if u.winbooks_id not in logins
        ),
        on_the_portal=sum(not (user.is_staff or user.is_on_web) for user in users),
        on_web=sum(user.is_on_web for user in users),
    )


def _moves(user: PortalUser, logins: AbstractSet[WinBooksId]) -> bool:
    return user.is_staff and not user.is_on_web and user.winbooks_id in logins


def _on_web(licence: Licence) -> Licence:
    return attrs.evolve(licence, product=Product.ON_WEB)


def _logins(snapshot: Snapshot) -> frozenset[WinBooksId]:
    """
    Return the logins that licence management knows as active, each of one person.
    """
    counted = Counter(each.login for each in snapshot.users)
    doubtful = {each.login for each in snapshot.bad}
    return frozenset(
        each.login
        for each in snapshot.users
        if each.is_active and counted[each.login] == 1 and each.login not in doubtful
    )
