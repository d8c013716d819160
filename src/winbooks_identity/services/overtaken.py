"""
Which mails does a step make void?

What such a mail carries no longer works, or must no longer be used, so it is
withdrawn in the unit of work that takes the step: people read the last word last.
"""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import Final
from uuid import UUID

from ..life_cycle import Step
from ..mail.outbox import MailKind
from ..portal_user import PortalUser
from ..ports import UnitOfWork


__all__ = ["withdraw_overtaken"]

_PASSWORDS: Final = frozenset({MailKind.CREDENTIALS, MailKind.SET_PASSWORD})
_ID_CHANGES: Final = frozenset({MailKind.CONFIRM_ID, MailKind.ID_CHANGE})

#: The kinds of mails that wait for nothing after each step.  [R71]
_OVERTAKEN: Final[Mapping[Step, AbstractSet[MailKind]]] = {
    Step.RESET_PASSWORD: _PASSWORDS,
    Step.CHANGE_PASSWORD: _PASSWORDS,
    Step.SET_PASSWORD: _PASSWORDS,
    Step.DEACTIVATE: _PASSWORDS,
    Step.CHANGE_ID: _ID_CHANGES,
    Step.WITHDRAW_ID: _ID_CHANGES,
    Step.MOVE_TO_ON_WEB: _PASSWORDS | _ID_CHANGES,
    # The earlier address still hears of the change.
    Step.CONFIRM_ID: _PASSWORDS | {MailKind.CONFIRM_ID},
}


def withdraw_overtaken(
    unit: UnitOfWork,
    taken: Iterable[tuple[Step, PortalUser, PortalUser]],
    now: datetime,
) -> None:
    """
    Withdraw the mails that steps made void: each step with its user before and after.

    A feed changes an address at once, so nothing goes to the earlier one any more.
    """
    void: dict[AbstractSet[MailKind], set[UUID]] = {}
    for step, before, after in taken:
        kinds = _OVERTAKEN.get(step, frozenset())
        if step is Step.CHANGE_ID and before.winbooks_id != after.winbooks_id:
            kinds = _PASSWORDS | _ID_CHANGES
        void.setdefault(kinds, set()).add(before.id)
    for kinds, user_ids in void.items():
        if kinds:
            unit.outbox.withdraw(user_ids, kinds, now)
