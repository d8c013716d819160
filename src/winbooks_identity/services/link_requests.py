"""
Who forgot their password, and may choose another one?

Relays ask this before they deliver, so that the time of an answer tells nothing to
the person who asked for a link.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import final

from ..errors import PermanentFailure, SealBroken, TemporaryFailure, Unavailable
from ..licence import Licence
from ..life_cycle import Step, legal_steps
from ..mail.link_request import LinkRequest
from ..mail.outbox import Sealer
from ..portal_user import PortalUser
from ..ports import PAGE_SIZE, Storage, UnitOfWork
from ..refusals import OutOfDate
from ..winbooks_id import WinBooksId
from .link_mail import LinkMail, bound_to_password, put_password_link


__all__ = ["LinkRequestService"]


@final
class LinkRequestService:
    """
    Answers the links that were asked for, with a mail or with nothing.  [Q11, S23]

    Any number of relays may do so at one time: each request is answered once.

    Args:
        storage: where everything is kept.
        link_mail: signs the links and seals the mails that carry them.
        sealer: opens what was asked for.
        clock: tells the present, in UTC.
    """

    def __init__(
        self,
        storage: Storage,
        *,
        link_mail: LinkMail,
        sealer: Sealer,
        clock: Callable[[], datetime],
    ) -> None:
        self._storage = storage
        self._link_mail = link_mail
        self._sealer = sealer
        self._clock = clock

    def answer(self) -> None:
        """
        Answer every request that waits; what cannot be answered goes on to wait.

        A request ends when a link that was made at once would have ended.

        Raises:
            StorageBusy, OutcomeUnknown: call again; nothing is answered twice.
            Exception: the letters raised it; the other requests are answered.
        """
        failures: list[Exception] = []
        last: LinkRequest | None = None
        while page := self._waiting(after=last):
            for request in page:
                try:
                    self._answer(request)
                except SealBroken:
                    continue  # Its key may come back before it ends.
                except (PermanentFailure, TemporaryFailure) as failure:
                    failures.append(failure)  # The letters raised it.
                except Unavailable:
                    raise
                except Exception as failure:  # noqa: BLE001  Others are not to blame.
                    failures.append(failure)
            last = page[-1]
        if failures:
            raise failures[0]

    def _waiting(self, *, after: LinkRequest | None) -> list[LinkRequest]:
        return list(
            self._storage.read(
                lambda unit: unit.link_requests.waiting(after=after, limit=PAGE_SIZE)
            )
        )

    def _answer(self, request: LinkRequest) -> None:
        now = self._clock()
        if request.asked_at + self._link_mail.lifetime <= now:
            self._storage.run(lambda unit: unit.link_requests.take(request))
            return
        winbooks_id = request.open(self._sealer)
        found = self._storage.read(lambda unit: _find_chooser(unit, winbooks_id))
        mail = None
        if found is not None:
            user, licence, bound_to = found
            mail = self._link_mail.set_password(
                user, licence, bound_to=bound_to, now=now
            )

        def store(unit: UnitOfWork) -> None:
            if _find_chooser(unit, winbooks_id) != found:
                return
            taken = unit.link_requests.take(request)
            if taken and found is not None and mail is not None:
                user, _, bound_to = found
                put_password_link(unit, user, mail, bound_to=bound_to, now=now)

        with suppress(OutOfDate):  # The next pass looks again.
            self._storage.run(store)


def _find_chooser(
    unit: UnitOfWork, winbooks_id: WinBooksId
) -> tuple[PortalUser, Licence, str] | None:
    """
    Return who may choose a new password, with what their letter needs.
    """
    user = unit.users.find_by_winbooks_id(winbooks_id)
    licence = None if user is None else unit.licences.find(user.licence)
    if user is None or licence is None or not user.is_active:
        return None
    if Step.SET_PASSWORD not in legal_steps(user):
        return None
    return user, licence, bound_to_password(unit, user)
